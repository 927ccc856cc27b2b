"""Inside the house: what is known of a release that the public does not see."""

import uuid

from django.conf import settings
from django.db import models

from sagsgang.publication.models.released import ReleaseKind


class PublicIdentity(models.Model):
    """Inside the house: which random public id stands for which internal row, so that a link lasts."""

    source = models.CharField(max_length=100, primary_key=True)
    public_id = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return self.source


class Preparation(models.Model):
    """Inside the house: one person has prepared a release of exactly these words; another may let them out.

    `digest` is the hash of the public words as they were then; `ended_at` is set when they were released or dropped.
    With a `release_at` they go out at that hour, if a second person has approved them (`approved_by`) and they are
    still the same; else `refused` says in a sentence why they did not. `public_reason`: what a correction says to
    the public. `changes`: which parts differ from what is out (`comparison.Change`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10, choices=ReleaseKind)
    digest = models.CharField(max_length=64)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    public_reason = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    release_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    refused = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting_id"], condition=models.Q(ended_at__isnull=True), name="preparation_one_open_a_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.meeting_id}"


class ReleaseRecord(models.Model):
    """Inside the house: who prepared and who released, of which meeting, with the words as they went out.

    Append-only. `release_id` and `meeting_id` name rows on either side of the wall and are no relations. `seal` is
    set by the database: the hash of every column and of the release's own seal.
    """

    release_id = models.UUIDField(primary_key=True)
    meeting_id = models.UUIDField(db_index=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gate = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    document = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    seal = models.CharField(max_length=64, default="", editable=False)

    def __str__(self) -> str:
        return str(self.release_id)


class Withdrawal(models.Model):
    """Inside the house: who took a release back, and why. Append-only; the reason may tell what was wrong.

    `seal` as in `ReleaseRecord`.
    """

    release_id = models.UUIDField(primary_key=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    seal = models.CharField(max_length=64, default="", editable=False)

    def __str__(self) -> str:
        return str(self.release_id)
