"""Names in what an authority has closed, of those that words with no meeting of their own would tell: figures."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import F, Q

from sagsgang.bodies.models import Person, Seat
from sagsgang.cases.models import Case, Section
from sagsgang.documents.access import Access
from sagsgang.documents.richtext import to_plain
from sagsgang.meetings.models import AgendaItem, Attendance, Decision
from sagsgang.publication.gatekeeping.names import pairs_in


def closed_names_in(words: str, authority: UUID) -> tuple[str, ...]:
    """The names in these words that stand in a closed item or case of the authority too, sorted; seven queries at most.

    As with a meeting: persons of the house, and pairs of words that look like a name; not who sits in a body or has been
    present at a meeting.
    """
    persons = Person.objects.filter(authority=authority).order_by().values_list("name", flat=True)
    asked = {name for name in persons if name in words} | set(pairs_in(words))
    if not asked:
        return ()
    seated = Seat.objects.filter(body__authority=authority).order_by().values_list("person__name", flat=True)
    present = Attendance.objects.filter(meeting__body__authority=authority).order_by()
    asked -= {*seated, *present.values_list("person__name", flat=True).distinct()}
    found: set[str] = set()
    for closed in _closed_words(authority) if asked else ():
        found |= {name for name in asked - found if name in closed}
    return tuple(sorted(found))


def _closed_words(authority: UUID) -> Iterator[str]:
    """What is written of closed items and cases, and in closed sections of open ones; their files are not read."""
    items = AgendaItem.objects.filter(
        Q(access=Access.CLOSED) | Q(parent__access=Access.CLOSED), meeting__body__authority=authority
    )
    for words in items.values_list("title", "closing_reason", "late_reason").iterator():
        yield "\n".join(words)
    yield from Case.objects.filter(authority=authority, access=Access.CLOSED).values_list("title", flat=True).iterator()
    decisions = Decision.objects.filter(item__in=items.order_by().values("pk"))
    yield from map(to_plain, decisions.values_list("html", flat=True).iterator())
    sections = Section.objects.filter(
        Q(access=Access.CLOSED)
        | Q(presentation__case__access=Access.CLOSED)
        | Q(presentation__in=items.order_by().values("presentation")),
        presentation__case__authority=authority,
    )
    for html, point in sections.annotate(point=F("points__text")).values_list("html", "point").iterator():
        yield f"{to_plain(html)}\n{point or ''}"
