"""A case's attachments: each a document through its versions, in its place, open or closed for itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.cases.models.case import Case
from sagsgang.cases.models.extras import Hearing
from sagsgang.cases.models.presentation import Presentation
from sagsgang.core.models import Row
from sagsgang.documents.access import Access, Ground, closed_needs_ground
from sagsgang.documents.models import Document


class CaseAttachment(Row):
    """An attachment (bilag) of a case: a file through its versions, or (`presentation`) a link to another body's draft.

    The newest version of the file is the one that goes on. `replaced_by` = *erstattet af*: it stays, marked,
    and goes to no agenda. `in_packet` = goes to the members; `on_web` = may go to the public where it is open.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    presentation = models.ForeignKey(Presentation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    position = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=500)
    document_id = models.CharField(_("document id"), max_length=40, blank=True)
    document_number = models.CharField(_("document number"), max_length=40, blank=True)
    mark = models.CharField(_("mark"), max_length=8, blank=True)
    access = models.CharField(_("access"), max_length=6, choices=Access)
    ground = models.CharField(_("ground"), max_length=10, choices=Ground, blank=True)
    public_title = models.CharField(_("public title"), max_length=500, blank=True)
    title_is_public = models.BooleanField(_("title may be shown"), default=False)
    in_packet = models.BooleanField(_("in the packet"), default=True)
    on_web = models.BooleanField(_("on the web"), default=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("attachment")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "position"],
                name="case_attachment_one_a_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            closed_needs_ground("case_attachment"),
            models.CheckConstraint(condition=Q(file=None) ^ Q(presentation=None), name="case_attachment_file_or_draft"),
        ]

    def __str__(self) -> str:
        return self.title
