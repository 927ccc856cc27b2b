"""The page of a case's attachments: the list, the upload, the order, the flags, and a link to another draft."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.actions import attachments as acts
from sagsgang.cases.forms.attachments import DraftForm, FlagForm, MoveForm, SinceForm, UploadForm
from sagsgang.cases.models import Case, CaseAttachment, Hearing
from sagsgang.cases.permissions import CaseRows, may_read_case, may_write_case
from sagsgang.cases.queries.attachments import attachments_of, changed_since, drafts_to_link
from sagsgang.cases.queries.head import head_of
from sagsgang.cases.views.attachment_doors import AttachmentRows, may_write_attachment
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.intake import LARGEST_FILE, take_file
from sagsgang.documents.office import office_is_there
from sagsgang.documents.scanning import scanner_is_there

PAGE = "cases/attachments.html"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken, by the name that its owner knows it by, and why."""

    name: str
    sentence: str


@permitted(CaseRows(), may_read_case)
@require_safe
def attachments(request: StaffRequest, case: Case) -> HttpResponse:
    return _page(request, case)


@permitted(CaseRows(), may_read_case)
@require_safe
def attachment_states(request: StaffRequest, case: Case) -> HttpResponse:
    """How far the files have come: the cells that may have changed since the page last asked."""
    form = SinceForm(request.GET)
    since = form.cleaned_data["since"] if form.is_valid() else None
    asked_at = now()
    listed = attachments_of(case)
    context = {
        "case": case,
        "listed": listed,
        "changed": changed_since(listed, since),
        "asked_at": asked_at,
        "may_write": may_write_case(request.user, case),
    }
    return render(request, f"{PAGE}#states", context)


@permitted(CaseRows(), may_write_case)
@require_http_methods(["GET", "POST"])
def upload_attachments(request: StaffRequest, case: Case) -> HttpResponseBase:
    """Each file is an act of its own: the good ones are kept, whatever becomes of the others."""
    if request.method != "POST":
        return redirect("cases:attachments", case.pk)
    form = UploadForm(request.POST, request.FILES, _hearings(case))
    if not form.is_valid():
        if _is_script(request):
            return JsonResponse({"sentence": gettext("The file did not arrive.")}, status=422)
        return _page(request, case, form=form)
    uploads = form.cleaned_data["uploads"]
    told = {name: form.cleaned_data[name] for name in ("hearing", "wanted")}
    refused = [refusal for upload in uploads if (refusal := _taken(request, case, upload, **told))]
    if _is_script(request):
        sentence = refused[0].sentence if refused else ""
        return JsonResponse({"sentence": sentence}, status=422 if refused else 201)
    count = len(uploads) - len(refused)
    if count:
        said = ngettext("%(count)s file is laid on the case.", "%(count)s files are laid on the case.", count)
        messages.success(request, said % {"count": count})
    return _page(request, case, refused=refused) if refused else _back(case)


def _taken(
    request: StaffRequest, case: Case, upload: "UploadedFile[bytes]", *, hearing: Hearing | None, wanted: int | None
) -> Refusal | None:
    try:
        taken = take_file(upload)
        acts.upload_attachment(case, taken=taken, hearing=hearing, wanted=wanted, actor=request.user)
    except RuleBrokenError as refusal:
        return Refusal(upload.name or "", str(refusal))
    return None


def _is_script(request: StaffRequest) -> bool:
    """Does the page's own script ask? It sends each file by itself, and wants one sentence back."""
    return request.headers.get("Accept") == "application/json"


@permitted(AttachmentRows(), may_write_attachment)
@require_http_methods(["GET", "POST"])
def move_attachment(request: StaffRequest, attachment: CaseAttachment) -> HttpResponse:
    case = attachment.case
    form = MoveForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return _back(case)
    try:
        acts.move_attachment(attachment, direction=form.cleaned_data["direction"], actor=request.user)
    except RuleBrokenError as refusal:
        return _said(request, case, str(refusal), is_error=True)
    number = attachments_of(case).row_of(attachment.pk).number
    said = gettext("“{title}” is now attachment {number}.").format(title=attachment.title, number=number)
    return _said(request, case, said if number else gettext("The attachment is moved."), row=attachment.pk)


@permitted(CaseRows(), may_write_case)
@require_http_methods(["GET", "POST"])
def flag_attachments(request: StaffRequest, case: Case) -> HttpResponse:
    if request.method != "POST":
        return _back(case)
    pks = [str(pk) for pk in case.attachments.filter(withdrawn_at=None).values_list("pk", flat=True)]
    form = FlagForm(request.POST, pks)
    if not form.is_valid():
        problem = gettext("Tick at least one attachment, and choose what is to be said of it.")
        return _said(request, case, problem, is_error=True)
    flag, on = form.flag
    ticked = [UUID(pk) for pk in form.cleaned_data["attachment"]]
    count = acts.flag_attachments(case, pks=ticked, flag=flag, on=on, actor=request.user)
    said = ngettext("%(count)s attachment is changed.", "%(count)s attachments are changed.", count)
    return _said(request, case, said % {"count": count})


@permitted(CaseRows(), may_write_case)
@require_http_methods(["GET", "POST"])
def link_draft(request: StaffRequest, case: Case) -> HttpResponse:
    form = DraftForm(request.POST or None, drafts_to_link(case, request.user))
    if request.method == "POST" and form.is_valid():
        try:
            acts.link_draft(case, draft=form.chosen, actor=request.user)
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("The draft is linked."))
            return _back(case)
    context = {"case": case, "head": head_of(case, request.user), "here": "attachments", "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "cases/attachment_draft.html", context, status=status)


def _said(
    request: StaffRequest, case: Case, sentence: str, *, is_error: bool = False, row: UUID | None = None
) -> HttpResponse:
    """The list anew with a sentence about what was done; without htmx the whole page."""
    if "HX-Request" in request.headers:
        context = _context(request, case) | {"notice": sentence, "notice_is_error": is_error}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_error else HTTPStatus.OK
        return render(request, f"{PAGE}#list", context, status=status)
    messages.add_message(request, messages.ERROR if is_error else messages.SUCCESS, sentence)
    return _back(case, f"#row-{row}" if row else "")


def _back(case: Case, place: str = "") -> HttpResponse:
    response = redirect("cases:attachments", case.pk)
    response["Location"] += place
    return response


def _hearings(case: Case) -> object:
    return case.hearings.filter(withdrawn_at=None).select_related("body")


def _page(
    request: StaffRequest, case: Case, *, form: UploadForm | None = None, refused: list[Refusal] | None = None
) -> HttpResponse:
    hearing = _hearing_named(request, case)
    context = _context(request, case) | {
        "head": head_of(case, request.user),
        "here": "attachments",
        "hearing": hearing,
        "form": form or UploadForm(None, None, _hearings(case), initial={"hearing": hearing}),
        "refused": refused or (),
    }
    is_refused = bool(refused or form)
    return render(request, PAGE, context, status=HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK)


def _context(request: StaffRequest, case: Case) -> dict[str, object]:
    asked_at = now()
    return {
        "case": case,
        "listed": attachments_of(case),
        "asked_at": asked_at,
        "may_write": may_write_case(request.user, case),
        "flags": FlagForm(None),
        "has_office": office_is_there(),
        "has_scanner": scanner_is_there(),
        "largest_file": LARGEST_FILE,
    }


def _hearing_named(request: StaffRequest, case: Case) -> Hearing | None:
    """The hearing that `?hearing=` names: the files are answers to it."""
    named = request.GET.get("hearing") or request.POST.get("hearing")
    if not named:
        return None
    try:
        return case.hearings.filter(withdrawn_at=None, pk=UUID(named)).select_related("body").first()
    except ValueError:
        return None
