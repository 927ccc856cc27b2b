"""Who may see and change a body's meeting plan."""

from django.db.models import QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, Role
from sagsgang.meetings.models import Meeting
from sagsgang.planning.models import PlanRule


class PlanRuleRows:
    """The rules of the bodies that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[PlanRule]:
        """The standing ones, with their body."""
        return PlanRule.objects.filter(body__in=Body.objects.visible_to(user)).select_related("body")


class PlanMeetingRows:
    """The meetings that a user sees, with their body."""

    def visible_to(self, user: User, /) -> QuerySet[Meeting]:
        """Also those that are cancelled."""
        return Meeting.objects.visible_to(user).select_related("body")


def may_see_plan(user: User, body: Body) -> bool:
    """Who sees the body sees its plan."""
    return True


def may_edit_plan(user: User, body: Body) -> bool:
    """May she write the rules and generate the year? The body's secretary."""
    return Appointment.objects.in_body(user, body.pk, Role.SECRETARY).exists()


def may_edit_rule(user: User, rule: PlanRule) -> bool:
    """May she change this rule? The body's secretary."""
    return may_edit_plan(user, rule.body)


def may_change_meeting(user: User, meeting: Meeting) -> bool:
    """May she move and cancel this meeting? The body's secretary."""
    return may_edit_plan(user, meeting.body)
