"""Meetings, their agenda items and sub-items, attachments, attendance, and what was decided."""

import uuid
from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Person
from sagsgang.cases.models import Case, ItemKind, PathStep, Presentation
from sagsgang.core.models import Row, StandingManager
from sagsgang.documents.access import Access, Ground, closed_needs_ground
from sagsgang.documents.models import DocumentVersion


class MeetingKind(models.TextChoices):
    """Ordinary, or called for its own reason."""

    ORDINARY = "ordinary", _("ordinary")
    EXTRAORDINARY = "extraordinary", _("extraordinary")


class Form(models.TextChoices):
    """Whether a whole meeting is held here, or one item of it that was printed alone."""

    MEETING = "meeting", _("whole meeting")
    ITEM = "item", _("single item")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, filtered by who asks."""

    def visible_to(self, user: User) -> "MeetingQuerySet":
        """Meetings of the bodies that the user may see."""
        return self.filter(body__in=Body.objects.visible_to(user))


class Meeting(Row):
    """A meeting of a body on a day (møde). `starts` and `ends` are local times and may be unknown.

    A meeting without items is planned; its state is never typed.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=14, choices=MeetingKind, default=MeetingKind.ORDINARY)
    form = models.CharField(max_length=8, choices=Form, default=Form.MEETING)
    held_on = models.DateField(_("date"))
    starts = models.TimeField(_("starts"), null=True, blank=True)
    ends = models.TimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    number = models.CharField(_("meeting number"), max_length=40, blank=True)
    agenda_sent_at = models.DateTimeField(_("agenda sent at"), null=True, blank=True)
    stated_none = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        ordering = ["held_on", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["body", "held_on", "kind"], name="meeting_one_a_day_and_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.held_on:%d-%m-%Y}"


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
    "closed item". `public_extract` and `withheld_reason` are the public's share of a closed decision (R18).
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
    stated_none = ArrayField(models.CharField(max_length=20), default=list, blank=True)
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
            models.CheckConstraint(condition=~Q(parent=F("id")), name="agenda_item_not_its_own_parent"),
            closed_needs_ground("agenda_item"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title

    @property
    def is_closed(self) -> bool:
        """Closed to the public, as a whole."""
        return self.access == Access.CLOSED


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

    Of a closed one the public sees its place, and `public_title` where `title_is_public`; nothing else.
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


class AttendanceState(models.TextChoices):
    """Was she there?"""

    PRESENT = "present", _("present")
    ABSENT = "absent", _("absent")


class Attendance(Row):
    """What is known of one person's presence: at the meeting, or (`item`) at one item alone.

    Name, title, role and party stand as they were that day; a later marriage or list change does not reach back.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="attendance")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendance")
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(_("attendance"), max_length=8, choices=AttendanceState)
    title = models.CharField(_("title"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=60, blank=True)
    party = models.CharField(_("party"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    substitute_for = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Attendance"]()
    history = models.Manager["Attendance"]()

    class Meta:
        verbose_name = _("attendance")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "item", "person"],
                nulls_distinct=False,
                condition=Q(withdrawn_at=None),
                name="attendance_once_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_state_display()}"


class Outcome(models.TextChoices):
    """What became of the item, in the words of the field; empty = the text says it, and no more is claimed."""

    APPROVED = "approved", _("approved")
    RECOMMENDED = "recommended", _("recommended")
    DISCUSSED = "discussed", _("discussed")
    NOTED = "noted", _("taken note of")
    POSTPONED = "postponed", _("postponed")
    RETURNED = "returned", _("returned")
    REJECTED = "rejected", _("rejected")
    LAPSED = "lapsed", _("lapsed")
    FORWARDED = "forwarded", _("forwarded")
    HALTED = "halted", _("halted")


class Decision(models.Model):
    """One body's decision on one item, in one version. Append-only: a correction is the next version.

    An item may carry several: earlier bodies' come first (`position`), this meeting's last. `dissent` (mindretal's
    statement, sanitised HTML) follows the case on; `absent` are the lines of who was absent at an earlier body.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveSmallIntegerField(default=1)
    stated_body = models.CharField(max_length=200)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("date"), null=True, blank=True)
    number = models.CharField(max_length=20, blank=True)
    html = models.TextField(_("decision"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    dissent = models.TextField(_("dissent"), blank=True)
    absent = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("decision")
        ordering = ["position", "version"]
        constraints = [
            models.UniqueConstraint(fields=["item", "position", "version"], name="decision_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stated_body} {self.decided_on}"


def current_decisions(decisions: Iterable[Decision]) -> list[Decision]:
    """The newest version of each decision, in printed order."""
    newest: dict[int, Decision] = {}
    for decision in decisions:
        known = newest.get(decision.position)
        if known is None or known.version < decision.version:
            newest[decision.position] = decision
    return [newest[position] for position in sorted(newest)]


def own_decision(decisions: Iterable[Decision], meeting: Meeting) -> Decision | None:
    """This meeting's own decision among those on an item: of its body and day, or under a bare heading."""
    for decision in current_decisions(decisions):
        if decision.body_id in (meeting.body_id, None) and decision.decided_on in (meeting.held_on, None):
            return decision
    return None


class ConflictOfInterest(Row):
    """A member whom the body found to have a conflict of interest at an item (inhabilitet, KSL § 14).

    She is shut out of the item's closed material everywhere, from the moment it is noted (leak rule 11).
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("conflict of interest")
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], condition=Q(withdrawn_at=None), name="conflict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"
