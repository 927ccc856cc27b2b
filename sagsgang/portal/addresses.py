"""Addresses for pages that show hundreds of them: what `reverse` says of a name is asked once, and filled in.

The answers are those of `reverse` to the letter. What is kept is the frame of an address, never a row's own words.
"""

from collections.abc import Callable
from functools import cache, partial
from urllib.parse import quote

from django.urls import get_script_prefix, reverse

from sagsgang.portal.languages import PORTAL, danish_root, one_address

_ID = "4d61726b-4d61-4b6d-a172-6b4d61726b21"  # stands where the id comes, and in no address of ours
_WORD = "mark-mark-mark"
_PLAIN = "/~:@!$&'()*+,;="  # as `reverse` leaves them


def page_address(name: str, pk: object, word: str = "") -> str:
    """The address of a page by its id and the word after it, in the language that is read; "" where it has no word."""
    return _filled(_page_frame(name, bool(word), get_script_prefix()), pk, word)


def file_address(pk: object, file_name: str) -> str:
    """The one address of a released copy of a file."""
    return file_addresses()(pk, file_name)


def file_addresses() -> Callable[[object, str], str]:
    """`file_address` for a list of files: where they begin is asked once."""
    return partial(_filled, _file_frame(danish_root()))


def reading_addresses() -> Callable[[object], str]:
    """The same for the addresses where files are read as text."""
    return partial(_filled, _page_frame("read-file", False, get_script_prefix()))


def _filled(frame: tuple[str, ...], pk: object, word: str = "") -> str:
    before, between, after = frame
    return f"{before}{pk}{between}{quote(word, safe=_PLAIN) if word else ''}{after}"


@cache
def _page_frame(name: str, has_word: bool, prefix: str) -> tuple[str, ...]:
    """`prefix` is that of the script, with its language: another one has other addresses."""
    args = [_ID, _WORD] if has_word else [_ID]
    return _cut(reverse(f"portal:{name}", args=args, urlconf=PORTAL))


@cache
def _file_frame(root: str) -> tuple[str, ...]:
    """`root` is where the Danish pages begin."""
    return _cut(one_address("attachment", _ID, _WORD))


def _cut(address: str) -> tuple[str, ...]:
    before, _, after = address.partition(_ID)
    between, _, end = after.partition(_WORD)
    return before, between, end
