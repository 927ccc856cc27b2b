"""The wheel drawn, printed and written as values; a frozen copy of it on an agenda."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree.ElementTree import Element, fromstring

import page
import pikepdf
import pypdfium2
import pytest
import time_machine

from sagsgang.cases.actions.attachments import upload_attachment
from sagsgang.documents import storage
from sagsgang.documents.intake import TakenFile
from sagsgang.meetings.actions import add_collective_item
from sagsgang.meetings.actions.papers import refresh_attachments
from sagsgang.wheel import actions
from sagsgang.wheel.actions import attach_frozen_wheel
from sagsgang.wheel.models import FrozenWheel, Occurrence
from sagsgang.wheel.queries.lines import wheel_of
from sagsgang.wheel.rendering.drawing import Mark, Picture, Ring, Tick, angle_of, draw_wheel
from sagsgang.wheel.rendering.months import calendar_months
from sagsgang.wheel.rendering.shown import WHOLE, ShownLine, ShownMeeting, ShownWheel, shown_wheel
from sagsgang.wheel.rendering.wheel_pdf import wheel_pdf
from sagsgang.wheel.tests.conftest import Town
from sagsgang.wheel.tests.test_turning import REPORT, put_report

SVG = "{http://www.w3.org/2000/svg}"
MADE = datetime(2023, 1, 2, 11, tzinfo=UTC)
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
# page-validation takes a carriage return at the end of compressed bytes for a part of the line end; qpdf counts right.
MISTAKEN = "PDFA2A-STREAM-LENGTH-001"


def a_picture(count: int = 1, **other: object) -> Picture:
    days = [date(2023, 1 + number % 12, 1 + number * 7 % 28) for number in range(count)]
    marks = [Mark(number, on, "whole", f"Punkt {number}", "planned") for number, on in enumerate(days, start=1)]
    facts: dict[str, object] = {
        "title": "Årshjul 2023", "description": "Året", "year": 2023, "months": MONTHS,
        "rings": [Ring("whole", "Hele organisationen")], "marks": marks, "ticks": [Tick(date(2023, 5, 4), "whole", "Råd")],
        "legend": {"planned": "Planlagt"},
    }  # fmt: skip
    return Picture(**facts | other)  # type: ignore[arg-type]


def drawn(picture: Picture) -> Element:
    return fromstring(draw_wheel(picture))


def numbers_at(root: Element) -> dict[str, tuple[float, float, float]]:
    """Place and radius of each circle that carries a number."""
    found = {}
    for group in root.iter(f"{SVG}g"):
        circle, text = group.find(f"{SVG}circle"), group.find(f"{SVG}text")
        if circle is not None and text is not None and (text.text or "").isdecimal():
            x, y, r = (float(circle.attrib[name]) for name in ("cx", "cy", "r"))
            found[str(text.text)] = (x, y, r)
    return found


def test_the_picture_names_itself_and_its_months_and_marks_in_text() -> None:
    root = drawn(a_picture())

    words = [element.text for element in root.iter(f"{SVG}text")]
    assert (root[0].tag, root[0].text) == (f"{SVG}title", "Årshjul 2023")
    assert (root[1].tag, root[1].text) == (f"{SVG}desc", "Året")
    assert {*MONTHS, "2023", "1", "Hele organisationen", "Planlagt"} <= set(words)


def test_a_mark_with_a_page_is_a_link_with_a_name_and_one_without_is_none() -> None:
    mark = Mark(1, date(2023, 6, 1), "whole", "1. juni, <Redegørelse> & mere", "done", is_square=True, href="/her/")

    links = list(drawn(a_picture(marks=[mark])).iter(f"{SVG}a"))
    without = list(drawn(a_picture(marks=[replace(mark, href="")])).iter(f"{SVG}a"))

    assert [(link.get("href"), link.get("aria-label")) for link in links] == [
        ("/her/", "1. juni, <Redegørelse> & mere")
    ]
    assert without == []


def test_signs_that_xml_cannot_carry_are_left_out() -> None:
    root = drawn(a_picture(title="Års\x00hjul\x1f\ufffe"))

    assert root[0].text == "Årshjul"


@pytest.mark.parametrize(
    ("on", "angle"), [(date(2023, 1, 1), 0.49), (date(2024, 12, 31), 359.5), (date(2023, 7, 2), 180)]
)
def test_the_year_runs_clockwise_from_the_top(on: date, angle: float) -> None:
    assert angle_of(on) == pytest.approx(angle, abs=0.02)


@pytest.mark.parametrize("count", [2, 60, 110])
def test_marks_do_not_cover_each_other(count: int) -> None:
    places = list(numbers_at(drawn(a_picture(count))).values())

    assert len(places) == count
    near = [
        (one, other)
        for number, one in enumerate(places)
        for other in places[:number]
        if (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 < (one[2] + other[2]) ** 2
    ]
    assert near == []


@pytest.mark.long
def test_a_wheel_of_a_thousand_marks_is_drawn_with_small_ones_and_one_of_none_with_its_months() -> None:
    assert len(list(drawn(a_picture(1000)).iter(f"{SVG}circle"))) > 1000
    assert numbers_at(drawn(a_picture(0, rings=[], ticks=[]))) == {}


def test_the_hand_stands_in_its_own_year_only() -> None:
    words = [
        [element.text for element in drawn(a_picture(today=today, today_words="i dag")).iter(f"{SVG}text")]
        for today in (date(2023, 4, 1), date(2024, 4, 1))
    ]

    assert ["i dag" in said for said in words] == [True, False]


@pytest.fixture
def january() -> object:
    with time_machine.travel("2023-01-02 12:00"):
        yield


@pytest.mark.usefixtures("january")
def test_the_print_is_accessible_and_fit_for_the_archive(town: Town) -> None:
    put_report(town)
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)

    pdf = wheel_pdf(wheel_of(town.authority, 2023, today=date(2023, 1, 2)), made_at=MADE)

    reports = {name: page.validate_pdf_bytes(pdf.content, profile=name) for name in ("ua1", "2a")}
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        mistaken = set() if opened.check_pdf_syntax() else {MISTAKEN}
        title = str(opened.docinfo.Title)
    failed = [
        found.rule_id for report in reports.values() for found in report.failures if found.rule_id not in mistaken
    ]
    words = " ".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf.content))
    assert (pdf.standard, pdf.forced_by, failed) == ("ua-1+a-2a", "", [])
    assert title.endswith(" 2023, Egekøbing Kommune")
    assert REPORT in words
    assert "KB 23. maj" in words


@pytest.mark.usefixtures("january")
def test_a_bodys_wheel_has_its_own_entries_and_those_that_pass_it(town: Town) -> None:
    put_report(town)
    today = date(2023, 1, 2)

    found = {
        code: [line.title for line in shown_wheel(wheel_of(town.authority, 2023, body=body, today=today)).lines]
        for code, body in town.bodies.items()
    }

    assert found == {"DIR": [REPORT], "MTU": [], "HU": [REPORT], "ØK": [REPORT], "KB": [REPORT]}


@pytest.mark.usefixtures("january")
def test_the_lines_say_where_each_return_stands(town: Town) -> None:
    put_report(town)
    today = date(2023, 1, 2)

    def states() -> list[tuple[str, date]]:
        return [(line.state, line.on) for line in wheel_of(town.authority, 2023, today=today).lines]

    before = states()
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    row = Occurrence.objects.get()
    actions.move_occurrence(row, to=date(2023, 5, 30), note="Pinsen", actor=town.secretary)
    moved = states()
    actions.open_case_now(row, actor=town.secretary)
    opened = states()
    actions.drop_occurrence(row, note="", actor=town.secretary)

    assert [*before, *moved, *opened, *states()] == [
        ("expected", date(2023, 6, 1)),
        ("planned", date(2023, 5, 30)),
        ("case", date(2023, 5, 30)),
        ("dropped", date(2023, 5, 30)),
    ]


@pytest.mark.usefixtures("january")
def test_a_frozen_copy_is_laid_on_an_agenda_once_and_stays(town: Town) -> None:
    put_report(town)
    item = add_collective_item(town.meeting("DIR", date(2023, 4, 12)), title="Månedsgrebet", actor=town.secretary)

    first = attach_frozen_wheel(item, 2023, actor=town.secretary)
    for words in (b"notat", b"bilag"):  # the first attachment that the case gets, and one more
        note = TakenFile(storage.house().put(words), "notat.txt", len(words), "text/plain")
        upload_attachment(item.case, taken=note, actor=town.secretary)
        refresh_attachments(item)
    again = attach_frozen_wheel(item, 2023, actor=town.secretary)

    assert first == again
    assert first.title.endswith(" 2023, Direktionen")
    assert first.version is not None
    assert storage.house().get(first.version.sha256).startswith(b"%PDF-")
    standing = list(item.attachments.filter(withdrawn_at=None).values_list("position", "title"))
    assert standing == [(1, "notat"), (2, "notat"), (3, first.title)]
    assert FrozenWheel.objects.get().attachment == first


def test_the_calendar_has_every_return_and_meeting_once_on_its_day() -> None:
    days = [date(2020, 1, 1), date(2020, 2, 29), date(2020, 5, 21), date(2020, 5, 21), date(2020, 12, 31)]
    lines = tuple(
        ShownLine(
            number, str(number), f"Punkt {number}", on, None, "planned", "planlagt", "", on, (), "", WHOLE, "", number == 2,
            "", "", "",
        )
        for number, on in enumerate(days, start=1)
    )  # fmt: skip
    meetings = tuple(ShownMeeting("Råd", "council", on, "R") for on in days[1:3])
    year = ShownWheel("Årshjul 2020", "Råd", "Egekøbing", 2020, ((WHOLE, "Alle"),), lines, meetings)

    months = calendar_months(year, frozenset({date(2020, 5, 22)}), today=date(2020, 12, 31))
    shown = [day for month in months for week in month.weeks for day in week.days if day]

    assert [day.on for day in shown] == [date(2020, 1, 1) + timedelta(days=number) for number in range(366)]
    assert [line for day in shown for line in day.lines] == list(lines)
    assert [meeting for day in shown for meeting in day.meetings] == list(meetings)
    assert [week.number for week in months[11].weeks] == [49, 50, 51, 52, 53]
    off = {day.on.day for day in shown if day.on.month == 5 and day.why_closed}
    assert off == {8, 21, 22}
    assert (lines[1].sign, [day.on for day in shown if day.is_today]) == ("planned-duty", [date(2020, 12, 31)])
