"""Who may let words out of the house, and take them back."""

from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Role, has_role, roles_of, sees_whole_house
from sagsgang.meetings.models import Meeting
from sagsgang.publication.models import (
    Breach,
    FiguresKind,
    FiguresPreparation,
    FiguresRecord,
    GateFinding,
    Preparation,
    PublicFigures,
    Release,
    ReleaseRecord,
)

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


LEADING = (BodyKind.DIRECTORATE, BodyKind.COUNCIL)
"""Whose secretaries and directors let figures of the whole authority out."""


class FiguresAuthorities:
    """The authorities whose figures a user may prepare, release, or look at."""

    def visible_to(self, user: User, /) -> QuerySet[Authority]:
        """Those in a body of which she has a part in releases, or is human resources; all for who sees the whole house."""
        if sees_whole_house(user):
            return Authority.objects.all()
        held = Appointment.objects.filter(user=user, role__in=(*RELEASES, Role.HR), body__isnull=False)
        return Authority.objects.filter(pk__in=held.values("body__authority"))


class FiguresPreparationRows:
    """Prepared figures that a user may read before the public does."""

    def visible_to(self, user: User, /) -> QuerySet[FiguresPreparation]:
        """Of her bodies, and of the authorities that she speaks for; ended ones too."""
        return _hers(FiguresPreparation.objects.select_related("prepared_by"), user)


class FiguresRows:
    """Released figures that a user has a part in; the words are not fetched."""

    def visible_to(self, user: User, /) -> QuerySet[PublicFigures]:
        """As of preparations."""
        records = _hers(FiguresRecord.objects.order_by(), user)
        return PublicFigures.objects.filter(pk__in=records.values("release_id")).defer("document")


def _hers[M: Model](rows: QuerySet[M], user: User) -> QuerySet[M]:
    if sees_whole_house(user):
        return rows
    held = Appointment.objects.filter(user=user, role__in=RELEASES, body__isnull=False)
    leading = held.filter(body__kind__in=LEADING).values("body__authority")
    hr = Appointment.objects.filter(user=user, role=Role.HR, body__isnull=False).values("body__authority")
    of_all = Q(body_id=None, authority_id__in=leading) | Q(_of_hr(rows), body_id=None, authority_id__in=hr)
    return rows.filter(Q(body_id__in=held.values("body")) | of_all)


def _of_hr(rows: QuerySet[Any]) -> Q:
    """Human resources sees what it may prepare: equality figures. A record does not say of which kind it is."""
    if rows.model is FiguresPreparation:
        return Q(kind=FiguresKind.EQUALITY)
    return Q(release_id__in=PublicFigures.objects.filter(kind=FiguresKind.EQUALITY).values("pk"))


def may_see_figures(user: User) -> bool:
    """Has she any part in the release of figures?"""
    parts = {*RELEASES, Role.HR}
    return sees_whole_house(user) or any(body and role in parts for body, role in roles_of(user))


def may_prepare_some_figures(user: User, authority: Authority) -> bool:
    """May she prepare figures of the authority, or of a body of it? Which ones is asked besides."""
    held = Appointment.objects.filter(user=user, role__in=(*PREPARES, Role.HR), body__authority=authority)
    return held.exists()


def may_prepare_figures(user: User, authority: Authority, kind: str, body_id: UUID | None) -> bool:
    """The body's secretary; of a whole authority that of its directorate or council; of equality human resources too."""
    if body_id is not None:
        return has_role(user, body_id, *PREPARES)
    in_it = Appointment.objects.filter(user=user, body__authority=authority)
    if kind == FiguresKind.EQUALITY and in_it.filter(role=Role.HR).exists():
        return True
    return in_it.filter(role__in=PREPARES, body__kind__in=LEADING).exists()


def may_release_figures(user: User, prepared: FiguresPreparation) -> bool:
    """The second person: secretary, manager or director of the body, or of the directorate or council."""
    return _has_part(user, prepared.authority_id, prepared.body_id, RELEASES)


def may_cancel_figures(user: User, prepared: FiguresPreparation) -> bool:
    """Who prepared, and who may release."""
    return prepared.prepared_by_id == user.pk or may_release_figures(user, prepared)


def may_withdraw_figures(user: User, row: PublicFigures) -> bool:
    """Secretary or director of the body, or of the directorate or council."""
    known = FiguresRecord.objects.only("authority_id", "body_id").get(pk=row.pk)
    return _has_part(user, known.authority_id, known.body_id, WITHDRAWS)


def _has_part(user: User, authority_id: UUID, body_id: UUID | None, parts: tuple[Role, ...]) -> bool:
    if body_id is not None:
        return has_role(user, body_id, *parts)
    held = Appointment.objects.filter(user=user, role__in=parts, body__kind__in=LEADING)
    return held.filter(body__authority=authority_id).exists()
