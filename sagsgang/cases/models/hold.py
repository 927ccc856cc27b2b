"""What stops a case: an error that somebody has found, until it is mended or somebody answers for letting it be."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.accounts.models import User
from sagsgang.cases.models.attachment import CaseAttachment
from sagsgang.cases.models.case import Case
from sagsgang.core.models import Row
from sagsgang.documents.models import DocumentVersion


class Lifting(models.TextChoices):
    """How a hold came to its end; empty = it stands."""

    MENDED = "mended", pgettext_lazy("hold", "mended")
    ACCEPTED = "accepted", pgettext_lazy("hold", "accepted")


class CaseHold(Row):
    """A hold (standsning): the case goes to no further body before it is lifted.

    `words` says why; they are read by everybody who reads the case, and by the bodies that treat it. With an `attachment`
    it is about that one, and is told to nobody who may not read it; `mended_in` is the version of its file that is right,
    and every earlier one is *erstattet* wherever it lies. `lifted_words` says what was mended, or why the error is let be.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    attachment = models.ForeignKey(
        CaseAttachment, on_delete=models.PROTECT, null=True, blank=True, related_name="holds"
    )
    words = models.TextField(_("why"))
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifting = models.CharField(max_length=8, choices=Lifting, blank=True)
    mended_in = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_words = models.TextField(_("what was mended, or why it is let be"), blank=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("hold")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="case_hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifting="", lifted_at=None, lifted_by=None)
                | Q(~Q(lifting=""), ~Q(lifted_words=""), lifted_at__isnull=False, lifted_by__isnull=False),
                name="case_hold_lifted_with_words",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
