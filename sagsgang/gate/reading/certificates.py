"""The words in a digital signature: names and serial numbers in its certificates, read from their DER."""

from collections.abc import Iterator

_CONSTRUCTED = 0x20
_CODES = {0x0C: "utf-8", 0x12: "ascii", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1A: "ascii", 0x1E: "utf-16-be"}
_BYTES, _BITS = 0x04, 0x03
_DEEPEST = 40
_MOST = 20_000
COMMON_NAME = b"\x06\x03\x55\x04\x03"  # the object identifier 2.5.4.3


def strings_in(content: bytes) -> list[str]:
    """Every string in DER (or in what is meant to be it), in order and each once; nothing for other bytes."""
    return list(dict.fromkeys(text for _, text in _walk(content, 0, [0])))


def common_names_in(content: bytes) -> list[str]:
    """The names of those whom the certificates are about, and of who gave them out."""
    return list(dict.fromkeys(text for before, text in _walk(content, 0, [0]) if before == COMMON_NAME))


def _walk(content: bytes, depth: int, seen: list[int]) -> Iterator[tuple[bytes, str]]:
    """Strings, each with the value of five bytes before it: what it is the name of."""
    at = 0
    while at + 2 <= len(content) and seen[0] < _MOST and depth < _DEEPEST:
        seen[0] += 1
        start, end = _span(content, at)
        if start < 0 or end > len(content):
            return
        tag, value = content[at], content[start:end]
        if tag & _CONSTRUCTED:
            yield from _walk(value, depth + 1, seen)
        elif code := _CODES.get(tag):
            text = value.decode(code, "replace").strip()
            if text:
                yield content[max(0, at - 5) : at], text
        elif tag in (_BYTES, _BITS) and len(value) > 8:
            yield from _walk(value[1:] if tag == _BITS else value, depth + 1, seen)
        at = end


def _span(content: bytes, at: int) -> tuple[int, int]:
    """Where the value of the element at `at` begins and ends; a negative start if it is none."""
    if not content[at] or content[at] & 0x1F == 0x1F:
        return -1, -1
    length = content[at + 1]
    start = at + 2
    if length == 0x80:  # of no stated length: until its end, which the walk inside finds
        return start, len(content)
    if length > 0x80:
        octets = length & 0x7F
        length = int.from_bytes(content[start : start + octets])
        start += octets
    return start, start + length
