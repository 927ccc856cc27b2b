"""The doors to one attachment: which rows a user sees, and what she may do with one."""

from django.db.models import QuerySet

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case, CaseAttachment
from sagsgang.cases.permissions import may_read_case, may_write_case


class AttachmentRows:
    """The attachments of the cases that a user sees, also the withdrawn ones: an act can be undone."""

    def visible_to(self, user: User, /) -> QuerySet[CaseAttachment]:
        """Attachments with their case and what the head of its pages shows."""
        return CaseAttachment.objects.filter(case__in=Case.objects.visible_to(user)).select_related(
            "case__authority", "case__unit__parent__parent", "case__caseworker", "case__parent", "presentation"
        )


def may_read_attachment(user: User, attachment: CaseAttachment) -> bool:
    """Who reads the case's drafts reads its files; each reading of a closed one is logged."""
    return may_read_case(user, attachment.case)


def may_write_attachment(user: User, attachment: CaseAttachment) -> bool:
    """Who writes the case keeps its attachments."""
    return may_write_case(user, attachment.case)
