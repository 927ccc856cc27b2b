"""Goals: what the house works towards, which matters further or counter it, and the work that is under way."""
