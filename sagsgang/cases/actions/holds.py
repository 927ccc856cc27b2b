"""Hold a case because of an error, and lift the hold: the error is mended, or somebody answers for it."""

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case, CaseAttachment, CaseHold, Lifting
from sagsgang.cases.rules import holds as rules
from sagsgang.core.models import record
from sagsgang.documents.models import DocumentVersion


@transaction.atomic
def raise_hold(case: Case, *, words: str, attachment: CaseAttachment | None = None, actor: User) -> CaseHold:
    """Stop the case on its way: no act carries it to a further body before the hold is lifted.

    With an `attachment` it is about that one. The same words twice are one hold. Raises `RuleBrokenError`.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    rules.require_why(words)
    rules.require_own_attachment(
        is_own=attachment is None or case.attachments.filter(pk=attachment.pk, withdrawn_at=None).exists()
    )
    known = case.holds.filter(lifting="", words=words.strip(), attachment=attachment).first()
    if known is not None:
        return known
    hold = CaseHold.objects.create(case=case, attachment=attachment, words=words.strip(), raised_by=actor)
    record(actor, "raise_hold", case, hold=str(hold.pk))
    return hold


@transaction.atomic
def lift_hold(hold: CaseHold, *, lifting: Lifting, words: str, actor: User) -> CaseHold:
    """Let the case go on; `words` say what was mended, or why the error is let be.

    What is mended in an attachment is mended by a version that came after the hold; the earlier ones are *erstattet* from
    then on. Raises `RuleBrokenError`.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=hold.case_id)
    hold = CaseHold.objects.select_for_update(of=("self",)).select_related("attachment").get(pk=hold.pk)
    rules.require_standing_hold(is_lifted=bool(hold.lifting))
    rules.require_lifting_words(words)
    if lifting == Lifting.MENDED and hold.attachment is not None:
        hold.mended_in = _mending(hold, hold.attachment)
    hold.lifting, hold.lifted_words, hold.lifted_by, hold.lifted_at = lifting, words.strip(), actor, now()
    hold.save()
    record(actor, "lift_hold", case, hold=str(hold.pk), lifting=lifting)
    return hold


def _mending(hold: CaseHold, attachment: CaseAttachment) -> DocumentVersion | None:
    """The version that is right; None where another file, or none, stands in the attachment's place."""
    if attachment.file is None or attachment.withdrawn_at is not None or attachment.replaced_by_id is not None:
        return None
    newest = attachment.file.versions.latest("number")
    rules.require_mended(is_mended=newest.created_at > hold.created_at)
    return newest
