"""A policy or guideline of the house: whose it is, on which tier it stands, when it is looked at again."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.bodies.models import Authority, Unit
from sagsgang.core.models import Row
from sagsgang.core.sorting import DanishKey
from sagsgang.documents.access import Ground
from sagsgang.wheel.models import WheelEntry


class Tier(models.TextChoices):
    """The three tiers: what is willed, what is done, and how."""

    POLICY = "policy", _("policy")
    GUIDELINE = "guideline", _("guideline")
    INSTRUCTION = "instruction", _("instruction")


class Reach(models.TextChoices):
    """Who of the house may read a policy."""

    OPEN = "open", pgettext_lazy("who may read a policy", "all staff")
    UNIT = "unit", pgettext_lazy("who may read a policy", "the unit that owns it, and the directorate")
    CLOSED = "closed", pgettext_lazy("who may read a policy", "closed")


class Policy(Row):
    """A policy, guideline or instruction, through its versions. `parent` stands on the tier above.

    `withdrawn_on` is the first day on which nothing of it is in force; it stays in the register. `wheel_entry` is its
    next review (`review_on`) on the annual wheel, every `review_years`. `reach` and the `ground` of a closed one say
    who reads it (`permissions`); its name is told to nobody else, on the wheel neither.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="policies")
    name = models.CharField(_("name"), max_length=300)
    tier = models.CharField(_("tier"), max_length=11, choices=Tier)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="policies")
    reach = models.CharField(_("who may read it"), max_length=6, choices=Reach, default=Reach.OPEN)
    ground = models.CharField(_("ground"), max_length=10, choices=Ground, blank=True)
    owner_role = models.CharField(_("owner, by role"), max_length=200, blank=True)
    review_years = models.PositiveSmallIntegerField(_("years between reviews"), null=True, blank=True)
    review_on = models.DateField(_("next review"), null=True, blank=True)
    wheel_entry = models.OneToOneField(
        WheelEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="reviewed_policy"
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("policy")
        ordering = [DanishKey("name")]
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="policy_one_name_an_authority"),
            models.CheckConstraint(condition=~Q(name=""), name="policy_has_a_name"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="policy_not_its_own_parent"),
            models.CheckConstraint(condition=Q(reach="closed") ^ Q(ground=""), name="policy_closed_has_ground"),
            models.CheckConstraint(condition=~Q(reach="unit") | Q(unit__isnull=False), name="policy_of_a_unit_has_one"),
        ]

    def __str__(self) -> str:
        return self.name
