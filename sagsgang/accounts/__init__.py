"""Who logs in. What a user may do in a body lies in `bodies` (appointments)."""
