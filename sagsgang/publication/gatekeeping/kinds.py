"""What the gate looks for, in words."""

from django.utils.translation import gettext

from sagsgang.gate.pieces import Kind
from sagsgang.gate.words import kind_word
from sagsgang.publication.rules import examining as rules


def word_of(kind: str) -> str:
    """A kind in words."""
    if kind == rules.HELD:
        return gettext("file with an error that is neither mended nor accepted")
    return gettext("file that cannot be examined") if kind == rules.UNREAD else kind_word(Kind(kind))
