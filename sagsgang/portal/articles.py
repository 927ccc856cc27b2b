"""The items on the page of their meeting, and one on its own, each a piece of HTML that is made once for its words.

A meeting's page is made anew when anything of it moves; most of its items say what they said before. A piece is
asked for by all that it is a function of, which is read from `pub` each time: what is withdrawn or masked is no longer
there to be asked for, and a piece is never given for other words than those that are public now.
"""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from sagsgang.core.pieces import pieces
from sagsgang.portal.shown import shown_item
from sagsgang.publication.queries import WrittenItem


def articles(template: str, rows: Sequence[WrittenItem]) -> list[SafeString]:
    """The items of a meeting in order, each by this template and with its sub-items."""
    below: dict[UUID | None, list[WrittenItem]] = defaultdict(list)
    for written in sorted(rows, key=lambda written: written.position):
        below[written.parent_id].append(written)
    frame = _frame(template)
    return [_article(frame, [written, *below[written.id]]) for written in below[None]]


def article(template: str, rows: Sequence[WrittenItem]) -> SafeString:
    """One item by this template, which sees nothing else: `rows` are its own and those of its sub-items."""
    return _article(_frame(template), rows)


def _frame(template: str) -> tuple[str, ...]:
    """What else a piece is made of: its template, the language, and where addresses begin."""
    return template, get_language() or "", get_script_prefix(), settings.BASE_URL


def _article(frame: tuple[str, ...], rows: Sequence[WrittenItem]) -> SafeString:
    def make() -> SafeString:
        top, *subs = (written.row() for written in rows)
        return render_to_string(frame[0], {"item": shown_item(top, subs)})

    return pieces.get((*frame, *rows), make)
