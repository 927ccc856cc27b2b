"""RTF files without what they say of their makers: the groups that hold properties, revisers and templates."""

import re

_GROUP = re.compile(
    rb"\{\s*(?:\\\*\s*)?\\(?:info|userprops|revtbl|rsidtbl|generator|template|protusertbl|passwordhash|xmlnstbl|mailmerge"
    rb"|docvar|atnauthor|atnid|oleclsid)(?![a-zA-Z])"
)
_SIGN = re.compile(rb"\\bin(\d+) ?|\\[^a-zA-Z]|[{}]", re.DOTALL)


def public_rtf(content: bytes, title: str) -> bytes:
    """The file under its public title. Raises ValueError where its groups do not end."""
    if not content.startswith(b"{\\rtf"):
        raise ValueError("no RTF")
    kept, at = list[bytes](), 0
    while (found := _GROUP.search(content, at)) is not None:
        kept.append(content[at : found.start()])
        at = _end_of_group(content, found.start())
    whole = b"".join([*kept, content[at:]])
    first = _end_of_word(whole)
    return whole[:first] + b"{\\info{\\title " + _escaped(title) + b"}}" + whole[first:]


def _end_of_group(content: bytes, start: int) -> int:
    depth, at = 0, start
    while (sign := _SIGN.search(content, at)) is not None:
        at = sign.end() + int(sign[1] or 0) if sign[1] else sign.end()
        depth += {b"{": 1, b"}": -1}.get(sign[0], 0)
        if depth == 0:
            return at
    raise ValueError("a group does not end")


def _end_of_word(content: bytes) -> int:
    """Behind the words with which the file begins: what it is, its signs and fonts are said before the title."""
    found = re.match(
        rb"\{\\rtf\d*(?:\\(?:ansi|mac|pc|pca|ansicpg\d+|deff\d+|uc\d+|adeff\d+|deflang\d+|deflangfe\d+))*", content
    )
    assert found is not None
    return found.end()


def _escaped(title: str) -> bytes:
    signs = title.encode("utf-16-le")
    units = [int.from_bytes(signs[at : at + 2], "little", signed=True) for at in range(0, len(signs), 2)]
    return b"".join(
        bytes((unit,)) if 32 <= unit < 127 and chr(unit) not in "{}\\" else b"\\u%d?" % unit for unit in units
    )
