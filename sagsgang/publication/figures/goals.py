"""A year of goals in public figures: which released items touch which goals, and where; projects; indicators.

What is closed has no part in it: neither a closed case, nor a closed item, nor an item whose own release is not out. Money is
not told, since no release tells a case's grants as a figure; reasons and who assessed stay in the house.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.db.models.fields.json import KeyTransform
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, override, pgettext

from sagsgang.bodies.models import Authority
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.plots import HeatMap, HeatRow
from sagsgang.documents.access import Access
from sagsgang.goals.catalogue import target_order, un_goal, un_goals
from sagsgang.goals.models import Direction, GoalTag, Relevance
from sagsgang.goals.rules.dashboard import pulls_both_ways
from sagsgang.meetings.models import AgendaItem
from sagsgang.publication.figures.asking import Asked, Maker, Offer
from sagsgang.publication.figures.goal_work import indicator_sections, projects_section
from sagsgang.publication.figures.links import references_of
from sagsgang.publication.figures.tree import (
    FigureCell,
    FigurePlot,
    FigureSection,
    FiguresReport,
    FigureTable,
    GoalOfItem,
    item_ref,
)
from sagsgang.publication.models import FiguresKind, PublicItem, ReleaseState

LANGUAGE = "da"  # what is released is a Danish document, whatever language its preparer chose


@dataclass(frozen=True, slots=True)
class _Told:
    """An open assessment of a released item (of its case, or of a sub-item that is out too)."""

    item: UUID  # the public id of the item that has a page
    body: str
    held_on: date
    position: int  # of that item at its meeting
    is_decided: bool
    goal: int
    target: str
    relevance: str
    direction: str
    at: datetime  # when it was last written


def offers(authority: Authority) -> list[Offer]:
    """The years of which released items are assessed, the newest first; the year that runs too."""
    years = sorted({one.held_on.year for one in _told(authority)}, reverse=True)
    words = gettext("Goals, the year {year}")
    return [
        Offer(FiguresKind.GOALS, words.format(year=year), date(year, 1, 1), date(year, 12, 31)) for year in years
    ]  # fmt: skip


def make(asked: Asked) -> FiguresReport:
    """Count them. Raises `RuleBrokenError` where no released item of the period is assessed."""
    start, end = asked.period_start, asked.period_end
    told = [one for one in _told(asked.authority) if start <= one.held_on <= end]
    if not told:
        raise RuleBrokenError(gettext("No open, released item of the period is assessed against a goal."))
    with override(LANGUAGE):
        made = (
            _map(told, start),
            _by_goal(told),
            _items(told),
            _within(told),
            _between(told),
            projects_section(asked.authority, end),
            *indicator_sections(asked.authority, end),
        )
        return FiguresReport(
            kind=FiguresKind.GOALS,
            authority=asked.authority.name,
            title=gettext("Goals, the year {year}").format(year=start.year),
            standfirst=_standfirst(told),
            period_start=start,
            period_end=end,
            sections=tuple(section for section in made if section),
            goals=_goals(told),
        )


def _told(authority: Authority) -> list[_Told]:
    """Four queries."""
    by_case, by_item = _tags(authority)
    rows = list(_open_items(authority, by_case.keys(), by_item.keys()))
    public = _released(references_of(rows))
    found: set[_Told] = set()
    for row in rows:
        shown = public.get(row.pk)
        if shown is None:
            continue
        for tag in (*by_case.get(row.case_id, ()), *by_item.get(row.pk, ())):
            found.add(
                _Told(
                    item=shown.parent_id or shown.pk,
                    body=shown.meeting.body.name,
                    held_on=shown.meeting.held_on,
                    position=shown.parent.position if shown.parent else shown.position,
                    is_decided=bool(shown.told_decisions),  # type: ignore[attr-defined]
                    goal=tag.goal or 0,
                    target=tag.target,
                    relevance=tag.relevance,
                    direction=tag.direction,
                    at=tag.modified_at,
                )
            )
    return sorted(found, key=_order)


def _order(one: _Told) -> tuple[object, ...]:
    target = target_order(one.target) if one.target else -1
    relevance = Relevance.values.index(one.relevance)
    return (
        -one.held_on.toordinal(),
        one.body,
        one.position,
        str(one.item),
        relevance,
        one.goal,
        target,
        one.direction,
        one.at,
    )


def _tags(authority: Authority) -> tuple[dict[UUID, list[GoalTag]], dict[UUID, list[GoalTag]]]:
    """The standing assessments of the authority's open cases by one of the seventeen: by case, and by item."""
    open_case = Q(case__access=Access.OPEN, case__authority=authority)
    open_item = Q(item__case__access=Access.OPEN, item__case__authority=authority)
    by_case: dict[UUID, list[GoalTag]] = defaultdict(list)
    by_item: dict[UUID, list[GoalTag]] = defaultdict(list)
    for tag in GoalTag.objects.filter(open_case | open_item, goal__isnull=False):
        if tag.case_id is not None:
            by_case[tag.case_id].append(tag)
        elif tag.item_id is not None:
            by_item[tag.item_id].append(tag)
    return by_case, by_item


def _open_items(authority: Authority, cases: Iterable[UUID], items: Iterable[UUID]) -> Iterable[AgendaItem]:
    """The open items, of open cases, below open items, that the assessments may be about."""
    rows = AgendaItem.objects.filter(
        Q(case__in=list(cases)) | Q(pk__in=list(items)),
        Q(parent=None) | Q(parent__access=Access.OPEN, parent__withdrawn_at=None),
        meeting__body__authority=authority,
        case__access=Access.OPEN,
        access=Access.OPEN,
        withdrawn_at=None,
    )
    return rows.order_by("pk")


def _released(references: dict[UUID, str]) -> dict[UUID, PublicItem]:
    """The released open row of each item, with its meeting and body."""
    by_public = {UUID(ref.partition(":")[2]): pk for pk, ref in references.items()}
    rows = PublicItem.objects.filter(pk__in=by_public, meeting__state=ReleaseState.CURRENT)
    rows = rows.exclude(access=Access.CLOSED).exclude(parent__access=Access.CLOSED)
    shown = rows.annotate(told_decisions=KeyTransform("decisions", "content")).select_related("meeting__body", "parent")
    return {by_public[row.pk]: row for row in shown.defer("content", "parent__content")}


def _goals(told: list[_Told]) -> tuple[GoalOfItem, ...]:
    return tuple(
        dict.fromkeys(
            GoalOfItem(item_ref(one.item), one.goal, un_goal(one.goal).da, one.target, one.relevance, one.direction)
            for one in told
        )
    )


def _items_of(told: Iterable[_Told]) -> int:
    return len({one.item for one in told})


def _standfirst(told: list[_Told]) -> str:
    items = _items_of(told)
    goals = len({one.goal for one in told})
    said = ngettext(
        "{items} released item is assessed", "{items} released items are assessed", items
    ).format(items=items)  # fmt: skip
    return gettext("{said}; they touch {goals} of the 17 goals.").format(said=said, goals=goals)


def _map(told: list[_Told], start: date) -> FigureSection:
    heading = gettext("Goals and bodies")
    bodies = sorted({one.body for one in told})
    rows = tuple(
        HeatRow(
            str(goal),
            tuple(_items_of(one for one in told if (one.goal, one.body) == (goal.number, body)) for body in bodies),
        )
        for goal in un_goals()
    )
    plot = HeatMap(
        title=gettext("Released items about the goals, the year {year}").format(year=start.year),
        head=gettext("Goal"), columns=tuple(bodies), rows=rows, unit=gettext("items"),
    )  # fmt: skip
    touched = {one.goal for one in told}
    missing = [str(goal) for goal in un_goals() if goal.number not in touched]
    words = [
        gettext(
            "An item counts once in each square that it belongs to: with every goal that it is assessed against. Only open "
            "items are counted that are released."
        )
    ]
    if missing:
        words.append(gettext("No released item touches: {goals}.").format(goals="; ".join(missing)))
    newest = localtime(max(one.at for one in told))  # the same words tomorrow, when a second person lets them out
    source = gettext("The authority’s own assessments, {day}.").format(day=date_format(newest, "DATE_FORMAT"))
    return FigureSection(heading, tuple(words), FigurePlot.of(plot), sources=(source,))


def _by_goal(told: list[_Told]) -> FigureSection:
    heading = gettext("Goal by goal")
    ways = [str(capfirst(str(way.label))) for way in Direction]
    headings = (gettext("Goal"), gettext("Items"), gettext("Of these decided"), *ways)
    rows = []
    for goal in un_goals():
        mine = [one for one in told if one.goal == goal.number]
        if mine:
            numbers = [_items_of(mine), _items_of(one for one in mine if one.is_decided)]
            numbers += [_items_of(one for one in mine if one.direction == way) for way in Direction.values]
            rows.append((FigureCell(str(goal)), *(FigureCell(value=number) for number in numbers)))
    return FigureSection(heading, table=FigureTable(heading, headings, tuple(rows)))


def _items(told: list[_Told]) -> FigureSection:
    heading = gettext("The items")
    headings = (
        gettext("Item"), gettext("Body"), gettext("Day"), gettext("Goal or target"), gettext("Relevance"),
        gettext("Direction"),
    )  # fmt: skip
    rows = tuple(
        (
            FigureCell(link=item_ref(one.item)),
            FigureCell(one.body),
            FigureCell(date_format(one.held_on, "DATE_FORMAT")),
            FigureCell(_goal_words(one)),
            FigureCell(str(capfirst(str(Relevance(one.relevance).label)))),
            FigureCell(str(capfirst(str(Direction(one.direction).label)))),
        )
        for one in told
    )
    return FigureSection(heading, table=FigureTable(heading, headings, tuple(dict.fromkeys(rows))))


def _goal_words(one: _Told) -> str:
    goal = un_goal(one.goal)
    return f"{one.target} ({goal.title})" if one.target else str(goal)


def _within(told: list[_Told]) -> FigureSection | None:
    """Items that further one goal and counter another."""
    by_item: dict[UUID, dict[str, list[int]]] = defaultdict(lambda: {way: [] for way in Direction.values})
    for one in told:
        by_item[one.item][one.direction].append(one.goal)
    rows = [
        (FigureCell(link=item_ref(item)), FigureCell(_named(by["furthers"])), FigureCell(_named(by["counters"])))
        for item, by in by_item.items()
        if pulls_both_ways(by["furthers"], by["counters"])
    ]
    if not rows:
        return None
    heading = gettext("Items that further one goal and counter another")
    words = gettext("A conflict is no fault: it is what the bodies had to weigh.")
    headings = (
        gettext("Item"), pgettext("heading of goals", "Furthers"), pgettext("heading of goals", "Counters"),
    )  # fmt: skip
    return FigureSection(heading, (words,), table=FigureTable(heading, headings, tuple(rows)))


def _between(told: list[_Told]) -> FigureSection | None:
    """Goals that different items of a body pull both ways."""
    groups: dict[tuple[int, str], dict[str, set[UUID]]] = defaultdict(lambda: {way: set() for way in Direction.values})
    for one in told:
        groups[one.goal, one.body][one.direction].add(one.item)
    rows = tuple(
        (
            FigureCell(str(un_goal(goal))), FigureCell(body), FigureCell(value=len(by["furthers"])),
            FigureCell(value=len(by["counters"])),
        )
        for (goal, body), by in sorted(groups.items())
        if by["furthers"] and by["counters"] and len(by["furthers"] | by["counters"]) > 1
    )  # fmt: skip
    if not rows:
        return None
    heading = gettext("Goals that different items pull both ways")
    headings = (gettext("Goal"), gettext("Body"), gettext("Items that further it"), gettext("Items that counter it"))
    return FigureSection(heading, table=FigureTable(heading, headings, rows))


def _named(goals: Iterable[int]) -> str:
    return "; ".join(str(un_goal(goal)) for goal in sorted(set(goals)))


MAKER = Maker(FiguresKind.GOALS, offers, make)
