"""The goals of one case: its assessments and those of its sub-items, who asks for them, what is suggested and linked."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case
from sagsgang.core.gathering import Part, gathered
from sagsgang.goals.models import AreaGoal, GoalRequest, GoalTag, NotRelevant, WorkLink
from sagsgang.goals.permissions import LinkRows
from sagsgang.goals.queries.tags import in_order
from sagsgang.goals.rules import suggested
from sagsgang.meetings.models import AgendaItem


@dataclass(frozen=True, slots=True)
class SubItem:
    """A sub-item of the case on an agenda, with its own assessments."""

    row: AgendaItem
    tags: tuple[GoalTag, ...]


@dataclass(frozen=True, slots=True)
class CaseGoals:
    """What the goals page of a case shows. `asked_by`: bodies on its way that ask, while nobody has answered."""

    tags: tuple[GoalTag, ...]
    sub_items: tuple[SubItem, ...]
    not_relevant: NotRelevant | None
    asked_by: tuple[str, ...]
    suggested: tuple[int, ...]
    links: tuple[WorkLink, ...]


def goals_of_case(case: Case, user: User) -> CaseGoals:
    """For a reader of the case; one query, however much it holds."""
    items = AgendaItem.objects.filter(case=case, withdrawn_at=None, parent__isnull=False, parent__withdrawn_at=None)
    on_the_way = Q(body__in=case.path.values("body")) | Q(
        body__meetings__in=AgendaItem.objects.filter(
            case=case, withdrawn_at=None, meeting__held_on__gte=localdate()
        ).values("meeting")
    )
    tags = GoalTag.objects.filter(Q(case=case) | Q(item__in=items.values("pk")))
    found = gathered(
        case,
        tags=Part(tags, ("local_goal", "author")),
        items=Part(items.order_by("meeting__held_on", "position"), ("meeting__body", "parent")),
        stated=Part(NotRelevant.objects.filter(case=case), ("author",)),
        asks=Part(
            GoalRequest.objects.filter(pk__in=GoalRequest.objects.filter(on_the_way).values("pk")).exclude(kinds=[]),
            ("body",),
        ),
        usual=Part(AreaGoal.objects.filter(area__authority=case.authority_id, area__withdrawn_at=None), ("area",)),
        links=Part(
            LinkRows().visible_to(user).filter(Q(case=case)).select_related(None),
            ("project", "partnership", "involvement"),
        ),
    )
    own = [tag for tag in found["tags"] if tag.item_id is None]
    return CaseGoals(
        tags=tuple(in_order(own)),
        sub_items=tuple(_sub_items(found["items"], found["tags"])),
        not_relevant=next(iter(found["stated"]), None),
        asked_by=() if found["tags"] or found["stated"] else tuple(sorted(row.body.name for row in found["asks"])),
        suggested=suggested(_usual(found["usual"]), [case.policy_area], {tag.goal for tag in own if tag.goal}),
        links=tuple(found["links"]),
    )


def _sub_items(items: Iterable[AgendaItem], tags: Iterable[GoalTag]) -> Iterable[SubItem]:
    held: dict[UUID, list[GoalTag]] = {}
    for tag in tags:
        if tag.item_id is not None:
            held.setdefault(tag.item_id, []).append(tag)
    return (SubItem(item, tuple(in_order(held.get(item.pk, [])))) for item in items)


def _usual(rows: Iterable[AreaGoal]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.area.name, []).append(row.goal)
    return found
