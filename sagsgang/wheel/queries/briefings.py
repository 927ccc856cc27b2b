"""Månedsgrebet as its page shows it: the cards, what was made of them, and what came of the cards of the last cycle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case
from sagsgang.cases.permissions import CaseRows
from sagsgang.core.gathering import Part, gathered
from sagsgang.core.templatetags.look import short_date
from sagsgang.followups.models import FollowUp, Progress
from sagsgang.followups.permissions import is_closed_material
from sagsgang.meetings.models import AgendaItem, Decision, Outcome
from sagsgang.wheel.models import BriefingCard, CycleBriefing, Talk


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as this user may see it: its title unless it is closed to her, a link if she sees it, where it stands."""

    pk: UUID
    title: str
    is_seen: bool
    state: str


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """A follow-up that was given from a card; closed ones without words."""

    pk: UUID
    words: str
    owner_role: str
    due_on: date | None
    is_late: bool
    state: str


@dataclass(frozen=True, slots=True)
class TalkState:
    """A talk that was wished from a card; of a matter that is closed to her without its theme."""

    pk: UUID
    theme: str
    state: str


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card with everything that was made of it."""

    card: BriefingCard
    cases: tuple[CaseLine, ...]
    talks: tuple[TalkState, ...]
    follow_ups: tuple[FollowUpLine, ...]

    @property
    def is_bare(self) -> bool:
        """Has nothing been made of it yet?"""
        return not (self.cases or self.talks or self.follow_ups)


@dataclass(frozen=True, slots=True)
class BriefingView:
    """The cards that stand, those that were withdrawn, and the last cycle's with its id."""

    cards: tuple[CardLine, ...]
    withdrawn: tuple[BriefingCard, ...]
    last_cycle: str
    last: tuple[CardLine, ...]


def briefing_view(briefing: CycleBriefing, user: User) -> BriefingView:
    """The cards of this cycle and of the one before; two queries."""
    before = CycleBriefing.objects.filter(body=briefing.body_id, cycle__lt=briefing.cycle).order_by("-cycle")
    cards = BriefingCard.objects.filter(briefing__in=[briefing.pk]) | BriefingCard.objects.filter(
        briefing=Subquery(before.values("pk")[:1])
    )
    found = gathered(
        briefing,
        cards=Part(cards.order_by("position", "created_at"), ("briefing", "director", "committee")),
        cases=Part(BriefingCard.cases.through.objects.filter(briefingcard__in=_ids(cards)), ("case",)),
        follow_ups=Part(_follow_ups(cards)),
        talks=Part(
            Talk.objects.filter(card__in=_ids(cards), withdrawn_at=None).order_by("created_at"),
            ("case", "meeting", "item"),
        ),
    )
    matters = {row.case_id: row.case for row in found["cases"]}
    matters |= {talk.case_id: talk.case for talk in found["talks"] if talk.case}
    lines = _case_lines(matters, user)
    rows = [row for row in found["cards"] if row.withdrawn_at is None]
    made = {card.pk: _card_line(card, found, lines) for card in rows}
    last = [made[card.pk] for card in rows if card.briefing_id != briefing.pk]
    return BriefingView(
        cards=tuple(made[card.pk] for card in rows if card.briefing_id == briefing.pk),
        withdrawn=tuple(row for row in found["cards"] if row.withdrawn_at and row.briefing_id == briefing.pk),
        last_cycle=last[0].card.briefing.cycle if last else "",
        last=tuple(last),
    )


def _ids(cards: QuerySet[BriefingCard]) -> QuerySet[BriefingCard, Any]:
    return cards.order_by().values("pk")


def _follow_ups(cards: QuerySet[BriefingCard]) -> QuerySet[Any]:
    rows = FollowUp.objects.with_standing().filter(briefing_cards__in=_ids(cards))
    found: QuerySet[Any] = rows.annotate(card=F("briefing_cards"), is_closed=is_closed_material())
    return found.order_by("due_on", "created_at")


def _card_line(card: BriefingCard, found: Mapping[str, list[Any]], lines: Mapping[UUID, CaseLine]) -> CardLine:
    return CardLine(
        card,
        tuple(lines[row.case_id] for row in found["cases"] if row.briefingcard_id == card.pk),
        tuple(_talk_state(talk, lines) for talk in found["talks"] if talk.card_id == card.pk),
        tuple(_follow_up_line(row) for row in found["follow_ups"] if str(row.card) == str(card.pk)),
    )


def _case_lines(cases: Mapping[UUID, Case], user: User) -> dict[UUID, CaseLine]:
    """The cases as she may see them; one query."""
    decided = Decision.objects.filter(item__case=OuterRef("pk"), item__withdrawn_at=None).order_by("-recorded_at")
    placed = AgendaItem.objects.filter(case=OuterRef("pk"), withdrawn_at=None, meeting__cancelled_at=None)
    rows = CaseRows().visible_to(user).filter(pk__in=list(cases)).annotate(
        decided=Subquery(
            decided.values(told=JSONObject(outcome="outcome", body="item__meeting__body__name", on="item__meeting__held_on"))[:1]
        ),
        placed=Subquery(
            placed.order_by("-meeting__held_on").values(told=JSONObject(body="meeting__body__name", on="meeting__held_on"))[:1]
        ),
    )  # fmt: skip
    seen: dict[UUID, Any] = {row.pk: row for row in rows}
    return {pk: _case_line(case, seen.get(pk)) for pk, case in cases.items()}


def _case_line(case: Case, seen: Any) -> CaseLine:
    reads = seen is not None and seen.may_read
    title = case.title if reads or not case.is_closed else _("Closed case")
    return CaseLine(case.pk, title, seen is not None, _case_state(seen) if reads else "")


def _case_state(case: Any) -> str:
    """Where it stands, for who reads it: the last decision, else the newest agenda, else that it is being prepared."""
    if case.decided:
        outcome = case.decided["outcome"]
        words = str(Outcome(outcome).label) if outcome else pgettext("state of a case", "decided")
        return f"{words}, {_at(case.decided)}"
    if case.placed:
        return _("on the agenda: %(meeting)s") % {"meeting": _at(case.placed)}
    return pgettext("state of a case", "being prepared")


def _at(told: Mapping[str, str]) -> str:
    return f"{told['body']} {short_date(date.fromisoformat(told['on']))}"


def _follow_up_line(row: Any) -> FollowUpLine:
    states = {
        Progress.DONE: pgettext("state of a follow-up", "done"),
        Progress.DROPPED: pgettext("state of a follow-up", "dropped"),
        Progress.BEGUN: pgettext("state of a follow-up", "begun"),
    }
    words, owner = ("", "") if row.is_closed else (row.words, row.owner_role)
    state = states.get(row.progress, pgettext("state of a follow-up", "not begun"))
    return FollowUpLine(row.pk, words, owner, row.due_on, row.is_late, state)


def _talk_state(talk: Talk, lines: Mapping[UUID, CaseLine]) -> TalkState:
    """Of a closed matter the theme is shown where the matter's own title is."""
    is_shut = talk.case is not None and talk.case.is_closed and lines[talk.case.pk].title != talk.case.title
    item, meeting = talk.item, talk.meeting
    if item is None or meeting is None or item.withdrawn_at or meeting.cancelled_at:
        state = pgettext("state of a talk", "wished, without a day")
    elif meeting.adjourned_at or talk.seconds is not None or talk.remarks:
        state = pgettext("state of a talk", "held on %(day)s") % {"day": short_date(meeting.held_on)}
    else:
        state = pgettext("state of a talk", "to be held on %(day)s") % {"day": short_date(meeting.held_on)}
    return TalkState(talk.pk, "" if is_shut else talk.theme, state)


def briefing_at(item: AgendaItem) -> CycleBriefing | None:
    """The månedsgreb that stands at an item, if one does."""
    return CycleBriefing.objects.filter(item=item).select_related("body").first()
