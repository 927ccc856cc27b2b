"""The case: the matter itself, from its first word to its last body."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Role, Unit
from sagsgang.core.models import Row
from sagsgang.core.sorting import DanishKey
from sagsgang.documents.access import Access, Ground, closed_needs_ground


class CaseKind(models.TextChoices):
    """What sort of matter it is; an analysis has a page of its own."""

    MATTER = "matter", pgettext_lazy("case kind", "matter")
    ANALYSIS = "analysis", pgettext_lazy("case kind", "analysis")


class ReferenceKind(models.TextChoices):
    """What a case may lean on."""

    AGREEMENT = "agreement", _("national agreement")
    PLAN = "plan", _("plan or strategy")
    LAW = "law", _("law or order")
    OTHER = "other", pgettext_lazy("reference", "other")


class Reference(Row):
    """An agreement, plan or law that cases cite (økonomiaftale, udviklingsstrategi): written once, cited often."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="references")
    kind = models.CharField(_("kind"), max_length=10, choices=ReferenceKind)
    title = models.CharField(_("title"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("reference")
        ordering = [DanishKey("title"), "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "title", "year"], nulls_distinct=False, name="reference_one_title_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title


# How far up the chart a case is seen by those who approve for a unit above its own.
_UNITS_UP = ("", "parent__", "parent__parent__", "parent__parent__parent__")  # as far as `CaseRows` brings them


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, filtered by who asks."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """The cases of those who work on them, and those that a body of hers is heard about (`worked_on_by`, `heard_by`).

        An auditor and an administrator see that a case is there; its words are a permission.
        """
        ways = Q(pk__in=worked_on_by(user)) | Q(pk__in=heard_by(user))
        return self.filter(Exists(Appointment.objects.whole_house(user)) | ways)


def worked_on_by(user: User) -> "models.QuerySet[Case, Any]":
    """The ids of the cases that she works on: caseworker, unit, approvers and deputies, readers of a review copy, who
    was asked to change something, and secretaries and directors of the bodies on the path or on whose agenda it is.

    A union of plain questions: one question with all these joins takes longer to plan than to answer.
    """
    kept = _bodies_kept(user)
    units = Q()
    for up in _UNITS_UP:
        units |= Q(**{f"{up}levels__approver": user}) | Q(**{f"{up}levels__deputy": user})
    ways = (
        Q(caseworker=user),
        Q(unit__in=Unit.objects.filter(Q(staff__user=user) | units).values("pk")),
        Q(review_copies__reader=user, review_copies__withdrawn_at=None),
        Q(remarks__task__owner=user),
        Q(path__body__in=kept, path__withdrawn_at=None),
        Q(agenda_items__meeting__body__in=kept, agenda_items__withdrawn_at=None),
    )
    first, *others = (Case.objects.filter(way).order_by().values("pk") for way in ways)
    return first.union(*others)


def heard_by(user: User) -> "models.QuerySet[Case, Any]":
    """The ids of the cases about which a body of hers is heard: she reads the presentation and the hearings alone."""
    kept = _bodies_kept(user)
    return Case.objects.filter(hearings__body__in=kept, hearings__withdrawn_at=None).order_by().values("pk")


def _bodies_kept(user: User) -> models.QuerySet[Appointment, Any]:
    roles = (Role.SECRETARY, Role.DIRECTOR)
    return Appointment.objects.filter(user=user, role__in=roles, body__isnull=False).values("body")


class Case(Row):
    """A matter (sag) on its way. `external_numbers` are free forms from other systems, several, not unique.

    `parent` = a sub-matter of a collective one; `promoted_from` = what it was part of before it was made a case
    of its own. `access` is the default for what is made in the case; nothing inherits it later. State is derived.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(_("kind"), max_length=10, choices=CaseKind, default=CaseKind.MATTER)
    title = models.CharField(_("title"), max_length=500, blank=True)
    external_numbers = ArrayField(models.CharField(max_length=60), verbose_name=_("numbers"), default=list, blank=True)
    kle = models.CharField(_("KLE number"), max_length=16, blank=True)
    policy_area = models.CharField(_("policy area"), max_length=80, blank=True)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    caseworker = models.ForeignKey(
        User, verbose_name=_("caseworker"), on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    access = models.CharField(_("access"), max_length=6, choices=Access, default=Access.OPEN)
    ground = models.CharField(_("ground"), max_length=10, choices=Ground, blank=True)
    concerns_economy = models.BooleanField(_("touches the economy or general administration"), default=False)
    is_budget = models.BooleanField(_("is the annual budget"), default=False)
    concerns_elderly = models.BooleanField(_("concerns the elderly"), default=False)
    concerns_disability = models.BooleanField(_("concerns people with disabilities"), default=False)
    concerns_staff = models.BooleanField(_("concerns the staff"), default=False)
    long_term_effect = models.TextField(_("long-term effect"), blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="submatters")
    promoted_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="promoted")
    references = models.ManyToManyField(Reference, blank=True, related_name="cases")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        constraints = [
            closed_needs_ground("case"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="case_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        """Closed to the public, as a whole."""
        return self.access == Access.CLOSED


class CaseRelation(Row):
    """Two cases that belong together; said once, seen from both."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="relations_out")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="relations_in")
    note = models.CharField(_("how they belong together"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("related case")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "other"], condition=Q(withdrawn_at=None), name="case_relation_once"
            ),
            models.CheckConstraint(condition=~Q(case=F("other")), name="case_relation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.case} – {self.other}"
