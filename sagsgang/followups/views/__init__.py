"""The staff site's pages of follow-ups: door, form, action, answer."""
