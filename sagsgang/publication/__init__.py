"""The release (frigivelse): the only thing that leaves the house. `disclosure.py` says what, `pub` holds copies."""
