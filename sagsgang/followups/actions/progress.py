"""What happens to a follow-up: begun, noted on, finished, dropped, opened again."""

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case
from sagsgang.core.models import record
from sagsgang.followups import rules
from sagsgang.followups.models import FollowUp, FollowUpEvent, Progress


@transaction.atomic
def begin_follow_up(follow_up: FollowUp, *, actor: User) -> None:
    """Say that somebody has begun."""
    case, row = locked(follow_up)
    rules.require_not_begun(standing_of(row))
    _add(row, Progress.BEGUN, "", actor)
    record(actor, "begin_follow_up", case, follow_up=str(row.pk))


@transaction.atomic
def note_follow_up(follow_up: FollowUp, *, words: str, actor: User) -> None:
    """Write a note on it. The same note sent twice is one."""
    case, row = locked(follow_up)
    rules.require_note(words)
    last = row.events.order_by("-at", "-pk").first()
    if last is not None and (last.progress, last.words, last.by_id) == (Progress.NOTE, words.strip(), actor.pk):
        return
    _add(row, Progress.NOTE, words, actor)
    record(actor, "note_follow_up", case, follow_up=str(row.pk))


@transaction.atomic
def finish_follow_up(follow_up: FollowUp, *, words: str, actor: User) -> None:
    """Say that it is done, and what was done: the words that go back to who gave it."""
    case, row = locked(follow_up)
    rules.require_open(standing_of(row))
    rules.require_result(words)
    _add(row, Progress.DONE, words, actor)
    record(actor, "finish_follow_up", case, follow_up=str(row.pk))


@transaction.atomic
def drop_follow_up(follow_up: FollowUp, *, words: str, actor: User) -> None:
    """Let it be, with the reason."""
    case, row = locked(follow_up)
    rules.require_open(standing_of(row))
    rules.require_reason(words)
    _add(row, Progress.DROPPED, words, actor)
    record(actor, "drop_follow_up", case, follow_up=str(row.pk))


@transaction.atomic
def reopen_follow_up(follow_up: FollowUp, *, words: str = "", actor: User) -> None:
    """Undo that it was done or dropped. What was reported back stands where it stands; it is reported anew."""
    case, row = locked(follow_up)
    rules.require_over(standing_of(row))
    _add(row, Progress.REOPENED, words, actor)
    if row.reported_in_id is not None:
        row.reported_in = None
        row.save(update_fields=["reported_in", "modified_at"])
    record(actor, "reopen_follow_up", case, follow_up=str(row.pk))


def locked(follow_up: FollowUp) -> tuple[Case, FollowUp]:
    """A part of other acts: the case that it belongs to now and the row, both locked."""
    case_id = follow_up.item.case_id if follow_up.item else follow_up.case_id
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    row = FollowUp.objects.select_for_update(of=("self",)).select_related("item__parent").get(pk=follow_up.pk)
    return case, row


def standing_of(row: FollowUp) -> rules.State:
    """A part of other acts: where it stands now."""
    found = FollowUp.objects.with_standing().filter(pk=row.pk).values_list("progress", flat=True)
    progress: str | None = found.get()
    return rules.state_of(progress)


def _add(row: FollowUp, progress: Progress, words: str, actor: User) -> None:
    FollowUpEvent.objects.create(follow_up=row, progress=progress, words=words.strip(), by=actor)
