"""What the protocol is written from, and where it stands; in a fixed number of queries."""
