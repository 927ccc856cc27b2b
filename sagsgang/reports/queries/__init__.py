"""What the log's pages read: its entries, the rows they are about, and whether a chain holds."""
