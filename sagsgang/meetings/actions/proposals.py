"""A member raises a matter in writing (R9); the body's secretary takes it up as a case, or answers why not."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate, now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Person, Seat
from sagsgang.cases.actions.case import CaseFacts, open_case
from sagsgang.cases.actions.editing import save_section
from sagsgang.cases.actions.versions import begin_draft
from sagsgang.cases.models import Case, Purpose, SectionKind
from sagsgang.core.models import record
from sagsgang.documents import richtext
from sagsgang.documents.access import Access
from sagsgang.meetings.actions.returning import add_step
from sagsgang.meetings.models import Meeting, MemberProposal, ProposalCutoff
from sagsgang.meetings.queries.proposals import cutoff_days, line_of
from sagsgang.meetings.rules import proposals as rules


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What a member writes; `meeting` is the one that she wishes, None = the next one that it reaches."""

    title: str
    words: str
    meeting: Meeting | None = None


@transaction.atomic
def raise_matter(body: Body, facts: ProposalFacts, *, person: Person, actor: User) -> MemberProposal:
    """Put a matter to the body's secretary for the next agenda. The same words while they wait are the same proposal.

    Raises `RuleBrokenError` without seat, title or words, or for a meeting that is not one of the body's to come.
    """
    today = localdate()
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    rules.require_seat(has_seat=Seat.objects.on(today).filter(body=body, person=person).exists())
    rules.require_proposal(facts.title, facts.words)
    wish = facts.meeting
    fits = wish is None or (wish.body_id == body.pk and wish.held_on >= today and wish.cancelled_at is None)
    rules.require_wish(fits=fits)
    columns = {"body": body, "person": person, "title": facts.title.strip(), "words": facts.words.strip()}
    known = MemberProposal.objects.filter(**columns, meeting=wish, answered_at=None).first()
    if known is not None:
        return known
    proposal = MemberProposal.objects.create(**columns, meeting=wish)
    record(actor, "raise_matter", body, proposal=str(proposal.pk))
    return proposal


@transaction.atomic
def withdraw_matter(proposal: MemberProposal, *, actor: User) -> None:
    """The member takes it back, while nobody has taken it up or answered. Twice is once."""
    proposal = _locked(proposal)
    if proposal.withdrawn_at is not None:
        return
    rules.require_waiting(is_withdrawn=False, is_answered=proposal.answered_at is not None)
    proposal.withdrawn_at = now()
    proposal.save(update_fields=["withdrawn_at", "modified_at"])
    record(actor, "withdraw_matter", proposal.body, proposal=str(proposal.pk))


@transaction.atomic
def take_up_matter(proposal: MemberProposal, *, access: str, ground: str, actor: User) -> Case:
    """Open a case of it: the member's words as its draft, and a step of its path at the body, for the meeting that it is
    for. The secretary is its caseworker until a unit gets it. Raises `RuleBrokenError`.
    """
    proposal = _waiting(proposal)
    line = line_of(proposal, localdate())
    facts = CaseFacts(title=proposal.title, caseworker=actor, access=access, ground=ground)
    case = open_case(proposal.body.authority, facts, actor=actor)
    wanted = line.wanted if line.is_in_time else line.reaches
    day = wanted.held_on if wanted is not None and wanted.held_on >= localdate() else None
    add_step(case, body=proposal.body, after=None, purpose=Purpose.DECISION, planned_on=day, actor=actor)
    draft = begin_draft(case, body=proposal.body, actor=actor)
    sections = list(draft.sections.exclude(kind=SectionKind.RECOMMENDATION).order_by("position"))
    section = min(sections, key=lambda row: row.kind != SectionKind.PRESENTATION, default=None)
    if section is not None:
        html = richtext.from_plain(proposal.words)
        save_section(section, html=html, seen=section.revision, actor=actor)
    proposal.case = case
    _answered(proposal, actor)
    record(actor, "take_up_matter", proposal.body, proposal=str(proposal.pk), case=str(case.pk))
    record(actor, "take_up_matter", case, body=str(proposal.body_id), is_closed=access != Access.OPEN)
    return case


@transaction.atomic
def answer_matter(proposal: MemberProposal, *, answer: str, actor: User) -> None:
    """Say why it does not get on an agenda; the member reads it. Raises `RuleBrokenError`."""
    rules.require_answer(answer)
    proposal = _waiting(proposal)
    proposal.answer = answer.strip()
    _answered(proposal, actor)
    record(actor, "answer_matter", proposal.body, proposal=str(proposal.pk))


@transaction.atomic
def set_cutoff(body: Body, *, days: int, actor: User) -> None:
    """Until how many days before a meeting the body takes members' proposals for it."""
    rules.require_cutoff(days)
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    if cutoff_days(body) == days:
        return
    ProposalCutoff.objects.update_or_create(body=body, defaults={"days": days})
    record(actor, "change_body", body, settings=["proposal_days"])


def _locked(proposal: MemberProposal) -> MemberProposal:
    rows = MemberProposal.history.select_for_update(of=("self",)).select_related("body__authority", "meeting")
    return rows.get(pk=proposal.pk)


def _waiting(proposal: MemberProposal) -> MemberProposal:
    proposal = _locked(proposal)
    rules.require_waiting(is_withdrawn=proposal.withdrawn_at is not None, is_answered=proposal.answered_at is not None)
    return proposal


def _answered(proposal: MemberProposal, actor: User) -> None:
    proposal.answered_by, proposal.answered_at = actor, now()
    proposal.save(update_fields=["case", "answer", "answered_by", "answered_at", "modified_at"])
