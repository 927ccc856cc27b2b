"""Månedsgrebet: its page, the directors' cards, what is made of them, and the body's wishes."""

from http import HTTPStatus

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body, BodyKind, Person, Role, has_role
from sagsgang.cases.actions.path import StepFacts
from sagsgang.cases.models import Purpose
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import AgendaRows, may_change_body, may_see_item
from sagsgang.meetings.views.acts import Act, attempted, done
from sagsgang.wheel.actions import briefing as briefing_acts
from sagsgang.wheel.actions import cards as acts
from sagsgang.wheel.actions.wishes import wish_body_year
from sagsgang.wheel.forms.cards import CardCaseForm, CardFollowUpForm, CardForm, OutcomeForm
from sagsgang.wheel.forms.wishes import BodyYearForm
from sagsgang.wheel.models import BodyYear, BriefingCard, CycleBriefing
from sagsgang.wheel.permissions import (
    AllBriefedCards,
    BriefingRows,
    CardRows,
    may_edit_card,
    may_see_briefing,
    may_write_cards,
)
from sagsgang.wheel.queries.briefings import briefing_at, briefing_view
from sagsgang.wheel.queries.cycles import year_in
from sagsgang.wheel.queries.listed import listed_for
from sagsgang.wheel.queries.talks import speakers_of
from sagsgang.wheel.queries.year import year_of


@permitted(BriefingRows(), may_see_briefing)
@require_safe
def briefing(request: StaffRequest, briefing: CycleBriefing) -> HttpResponse:
    keeps = has_role(request.user, briefing.body_id, Role.SECRETARY)
    context = {
        "briefing": briefing,
        "view": briefing_view(briefing, request.user),
        "may_write": may_write_cards(request.user, briefing),
        "keeps": keeps,
    }
    return render(request, "wheel/briefing.html", context)


@permitted(BriefingRows(), may_see_briefing)
@require_safe
def briefing_lists(request: StaffRequest, briefing: CycleBriefing) -> HttpResponse:
    """What the system lists; the page of månedsgrebet fetches the part."""
    context = {"briefing": briefing, "listed": listed_for(briefing, request.user)}
    part = "#part" if "HX-Request" in request.headers else ""
    return render(request, f"wheel/briefing_lists.html{part}", context)


@permitted(AgendaRows(), may_see_item)
@require_safe
def briefing_at_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    """The link from the page of an item to its månedsgreb; nothing where there is none, or it is not hers to see."""
    found = briefing_at(item)
    if found is not None and not may_see_briefing(request.user, found):
        found = None
    if "HX-Request" not in request.headers:
        return redirect("wheel:briefing", found.pk) if found else redirect("meetings:item", item.parent_id or item.pk)
    return render(request, "wheel/briefing.html#link", {"briefing": found})


@permitted(BriefingRows(), may_write_cards)
@require_http_methods(["GET", "POST"])
def add_card(request: StaffRequest, briefing: CycleBriefing) -> HttpResponse:
    form = CardForm(_data(request), _directors(request, briefing), _committees(briefing))
    if request.method == "POST" and attempted(form, lambda: acts.add_card(briefing, form.facts, actor=request.user)):
        return done(request, gettext("The card is laid."), _page(briefing))
    act = Act(
        gettext("A new card"),
        gettext("What the directorate should look out for in the cycle {cycle}.").format(cycle=briefing.cycle),
        gettext("Lay the card"), _page(briefing),
    )  # fmt: skip
    return _form(request, act, form, briefing)


@permitted(CardRows(), may_edit_card)
@require_http_methods(["GET", "POST"])
def edit_card(request: StaffRequest, card: BriefingCard) -> HttpResponse:
    directors = _directors(request, card.briefing) | Person.objects.filter(pk=card.director_id)
    form = CardForm(_data(request), directors, _committees(card.briefing), card)
    if request.method == "POST" and attempted(form, lambda: acts.edit_card(card, form.facts, actor=request.user)):
        return done(request, gettext("The card is saved."), _place(card))
    act = Act(gettext("Change the card"), card.theme, gettext("Save the card"), _place(card))
    return _form(request, act, form, card.briefing)


@permitted(CardRows(), may_edit_card)
@require_POST
def withdraw_card(request: StaffRequest, card: BriefingCard) -> HttpResponse:
    acts.withdraw_card(card, actor=request.user)
    notice = gettext("The card is withdrawn. It stands below, where it can be put back.")
    return done(request, notice, _page(card.briefing))


@permitted(AllBriefedCards(), may_edit_card)
@require_POST
def restore_card(request: StaffRequest, card: BriefingCard) -> HttpResponse:
    acts.restore_card(card, actor=request.user)
    return done(request, gettext("The card is back."), _place(card))


@permitted(CardRows(), may_edit_card)
@require_http_methods(["GET", "POST"])
def state_card_outcome(request: StaffRequest, card: BriefingCard) -> HttpResponse:
    form = OutcomeForm(_data(request), initial={"outcome": card.outcome})
    if request.method == "POST" and attempted(
        form, lambda: acts.state_card_outcome(card, actor=request.user, **form.cleaned_data)
    ):
        return done(request, gettext("It is saved."), _place(card))
    act = Act(gettext("What came of it"), card.theme, gettext("Save"), _place(card))
    return _form(request, act, form, card.briefing)


@permitted(CardRows(), may_edit_card)
@require_http_methods(["GET", "POST"])
def open_case_of_card(request: StaffRequest, card: BriefingCard) -> HttpResponse:
    form = CardCaseForm(_data(request), card)
    steps = _steps(card)
    if request.method == "POST" and attempted(
        form, lambda: acts.open_case_of_card(card, form.facts, steps=steps, actor=request.user)
    ):
        return done(request, gettext("The case is open, and the card points at it."), _place(card))
    path = " → ".join(step.body.name for step in steps)
    words = gettext("Its path begins with: {path}. The staff of the unit writes it.").format(path=path)
    act = Act(gettext("A case from the card"), words, gettext("Open the case"), _place(card))
    return _form(request, act, form, card.briefing)


@permitted(CardRows(), may_edit_card)
@require_http_methods(["GET", "POST"])
def give_follow_up_of_card(request: StaffRequest, card: BriefingCard) -> HttpResponse:
    form = CardFollowUpForm(_data(request), card)
    if request.method == "POST" and attempted(
        form, lambda: acts.give_follow_up_of_card(card, form.facts, actor=request.user)
    ):
        return done(request, gettext("The follow-up is given, and the card points at it."), _place(card))
    act = Act(gettext("A follow-up from the card"), card.theme, gettext("Give the follow-up"), _place(card))
    return _form(request, act, form, card.briefing)


@permitted(Body.objects, may_change_body)
@require_http_methods(["GET", "POST"])
def wish_year(request: StaffRequest, body: Body) -> HttpResponse:
    """The body's three wishes."""
    row = BodyYear.objects.filter(body=body).first() or BodyYear(body=body)
    form = BodyYearForm(_data(request), row)
    back = reverse("meetings:body", args=[body.pk])
    if request.method == "POST" and attempted(form, lambda: wish_body_year(body, form.wishes, actor=request.user)):
        return done(request, gettext("It is saved."), back)
    act = Act(
        gettext("The year on the agendas"),
        gettext("It holds for the agendas that come within {days} days.").format(days=briefing_acts.DAYS_AHEAD),
        gettext("Save"), back,
    )  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "wheel/year_form.html", {"act": act, "form": form, "body": body}, status=status)


def _data(request: StaffRequest) -> dict[str, object] | None:
    return request.POST if request.method == "POST" else None  # type: ignore[return-value]


def _form(request: StaffRequest, act: Act, form: Form, briefing: CycleBriefing) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"act": act, "form": form, "briefing": briefing, "body": briefing.body}
    if isinstance(form, CardForm) and not form.fields["director"].queryset.exists():  # type: ignore[attr-defined]
        messages.warning(request, gettext("You have no place in the body's list of persons. Ask its secretary."))
    return render(request, "wheel/year_form.html", context, status=status)


def _page(briefing: CycleBriefing) -> str:
    return reverse("wheel:briefing", args=[briefing.pk])


def _place(card: BriefingCard) -> str:
    return f"{_page(card.briefing)}#card-{card.pk}"


def _directors(request: StaffRequest, briefing: CycleBriefing) -> QuerySet[Person]:
    """Her own name; for the secretary all."""
    rows = speakers_of(briefing.body)
    keeps = has_role(request.user, briefing.body_id, Role.SECRETARY)
    return rows if keeps else rows.filter(user=request.user)


def _committees(briefing: CycleBriefing) -> QuerySet[Body]:
    return Body.objects.filter(authority=briefing.body.authority_id).exclude(kind=BodyKind.DIRECTORATE)


def _steps(card: BriefingCard) -> list[StepFacts]:
    """The directorate, and the committee of the card with its day in the cycle, as far as these are to come."""
    briefing, today = card.briefing, localdate()
    here = briefing.item.meeting.held_on
    steps = [StepFacts(briefing.body, Purpose.DISCUSSION, here if here >= today else None)]
    committee = card.committee
    if committee is not None:
        year = year_of(briefing.body.authority, year_in(briefing.cycle) or today.year, entries=())
        cycle = next((one for one in year.plan.cycles if one.id == briefing.cycle), None)
        code = year.code_of(committee.pk)
        days = [step.on for step in cycle.steps if step.body == code and step.on >= today] if cycle else []
        purpose = Purpose.DECISION if committee.kind == BodyKind.COUNCIL else Purpose.RECOMMENDATION
        steps.append(StepFacts(committee, purpose, days[0] if days else None))
    return steps
