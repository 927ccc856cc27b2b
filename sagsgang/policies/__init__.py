"""Policies and guidelines: versions, who approved them when, what they fulfil, and which was in force on a day."""
