"""The installation: settings, addresses, commands, the embedded database and the demo. It alone knows every app."""
