"""The head of every page of a case: its state in words, for whom it waits, and the row of its pages."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sagsgang.accounts.models import User
from sagsgang.cases.models import ApprovalLevel, Case, CaseKind
from sagsgang.cases.permissions import levels_of, may_read_case, may_read_presentation
from sagsgang.cases.queries.journey import Stop, newest_version, path_codes, stops_of, treatments
from sagsgang.cases.rules.approval import EventFact, Standing, standing
from sagsgang.cases.rules.states import CaseState, state_of


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the case in the row of its pages."""

    name: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class CaseHead:
    """State in words with its tone (a badge's colour), for whom it waits, the path, and the user's pages."""

    code: CaseState
    state: str
    tone: str  # "", info, success, warning
    waits_for: str
    stops: tuple[Stop, ...]
    codes: str  # the path as it is printed: "DIR, HU, ØK, KB"
    tabs: tuple[Tab, ...]
    may_read: bool


_TONES = {
    CaseState.RETURNED: "warning",
    CaseState.SENT_BACK: "warning",
    CaseState.POSTPONED: "warning",
    CaseState.IN_APPROVAL: "info",
    CaseState.APPROVED: "success",
    CaseState.SCHEDULED: "info",
    CaseState.SENT: "info",
    CaseState.UNDER_WAY: "info",
    CaseState.TREATED: "success",
}


def state_words(state: CaseState) -> str:
    """The state as it stands on the screen."""
    return {
        CaseState.DRAFT: pgettext("state of a case", "being written"),
        CaseState.RETURNED: pgettext("state of a case", "sent back to the caseworker"),
        CaseState.IN_APPROVAL: pgettext("state of a case", "in approval"),
        CaseState.APPROVED: pgettext("state of a case", "approved"),
        CaseState.SCHEDULED: pgettext("state of a case", "on an agenda"),
        CaseState.SENT: pgettext("state of a case", "sent to the members"),
        CaseState.POSTPONED: pgettext("state of a case", "postponed"),
        CaseState.SENT_BACK: pgettext("state of a case", "returned by the body"),
        CaseState.UNDER_WAY: pgettext("state of a case", "on its way to the next body"),
        CaseState.TREATED: pgettext("state of a case", "treated by every body of the path"),
    }[state]


def head_of(case: Case, user: User) -> CaseHead:
    """The head for this user: four queries, however much the case holds."""
    newest = newest_version(case)
    events = [EventFact(said["verdict"], said["level"]) for said in newest.events] if newest else []  # type: ignore[attr-defined]
    levels = levels_of(case.unit)
    stands = standing(events, [level.position for level in levels])
    treated = treatments(case)
    stops = tuple(stops_of(case.path.select_related("body"), treated))
    state = state_of(
        approval=stands.state,
        was_returned=stands.was_returned,
        has_draft=newest is not None and newest.is_draft,
        items=tuple(treatment.fact for treatment in treated),
        steps_left=sum(stop.treatment is None for stop in stops),
    )
    may_read = may_read_case(user, case)
    return CaseHead(
        code=state,
        state=state_words(state),
        tone=_TONES.get(state, ""),
        waits_for=_waits_for(state, stands, levels, stops),
        stops=stops,
        codes=path_codes(stop.step for stop in stops if stop.step),
        tabs=tuple(_tabs(case, may_read=may_read, may_hear=may_read_presentation(user, case))),
        may_read=may_read,
    )


def _waits_for(state: CaseState, stands: Standing, levels: list[ApprovalLevel], stops: tuple[Stop, ...]) -> str:
    if state == CaseState.IN_APPROVAL:
        level = next((level for level in levels if level.position == stands.level), None)
        return _("Waits for {level}: {name}").format(level=level.name, name=level.approver) if level else ""
    upcoming = next((stop for stop in stops if stop.state != "done"), None)
    if upcoming is None:
        return ""
    name = upcoming.body.name
    if upcoming.on is None:
        return _("Next: {body}, no meeting chosen").format(body=name)
    return _("Next: {body}, {day}").format(body=name, day=date_format(upcoming.on, "DATE_FORMAT"))


def _tabs(case: Case, *, may_read: bool, may_hear: bool) -> list[Tab]:
    """Auditor and administrator have the head and the history alone; who is heard reads text and hearings too."""
    named = [
        ("overview", pgettext("page of a case", "Overview"), "cases:case", True),
        ("presentation", pgettext("page of a case", "Presentation"), "cases:presentation", may_hear),
        ("path", pgettext("page of a case", "Path"), "cases:path", may_read),
        ("attachments", pgettext("page of a case", "Attachments"), "cases:attachments", may_read),
        ("approval", pgettext("page of a case", "Approval and remarks"), "cases:approval", may_read),
        ("hearings", pgettext("page of a case", "Hearings"), "cases:hearings", may_hear),
        ("analysis", pgettext("page of a case", "Analysis"), "cases:analysis", may_read and is_analysis(case)),
        ("goals", pgettext("page of a case", "Goals"), "goals:case-goals", may_read),
        ("versions", pgettext("page of a case", "Versions"), "cases:versions", may_read),
        ("history", pgettext("page of a case", "History"), "cases:history", True),
    ]
    return [Tab(name, label, reverse(view, args=[case.pk])) for name, label, view, shown in named if shown]


def is_analysis(case: Case) -> bool:
    """Has the case the page of an analysis?"""
    return case.kind == CaseKind.ANALYSIS
