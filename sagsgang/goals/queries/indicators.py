"""Indicators as their list, their page and their files show them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.cases.models import Case
from sagsgang.core.plots.words import number_words
from sagsgang.goals.models import Indicator, IndicatorGoal, IndicatorLink, IndicatorValue, Project
from sagsgang.goals.permissions import IndicatorLinkRows, readable_cases
from sagsgang.goals.rules.indicators import Aim, Move, Progress, progress
from sagsgang.goals.rules.periods import Period, period_of
from sagsgang.meetings.models import AgendaItem
from sagsgang.policies.permissions import decided_items


@dataclass(frozen=True, slots=True)
class ShownIndicator:
    """An indicator with its newest figure, what that says, and the goals that it measures."""

    row: Indicator
    latest: IndicatorValue | None
    progress: Progress
    goals: tuple[IndicatorGoal, ...] = ()

    @property
    def period(self) -> Period | None:
        """Of the newest figure."""
        return period_of(self.latest.period) if self.latest else None

    @property
    def latest_words(self) -> str:
        """The newest figure with its unit, "" where there is none."""
        return worded(self.row, self.latest.value) if self.latest else ""

    @property
    def target_words(self) -> str:
        """The target with its unit, "" where there is none."""
        return "" if self.row.target_value is None else worded(self.row, self.row.target_value)

    @property
    def baseline_words(self) -> str:
        """The baseline with its unit, "" where there is none."""
        return "" if self.row.baseline_value is None else worded(self.row, self.row.baseline_value)

    @property
    def change_words(self) -> str:
        """How much it moved, with its sign."""
        change = self.progress.change
        return "" if change is None else signed(difference(self.row, change), change, self.row.decimals)

    @property
    def distance_words(self) -> str:
        """What lacks to the target."""
        return "" if self.progress.distance is None else difference(self.row, self.progress.distance)

    @property
    def tone(self) -> str:
        """The colour of the badge of its trend."""
        return {Move.BETTER: "success", Move.WORSE: "warning"}.get(self.progress.move, "info")

    @property
    def lack(self) -> Decimal:
        """By which the list is sorted: the share of the way that lacks; who has no target stands last."""
        if self.progress.distance is None:
            return Decimal("Infinity")
        target = self.row.target_value or Decimal(0)
        return self.progress.distance / (abs(target) or Decimal(1))


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure that stands, with how it is written, and what it did since the one before."""

    row: IndicatorValue
    period: Period
    words: str
    change: str


@dataclass(frozen=True, slots=True)
class ShownLink:
    """What was to move the indicator. Of what is closed body and day are told alone, and its page asks for itself."""

    row: IndicatorLink
    kind: str  # item, case or project
    is_closed: bool
    name: str = ""
    body: str = ""
    decided_on: date | None = None

    @property
    def expected(self) -> str:
        """What was expected, as long as it is open."""
        return "" if self.is_closed else self.row.expected


@dataclass(slots=True)
class Movers:
    """What can be chosen as that which was to move an indicator."""

    cases: list[Case] = field(default_factory=list)
    items: list[AgendaItem] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)


def worded(row: Indicator, value: Decimal) -> str:
    """The value with the indicator's decimals and unit."""
    words = number_words(value, row.decimals)
    return f"{words} {row.measured_in}".strip()


def signed(words: str, value: Decimal, decimals: int) -> str:
    """The words of a difference, with a plus before what grew; what is rounded to nothing did not."""
    return f"+{words}" if round(value, decimals) > 0 else words


def difference(row: Indicator, value: Decimal) -> str:
    """A difference with the indicator's unit; between two figures in per cent it is one of percentage points."""
    if row.measured_in.strip() != "%":
        return worded(row, value)
    words = number_words(value, row.decimals)
    return gettext("{count} percentage points").format(count=words)


def indicators_of(authority: Authority) -> list[ShownIndicator]:
    """All that stand, by name; three queries."""
    rows = list(Indicator.objects.filter(authority=authority).select_related("unit", "area"))
    return shown_indicators(rows)


def shown_indicators(rows: list[Indicator]) -> list[ShownIndicator]:
    """The indicators with what their list shows; two queries."""
    keys = [row.pk for row in rows]
    numbered = IndicatorValue.objects.filter(indicator__in=keys).annotate(
        place=Window(RowNumber(), partition_by=F("indicator"), order_by=F("on").desc())
    )
    newest: dict[UUID, list[IndicatorValue]] = {}
    for value in numbered.filter(place__lte=2).order_by("-on"):
        newest.setdefault(value.indicator_id, []).append(value)
    goals: dict[UUID, list[IndicatorGoal]] = {}
    for goal in IndicatorGoal.objects.filter(indicator__in=keys).select_related("local_goal"):
        goals.setdefault(goal.indicator_id, []).append(goal)
    return [_shown(row, newest.get(row.pk, []), tuple(goals.get(row.pk, ()))) for row in rows]


def _shown(row: Indicator, newest: list[IndicatorValue], goals: tuple[IndicatorGoal, ...]) -> ShownIndicator:
    latest = newest[0] if newest else None
    before = newest[1].value if len(newest) > 1 else None
    aim = Aim(row.better, row.baseline_value, row.target_value)
    return ShownIndicator(row, latest, progress(latest.value if latest else None, before, aim), goals)


def series_of(indicator: Indicator) -> list[ShownFigure]:
    """The figures that stand, in the order of their days; one query."""
    rows = IndicatorValue.objects.filter(indicator=indicator).select_related("author", "brought_in")
    found: list[ShownFigure] = []
    for row in rows:
        change = ""
        if found:
            moved = row.value - found[-1].row.value
            change = signed(number_words(moved, indicator.decimals), moved, indicator.decimals)
        words = number_words(row.value, indicator.decimals)
        found.append(ShownFigure(row, period_of(row.period), words, change))
    return found


def versions_of(figure: IndicatorValue) -> QuerySet[IndicatorValue]:
    """Every version of the figure's period, the newest first."""
    rows = IndicatorValue.history.filter(indicator=figure.indicator_id, period=figure.period)
    return rows.select_related("author", "brought_in", "withdrawn_by").order_by("-version")


def movers_of(indicator: Indicator, user: User) -> list[ShownLink]:
    """What was to move it, as far as she may read it, in the order of days; one query."""
    return [_link(row) for row in IndicatorLinkRows().visible_to(user).filter(indicator=indicator)]


def _link(row: IndicatorLink) -> ShownLink:
    if row.item is not None:
        item, meeting = row.item, row.item.meeting
        is_closed = item.access == "closed" or (item.parent is not None and item.parent.access == "closed")
        return ShownLink(row, "item", is_closed, "" if is_closed else item.title, meeting.body.name, meeting.held_on)
    if row.case is not None:
        return ShownLink(row, "case", row.case.is_closed, "" if row.case.is_closed else row.case.title)
    return ShownLink(row, "project", False, row.project.name if row.project else "")


def choosable(indicator: Indicator, user: User, narrowed: Callable[[Any, str], Any], most: int) -> Movers:
    """At most so many of each, the newest first: decisions and cases that she reads, projects of the authority.

    `narrowed` keeps what somebody searches for of a queryset, by the name of its kind.
    """
    house = indicator.authority_id
    cases = narrowed(Case.objects.filter(pk__in=readable_cases(user), authority=house), "case")
    items = decided_items(user).filter(meeting__body__authority=house, decisions__isnull=False)
    newest = narrowed(items, "item").order_by("-meeting__held_on", "position").distinct()
    projects = narrowed(Project.objects.filter(authority=house), "project")
    return Movers(
        list(cases.order_by("-created_at")[:most]),
        list(newest.select_related("meeting__body", "parent")[:most]),
        list(projects[:most]),
    )


def open_only(links: Iterable[ShownLink]) -> list[ShownLink]:
    """Those that may stand in a file, which goes from hand to hand."""
    return [link for link in links if not link.is_closed]
