"""The public's case: what ties the released items of one case together; and what a body's page and a file's page show."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from sagsgang.publication.models.released import PublicBody, PublicFile, PublicRow


class PublicCase(PublicRow):
    """A case as far as released items show it: there is a row as long as an open released item is of it.

    Title and day are those of its newest item. `version` moves with every release that shows or showed the case, and
    with the name of a body on its path.
    """

    title = models.CharField(max_length=1000, blank=True)
    slug = models.CharField(max_length=160)
    held_on = models.DateField()
    version = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = 'pub"."case'
        ordering = ["-held_on", "slug", "id"]

    def __str__(self) -> str:
        return self.title


class MemberRole(models.TextChoices):
    """What somebody is in a body, to the public."""

    CHAIR = "chair", _("chair")
    VICE_CHAIR = "vice_chair", _("vice chair")
    MEMBER = "member", _("member")
    SUBSTITUTE = "substitute", _("substitute")


class MemberLine(models.Model):
    """Who sits in a body now. Let out with the body's meeting calendar, and follows the seats as the calendar does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.CharField(max_length=200)
    body = models.ForeignKey(PublicBody, on_delete=models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=12, choices=MemberRole)
    party = models.CharField(max_length=40, blank=True)
    held_from = models.DateField(null=True)
    held_to = models.DateField(null=True)

    class Meta:
        db_table = 'pub"."member_line'
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class FilePage(models.Model):
    """The words of one page (from 1) of a released file: a paragraph a line, read from the released bytes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(PublicFile, on_delete=models.CASCADE, related_name="read_pages")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        db_table = 'pub"."file_page'
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="file_page_one_number_a_file")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.number}"
