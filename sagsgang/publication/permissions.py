"""Who may let words out of the house, and take them back."""

from django.db.models import QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, Role, has_role
from sagsgang.meetings.models import Meeting
from sagsgang.publication.models import Breach, GateFinding, Preparation, Release, ReleaseRecord

PREPARES = (Role.SECRETARY,)
RELEASES = (Role.SECRETARY, Role.MANAGER, Role.DIRECTOR)
WITHDRAWS = (Role.SECRETARY, Role.DIRECTOR)


class PreparationRows:
    """Preparations of meetings that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[Preparation]:
        """Those of the bodies she sees, ended ones too; with who prepared."""
        meetings = Meeting.objects.visible_to(user).values("pk")
        return Preparation.objects.filter(meeting_id__in=meetings).select_related("prepared_by")


class ReleaseRows:
    """Releases of meetings that a user sees; the words are not fetched."""

    def visible_to(self, user: User, /) -> QuerySet[Release]:
        """Those of the bodies she sees."""
        meetings = Meeting.objects.visible_to(user).values("pk")
        records = ReleaseRecord.objects.filter(meeting_id__in=meetings).values("release_id")
        return Release.objects.filter(pk__in=records).select_related("body").defer("document")


def may_see_releases(user: User, meeting: Meeting) -> bool:
    """Who sees the meeting sees what went out of it."""
    return True


def may_prepare(user: User, meeting: Meeting) -> bool:
    """The first person: the body's secretary."""
    return has_role(user, meeting.body_id, *PREPARES)


def may_release_meeting(user: User, meeting: Meeting) -> bool:
    """The second person: secretary, manager or director of the body. That she is another one is a rule."""
    return has_role(user, meeting.body_id, *RELEASES)


def may_release(user: User, preparation: Preparation) -> bool:
    """May she be the second person of this preparation?"""
    return may_release_meeting(user, Meeting.objects.get(pk=preparation.meeting_id))


def may_withdraw_of(user: User, meeting: Meeting) -> bool:
    """The body's secretary or director may take a release of this meeting back."""
    return has_role(user, meeting.body_id, *WITHDRAWS)


def may_withdraw(user: User, release: Release) -> bool:
    """May she take this release back?"""
    return may_withdraw_of(user, meeting_of(release))


def meeting_of(release: Release) -> Meeting:
    """The meeting inside the house that a release was made of."""
    record = ReleaseRecord.objects.only("meeting_id").get(release_id=release.pk)
    return Meeting.objects.select_related("body").get(pk=record.meeting_id)


def may_publish_plan(user: User, body: Body) -> bool:
    """May she let the body's calendar out, and take it back? The body's secretary: days and places, no content."""
    return has_role(user, body.pk, *PREPARES)


def may_handle_breach(user: User, release: Release) -> bool:
    """May she read and answer the breach checklist of a withdrawn release? Who may withdraw, and an administrator."""
    return may_withdraw(user, release) or Appointment.objects.whole_house(user).filter(role=Role.ADMIN).exists()


class BreachRows:
    """The breach checklists that a user may read and answer."""

    def visible_to(self, user: User, /) -> QuerySet[Breach]:
        """All of them to an administrator; to others those of the bodies whose releases she may withdraw."""
        if Appointment.objects.whole_house(user).filter(role=Role.ADMIN).exists():
            return Breach.objects.all()
        bodies = Appointment.objects.filter(user=user, role__in=WITHDRAWS, body__isnull=False).order_by()
        meetings = Meeting.objects.filter(body__in=bodies.values("body")).order_by()
        return Breach.objects.filter(meeting_id__in=meetings.values("pk"))


def may_see_closed_decisions(user: User, body: Body) -> bool:
    """May she see which closed decisions the public has had nothing of? The body's secretary."""
    return has_role(user, body.pk, *PREPARES)


def may_answer(user: User, preparation: Preparation) -> bool:
    """May she answer what the gate found? Who prepares: the body's secretary."""
    return may_prepare(user, Meeting.objects.get(pk=preparation.meeting_id))


class GateFindingRows:
    """What the gate found in preparations that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[GateFinding]:
        """Findings of the preparations she sees; whether she may open the file is asked besides."""
        preparations = PreparationRows().visible_to(user).values("pk")
        return GateFinding.objects.filter(preparation__in=preparations).select_related("preparation")


def may_see_finding(user: User, finding: GateFinding) -> bool:
    """Who may be the second person sees what was found."""
    return may_release(user, finding.preparation)
