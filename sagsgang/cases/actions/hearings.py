"""Ask a council, record what it answered, go on without it for a reason, take the question back."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.actions.attachments import upload_attachment
from sagsgang.cases.models import Case, CaseAttachment, Hearing
from sagsgang.cases.rules import hearings as rules
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.documents.intake import TakenFile


@transaction.atomic
def ask_hearing(case: Case, *, body: Body, concern: str, question: str, answer_by: date, actor: User) -> Hearing:
    """Ask a body of the authority, to be answered by a day (R14)."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if body.authority_id != case.authority_id:
        raise RuleBrokenError(_("The body belongs to another authority."))
    today = localdate()
    waits = case.hearings.filter(body=body, concern=concern, withdrawn_at=None, answered_on=None, waived_reason="")
    rules.require_askable(answer_by, today, is_asked_already=waits.exists())
    hearing = Hearing.objects.create(
        case=case, body=body, concern=concern, question=question.strip(), asked_on=today, answer_by=answer_by,
        asked_by=actor,
    )  # fmt: skip
    record(actor, "ask_hearing", case, hearing=str(hearing.pk), concern=concern)
    return hearing


@transaction.atomic
def record_answer(hearing: Hearing, *, answer: str, answered_on: date, actor: User) -> None:
    """Write what the body answered, and when; its files are attachments of the case."""
    hearing = _locked(hearing)
    _require_waiting(hearing)
    rules.require_answer(answer, answered_on, hearing.asked_on, localdate())
    hearing.answer, hearing.answered_on = answer.strip(), answered_on
    hearing.save(update_fields=["answer", "answered_on", "modified_at"])
    record(actor, "record_answer", hearing.case, hearing=str(hearing.pk))


@transaction.atomic
def upload_answer(hearing: Hearing, *, taken: TakenFile, actor: User) -> CaseAttachment:
    """Lay one file of the body's answer on the case, as its last attachment and with the access of its uploads.

    Raises `RuleBrokenError` if the hearing was taken back, if nobody was asked, or if the file is there already.
    """
    hearing = _locked(hearing)
    rules.require_asked(was_asked=hearing.body_id is not None, is_withdrawn=hearing.withdrawn_at is not None)
    return upload_attachment(hearing.case, taken=taken, hearing=hearing, actor=actor)


@transaction.atomic
def waive_hearing(hearing: Hearing, *, reason: str, actor: User) -> None:
    """Go on without waiting for the answer, and say why (R14)."""
    hearing = _locked(hearing)
    _require_waiting(hearing)
    rules.require_waive_reason(reason)
    hearing.waived_reason = reason.strip()
    hearing.save(update_fields=["waived_reason", "modified_at"])
    record(actor, "waive_hearing", hearing.case, hearing=str(hearing.pk))


@transaction.atomic
def skip_hearing(case: Case, *, concern: str, reason: str, actor: User) -> Hearing:
    """Ask nobody although the case concerns them, and say why (R14)."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    rules.require_waive_reason(reason)
    today = localdate()
    hearing = Hearing.objects.create(
        case=case, body=None, concern=concern, asked_on=today, answer_by=today, asked_by=actor,
        waived_reason=reason.strip(),
    )  # fmt: skip
    record(actor, "skip_hearing", case, hearing=str(hearing.pk), concern=concern)
    return hearing


@transaction.atomic
def withdraw_hearing(hearing: Hearing, *, actor: User) -> None:
    """Take the question back; the row stays. A waived one can be taken back too, and then counts as never waived."""
    hearing = _locked(hearing)
    rules.require_waiting(
        is_answered=hearing.answered_on is not None, is_waived=False, is_withdrawn=hearing.withdrawn_at is not None
    )
    hearing.withdrawn_at = now()
    hearing.save(update_fields=["withdrawn_at", "modified_at"])
    record(actor, "withdraw_hearing", hearing.case, hearing=str(hearing.pk))


def _locked(hearing: Hearing) -> Hearing:
    case = Case.objects.select_for_update().get(pk=hearing.case_id)
    hearing = Hearing.objects.select_for_update().get(pk=hearing.pk)
    hearing.case = case
    return hearing


def _require_waiting(hearing: Hearing) -> None:
    rules.require_waiting(
        is_answered=hearing.answered_on is not None,
        is_waived=bool(hearing.waived_reason),
        is_withdrawn=hearing.withdrawn_at is not None,
    )
