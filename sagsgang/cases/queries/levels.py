"""The levels of units: whose they are, and what waits at each."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role, Unit
from sagsgang.cases.models import ApprovalLevel
from sagsgang.cases.permissions import UnitRows, may_edit_levels
from sagsgang.cases.queries.tasks import LevelBook, in_approval


class LevelRows:
    """The levels of the units that a user may look at."""

    def visible_to(self, user: User, /) -> QuerySet[ApprovalLevel]:
        """Levels with their unit."""
        units = UnitRows().visible_to(user)
        return ApprovalLevel.objects.filter(unit__in=units.values("pk")).select_related(
            "unit__authority", "unit__manager", "approver", "deputy"
        )


def may_edit_level(user: User, level: ApprovalLevel) -> bool:
    """Who may say who approves for its unit."""
    return may_edit_levels(user, level.unit)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with the levels that hold for it; `above`: the unit whose levels they are, where it has none itself."""

    unit: Unit
    levels: tuple[ApprovalLevel, ...]
    above: Unit | None
    may_edit: bool


def unit_lines(user: User) -> list[UnitLine]:
    """The units that the user may look at, in Danish order; five queries."""
    book = LevelBook.of_the_house()
    is_admin = Appointment.objects.filter(user=user, role=Role.ADMIN, body=None).exists()
    rows = list(UnitRows().visible_to(user).order_by("name"))
    sources = {book.source_of(row.pk) for row in rows} - {None}
    names = Unit.objects.in_bulk([pk for pk in sources if pk is not None])
    lines = []
    for row in rows:
        source = book.source_of(row.pk)
        manages = row.manager is not None and row.manager.user_id == user.pk
        above = names[source] if source is not None and source != row.pk else None
        lines.append(UnitLine(row, tuple(book.levels_of(row.pk)), above, is_admin or manages))
    return lines


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level of the unit, how many cases wait at it, and whether it is the first or the last."""

    level: ApprovalLevel
    waits: int
    is_first: bool
    is_last: bool


def level_lines(unit: Unit) -> tuple[list[LevelLine], Unit | None]:
    """The unit's own levels, lowest first; and the unit above whose levels hold where it has none. Six queries."""
    book = LevelBook.of_the_house()
    source = book.source_of(unit.parent_id)
    own = book.own.get(unit.pk, [])
    waits = Counter(level.pk for _draft, level, _since in in_approval(book)) if own else Counter()
    lines = [LevelLine(level, waits[level.pk], level is own[0], level is own[-1]) for level in own]
    above = Unit.objects.filter(pk=source).first() if source is not None else None
    return lines, above
