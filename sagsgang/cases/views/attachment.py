"""The page of one attachment: what it is, its versions, what takes its place, and where words stand in it."""

from http import HTTPStatus

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.actions import attachments as acts
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.cases.forms.attachments import AttachmentForm, PageForm, ReplaceForm, SupersedeForm
from sagsgang.cases.models import CaseAttachment
from sagsgang.cases.permissions import may_write_case
from sagsgang.cases.queries.attachments import AttachmentList, AttachmentRow, attachments_of
from sagsgang.cases.queries.head import head_of
from sagsgang.cases.queries.pages import FoundPage, pages_with
from sagsgang.cases.rules.attachments import is_closed_material
from sagsgang.cases.views.attachment_doors import AttachmentRows, may_read_attachment, may_write_attachment
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.intake import take_file


@permitted(AttachmentRows(), may_read_attachment)
@require_safe
def attachment(request: StaffRequest, attachment: CaseAttachment) -> HttpResponse:
    return _page(request, attachment)


@permitted(AttachmentRows(), may_write_attachment)
@require_http_methods(["GET", "POST"])
def edit_attachment(request: StaffRequest, attachment: CaseAttachment) -> HttpResponse:
    if request.method != "POST":
        return _back(attachment)
    form = AttachmentForm(request.POST, attachment)
    try:
        if form.is_valid():
            acts.edit_attachment(attachment, actor=request.user, **form.cleaned_data)
            messages.success(request, gettext("The attachment is saved."))
            return _back(attachment)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
        form = _with_what_stands(form, attachment)
    return _page(request, attachment, edit=form)


def _with_what_stands(form: AttachmentForm, attachment: CaseAttachment) -> AttachmentForm:
    """What she typed stays; what now stands in the row is what she has seen when she saves again."""
    attachment.refresh_from_db()
    form.data = {name: form.data.get(name, "") for name in form.fields if name in form.data} | {
        "seen": acts.stamp(attachment)
    }
    return form


@permitted(AttachmentRows(), may_write_attachment)
@require_http_methods(["GET", "POST"])
def replace_attachment(request: StaffRequest, attachment: CaseAttachment) -> HttpResponse:
    if request.method != "POST":
        return _back(attachment)
    form = ReplaceForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            upload: UploadedFile[bytes] = form.cleaned_data["file"]
            version = acts.replace_attachment(attachment, taken=take_file(upload), actor=request.user)
            messages.success(request, gettext("Version {number} is laid on the case.").format(number=version.number))
            return _back(attachment)
    except RuleBrokenError as refusal:
        form.add_error("file", str(refusal))
    return _page(request, attachment, replace=form)


@permitted(AttachmentRows(), may_write_attachment)
@require_http_methods(["GET", "POST"])
def supersede_attachment(request: StaffRequest, attachment: CaseAttachment) -> HttpResponse:
    if request.method != "POST":
        return _back(attachment)
    form = SupersedeForm(request.POST, _others(attachments_of(attachment.case), attachment))
    try:
        if form.is_valid():
            acts.supersede_attachment(attachment, by=form.chosen, actor=request.user)
            messages.success(request, gettext("The attachment is marked as replaced."))
            return _back(attachment)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    return _page(request, attachment, supersede=form)


@permitted(AttachmentRows(), may_write_attachment)
@require_http_methods(["GET", "POST"])
def reinstate_attachment(request: StaffRequest, attachment: CaseAttachment) -> HttpResponse:
    if request.method != "POST":  # she logged in on the way here
        return _back(attachment)
    try:
        acts.reinstate_attachment(attachment, actor=request.user)
        messages.success(request, gettext("The attachment is no longer marked as replaced."))
    except RuleBrokenError as refusal:
        messages.error(request, str(refusal))
    return _back(attachment)


@permitted(AttachmentRows(), may_write_attachment)
@require_http_methods(["GET", "POST"])
def withdraw_attachment(request: StaffRequest, attachment: CaseAttachment) -> HttpResponse:
    if request.method != "POST":  # she logged in on the way here
        return _back(attachment)
    try:
        acts.withdraw_attachment(attachment, actor=request.user)
    except RuleBrokenError as refusal:
        messages.error(request, str(refusal))
        return _back(attachment)
    messages.success(request, gettext("The attachment is withdrawn. It can be restored below."))
    return redirect("cases:attachments", attachment.case_id)


@permitted(AttachmentRows(), may_write_attachment)
@require_http_methods(["GET", "POST"])
def restore_attachment(request: StaffRequest, attachment: CaseAttachment) -> HttpResponse:
    if request.method != "POST":  # she logged in on the way here
        return redirect("cases:attachments", attachment.case_id)
    try:
        acts.restore_attachment(attachment, actor=request.user)
        messages.success(request, gettext("The attachment is back in its place."))
    except RuleBrokenError as refusal:
        messages.error(request, str(refusal))
    return redirect("cases:attachments", attachment.case_id)


@permitted(AttachmentRows(), may_write_attachment)
@require_http_methods(["GET", "POST"])
def examine_attachment_again(request: StaffRequest, attachment: CaseAttachment) -> HttpResponse:
    if request.method != "POST":  # she logged in on the way here
        return redirect("cases:attachments", attachment.case_id)
    try:
        acts.examine_attachment_again(attachment, actor=request.user)
        messages.success(request, gettext("The file is in the queue again."))
    except RuleBrokenError as refusal:
        messages.error(request, str(refusal))
    return redirect("cases:attachments", attachment.case_id)


def _back(attachment: CaseAttachment) -> HttpResponse:
    return redirect("cases:attachment", attachment.pk)


def _others(listed: AttachmentList, attachment: CaseAttachment) -> list[tuple[int | None, CaseAttachment]]:
    """What may take its place: every other one that stands and was not replaced itself."""
    rows = [row for row in listed.rows if row.number is not None and row.attachment.pk != attachment.pk]
    return [(row.number, row.attachment) for row in rows]


def _page(
    request: StaffRequest,
    attachment: CaseAttachment,
    *,
    edit: AttachmentForm | None = None,
    replace: ReplaceForm | None = None,
    supersede: SupersedeForm | None = None,
) -> HttpResponse:
    listed = attachments_of(attachment.case)
    row = listed.row_of(attachment.pk)
    find = PageForm(request.GET)
    forms: dict[str, Form] = {}
    if may_write_case(request.user, attachment.case) and attachment.withdrawn_at is None:
        forms = {
            "edit": edit or AttachmentForm(None, row.attachment),
            "replace": replace or ReplaceForm(),
            "supersede": supersede or SupersedeForm(None, _others(listed, attachment)),
        }
    context = {
        "case": attachment.case,
        "head": head_of(attachment.case, request.user),
        "here": "attachments",
        "row": row,
        "listed": listed,
        "page_numbers": range(1, (row.pages or 0) + 1),
        "find": find,
        "found": _found(request, row, find),
        "may_write": bool(forms),
        **forms,
    }
    refused = edit or replace or supersede
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "cases/attachment.html", context, status=status)


def _found(request: StaffRequest, row: AttachmentRow, find: PageForm) -> list[FoundPage] | None:
    """The pages with the words that she looks for; None if she looks for none."""
    words = find.cleaned_data["q"] if find.is_valid() else ""
    if not words or row.examination is None:
        return None
    case = row.attachment.case
    found = pages_with(row.examination, words)
    if found and is_closed_material(row.attachment.access, case.access):
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        log_closed_reading(case, attachment=row.attachment, actor=request.user)
    return found
