"""Who presents an item: named, changed and taken off before the meeting."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions
from sagsgang.meetings.forms import SpeakerForm
from sagsgang.meetings.models import AgendaItem, ItemSpeaker
from sagsgang.meetings.permissions import AgendaRows, may_handle_decision
from sagsgang.meetings.views.acts import Act, act_page, attempted, done, item_address


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def name_speaker(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    return _page(request, item, None)


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def change_speaker(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    speaker = _named(request, item)
    if speaker is None:
        raise Http404
    return _page(request, item, speaker)


@permitted(AgendaRows(), may_handle_decision)
@require_http_methods(["GET", "POST"])
def remove_speaker(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    speaker = _named(request, item)
    if request.method != "POST" or speaker is None:  # logged in on the way here, or taken off since
        return redirect("meetings:name-speaker", item.pk)
    try:
        actions.remove_speaker(speaker, actor=request.user)
    except RuleBrokenError as refusal:
        form = SpeakerForm({}, None)
        form.errors.clear()
        form.add_error(None, str(refusal))
        return _shown(request, item, form, None)
    return done(request, gettext("{name} is taken off.").format(name=speaker.name), item_address(item))


def _page(request: StaffRequest, item: AgendaItem, speaker: ItemSpeaker | None) -> HttpResponse:
    form = SpeakerForm(request.POST if request.method == "POST" else None, speaker)
    if request.method == "POST" and attempted(form, lambda: _write(item, speaker, form, request)):
        notice = gettext("{name} stands on the agenda as a speaker.").format(name=form.cleaned_data["name"])
        return done(request, notice, item_address(item))
    return _shown(request, item, form, speaker)


def _write(item: AgendaItem, speaker: ItemSpeaker | None, form: SpeakerForm, request: StaffRequest) -> None:
    if speaker is None:
        actions.name_speaker(item, form.facts, actor=request.user)
    else:
        actions.change_speaker(speaker, form.facts, actor=request.user)


def _shown(request: StaffRequest, item: AgendaItem, form: SpeakerForm, speaker: ItemSpeaker | None) -> HttpResponse:
    act = Act(
        heading=gettext("Change a speaker") if speaker else gettext("Name a speaker"),
        words=gettext("Name and role stand on the agenda, and go out with it where the item is open."),
        button=gettext("Save"),
        back=item_address(item),
    )
    named = [] if speaker else list(item.speakers.all())
    return act_page(
        request, act, form, meeting=item.meeting, item=item, template="meetings/speakers.html",
        speaker=speaker, speakers=named,
    )  # fmt: skip


def _named(request: StaffRequest, item: AgendaItem) -> ItemSpeaker | None:
    named = request.POST.get("speaker") or request.GET.get("speaker") or ""
    try:
        return item.speakers.select_related("item__meeting").filter(pk=UUID(named)).first()
    except ValueError:
        return None
