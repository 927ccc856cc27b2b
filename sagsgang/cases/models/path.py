"""The path of a case: the bodies it passes, in order, each asked for something."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.bodies.models import Body
from sagsgang.cases.models.case import Case
from sagsgang.core.models import Row, StandingManager


class Purpose(models.TextChoices):
    """What a body is asked for at a step."""

    ORIENTATION = "orientation", pgettext_lazy("purpose", "orientation")
    DISCUSSION = "discussion", pgettext_lazy("purpose", "discussion")
    RECOMMENDATION = "recommendation", pgettext_lazy("purpose", "recommendation")
    STATEMENT = "statement", pgettext_lazy("purpose", "statement")  # erklæring, § 18 stk. 2
    HEARING = "hearing", pgettext_lazy("purpose", "hearing")
    DECISION = "decision", pgettext_lazy("purpose", "decision")


class PathStep(Row):
    """One step (led) of a case's path (sagsgang).

    The wished meeting is body and day: `body.meetings` of that day is the real one, if the plan has it. The item
    that the step became is `step.agenda_items` (a relation of `meetings`). `is_parallel` = at the same stage as
    the step before it. A step that is taken out stays in the table (`history`).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="path")
    position = models.PositiveSmallIntegerField()
    body = models.ForeignKey(Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("purpose"), max_length=14, choices=Purpose)
    reading = models.PositiveSmallIntegerField(_("reading"), null=True, blank=True)
    planned_on = models.DateField(_("meeting"), null=True, blank=True)
    is_parallel = models.BooleanField(_("at the same time as the step before"), default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["PathStep"]()
    history = models.Manager["PathStep"]()

    class Meta:
        verbose_name = _("step of the path")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "position"], condition=Q(withdrawn_at=None), name="path_step_one_a_position"
            ),
            models.CheckConstraint(condition=Q(reading__isnull=True) | Q(reading__in=(1, 2)), name="path_step_reading"),
        ]

    def __str__(self) -> str:
        return f"{self.body.code or self.body.name}"
