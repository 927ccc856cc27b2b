"""Send a case for approval, approve it, send it back, open it for writing again; give its draft to somebody to read."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment
from sagsgang.cases.models import ApprovalEvent, ApprovalLevel, Case, Presentation, ReviewCopy, Verdict
from sagsgang.cases.permissions import levels_of
from sagsgang.cases.queries.approval import content_digest, events_told, is_hers, level_at, standing_by
from sagsgang.cases.queries.holds import standing_words
from sagsgang.cases.queries.journey import newest_version
from sagsgang.cases.queries.readiness import lacks_in
from sagsgang.cases.rules import approval as rules
from sagsgang.cases.rules.holds import require_no_hold
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record


@transaction.atomic
def submit_for_approval(case: Case, *, comment: str = "", actor: User) -> ApprovalEvent:
    """Send the draft up; with no level of approval it is approved at once.

    Raises `rules.approval.LackingError` with everything that is missing, each with its place.
    """
    case, version, levels, stands = _stand(case)
    rules.require_submittable(stands, is_draft=version.is_draft)
    require_no_hold(standing_words(case))
    rules.require_nothing_lacks(lacks_in(case, version))
    digest = content_digest(version)
    event = _say(version, Verdict.SUBMITTED, digest=digest, comment=comment, by=actor)
    if not levels:
        _say(version, Verdict.APPROVED, digest=digest, by=actor)
    record(actor, "submit_for_approval", case, version=version.number, levels=len(levels))
    return event


@transaction.atomic
def approve_case(case: Case, *, seen: str, level: int, comment: str = "", actor: User) -> ApprovalEvent:
    """Approve at the level that waits. `seen` is the digest of the words that her page showed, `level` its position.

    A deputy approves for the approver. The last level's approval makes the version approved for good: what is
    changed in the unit's levels afterwards does not touch it. Raises `RuleBrokenError` if it is not her turn, or
    if somebody else has acted or written meanwhile.
    """
    case, version, levels, stands = _stand(case)
    rules.require_in_approval(stands)
    rules.require_level_unchanged(level, stands.level)
    waiting = _require_turn(levels, stands, actor)
    require_no_hold(standing_words(case))
    digest = content_digest(version)
    rules.require_same_words(seen, digest)
    event = _say(version, Verdict.APPROVED, level=waiting, digest=digest, comment=comment, by=actor)
    is_last = {*stands.approved_levels, level} >= {one.position for one in levels}
    if is_last:
        _say(version, Verdict.APPROVED, digest=digest, by=actor)
    record(actor, "approve_case", case, version=version.number, level=level, is_last=is_last)
    return event


@transaction.atomic
def send_back(case: Case, *, comment: str, level: int, actor: User) -> ApprovalEvent:
    """Give it back to the caseworker, and say why."""
    case, version, levels, stands = _stand(case)
    rules.require_in_approval(stands)
    rules.require_level_unchanged(level, stands.level)
    waiting = _require_turn(levels, stands, actor)
    rules.require_comment(comment)
    event = _say(version, Verdict.RETURNED, level=waiting, digest=content_digest(version), comment=comment, by=actor)
    record(actor, "send_back", case, version=version.number, level=level)
    return event


@transaction.atomic
def reopen_case(case: Case, *, reason: str, actor: User) -> ApprovalEvent:
    """Take it back from approval, or open what is approved for writing again; every level is then asked anew."""
    case, version, _levels, stands = _stand(case)
    rules.require_reopenable(stands, is_draft=version.is_draft, reason=reason)
    event = _say(version, Verdict.REOPENED, digest=content_digest(version), comment=reason, by=actor)
    record(actor, "reopen_case", case, version=version.number, was=stands.state)
    return event


@transaction.atomic
def give_review_copy(case: Case, *, reader: User, message: str = "", actor: User) -> ReviewCopy:
    """Let somebody outside the case read the draft and remark; giving it twice is giving it once."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not reader.is_active:
        raise RuleBrokenError(_("{name} can no longer log in.").format(name=reader))
    if Appointment.objects.whole_house(reader).exists():
        raise RuleBrokenError(_("An auditor or administrator reads no drafts. Choose somebody else."))
    known = case.review_copies.filter(reader=reader, withdrawn_at=None).first()
    if known is not None:
        return known
    copy = ReviewCopy.objects.create(case=case, reader=reader, asked_by=actor, message=message.strip())
    record(actor, "give_review_copy", case, reader=str(reader.pk))
    return copy


@transaction.atomic
def withdraw_review_copy(copy: ReviewCopy, *, actor: User) -> None:
    """Take the copy back; what she remarked stays."""
    case = Case.objects.select_for_update().get(pk=copy.case_id)
    copy = ReviewCopy.objects.select_for_update().get(pk=copy.pk)
    if copy.withdrawn_at is None:
        copy.withdrawn_at = now()
        copy.save(update_fields=["withdrawn_at", "modified_at"])
        record(actor, "withdraw_review_copy", case, reader=str(copy.reader_id))


def _stand(case: Case) -> tuple[Case, Presentation, list[ApprovalLevel], rules.Standing]:
    """The case, locked, with its newest version and where that stands; two who click at once come one after the other."""
    locked = Case.objects.select_for_update(of=("self",)).select_related("unit__parent__parent").get(pk=case.pk)
    version = newest_version(locked)
    if version is None:
        raise RuleBrokenError(_("The case has no presentation yet. Write one first."))
    levels = levels_of(locked.unit)
    return locked, version, levels, standing_by(events_told(version), levels)


def _require_turn(levels: list[ApprovalLevel], stands: rules.Standing, actor: User) -> ApprovalLevel:
    waiting = level_at(levels, stands.level)
    if waiting is None:
        raise RuleBrokenError(_("The case is being written, and waits for no approval."))
    rules.require_turn(is_hers=is_hers(waiting, actor), level_name=waiting.name, approver=str(waiting.approver))
    return waiting


def _say(
    version: Presentation,
    verdict: Verdict,
    *,
    digest: str,
    by: User,
    level: ApprovalLevel | None = None,
    comment: str = "",
) -> ApprovalEvent:
    last = version.approval_events.order_by("-number").first()
    stands_in = level is not None and level.approver_id != by.pk
    return ApprovalEvent.objects.create(
        presentation=version,
        verdict=verdict,
        level=level.position if level else rules.CASEWORKER,
        level_name=level.name if level else "",
        by=by,
        for_user=level.approver if level and stands_in else None,
        comment=comment.strip(),
        digest=digest,
        number=last.number + 1 if last else 1,
    )
