"""Rows of policies."""
