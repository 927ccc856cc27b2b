"""The editor of a presentation: its words, saved while they are written; its sections; its economy block."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body
from sagsgang.cases.actions import arranging, editing
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.cases.forms import editor as forms
from sagsgang.cases.models import Case, Section
from sagsgang.cases.permissions import CaseRows, levels_of, may_read_presentation, may_write_case
from sagsgang.cases.queries.editor import (
    SectionRows,
    ShownVersion,
    Turn,
    bodies_to_choose,
    may_edit_section,
    may_edit_words,
    points_of,
    shown_version,
    turn_by,
)
from sagsgang.cases.queries.head import head_of
from sagsgang.cases.queries.versions import draft_of, newest_of
from sagsgang.cases.rendering.editor import Refused, Words, desk_of, merge_of, shown_line, shown_total
from sagsgang.cases.rules import economy
from sagsgang.cases.rules.editing import StaleTextError
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents import richtext
from sagsgang.documents.access import Access, Ground

type Refusals = dict[UUID, Refused]

_PLAIN = "text/plain; charset=utf-8"


@permitted(CaseRows(), may_read_presentation)
@require_safe
def presentation(request: StaffRequest, case: Case) -> HttpResponse:
    return _page(request, case)


@permitted(SectionRows(), may_edit_section)
@require_http_methods(["GET", "POST"])
def save_section(request: StaffRequest, section: Section) -> HttpResponse:
    """Save while she writes (JSON) or by the button (a page)."""
    if request.method != "POST":
        return _back(section.presentation.case, section)
    form = forms.SectionForm(request.POST)
    if not form.is_valid():
        status = HTTPStatus.CONTENT_TOO_LARGE if form.is_too_long else HTTPStatus.BAD_REQUEST
        return HttpResponse(gettext("The text could not be read."), status=status, content_type=_PLAIN)
    html, points = form.words_over(section.html), forms.points_of_request(request.POST)
    seen = form.cleaned_data["seen"]
    try:
        saved = editing.save_section(section, html=html, points=points, seen=seen, actor=request.user)
    except StaleTextError as stale:
        return _stale(request, section, Words(richtext.clean(html), tuple(points)), stale)
    except RuleBrokenError as refusal:
        return _refused(request, section, Words(richtext.clean(html), tuple(points)), str(refusal), seen)
    if _wants_json(request):
        is_joined = saved.revision > seen + 1
        words = Words(saved.html, points_of(saved)).plain if is_joined else {}
        return JsonResponse({"state": "joined" if is_joined else "saved", "revision": saved.revision, **words})
    messages.success(request, gettext("The section is saved."))
    return _back(section.presentation.case, section)


def _wants_json(request: StaffRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _stale(request: StaffRequest, section: Section, mine: Words, stale: StaleTextError) -> HttpResponse:
    section.refresh_from_db()
    if section.withdrawn_at is not None:
        return _refused(request, section, mine, str(stale), stale.revision)
    theirs = Words(section.html, points_of(section))
    merge = merge_of(str(stale), stale.revision, mine, theirs)
    if not _wants_json(request):
        refused = Refused(mine, str(stale), stale.revision, merge)
        return _page(request, section.presentation.case, {section.pk: refused}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    shown = render_to_string("cases/presentation.html#merge", {"merge": merge, "section": section}, request)
    answer = {
        "state": "stale", "revision": stale.revision, "sentence": str(stale), "merge": shown,
        "mine": mine.plain, "theirs": theirs.plain, "both": merge.both.plain,
    }  # fmt: skip
    return JsonResponse(answer, status=HTTPStatus.CONFLICT)


def _refused(request: StaffRequest, section: Section, mine: Words, sentence: str, seen: int) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"state": "refused", "sentence": sentence}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    refused = Refused(mine, sentence, seen)
    alert = sentence if section.withdrawn_at is not None else ""
    return _page(
        request, section.presentation.case, {section.pk: refused}, alert=alert, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )


@permitted(CaseRows(), may_edit_words)
@require_http_methods(["GET", "POST"])
def arrange_sections(request: StaffRequest, case: Case) -> HttpResponse:
    """Every act on the sections themselves: ``act`` says which, ``section`` on which."""
    if request.method != "POST":
        return redirect("cases:presentation", case.pk)
    act, key = request.POST.get("act", ""), request.POST.get("section", "")
    try:
        if act == "add":
            return _add_section(request, case)
        if act not in _ACTS:
            return HttpResponseBadRequest(gettext("The act is not known."), content_type=_PLAIN)
        section = get_object_or_404(
            SectionRows().visible_to(request.user).filter(presentation__case=case), pk=_uuid(key)
        )
        notice = _ACTS[act](request, section)
    except RuleBrokenError as refusal:
        return _page(request, case, alert=str(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if notice:
        messages.success(request, notice)
    return _back(case, section)


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def _add_section(request: StaffRequest, case: Case) -> HttpResponse:
    form = forms.AddSectionForm(request.POST)
    draft = draft_of(case)
    if draft is None or not form.is_valid():
        return _page(request, case, adding=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    section = arranging.add_section(draft, **form.cleaned_data, actor=request.user)
    return _back(case, section)


def _move(by: int) -> Callable[[StaffRequest, Section], str]:
    def move(request: StaffRequest, section: Section) -> str:
        arranging.move_section(section, by=by, actor=request.user)
        return ""

    return move


def _rename(request: StaffRequest, section: Section) -> str:
    heading = str(request.POST.get("heading", ""))[:200]
    arranging.rename_section(section, heading=heading, actor=request.user)
    return gettext("The heading is changed.")


def _access(request: StaffRequest, section: Section) -> str:
    form = forms.AccessForm(request.POST)
    if not form.is_valid():
        raise RuleBrokenError(gettext("Choose the ground on which the section is closed."))
    arranging.set_section_access(section, **form.cleaned_data, actor=request.user)
    return gettext("The access of the section is changed.")


def _remove(request: StaffRequest, section: Section) -> str:
    arranging.remove_section(section, actor=request.user)
    return gettext("The section is taken out. You can bring it back at the foot of the page.")


def _restore(request: StaffRequest, section: Section) -> str:
    arranging.restore_section(section, actor=request.user)
    return gettext("The section is back, as the last one.")


_ACTS: dict[str, Callable[[StaffRequest, Section], str]] = {
    "up": _move(-1), "down": _move(1), "rename": _rename, "access": _access, "remove": _remove, "restore": _restore,
}  # fmt: skip


@permitted(CaseRows(), may_edit_words)
@require_http_methods(["GET", "POST"])
def save_economy(request: StaffRequest, case: Case) -> HttpResponse:
    draft = draft_of(case)
    if request.method != "POST" or draft is None:
        return redirect("cases:presentation", case.pk)
    form = forms.economy_of_request(request.POST)
    refusal = ""
    if form.is_valid():
        try:
            editing.save_economy(draft, lines=form.lines, seen=request.POST.get("seen", ""), actor=request.user)
        except RuleBrokenError as error:
            refusal = str(error)
        else:
            messages.success(request, gettext("The economy is saved."))
            return redirect(reverse("cases:presentation", args=[case.pk]) + "#economy")
    return _page(request, case, money=form, refusal=refusal, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@permitted(CaseRows(), may_edit_words)
@require_http_methods(["GET", "POST"])
def choose_template(request: StaffRequest, case: Case) -> HttpResponse:
    """Begin the draft, or write it for another body or kind of item."""
    newest = newest_of(case)
    initial = {"body": str(newest.body_id), "item_kind": newest.item_kind} if newest else {}
    data = request.POST if request.method == "POST" else None
    form = forms.ChooseForm(data, bodies=bodies_to_choose(case), initial=initial)
    try:
        if form.is_valid():
            body = Body.objects.get(pk=form.cleaned_data["body"])
            arranging.choose_template(case, body=body, item_kind=form.cleaned_data["item_kind"], actor=request.user)
            messages.success(request, gettext("The draft has the sections that the body wants. No words are lost."))
            return redirect("cases:presentation", case.pk)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    context = {
        "case": case, "head": head_of(case, request.user), "here": "presentation", "form": form,
        "is_new": newest is None or not newest.is_draft,
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "cases/choose_template.html", context, status=status)


def _back(case: Case, section: Section) -> HttpResponse:
    return redirect(reverse("cases:presentation", args=[case.pk]) + f"#section-{section.pk}")


def _page(
    request: StaffRequest,
    case: Case,
    refusals: Refusals | None = None,
    *,
    money: forms.EconomyForms | None = None,
    adding: forms.AddSectionForm | None = None,
    alert: str = "",
    refusal: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    shown = shown_version(case)
    levels = [] if may_write_case(request.user, case) and not (shown and shown.events) else levels_of(case.unit)
    may_edit = may_write_case(request.user, case) or any(
        request.user.pk in (level.approver_id, level.deputy_id) for level in levels
    )
    context: dict[str, object] = {
        "case": case,
        "head": head_of(case, request.user),
        "here": "presentation",
        "may_edit": may_edit,
        "alert": alert,
        "adding": adding or forms.AddSectionForm(),
    }
    if shown is not None:
        turn = turn_by(shown.events, levels, request.user)
        context |= _version(shown, turn, refusals or {}, may_edit=may_edit)
        context |= _economy(shown, money, refusal)
        if _has_closed(case, shown):
            # The one write that a GET does: every reading of closed material is logged (leak rule 12).
            log_closed_reading(case, actor=request.user)
    return render(request, "cases/presentation.html", context, status=status)


def _has_closed(case: Case, shown: ShownVersion) -> bool:
    return case.is_closed or any(
        section.access == "closed" for section in (*(one.section for one in shown.sections), *shown.removed)
    )


def _version(shown: ShownVersion, turn: Turn, refusals: Refusals, *, may_edit: bool) -> dict[str, object]:
    version = shown.version
    is_open = may_edit and version.is_draft and turn.is_open
    desks = [
        desk_of(
            one, version.item_kind, refused=refusals.get(one.section.pk),
            loses_form=is_open and forms.loses_form(one.section.html),
        )
        for one in shown.sections
    ]  # fmt: skip
    return {
        "version": version,
        "turn": turn,
        "is_open": is_open,
        "desks": desks,
        "removed": shown.removed if is_open else (),
        "accesses": Access.choices,
        "grounds": Ground.choices,
        "has_economy_section": any(one.section.kind == "economy" for one in shown.sections),
    }


def _economy(shown: ShownVersion, money: forms.EconomyForms | None, refusal: str) -> dict[str, object]:
    return {
        "money": money or forms.economy_of_lines(shown.lines),
        "money_refused": money is not None,
        "money_refusal": refusal,
        "lines": shown.lines,
        "shown_lines": [shown_line(line) for line in shown.lines],
        "totals": [shown_total(total) for total in economy.totals(shown.lines)],
        "imbalances": economy.balance(shown.lines),
        "imprint": economy.imprint(shown.lines),
    }
