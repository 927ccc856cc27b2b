"""An item with all its parts, and what the secretary writes on it: decisions, and who was not there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body, Person
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.richtext import to_plain
from sagsgang.meetings import actions, queries, rendering
from sagsgang.meetings.forms import AbsenceForm, DecisionForm, PresenceForm, field_prefix
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.passage import Passage, passage_of
from sagsgang.meetings.permissions import (
    AgendaRows,
    ReadableRows,
    may_mark_presence_at,
    may_record_decision,
    may_see_item,
)
from sagsgang.meetings.queries.attending import room_of
from sagsgang.meetings.queries.deciding import Phrase, phrases_of, recommended_points
from sagsgang.meetings.rendering import OwnDecision, ShownItem, ShownSection
from sagsgang.meetings.rendering.rolled import away_people
from sagsgang.meetings.rules.deciding import is_outside_agenda
from sagsgang.meetings.views.reader import reader_of

type ItemForm = DecisionForm | PresenceForm


@dataclass(frozen=True, slots=True)
class Desk:
    """An item or sub-item with its forms; the forms are None for who only reads."""

    item: ShownItem
    decision: DecisionForm | None
    absence: PresenceForm | None
    passage: Passage
    notice: str = ""
    drift: tuple[SafeString, ...] = ()
    is_compared: bool = False  # she asked what her words say that the presentation does not; nothing is saved

    @property
    def may_move(self) -> bool:
        """May she carry it on, renew it, take it off?"""
        return self.absence is not None

    @property
    def decision_refused(self) -> bool:
        return self.decision is not None and self.decision.is_bound and not self.is_compared

    @property
    def absence_refused(self) -> bool:
        return self.absence is not None and self.absence.is_bound


@permitted(ReadableRows(), may_see_item)
@require_safe
def item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return _back(item) if item.parent_id else _page(request, item)


@permitted(AgendaRows(), may_record_decision)
@require_http_methods(["GET", "POST"])
def record_decision(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    if request.method != "POST":  # she logged in on the way here: the form is on the page of the item
        return _back(item)
    form = _decision_form(_part_of(item), item.meeting.body, phrases_of(item.meeting.body.authority), data=request.POST)
    try:
        if form.is_valid():
            if "compare" in request.POST:
                return _compared(request, item, form)
            actions.record_decision(item, actor=request.user, **form.facts())
            return _done(request, item, "decision", gettext("The decision is saved."))
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    return _refused(request, item, "decision", form)


@permitted(AgendaRows(), may_mark_presence_at)
@require_http_methods(["GET", "POST"])
def mark_absence_at_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    if request.method != "POST":
        return _back(item)
    form = AbsenceForm(request.POST, queries.people_of(item.meeting), auto_id=field_prefix(item.pk))
    try:
        if form.is_valid():
            note = form.cleaned_data["note"]
            actions.mark_absence(item.meeting, item=item, person=form.chosen, note=note, actor=request.user)
            notice = gettext("{name} is marked absent at this item.").format(name=form.chosen.name)
            return _done(request, item, "absence", notice)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    return _refused(request, item, "absence", form)


@permitted(AgendaRows(), may_mark_presence_at)
@require_http_methods(["GET", "POST"])
def mark_presence_at_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    if request.method != "POST":
        return _back(item)
    form = PresenceForm(request.POST, queries.people_of(item.meeting), auto_id=field_prefix(item.pk))
    try:
        if form.is_valid():
            actions.mark_presence(item.meeting, item=item, person=form.chosen, actor=request.user)
            notice = gettext("{name} is marked present at this item.").format(name=form.chosen.name)
            return _done(request, item, "absence", notice)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    return _refused(request, item, "absence", form)


def _page(request: StaffRequest, item: AgendaItem, form: ItemForm | None = None, notice: str = "") -> HttpResponse:
    context = _context(request, item, form, notice)
    return render(request, "meetings/item.html", context, status=_status(form))


def _done(request: StaffRequest, item: AgendaItem, part: str, notice: str) -> HttpResponse:
    if "HX-Request" in request.headers:
        return render(request, f"meetings/item.html#{part}", _context(request, item, None, notice))
    messages.success(request, notice)
    return _back(item, part)


def _compared(request: StaffRequest, item: AgendaItem, form: DecisionForm) -> HttpResponse:
    """What she typed, and which of it does not stand in the presentation; nothing is saved."""
    context = _context(request, item, form, is_compared=True) | {"refused": None}
    part = "#decision" if "HX-Request" in request.headers else ""
    return render(request, f"meetings/item.html{part}", context)


def _part_of(item: AgendaItem) -> AgendaItem:
    """The item or sub-item with its sections, as its page has it."""
    row = queries.item_rows(item.parent_id or item.pk)
    parts: list[AgendaItem] = [row, *row.subitems.all()]
    return next(part for part in parts if part.pk == item.pk)


def _decision_form(
    item: AgendaItem,
    body: Body,
    phrases: list[Phrase],
    *,
    data: QueryDict | None = None,
    initial: dict[str, object] | None = None,
) -> DecisionForm:
    """The form of an item or sub-item of `queries.item_rows`."""
    return DecisionForm(
        data,
        points=recommended_points(item),
        phrases=phrases,
        body=body,
        kind=item.kind,
        is_outside=is_outside_agenda(item.created_at, item.meeting.opened_at),
        initial=initial,
        auto_id=field_prefix(item.pk),
    )


def _refused(request: StaffRequest, item: AgendaItem, part: str, form: ItemForm) -> HttpResponse:
    """What was typed stays in the form; the page or its part says above it what is wrong."""
    if "HX-Request" not in request.headers:
        return _page(request, item, form)
    context = _context(request, item, form)
    return render(request, f"meetings/item.html#{part}", context, status=_status(form))


def _status(form: ItemForm | None) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK


def _back(item: AgendaItem, part: str = "") -> HttpResponse:
    place = f"{part}-{item.pk}" if part else f"delpunkt-{item.pk}"
    return redirect(reverse("meetings:item", args=[item.parent_id or item.pk]) + f"#{place}")


def _context(
    request: StaffRequest, item: AgendaItem, form: ItemForm | None, notice: str = "", *, is_compared: bool = False
) -> dict[str, object]:
    """The page of the item above, with `form` and `notice` at the item or sub-item that they belong to."""
    row = queries.item_rows(item.parent_id) if item.parent_id else queries.item_at(item.meeting, item.pk)
    meeting = row.meeting
    shown = _with_roll(rendering.shown_item(row, meeting, reader_of(request.user, row)), meeting)
    if shown.has_closed_words:
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        actions.log_closed_reading(row, actor=request.user)
    people = queries.people_of(meeting) if may_record_decision(request.user, row) else None
    phrases = phrases_of(meeting.body.authority) if people is not None else []
    above: dict[UUID, tuple[AgendaItem, AgendaItem | None]] = {sub.pk: (sub, row) for sub in row.subitems.all()}
    above[row.pk] = (row, None)
    desks = []
    for part in (shown, *shown.subitems):
        passage = passage_of(above[part.pk][0], meeting, above[part.pk][1])
        is_asked = part.pk == item.pk
        desk = _desk(part, passage, people, form if is_asked else None, notice if is_asked else "")
        if desk.absence is not None:
            desk = _with_decision(desk, above[part.pk][0], meeting.body, phrases, is_compared=is_compared and is_asked)
        desks.append(desk)
    return {
        "meeting": meeting,
        "desk": next((desk for desk in desks if desk.item.pk == item.pk), desks[0]),
        "top": desks[0],
        "subdesks": desks[1:],
        "refused": form,
    }


def _with_roll(shown: ShownItem, meeting: Meeting) -> ShownItem:
    """Of a meeting that is run here, who was away follows from the roll, which its desk keeps; two queries more."""
    if meeting.opened_at is None or not shown.is_readable:
        return shown
    roll = room_of(meeting)
    subitems = tuple(replace(sub, absent=away_people(roll, sub.pk)) for sub in shown.subitems)
    return replace(shown, absent=away_people(roll, shown.pk), subitems=subitems)


def _desk(
    shown: ShownItem, passage: Passage, people: list[Person] | None, form: ItemForm | None = None, notice: str = ""
) -> Desk:
    if people is None or not shown.is_readable:
        return Desk(shown, None, None, passage)
    prefix = field_prefix(shown.pk)
    decision = _against(form, shown) if isinstance(form, DecisionForm) else None
    return Desk(
        shown,
        decision,
        form if isinstance(form, PresenceForm) else AbsenceForm(None, people, auto_id=prefix),
        passage,
        notice,
    )


def _with_decision(desk: Desk, row: AgendaItem, body: Body, phrases: list[Phrase], *, is_compared: bool) -> Desk:
    """With the form of the decision, and what the decision says that the presentation does not (row 21)."""
    shown = desk.item
    form = desk.decision or _decision_form(row, body, phrases, initial=written(shown.own))
    words = form.words if is_compared else shown.own.words
    presented = [words_of_section(section) for section in shown.sections] if words else []
    known = [phrase.filled(body) for phrase in phrases]
    told = () if shown.facts.is_final or not presented else rendering.drift(words, presented, known)
    return replace(desk, decision=form, drift=told, is_compared=is_compared)


def words_of_section(section: ShownSection) -> str:
    """All words of a section, its points too, a line each."""
    return "\n".join([to_plain(section.html), *(f"{marker} {text}\n{text}" for marker, text in section.points)])


def says_more(shown: ShownItem, known: Sequence[str]) -> bool:
    """Does the decision say what neither the presentation nor a phrase in `known` does? False where nothing was presented."""
    words = shown.own.words
    presented = [words_of_section(section) for section in shown.sections] if words else []
    return bool(presented) and bool(rendering.drift(words, presented, known))


def written(own: OwnDecision) -> dict[str, object]:
    points = {f"outcome_{point.position}": point.key for point in own.points}
    points |= {f"words_{point.position}": point.words for point in own.points}
    whole = {"text": own.text, "outcome": own.outcome, "all_agreed": own.all_agreed, "seen": own.version}
    return points | whole


def _against(form: DecisionForm, shown: ShownItem) -> DecisionForm:
    """The refused form as she typed it; what now stands beside it is what she has seen when she saves again."""
    typed = {name: form.data.get(name, "") for name in form.fields}
    form.data = typed | {"seen": str(shown.own.version)}
    return form
