"""What a release becomes, what is told of its changes, its hour, and the 72 hours: tables, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sagsgang.core.errors import RuleBrokenError
from sagsgang.publication import rules
from sagsgang.publication.changed import Change
from sagsgang.publication.comparison import changes_between, has_supplement, is_correction, told_changes
from sagsgang.publication.document import (
    AttachmentLine,
    DecisionText,
    ItemDocument,
    MeetingDocument,
    Section,
    VoteText,
    Withheld,
)
from sagsgang.publication.rendering.changes import change_lines
from sagsgang.publication.rules import breach
from sagsgang.publication.rules.breach import POINTS, Answers

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
OPEN = ItemDocument(
    "a",
    "1",
    "Cykelsti",
    "open",
    sections=(Section("presentation", "", "<p>400 m.</p>"), Section("recommendation", "", "<p>Anlæg.</p>")),
    decisions=(DecisionText("Udvalget", None, "<p>Godkendt.</p>"),),
    attachments=(AttachmentLine(1, "open", "Kort"),),
)
CLOSED = ItemDocument("b", "2", "Køb af ejendom", "closed", withheld=Withheld("køb"))
MEETING = MeetingDocument("minutes", "meeting", "Egekøbing", "Udvalget", "U", date(2026, 3, 9), items=(OPEN, CLOSED))


def changed(item: ItemDocument, place: int = 0) -> MeetingDocument:
    return replace(MEETING, items=tuple(item if no == place else old for no, old in enumerate(MEETING.items)))


@pytest.mark.parametrize(
    ("asked", "facts", "kind"),
    [
        ("agenda", {}, "agenda"),
        ("agenda", {"has_supplement": True}, "supplement"),
        ("agenda", {"current": "minutes", "is_correction": True}, "agenda"),
        ("minutes", {}, "minutes"),
        ("minutes", {"is_unfinished": True}, "draft"),
        ("minutes", {"current": "draft", "is_correction": True}, "minutes"),
        ("minutes", {"current": "minutes", "is_correction": True}, "correction"),
        ("minutes", {"current": "correction", "is_correction": True}, "correction"),
        ("minutes", {"current": "correction"}, "minutes"),
        ("minutes", {"current": "minutes"}, "minutes"),
        ("minutes", {"current": "archive", "is_correction": True}, "minutes"),
        ("archive", {"current": "archive", "is_correction": True}, "archive"),
    ],
)
def test_nobody_types_the_kind_of_a_release(asked: str, facts: dict[str, object], kind: str) -> None:
    known = {"has_supplement": False, "is_unfinished": False, "current": "", "is_correction": False}

    assert rules.kind_of(asked, **(known | facts)) == kind  # type: ignore[arg-type]
    assert rules.scope_of(kind) == asked


@pytest.mark.parametrize(
    ("new", "found", "corrects"),
    [
        (MEETING, [], False),
        (changed(replace(OPEN, title="Sti")), [("title", "changed")], True),
        (changed(replace(OPEN, sections=OPEN.sections[:1])), [("recommendation", "went")], True),
        (
            changed(replace(OPEN, decisions=(DecisionText("Udvalget", None, "<p>Afvist.</p>"),))),
            [("decision", "changed")],
            True,
        ),
        (
            changed(replace(OPEN, decisions=(*OPEN.decisions, DecisionText("Rådet", None, "<p>Ja.</p>")))),
            [("decision", "added")],
            False,
        ),
        (changed(replace(OPEN, votes=(VoteText("5 for"),))), [("votes", "came")], False),
        (changed(replace(OPEN, after=("Rettelse",))), [("after", "came")], False),
        (changed(replace(OPEN, attachments=None)), [("attachments", "went")], True),
        (changed(replace(OPEN, access="closed", withheld=Withheld("x"))), [("whole", "closed")], True),
        (changed(replace(CLOSED, withheld=Withheld("køb", extract="Købt.")), 1), [("extract", "came")], False),
        (changed(replace(CLOSED, access="open", withheld=None), 1), [("whole", "opened")], False),
        (replace(MEETING, items=MEETING.items[:1]), [("whole", "went")], True),
        (replace(MEETING, items=MEETING.items[::-1]), [("order", "changed")], False),
        (replace(MEETING, record=("Underskrevet af 5 af 5.",)), [("protocol", "came")], False),
        (replace(MEETING, place="Salen"), [("time_and_place", "changed")], False),
    ],
)
def test_a_change_is_named_by_item_and_part_and_never_by_its_words(
    new: MeetingDocument, found: list[tuple[str, str]], corrects: bool
) -> None:
    changes = changes_between(MEETING, new)

    assert [(change.part, change.how) for change in changes] == found
    assert is_correction(changes) == corrects
    told = str(changes)
    assert [word for word in ("Cykelsti", "400", "Godkendt", "Kort", "Køb", "køb") if word in told] == []


def test_a_decision_that_was_held_back_for_its_parties_is_no_correction() -> None:
    held = DecisionText("Udvalget", None, "<p>Beslutningen offentliggøres, når parterne har fået besked.</p>")
    line = changes_between(changed(replace(OPEN, decisions=(held,))), MEETING)

    assert [(change.part, change.how) for change in line] in ([("decision", "came")], [("decision", "changed")])


def test_an_item_that_went_leaves_its_number_alone() -> None:
    went = changes_between(MEETING, replace(MEETING, items=MEETING.items[:1]))

    assert went == (Change("item", "whole", "went", "", "2"),)
    assert [line.public_id for line in change_lines([{"place": "item", "part": "whole", "how": "went",
                                                      "public_id": "", "number": "2"}])] == [""]  # fmt: skip


def test_with_the_minutes_what_happened_is_new_and_not_worth_a_word() -> None:
    agenda = changed(replace(OPEN, decisions=(), title="Sti"))

    told = told_changes(changes_between(agenda, MEETING), was="agenda", now="minutes")

    assert [(change.part, change.how) for change in told] == [("title", "changed")]
    assert told_changes(changes_between(MEETING, agenda), was="minutes", now="agenda") == ()


def test_a_supplement_shows_by_an_item_that_the_public_sees() -> None:
    assert not has_supplement(MEETING)
    assert has_supplement(changed(replace(OPEN, subitems=(replace(OPEN, public_id="s", supplement=1),))))


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (date(2026, 11, 28), time(9), datetime(2026, 11, 28, 8, tzinfo=UTC)),
        (date(2026, 7, 1), time(9), datetime(2026, 7, 1, 7, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),  # twice that night: the later
    ],
)
def test_an_hour_is_the_clock_on_the_wall(day: date, clock: time, moment: datetime) -> None:
    assert rules.hour_of(day, clock, ZONE) == moment


def test_the_hour_that_is_passed_over_in_spring_is_refused() -> None:
    with pytest.raises(RuleBrokenError):
        rules.hour_of(date(2026, 3, 29), time(2, 30), ZONE)


@pytest.mark.parametrize("hour", [NOW, NOW - timedelta(minutes=1), NOW + timedelta(days=400)])
def test_an_hour_comes_and_within_a_year(hour: datetime) -> None:
    with pytest.raises(RuleBrokenError):
        rules.require_hour_ahead(hour, NOW)


def test_nothing_goes_out_before_its_hour() -> None:
    rules.require_hour_come(NOW, NOW)
    rules.require_hour_come(None, NOW)
    with pytest.raises(RuleBrokenError):
        rules.require_hour_come(NOW + timedelta(seconds=1), NOW)


def test_a_correction_wants_a_reason_and_a_draft_a_body_that_shows_it() -> None:
    rules.require_public_reason("minutes", "")
    rules.require_draft_allowed("Udvalget", "draft", allowed=True)
    with pytest.raises(RuleBrokenError):
        rules.require_public_reason("correction", " ")
    with pytest.raises(RuleBrokenError):
        rules.require_draft_allowed("Udvalget", "draft", allowed=False)


FULL = Answers(
    "yes", ("cpr",), 0, "Alle", "high", "CPR-nummer", "done", "", "done", "", "not_needed", "Ukendte", "done", "", "Ja"
)


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        (Answers(), list(POINTS)),
        (FULL, []),
        (replace(FULL, persons=None), ["persons"]),
        (replace(FULL, kinds=()), ["kinds"]),
        (replace(FULL, persons_note=" "), ["persons_told"]),
        (replace(FULL, engines_told="", measures=""), ["engines_told", "measures"]),
        (Answers(personal="no"), ["measures"]),
        (Answers(personal="no", measures="Ingen"), []),
    ],
)
def test_the_list_is_done_when_every_point_is_answered(answers: Answers, missing: list[str]) -> None:
    assert breach.unanswered(answers) == missing


def test_a_risk_is_told_to_the_agency() -> None:
    breach.require_consistent(replace(FULL, risk="unlikely", agency_told="not_needed"))
    with pytest.raises(RuleBrokenError):
        breach.require_consistent(replace(FULL, risk="risk", agency_told="not_needed"))


def test_seventy_two_hours_are_seventy_two_also_when_the_clock_is_put_back() -> None:
    found = datetime(2026, 10, 24, 9, tzinfo=ZONE)

    assert breach.deadline(found.astimezone(UTC)).astimezone(ZONE) == datetime(2026, 10, 27, 8, tzinfo=ZONE)
    assert breach.time_left(found, found + timedelta(hours=73)) == timedelta(hours=-1)
