"""The staff site's pages of a case: door, form, action, answer."""
