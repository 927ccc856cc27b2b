"""Following by e-mail: who follows a case, a body, a place or a search, and the letters to her.

The portal reaches this app through functions in the database alone (`pub.follow` and its sisters); the worker reads
who follows what, and writes each letter from `pub` when it is sent.
"""
