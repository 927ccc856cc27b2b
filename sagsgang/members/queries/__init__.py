"""What a member's own pages read, each in a fixed number of queries."""
