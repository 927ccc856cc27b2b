"""What returns when, and how it is drawn. Pure: no rows, no database."""
