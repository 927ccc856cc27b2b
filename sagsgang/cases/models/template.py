"""Templates of presentations: which sections a body wants for which kind of item, and what must be known."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Body
from sagsgang.cases.models.kinds import ItemKind, SectionKind
from sagsgang.core.models import Row, StandingManager


class Fact(models.TextChoices):
    """What a body may demand to know of a case before it comes on an agenda."""

    NUMBER = "number", _("case number")
    KLE = "kle", _("KLE number")
    UNIT = "unit", _("unit")
    CASEWORKER = "caseworker", _("caseworker")
    POLICY_AREA = "policy_area", _("policy area")
    PATH = "path", _("path with dates")


class PresentationTemplate(Row):
    """What one body wants of a presentation; `item_kind` empty = for every kind that has no template of its own."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="templates")
    item_kind = models.CharField(_("item kind"), max_length=1, choices=ItemKind, blank=True)
    required_facts = ArrayField(models.CharField(max_length=12, choices=Fact), default=list, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("template")
        constraints = [models.UniqueConstraint(fields=["body", "item_kind"], name="template_one_a_body_and_kind")]

    def __str__(self) -> str:
        return f"{self.body} {self.item_kind}".strip()


class TemplateSection(Row):
    """One section of a template. `help_text` is shown beside the editor, and never copied into a text."""

    template = models.ForeignKey(PresentationTemplate, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=20, choices=SectionKind)
    heading = models.CharField(_("heading"), max_length=200)
    help_text = models.TextField(_("help text"), blank=True)
    is_required = models.BooleanField(_("must be filled in"), default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["TemplateSection"]()
    history = models.Manager["TemplateSection"]()

    class Meta:
        verbose_name = _("section of a template")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "position"], condition=Q(withdrawn_at=None), name="template_section_one_a_position"
            ),
        ]

    def __str__(self) -> str:
        return self.heading
