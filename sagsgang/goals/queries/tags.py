"""Assessments that a user reads: counted by goal, and as they are shown."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import pgettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.cases.models import Case
from sagsgang.goals.catalogue import target_order, un_goal
from sagsgang.goals.models import GoalTag, IndicatorGoal, Relevance
from sagsgang.goals.permissions import TagRows
from sagsgang.goals.shapes import ShownTag, Weight

_RELEVANCE = {value: place for place, value in enumerate(Relevance.values)}


def tags_of(user: User, authority: Authority) -> QuerySet[GoalTag]:
    """The assessments of the authority's matters that she reads."""
    return TagRows().visible_to(user).filter(
        Q(case__authority=authority)
        | Q(item__case__authority=authority)
        | Q(project__authority=authority)
        | Q(policy__authority=authority)
    )  # fmt: skip


def weights(tags: QuerySet[GoalTag]) -> tuple[dict[int, Weight], dict[UUID, Weight]]:
    """How many there are by UN goal (with its targets), and by local goal; one query."""
    rows = tags.order_by().values_list("goal", "local_goal", "direction").annotate(count=Count("pk"))
    goals: dict[int, dict[str, int]] = defaultdict(dict)
    local: dict[UUID, dict[str, int]] = defaultdict(dict)
    for goal, local_goal, direction, count in rows:
        if goal is not None:
            goals[goal][direction] = count
        elif local_goal is not None:
            local[local_goal][direction] = count
    return (
        {goal: Weight(**counts) for goal, counts in goals.items()},
        {key: Weight(**counts) for key, counts in local.items()},
    )


def in_order(tags: Iterable[GoalTag]) -> list[GoalTag]:
    """Primary first, then by goal and target, then as they were written."""
    return sorted(
        tags,
        key=lambda tag: (
            _RELEVANCE[tag.relevance],
            tag.goal or 99,
            target_order(tag.target) if tag.target else -1,
            tag.created_at,
        ),
    )


def goal_words(tag: GoalTag | IndicatorGoal) -> str:
    """The goal as it is named on a page: its number and title, the target's number, or the local goal's name."""
    if tag.local_goal is not None:
        return tag.local_goal.name
    goal = un_goal(tag.goal or 0)
    return f"{tag.target} ({goal.title})" if tag.target else str(goal)


def shown(tags: Iterable[GoalTag]) -> list[ShownTag]:
    """As a page shows them; rows of `TagRows`."""
    return [_shown(tag) for tag in tags]


def _shown(tag: GoalTag) -> ShownTag:
    kind, matter, place, is_closed, address = _matter(tag)
    return ShownTag(
        key=tag.pk,
        kind=kind,
        matter=matter,
        place=place,
        is_closed=is_closed,
        address=address,
        goal=tag.target or str(tag.goal or ""),
        goal_words=goal_words(tag),
        relevance=tag.relevance,
        relevance_words=tag.get_relevance_display(),
        direction=tag.direction,
        direction_words=tag.get_direction_display(),
        reason=tag.reason,
        author=str(tag.author),
        at=tag.modified_at,
    )


def _matter(tag: GoalTag) -> tuple[str, str, str, bool, str]:
    if tag.case is not None:
        return "case", tag.case.title, "", tag.case.is_closed, reverse("goals:case-goals", args=[tag.case.pk])
    if tag.item is not None:
        item = tag.item
        number = f"{item.parent.number}.{item.number}" if item.parent else item.number
        place = pgettext("place of an item", "{body} {day}, item {number}").format(
            body=item.meeting.body.name, day=date_format(item.meeting.held_on, "DATE_FORMAT"), number=number
        )
        is_closed = item.is_closed or (item.parent is not None and item.parent.is_closed) or item.case.is_closed
        return "item", item.title or item.case.title, place, is_closed, reverse("goals:case-goals", args=[item.case_id])
    if tag.project is not None:
        return "project", tag.project.name, "", False, reverse("goals:project", args=[tag.project.pk])
    assert tag.policy is not None  # the database keeps a matter on every row
    return "policy", tag.policy.name, "", False, reverse("goals:policy-goals", args=[tag.policy.pk])


def closed_cases(tags: Iterable[GoalTag]) -> list[Case]:
    """The cases of which words that are closed are shown with these assessments; rows of `TagRows`."""
    matters = ((tag.case or (tag.item.case if tag.item else None), tag) for tag in tags)
    return [case for case, tag in matters if case is not None and _matter(tag)[3]]
