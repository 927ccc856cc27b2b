"""What time demands of files: versions that nobody has examined, found by looking, safe to repeat."""

from django.db.models import Q
from procrastinate.contrib.django.models import ProcrastinateJob

from sagsgang.documents.actions import order_examinations
from sagsgang.documents.models import DocumentVersion
from sagsgang.documents.queries import EXAMINE

MOST_AT_ONCE = 200  # the next minute finds the next ones


def unexamined_versions_due() -> int:
    """Order the examination of versions that have none, or whose job is lost; answers how many were ordered."""
    jobs = ProcrastinateJob.objects.filter(task_name=EXAMINE, status__in=["todo", "doing"])
    in_hand = list(jobs.values_list("args__version_id", flat=True))
    missing = DocumentVersion.objects.filter(Q(examination=None) | Q(examination__finished_at=None))
    found = missing.exclude(pk__in=in_hand).order_by("created_at", "pk").values_list("pk", flat=True)
    return order_examinations(list(found[:MOST_AT_ONCE]))
