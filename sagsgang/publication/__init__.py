"""The release (frigivelse): the only thing that leaves the house. `disclosure.py` says what may; `pub` holds the copies."""
