"""Reports across the house: who read closed material, and the audit log with its chains. Reads everything, owns no table.

One act: looking at the log, which leaves its own trace in it.
"""
