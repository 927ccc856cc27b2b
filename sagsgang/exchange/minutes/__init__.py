"""The reader of Danish agendas and minutes: bytes in, plain values out; it knows no database and invents nothing.

A file goes through four hands: `channels` undoes the way it reached us, `tidy` and `cutting` part it into cover,
contents and items, `cover`, `attendance` and `items` read the parts, `reading` puts the document together. The
docstrings name sections of the layouts page, the study of layout families that the rules follow.
"""
