"""The secretary's words around the facts, and the chain of what was made final, signed and amended."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Person
from sagsgang.core.models import Row
from sagsgang.meetings.models import AgendaItem, Meeting


class Place(models.TextChoices):
    """Where the secretary's words stand, beside what the house itself writes."""

    BEFORE = "before", _("before")
    AFTER = "after", _("after")


class ProtocolNote(Row):
    """The secretary's words in the protocol of a meeting (`item` None) or at an item; sanitised HTML.

    They stand around what the house writes from the facts, and never replace it. `revision` counts the savings.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="protocol_notes")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="protocol_notes")
    place = models.CharField(_("place"), max_length=6, choices=Place, default=Place.AFTER)
    html = models.TextField(_("words"), blank=True)
    revision = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("note in the protocol")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "item", "place"], nulls_distinct=False, name="protocol_note_one_a_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.place}"


class EntryKind(models.TextChoices):
    """What was entered in the chain of a body's protocols."""

    FINAL = "final", _("protocol made final")
    SIGNATURE = "signature", _("signature")
    RESERVATION = "reservation", _("signature with reservation")
    REMINDER = "reminder", _("reminder to sign")
    APPROVAL = "approval", _("approval by the body")
    AMENDMENT = "amendment", _("amendment")


class ProtocolEntry(models.Model):
    """One link of the chain of a body's protocols (R38, R39). Append-only; the database numbers and hashes it.

    `document` is canonical JSON: of a final protocol its whole text, of a signature what was signed (the hash of the
    final entry) and the reservation's words, of an amendment who, when, why and the words. `sha256` covers every
    column and the link before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="protocol_entries")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="protocol_entries")
    kind = models.CharField(max_length=11, choices=EntryKind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="protocol_entries")
    document = models.TextField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    number = models.PositiveIntegerField(default=0, editable=False)
    previous = models.CharField(max_length=64, default="", editable=False)
    sha256 = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        verbose_name = _("entry in the protocol's chain")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="protocol_entry_one_number_a_body"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(kind="final"), name="protocol_entry_final_once_a_meeting"
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(kind__in=["signature", "reservation"]),
                name="protocol_entry_signed_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["signature", "reservation"]) | Q(person__isnull=False),
                name="protocol_entry_signature_has_its_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.number}"


class Packet(Row):
    """A member's packet of a meeting (samlet dagsorden med bilag), made on order and for who ordered it alone.

    `rights` is a hash of what she could read when it was made: it is handed out only while that is the same. `done` of
    `total` files are ready. `problems` are {attachment, problem} of the files that are not in it. The bytes are
    forgotten after a while (`rendering.paper_pdf.KEPT_DAYS`) and can be made again.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packets")
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="packets")
    rights = models.CharField(max_length=64, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    pages = models.PositiveIntegerField(null=True, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    holds_closed = models.BooleanField(default=False)
    failed = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("packet")
        indexes = [models.Index(fields=["meeting", "ordered_by", "-created_at"], name="packet_newest")]

    def __str__(self) -> str:
        return f"{self.meeting} {self.ordered_by_id}"

    @property
    def is_ready(self) -> bool:
        """Can it be fetched?"""
        return self.finished_at is not None and not self.failed
