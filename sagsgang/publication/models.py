"""What the public may see: copies in the schema `pub`, with no relation to any internal row.

The role of the portal may read these tables and nothing else. Public ids are made at the release and are random.
`Release` is a chain for each body: numbers and hashes stay for ever, `document` is erased when it is superseded or
withdrawn. All other tables hold current content only, and are written in the transaction of the release.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReleaseKind(models.TextChoices):
    """What was let out. An archive is what had been public elsewhere before it came here."""

    AGENDA = "agenda", _("agenda")
    MINUTES = "minutes", _("minutes")
    ARCHIVE = "archive", _("archive")


class ReleaseState(models.TextChoices):
    """Where a release is in its life."""

    CURRENT = "current", _("current")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PublicRow(models.Model):
    """A released copy: its id is public and random, its authority is the key by which municipalities are parted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.CharField(max_length=200)

    class Meta:
        abstract = True


class PublicBody(PublicRow):
    """A body that has released something. `version` moves with every public change: the key of caches and ETags."""

    name = models.CharField(max_length=200)
    code = models.CharField(max_length=12, blank=True)
    slug = models.CharField(max_length=120)
    version = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = 'pub"."body'
        verbose_name = _("body")

    def __str__(self) -> str:
        return self.name


class Release(PublicRow):
    """One link of a body's chain. `document` is the canonical JSON whose SHA-256 is `sha256`, or null once erased.

    `seal` is set by the database: the hash of every column that never changes and of the seal before it. State, end
    and words follow from what came after (`chains.contradictions`).
    """

    body = models.ForeignKey(PublicBody, on_delete=models.PROTECT, related_name="releases")
    meeting_id = models.UUIDField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ReleaseKind)
    state = models.CharField(max_length=10, choices=ReleaseState, default=ReleaseState.CURRENT)
    sha256 = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, default="", editable=False)
    document = models.TextField(null=True)  # noqa: DJ001 - null is "erased", and never the same as empty
    released_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = 'pub"."release'
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="release_one_number_a_body"),
            models.UniqueConstraint(
                fields=["meeting_id"], condition=models.Q(state="current"), name="release_one_current_a_meeting"
            ),
            models.CheckConstraint(
                condition=models.Q(state="current") ^ models.Q(document__isnull=True), name="release_current_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.number}"


class PublicMeeting(PublicRow):
    """A released meeting, or (`state` withdrawn) the tombstone of one: then only day and body are left."""

    body = models.ForeignKey(PublicBody, on_delete=models.PROTECT, related_name="meetings")
    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="meeting")
    state = models.CharField(max_length=10, choices=ReleaseState, default=ReleaseState.CURRENT)
    kind = models.CharField(max_length=10, choices=ReleaseKind)
    held_on = models.DateField()
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    place = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=40, blank=True)
    slug = models.CharField(max_length=160)
    present = models.JSONField(null=True)
    absent = models.JSONField(null=True)
    record = models.JSONField(default=list)
    closed_items = models.PositiveIntegerField(default=0)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    version = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = 'pub"."meeting'
        ordering = ["-held_on", "-starts"]
        indexes = [models.Index(fields=["body", "held_on"], name="pub_meeting_body_day")]

    def __str__(self) -> str:
        return f"{self.body} {self.held_on}"


class PublicItem(PublicRow):
    """A released item or sub-item. Of a closed one: number, public title, ground, and extract or reason."""

    meeting = models.ForeignKey(PublicMeeting, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="subitems")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=1000, blank=True)
    slug = models.CharField(max_length=160)
    access = models.CharField(max_length=6, blank=True)
    content = models.JSONField()

    class Meta:
        db_table = 'pub"."item'
        ordering = ["position"]
        indexes = [models.Index(fields=["meeting", "position"], name="pub_item_meeting_position")]

    def __str__(self) -> str:
        return self.title


class PublicFile(PublicRow):
    """A released copy of an open attachment: named by its public title, its bytes by their SHA-256."""

    item = models.ForeignKey(PublicItem, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)

    class Meta:
        db_table = 'pub"."file'
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class PublicPrint(models.Model):
    """A PDF that has been published: whoever has the file can ask which release it is, also when that has ended.

    Named by the SHA-256 of its bytes. Only grows; the bytes themselves go when the release ends.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    authority = models.CharField(max_length=200)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="prints")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = 'pub"."print'

    def __str__(self) -> str:
        return self.sha256


class PublicIdentity(models.Model):
    """Inside the house: which random public id stands for which internal row, so that a link lasts."""

    source = models.CharField(max_length=100, primary_key=True)
    public_id = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return self.source


class Preparation(models.Model):
    """Inside the house: one person has prepared a release of exactly these words; another may let them out.

    `digest` is the hash of the public words as they were then; `ended_at` is set when they were released or dropped.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10, choices=ReleaseKind)
    digest = models.CharField(max_length=64)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

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


class PlannedState(models.TextChoices):
    """How a planned meeting stands in the published calendar."""

    PLANNED = "planned", _("planned")
    MOVED = "moved", _("moved")
    CANCELLED = "cancelled", _("cancelled")


class PublicPlannedMeeting(PublicRow):
    """A meeting in the published calendar of a body. `year` is that of its first day, `sequence` counts its changes.

    Once the meeting is released its page has the same id. `notice` is written for the public.
    """

    body = models.ForeignKey(PublicBody, on_delete=models.PROTECT, related_name="planned")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14)
    state = models.CharField(max_length=10, choices=PlannedState)
    held_on = models.DateField()
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    place = models.CharField(max_length=300, blank=True)
    moved_from = models.DateField(null=True)
    notice = models.CharField(max_length=300, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = 'pub"."planned_meeting'
        ordering = ["held_on", "starts"]
        indexes = [
            models.Index(fields=["body", "held_on"], name="pub_planned_body_day"),
            models.Index(fields=["held_on"], name="pub_planned_day"),
            models.Index(fields=["moved_from"], name="pub_planned_moved_from"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.held_on}"


class PlanPublication(models.Model):
    """Inside the house: somebody has let a body's calendar of a year out; what changes in it follows.

    `body_id` names a row of the house and is no relation. `ended_at`: it was taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body_id = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body_id", "year"], condition=models.Q(ended_at__isnull=True), name="plan_published_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.year}"
