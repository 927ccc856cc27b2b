"""What pages ask about files: how far the examination of each has come, and which must not be handed out."""

from collections.abc import Iterable
from uuid import UUID

from procrastinate.contrib.django.models import ProcrastinateJob

from sagsgang.documents.models import DocumentVersion, Examination, Scan

EXAMINE = "sagsgang.documents.tasks.examine_version"


def examinations_of(version_ids: Iterable[UUID]) -> dict[UUID, Examination]:
    """The examination of each version that has one, by the version's id. One query."""
    return {row.version_id: row for row in Examination.objects.filter(version_id__in=list(version_ids))}


def queue_positions() -> dict[UUID, int]:
    """Version id → its place in the queue from 1, for every version that waits or is being examined. Two queries.

    The order is the worker's own: what is in hand, then by priority, then by age. A version whose job is lost stands
    last: `due` finds it within a minute.
    """
    waiting = list(Examination.objects.waiting().values_list("version_id", flat=True))
    if not waiting:
        return {}
    order = {version_id: place for place, version_id in enumerate(_ordered_ids())}
    last = len(order)
    queue = sorted(waiting, key=lambda version_id: order.get(version_id, last))
    return {version_id: place for place, version_id in enumerate(queue, start=1)}


def _ordered_ids() -> list[UUID]:
    jobs = ProcrastinateJob.objects.filter(task_name=EXAMINE, status__in=["todo", "doing"])
    ids = jobs.order_by("status", "-priority", "id").values_list("args__version_id", flat=True)
    return [UUID(version_id) for version_id in dict.fromkeys(ids)]


def refused_versions(version_ids: Iterable[UUID]) -> set[UUID]:
    """Those in which a virus was found: nobody may download them, and none leaves. One query."""
    rows = Examination.objects.filter(version_id__in=list(version_ids), scan=Scan.INFECTED)
    return set(rows.values_list("version_id", flat=True))


def version_is_refused(version: DocumentVersion) -> bool:
    """Must this file stay where it is, because a virus was found in it? Nobody may download it."""
    examination = Examination.objects.filter(version=version).only("scan").first()
    return examination is not None and examination.scan == Scan.INFECTED
