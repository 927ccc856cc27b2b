"""Meetings, agenda items with sub-items, attachments, attendance and decisions.

Acts: restore a meeting from outside, record a decision, mark an absence, close or open an item.
"""
