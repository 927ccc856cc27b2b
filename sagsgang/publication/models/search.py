"""What is searched: the words of what is released, in the transaction of the release and gone with it.

The column `vector` and the indexes (migrations 0007, 0013 and 0016) is computed by the database from title, strong, text and parts; its triggers count
the words of every entry that comes or goes in `SearchWord`, and move `SearchState`.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sagsgang.publication.models.released import PublicBody, PublicFile, PublicItem, PublicMeeting, PublicRow


class EntryKind(models.TextChoices):
    """What is found. A decision stands in its item's entry too: it is an entry of its own for who asks for it alone."""

    ITEM = "item", _("Items")
    DECISION = "decision", _("Decisions")
    FILE = "file", _("Attachments")
    MEETING = "meeting", _("Meetings")


class SearchEntry(PublicRow):
    """The words of an item, of its decision, of (a piece of) a released file, or of a meeting as a whole.

    Made and deleted, never changed. `item` is null of a meeting alone. `id` follows from what it is of, `position` is
    the order within the meeting, `state` the kind of the release. `strong` holds decision and recommendation; `parts`
    the parts of compounds and other spellings, never shown; `words` each word that is counted. `text` of a file divides
    its pages by form feeds, from `first_page`.
    """

    kind = models.CharField(max_length=8, choices=EntryKind)
    # No index of its own: the index of words holds the body too, and this one would be taken in its place.
    body = models.ForeignKey(PublicBody, on_delete=models.PROTECT, related_name="+", db_index=False)
    meeting = models.ForeignKey(PublicMeeting, on_delete=models.CASCADE, related_name="search_entries")
    item = models.ForeignKey(PublicItem, on_delete=models.CASCADE, null=True, related_name="search_entries")
    file = models.ForeignKey(PublicFile, on_delete=models.CASCADE, null=True, related_name="search_entries")
    held_on = models.DateField()
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=1000, blank=True)
    strong = models.TextField(blank=True)
    text = models.TextField(blank=True)
    parts = models.TextField(blank=True)
    words = ArrayField(models.TextField())
    first_page = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = 'pub"."search_entry'

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """In how many entries a word stands. Written by the database alone; a word that stands nowhere is no row."""

    pk = models.CompositePrimaryKey("authority", "word")
    authority = models.CharField(max_length=200)
    word = models.TextField()
    entries = models.IntegerField()

    class Meta:
        db_table = 'pub"."word'

    def __str__(self) -> str:
        return self.word


class SearchState(models.Model):
    """How often what is searched has changed: the mark by which a page of results is known to be the same."""

    authority = models.CharField(max_length=200, primary_key=True)
    version = models.BigIntegerField()

    class Meta:
        db_table = 'pub"."search_state'

    def __str__(self) -> str:
        return f"{self.authority} {self.version}"


class ReadFile(models.Model):
    """Inside the house: the words of a released copy have been read; `text_sha256` names them in the house's store."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    text_sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.sha256
