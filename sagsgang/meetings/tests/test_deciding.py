"""Decisions point by point, orientations, dissent, halt, return, speakers, urgent decisions, parties and extracts."""

from datetime import date

import pytest
import time_machine
from django.utils.translation import gettext, pgettext

from sagsgang.bodies.models import Person, Seat, SeatRole
from sagsgang.cases.tests.factories import Town
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions
from sagsgang.meetings.actions import PointFacts, SpeakerFacts
from sagsgang.meetings.due import urgent_notices_due
from sagsgang.meetings.models import AgendaItem, Decision, Meeting, PointDecision, StandardPhrase
from sagsgang.meetings.queries import item_rows
from sagsgang.meetings.queries.deciding import next_month, phrases_of, returning_step
from sagsgang.meetings.queries.waiting import waiting_cases
from sagsgang.meetings.rendering import drift
from sagsgang.meetings.rendering.decided import own_words, shown_decisions
from sagsgang.meetings.rules.deciding import outcome_of
from sagsgang.meetings.tests.agenda import KB_DAY, MTU_DAY, approved_case, meeting_of, verbs_of

ON_THE_DAY = "2026-04-20 17:00+02:00"


@pytest.fixture(autouse=True)
def on_the_day() -> object:
    with time_machine.travel(ON_THE_DAY, tick=True):
        yield


@pytest.fixture
def meeting(town: Town) -> Meeting:
    return meeting_of(town.mtu, MTU_DAY)


@pytest.fixture
def item(town: Town, meeting: Meeting) -> AgendaItem:
    return actions.put_on_agenda(approved_case(town), meeting=meeting, late_reason="Prøve", actor=town.secretary)


def seated(town: Town, name: str, *, council: bool = False, role: str = SeatRole.MEMBER, party: str = "A") -> Person:
    person = Person.objects.create(authority=town.authority, name=name)
    Seat.objects.create(body=town.kb if council else town.mtu, person=person, role=role, party=party)
    return person


def decide(item: AgendaItem, town: Town, text: str = "Godkendt.", outcome: str = "approved", **how: object) -> Decision:
    last = item.decisions.order_by("-version").first()
    seen = last.version if last else 0
    return actions.record_decision(item, text=text, outcome=outcome, seen=seen, actor=town.secretary, **how)  # type: ignore[arg-type]


def outcome_shown(item: AgendaItem) -> str:
    row = item_rows(item.pk)
    own = row.decisions.order_by("-version").first()
    return shown_decisions(row, next((d for d in row.decisions.all() if d == own), None))[-1].outcome


@pytest.mark.parametrize(
    ("points", "chosen", "whole"),
    [
        ((), "approved", "approved"),
        (("approved", "approved"), "rejected", "approved"),
        (("approved", ""), "", ""),
        (("approved", "rejected"), "", ""),
        (("approved", "rejected"), "noted", "noted"),
    ],
)
def test_the_outcome_of_the_whole_follows_from_its_points(points: tuple[str, ...], chosen: str, whole: str) -> None:
    assert outcome_of(points, chosen) == whole


def test_the_points_stand_with_their_version(town: Town, item: AgendaItem) -> None:
    first = decide(item, town, outcome="", points=(PointFacts(1, "1.", "approved"), PointFacts(2, "2.", "rejected")))
    second = decide(item, town, points=(PointFacts(1, "1.", "approved", "Fra maj."),))

    rows = PointDecision.objects.order_by("decision__version", "position")
    assert [(row.decision_id, row.marker, row.outcome, row.words) for row in rows] == [
        (first.pk, "1.", "approved", ""), (first.pk, "2.", "rejected", ""), (second.pk, "1.", "approved", "Fra maj."),
    ]  # fmt: skip


def test_points_that_differ_are_said_and_claim_no_outcome(town: Town, item: AgendaItem) -> None:
    points = (PointFacts(1, "1.", "approved"), PointFacts(2, "2.", "rejected"))
    decision = decide(item, town, text="", outcome="", points=points)

    assert decision.outcome == ""
    assert outcome_shown(item) == pgettext("outcome", "divided, see the points")
    assert [point.key for point in own_words(decision).points] == ["approved", "rejected"]


def test_the_same_words_again_change_nothing_whatever_was_seen(town: Town, item: AgendaItem) -> None:
    points = (PointFacts(1, "1.", "approved"),)
    first = decide(item, town, points=points)

    again = actions.record_decision(
        item, text="Godkendt.", outcome="approved", seen=0, points=points, actor=town.secretary
    )

    assert again == first
    assert verbs_of(item).count("record_decision") == 1
    with pytest.raises(RuleBrokenError):
        actions.record_decision(item, text="Andet.", outcome="", seen=0, actor=town.secretary)


def test_an_orientation_is_only_taken_note_of(town: Town, item: AgendaItem) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(kind="O")
    item.refresh_from_db()

    for outcome in ("approved", ""):
        with pytest.raises(RuleBrokenError):
            decide(item, town, outcome=outcome)
    # Procedure decides nothing in the matter (R10), and nobody has to agree to it.
    assert decide(item, town, outcome="postponed").all_agreed is False
    assert decide(item, town, outcome="returned").all_agreed is False
    assert decide(item, town, text="", outcome="noted").all_agreed is False
    agreed = decide(item, town, outcome="approved", all_agreed=True)

    assert (agreed.outcome, agreed.all_agreed) == ("approved", True)


def test_a_dissent_goes_into_the_next_version_and_out_again(town: Town, item: AgendaItem) -> None:
    bo = seated(town, "Bo Friis", party="Ø")
    decide(item, town, dissent="Taget over.")

    actions.enter_dissent(item, person=bo, words=" For dyrt. ", actor=town.secretary)
    actions.enter_dissent(item, person=bo, words="For dyrt.", actor=town.secretary)
    decide(item, town, text="Godkendt med bemærkning.")
    versions = list(item.decisions.order_by("version").values_list("dissent", flat=True))
    actions.withdraw_dissent(item, person=bo, actor=town.secretary)

    whole = "<p>Taget over.</p><p><strong>Bo Friis (Ø)</strong></p><p>For dyrt.</p>"
    assert versions == ["<p>Taget over.</p>", whole, whole]
    newest = item.decisions.get(version=4)
    assert (newest.dissent, newest.html) == ("<p>Taget over.</p>", "<p>Godkendt med bemærkning.</p>")
    assert verbs_of(item).count("enter_dissent") == 1


def test_only_who_took_part_may_dissent_and_briefly(town: Town, item: AgendaItem) -> None:
    bo, stranger = seated(town, "Bo Friis"), Person.objects.create(authority=town.authority, name="Finn Elm")

    for person, words in ((stranger, "Imod."), (bo, " "), (bo, "x" * 1001)):
        with pytest.raises(RuleBrokenError):
            actions.enter_dissent(item, person=person, words=words, actor=town.secretary)
    actions.note_conflict(item, person=bo, actor=town.secretary)
    with pytest.raises(RuleBrokenError):
        actions.enter_dissent(item, person=bo, words="Imod.", actor=town.secretary)


def test_a_dissent_before_the_decision_stands_in_it_from_the_first(town: Town, item: AgendaItem) -> None:
    actions.enter_dissent(item, person=seated(town, "Bo Friis"), words="Imod.", actor=town.secretary)

    assert decide(item, town).dissent == "<p><strong>Bo Friis (A)</strong></p><p>Imod.</p>"


def test_a_member_halts_until_the_day_is_over(town: Town, item: AgendaItem) -> None:
    bo = seated(town, "Bo Friis")
    with pytest.raises(RuleBrokenError):
        actions.halt_decision(item, person=bo, power="member", actor=town.secretary)
    decide(item, town)

    halt = actions.halt_decision(item, person=bo, power="member", actor=town.secretary)

    assert actions.halt_decision(item, person=bo, power="member", actor=town.secretary) == halt
    assert outcome_shown(item) == gettext("halted")
    assert halt.step is None  # the case was on its way to the council already
    actions.withdraw_halt(item, person=bo, actor=town.secretary)
    assert outcome_shown(item) == gettext("approved")
    with time_machine.travel("2026-04-21 08:00+02:00"), pytest.raises(RuleBrokenError):
        actions.halt_decision(item, person=bo, power="member", actor=town.secretary)


def test_a_halt_brings_the_councils_step_and_takes_it_off_again(town: Town, item: AgendaItem) -> None:
    item.case.path.filter(body=town.kb).update(withdrawn_at="2026-01-01T00:00Z")
    bo = seated(town, "Bo Friis")
    decide(item, town)

    halt = actions.halt_decision(item, person=bo, power="member", actor=town.secretary)

    assert halt.step is not None
    assert [step.body.code for step in item.case.path.select_related("body")] == ["DIR", "MTU", "KB"]
    actions.withdraw_halt(item, person=bo, actor=town.secretary)
    assert [step.body.code for step in item.case.path.select_related("body")] == ["DIR", "MTU"]


def test_procedure_is_not_halted(town: Town, item: AgendaItem) -> None:
    decide(item, town, outcome="postponed")

    with pytest.raises(RuleBrokenError):
        actions.halt_decision(item, person=seated(town, "Bo Friis"), power="member", actor=town.secretary)


def test_the_mayor_halts_in_writing_also_later(town: Town, item: AgendaItem) -> None:
    mayor, other = seated(town, "Åse Lund", council=True, role=SeatRole.CHAIR), seated(town, "Bo Friis")
    decide(item, town)

    with time_machine.travel("2026-04-27 08:00+02:00"):
        for person, order in ((mayor, " "), (other, "Stop.")):
            with pytest.raises(RuleBrokenError):
                actions.halt_decision(item, person=person, power="mayor", order=order, actor=town.secretary)
        halt = actions.halt_decision(item, person=mayor, power="mayor", order="Stop.", actor=town.secretary)

    assert (halt.order, halt.power) == ("Stop.", "mayor")


def test_a_halted_decision_is_halted_at_the_council_too(town: Town, item: AgendaItem) -> None:
    points = (PointFacts(1, "", "approved", "Fra maj."),)
    decide(item, town, points=points)
    actions.halt_decision(item, person=seated(town, "Bo Friis"), power="member", actor=town.secretary)

    carried = actions.carry_forward(
        item, meeting=meeting_of(town.kb, KB_DAY), late_reason="Prøve", actor=town.secretary
    )

    taken = carried.decisions.get()
    assert (taken.outcome, [(p.outcome, p.words) for p in taken.points.all()]) == ("halted", [("approved", "Fra maj.")])


def test_a_postponed_matter_waits_for_its_body_again(town: Town, item: AgendaItem) -> None:
    decide(item, town, outcome="postponed")

    actions.return_item(item, day=date(2026, 6, 1), actor=town.secretary)
    actions.return_item(item, day=date(2026, 6, 1), actor=town.secretary)

    steps = [(step.body.code, step.planned_on) for step in item.case.path.select_related("body")]
    assert steps[1:3] == [("MTU", MTU_DAY), ("MTU", date(2026, 6, 1))]
    assert [line.case for line in waiting_cases(town.mtu, town.secretary)] == [item.case]
    with pytest.raises(RuleBrokenError):
        actions.return_item(item, day=date(2026, 7, 1), actor=town.secretary)
    actions.withdraw_return(item, actor=town.secretary)
    assert returning_step(item) is None
    with pytest.raises(RuleBrokenError):
        actions.return_item(item, day=MTU_DAY, actor=town.secretary)


def test_next_month_is_the_day_of_the_first_meeting_after_this_month(town: Town, meeting: Meeting) -> None:
    days = (date(2026, 4, 27), date(2026, 5, 18), date(2026, 5, 4))
    planned = [meeting_of(town.mtu, day) for day in days]

    assert next_month(meeting, planned) == date(2026, 5, 4)
    assert next_month(meeting, planned[:1]) is None


def test_speakers_are_named_before_the_meeting(town: Town, item: AgendaItem) -> None:
    talk = SpeakerFacts("Bo Friis", "Teknisk chef", is_talk=True, minutes=5)
    speaker = actions.name_speaker(item, talk, actor=town.secretary)
    assert actions.name_speaker(item, talk, actor=town.secretary) == speaker

    actions.change_speaker(speaker, SpeakerFacts("Bo Friis", "Direktør"), actor=town.secretary)
    assert [str(row) for row in item.speakers.all()] == ["Direktør Bo Friis"]
    actions.remove_speaker(speaker, actor=town.secretary)

    assert item.speakers.count() == 0
    with time_machine.travel("2026-04-21 08:00+02:00"), pytest.raises(RuleBrokenError):
        actions.name_speaker(item, talk, actor=town.secretary)


def test_the_chair_decides_between_meetings_and_the_body_is_told(town: Town) -> None:
    chair, member = seated(town, "Åse Lund", role=SeatRole.CHAIR), seated(town, "Bo Friis")
    case = approved_case(town)
    facts = {"case": case, "decided_on": MTU_DAY, "ground": "Fristen udløb.", "words": "Der svares ja."}
    with pytest.raises(RuleBrokenError):
        actions.record_urgent_decision(town.mtu, decided_by=member, actor=town.secretary, **facts)  # type: ignore[arg-type]

    urgent = actions.record_urgent_decision(town.mtu, decided_by=chair, actor=town.secretary, **facts)  # type: ignore[arg-type]

    assert (urgent.notice, urgent_notices_due()) == (None, 0)
    meeting = meeting_of(town.mtu, date(2026, 5, 4))
    assert (urgent_notices_due(), urgent_notices_due()) == (1, 0)
    notice = meeting.items.get(case=case)
    assert (notice.kind, notice.urgent_decision, notice.step) == ("O", urgent, None)
    assert case.path.filter(agenda_items__isnull=False).count() == 0


def test_an_urgent_decision_is_told_at_once_where_an_agenda_is_being_made(town: Town, meeting: Meeting) -> None:
    chair = seated(town, "Åse Lund", role=SeatRole.CHAIR)
    case = approved_case(town, access="closed", ground="personal")

    urgent = actions.record_urgent_decision(
        town.mtu, case=case, decided_by=chair, decided_on=MTU_DAY, ground="Hast.", words="Ja.", actor=town.secretary
    )

    assert urgent.notice is not None
    assert (urgent.notice.meeting, urgent.notice.access, urgent.notice.closing_reason) == (meeting, "closed", "Hast.")


def test_parties_and_extract(town: Town, meeting: Meeting, item: AgendaItem) -> None:
    with pytest.raises(RuleBrokenError):
        actions.state_parties(item, parties="none", told=True, actor=town.secretary)
    held = actions.state_parties(item, parties="some", told=False, actor=town.secretary)
    told = actions.state_parties(item, parties="some", told=True, actor=town.secretary)
    assert (held.parties_told_at, told.parties_told_at is not None) == (None, True)
    with pytest.raises(RuleBrokenError):  # an open item needs no extract
        actions.state_extract(item, public_extract="Ja.", withheld_reason="", actor=town.secretary)

    closed = actions.put_on_agenda(
        approved_case(town, "Køb", access="closed", ground="property"), meeting=meeting, late_reason="Prøve",
        closing_reason="Pris.", actor=town.secretary,
    )  # fmt: skip
    decide(closed, town, text="Købet er godkendt.")
    with pytest.raises(RuleBrokenError):
        actions.state_extract(closed, public_extract=" ", withheld_reason="", actor=town.secretary)
    opened = actions.state_extract(closed, public_extract="", withheld_reason="", as_decided=True, actor=town.secretary)

    assert opened.public_extract == "Købet er godkendt."


def test_the_houses_phrases_stand_until_the_municipality_writes_its_own(town: Town) -> None:
    usual = phrases_of(town.authority)
    assert all(phrase.pk is None for phrase in usual)

    actions.add_phrase(town.authority, outcome="approved", words="{body} godkendte.", actor=town.secretary)
    actions.withdraw_phrase(town.authority, outcome=usual[0].outcome, words=usual[0].words, actor=town.secretary)

    words = [phrase.filled(town.mtu) for phrase in phrases_of(town.authority)]
    assert words[0] == "Miljø- og Teknikudvalget godkendte."
    assert len(words) == len(usual)
    for phrase in StandardPhrase.objects.filter(authority=town.authority):
        actions.withdraw_phrase(town.authority, outcome=phrase.outcome, words=phrase.words, actor=town.secretary)
    assert phrases_of(town.authority) == []


def test_what_the_presentation_does_not_say_is_shown() -> None:
    presented = ["Stien bliver 400 m lang og koster 2 mio. kr.\nat stien godkendes"]

    told = drift(
        "Godkendt.\nStien bliver 400 m lang og koster 3 mio. kr. Ejeren skal fælde træerne langs vejen inden maj.",
        presented,
        ["Godkendt."],
    )

    assert [str(line).count("<ins>") for line in told] == [1, 1]
    assert "3" in told[0]
    assert told[1] == "<ins>Ejeren skal fælde træerne langs vejen inden maj.</ins>"
    assert drift("At stien godkendes.", presented, []) == ()
