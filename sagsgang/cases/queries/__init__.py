"""Composed reads of a case for its pages, each in a fixed number of queries."""
