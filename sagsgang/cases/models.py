"""The case, its presentations, their sections and the points of a recommendation."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Authority, Unit
from sagsgang.core.models import Row
from sagsgang.documents.access import Access, Ground, closed_needs_ground


class Case(Row):
    """A matter (sag) on its way. `external_numbers` are free forms from other systems, several, not unique."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="cases")
    title = models.CharField(_("title"), max_length=500, blank=True)
    external_numbers = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    policy_area = models.CharField(_("policy area"), max_length=80, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")

    class Meta:
        verbose_name = _("case")

    def __str__(self) -> str:
        return self.title


class Presentation(Row):
    """What is put before a body (sagsfremstilling), in one version. A change is a new version, not an edit."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="presentations")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("presentation")

    def __str__(self) -> str:
        return f"{self.case}"


class SectionKind(models.TextChoices):
    """The canonical sections; municipalities print them under headings of their own."""

    SUMMARY = "summary", _("summary")
    BACKGROUND = "background", _("background")
    PRESENTATION = "presentation", _("presentation")
    CONSEQUENCES = "consequences", _("consequences")
    ECONOMY = "economy", _("economy")
    LAW = "law", _("law")
    HEARING = "hearing", _("hearing")
    HISTORY = "history", _("history")
    RECOMMENDATION = "recommendation", _("recommendation")
    OTHER = "other", _("other")


class Section(Row):
    """One text block under its heading. Open or closed for itself; a section says nothing of its neighbours."""

    presentation = models.ForeignKey(Presentation, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=20, choices=SectionKind)
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    html = models.TextField(_("text"), blank=True)
    access = models.CharField(_("access"), max_length=6, choices=Access, default=Access.OPEN)
    ground = models.CharField(_("ground"), max_length=10, choices=Ground, blank=True)

    class Meta:
        verbose_name = _("section")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["presentation", "position"], name="section_one_a_position"),
            closed_needs_ground("section"),
        ]

    def __str__(self) -> str:
        return self.heading


class RecommendationPoint(Row):
    """One point of a recommendation (at-punkt), under the section of that kind."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField()
    marker = models.CharField(max_length=12, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("recommendation point")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "position"], name="recommendation_point_one_a_position"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
