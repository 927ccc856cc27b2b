"""An attachment of an agenda that gets a new version of its file: personal data was masked in it."""

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.documents.models import DocumentVersion
from sagsgang.meetings.models import Attachment, Meeting


@transaction.atomic
def point_attachment(attachment: Attachment, *, version: DocumentVersion, actor: User) -> Attachment:
    """Let the attachment be this version of its own file from now on; the earlier versions stay in the house."""
    meeting = Meeting.objects.select_for_update().get(pk=attachment.item.meeting_id)
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk, withdrawn_at=None)
    if attachment.version_id == version.pk:
        return attachment
    was, attachment.version = attachment.version_id, version
    attachment.save(update_fields=["version", "modified_at"])
    record(actor, "point_attachment", meeting, attachment=str(attachment.pk), was=str(was), version=str(version.pk))
    return attachment
