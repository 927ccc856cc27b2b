"""Inside the house: what the gate found in files and in what is prepared, and what people said to it.

Nothing here holds the words that were found: a kind, a place, and a keyed digest by which the same words are known again.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sagsgang.publication.models.inside import Preparation


class FileCheck(models.Model):
    """One examination of one file's bytes, by one edition of the gate's rules; made once, whoever asks.

    `findings`: a list of {kind, where, page, box, place, digest}, boxes in PDF points from the lower left corner.
    `readable`, `tagged`, `lacks`: as the gate says of a file. `error` is the sentence of a file that cannot be examined.
    `attempts` counts how often it was begun, so that a file that brings the worker down is given up.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64)
    rules = models.CharField(max_length=40)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    pages = models.PositiveIntegerField(null=True)
    readable = models.BooleanField(null=True)
    tagged = models.BooleanField(null=True)
    lacks = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "rules"], name="file_check_once")]

    def __str__(self) -> str:
        return self.sha256


class ReleaseCheck(models.Model):
    """How far the gate has come with a preparation.

    `files`: the copies that would leave, a list of {item, attachment, sha256, media_type}, and `masking` in one that
    waits to be masked or could not be (`actions.mask_orders`); `total` and `done` count them.
    `lacks` says in sentences what could not be looked at.
    """

    preparation = models.OneToOneField(
        Preparation, on_delete=models.CASCADE, primary_key=True, related_name="check_row"
    )
    rules = models.CharField(max_length=40)
    files = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    lacks = models.JSONField(default=list)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"


class FindingState(models.TextChoices):
    """What became of a finding. What is gone was found before the file or the words were changed in another way."""

    OPEN = "open", _("waits for an answer")
    MASKED = "masked", _("masked")
    REPLACED = "replaced", _("replaced")
    ACCEPTED = "accepted", _("accepted")


class GateFinding(models.Model):
    """Something found in what is prepared. `key` is all that it is, in one hash: the same thing is one row.

    `item_id` and `attachment_id` name rows of the meeting and are no relations; without both it is the meeting's head,
    or the reason for the public. `part` is a field of the item. `sha256` is the copy in which it was found; "" in words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    preparation = models.ForeignKey(Preparation, on_delete=models.CASCADE, related_name="findings")
    key = models.CharField(max_length=64)
    item_id = models.UUIDField(null=True)
    attachment_id = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    part = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=10)
    where = models.CharField(max_length=10)
    page = models.PositiveIntegerField(null=True)
    box = models.JSONField(null=True)
    place = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=FindingState, default=FindingState.OPEN)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["page", "kind", "key"]
        constraints = [models.UniqueConstraint(fields=["preparation", "key"], name="gate_finding_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.where}"
