"""Released figures: a chain for each authority, and inside the house who prepared, released and took back."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sagsgang.publication.models.released import PublicBody, PublicRow, ReleaseState


class FiguresKind(models.TextChoices):
    """What the figures are of."""

    GOALS = "goals", _("goals")
    EQUALITY = "equality", _("equality figures")
    BODY_YEAR = "body-year", _("yearly report of a body")


class PublicFigures(PublicRow):
    """One link of an authority's chain of figures; the current ones are what the public reads.

    `figures_id` names the report through all its corrections: it is in the address. `document` is the canonical JSON
    whose SHA-256 is `sha256`, or null once ended; title, slug and links go with it. `links` are the references in it
    (`figures.tree`), so that its print is made anew when one of them is taken back. Only the database sets `seal`.
    """

    figures_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=FiguresKind)
    body = models.ForeignKey(PublicBody, on_delete=models.PROTECT, null=True, related_name="figures")
    period_start = models.DateField()
    period_end = models.DateField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ReleaseState, default=ReleaseState.CURRENT)
    title = models.CharField(max_length=300, blank=True)
    slug = models.CharField(max_length=160, blank=True)
    links = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, default="", editable=False)
    document = models.TextField(null=True)  # noqa: DJ001 - null is "erased", and never the same as empty
    released_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = 'pub"."figures'
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "number"], name="figures_one_number_an_authority"),
            models.UniqueConstraint(
                fields=["figures_id"], condition=models.Q(state="current"), name="figures_one_current_a_report"
            ),
            models.CheckConstraint(
                condition=models.Q(state="current") ^ models.Q(document__isnull=True), name="figures_current_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class FiguresPrint(models.Model):
    """The PDF of current figures, by the SHA-256 of its bytes; it goes when they end or something in them is taken back."""

    figures = models.OneToOneField(
        PublicFigures, on_delete=models.CASCADE, primary_key=True, related_name="shown_print"
    )
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = 'pub"."figures_print'

    def __str__(self) -> str:
        return self.sha256


class FiguresPreparation(models.Model):
    """Inside the house: one person has prepared figures; another may let exactly these out.

    `authority_id` and `body_id` name rows of the house and are no relations. `digest` is the hash of the words as they
    were then; `ended_at` is set when they were released or dropped. `public_reason`: why figures that are out are corrected.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10, choices=FiguresKind)
    body_id = models.UUIDField(null=True)
    period_start = models.DateField()
    period_end = models.DateField()
    title = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    public_reason = models.TextField(blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority_id", "kind", "body_id", "period_start", "period_end"],
                condition=models.Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="figures_prepared_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FiguresRecord(models.Model):
    """Inside the house: who prepared and who released, with the words as they went out. Append-only, sealed by the database."""

    release_id = models.UUIDField(primary_key=True)
    figures_id = models.UUIDField(db_index=True)
    authority_id = models.UUIDField(db_index=True)
    body_id = models.UUIDField(null=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    document = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    seal = models.CharField(max_length=64, default="", editable=False)

    def __str__(self) -> str:
        return str(self.release_id)


class FiguresWithdrawal(models.Model):
    """Inside the house: who took figures back, and why. Append-only, sealed; the reason may tell what was wrong."""

    release_id = models.UUIDField(primary_key=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    seal = models.CharField(max_length=64, default="", editable=False)

    def __str__(self) -> str:
        return str(self.release_id)
