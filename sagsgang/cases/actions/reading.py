"""Keep the log of who read closed material of a case (leak rule 12)."""

from collections.abc import Iterable

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case, CaseAttachment
from sagsgang.core.models import record, record_all


def log_closed_reading(case: Case, *, attachment: CaseAttachment | None = None, actor: User) -> None:
    """Note that she read something closed: the case's own words, or one attachment of it."""
    parts = {"attachment": str(attachment.pk)} if attachment is not None else {}
    record(actor, "read_closed", case, **parts)


def log_closed_readings(cases: Iterable[Case], *, actor: User) -> None:
    """Note the same of each of these cases, of which a list shows words; one query, none where there is none."""
    record_all(actor, "read_closed", dict.fromkeys(cases))
