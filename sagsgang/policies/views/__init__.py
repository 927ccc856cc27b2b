"""The doors of policies."""
