"""Large files wait to be masked by a job: what was ordered, how it goes, and why it did not succeed.

An order stands in the file's row of `ReleaseCheck.files`, under "masking": {id, findings, only_here, by, at, attempts,
refused}. It goes when it is done, with the copy that it took the place of; `refused` is the sentence of one that failed.
"""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import now
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sagsgang.accounts.models import User
from sagsgang.publication.models import Preparation, ReleaseCheck

JOB = "sagsgang.publication.actions.masking_job.mask_file"  # by name: the job itself lies above


def put_order(
    preparation: Preparation, attachment_id: UUID, *, findings: Collection[UUID], only_here: bool, actor: User
) -> None:
    """Order the masking of a file of a locked preparation, in the caller's transaction."""
    order = {
        "id": str(uuid4()),
        "findings": [str(pk) for pk in findings],
        "only_here": only_here,
        "by": str(actor.pk),
        "at": now().isoformat(),
        "attempts": 0,
        "refused": "",
    }
    _write(preparation.pk, attachment_id, order)
    defer(preparation.pk, attachment_id)


def defer(preparation_id: UUID, attachment_id: UUID) -> bool:
    """Put the job into the queue; False if it waits there already. Those of one preparation run one after the other."""
    task = app.configure_task(
        JOB, queue="documents", lock=f"mask-{preparation_id}", queueing_lock=f"mask-{preparation_id}-{attachment_id}"
    )
    try:
        with transaction.atomic():
            task.defer(preparation_id=str(preparation_id), attachment_id=str(attachment_id))
    except AlreadyEnqueued:
        return False
    return True


def begun_order(preparation_id: UUID, attachment_id: UUID) -> dict[str, Any] | None:
    """The order of a file that is still to be carried out, counted as tried once more; None if there is none."""
    with transaction.atomic():
        preparation = Preparation.objects.select_for_update().filter(pk=preparation_id, ended_at=None).first()
        order = order_of(preparation_id, attachment_id) if preparation else None
        if order is not None:
            order["attempts"] += 1
            _write(preparation_id, attachment_id, order)
        return order


def is_current(preparation_id: UUID, attachment_id: UUID, order: dict[str, Any]) -> bool:
    """Is it still what is ordered?"""
    known = order_of(preparation_id, attachment_id)
    return known is not None and known["id"] == order["id"]


@transaction.atomic
def refuse_order(preparation_id: UUID, attachment_id: UUID, order: dict[str, Any], *, why: str) -> None:
    """Say that the file was not masked; `why` is a sentence. The findings wait as before."""
    preparation = Preparation.objects.select_for_update().filter(pk=preparation_id, ended_at=None).first()
    if preparation and is_current(preparation_id, attachment_id, order):
        _write(preparation_id, attachment_id, order | {"refused": why})


def order_of(preparation_id: UUID, attachment_id: UUID) -> dict[str, Any] | None:
    """What is ordered of a file and not done; None if nothing is, or it was refused."""
    return dict(orders_of(preparation_id)).get(attachment_id)


def orders_of(preparation_id: UUID) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """Each file of a preparation that waits to be masked, by its attachment."""
    check = ReleaseCheck.objects.filter(preparation=preparation_id).only("files").first()
    for row in check.files if check else ():
        if (order := row.get("masking")) and not order["refused"]:
            yield UUID(row["attachment"]), order


def forget_refused(preparation: Preparation) -> None:
    """Everything is taken up anew: what failed before is not said any more."""
    check = ReleaseCheck.objects.select_for_update().filter(preparation=preparation).first()
    if check is not None:
        for row in check.files:
            row.pop("masking", None)
        check.save(update_fields=["files"])


def _write(preparation_id: UUID, attachment_id: UUID, order: dict[str, Any]) -> None:
    check = ReleaseCheck.objects.select_for_update().get(preparation=preparation_id)
    for row in check.files:
        if row["attachment"] == str(attachment_id):
            row["masking"] = order
    check.save(update_fields=["files"])
