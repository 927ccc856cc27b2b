"""What the pages of the room read from a request. No saving."""
