"""The log as it stands on the screen and in a file: entries in words, and rows of CSV."""
