"""What the house must answer when it has taken a release back: was it a breach, and what was done about it."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Personal(models.TextChoices):
    """Was anything about a person out that should not have been? Empty = not answered."""

    YES = "yes", _("yes, personal data was out")
    NO = "no", _("no, it held no personal data that should not have been out")


class BreachKind(models.TextChoices):
    """What sort of personal data was out."""

    CPR = "cpr", _("CPR number")
    NAME = "name", _("name")
    CONTACT = "contact", _("address, telephone or e-mail")
    MONEY = "money", _("economy or bank account")
    HEALTH = "health", _("health")
    SOCIAL = "social", _("social circumstances")
    CRIME = "crime", _("criminal offences")
    STAFF = "staff", _("employment matters")
    CHILD = "child", _("about a child")
    OTHER = "other", pgettext_lazy("personal data", "other")


class Risk(models.TextChoices):
    """How great the risk to the persons is (GDPR art. 33 and 34). Empty = not answered."""

    UNLIKELY = "unlikely", _("unlikely to be a risk to the persons")
    RISK = "risk", _("a risk to the persons")
    HIGH = "high", _("a high risk to the persons")


class Told(models.TextChoices):
    """Has somebody been told? Empty = not answered; "not needed" carries a reason."""

    DONE = "done", pgettext_lazy("breach", "done")
    NOT_NEEDED = "not_needed", pgettext_lazy("breach", "not needed")


class Breach(models.Model):
    """Inside the house: the checklist of a withdrawn release. One for each withdrawal; open until all is answered.

    `discovered_at` starts the 72 hours within which the Data Protection Agency is told (GDPR art. 33). The words
    (`seen_by`, notes, `measures`) are for the house's own record (art. 33, 5) and go nowhere else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release_id = models.UUIDField(unique=True)
    meeting_id = models.UUIDField(db_index=True)
    discovered_at = models.DateTimeField(_("discovered"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    personal = models.CharField(max_length=3, choices=Personal, blank=True)
    kinds = ArrayField(models.CharField(max_length=10, choices=BreachKind), default=list, blank=True)
    persons = models.PositiveIntegerField(_("how many persons"), null=True, blank=True)
    seen_by = models.TextField(_("who can have seen it"), blank=True)
    risk = models.CharField(max_length=10, choices=Risk, blank=True)
    risk_note = models.TextField(_("why the risk is judged so"), blank=True)
    officer_told = models.CharField(max_length=10, choices=Told, blank=True)
    officer_note = models.TextField(blank=True)
    agency_told = models.CharField(max_length=10, choices=Told, blank=True)
    agency_note = models.TextField(blank=True)
    persons_told = models.CharField(max_length=10, choices=Told, blank=True)
    persons_note = models.TextField(blank=True)
    engines_told = models.CharField(max_length=10, choices=Told, blank=True)
    engines_note = models.TextField(blank=True)
    measures = models.TextField(_("what is done so that it does not happen again"), blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("breach checklist")
        ordering = ["discovered_at"]

    def __str__(self) -> str:
        return str(self.release_id)
