"""A meeting as text, HTML and PDF: three functions of a `MeetingDocument` and of nothing else.

`order.py` decides what stands where (for all three), `labels.py` holds the visible words.
"""
