"""The municipality: authority, units, bodies, persons and their seats, and which user has which role where."""
