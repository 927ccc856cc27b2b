"""Presentations in versions, their sections, the points of a recommendation, and the economy block."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.models.case import Case
from sagsgang.cases.models.kinds import ItemKind, SectionKind, Verb
from sagsgang.cases.models.template import TemplateSection
from sagsgang.core.models import Row, StandingManager
from sagsgang.documents.access import Access, Ground, closed_needs_ground


class FrozenBy(models.TextChoices):
    """Why a version's words stand fast."""

    SENT = "sent", pgettext_lazy("frozen", "sent with the agenda")
    REPLACED = "replaced", pgettext_lazy("frozen", "a newer version was begun")
    IMPORTED = "imported", pgettext_lazy("frozen", "taken in from outside")


class PresentationQuerySet(models.QuerySet["Presentation"]):
    """Presentations, filtered by whose they are."""

    def own(self) -> "PresentationQuerySet":
        """Versions of their cases themselves, without the texts of sub-items that came from outside with them.

        Those stay out when such a sub-item has become a case of its own: its old words are not the collective case's.
        """
        return self.exclude(Q(agenda_items__parent__isnull=False, agenda_items__parent__case=F("case")))


class Presentation(Row):
    """What is put before a body (sagsfremstilling), in one version of a chain (`replaces`).

    A version without `frozen_at` is the draft: a case has at most one. A frozen one never changes (the database
    refuses it); what is changed later is a new version. `body` and `item_kind` say for whom it is written.
    `revision` counts every change of the draft outside its sections' own words.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="presentations")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    number = models.PositiveIntegerField(_("version"), default=1)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    item_kind = models.CharField(_("item kind"), max_length=1, choices=ItemKind, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.CharField(max_length=10, choices=FrozenBy, blank=True)

    objects = PresentationQuerySet.as_manager()

    class Meta:
        verbose_name = _("presentation")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(frozen_at=None), name="presentation_one_draft_a_case"),
            models.CheckConstraint(
                condition=Q(frozen_at=None, frozen_by="") | Q(frozen_at__isnull=False) & ~Q(frozen_by=""),
                name="presentation_frozen_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}"

    @property
    def is_draft(self) -> bool:
        """May its words still change?"""
        return self.frozen_at is None


class Section(Row):
    """One text block under its heading. Open or closed for itself; a section says nothing of its neighbours.

    `lineage` is the same in every version of the chain; `template` gives help and whether it must be filled in.
    `revision` counts every save of the words: who saves names the one she has seen. A section that was taken out
    of a draft stays, withdrawn, at a position behind all others.
    """

    presentation = models.ForeignKey(Presentation, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField()
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    template = models.ForeignKey(TemplateSection, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=SectionKind)
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    html = models.TextField(_("text"), blank=True)
    access = models.CharField(_("access"), max_length=6, choices=Access, default=Access.OPEN)
    ground = models.CharField(_("ground"), max_length=10, choices=Ground, blank=True)
    revision = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Section"]()
    history = models.Manager["Section"]()

    class Meta:
        verbose_name = _("section")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["presentation", "position"],
                name="section_one_a_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            closed_needs_ground("section"),
        ]

    def __str__(self) -> str:
        return self.heading


class RecommendationPoint(Row):
    """One point of a recommendation (at-punkt), under the section of that kind."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField()
    marker = models.CharField(max_length=12, blank=True)
    verb = models.CharField(_("verb"), max_length=12, choices=Verb, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("recommendation point")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "position"], name="recommendation_point_one_a_position"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class SectionRevision(models.Model):
    """One save of a section's words: who wrote what. Append-only.

    `points` is ``[{"verb", "text"}]`` for a recommendation. `set_aside` = the words were refused because somebody
    else had saved first; they are kept here, so that nothing is lost.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    html = models.TextField(blank=True)
    points = models.JSONField(default=list, blank=True)
    set_aside = models.BooleanField(default=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "number"], condition=Q(set_aside=False), name="section_revision_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} r{self.number}"


class Side(models.TextChoices):
    """Money that is granted, and money that pays for it."""

    GRANT = "grant", _("appropriation")
    COVERAGE = "coverage", _("coverage")


class AppropriationKind(models.TextChoices):
    """What is granted (KSL § 40)."""

    OPERATION = "operation", pgettext_lazy("appropriation", "operation")  # driftsbevilling
    SUPPLEMENTARY = "supplementary", pgettext_lazy("appropriation", "supplementary")  # tillægsbevilling
    CONSTRUCTION = "construction", pgettext_lazy("appropriation", "construction")  # anlægsbevilling
    ALLOCATION = "allocation", pgettext_lazy("appropriation", "allocation")  # rådighedsbeløb


class AppropriationLine(Row):
    """A line of the economy block: so many kroner in a year, granted or found. The two sides must balance (R13)."""

    presentation = models.ForeignKey(Presentation, on_delete=models.PROTECT, related_name="appropriations")
    position = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=8, choices=Side)
    kind = models.CharField(_("kind"), max_length=14, choices=AppropriationKind, blank=True)
    account = models.CharField(_("account or purpose"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.DecimalField(_("kroner"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("line of an appropriation")
        ordering = ["side", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["presentation", "side", "position"], name="appropriation_line_one_a_position"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="appropriation_line_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.year}"
