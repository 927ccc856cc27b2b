"""Documents and their versions. Bytes are stored under their SHA-256, and never overwritten."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Authority
from sagsgang.core.models import Row


class Document(Row):
    """A document (dokument), through its versions. `title` is the internal one; it may tell what is closed."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(_("title"), max_length=500)

    class Meta:
        verbose_name = _("document")

    def __str__(self) -> str:
        return self.title


class DocumentVersion(Row):
    """One version of a document: the bytes by their SHA-256, and what they are."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    sha256 = models.CharField(max_length=64)
    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("document version")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document} v{self.number}"
