"""What some cases have beside their words: an analysis, and hearings."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.models.case import Case
from sagsgang.core.models import Row


class Analysis(Row):
    """An analysis (budgetanalyse) ordered in the budget process: what it is for and what it is expected to give."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="analysis")
    purpose = models.TextField(_("purpose"), blank=True)
    expected_amount = models.DecimalField(
        _("expected effect, kroner a year"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    expected_benefit = models.TextField(_("expected effect for citizens"), blank=True)
    budget_year = models.PositiveSmallIntegerField(_("budget year"), null=True, blank=True)
    owner = models.ForeignKey(
        User, verbose_name=_("owner"), on_delete=models.PROTECT, null=True, blank=True, related_name="analyses"
    )
    themes = ArrayField(models.CharField(max_length=120), verbose_name=_("themes"), default=list, blank=True)

    class Meta:
        verbose_name = _("analysis")

    def __str__(self) -> str:
        return f"{self.case}"


class Concern(models.TextChoices):
    """Why a body is heard."""

    ELDERLY = "elderly", pgettext_lazy("concern", "the elderly")
    DISABILITY = "disability", pgettext_lazy("concern", "people with disabilities")
    STAFF = "staff", pgettext_lazy("concern", "the staff")
    OTHER = "other", pgettext_lazy("concern", "other")


class Hearing(Row):
    """A hearing (høring) of one council: asked on a day, to be answered by a day; or waived with a reason."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hearings")
    body = models.ForeignKey(Body, verbose_name=_("heard"), on_delete=models.PROTECT, null=True, related_name="+")
    concern = models.CharField(_("because it concerns"), max_length=10, choices=Concern)
    question = models.TextField(_("what is asked"), blank=True)
    asked_on = models.DateField(_("asked on"))
    answer_by = models.DateField(_("to be answered by"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    waived_reason = models.TextField(_("why it is not waited for"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("hearing")
        ordering = ["answer_by"]
        constraints = [
            models.CheckConstraint(condition=Q(answer_by__gte=F("asked_on")), name="hearing_answered_after_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.answer_by}"
