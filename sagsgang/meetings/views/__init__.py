"""The staff site's pages of bodies, meetings and items: door, form, action, answer."""
