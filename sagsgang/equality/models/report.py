"""The report of a headcount: its case, what was printed of which version, and the errors that were found in it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Authority
from sagsgang.cases.models import Case, CaseAttachment, CaseHold
from sagsgang.core.models import Row
from sagsgang.documents.models import DocumentVersion
from sagsgang.equality.models.count import Count, CountFinding
from sagsgang.equality.models.scheme import Scheme
from sagsgang.followups.models import FollowUp


class Report(Row):
    """The headcounts of one day (all versions of them) as a case with its path; `attachment` is the printed figures.

    `period_from` and `period_to` are the period that the report is about: it may end after the day of the count.
    `purposes`, one a line, are what the report is for.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="equality_reports")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    snapshot_on = models.DateField(_("day of the count"))
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period to"))
    purposes = models.TextField(_("purposes"))
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="equality_report")
    attachment = models.OneToOneField(CaseAttachment, on_delete=models.PROTECT, related_name="equality_report")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("equality report")
        ordering = ["-snapshot_on"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "snapshot_on"], name="equality_report_one_a_day"),
            models.CheckConstraint(
                condition=Q(period_from__lte=F("period_to")), name="equality_report_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_on:%d-%m-%Y}"

    @property
    def purpose_lines(self) -> list[str]:
        """The purposes, one by one."""
        return [line.strip() for line in self.purposes.splitlines() if line.strip()]


class ReportPrint(Row):
    """A version of the figures as it was printed: which version of the attachment's file says which figures."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="prints")
    count = models.OneToOneField(Count, on_delete=models.PROTECT, related_name="print")
    version = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("print of the figures")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.count_id}"


class DataIssue(Row):
    """An error in printed figures: which version, what is wrong (`words`, with those whom it names), and who mends it.

    It stands as long as its `hold` does. `mended_in` is the version of the figures that is right.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="issues")
    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="issues")
    finding = models.ForeignKey(CountFinding, on_delete=models.PROTECT, null=True, blank=True, related_name="issues")
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    words = models.TextField(_("what is wrong"))
    hold = models.OneToOneField(CaseHold, on_delete=models.PROTECT, related_name="data_issue")
    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="data_issues")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    mended_in = models.ForeignKey(Count, on_delete=models.PROTECT, null=True, blank=True, related_name="mended")

    class Meta:
        verbose_name = _("data issue")
        ordering = ["created_at"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="data_issue_says_what")]

    def __str__(self) -> str:
        return str(self.pk)
