"""Masking: what was found is taken out of a copy of the file, words and pixels, and the copy is examined again."""
