"""The protocol in words: composed from facts, as plain text, as it is shown."""
