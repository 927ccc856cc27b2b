"""Access on request (R21, KSL § 20 stk. 6): a member of the council asks, the body's secretary answers, it is taken back."""

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.meetings.actions.records import record_both
from sagsgang.meetings.models import AccessRequest, AgendaItem
from sagsgang.meetings.permissions import AskableRows
from sagsgang.meetings.rules import asking as rules


@transaction.atomic
def request_access(item: AgendaItem, *, reason: str, actor: User) -> AccessRequest:
    """Ask to read an item of another committee. Asking twice is asking once; after a refusal it is a new request.

    Raises `RuleBrokenError` if the item was taken off meanwhile.
    """
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("case").get(pk=item.pk)
    rules.require_askable(is_askable=AskableRows().visible_to(actor).filter(pk=item.pk).exists())
    known = AccessRequest.objects.filter(item=item, user=actor, withdrawn_at=None).first()
    if known is not None and known.granted is not False:
        return known
    if known is not None:
        _end(known)
    request = AccessRequest.objects.create(item=item, user=actor, reason=reason.strip())
    record_both(actor, "request_access", item, request=str(request.pk))
    return request


@transaction.atomic
def answer_access(request: AccessRequest, *, granted: bool, answer: str, actor: User) -> None:
    """Grant the request, or refuse it and say why. A grant opens the item with its sub-items until it is taken back."""
    request = _locked(request)
    rules.require_not_her_own(is_own=request.user_id == actor.pk)
    rules.require_standing(is_withdrawn=request.withdrawn_at is not None)
    rules.require_unanswered(is_answered=request.granted is not None)
    rules.require_refusal_reason(answer, granted=granted)
    request.granted, request.answer = granted, answer.strip()
    request.answered_by, request.answered_at = actor, now()
    request.save(update_fields=["granted", "answer", "answered_by", "answered_at", "modified_at"])
    record_both(actor, "grant_access" if granted else "refuse_access", request.item, request=str(request.pk))


@transaction.atomic
def withdraw_access(request: AccessRequest, *, actor: User) -> None:
    """Take the request or the grant back; the row stays. Doing it twice is doing it once."""
    request = _locked(request)
    if request.withdrawn_at is not None:
        return
    _end(request)
    record_both(actor, "withdraw_access", request.item, request=str(request.pk), asker=str(request.user_id))


def _locked(request: AccessRequest) -> AccessRequest:
    rows = AccessRequest.objects.select_for_update(of=("self",)).select_related("item__case")
    return rows.get(pk=request.pk)


def _end(request: AccessRequest) -> None:
    request.withdrawn_at = now()
    request.save(update_fields=["withdrawn_at", "modified_at"])
