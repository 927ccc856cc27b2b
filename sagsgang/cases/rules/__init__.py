"""When an act is possible, and what is wrong with a path or a text. Pure: no queries, no writes, no user."""
