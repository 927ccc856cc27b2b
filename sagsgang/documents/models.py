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


class Scan(models.TextChoices):
    """What the virus scanner said; empty = there was none, and the page says so."""

    CLEAN = "clean", _("no virus found")
    INFECTED = "infected", _("a virus was found")


class ExaminationQuerySet(models.QuerySet["Examination"]):
    """Examinations, by how far they have come."""

    def waiting(self) -> "ExaminationQuerySet":
        """Not finished; in the order in which they came."""
        return self.filter(finished_at=None).order_by("created_at", "pk")


class Examination(Row):
    """What became of a version in the background: scanned, made a PDF, its words read.

    `pdf_sha256` is the PDF to read (of a PDF its own bytes; empty where none could be made), `text_sha256` its words
    in the house's store. `error` is one sentence in Danish for who uploaded it; it never quotes the file.
    """

    version = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, related_name="examination")
    scan = models.CharField(max_length=10, choices=Scan, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = ExaminationQuerySet.as_manager()

    class Meta:
        verbose_name = _("examination")
        indexes = [
            models.Index(fields=["created_at"], condition=models.Q(finished_at=None), name="examination_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.version}"
