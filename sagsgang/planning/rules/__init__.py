"""When a body meets by its rules, and when a planned meeting may be changed. Pure: no queries, no writes, no user."""
