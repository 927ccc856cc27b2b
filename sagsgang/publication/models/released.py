"""Releases and the rows in `pub` that are made of them.

`Release` is a chain for each body: numbers and hashes stay for ever, `document` is erased when it is superseded or
withdrawn. All other tables hold current content only, and are written in the transaction of the release.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReleaseKind(models.TextChoices):
    """What was let out. An archive is what had been public elsewhere before it came here.

    A supplement is an agenda to which a supplementary agenda was sent; a draft is minutes whose protocol is not final
    yet; a correction takes the place of minutes that said something else.
    """

    AGENDA = "agenda", _("agenda")
    SUPPLEMENT = "supplement", _("supplementary agenda")
    DRAFT = "draft", _("draft of the protocol")
    MINUTES = "minutes", _("minutes")
    CORRECTION = "correction", _("correction of the minutes")
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
    """A released meeting, or (`state` withdrawn) the tombstone of one: then only day and body are left.

    `changes` names the parts that differ from release no. `since`, which this one took the place of: a list of
    {place, public_id, number, part, how} (`comparison.Change`), never the words themselves. `public_reason` is why a
    correction was made.
    """

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
    changes = models.JSONField(default=list)
    since = models.PositiveIntegerField(null=True)
    public_reason = models.TextField(blank=True)
    version = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = 'pub"."meeting'
        ordering = ["-held_on", "-starts"]
        indexes = [models.Index(fields=["body", "held_on"], name="pub_meeting_body_day")]

    def __str__(self) -> str:
        return f"{self.body} {self.held_on}"


class PublicItem(PublicRow):
    """A released item or sub-item. Of a closed one: number, public title, ground, and extract or reason, and no case."""

    meeting = models.ForeignKey(PublicMeeting, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="subitems")
    case = models.ForeignKey("PublicCase", on_delete=models.PROTECT, null=True, related_name="items")
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
    """A released copy of an open attachment: named by its public title, its bytes by their SHA-256.

    `pages`: how many pages the reading view has; null = not read yet, or nothing to read; 0 = it cannot be read.
    """

    item = models.ForeignKey(PublicItem, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = 'pub"."file'
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class PublicPrint(models.Model):
    """A PDF that has been published: whoever has the file can ask which release it is, also when that has ended.

    Named by the SHA-256 of its bytes; of a meeting's release or of figures. Only grows; the bytes themselves go when
    the release ends.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    authority = models.CharField(max_length=200)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, related_name="prints")
    figures = models.ForeignKey("PublicFigures", on_delete=models.PROTECT, null=True, related_name="prints")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = 'pub"."print'
        constraints = [
            models.CheckConstraint(
                condition=models.Q(release__isnull=True) ^ models.Q(figures__isnull=True), name="print_of_one_release"
            ),
        ]

    def __str__(self) -> str:
        return self.sha256
