"""The files of a case's attachments, handed to those who may read them."""

from http import HTTPStatus

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.cases.forms.attachments import PlaceForm
from sagsgang.cases.models import CaseAttachment
from sagsgang.cases.queries.attachments import examination_of
from sagsgang.cases.queries.head import head_of
from sagsgang.cases.rules.attachments import is_closed_material
from sagsgang.cases.views.attachment_doors import AttachmentRows, may_read_attachment
from sagsgang.documents import storage
from sagsgang.documents.kinds import GIF, JPEG, PDF, PNG, TXT
from sagsgang.documents.models import DocumentVersion
from sagsgang.documents.queries import version_is_refused

# What a browser shows without running anything of it; everything else is saved.
SHOWN = frozenset({PDF, PNG, JPEG, GIF, TXT})


@permitted(AttachmentRows(), may_read_attachment)
@require_safe
def open_attachment(request: StaffRequest, attachment: CaseAttachment) -> HttpResponseBase:
    """The PDF of the newest version (or `?version=`), at its page `?side=`; else the file as it came."""
    if attachment.presentation is not None:
        return redirect("cases:presentation", attachment.presentation.case_id)
    place = _place(request)
    version = _version(attachment, place.get("version"))
    if version_is_refused(version):
        return _refused(request, attachment)
    examination = examination_of(version)
    pdf = examination.pdf_sha256 if examination else ""
    if version.media_type == PDF:
        pdf = version.sha256
    if pdf and (side := place.get("side")):
        number = f"?version={place['version']}" if place.get("version") else ""
        return redirect(f"{reverse('cases:open-attachment', args=[attachment.pk])}{number}#page={side}")
    if pdf and storage.house().holds(pdf):
        name = version.name if version.media_type == PDF else f"{version.name.rpartition('.')[0] or version.name}.pdf"
        return _file(request, attachment, sha256=pdf, name=name, media_type=PDF, shown=True)
    return _original(request, attachment, version, shown=version.media_type in SHOWN)


@permitted(AttachmentRows(), may_read_attachment)
@require_safe
def download_attachment(request: StaffRequest, attachment: CaseAttachment) -> HttpResponseBase:
    """The file as it came, to be saved."""
    version = _version(attachment, _place(request).get("version"))
    if version_is_refused(version):
        return _refused(request, attachment)
    return _original(request, attachment, version, shown=False)


def _place(request: HttpRequest) -> dict[str, int]:
    """The page and the version of the address; what cannot be read is left out."""
    form = PlaceForm(request.GET)
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}


def _version(attachment: CaseAttachment, number: int | None) -> DocumentVersion:
    if attachment.file_id is None:
        raise Http404
    versions = DocumentVersion.objects.filter(document=attachment.file_id).select_related("examination")
    if number is not None:
        return get_object_or_404(versions, number=number)
    return versions.latest("number")


def _original(
    request: StaffRequest, attachment: CaseAttachment, version: DocumentVersion, *, shown: bool
) -> HttpResponseBase:
    return _file(
        request, attachment, sha256=version.sha256, name=version.name, media_type=version.media_type, shown=shown
    )


def _file(
    request: StaffRequest, attachment: CaseAttachment, *, sha256: str, name: str, media_type: str, shown: bool
) -> HttpResponseBase:
    if not storage.house().holds(sha256):
        raise Http404
    is_closed = is_closed_material(attachment.access, attachment.case.access)
    if is_closed:
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        log_closed_reading(attachment.case, attachment=attachment, actor=request.user)
    file = storage.house().path(sha256).open("rb")
    response = FileResponse(file, as_attachment=not shown, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    # Nothing in a file may run, load or send anything, whatever a browser makes of it.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    if is_closed:
        response["Cache-Control"] = "private, no-store"
    return response


def _refused(request: StaffRequest, attachment: CaseAttachment) -> HttpResponse:
    """Why a file is not handed out."""
    context = {
        "case": attachment.case,
        "head": head_of(attachment.case, request.user),
        "here": "attachments",
        "attachment": attachment,
    }
    return render(request, "cases/attachment_refused.html", context, status=HTTPStatus.FORBIDDEN)
