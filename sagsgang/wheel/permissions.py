"""Who may see and change the wheel, the cards and the talks."""
