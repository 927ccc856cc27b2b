"""Readers, a module a format: a file in, pieces of text with their places out."""
