"""The demo municipality, Egekøbing Kommune: invented from a seed as plain values; no Django, no database.

`generate(today, seed)` gives the whole municipality, `files.attachment_bytes(attachment)` one of its files.
The Danish texts lie in `texts/`, one file per policy area, so that a secretary can mend them.
"""

from sagsgang.site.demo.municipality import generate

__all__ = ["generate"]
