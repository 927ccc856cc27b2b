"""The bytes of an attachment, open or closed."""

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.documents import storage
from sagsgang.documents.queries import version_is_refused
from sagsgang.meetings import actions
from sagsgang.meetings.models import Attachment
from sagsgang.meetings.permissions import AttachmentRows, is_closed_material, may_open_attachment


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
    file = storage.house().path(version.sha256).open("rb")
    response = FileResponse(file, as_attachment=True, filename=version.name, content_type=version.media_type)
    if closed:
        response["Cache-Control"] = "private, no-store"
    return response
