"""Every act on the wheel, the cards and the talks; each with its trace."""
