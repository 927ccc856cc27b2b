"""What was decided, and how it stands: decisions in versions, per point, dissent."""

import uuid
from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body, Person
from sagsgang.cases.models import Case, PathStep
from sagsgang.core.models import Row, StandingManager
from sagsgang.meetings.models.agenda import AgendaItem
from sagsgang.meetings.models.meeting import Meeting


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

    An item may carry several: earlier bodies' come first (`position`), this meeting's last. `all_agreed`: a matter
    outside the agenda was decided because all present agreed (R10). `dissent` (mindretal's
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
    all_agreed = models.BooleanField(_("all present agreed to take it up"), default=False)
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


class PointDecision(models.Model):
    """What became of one point of the recommendation, in one version of the decision. Append-only, like its decision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField()
    marker = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    words = models.TextField(_("words"), blank=True)

    class Meta:
        verbose_name = _("decision on a point")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["decision", "position"], name="point_decision_once")]

    def __str__(self) -> str:
        return f"{self.marker} {self.get_outcome_display()}"


class DissentStatement(Row):
    """A participant's dissent (mindretalsudtalelse), entered briefly on demand (R41, KSL § 13 stk. 2); plain words."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="dissents")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="dissents")
    party = models.CharField(max_length=40, blank=True)
    words = models.TextField(_("dissent"), max_length=1000)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["DissentStatement"]()
    history = models.Manager["DissentStatement"]()

    class Meta:
        verbose_name = _("dissent")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], condition=Q(withdrawn_at=None), name="dissent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class HaltPower(models.TextChoices):
    """By which right a decision is halted."""

    MEMBER = "member", _("a member's right to halt (KSL § 23)")
    MAYOR = "mayor", _("the mayor's right to halt (KSL § 31 a)")


class HaltRequest(Row):
    """A decision of a committee is halted and goes to the council (standsningsret). Withdrawn = the decision stands.

    `step` is the council's step if the halt put it on the case's path; it goes again when the halt is withdrawn.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="halts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="halts")
    power = models.CharField(_("right"), max_length=6, choices=HaltPower)
    order = models.TextField(_("the mayor's written order"), blank=True)
    step = models.ForeignKey(PathStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["HaltRequest"]()
    history = models.Manager["HaltRequest"]()

    class Meta:
        verbose_name = _("halt")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], condition=Q(withdrawn_at=None), name="halt_once"),
            models.CheckConstraint(condition=~Q(power="mayor", order=""), name="halt_mayor_writes"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class UrgentDecision(Row):
    """What the mayor or a committee's chair decided between meetings (R35, KSL § 31 and § 22 stk. 2).

    `notice` is the item on the next agenda that tells the body of it, once it is there. While that agenda is not sent
    the decision can be taken back, with the reason; the row stays.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="urgent_decisions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="urgent_decisions")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="urgent_decisions")
    decided_on = models.DateField(_("date"))
    ground = models.TextField(_("why it could not wait, or admits no doubt"))
    html = models.TextField(_("decision"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    notice = models.OneToOneField(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="urgent_decision"
    )
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.TextField(_("why it was taken back"), blank=True)

    class Meta:
        verbose_name = _("urgent decision")
        ordering = ["decided_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
                name="urgent_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.decided_on}"

    @property
    def is_told(self) -> bool:
        """Has the notice of it gone out with an agenda?"""
        notice = self.notice
        return notice is not None and notice.withdrawn_at is None and notice.is_sent(notice.meeting.agenda_sent_at)


class StandardPhrase(Row):
    """A municipality's own phrase for a decision (standardfrase), chosen when one is written; {body} is filled in."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="phrases")
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    words = models.CharField(_("words"), max_length=500)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["StandardPhrase"]()
    history = models.Manager["StandardPhrase"]()

    class Meta:
        verbose_name = _("standard phrase")
        ordering = ["outcome", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "outcome", "words"], condition=Q(withdrawn_at=None), name="standard_phrase_once"
            ),
        ]

    def __str__(self) -> str:
        return self.words


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
