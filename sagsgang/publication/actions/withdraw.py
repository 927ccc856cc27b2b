"""Withdraw a release: the words leave `pub` and the folder of released files; the chain and a tombstone stay."""

from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.core.faults import reached
from sagsgang.core.models import record
from sagsgang.publication import rules
from sagsgang.publication.actions.breach import open_breach
from sagsgang.publication.actions.copy_rows import end_current
from sagsgang.publication.identity import new_public_id
from sagsgang.publication.models import (
    Preparation,
    PublicBody,
    PublicMeeting,
    Release,
    ReleaseRecord,
    ReleaseState,
    Withdrawal,
)


@transaction.atomic
def withdraw_release(release_id: UUID, *, reason: str, actor: User) -> Release:
    """Take a current release back, and begin its breach checklist. What is prepared of the meeting is dropped.

    Raises `RuleBrokenError` if it is not current or no reason is given.
    """
    rules.require_reason(reason)
    meeting_id = ReleaseRecord.objects.only("meeting_id").get(release_id=release_id).meeting_id
    # What is prepared may hold what was wrong, and may go out by itself. First of all: who releases locks it first too.
    Preparation.objects.filter(meeting_id=meeting_id, ended_at=None).update(ended_at=now())
    release = Release.objects.select_for_update().select_related("body").get(pk=release_id)
    rules.require_current(release.state)
    body = PublicBody.objects.select_for_update().get(pk=release.body_id)
    withdrawal = Withdrawal.objects.create(release_id=release.pk, reason=reason, withdrawn_by=actor)
    at = withdrawal.at
    open_breach(withdrawal, meeting_id, actor=actor)
    shown = PublicMeeting.objects.get(release=release)
    end_current(release, ReleaseState.WITHDRAWN, at)
    PublicMeeting.objects.create(
        id=shown.pk,
        authority=shown.authority,
        body=body,
        release=release,
        state=ReleaseState.WITHDRAWN,
        kind=shown.kind,
        held_on=shown.held_on,
        slug=shown.slug,
        changed_at=at,
    )
    body.version, body.changed_at = new_public_id(), at
    body.save()
    record(actor, "withdraw_release", release)
    reached("withdraw.before_commit")
    return release
