"""When an agenda was made available to each member, and when she first opened it (R7, KSL § 8 a). Append-only, both."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Person
from sagsgang.meetings.models.agenda import AgendaVersion


class AgendaReceipt(models.Model):
    """One member got one version of an agenda on her own pages, at this moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(AgendaVersion, on_delete=models.PROTECT, related_name="receipts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agenda_receipts")
    available_at = models.DateTimeField()

    class Meta:
        verbose_name = _("delivery of an agenda")
        ordering = ["available_at"]
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="agenda_receipt_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.available_at:%d-%m-%Y %H.%M}"


class AgendaOpening(models.Model):
    """The first time that she opened what was delivered; what she reads of it is hers alone (`members.ItemReading`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    receipt = models.OneToOneField(AgendaReceipt, on_delete=models.PROTECT, related_name="opening")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("first opening of an agenda")

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.opened_at:%d-%m-%Y %H.%M}"
