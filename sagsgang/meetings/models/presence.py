"""Who was there: what the protocol says of each person, when she was in the room, and who was let in for her."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.core.models import Row, StandingManager
from sagsgang.meetings.models.agenda import AgendaItem
from sagsgang.meetings.models.meeting import Meeting


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


class Mode(models.TextChoices):
    """How somebody takes part."""

    ROOM = "room", _("in the room")
    REMOTE = "remote", _("remote")


class Span(Func):
    """The time between two moments; open where the end is not known yet."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class Presence(Row):
    """One stretch of one person's presence in a meeting that is run here; `until` is None while she is there.

    From these alone follow presence at an item, quorum and who may vote. Two stretches of one person never overlap.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="presences")
    mode = models.CharField(_("mode"), max_length=6, choices=Mode, default=Mode.ROOM)
    since = models.DateTimeField(_("arrived"))
    until = models.DateTimeField(_("left"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Presence"]()
    history = models.Manager["Presence"]()

    class Meta:
        verbose_name = _("presence")
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="presence_in_order"),
            ExclusionConstraint(
                name="presence_never_overlaps",
                expressions=[
                    (Span("since", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                    ("meeting", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.since:%H.%M}"


class Treatment(Row):
    """When an item was treated; an item may be taken up again. One item at a time in each meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="treatments")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="treatments")
    began_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("treatment")
        ordering = ["began_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="treatment_in_order"
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(ended_at=None), name="treatment_one_item_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.began_at:%H.%M}"


class ActingChair(Row):
    """Somebody was named to preside while the chair is away (R29), from `since` on. Another may be named after her.

    One that was put right before anything happened under it is withdrawn.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="acting_chairs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="acting_chairs")
    since = models.DateTimeField(_("since"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["ActingChair"]()
    history = models.Manager["ActingChair"]()

    class Meta:
        verbose_name = _("acting chair")
        ordering = ["since", "created_at"]

    def __str__(self) -> str:
        return f"{self.person}: {self.since:%H.%M}"


class SubstitutionKind(models.TextChoices):
    """By which rule a substitute sits."""

    COUNCIL = "council", _("called in from the list (KSL § 15)")
    COMMITTEE = "committee", _("chosen by the electoral group (KSL § 28(2))")
    CONFLICT = "conflict", _("for one item, because of a conflict of interest (KSL § 14)")


class Substitution(Row):
    """A substitute (stedfortræder) sits in for an absent member: from `item` on, or (conflict) at that item alone.

    `skipped` are those before her on the list, with the lawful ground for each: [{"person": id, "ground": words}].
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="substitutions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="substitutions")
    kind = models.CharField(_("kind"), max_length=9, choices=SubstitutionKind)
    absent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substituted")
    substitute = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substituting")
    skipped = models.JSONField(default=list, blank=True)
    approved_at = models.DateTimeField(_("approved by the body at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Substitution"]()
    history = models.Manager["Substitution"]()

    class Meta:
        verbose_name = _("substitution")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "item", "absent"],
                nulls_distinct=False,
                condition=Q(withdrawn_at=None),
                name="substitution_one_for_each_absent",
            ),
            models.UniqueConstraint(
                fields=["meeting", "item", "substitute"],
                nulls_distinct=False,
                condition=Q(withdrawn_at=None),
                name="substitution_one_seat_a_substitute",
            ),
            models.CheckConstraint(condition=~Q(absent=F("substitute")), name="substitution_not_for_herself"),
            models.CheckConstraint(
                condition=~Q(kind="conflict") | Q(item__isnull=False), name="substitution_conflict_names_its_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} for {self.absent}"


class AbsenceReport(Row):
    """A member has said that she will not come (afbud); the secretary sees it, and the rules of substitutes follow."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="absence_reports")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absence_reports")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["AbsenceReport"]()
    history = models.Manager["AbsenceReport"]()

    class Meta:
        verbose_name = _("report of absence")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(withdrawn_at=None), name="absence_report_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class ConflictOfInterest(Row):
    """A member whom the body found to have a conflict of interest at an item (inhabilitet, KSL § 14).

    She is shut out of the item's closed material everywhere, from the moment it is noted (leak rule 11), and counts
    neither for the quorum nor for the vote there. `left_at` and `returned_at` are known of a meeting that is run here.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_by_self = models.BooleanField(_("raised by the member"), default=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    returned_at = models.DateTimeField(_("returned"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("conflict of interest")
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], condition=Q(withdrawn_at=None), name="conflict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"
