"""The gate's eyes: what is in a file or a text that must not leave the house. Knows files, and no case or meeting.

`reading/` takes a file apart into pieces of text, each with its place; `finding/` looks for things in a piece;
`examining.examine` does both; `masking/` takes what was found away. Nothing here asks a database.
"""
