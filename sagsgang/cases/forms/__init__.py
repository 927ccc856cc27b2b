"""What the pages of a case read from a request. No saving."""
