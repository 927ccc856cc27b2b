"""Importers and exporters: one folder per system or format, each with its mapping, run and tests."""
