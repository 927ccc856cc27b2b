"""The directors' cards of månedsgrebet, and what is made of them: cases and follow-ups (talks: `actions.talks`)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Person
from sagsgang.cases.actions.case import CaseFacts, open_case
from sagsgang.cases.actions.path import StepFacts, compose_path, path_stamp
from sagsgang.cases.models import Case
from sagsgang.core.models import Plain, record
from sagsgang.followups.actions import FollowUpFacts, give_follow_up
from sagsgang.followups.models import FollowUp
from sagsgang.wheel.models import BriefingCard, CycleBriefing
from sagsgang.wheel.rules import briefings as rules


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """What is written on a card; names as the columns of `BriefingCard`."""

    director: Person
    theme: str
    why_now: str = ""
    committee: Body | None = None
    risk: str = ""
    goals: str = ""

    @property
    def columns(self) -> dict[str, object]:
        """The facts by column."""
        return {
            "director": self.director,
            "theme": self.theme.strip(),
            "why_now": self.why_now.strip(),
            "committee": self.committee,
            "risk": self.risk.strip(),
            "goals": self.goals.strip(),
        }


@transaction.atomic
def add_card(briefing: CycleBriefing, facts: CardFacts, *, actor: User) -> BriefingCard:
    """Lay one more card, last. Raises `RuleBrokenError`."""
    briefing = CycleBriefing.objects.select_for_update(of=("self",)).get(pk=briefing.pk)
    rules.require_theme(facts.theme)
    last = briefing.cards.aggregate(last=Max("position"))["last"] or 0
    card = BriefingCard.objects.create(briefing=briefing, position=last + 1, **facts.columns)
    record(actor, "add_card", card, briefing=str(briefing.pk))
    return card


@transaction.atomic
def edit_card(card: BriefingCard, facts: CardFacts, *, actor: User) -> BriefingCard:
    """Write it anew. Raises `RuleBrokenError`."""
    card = _standing(card)
    rules.require_theme(facts.theme)
    changed = [name for name, value in facts.columns.items() if getattr(card, name) != value]
    for name in changed:
        setattr(card, name, facts.columns[name])
    if changed:
        card.save()
        record(actor, "edit_card", card, parts=list[Plain](changed))
    return card


@transaction.atomic
def withdraw_card(card: BriefingCard, *, actor: User) -> None:
    """Take it away; what was made of it stays."""
    card = _standing(card)
    card.withdrawn_at = now()
    card.save(update_fields=["withdrawn_at", "modified_at"])
    record(actor, "withdraw_card", card)


@transaction.atomic
def restore_card(card: BriefingCard, *, actor: User) -> None:
    """The undoing of `withdraw_card`."""
    BriefingCard.objects.filter(pk=card.pk).update(withdrawn_at=None, modified_at=now())
    record(actor, "restore_card", card)


@transaction.atomic
def state_card_outcome(card: BriefingCard, *, outcome: str, actor: User) -> BriefingCard:
    """Write what came of it; it is shown at the next cycle."""
    card = _standing(card)
    if card.outcome != outcome.strip():
        card.outcome = outcome.strip()
        card.save(update_fields=["outcome", "modified_at"])
        record(actor, "state_card_outcome", card)
    return card


@transaction.atomic
def open_case_of_card(card: BriefingCard, facts: CaseFacts, *, steps: Sequence[StepFacts] = (), actor: User) -> Case:
    """Open a case for the card's theme, with its path; the two point at each other. Raises `RuleBrokenError`."""
    card = _standing(card)
    rules.require_case_title(facts.title)
    case = open_case(card.briefing.body.authority, facts, actor=actor)
    if steps:
        compose_path(case, list(steps), seen=path_stamp([]), actor=actor)
    card.cases.add(case)
    record(actor, "open_case_of_card", card, case=str(case.pk))
    return case


@transaction.atomic
def give_follow_up_of_card(card: BriefingCard, facts: FollowUpFacts, *, actor: User) -> FollowUp:
    """Give a follow-up at the item of månedsgrebet, tied to the card. Raises `RuleBrokenError`."""
    card = _standing(card)
    item = card.briefing.item
    follow_up = give_follow_up(item.case, facts, item=item, actor=actor)
    card.follow_ups.add(follow_up)
    record(actor, "give_follow_up_of_card", card, follow_up=str(follow_up.pk))
    return follow_up


def _standing(card: BriefingCard) -> BriefingCard:
    rows = BriefingCard.objects.select_for_update(of=("self",)).select_related(
        "briefing__body__authority", "briefing__item__case", "briefing__item__meeting__body"
    )
    card = rows.get(pk=card.pk)
    rules.require_on_briefing(is_withdrawn=card.withdrawn_at is not None)
    return card
