"""The secretary's one page while the meeting is held."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.models import ItemKind, Purpose
from sagsgang.core.gathering import Part, gathered
from sagsgang.meetings import queries
from sagsgang.meetings import rendering as of_meetings
from sagsgang.meetings.forms.deciding import DecisionForm
from sagsgang.meetings.models import AgendaItem, Meeting, Outcome
from sagsgang.meetings.queries.deciding import Phrase, phrase_rows, phrases_from
from sagsgang.meetings.rendering import Reader, ShownItem
from sagsgang.meetings.views.item import says_more, written
from sagsgang.meetings.views.reader import reader_at
from sagsgang.sittings import rendering
from sagsgang.sittings.actions.reading import log_reading_once
from sagsgang.sittings.forms.polls import METHODS
from sagsgang.sittings.models import Choice, ProposalKind, TurnKind
from sagsgang.sittings.permissions import may_run_meeting
from sagsgang.sittings.queries.calling import callable_people, calling_of
from sagsgang.sittings.queries.state import CurrentItem, SittingLine, SittingState, state_of
from sagsgang.sittings.rendering import ShownPlace
from sagsgang.sittings.rules.voting import Result
from sagsgang.sittings.views.deciding import desk_form
from sagsgang.sittings.views.follow import line_of

_OUTCOME_OF_VOTE: dict[str, str] = {
    Result.ADOPTED: Outcome.APPROVED,
    Result.REJECTED: Outcome.REJECTED,
    Result.LAPSED: Outcome.LAPSED,
}


@dataclass(frozen=True, slots=True)
class AgendaPart:
    """The current item, or a sub-item of it, with the form of its decision (None where she may not read it)."""

    item: ShownItem
    form: DecisionForm | None
    number: str  # of a sub-item with that of its item: "2.1"
    says_more: bool = False  # than the presentation does: to be looked at before the protocol is final


@permitted(Meeting.objects.select_related("body__authority"), may_run_meeting)
@require_safe
def desk(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    state = state_of(meeting)
    reader = reader_at(request.user, meeting)
    current = state.current
    agenda = rendering.shown_agenda(state, reader)
    found = gathered(meeting, people=callable_people(meeting), phrases=Part(phrase_rows(meeting.body.authority)))
    calling = calling_of(meeting, state, found["people"])
    phrases = phrases_from(found["phrases"])
    parts = _parts(request, meeting, current, reader, phrases) if current else ()
    context = {
        "meeting": meeting,
        "state": state,
        "blocks": rendering.waiting_blocks(state),
        "place": rendering.shown_place(current.line, reader) if current else None,
        "parts": parts,
        "followed": _followed(current, parts) if current else (),
        "planned": rendering.planned_speakers(current, [part.item for part in parts]) if current else (),
        "groups": rendering.groups_of(state.electorate),
        **_rows_of(state, agenda, token=get_token(request)),
        "waits": any(member.waits for member in state.members),
        "calls": calling.calls,
        "stand_ins": calling.stand_ins,
        "next": next((place for place in agenda if _comes_next(place)), None),
        "methods": METHODS,
        "choices": Choice.choices,
        "proposal_kinds": ProposalKind.choices,
        "turn_kinds": TurnKind.choices,
        "line": line_of(meeting, state.last_act),
        "shelf": f"{meeting.pk}:{request.user.pk}",
        "now": now(),
    }
    return render(request, "sittings/desk.html", context)


def _comes_next(place: ShownPlace) -> bool:
    return place.line.state == "waiting" and not place.is_sub and not place.line.is_off


def _rows_of(state: SittingState, agenda: Iterable[ShownPlace], *, token: str) -> dict[str, object]:
    """The lines of the agenda and those who are here and away, with their rows."""
    here = [member for member in state.members if member.is_here]
    away = [member for member in state.members if not member.is_here]
    return {
        "agenda_rows": rendering.agenda_rows(
            agenda, is_open=state.is_open, is_beginning=state.is_beginning, token=token
        ),
        "here": here,
        "away": away,
        "here_rows": rendering.member_rows(here, state, token=token),
        "away_rows": rendering.member_rows(away, state, token=token),
    }


def _parts(
    request: StaffRequest, meeting: Meeting, current: CurrentItem, reader: Reader, phrases: list[Phrase]
) -> tuple[AgendaPart, ...]:
    """The running item with its sub-items, and the rest of its block."""
    shown: list[AgendaPart] = []
    for line, row in _rows(meeting, current):
        found = of_meetings.shown_item(row, row.meeting, reader)
        if found.has_closed_words:
            log_reading_once(row, since=current.line.began_at, actor=request.user)
        subitems = {sub.pk: sub for sub in row.subitems.all()}
        if line.parent is None:
            shown.append(_part(found, row, found.number, phrases, current))
        shown += [
            _part(sub, subitems[sub.pk], f"{found.number}.{sub.number}", phrases, current)
            for sub in found.subitems
            if line.parent is None or sub.pk == line.pk
        ]
    return tuple(shown)


def _followed(current: CurrentItem, parts: Iterable[AgendaPart]) -> list[SittingLine]:
    """What runs, as far as she may read it: the follow-ups at each of these lines are shown."""
    readable = {part.item.pk for part in parts if part.form is not None}
    return [line for line in (current.line, *current.with_it) if line.pk in readable]


def _rows(meeting: Meeting, current: CurrentItem) -> list[tuple[SittingLine, AgendaItem]]:
    """The rows of what runs; of a block in as many queries as of one item."""
    if not current.with_it:
        return [(current.line, queries.item_at(meeting, current.line.parent or current.line.pk))]
    whole = queries.with_items(meeting)
    rows = {row.pk: row for row in whole.items.all()}
    return [(line, rows[line.parent or line.pk]) for line in (current.line, *current.with_it)]


def _part(shown: ShownItem, row: AgendaItem, number: str, phrases: list[Phrase], current: CurrentItem) -> AgendaPart:
    if not shown.is_readable:
        return AgendaPart(shown, None, number)
    initial = written(shown.own)
    if not shown.own.version:
        initial["outcome"] = _as_voted(row, current.voted.get(row.pk, ""))
    known = [phrase.filled(row.meeting.body) for phrase in phrases]
    return AgendaPart(shown, desk_form(row, phrases, initial=initial), number, says_more(shown, known))


def _as_voted(row: AgendaItem, result: str) -> str:
    """The outcome that follows from the vote (R25), which she confirms: what is adopted at a step that only recommends
    is recommended. "" where no vote says it.
    """
    steps = [part.step for part in (row, row.parent) if part is not None and part.step is not None]
    if row.kind == ItemKind.ORIENTATION:
        return ""
    if result == Result.ADOPTED and steps and steps[0].purpose == Purpose.RECOMMENDATION:
        return Outcome.RECOMMENDED
    return _OUTCOME_OF_VOTE.get(result, "")
