"""The doors to one attachment: which rows a user sees, and what she may do with one."""

from django.db.models import Prefetch, QuerySet

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case, CaseAttachment
from sagsgang.cases.permissions import CaseRows, may_read_case, may_write_case


class AttachmentRows:
    """The attachments of the cases that a user sees, also the withdrawn ones: an act can be undone."""

    def visible_to(self, user: User, /) -> QuerySet[CaseAttachment]:
        """Attachments with their case as `CaseRows` brings it; two queries."""
        rows = CaseAttachment.objects.filter(case__in=Case.objects.visible_to(user)).select_related("presentation")
        return rows.prefetch_related(Prefetch("case", queryset=CaseRows().visible_to(user)))


def may_read_attachment(user: User, attachment: CaseAttachment) -> bool:
    """Who reads the case's drafts reads its files; each reading of a closed one is logged."""
    return may_read_case(user, attachment.case)


def may_write_attachment(user: User, attachment: CaseAttachment) -> bool:
    """Who writes the case keeps its attachments."""
    return may_write_case(user, attachment.case)
