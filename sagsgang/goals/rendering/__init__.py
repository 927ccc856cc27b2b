"""Files of goals."""
