"""The page on which a case is read, approved and remarked on; and the acts of approval and of review copies."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.accounts.models import User
from sagsgang.cases.actions import approval as acts
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.cases.forms.approval import (
    AnswerForm,
    ApproveForm,
    FinishForm,
    RemarkForm,
    ReopenForm,
    ReviewCopyForm,
    SendBackForm,
    SubmitForm,
    TaskForm,
)
from sagsgang.cases.models import ApprovalLevel, Case, ReviewCopy
from sagsgang.cases.permissions import (
    CaseRows,
    levels_of,
    may_approve_case,
    may_plan_path,
    may_read_case,
    may_write_case,
)
from sagsgang.cases.queries import approval as queries
from sagsgang.cases.queries.head import CaseHead, head_of
from sagsgang.cases.queries.hearings import next_deadline
from sagsgang.cases.queries.lists import colleagues
from sagsgang.cases.queries.reading import ReadVersion, copies_of, read_version
from sagsgang.cases.queries.remarks import (
    ReviewCopyRows,
    ShownRemark,
    may_give_copy,
    may_take_copy,
    shown_remarks,
    task_owners,
)
from sagsgang.cases.rendering.reading import numbered_sections
from sagsgang.cases.rules.approval import Lack, Standing
from sagsgang.core.errors import RuleBrokenError

# The forms that open at one remark, by their name in the address: ?task=<id of the remark>.
AT_A_REMARK = ("task", "answer", "finish")


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was refused, by its name on the page, at which remark it stands, and what is missing."""

    name: str
    form: forms.Form
    at: UUID | None = None
    lacks: tuple[Lack, ...] = field(default_factory=tuple)


@permitted(CaseRows(), may_read_case)
@require_safe
def approval(request: StaffRequest, case: Case) -> HttpResponse:
    return approval_page(request, case)


@permitted(CaseRows(), may_write_case)
@require_http_methods(["GET", "POST"])
def submit_for_approval(request: StaffRequest, case: Case) -> HttpResponse:
    form = SubmitForm(request.POST)

    def do() -> str:
        acts.submit_for_approval(case, comment=form.cleaned_data["comment"], actor=request.user)
        return gettext("The case is sent for approval.")

    return act(request, case, "submit", form, do)


@permitted(CaseRows(), may_approve_case)
@require_http_methods(["GET", "POST"])
def approve_case(request: StaffRequest, case: Case) -> HttpResponse:
    form = ApproveForm(request.POST)

    def do() -> str:
        acts.approve_case(case, actor=request.user, **form.cleaned_data)
        return gettext("The case is approved at your level.")

    return act(request, case, "approve", form, do)


@permitted(CaseRows(), may_approve_case)
@require_http_methods(["GET", "POST"])
def send_back(request: StaffRequest, case: Case) -> HttpResponse:
    form = SendBackForm(request.POST)

    def do() -> str:
        acts.send_back(case, actor=request.user, **form.cleaned_data)
        return gettext("The case is sent back to the caseworker.")

    return act(request, case, "send_back", form, do)


@permitted(CaseRows(), may_write_case)
@require_http_methods(["GET", "POST"])
def reopen_case(request: StaffRequest, case: Case) -> HttpResponse:
    form = ReopenForm(request.POST)

    def do() -> str:
        acts.reopen_case(case, reason=form.cleaned_data["reason"], actor=request.user)
        return gettext("The case is open for writing again.")

    return act(request, case, "reopen", form, do)


@permitted(CaseRows(), may_give_copy)
@require_http_methods(["GET", "POST"])
def give_review_copy(request: StaffRequest, case: Case) -> HttpResponse:
    form = ReviewCopyForm(request.POST, colleagues(case.authority))

    def do() -> str:
        copy = acts.give_review_copy(case, actor=request.user, **form.cleaned_data)
        return gettext("{name} can now read the draft and write remarks.").format(name=copy.reader)

    return act(request, case, "review", form, do, place="copies")


@permitted(ReviewCopyRows(), may_take_copy)
@require_http_methods(["GET", "POST"])
def withdraw_review_copy(request: StaffRequest, copy: ReviewCopy) -> HttpResponse:
    if request.method == "POST":
        acts.withdraw_review_copy(copy, actor=request.user)
        messages.success(request, gettext("{name} no longer reads the draft.").format(name=copy.reader))
    return back(copy.case, "copies")


def act(
    request: StaffRequest,
    case: Case,
    name: str,
    form: forms.Form,
    do: Callable[[], str],
    *,
    at: UUID | None = None,
    place: str = "stand",
) -> HttpResponse:
    """Do it and go back to the page with the sentence that `do` returns; or show the page with what was refused.

    A GET came by way of the login: the forms stand on the page itself.
    """
    if request.method != "POST":
        return back(case, place)
    lacks: tuple[Lack, ...] = ()
    try:
        if form.is_valid():
            messages.success(request, do())
            return back(case, place)
    except RuleBrokenError as refusal:
        lacks = getattr(refusal, "lacks", ())
        form.add_error(None, str(refusal))
    return approval_page(request, case, Refused(name, form, at, lacks))


def back(case: Case, place: str) -> HttpResponse:
    """To the place on the page."""
    return redirect(reverse("cases:approval", args=[case.pk]) + f"#{place}")


def approval_page(request: StaffRequest, case: Case, refused: Refused | None = None) -> HttpResponse:
    """The whole page, with the refused form in its place."""
    user = request.user
    head = head_of(case, user)
    read = read_version(case)
    if read is not None and (case.is_closed or any(section.row.access == "closed" for section in read.sections)):
        log_closed_reading(case, actor=user)
    sections = read.sections if read else ()
    levels = levels_of(case.unit)
    stands = queries.standing_by(queries.event_facts(read.events if read else ()), levels)
    events, since = queries.shown_events(read) if read else ([], None)
    remarks = shown_remarks(case, user, sections, localdate())
    may = _may(user, case, read, levels, stands)
    context = {
        "case": case,
        "head": head,
        "here": "approval",
        "newest": read.row if read else None,
        "stands": stands,
        "waiting": queries.level_at(levels, stands.level),
        "levels": queries.drawn_levels(levels, stands, read.events if read else ()),
        "events": events,
        "since": since,
        "sections": numbered_sections(sections, remarks),
        "economy": sorted(read.lines, key=lambda line: line.side != "grant") if read else (),
        "attachments": read.attachments if read else (),
        "remarks": remarks,
        "copies": read.copies if read else copies_of(case),
        "may": may,
        "refused": refused,
        "lacks": [(lack.message, _address(case, lack.place)) for lack in refused.lacks] if refused else [],
        "forms": _forms(case, head, read, may, stands, refused),
        "open": _open(request, case, head, levels, remarks, refused),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "cases/approval.html", context, status=status)


@dataclass(frozen=True, slots=True)
class May:
    """What this user may do on the page now."""

    write: bool
    submit: bool
    approve: bool
    stands_in: bool
    reopen: bool
    copy: bool
    handle: bool


def _may(user: User, case: Case, read: ReadVersion | None, levels: list[ApprovalLevel], stands: Standing) -> May:
    writes = may_write_case(user, case)
    is_draft = read is not None and read.row.is_draft
    waiting = queries.level_at(levels, stands.level)
    approves = any(user.pk in (level.approver_id, level.deputy_id) for level in levels)
    return May(
        write=writes,
        submit=writes and is_draft and stands.state == "draft",
        approve=queries.is_hers(waiting, user),
        stands_in=waiting is not None and waiting.deputy_id == user.pk,
        reopen=writes and is_draft and stands.state != "draft",
        copy=writes or approves,
        handle=writes or approves or may_plan_path(user, case),
    )


def _forms(
    case: Case,
    head: CaseHead,
    read: ReadVersion | None,
    may: May,
    stands: Standing,
    refused: Refused | None,
) -> dict[str, forms.Form]:
    """The forms that she may use, by name; a refused one as she typed it, over the words as they are now."""
    level, digest = stands.level or 0, read.digest if read else ""
    steps = [stop.step for stop in head.stops if stop.step]
    made: dict[str, forms.Form] = {
        "remark": RemarkForm(None, None, [section.row for section in read.sections] if read else (), steps),
    }
    if may.submit:
        made["submit"] = SubmitForm()
    if may.approve:
        made["approve"] = ApproveForm(initial={"seen": digest, "level": level})
        made["send_back"] = SendBackForm(initial={"level": level})
    if may.reopen:
        made["reopen"] = ReopenForm()
    if may.copy:
        made["review"] = ReviewCopyForm(None, colleagues(case.authority))
    if refused is not None and refused.at is None:
        _renew(refused.form, seen=digest, level=str(level))
        made[refused.name] = refused.form
    return made


def _renew(form: forms.Form, **now: str) -> None:
    """What she typed stays; the hidden marks say which words and level the page shows now."""
    marks = {form.add_prefix(name): value for name, value in now.items() if name in form.fields}
    form.data = dict(form.data.items()) | marks


@dataclass(frozen=True, slots=True)
class OpenForm:
    """The one form that stands open at a remark: its name, the remark's id, and the form."""

    name: str
    at: UUID
    form: forms.Form


def _open(
    request: StaffRequest,
    case: Case,
    head: CaseHead,
    levels: list[ApprovalLevel],
    remarks: list[ShownRemark],
    refused: Refused | None,
) -> OpenForm | None:
    """The form that the address asks for at one remark (?task=…, ?answer=…, ?finish=…), or the refused one."""
    if refused is not None:
        return OpenForm(refused.name, refused.at, refused.form) if refused.at else None
    for name in AT_A_REMARK:
        asked = request.GET.get(name)
        remark = next((r for r in remarks if str(r.row.pk) == asked), None)
        if remark is not None and remark.is_open and (name == "finish") == (remark.task is not None):
            return OpenForm(name, remark.row.pk, _form_at(name, case, head, levels))
    return None


def _form_at(name: str, case: Case, head: CaseHead, levels: list[ApprovalLevel]) -> forms.Form:
    if name == "task":
        due_on = next_deadline(case, head.stops)
        return TaskForm(None, task_owners(case, levels), due_on=due_on, owner=case.caseworker)
    return AnswerForm() if name == "answer" else FinishForm()


def _address(case: Case, place: str) -> str:
    """Where what is missing is written."""
    name, _colon, section = place.partition(":")
    if name == "section":
        return reverse("cases:presentation", args=[case.pk]) + f"#section-{section}"
    return reverse({"facts": "cases:edit-case"}.get(name, f"cases:{name}"), args=[case.pk])
