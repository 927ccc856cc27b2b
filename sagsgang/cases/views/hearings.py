"""The hearings of a case: asked, answered, not waited for, taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.actions import hearings as acts
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.cases.forms.hearings import AnswerFilesForm, AskForm, RecordAnswerForm, SkipForm, WaiveForm
from sagsgang.cases.models import Case, Concern, Hearing
from sagsgang.cases.permissions import CaseRows, may_read_case, may_read_presentation, may_write_case
from sagsgang.cases.queries import hearings as queries
from sagsgang.cases.queries.head import head_of
from sagsgang.cases.queries.hearings import HearingRows, ShownHearing, may_answer_hearing, may_keep_hearing
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.intake import take_file


@dataclass(frozen=True, slots=True)
class Open:
    """The form that stands open: ``ask``, ``skip``, or ``answer``, ``files`` and ``waive`` at the hearing `at`.

    `files`: those that were not taken, each by its name, and why.
    """

    name: str
    form: forms.Form
    at: UUID | None = None
    is_refused: bool = False
    files: tuple[tuple[str, str], ...] = ()


@permitted(CaseRows(), may_read_presentation)
@require_safe
def hearings(request: StaffRequest, case: Case) -> HttpResponse:
    return _page(request, case)


@permitted(CaseRows(), may_write_case)
@require_http_methods(["GET", "POST"])
def ask_hearing(request: StaffRequest, case: Case) -> HttpResponse:
    form = AskForm(request.POST, queries.bodies_to_hear(case))

    def do() -> str:
        hearing = acts.ask_hearing(case, actor=request.user, **form.cleaned_data)
        return gettext("{body} is asked.").format(body=hearing.body)

    return _act(request, case, "ask", form, do)


@permitted(CaseRows(), may_write_case)
@require_http_methods(["GET", "POST"])
def skip_hearing(request: StaffRequest, case: Case) -> HttpResponse:
    form = SkipForm(request.POST)

    def do() -> str:
        acts.skip_hearing(case, actor=request.user, **form.cleaned_data)
        return gettext("The reason is saved. Nobody is asked.")

    return _act(request, case, "skip", form, do)


@permitted(HearingRows(), may_answer_hearing)
@require_http_methods(["GET", "POST"])
def record_answer(request: StaffRequest, hearing: Hearing) -> HttpResponse:
    form = RecordAnswerForm(request.POST)

    def do() -> str:
        acts.record_answer(hearing, actor=request.user, **form.cleaned_data)
        return gettext("The answer is saved.")

    return _act(request, hearing.case, "answer", form, do, hearing.pk)


@permitted(HearingRows(), may_answer_hearing)
@require_http_methods(["GET", "POST"])
def upload_answer(request: StaffRequest, hearing: Hearing) -> HttpResponse:
    """Each file is an act of its own: the good ones are kept, whatever becomes of the others."""
    if request.method != "POST":
        return _back(hearing.case, f"#hearing-{hearing.pk}")
    form = AnswerFilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, hearing.case, Open("files", form, hearing.pk, is_refused=True))
    uploads = form.cleaned_data["uploads"]
    refused = tuple(found for upload in uploads if (found := _refused(request, hearing, upload)))
    if count := len(uploads) - len(refused):
        said = ngettext("%(count)s file is laid on the case.", "%(count)s files are laid on the case.", count)
        messages.success(request, said % {"count": count})
    if refused:
        return _page(request, hearing.case, Open("files", AnswerFilesForm(), hearing.pk, files=refused))
    return _back(hearing.case, f"#hearing-{hearing.pk}")


def _refused(request: StaffRequest, hearing: Hearing, upload: "UploadedFile[bytes]") -> tuple[str, str] | None:
    try:
        acts.upload_answer(hearing, taken=take_file(upload), actor=request.user)
    except RuleBrokenError as refusal:
        return upload.name or "", str(refusal)
    return None


@permitted(HearingRows(), may_keep_hearing)
@require_http_methods(["GET", "POST"])
def waive_hearing(request: StaffRequest, hearing: Hearing) -> HttpResponse:
    form = WaiveForm(request.POST)

    def do() -> str:
        acts.waive_hearing(hearing, actor=request.user, **form.cleaned_data)
        return gettext("The reason is saved. The hearing is not waited for.")

    return _act(request, hearing.case, "waive", form, do, hearing.pk)


@permitted(HearingRows(), may_keep_hearing)
@require_http_methods(["GET", "POST"])
def withdraw_hearing(request: StaffRequest, hearing: Hearing) -> HttpResponse:
    if request.method == "POST":
        try:
            acts.withdraw_hearing(hearing, actor=request.user)
            messages.success(request, gettext("The hearing is withdrawn."))
        except RuleBrokenError as refusal:
            messages.error(request, str(refusal))
    return _back(hearing.case)


def _act(
    request: StaffRequest, case: Case, name: str, form: forms.Form, do: Callable[[], str], at: UUID | None = None
) -> HttpResponse:
    if request.method != "POST":
        return _back(case)
    try:
        if form.is_valid():
            messages.success(request, do())
            return _back(case, f"#hearing-{at}" if at else "")
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    return _page(request, case, Open(name, form, at, is_refused=True))


def _back(case: Case, place: str = "") -> HttpResponse:
    return redirect(reverse("cases:hearings", args=[case.pk]) + place)


def _page(request: StaffRequest, case: Case, refused: Open | None = None) -> HttpResponse:
    if case.is_closed:
        log_closed_reading(case, actor=request.user)
    head = head_of(case, request.user)
    shown = queries.shown_hearings(case)
    may_write = may_write_case(request.user, case)
    opened = refused or _opened(request, shown)
    if may_write and (refused is None or refused.name != "ask"):
        wanted = queries.wanted_answer_by(case, head.stops)
        ask: forms.Form | None = AskForm(
            None, queries.bodies_to_hear(case), concern=_asked_concern(request), answer_by=wanted
        )
    else:
        ask = refused.form if refused and may_write else None
    context = {
        "case": case,
        "head": head,
        "here": "hearings",
        "hearings": shown,
        "gaps": queries.gaps_of(case, shown),
        "may_write": may_write,
        "keeps": set() if may_write else queries.bodies_kept_by(request.user),
        "ask": ask,
        "ask_is_open": bool(_asked_concern(request)) or bool(refused and refused.name == "ask") or not shown,
        "open": opened,
        "may_read_files": may_read_case(request.user, case),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "cases/hearings.html", context, status=status)


def _asked_concern(request: StaffRequest) -> str:
    asked = request.GET.get("ask", "")
    return asked if asked in Concern.values else ""


def _opened(request: StaffRequest, shown: list[ShownHearing]) -> Open | None:
    """The form that the address asks for: ?answer=…, ?files=…, ?waive=… of a hearing, ?skip=… of a concern."""
    skip = request.GET.get("skip", "")
    if skip in Concern.values:
        form = SkipForm(None)
        form.initial = {"concern": skip}
        return Open("skip", form)
    waiting = ("waiting", "overdue")
    for name, make, states in (
        ("answer", RecordAnswerForm, waiting),
        ("waive", WaiveForm, waiting),
        ("files", AnswerFilesForm, (*waiting, "answered", "waived")),
    ):
        asked = request.GET.get(name)
        hearing = next((h for h in shown if str(h.row.pk) == asked and h.state in states), None)
        if hearing is not None:
            return Open(name, make(None), hearing.row.pk)
    return None
