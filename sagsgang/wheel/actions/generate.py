"""Give a year its occurrences by the rules of the wheel, without writing over anything that a hand has changed."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate, now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.core.models import record
from sagsgang.wheel.models import Occurrence
from sagsgang.wheel.queries.occurrences import occurrences_in, turn_of
from sagsgang.wheel.queries.year import year_of


@dataclass(frozen=True, slots=True)
class Turned:
    """How many occurrences came (or came back), and how many went because no rule gives them any more."""

    made: int
    gone: int


@transaction.atomic
def turn_wheel(authority: Authority, *, year: int, actor: User) -> Turned:
    """Generate the year; done again, it changes nothing.

    Untouched occurrences to come that no rule gives any more are marked as gone. Raises `RuleBrokenError` for a year
    outside 2000–2100; an entry whose rule cannot be read gives no days and is among the year's findings.
    """
    Authority.objects.select_for_update().get(pk=authority.pk)
    found = year_of(authority, year)
    turn = turn_of(found, occurrences_in(authority, year), localdate())
    Occurrence.objects.bulk_create(
        Occurrence(entry=found.entries[day.entry], origin_day=day.on, day=day.on) for day in turn.new
    )
    Occurrence.objects.filter(pk__in=[row.pk for row in turn.again]).update(gone_at=None, modified_at=now())
    Occurrence.objects.filter(pk__in=[row.pk for row in turn.gone]).update(gone_at=now(), modified_at=now())
    made = len(turn.new) + len(turn.again)
    if turn.has_anything:
        record(actor, "turn_wheel", authority, year=year, made=made, gone=len(turn.gone))
    return Turned(made, len(turn.gone))
