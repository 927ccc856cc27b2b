"""A release that waits for its hour: approved by the second person, let out by the clock, or called off before."""

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.meetings.models import Meeting
from sagsgang.publication import permissions, rules
from sagsgang.publication.actions.gate import require_gate
from sagsgang.publication.actions.release import let_out, outgoing_as_prepared
from sagsgang.publication.models import Preparation, Release


@transaction.atomic
def approve_release(preparation: Preparation, *, actor: User) -> Preparation:
    """The second person's part, before the hour: it goes out then, in her name. Nothing is written to `pub`."""
    preparation = Preparation.objects.select_for_update().get(pk=preparation.pk, ended_at=None)
    rules.require_two_persons(preparation.kind, same=preparation.prepared_by_id == actor.pk)
    rules.require_not_approved(is_approved=preparation.approved_by_id is not None)
    rules.require_hour_ahead(preparation.release_at, now())
    outgoing = outgoing_as_prepared(preparation)
    require_gate(outgoing, preparation)
    preparation.approved_by, preparation.approved_at, preparation.refused = actor, now(), ""
    preparation.save(update_fields=["approved_by", "approved_at", "refused"])
    record(actor, "approve_release", Meeting(pk=preparation.meeting_id), kind=preparation.kind)
    return preparation


@transaction.atomic
def cancel_release(preparation: Preparation, *, actor: User) -> Preparation:
    """Call off what is prepared, approved or not: it does not go out. It can be prepared again."""
    preparation = Preparation.objects.select_for_update().get(pk=preparation.pk, ended_at=None)
    preparation.ended_at = now()
    preparation.save(update_fields=["ended_at"])
    record(actor, "cancel_release", Meeting(pk=preparation.meeting_id), kind=preparation.kind)
    return preparation


@transaction.atomic
def release_at_its_hour(preparation: Preparation) -> Release | None:
    """The hour has come: look again at words, persons and gate, and let it out in the name of who approved it.

    None if it is over or its hour is not there. Raises `RuleBrokenError` if it may not go out.
    """
    rows = Preparation.objects.select_for_update(of=("self",), skip_locked=True).select_related(
        "approved_by", "prepared_by"
    )
    found = rows.filter(pk=preparation.pk, ended_at=None, release_at__lte=now()).first()
    if found is None:
        return None
    approver = found.approved_by
    rules.require_approved(is_approved=approver is not None)
    assert approver is not None
    meeting = Meeting.objects.get(pk=found.meeting_id)
    may = approver.is_active and permissions.may_release_meeting(approver, meeting)
    rules.require_may_still(may=may)
    return let_out(found, released_by=approver)


@transaction.atomic
def refuse_release(preparation: Preparation, *, why: str) -> None:
    """Write why it did not go out at its hour; it waits for people, with no hour and no approval any more."""
    preparation = Preparation.objects.select_for_update().get(pk=preparation.pk)
    if preparation.ended_at is not None or preparation.refused:
        return
    actor = preparation.approved_by or preparation.prepared_by
    preparation.refused, preparation.approved_by, preparation.approved_at = why, None, None
    preparation.save(update_fields=["refused", "approved_by", "approved_at"])
    record(actor, "refuse_release", Meeting(pk=preparation.meeting_id), kind=preparation.kind)
