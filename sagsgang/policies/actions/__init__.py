"""Acts; each with its trace."""
