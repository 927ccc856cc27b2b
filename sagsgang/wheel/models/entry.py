"""What returns: an entry of the annual wheel, or a duty that a law lays on the authority."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Authority, Body, Unit
from sagsgang.cases.models import Purpose
from sagsgang.core.models import Row, StandingManager


class WheelEntry(Row):
    """What returns (årshjul). Without `body` it is the whole organisation's.

    `rule` says when, in the language of `rules.recurrence`; `starts_on` is the day that it counts from (every third year
    since when), `relative_to` the entry that a rule of the kind EVENT leans on. `is_deadline`: the day is the last one on
    which something may be handed in, and the path is laid backward from it. A case is opened `lead_days` before.
    `is_budget`: the council's two readings are three weeks apart (kommunestyrelsesloven § 38), else six days (§ 2, stk. 2).
    `valid_from` and `valid_to` are the days between which the duty holds (a law is made and abolished); outside them
    nothing is generated, and what has been stays.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="wheel_entries")
    body = models.ForeignKey(
        Body, verbose_name=_("body"), on_delete=models.PROTECT, null=True, blank=True, related_name="wheel_entries"
    )
    title = models.CharField(_("title"), max_length=300)
    note = models.TextField(_("note"), blank=True)
    rule = models.CharField(_("rule"), max_length=300)
    starts_on = models.DateField(_("counted from"), null=True, blank=True)
    relative_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers")
    is_deadline = models.BooleanField(_("is a deadline for handing in"), default=False)
    is_budget = models.BooleanField(_("is the annual budget"), default=False)
    lead_days = models.PositiveSmallIntegerField(_("lead time, days"), default=0)
    owner_role = models.CharField(_("owner, by role"), max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, null=True, blank=True, related_name="wheel_entries"
    )
    opens_case = models.BooleanField(_("opens a case"), default=False)
    case_title = models.CharField(_("title of the case"), max_length=500, blank=True)
    kle = models.CharField(_("KLE number"), max_length=16, blank=True)
    policy_area = models.CharField(_("policy area"), max_length=80, blank=True)
    is_duty = models.BooleanField(_("is a statutory duty"), default=False)
    law = models.CharField(_("law"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    evidence_wanted = models.CharField(_("evidence"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["WheelEntry"]()
    history = models.Manager["WheelEntry"]()

    class Meta:
        verbose_name = _("entry of the annual wheel")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="wheel_entry_has_a_title"),
            models.CheckConstraint(condition=Q(is_duty=False) | ~Q(law=""), name="wheel_entry_duty_names_its_law"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="wheel_entry_valid_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EntryStep(Row):
    """A step of the path that a matter of this entry takes."""

    entry = models.ForeignKey(WheelEntry, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("purpose"), max_length=14, choices=Purpose)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["EntryStep"]()
    history = models.Manager["EntryStep"]()

    class Meta:
        verbose_name = _("step of an entry")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "position"], condition=Q(withdrawn_at=None), name="entry_step_one_a_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.body}"
