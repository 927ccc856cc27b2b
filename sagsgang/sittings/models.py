"""What happens in the room: proposals, polls and votes, speakers, and the line of acts that listeners follow."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.core.models import Row, StandingManager
from sagsgang.meetings.models import AgendaItem, Meeting


class ProposalKind(models.TextChoices):
    """What is moved. Amendments to amendments are voted on before amendments, those before the main proposal (R26)."""

    SUBAMENDMENT = "sub", _("amendment to an amendment")
    AMENDMENT = "amendment", pgettext_lazy("proposal", "amendment")
    MAIN = "main", _("main proposal")
    PROCEDURE = "procedure", _("procedural motion")


class Proposal(Row):
    """Something moved at an item (forslag): the main proposal is the recommendation, the rest is moved in the room."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(_("kind"), max_length=9, choices=ProposalKind, default=ProposalKind.MAIN)
    position = models.PositiveSmallIntegerField(default=1)
    words = models.TextField(_("proposal"), max_length=4000)
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    party = models.CharField(_("party or list"), max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Proposal"]()
    history = models.Manager["Proposal"]()

    class Meta:
        verbose_name = _("proposal")
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position}"


class Method(models.TextChoices):
    """How it was voted."""

    NONE = "none", _("without a vote")
    SHOW = "show", _("show of hands")
    GROUPS = "groups", _("by group")
    ROLL_CALL = "roll_call", _("roll-call")
    SECRET = "secret", _("secret ballot")


class Choice(models.TextChoices):
    """A vote. Only those for and against are cast (R25)."""

    FOR = "for", _("for")
    AGAINST = "imod", _("against")
    ABSTAINED = "undlod", _("abstained")
    BLANK = "blank", _("blank")


class Poll(Row):
    """One vote (afstemning) at an item, on a proposal or on the recommendation. Open until `closed_at`; one at a time.

    Its result is computed from its ballots and who was present, never typed. `declared` (without a vote): the chair's
    conclusion, True = adopted.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="polls")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="polls")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="polls")
    position = models.PositiveSmallIntegerField()
    method = models.CharField(_("method"), max_length=9, choices=Method)
    declared = models.BooleanField(_("adopted without a vote"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Poll"]()
    history = models.Manager["Poll"]()

    class Meta:
        verbose_name = _("poll")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(closed_at=None, withdrawn_at=None), name="poll_one_open_a_meeting"
            ),
            models.UniqueConstraint(
                fields=["item", "position"], condition=Q(withdrawn_at=None), name="poll_one_a_position"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="poll_in_order"
            ),
            models.CheckConstraint(condition=Q(declared=None) | Q(method="none"), name="poll_declared_without_vote"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.position}"


class Ballot(Row):
    """Votes in a poll: a member's one vote (`person`), a group's (`party`), or a count of hands or papers (neither).

    After the poll is closed, or in a secret one with a name, the database refuses them.
    """

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="ballots")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="ballots")
    party = models.CharField(max_length=40, blank=True)
    choice = models.CharField(_("vote"), max_length=7, choices=Choice)
    count = models.PositiveSmallIntegerField(_("votes"), default=1)

    class Meta:
        verbose_name = _("ballot")
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "person"], condition=Q(person__isnull=False), name="ballot_one_vote_a_member"
            ),
            models.UniqueConstraint(
                fields=["poll", "party", "choice"], condition=Q(person__isnull=True), name="ballot_one_count_a_choice"
            ),
            models.CheckConstraint(condition=Q(person__isnull=True) | Q(count=1), name="ballot_a_member_has_one_vote"),
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()}: {self.count}"


class TurnKind(models.TextChoices):
    """What somebody has the floor for."""

    SPEECH = "speech", _("speech")
    REMARK = "remark", _("short remark")
    TALK = "talk", _("5-minute talk")


class Turn(Row):
    """Somebody on the list of speakers (talerliste): asked for the floor, got it, ended. `name` for who is no member."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="turns")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="turns")
    name = models.CharField(_("name"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=6, choices=TurnKind, default=TurnKind.SPEECH)
    position = models.PositiveSmallIntegerField()
    seconds = models.PositiveSmallIntegerField(_("speaking time, seconds"), null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Turn"]()
    history = models.Manager["Turn"]()

    class Meta:
        verbose_name = _("speaker's turn")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(began_at__isnull=False, ended_at=None, withdrawn_at=None),
                name="turn_one_has_the_floor",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(began_at__isnull=False, ended_at__gte=F("began_at")),
                name="turn_in_order",
            ),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(name=""), name="turn_has_a_speaker"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.person)


class SittingAct(models.Model):
    """One act of the meeting, in its order: what listeners follow, and what makes an act sent twice happen once.

    `key` is made where it was typed. Carries no words: who follows along asks for the page, which knows who she is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="acts")
    number = models.PositiveIntegerField()
    key = models.UUIDField(unique=True)
    verb = models.CharField(max_length=60)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="acts")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="sitting_act_one_a_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"
