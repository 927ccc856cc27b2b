"""The agenda: items and sub-items, their stated path, their attachments."""

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.models import Case, ItemKind, PathStep, Presentation
from sagsgang.core.models import Row, StandingManager
from sagsgang.documents.access import Access, Ground, closed_needs_ground
from sagsgang.documents.models import DocumentVersion
from sagsgang.meetings.models.meeting import Meeting


class StandingUse(models.TextChoices):
    """What a standing item is for; empty = a heading of the body's own."""

    APPROVE_AGENDA = "agenda", _("adoption of the agenda")
    APPROVE_PROTOCOL = "protocol", _("approval of the last protocol")
    SUBSTITUTES = "substitutes", _("approval of substitutes")
    QUESTION_TIME = "questions", _("question time")
    NOTICES = "notices", _("notices")
    SIGNING = "signing", _("signing of the protocol")


class StandingPlace(models.TextChoices):
    """Where on the agenda a standing item stands."""

    FIRST = "first", _("at the beginning")
    LAST = "last", _("at the end")


class StandingItem(Row):
    """An item that stands on every agenda of a body (fast punkt): adoption of the agenda, signing, notices."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="standing_items")
    place = models.CharField(_("place"), max_length=5, choices=StandingPlace, default=StandingPlace.FIRST)
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=1, choices=ItemKind, blank=True)
    use = models.CharField(_("what it is for"), max_length=11, choices=StandingUse, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["StandingItem"]()
    history = models.Manager["StandingItem"]()

    class Meta:
        verbose_name = _("standing item")
        ordering = ["place", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "use"], condition=Q(withdrawn_at=None) & ~Q(use=""), name="standing_item_one_a_use"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Parties(models.TextChoices):
    """Whether somebody must be told the decision before the public is (R19); empty = nobody has said."""

    NONE = "none", _("no party")
    SOME = "some", _("parties to be told")


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Items, filtered by who asks and by place."""

    def visible_to(self, user: User) -> "AgendaItemQuerySet":
        """Items of the bodies that the user may see; whether she may read a closed one is a permission."""
        return self.filter(meeting__body__in=Body.objects.visible_to(user))

    def top(self) -> "AgendaItemQuerySet":
        """The items of the agenda, without their sub-items."""
        return self.filter(parent__isnull=True)


class AgendaItem(Row):
    """One item (punkt) on one agenda, or a numbered sub-item of one (`parent`).

    `title` is the internal one. `public_title` is what a closed item may be called outside; empty = nothing but
    "closed item". `public_extract` and `withheld_reason` are the public's share of a closed decision (R18); on
    `review_on` the house is asked whether the item may be opened now (`ClosingReview`).
    Items with the same `block` are treated together, without debate. `first_sent_in` is the number of the agenda
    version with which it went out; 1 = the agenda, more = a supplementary agenda. While `parties` are to be told
    and are not (`parties_told_at`), the decision is under embargo (R19).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="subitems")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agenda_items")
    presentation = models.ForeignKey(
        Presentation, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    step = models.ForeignKey(PathStep, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items")
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=1000, blank=True)
    kind = models.CharField(_("kind"), max_length=1, choices=ItemKind, blank=True)
    access = models.CharField(_("access"), max_length=6, choices=Access)
    access_stated = models.BooleanField(default=True)
    ground = models.CharField(_("ground"), max_length=10, choices=Ground, blank=True)
    closing_reason = models.TextField(_("concrete reason"), blank=True)
    public_title = models.CharField(_("public title"), max_length=300, blank=True)
    public_extract = models.TextField(_("public extract"), blank=True)
    withheld_reason = models.TextField(_("why no extract is given"), blank=True)
    review_on = models.DateField(_("asked again on"), null=True, blank=True)
    stated_none = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    standing = models.ForeignKey(StandingItem, on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    block = models.PositiveSmallIntegerField(_("block"), null=True, blank=True)
    first_sent_in = models.PositiveSmallIntegerField(null=True, blank=True)
    parties = models.CharField(_("parties"), max_length=4, choices=Parties, blank=True)
    parties_told_at = models.DateTimeField(_("parties told at"), null=True, blank=True)
    late_reason = models.TextField(_("why it came after the deadline and cannot wait"), blank=True)
    withdrawn_at = models.DateTimeField(_("taken off the agenda at"), null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "parent", "position"],
                nulls_distinct=False,
                condition=Q(withdrawn_at__isnull=True),
                name="agenda_item_one_a_position",
            ),
            models.UniqueConstraint(
                fields=["meeting", "standing"], condition=Q(withdrawn_at=None), name="agenda_item_once_a_standing_item"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="agenda_item_not_its_own_parent"),
            closed_needs_ground("agenda_item"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title

    @property
    def is_closed(self) -> bool:
        """Closed to the public, as a whole."""
        return self.access == Access.CLOSED

    def is_sent(self, agenda_sent_at: datetime | None) -> bool:
        """Has it gone out, when its meeting's agenda was sent at this time? What came later waits for a supplement.

        What has no version number was on an agenda that went out before versions were kept.
        """
        return agenda_sent_at is not None and (self.first_sent_in is not None or self.created_at <= agenda_sent_at)


class PlannedStep(Row):
    """A step of an item's path (sagsgang) as stated: a body's code or name, and its date if one was named."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    stated_body = models.CharField(max_length=200)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    planned_on = models.DateField(_("date"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["PlannedStep"]()
    history = models.Manager["PlannedStep"]()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "position"], condition=Q(withdrawn_at=None), name="planned_step_one_a_position"
            ),
        ]

    def __str__(self) -> str:
        return self.stated_body


class Attachment(Row):
    """A document in its place under an item or sub-item (bilag). Open or closed for itself.

    Of a closed one the public sees its place, and `public_title` where `title_is_public`; nothing else. With a
    `presentation` it is the next body's item, which is itself a draft here: linked, not copied.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="attachments")
    version = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=500)
    document_id = models.CharField(_("document id"), max_length=40, blank=True)
    document_number = models.CharField(_("document number"), max_length=40, blank=True)
    mark = models.CharField(_("mark"), max_length=8, blank=True)
    access = models.CharField(_("access"), max_length=6, choices=Access)
    ground = models.CharField(_("ground"), max_length=10, choices=Ground, blank=True)
    presentation = models.ForeignKey(
        Presentation, on_delete=models.PROTECT, null=True, blank=True, related_name="linked_on"
    )
    public_title = models.CharField(_("public title"), max_length=500, blank=True)
    title_is_public = models.BooleanField(_("title may be shown"), default=False)
    in_packet = models.BooleanField(_("in the packet"), default=True)
    on_web = models.BooleanField(_("on the web"), default=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("attachment")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "position"], condition=Q(withdrawn_at__isnull=True), name="attachment_one_a_position"
            ),
            closed_needs_ground("attachment"),
        ]

    def __str__(self) -> str:
        return self.title


class ItemSpeaker(Row):
    """Who presents an item, named on the agenda: an orientation's speaker with role, or a short talk (5 minutters oplæg)."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="speakers")
    position = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=120, blank=True)
    is_talk = models.BooleanField(_("a short talk"), default=False)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["ItemSpeaker"]()
    history = models.Manager["ItemSpeaker"]()

    class Meta:
        verbose_name = _("speaker")
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.role} {self.name}".strip()


class AgendaVersion(models.Model):
    """The agenda as it went out once: number 1 is the agenda, the next ones supplementary agendas. Append-only.

    `lines` is the agenda as it stood: a list of {item, parent, number, title, kind, access, presentation,
    attachments: [ids], late_reason, path: [{name, body, on}], speakers: [{name, role, is_talk, minutes}]}, closed ones
    with their internal titles; path and speakers are missing in old versions. `reason` is printed (R3).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda_versions")
    number = models.PositiveSmallIntegerField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    reason = models.TextField(_("why it comes late"), blank=True)
    lines = models.JSONField(default=list)

    class Meta:
        verbose_name = _("agenda version")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_version_once")]

    def __str__(self) -> str:
        return f"{self.meeting} {self.number}"


class AccessRequest(Row):
    """A council member asks to read the closed material of an item of a body she has no seat in (R21, KSL § 20 stk. 6).

    `granted` is None until the body's secretary has answered; a grant is taken back by `withdrawn_at`.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="access_requests")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="access_requests")
    reason = models.TextField(_("why"), blank=True)
    granted = models.BooleanField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(_("answer"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("request for access")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "user"], condition=Q(withdrawn_at=None), name="access_request_one_open"
            ),
            models.CheckConstraint(
                condition=Q(granted=None) | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="access_request_answer_has_its_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.item_id}"
