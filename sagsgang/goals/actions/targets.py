"""Read the words of the targets in from a file: all of it, or nothing."""

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.core.models import record
from sagsgang.documents.tables import read_sheet
from sagsgang.goals.models import TargetText
from sagsgang.goals.rules import targets_of


def read_target_texts(content: bytes, *, source: str, authority: Authority, actor: User) -> int:
    """Write the words of every target in a CSV or XLSX; those in the file take the place of older ones. Their number.

    Raises `RuleBrokenError` with row and column, and then nothing is written. The words are the same for every
    authority; the trace stands on the one for which they were read in.
    """
    found = targets_of(read_sheet(content))
    rows = [TargetText(number=one.number, danish=one.danish, english=one.english, source=source) for one in found]
    with transaction.atomic():
        TargetText.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["number"],
            update_fields=["danish", "english", "source", "modified_at"],
        )
        record(actor, "read_target_texts", authority, count=len(rows))
    return len(rows)
