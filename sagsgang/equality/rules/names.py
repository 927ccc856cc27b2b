"""Are two written names the same person's? Order, case, spaces and middle names may differ."""

import unicodedata


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name, folded; „Bertelsen, Christian“ is turned round."""
    last, comma, first = unicodedata.normalize("NFC", name).partition(",")
    words = f"{first} {last}" if comma else name
    bare = "".join(letter if letter.isalnum() or letter in "-'’" else " " for letter in words.casefold())
    return tuple(unicodedata.normalize("NFC", bare).split())


def is_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Equal, or equal in the first and the last of at least two words."""
    if one == other:
        return bool(one)
    return len(one) > 1 and len(other) > 1 and (one[0], one[-1]) == (other[0], other[-1])
