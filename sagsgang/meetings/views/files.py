"""The bytes of an attachment, open or closed."""

from typing import IO

from django.http import FileResponse, Http404
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.documents import storage
from sagsgang.documents.kinds import PDF
from sagsgang.documents.models import DocumentVersion
from sagsgang.documents.queries import version_is_refused
from sagsgang.documents.watermark import watermarked
from sagsgang.meetings import actions
from sagsgang.meetings.models import Attachment
from sagsgang.meetings.permissions import AttachmentRows, is_closed_material, may_keep_minutes, may_open_attachment
from sagsgang.meetings.rendering.words import reading_mark


@permitted(AttachmentRows(), may_open_attachment)
@require_safe
def attachment(request: StaffRequest, attachment: Attachment) -> FileResponse:
    version = attachment.version
    if version is None or version_is_refused(version) or not storage.house().holds(version.sha256):
        raise Http404
    closed = is_closed_material(attachment)
    if closed:
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        actions.log_closed_reading(attachment, actor=request.user)
    file = _marked(request, attachment, version) if closed else None
    if file is None:
        file = storage.house().path(version.sha256).open("rb")
    response = FileResponse(file, as_attachment=True, filename=version.name, content_type=version.media_type)
    if closed:
        response["Cache-Control"] = "private, no-store"
    return response


def _marked(request: StaffRequest, attachment: Attachment, version: DocumentVersion) -> IO[bytes] | None:
    """Closed material with her name on it (R23); as it is for the body's secretary, who keeps the file."""
    if version.media_type != PDF or may_keep_minutes(request.user, attachment.item.meeting):
        return None
    return watermarked(storage.house().path(version.sha256), reading_mark(request.user, now()))
