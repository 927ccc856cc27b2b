"""What was imported: the bytes by their SHA-256, so that a second run of the same file changes nothing."""

from django.db import models

from sagsgang.core.models import Row
from sagsgang.meetings.models import Meeting


class ImportedDocument(Row):
    """One file that became, or changed, a meeting. `unread` = lines that were not understood: [{line, text}]."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="imports")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=30, blank=True)
    family = models.CharField(max_length=30)
    unread = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="imported_document_sha256")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"
