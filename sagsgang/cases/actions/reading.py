"""Keep the log of who read closed material of a case (leak rule 12)."""

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case, CaseAttachment
from sagsgang.core.models import record


def log_closed_reading(case: Case, *, attachment: CaseAttachment | None = None, actor: User) -> None:
    """Note that she read something closed: the case's own words, or one attachment of it."""
    parts = {"attachment": str(attachment.pk)} if attachment is not None else {}
    record(actor, "read_closed", case, **parts)
