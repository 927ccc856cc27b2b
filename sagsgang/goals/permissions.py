"""Who may see and change what of the goals.

The staff of an authority and its auditor read its goals, projects, partnerships and involvements. The assessment of a case,
or of an item of it, is part of the case's words: who reads the case reads it, nobody else learns that it is there, and it is
in no figure of hers. What a project belongs to is told the same way: a case to who sees it, a decision to who reads it.
"""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, Role, roles_of
from sagsgang.cases.models import Case
from sagsgang.cases.permissions import CaseRows, may_read_case, may_write_case
from sagsgang.goals.models import (
    GoalTag,
    Indicator,
    IndicatorLink,
    IndicatorValue,
    Involvement,
    LocalGoal,
    NotRelevant,
    Partnership,
    PolicyArea,
    PracticeExample,
    Project,
    ProjectNote,
    WorkLink,
    item_on_agenda,
)
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import may_change_body
from sagsgang.policies.models import Policy
from sagsgang.policies.permissions import PolicyHouses, PolicyRows, decided_items, may_edit_policy

type Work = Project | Partnership | Involvement


def houses_of(user: User) -> QuerySet[Authority]:
    """The authorities whose goals she sees: those whose staff she is of, or which she sees as a whole."""
    return PolicyHouses().visible_to(user)


class GoalHouses(PolicyHouses):
    """The authorities whose goals a user sees."""


def readable_cases(user: User) -> QuerySet[Case, Any]:
    """The ids of the cases whose words she reads: not those that she only sees to be there."""
    return CaseRows().visible_to(user).filter(Q(may_read=True)).order_by().values("pk")


class TagRows:
    """The standing assessments that a user reads."""

    def visible_to(self, user: User, /) -> QuerySet[GoalTag]:
        """Of cases and items whose case she reads, of projects of her authorities, and of policies that she may read."""
        houses = houses_of(user).order_by().values("pk")
        cases = readable_cases(user)
        seen = (
            Q(case__in=cases)
            | Q(item_on_agenda(), item__case__in=cases)
            | Q(project__authority__in=houses, project__withdrawn_at=None)
            | Q(policy__in=PolicyRows().visible_to(user).order_by().values("pk"))
        )
        return GoalTag.objects.filter(seen).select_related(
            "case", "item__case", "item__meeting__body", "item__parent", "project", "policy", "local_goal", "author"
        )


class NotRelevantRows:
    """The statements that no goal is relevant, of the cases that she reads."""

    def visible_to(self, user: User, /) -> QuerySet[NotRelevant]:
        """With their case."""
        return NotRelevant.objects.filter(case__in=readable_cases(user)).select_related("case")


class _OfHouses[M: models.Model]:
    """Rows of the authorities whose goals a user sees."""

    def __init__(self, model: type[M], *related: str) -> None:
        self.rows: Callable[[], QuerySet[M]] = model._default_manager.all
        self.related = related

    def visible_to(self, user: User, /) -> QuerySet[M]:
        """With their authority."""
        houses = houses_of(user).order_by().values("pk")
        return self.rows().filter(authority__in=houses).select_related("authority", *self.related)


LocalGoalRows = _OfHouses(LocalGoal)
AreaRows = _OfHouses(PolicyArea)
ProjectRows = _OfHouses(Project, "unit")
PartnershipRows = _OfHouses(Partnership)
InvolvementRows = _OfHouses(Involvement)
IndicatorRows = _OfHouses(Indicator, "unit", "area")


class NoteRows:
    """The notes on the projects that she sees."""

    def visible_to(self, user: User, /) -> QuerySet[ProjectNote]:
        """With their project."""
        rows = ProjectNote.objects.filter(project__in=ProjectRows.visible_to(user).order_by().values("pk"))
        return rows.select_related("project__authority", "project__unit")


class LinkRows:
    """What projects, partnerships and involvements belong to, as far as she sees both ends."""

    def visible_to(self, user: User, /) -> QuerySet[WorkLink]:
        """With both ends."""
        houses = houses_of(user).order_by().values("pk")
        of = Q()
        for name in ("project", "partnership", "involvement"):
            of |= Q(**{f"{name}__authority__in": houses, f"{name}__withdrawn_at": None})
        ends = (
            Q(case__in=Case.objects.visible_to(user).order_by().values("pk"))
            | Q(item__in=decided_items(user).order_by().values("pk"))
            | Q(to_project__authority__in=houses, to_project__withdrawn_at=None)
        )
        return WorkLink.objects.filter(of, ends).select_related(
            "project", "partnership", "involvement", "case", "item__meeting__body", "item__parent", "to_project"
        )


def may_see_goals(user: User) -> bool:
    """May she see the pages of goals? The staff of some authority, and who sees the whole house."""
    return houses_of(user).exists()


def may_see(user: User, row: object) -> bool:
    """Who sees the row."""
    return True


def may_keep_goals(user: User, authority: Authority) -> bool:
    """May she write the local goals and areas? The secretaries of the authority's bodies, and an administrator."""
    if (None, Role.ADMIN) in roles_of(user):
        return True
    return Appointment.objects.filter(user=user, role=Role.SECRETARY, body__authority=authority).exists()


def may_keep_local_goal(user: User, row: LocalGoal) -> bool:
    """Who keeps the goals of its authority."""
    return may_keep_goals(user, row.authority)


def may_keep_area(user: User, row: PolicyArea) -> bool:
    """Who keeps the goals of its authority."""
    return may_keep_goals(user, row.authority)


def may_read_in_targets(user: User) -> bool:
    """May she read the words of the targets in? Whoever keeps the goals of an authority."""
    held = roles_of(user)
    return may_see_goals(user) and any(role in (Role.SECRETARY, Role.ADMIN) for _body, role in held)


def may_add_work(user: User, authority: Authority) -> bool:
    """May she enter projects, partnerships and involvements? Secretaries and directors, and the staff of a unit."""
    roles = (Role.SECRETARY, Role.DIRECTOR)
    appointed = Appointment.objects.filter(user=user, role__in=roles, body__authority=authority)
    return appointed.exists() or user.units.filter(unit__authority=authority).exists()


def may_edit_project(user: User, project: Project) -> bool:
    """Secretaries and directors of the authority, and the staff of the unit that owns it."""
    is_hers = project.unit_id is not None and user.units.filter(unit=project.unit_id).exists()
    roles = (Role.SECRETARY, Role.DIRECTOR)
    return (
        is_hers or Appointment.objects.filter(user=user, role__in=roles, body__authority=project.authority_id).exists()
    )


def may_edit_partnership(user: User, row: Partnership) -> bool:
    """Who may enter one."""
    return may_add_work(user, row.authority)


def may_edit_involvement(user: User, row: Involvement) -> bool:
    """Who may enter one."""
    return may_add_work(user, row.authority)


def may_edit_note(user: User, note: ProjectNote) -> bool:
    """Who may edit the project."""
    return may_edit_project(user, note.project)


def may_edit_link(user: User, link: WorkLink) -> bool:
    """Who may edit what it is a link of."""
    if link.project is not None:
        return may_edit_project(user, link.project)
    if link.partnership is not None:
        return may_edit_partnership(user, link.partnership)
    return link.involvement is not None and may_edit_involvement(user, link.involvement)


def may_assess_case(user: User, case: Case) -> bool:
    """May she assess the case? Who writes it, and the secretaries of the bodies on its path or agenda, if they read it."""
    if not may_read_case(user, case):
        return False
    kept = Appointment.objects.filter(user=user, role=Role.SECRETARY, body__isnull=False).values("body")
    return (
        may_write_case(user, case)
        or case.path.filter(body__in=kept).exists()
        or case.agenda_items.filter(withdrawn_at=None, meeting__body__in=kept).exists()
    )


class AssessedItems:
    """The items that a user sees, with what the assessment asks of them."""

    def visible_to(self, user: User, /) -> QuerySet[AgendaItem]:
        """Standing items whose case she reads."""
        rows = AgendaItem.objects.filter(case__in=readable_cases(user), withdrawn_at=None)
        rows = rows.filter(Q(parent=None) | Q(parent__withdrawn_at=None))
        return rows.select_related("meeting__body__authority", "case", "parent")


def may_assess_item(user: User, item: AgendaItem) -> bool:
    """Who may assess its case."""
    return may_assess_case(user, item.case)


def may_assess_policy(user: User, policy: Policy) -> bool:
    """Who may edit the policy."""
    return may_edit_policy(user, policy)


def may_edit_tag(user: User, tag: GoalTag) -> bool:
    """Who may assess the matter."""
    if tag.case is not None:
        return may_assess_case(user, tag.case)
    if tag.item is not None:
        return may_assess_case(user, tag.item.case)
    if tag.project is not None:
        return may_edit_project(user, tag.project)
    return tag.policy is not None and may_assess_policy(user, tag.policy)


def may_edit_not_relevant(user: User, row: NotRelevant) -> bool:
    """Who may assess the case."""
    return may_assess_case(user, row.case)


class AskingBodies:
    """The bodies of which a user sees which matters lack an assessment: those whose papers she prepares or settings."""

    def visible_to(self, user: User, /) -> QuerySet[Body]:
        """With their authority."""
        return Body.objects.visible_to(user).select_related("authority", "goal_request")


def may_ask_for_goals(user: User, body: Body) -> bool:
    """May she say which items the body asks it for? Its secretary, and an administrator."""
    return may_change_body(user, body)


class ValueRows:
    """The figures of the indicators that she sees, earlier versions too: what stood once can be looked up."""

    def visible_to(self, user: User, /) -> QuerySet[IndicatorValue]:
        """With indicator, file and who wrote it."""
        seen = IndicatorRows.visible_to(user).order_by().values("pk")
        rows = IndicatorValue.history.filter(indicator__in=seen)
        return rows.select_related(
            "indicator__authority", "indicator__unit", "brought_in", "author", "withdrawn_by"
        )  # fmt: skip


class IndicatorLinkRows:
    """What was to move the indicators that she sees, as far as she reads the decision, the case or the project."""

    def visible_to(self, user: User, /) -> QuerySet[IndicatorLink]:
        """With both ends."""
        houses = houses_of(user).order_by().values("pk")
        ends = (
            Q(case__in=readable_cases(user))
            | Q(item__in=decided_items(user).order_by().values("pk"))
            | Q(project__authority__in=houses, project__withdrawn_at=None)
        )
        rows = IndicatorLink.objects.filter(ends, indicator__authority__in=houses, indicator__withdrawn_at=None)
        return rows.select_related(
            "indicator__authority", "indicator__unit", "item__meeting__body", "item__parent", "case", "project"
        )


def may_edit_indicator(user: User, indicator: Indicator) -> bool:
    """As a project: secretaries and directors of the authority, and the staff of the unit that owns it."""
    is_hers = indicator.unit_id is not None and user.units.filter(unit=indicator.unit_id).exists()
    held = Appointment.objects.filter(user=user, role__in=(Role.SECRETARY, Role.DIRECTOR))
    return is_hers or held.filter(body__authority=indicator.authority_id).exists()


def may_correct_value(user: User, value: IndicatorValue) -> bool:
    """A figure that stands, by who may edit its indicator."""
    return value.withdrawn_at is None and may_edit_indicator(user, value.indicator)


def may_edit_indicator_link(user: User, link: IndicatorLink) -> bool:
    """Who may edit the indicator."""
    return may_edit_indicator(user, link.indicator)


def may_mark_case(user: User, case: Case) -> bool:
    """May she mark it as good practice? The secretaries and directors of its authority who read it."""
    held = Appointment.objects.filter(user=user, role__in=(Role.SECRETARY, Role.DIRECTOR))
    return may_read_case(user, case) and held.filter(body__authority=case.authority_id).exists()


def may_edit_example(user: User, example: PracticeExample) -> bool:
    """Who may mark the case, or edit the project."""
    if example.case is not None:
        readable = CaseRows().visible_to(user).filter(pk=example.case.pk).first()
        return readable is not None and may_mark_case(user, readable)
    return example.project is not None and may_edit_project(user, example.project)


class ExampleRows:
    """The examples of good practice that a user may read, also those that were taken off: there she takes it back."""

    def visible_to(self, user: User, /) -> QuerySet[PracticeExample]:
        """Of projects of her authorities, and of the cases whose words she reads."""
        houses = houses_of(user).order_by().values("pk")
        of = Q(case__in=readable_cases(user)) | Q(project__isnull=False, project__withdrawn_at=None)
        rows = PracticeExample.history.filter(of, authority__in=houses)
        return rows.select_related("authority", "case", "project__unit", "author")


def may_see_example(user: User, example: PracticeExample) -> bool:
    """One that stands; one that was taken off is for who may take it back."""
    return example.withdrawn_at is None or may_edit_example(user, example)
