"""The protocol of a meeting: read, written around, made final, signed, approved, amended."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Person
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.gathering import Part, gathered
from sagsgang.meetings.actions import log_closed_reading
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries.deciding import phrase_rows, phrases_from
from sagsgang.meetings.views.reader import reader_at
from sagsgang.protocols import actions
from sagsgang.protocols.canonical import sha256, to_text
from sagsgang.protocols.document import ProtocolDocument
from sagsgang.protocols.forms import AmendForm, ApproveForm, FinalForm, NoteForm, SignForm
from sagsgang.protocols.models import Place
from sagsgang.protocols.permissions import (
    ProtocolRows,
    SignerRows,
    her_part,
    may_read_her_part,
    may_sign_protocol,
    may_write_protocol,
)
from sagsgang.protocols.queries.facts import facts_at
from sagsgang.protocols.queries.final import (
    approval_items_after,
    final_document,
    final_in,
    later_meetings_of,
    later_rows,
)
from sagsgang.protocols.queries.standing import ENTERED, Standing, entry_rows, standing_from
from sagsgang.protocols.rendering.compose import compose_protocol
from sagsgang.protocols.rendering.findings import NOTHING_FOUND, findings_of
from sagsgang.protocols.rendering.shown import access_now, note_at, shown_items, shows_closed

_both = require_http_methods(["GET", "POST"])


@permitted(SignerRows(), may_read_her_part)
@require_safe
def protocol(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    return _page(request, meeting)


@permitted(ProtocolRows(), may_write_protocol)
@_both
def write_note(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return _back(meeting)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, refused=form)
    said = form.cleaned_data
    item = AgendaItem.objects.filter(meeting=meeting, pk=said["item"]).first() if said["item"] else None
    try:
        actions.write_note(
            meeting, item=item, place=said["place"], text=said["text"], seen=said["seen"], actor=request.user
        )
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, meeting, refused=form)
    messages.success(request, gettext("Your words are saved."))
    return _back(meeting, f"{said['place']}-{said['item'] or 'meeting'}")


@permitted(ProtocolRows(), may_write_protocol)
@_both
def make_final(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return _back(meeting)
    form = FinalForm(request.POST)
    return _enter(request, meeting, form, gettext("The protocol is final. Now it is signed."), actions.make_final)


@permitted(SignerRows(), may_sign_protocol)
@_both
def sign_protocol(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return _back(meeting)
    form = SignForm(request.POST)
    if form.is_valid():
        try:
            actions.sign_protocol(meeting, reservation=form.reservation, actor=request.user)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return _page(request, meeting, refused=form)
    messages.success(request, gettext("You have signed the protocol."))
    return _back(meeting, "signatures")


@permitted(ProtocolRows(), may_write_protocol)
@_both
def remind_signers(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return _back(meeting)
    words = gettext("The reminder stands on the page of everybody who has not signed.")
    return _enter(request, meeting, forms.Form(request.POST), words, actions.remind_signers)


@permitted(ProtocolRows(), may_write_protocol)
@_both
def approve_protocol(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return _back(meeting)
    form = ApproveForm(request.POST, later_meetings_of(meeting))
    if not form.is_valid():
        return _page(request, meeting, refused=form)
    try:
        actions.approve_protocol(meeting, at=form.chosen, actor=request.user)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, meeting, refused=form)
    messages.success(request, gettext("The approval is entered."))
    return _back(meeting)


@permitted(ProtocolRows(), may_write_protocol)
@_both
def amend_protocol(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return _back(meeting)
    document = final_document(meeting)
    form = AmendForm(request.POST, _places(document) if document else ())
    if form.is_valid():
        said = form.cleaned_data
        item = AgendaItem.objects.filter(meeting=meeting, pk=said["item"]).first() if said["item"] else None
        try:
            actions.amend_protocol(meeting, words=said["words"], reason=said["reason"], item=item, actor=request.user)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return _page(request, meeting, refused=form)
    messages.success(request, gettext("The amendment is entered. What stood before stands."))
    return _back(meeting, "amendments")


def _enter(request: StaffRequest, meeting: Meeting, form: forms.Form, words: str, act: object) -> HttpResponse:
    if form.is_valid():
        try:
            act(meeting, actor=request.user, **form.cleaned_data)  # type: ignore[operator]
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return _page(request, meeting, refused=form)
    messages.success(request, words)
    return _back(meeting)


def _back(meeting: Meeting, place: str = "") -> HttpResponse:
    address = reverse("protocols:protocol", args=[meeting.pk])
    return redirect(f"{address}#{place}" if place else address)


def _page(request: StaffRequest, meeting: Meeting, *, refused: forms.Form | None = None) -> HttpResponse:
    facts = facts_at(meeting)
    found = gathered(
        meeting,
        entries=Part(entry_rows(meeting), ENTERED),
        later=Part(later_rows(meeting)),
        standing=Part(approval_items_after(meeting), ("meeting",)),
        people=Part(Person.objects.filter(user=request.user.pk)),
        phrases=Part(phrase_rows(meeting.body.authority)),
    )
    standing = standing_from(found["entries"], meeting, facts.roll)
    composed = compose_protocol(facts)
    document = final_in(found["entries"]) or composed
    reader = reader_at(request.user, meeting)
    is_over = facts.meeting.adjourned_at is not None or facts.meeting.opened_at is None
    was_adjourned = facts.meeting.adjourned_at is not None
    items = shown_items(document, reader, facts.notes, standing, access_now(facts.meeting), is_over=was_adjourned)
    part = her_part(request.user, meeting)
    if part is not None:
        items = tuple(row for row in items if row.item in part)
    if shows_closed(items):
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        log_closed_reading(meeting, actor=request.user)
    may_write = may_write_protocol(request.user, meeting)
    context = {
        "meeting": facts.meeting,
        "document": document,
        "standing": standing,
        "items": items,
        "before": note_at(None, Place.BEFORE, facts.notes),
        "after": note_at(None, Place.AFTER, facts.notes),
        "amendments": [row for row in standing.amendments if not row.item],
        "may_write": may_write,
        "digest": sha256(to_text(composed)),
        "undecided": [item.number or item.title for item in composed.items if not item.is_decided],
        "findings": findings_of(facts, reader, phrases_from(found["phrases"]))
        if may_write and is_over and not standing.is_final
        else NOTHING_FOUND,
        "is_over": is_over,
        "approval_items": found["standing"] if standing.is_final and not standing.approved_at else [],
        **_forms(found, standing, document, may_write=may_write, refused=refused),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "protocols/protocol.html", context, status=status)


def _forms(
    found: Mapping[str, list[Any]],
    standing: Standing,
    document: ProtocolDocument,
    *,
    may_write: bool,
    refused: forms.Form | None,
) -> dict[str, object]:
    """The forms of this reader; the refused one as she filled it in."""
    persons = {person.pk for person in found["people"]}
    mine = next((signer for signer in standing.signers if signer.person in persons), None)
    wants = may_write and standing.is_final
    return {
        "mine": mine,
        "sign": refused if isinstance(refused, SignForm) else SignForm(),
        "amend": _of(AmendForm, refused) or (AmendForm(None, _places(document)) if wants else None),
        "approve": _of(ApproveForm, refused)
        or (ApproveForm(None, found["later"]) if wants and not standing.approved_at else None),
        "refused": refused,
        "refused_note": refused if isinstance(refused, NoteForm) else None,
        "refused_place": _place_of(refused) if isinstance(refused, NoteForm) else "",
    }


def _of(kind: type[forms.Form], refused: forms.Form | None) -> forms.Form | None:
    return refused if isinstance(refused, kind) else None


def _place_of(form: NoteForm) -> str:
    return f"{form.data.get('place', '')}-{form.data.get('item') or 'meeting'}"


def _places(document: ProtocolDocument) -> list[tuple[str, str]]:
    return [(str(item.item), f"{item.number}. {item.title}") for item in document.all_items()]
