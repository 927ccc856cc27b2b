"""The pages of the room: the secretary's desk, what everybody follows, and the acts."""
