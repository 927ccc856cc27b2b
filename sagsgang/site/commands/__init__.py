"""The subcommands of `sagsgang`: thin, since screens and commands call the same actions."""
