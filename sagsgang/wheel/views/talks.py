"""The short talks of a body: the list, a wish, its place on an agenda, and what was said."""

from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body, Person, Role, has_role
from sagsgang.documents.access import Access
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.views.acts import Act, attempted, done
from sagsgang.wheel.actions import talks as acts
from sagsgang.wheel.forms.talks import PlaceForm, RemarksForm, TalkForm
from sagsgang.wheel.models import BriefingCard, Talk
from sagsgang.wheel.permissions import (
    AllTalks,
    CardRows,
    TalkRows,
    may_change_talk,
    may_edit_talk,
    may_list_talks,
    may_place_talk,
    may_plan_talks,
    may_read_talk,
)
from sagsgang.wheel.queries.talks import (
    TalkMeeting,
    lines_of,
    open_meetings,
    slots_of,
    speakers_of,
    talk_cases,
    talks_of,
    withdrawn_talks,
)


@permitted(Body.objects, may_list_talks)
@require_safe
def talks(request: StaffRequest, body: Body) -> HttpResponse:
    lines = talks_of(body, request.user)
    keeps = has_role(request.user, body.pk, Role.SECRETARY)
    context = {
        "body": body,
        "lines": lines,
        "withdrawn": [talk for talk in withdrawn_talks(body, request.user) if may_edit_talk(request.user, talk)],
        "slots": slots_of(body),
        "may_wish": may_plan_talks(request.user, body),
        "keeps": keeps,
    }
    return render(request, "wheel/talks.html", context)


@permitted(TalkRows(), may_read_talk)
@require_safe
def talk(request: StaffRequest, talk: Talk) -> HttpResponse:
    (line,) = lines_of([talk], request.user)
    context = {
        "talk": talk,
        "line": line,
        "body": talk.body,
        "may_edit": may_edit_talk(request.user, talk),
        "may_place": has_role(request.user, talk.body_id, Role.SECRETARY),
    }
    return render(request, "wheel/talk.html", context)


@permitted(Body.objects, may_plan_talks)
@require_http_methods(["GET", "POST"])
def wish_talk(request: StaffRequest, body: Body) -> HttpResponse:
    card = _card(request, body)
    form = TalkForm(_data(request), speakers_of(body), talk_cases(request.user), card=card)
    if request.method == "POST" and attempted(
        form, lambda: acts.wish_talk(body, form.facts, card=card, actor=request.user)
    ):
        return done(request, gettext("The talk is wished. It gets its day from the secretary."), _list(body))
    act = Act(
        gettext("A 5-minute talk"), gettext("A director's words, before the committee treats the matter."),
        gettext("Wish the talk"), _list(body),
    )  # fmt: skip
    return _form(request, act, form, body)


def _card(request: StaffRequest, body: Body) -> BriefingCard | None:
    """The card that the wish comes from, if the address names one of the body that she sees."""
    try:
        pk = UUID(request.GET.get("card", ""))
    except (ValueError, ValidationError):
        return None
    return CardRows().visible_to(request.user).filter(pk=pk, briefing__body=body).first()


@permitted(TalkRows(), may_change_talk)
@require_http_methods(["GET", "POST"])
def edit_talk(request: StaffRequest, talk: Talk) -> HttpResponse:
    speakers = speakers_of(talk.body) | Person.objects.filter(pk=talk.speaker_id)
    form = TalkForm(_data(request), speakers, talk_cases(request.user, talk.case_id), talk=talk)
    if request.method == "POST" and attempted(form, lambda: acts.edit_talk(talk, form.facts, actor=request.user)):
        return done(request, gettext("The talk is saved."), _page(talk))
    act = Act(
        gettext("Change the talk"), gettext("On an agenda it keeps its title and its speaker."), gettext("Save the talk"),
        _page(talk),
    )  # fmt: skip
    return _form(request, act, form, talk.body)


@permitted(TalkRows(), may_change_talk)
@require_http_methods(["GET", "POST"])
def withdraw_talk(request: StaffRequest, talk: Talk) -> HttpResponse:
    form = Form(_data(request))
    if request.method == "POST" and attempted(form, lambda: acts.withdraw_talk(talk, actor=request.user)):
        return done(request, gettext("The talk is withdrawn. It can be taken up again."), _list(talk.body))
    act = Act(gettext("Withdraw the talk"), talk.theme, gettext("Withdraw the talk"), _page(talk), is_grave=True)
    return _form(request, act, form, talk.body)


@permitted(AllTalks(), may_change_talk)
@require_POST
def restore_talk(request: StaffRequest, talk: Talk) -> HttpResponse:
    acts.restore_talk(talk, actor=request.user)
    return done(request, gettext("The talk is taken up again."), _page(talk))


@permitted(TalkRows(), may_place_talk)
@require_http_methods(["GET", "POST"])
def place_talk(request: StaffRequest, talk: Talk) -> HttpResponse:
    meetings = open_meetings(talk.body)
    form = PlaceForm(_data(request), meetings, _parents(meetings), slots_of(talk.body), talk)
    if (form.is_valid() and acts.finding_of(talk, form.chosen) is None) or not form.is_bound:
        form.without_anyway()
    if request.method == "POST" and attempted(
        form, lambda: acts.place_talk(talk, actor=request.user, **form.wishes())  # type: ignore[arg-type]
    ):  # fmt: skip
        return done(request, gettext("The talk stands on the agenda."), _page(talk))
    act = Act(gettext("Put the talk on an agenda"), talk.theme, gettext("Put it on the agenda"), _page(talk))
    return _form(request, act, form, talk.body)


def _parents(meetings: list[TalkMeeting]) -> list[AgendaItem]:
    """The open items under which a talk can stand."""
    rows = AgendaItem.objects.top().filter(
        meeting__in=[row.meeting for row in meetings], withdrawn_at=None, access=Access.OPEN, standing=None, talk=None
    )
    return list(rows.select_related("meeting").order_by("meeting__held_on", "position"))


@permitted(TalkRows(), may_place_talk)
@require_http_methods(["GET", "POST"])
def take_talk_off(request: StaffRequest, talk: Talk) -> HttpResponse:
    form = Form(_data(request))
    if request.method == "POST" and attempted(form, lambda: acts.take_talk_off(talk, actor=request.user)):
        return done(request, gettext("The talk is off the agenda. It can be placed again."), _page(talk))
    act = Act(gettext("Take the talk off the agenda"), talk.theme, gettext("Take it off"), _page(talk), is_grave=True)
    return _form(request, act, form, talk.body)


@permitted(TalkRows(), may_change_talk)
@require_http_methods(["GET", "POST"])
def keep_remarks(request: StaffRequest, talk: Talk) -> HttpResponse:
    form = RemarksForm(_data(request), initial={"remarks": talk.remarks})
    if request.method == "POST" and attempted(
        form, lambda: acts.keep_remarks(talk, actor=request.user, **form.cleaned_data)
    ):
        return done(request, gettext("The remarks are kept."), _page(talk))
    act = Act(gettext("Remarks to the talk"), talk.theme, gettext("Save"), _page(talk))
    return _form(request, act, form, talk.body)


def _data(request: StaffRequest) -> dict[str, object] | None:
    return request.POST if request.method == "POST" else None  # type: ignore[return-value]


def _form(request: StaffRequest, act: Act, form: Form, body: Body) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "wheel/year_form.html", {"act": act, "form": form, "body": body}, status=status)


def _list(body: Body) -> str:
    return reverse("wheel:talks", args=[body.pk])


def _page(talk: Talk) -> str:
    return reverse("wheel:talk", args=[talk.pk])
