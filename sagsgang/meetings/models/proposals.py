"""What a member asks to have on the agenda (R9, KSL § 11 stk. 1), and until when a body takes it for the next meeting."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Person
from sagsgang.cases.models import Case
from sagsgang.core.models import Row, StandingManager
from sagsgang.meetings.models.meeting import Meeting

USUAL_PROPOSAL_DAYS = 8


class ProposalCutoff(Row):
    """How many days before a meeting of the body a member's proposal must be in; `USUAL_PROPOSAL_DAYS` without a row."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="proposal_cutoff")
    days = models.PositiveSmallIntegerField(_("members' proposals, days before"), default=USUAL_PROPOSAL_DAYS)

    class Meta:
        verbose_name = _("last day for members' proposals")

    def __str__(self) -> str:
        return f"{self.body} {self.days}"


class MemberProposal(Row):
    """A matter that a member raises in writing for her body. Read by herself and by the body's secretaries alone.

    `meeting` is the one that she wishes; None = the next one that the proposal reaches. It is answered by a `case` that
    is opened for it, or by words; until then she may take it back.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="member_proposals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="member_proposals")
    title = models.CharField(_("title"), max_length=300)
    words = models.TextField(_("what it is about"), max_length=10_000)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="member_proposals"
    )
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="member_proposal")
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["MemberProposal"]()
    history = models.Manager["MemberProposal"]()

    class Meta:
        verbose_name = _("member's proposal")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, case=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & (Q(case__isnull=False) | ~Q(answer=""))),
                name="member_proposal_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(answered_at=None), name="member_proposal_answered_stands"
            ),
        ]

    def __str__(self) -> str:
        return self.title
