"""The gate's word on plain words that go with no file and no meeting: figures."""

from collections.abc import Collection, Iterable

from django.conf import settings

from sagsgang.gate.finding.everything import Wanted, find
from sagsgang.gate.pieces import Kind, Where
from sagsgang.gate.reading import texts
from sagsgang.publication.gatekeeping.kinds import word_of


def kinds_found(
    parts: Iterable[tuple[str, str]], *, but: Collection[Kind] = (), wanted: Wanted | None = None
) -> list[tuple[str, str]]:
    """Of (place, words) pairs: each place with the kind of what was found there, in words. Never what was found.

    `but`: kinds that are at home there, such as the address at which a body meets. `wanted`: what is looked for besides.
    """
    wanted = wanted or Wanted.of(own_domains=settings.OWN_DOMAINS)
    found = [
        (place, word_of(str(one.kind)))
        for place, words in parts
        for piece in texts.parts_of(words, Where.TEXT)
        for one in find(piece.text, wanted)
        if one.kind not in but
    ]
    return list(dict.fromkeys(found))
