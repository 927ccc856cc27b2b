"""Lists of follow-ups: hers, a unit's, a body's; filtered and sorted by what she may read, and by nothing else."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models import When as Where

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Unit
from sagsgang.core.sorting import DanishKey
from sagsgang.followups.models import FollowUp, Progress
from sagsgang.followups.permissions import Eyes, FollowUpRows


def of_user(eyes: Eyes) -> QuerySet[Any]:
    """Those that are hers by name, and those of her units that nobody has by name."""
    return FollowUpRows().seen_by(eyes).filter(Q(owner=eyes.user) | Q(owner=None, unit__in=eyes.units))


def late_of(user: User) -> int:
    """How many of those that are hers by name are overdue; one query. A number tells nothing of what is closed."""
    return FollowUp.objects.with_standing().filter(owner=user, is_late=True).count()


def of_unit(unit: Unit, eyes: Eyes) -> QuerySet[Any]:
    """Those of the unit and of the units below it."""
    below = Q(unit=unit) | Q(unit__parent=unit) | Q(unit__parent__parent=unit)
    return FollowUpRows().seen_by(eyes).filter(below)


def at_body(body: Body, eyes: Eyes) -> QuerySet[Any]:
    """Those that the body gave, and those that are reported to it."""
    return FollowUpRows().seen_by(eyes).filter(Q(body=body) | Q(reports_to=body))


def waiting_for_report(body: Body, eyes: Eyes) -> QuerySet[Any]:
    """What is done and waits to be told the body: it stands on none of its agendas yet."""
    rows = FollowUpRows().seen_by(eyes).filter(reports_to=body)
    lost = Q(reported_in__withdrawn_at__isnull=False) | Q(reported_in__meeting__cancelled_at__isnull=False)
    return rows.filter(Q(reported_in=None) | lost, progress=Progress.DONE).order_by("said_at", "created_at")


def matching(rows: QuerySet[Any], *, show: str = "", words: str = "", sort: str = "") -> QuerySet[Any]:
    """The rows that are asked for, in their order.

    `show` is "" (what is not over), "late", "done", "dropped" or "all"; `words` are looked for in what she may read
    only; `sort` is "" (overdue first, then by day), "new" or "owner".
    """
    states = {
        "": Q(is_over=False),
        "late": Q(is_late=True),
        "done": Q(progress=Progress.DONE),
        "dropped": Q(progress=Progress.DROPPED),
    }
    found = rows.filter(states.get(show, Q()))
    if words:
        title = Q(item__case__title__icontains=words) | Q(item=None, case__title__icontains=words)
        found = found.filter(title | Q(words__icontains=words) | Q(owner_role__icontains=words), may_read=True)
    due = F("due_on").asc(nulls_last=True)
    if sort == "new":
        return found.order_by("-created_at", "pk")
    if sort == "owner":
        shown = Choose(Where(may_read=True, then=F("owner_role")), default=Value(""), output_field=CharField())
        by_owner: QuerySet[Any] = found.annotate(shown_owner=shown)
        return by_owner.order_by("-may_read", DanishKey("shown_owner"), due, "created_at", "pk")
    return found.order_by("-is_late", due, "created_at", "pk")


@dataclass(frozen=True, slots=True)
class Overview:
    """A list that she can go to, with how many in it are not over and how many of those are overdue."""

    place: Unit | Body
    count: int
    late: int


def overview_of(eyes: Eyes) -> tuple[list[Overview], list[Overview]]:
    """Her units and her bodies with their numbers; two queries. Bodies without any that is not over are left out."""
    rows = FollowUpRows().seen_by(eyes).select_related(None).filter(is_over=False).order_by()
    units: dict[object, list[int]] = {}
    bodies: dict[object, list[int]] = {}
    for unit, body, late in rows.values_list("unit", "body", "is_late"):
        for numbers, place in ((units, unit), (bodies, body)):
            counted = numbers.setdefault(place, [0, 0])
            counted[0] += 1
            counted[1] += late
    seen = Body.objects.filter(pk__in=eyes.bodies & bodies.keys())
    return (
        [Overview(unit, *units.get(unit.pk, (0, 0))) for unit in eyes.units],
        [Overview(body, *bodies[body.pk]) for body in seen],
    )
