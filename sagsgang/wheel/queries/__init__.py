"""Questions to the wheel, the cycles and the cards."""
