"""What a document says, string by string: what the gate looks through. What it finds there is in `gatekeeping`."""

from collections.abc import Iterator

# Random ids and hashes are no words, and ten figures in a row do occur in them.
_MACHINE_MADE = {"public_id", "body_id", "case_id", "sha256"}


def words_of(value: object) -> Iterator[str]:
    """Every string in a tree of dicts and lists: what a released document says anywhere."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _MACHINE_MADE:
                yield from words_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from words_of(part)
