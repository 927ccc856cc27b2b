"""Reports across the house: who read closed material, the audit log with its chains, a body's year in figures.

Reads everything, owns no table.

One act: looking at the log, which leaves its own trace in it.
"""
