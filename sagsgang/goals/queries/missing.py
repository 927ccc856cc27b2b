"""Cases on their way to a body that asks for an assessment, which have none."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.models import AppropriationLine, Case, PathStep, RecommendationPoint, Side, Verb
from sagsgang.goals.models import GoalRequest, GoalTag, NotRelevant, tags_of_case
from sagsgang.goals.permissions import readable_cases
from sagsgang.goals.rules import is_asked_for, kind_of_purpose
from sagsgang.goals.shapes import Missing
from sagsgang.meetings.models import AgendaItem, Decision


def is_assessed(case: str) -> Q:
    """The case named by this column has an assessment, of itself or of an item, or the word that none is relevant."""
    return Q(Exists(GoalTag.objects.filter(tags_of_case(OuterRef(case))))) | Q(
        Exists(NotRelevant.objects.filter(case=OuterRef(case)))
    )


def grants_money(case: str) -> Q:
    """The newest words of the case named by this column grant money, by a line of the economy or a point."""
    lines = AppropriationLine.objects.filter(
        presentation__case=OuterRef(case), presentation__replaced_by=None, side=Side.GRANT
    )
    points = RecommendationPoint.objects.filter(
        section__presentation__case=OuterRef(case),
        section__presentation__replaced_by=None,
        section__withdrawn_at=None,
        verb=Verb.GRANT,
    )
    return Q(Exists(lines)) | Q(Exists(points))


def missing_at(body: Body, user: User, today: date) -> list[Missing]:
    """Those of the cases that she reads, by the day of the meeting; two queries, none where the body does not ask."""
    asks = getattr(body, "goal_request", None)
    if asks is None or not asks.kinds:
        return []
    found: dict[UUID, Missing] = {}
    for item in _items(body, user, asks, today):
        if _asked(asks, item.kind, item.is_grant, item.meeting.held_on):  # type: ignore[attr-defined]
            found.setdefault(item.case_id, _row(item.case, item.get_kind_display(), item.meeting.held_on))
    for step in _steps(body, user, asks):
        kind = kind_of_purpose(step.purpose)
        if _asked(asks, kind, step.is_grant, step.planned_on):  # type: ignore[attr-defined]
            found.setdefault(step.case_id, _row(step.case, step.get_purpose_display(), step.planned_on))
    return sorted(found.values(), key=lambda row: (row.on or date.max, row.title.casefold()))


def _asked(asks: GoalRequest, kind: str, is_grant: bool, on: date | None) -> bool:
    return is_asked_for(asks.kinds, kind=kind, only_grants=asks.only_grants, is_grant=is_grant, since=asks.since, on=on)


def _items(body: Body, user: User, asks: GoalRequest, today: date) -> QuerySet[AgendaItem]:
    rows = AgendaItem.objects.filter(
        ~Exists(Decision.objects.filter(item=OuterRef("pk"))),
        ~is_assessed("case"),
        meeting__body=body,
        meeting__held_on__gte=max(today, asks.since),
        meeting__cancelled_at=None,
        parent=None,
        standing=None,
        withdrawn_at=None,
        case__in=readable_cases(user),
    )
    return rows.annotate(is_grant=grants_money("case")).select_related("meeting", "case__unit", "case__caseworker")


def _steps(body: Body, user: User, asks: GoalRequest) -> QuerySet[PathStep]:
    taken = AgendaItem.objects.filter(step=OuterRef("pk"), withdrawn_at=None)
    rows = PathStep.objects.filter(
        ~Exists(taken),
        ~is_assessed("case"),
        Q(planned_on=None) | Q(planned_on__gte=asks.since),
        body=body,
        case__in=readable_cases(user),
    )
    return rows.annotate(is_grant=grants_money("case")).select_related("case__unit", "case__caseworker")


def _row(case: Case, kind: str, on: date | None) -> Missing:
    return Missing(
        case=case.pk,
        title=case.title,
        is_closed=case.is_closed,
        unit=case.unit.name if case.unit else "",
        caseworker=str(case.caseworker or ""),
        kind=kind,
        on=on,
    )
