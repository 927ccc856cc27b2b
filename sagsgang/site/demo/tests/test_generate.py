"""The demo municipality keeps its promises, whatever the day on which it is made."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from holidays import country_holidays
from pikepdf import Pdf

from sagsgang.equality.reading import read_headcount
from sagsgang.equality.rules.checks import check_headcount
from sagsgang.site.demo import generate
from sagsgang.site.demo.files import attachment_bytes
from sagsgang.site.demo.matters import matter_kinds
from sagsgang.site.demo.payroll import payroll
from sagsgang.site.demo.shapes import Attachment, Item, Meeting, Municipality
from sagsgang.site.demo.words import words

DAYS = (date(2026, 11, 22), date(2027, 2, 28), date(2028, 2, 29), date(2027, 7, 15))
MUNICIPALITIES = frozenset((Path(__file__).parent / "kommuner.txt").read_text("utf-8").split("\n")) - {""}


@pytest.fixture(scope="module", params=DAYS, ids=str)
def made(request: pytest.FixtureRequest) -> Municipality:
    return generate(request.param)


def items_of(made: Municipality) -> Iterator[tuple[Meeting, Item]]:
    """Every item and sub-item with its meeting."""
    for meeting in made.meetings:
        for item in meeting.items:
            yield meeting, item
            yield from ((meeting, part) for part in item.subitems)


def texts_of(item: Item) -> list[str]:
    """All that can be read of an item, its files included."""
    texts = [item.title, item.public_title, item.reason, item.extract, item.withheld_reason]
    texts += [section.html for section in item.sections] + [decision.html for decision in item.decisions]
    if item.recommendation:
        texts += [item.recommendation.intro, *item.recommendation.points]
    texts += [task.text for task in item.followups]
    for attachment in item.attachments:
        texts += [
            attachment.title,
            *attachment.paragraphs,
            *(cell for row in attachment.rows for cell in row),
        ]
    return texts


def mirror_of(made: Municipality) -> tuple[Meeting, Item]:
    return next((meeting, item) for meeting in made.meetings for item in meeting.items if item.subitems)


def test_the_same_day_and_seed_give_the_same_municipality() -> None:
    assert generate(DAYS[0]) == generate(DAYS[0])
    assert generate(DAYS[0], seed=7) != generate(DAYS[0])


def test_the_size_is_that_of_a_middling_municipality(made: Municipality) -> None:
    council = next(body for body in made.bodies if body.code == "KB")
    worked = [meeting for meeting in made.meetings if meeting.items]
    items = [item for meeting in made.meetings for item in meeting.items]
    closed = [item for item in items if item.access == "closed"]

    assert len(made.bodies) == 8
    assert Counter(body.kind for body in made.bodies) == Counter(
        {"committee": 4, "directorate": 1, "works_council": 1, "finance": 1, "council": 1}
    )
    assert len(council.seats) == 27
    assert {seat.party for seat in council.seats} == {party.letter for party in made.parties}
    assert len(made.parties) == 8
    assert 36 <= len(worked) <= 50
    assert 390 <= len(items) <= 430
    assert 0.06 <= len(closed) / len(items) <= 0.1
    assert len({item.title for item in items if not item.standing}) >= 130
    assert len(matter_kinds()) >= 60


def test_no_two_people_share_a_name_or_an_address(made: Municipality) -> None:
    assert max(Counter(person.name for person in made.people).values()) == 1
    assert max(Counter(person.email for person in made.people).values()) == 1


def test_the_payroll_is_the_same_each_time_and_leads_the_units(made: Municipality) -> None:
    day = date(made.today.year, 5, 1)
    files = [payroll(made, on=day, years_ago=ago) for ago in (0, 1, 2)]
    newest, last, _before = (read_headcount(file) for file in files)
    leaders = {row.name for row in newest.employees if row.level in (1, 2)}
    lacking = read_headcount(payroll(made, on=day, years_ago=0, lacks_leaders=True))

    assert files[0] == payroll(made, on=day, years_ago=0) and len(set(files)) == 3
    assert 850 <= len(newest.employees) <= 1000
    assert leaders == {person.name for person in made.people if person.level in (1, 2)}
    assert newest.leaders and lacking.leaders and newest.leaders.women - lacking.leaders.women == 6
    assert newest.leaders.men == lacking.leaders.men
    assert {(finding.check, finding.severity) for finding in check_headcount(newest, previous=last, snapshot=day)} <= {
        (7, "warning"), (8, "warning")
    }  # fmt: skip


def test_everybody_who_is_named_exists(made: Municipality) -> None:
    people = {person.key for person in made.people}
    named = {seat.person for body in made.bodies for seat in body.seats}
    named |= {key for body in made.bodies for key in (body.secretary, *body.substitutes)}
    named |= {unit.manager for unit in made.units} | {user.person for user in made.users}
    for meeting in made.meetings:
        named |= set(meeting.present) | {absence.person for absence in meeting.absent}
        named |= {absence.substitute for absence in meeting.absent if absence.substitute}
    named |= {item.responsible for _meeting, item in items_of(made) if item.case_key}

    assert named <= people


def test_the_seats_last_as_long_as_the_meetings(made: Municipality) -> None:
    first, last = made.meetings[0].held_on, made.meetings[-1].held_on

    for seat in (seat for body in made.bodies for seat in body.seats):
        assert seat.since <= first
        assert seat.until is None or seat.until >= last


def test_every_role_has_a_user_and_every_body_a_chair(made: Municipality) -> None:
    roles = {user.role for user in made.users}

    assert roles == {
        *(
            "secretary",
            "caseworker",
            "manager",
            "director",
            "chair",
            "member",
            "hr",
            "auditor",
            "administrator",
        )
    }
    assert [sum(seat.role == "chair" for seat in body.seats) for body in made.bodies] == [1] * 8


def test_nobody_meets_on_a_holiday_or_in_july(made: Municipality) -> None:
    public = country_holidays("DK", years=range(2026, 2030))

    assert not [m for m in made.meetings if m.held_on in public or m.held_on.month == 7]
    assert not [m for m in made.meetings if m.held_on.isoweekday() > 5]


def test_the_state_of_a_meeting_follows_from_the_day(made: Municipality) -> None:
    for meeting in made.meetings:
        decided = [item for item in meeting.items if item.decisions and item.decisions[-1].held_on == meeting.held_on]
        if meeting.held_on < made.today:
            assert (meeting.state, len(decided)) == ("minutes", len(meeting.items))
            assert meeting.chaired_by in meeting.present
            assert meeting.ends is not None and meeting.ends > meeting.starts
        else:
            assert meeting.state in {"agenda", "planned"}
            assert not decided
            assert not meeting.present
            assert bool(meeting.items) == (meeting.state == "agenda")


def test_a_body_is_quorate_at_its_meetings(made: Municipality) -> None:
    seats = {body.code: len(body.seats) for body in made.bodies}

    for meeting in made.meetings:
        if meeting.state == "minutes":
            assert len(meeting.present) * 2 >= seats[meeting.body_code]
            assert len(set(meeting.present)) == len(meeting.present)
            assert not set(meeting.present) & {absence.person for absence in meeting.absent}


def test_the_steps_of_a_path_are_real_meetings_in_order(made: Municipality) -> None:
    held = {(meeting.body_code, meeting.held_on) for meeting in made.meetings}

    for meeting, item in items_of(made):
        if not item.standing:
            days = [step.held_on for step in item.path if step.held_on]
            assert {(step.body_code, step.held_on) for step in item.path} <= held
            assert days == sorted(days)
            assert (meeting.body_code, meeting.held_on) in {(s.body_code, s.held_on) for s in item.path}


def test_the_decisions_of_earlier_bodies_come_along(made: Municipality) -> None:
    travelled = 0
    for meeting, item in items_of(made):
        before = [step for step in item.path if step.held_on and step.held_on < meeting.held_on]
        known = [d for d in item.decisions if d.held_on < meeting.held_on]
        passed = [step for step in before if step.held_on and step.held_on < made.today]
        assert [(d.body_code, d.held_on) for d in known] == [(s.body_code, s.held_on) for s in passed]
        travelled += bool(known)

    assert travelled > 80


def test_item_numbers_run_as_the_body_counts(made: Municipality) -> None:
    numbering = {body.code: body.numbering for body in made.bodies}
    last: dict[tuple[str, int], int] = {}
    for meeting in made.meetings:
        numbers = [item.number for item in meeting.items]
        if not numbers:
            continue
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        year = (meeting.body_code, meeting.held_on.year)
        if numbering[meeting.body_code] == "meeting":
            assert numbers[0] == 1
        elif year in last:
            assert numbers[0] == last[year] + 1
        last[year] = numbers[-1]


def test_the_texts_are_whole(made: Municipality) -> None:
    for _meeting, item in items_of(made):
        for text in texts_of(item):
            assert not re.search(r"[{}\[\]]|  |\.\.| [.,;]|\*\*|<p></p>|\bNone\b", text), text


def test_sentences_end_with_a_full_stop(made: Municipality) -> None:
    ends = re.compile(r"[.:?]</(p|li)>")
    for _meeting, item in items_of(made):
        if item.subitems:
            continue
        for html in [s.html for s in item.sections] + [d.html for d in item.decisions]:
            for found in re.finditer(r"[^>]*</(p|li)>", html):
                assert ends.search(found[0]), found[0]
        for point in item.recommendation.points if item.recommendation else ():
            assert point.startswith("at ")
            assert point.endswith(".")


def test_only_the_agreed_tags_are_used(made: Municipality) -> None:
    tags = {
        tag
        for _meeting, item in items_of(made)
        for html in [s.html for s in item.sections] + [d.html for d in item.decisions]
        for tag in re.findall(r"</?([a-z0-9]+)", html)
    }

    assert tags <= {"p", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td"}


def test_a_closed_item_says_why_and_tells_the_public_no_more(made: Municipality) -> None:
    closed = [(m, item) for m, item in items_of(made) if item.access == "closed"]

    assert closed
    for meeting, item in closed:
        assert item.ground in {"personal", "property", "tender", "security", "internal"}
        assert item.reason.endswith(".")
        assert item.public_title != item.title
        assert len(item.public_title.split()) <= 6
        assert bool(item.extract or item.withheld_reason) == (meeting.state == "minutes")
        assert {attachment.access for attachment in item.attachments} <= {"closed"}


def test_the_marker_of_a_closed_item_stands_in_nothing_open(made: Municipality) -> None:
    markers = {item.marker for _m, item in items_of(made) if item.access == "closed"}
    markers |= {a.marker for _m, item in items_of(made) for a in item.attachments if a.access == "closed"}
    open_texts = []
    for _meeting, item in items_of(made):
        if item.access == "closed":
            body = " ".join(texts_of(item))
            assert item.marker and item.marker in body
            assert item.marker not in item.public_title + item.extract + item.withheld_reason + item.reason
        else:
            open_texts += [section.html for section in item.sections] + [d.html for d in item.decisions]
            open_texts += [p for a in item.attachments if a.access == "open" for p in a.paragraphs]
    text = " ".join(open_texts)

    assert "" not in markers
    assert not [marker for marker in markers if marker in text]


def test_closed_attachments_carry_no_numbers(made: Municipality) -> None:
    for _meeting, item in items_of(made):
        for attachment in item.attachments:
            numbers = (attachment.document_id, attachment.document_number, attachment.mark)
            if attachment.access == "closed":
                assert numbers == ("", "", "")
            else:
                assert re.fullmatch(r"\d{7} \d{5}/\d\d H", " ".join(numbers))


def test_one_file_key_means_one_content(made: Municipality) -> None:
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for _meeting, item in items_of(made):
        for attachment in item.attachments:
            content = (attachment.title, attachment.paragraphs)
            assert found.setdefault(attachment.file_key, content) == content


def test_one_meeting_of_the_directors_mirrors_the_source(made: Municipality) -> None:
    meeting, item = mirror_of(made)
    directors = next(body for body in made.bodies if body.code == "DIR")
    chair = next(seat.person for seat in directors.seats if seat.role == "chair")
    routes = [[step.body_code for step in part.path] for part in item.subitems]

    assert (meeting.body_code, meeting.state, item.access) == ("DIR", "minutes", "open")
    assert [part.number for part in item.subitems] == [1, 2, 3, 4, 5, 6]
    assert routes == [["DIR", "HU", "ØK", "KB"], ["DIR"], ["DIR"], ["DIR", "MTU"], ["DIR", "MTU"], ["DIR"]]
    assert [a.access for a in item.attachments] == ["open"] * 3 + ["closed"] * 4 + ["open"]
    assert [a.number for a in item.attachments] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [a for part in item.subitems for a in part.attachments] == list(item.attachments)
    assert [absence.person for absence in meeting.absent] == [chair]
    assert [bool(part.decisions) for part in item.subitems] == [True] * 6


def test_the_mirrored_matters_arrive_where_they_were_sent(made: Municipality) -> None:
    _meeting, item = mirror_of(made)
    later = {(m.body_code, m.held_on): m for m in made.meetings if m.items}

    for part in item.subitems:
        for step in part.path[1:]:
            if step.held_on and (arrived := later.get((step.body_code, step.held_on))):
                assert part.case_key in {entry.case_key for entry in arrived.items}


def test_the_agenda_of_a_near_meeting_is_sent_and_a_later_one_is_not(made: Municipality) -> None:
    for meeting in made.meetings:
        if meeting.state == "agenda" and meeting.agenda_sent_on:
            assert meeting.agenda_sent_on <= made.today < meeting.agenda_sent_on + timedelta(days=7)


def test_no_invented_place_is_a_danish_municipality(made: Municipality) -> None:
    assert made.name.removesuffix(" Kommune") not in MUNICIPALITIES
    assert not {place for places in words("steder").values() for place in places} & MUNICIPALITIES
    for kind in matter_kinds():
        assert not set(re.findall(r"[A-ZÆØÅ][\w-]+", kind.text)) & MUNICIPALITIES


def test_attachments_are_real_files_that_carry_their_title() -> None:
    made = generate(DAYS[0])
    attachments = {a.file_key: a for _m, item in items_of(made) for a in item.attachments}
    formats = Counter(a.file_format for a in attachments.values())

    assert len(attachments) >= 200
    assert formats["docx"] >= 20 and formats["pdf"] >= 100
    for attachment in list(attachments.values())[::7]:
        text = _read(attachment)
        assert _plain(attachment.title) in _plain(text)
        if attachment.access == "closed":
            assert attachment.marker in text


def test_files_are_the_same_bytes_each_time() -> None:
    _meeting, item = mirror_of(generate(DAYS[0]))

    for attachment in item.attachments:
        assert attachment_bytes(attachment) == attachment_bytes(attachment)


def test_a_pdf_is_tagged_danish_and_titled() -> None:
    _meeting, item = mirror_of(generate(DAYS[0]))
    attachment = next(a for a in item.attachments if a.file_format == "pdf")

    with Pdf.open(BytesIO(attachment_bytes(attachment))) as pdf:
        assert str(pdf.Root.Lang).startswith("da")
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == attachment.title
        assert str(pdf.docinfo["/CreationDate"])[2:10] == f"{attachment.dated:%Y%m%d}"


def _read(attachment: Attachment) -> str:
    content = BytesIO(attachment_bytes(attachment))
    if attachment.file_format == "docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(content).paragraphs)
    with pypdfium2.PdfDocument(content) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def _plain(text: str) -> str:
    """Without the line breaks and hyphens that the page put in."""
    return re.sub(r"[\s\u00ad\u2010\ufffe\-]+", "", text)
