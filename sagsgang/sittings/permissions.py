"""Who may run a meeting, and who may follow along."""

from django.db.models import Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Role, has_role
from sagsgang.meetings.called import calls_of, sits_in
from sagsgang.meetings.models import AgendaItem, Meeting, Presence, Substitution, SubstitutionKind
from sagsgang.meetings.permissions import may_keep_minutes
from sagsgang.sittings.models import Poll, Proposal, Turn

FOLLOWS = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.DIRECTOR)


def may_run_meeting(user: User, meeting: Meeting) -> bool:
    """May she open the meeting, enter votes and note who comes and goes? The body's secretary."""
    return may_keep_minutes(user, meeting)


def may_follow_meeting(user: User, meeting: Meeting) -> bool:
    """May she follow along while it is held? Secretary, chair, members and directors of the body, and who was called
    to sit in for a member, from some item on.

    What stands closed on the agenda is shown by `meetings.rendering.Reader`, also here.
    """
    return has_role(user, meeting.body_id, *FOLLOWS) or sits_in(user, meeting)


def may_run_item(user: User, item: AgendaItem) -> bool:
    """May she take the item up, and note what happens at it?"""
    return may_run_meeting(user, item.meeting)


def may_run_poll(user: User, poll: Poll) -> bool:
    """May she enter votes in the poll, and close it?"""
    return may_run_meeting(user, poll.meeting)


def may_run_proposal(user: User, proposal: Proposal) -> bool:
    """May she take the proposal back?"""
    return may_run_meeting(user, proposal.item.meeting)


def may_run_turn(user: User, turn: Turn) -> bool:
    """May she give the floor?"""
    return may_run_meeting(user, turn.item.meeting)


def may_run_presence(user: User, presence: Presence) -> bool:
    """May she take a mistaken stretch of presence back?"""
    return may_run_meeting(user, presence.meeting)


def may_run_substitution(user: User, substitution: Substitution) -> bool:
    """May she end the substitute's sitting in?"""
    return may_run_meeting(user, substitution.meeting)


class FollowRows:
    """The meetings that a user may follow: those of the bodies she sees, and those to which she was called."""

    def visible_to(self, user: User, /) -> QuerySet[Meeting]:
        """Meetings with their body."""
        calls = calls_of(user).exclude(kind=SubstitutionKind.CONFLICT).order_by().values("meeting")
        seen = Meeting.objects.visible_to(user).order_by().values("pk")
        return Meeting.objects.filter(Q(pk__in=seen) | Q(pk__in=calls)).select_related("body__authority")


class PollRows:
    """The polls of meetings that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[Poll]:
        """Polls with their meeting and item."""
        return Poll.objects.filter(meeting__in=Meeting.objects.visible_to(user)).select_related(
            "meeting__body", "item", "proposal"
        )


class ProposalRows:
    """The proposals of meetings that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[Proposal]:
        """Proposals with their item and its meeting."""
        return Proposal.objects.filter(item__in=AgendaItem.objects.visible_to(user)).select_related(
            "item__meeting__body"
        )


class TurnRows:
    """The turns of meetings that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[Turn]:
        """Turns with their item and its meeting."""
        return Turn.objects.filter(item__in=AgendaItem.objects.visible_to(user)).select_related("item__meeting__body")


class PresenceRows:
    """The stretches of presence of meetings that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[Presence]:
        """Stretches with their meeting and person."""
        return Presence.objects.filter(meeting__in=Meeting.objects.visible_to(user)).select_related(
            "meeting__body", "person"
        )


class SubstitutionRows:
    """The substitutions of meetings that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[Substitution]:
        """Substitutions with their meeting and persons."""
        return Substitution.objects.filter(meeting__in=Meeting.objects.visible_to(user)).select_related(
            "meeting__body", "absent", "substitute"
        )
