"""What the pages of the plan read: a body's year, what generating it would do, and what a change touches."""
