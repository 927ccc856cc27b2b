"""Drawings and prints."""
