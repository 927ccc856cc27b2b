"""What the finders look for, a module a kind. Pure: a text in, places out."""
