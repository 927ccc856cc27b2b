"""A case's rows as lines of a page, as a Word file, as a difference."""
