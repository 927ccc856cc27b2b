"""Rows with an identity, and the audit log: who did what to which row, and when."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

type Plain = str | int | float | bool | list["Plain"] | dict[str, "Plain"] | None


class Row(models.Model):
    """A row whose UUID never changes and is never used again. Deletion is a state, not an act."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class StandingManager[M: models.Model](models.Manager[M]):
    """The rows that still stand: what was taken off stays in the table, and is asked for by name (`history`)."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Without what was taken off."""
        return super().get_queryset().filter(withdrawn_at=None)


class AuditEntry(models.Model):
    """One act by one person on one row. Written by actions, never changed; `data` holds ids and parts, not words.

    `number`, `previous` and `sha256` are set by the database: a chain for each subject, so that a missing or
    altered entry shows (`audit_chain` in the first migration).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(_("act"), max_length=60)
    subject = models.CharField(max_length=100)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    number = models.PositiveIntegerField(default=0, editable=False)
    previous = models.CharField(max_length=64, default="", editable=False)
    sha256 = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="audit_entry_one_number_a_subject"),
        ]
        indexes = [models.Index(fields=["at"], name="audit_entry_at")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


def subject_of(row: models.Model) -> str:
    """Name a row in the audit log: ``meetings.Meeting:<uuid>``."""
    return f"{row._meta.label}:{row.pk}"


def record(actor: models.Model, verb: str, subject: models.Model, **data: Plain) -> None:
    """Write the trace of an act. `data` carries ids, counts and names of parts; never words that may be closed."""
    AuditEntry.objects.create(actor_id=actor.pk, verb=verb, subject=subject_of(subject), data=data)


def record_all(actor: models.Model, verb: str, subjects: Iterable[models.Model]) -> None:
    """Write the same act's trace of each of several rows; one query."""
    AuditEntry.objects.bulk_create(
        AuditEntry(actor_id=actor.pk, verb=verb, subject=subject_of(subject)) for subject in subjects
    )
