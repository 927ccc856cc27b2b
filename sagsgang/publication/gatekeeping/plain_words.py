"""The gate's word on plain words that go with no file and no meeting: figures."""

from collections.abc import Iterable

from django.conf import settings

from sagsgang.gate.finding.everything import Wanted, find
from sagsgang.gate.pieces import Where
from sagsgang.gate.reading import texts
from sagsgang.publication.gatekeeping.kinds import word_of


def kinds_found(parts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of (place, words) pairs: each place with the kind of what was found there, in words. Never what was found."""
    wanted = Wanted.of(own_domains=settings.OWN_DOMAINS)
    found = [
        (place, word_of(str(one.kind)))
        for place, words in parts
        for piece in texts.parts_of(words, Where.TEXT)
        for one in find(piece.text, wanted)
    ]
    return list(dict.fromkeys(found))
