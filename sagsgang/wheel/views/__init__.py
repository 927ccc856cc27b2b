"""The doors of the year."""
