"""The fictional twin of the seed, from every channel, and the seed itself word for word where it is at hand."""

from datetime import date
from pathlib import Path

import pytest

from sagsgang.exchange.minutes.channels import read_source
from sagsgang.exchange.minutes.parsed import ParsedDocument, ParsedItem, ParsedPerson, ParsedPlan
from sagsgang.exchange.minutes.reading import read_file, read_minutes
from sagsgang.exchange.minutes.tests.files import docx_of, html_of, pdf_of
from sagsgang.exchange.minutes.tests.shared import TWIN, needs_shared, seed_path

PARAGRAPHS = [line.shown for line in read_source(TWIN.read_bytes()).lines]


def words_again(item: ParsedItem) -> list[str]:
    """The item printed from its parts, in the order of the template."""
    parts = [item.title or "", "Åben Sag", "Sagsgang", *(item.path if isinstance(item.path, tuple) else ())]
    for section in item.sections:
        parts += [section.heading, section.text]
        if section.kind == "presentation":
            parts += [f"{sub.no}. {sub.title}. {sub.text}" for sub in item.subitems]
    decision = item.decisions[-1]
    parts += [f"Beslutning i {decision.body} den {decision.date:%d-%m-%Y}", decision.text]
    parts += [f"{sub.no}. {sub.title}. {sub.decision}" for sub in item.subitems]
    parts += ["Fraværende:", *(f"{one.title} {one.printed}" for one in people(item)), "Bilag:"]
    for row in item.attachments or ():
        access = "Åben" if row.access == "open" else "Lukket"
        parts.append(f"{row.no} - {row.id or ''} {access} {row.title} ({row.doc_no or ''}) ({row.type or ''})")
    return " ".join(parts).split()


def people(item: ParsedItem) -> tuple[ParsedPerson, ...]:
    return item.absent if isinstance(item.absent, tuple) else ()


def test_the_twin_is_one_item_of_the_minutes_of_its_body() -> None:
    document = read_file(TWIN)

    assert (document.kind, document.authority, document.body, document.date, document.place, document.start) == (
        "item of a referat",
        "Egekøbing Kommune",
        "Direktionen",
        date(2024, 9, 18),
        None,
        None,
    )
    assert [(item.no, item.title, item.access, item.path) for item in document.items] == [
        (None, "Opfølgning og orientering", "open", ("DIR",))
    ]
    assert document.unread == ()


def test_numbered_matters_are_sub_items_with_planned_steps() -> None:
    item = read_file(TWIN).items[0]

    assert [(sub.no, sub.title) for sub in item.subitems] == [
        ("1", "Trivselsmålingen 2024"),
        ("2", "Ny struktur for sundhedshusene"),
        ("3", "Egekøbing Kommunes fælles regler for brug af digitale værktøjer"),
        ("4", "Bedre brug af kommunens bygninger"),
        ("5", "Plan for naturarealer med emnerne ”nye vådområder” og ”træer langs vejene”"),
        ("6", "Kvartalshjulet"),
    ]
    committee = (ParsedPlan("Teknik- og Kulturudvalget", date(2024, 10, 7)),)
    assert [sub.planned for sub in item.subitems] == [
        (
            ParsedPlan("HU", date(2024, 10, 3)),
            ParsedPlan("ØK", date(2024, 10, 15)),
            ParsedPlan("KB", date(2024, 10, 29)),
        ),
        (),
        (),
        committee,
        committee,
        (),
    ]


def test_open_rows_have_id_and_number_and_closed_rows_only_a_title() -> None:
    rows = read_file(TWIN).items[0].attachments or ()

    assert [(row.no, row.id, row.access, row.doc_no, row.type) for row in rows] == [
        (1, "5120417", "open", "88412/24", "H"),
        (2, "5120420", "open", "88415/24", "H"),
        (3, "5120423", "open", "88418/24", "H"),
        (4, None, "closed", None, None),
        (5, None, "closed", None, None),
        (6, None, "closed", None, None),
        (7, None, "closed", None, None),
        (8, "5120447", "open", "88440/24", "H"),
    ]
    assert rows[3].title == "Egekøbing Kommunes fælles regler for brug af digitale værktøjer september 2024"


def test_who_was_absent_has_title_name_and_role() -> None:
    absent = people(read_file(TWIN).items[0])

    assert [(one.title, one.name, one.role) for one in absent] == [
        ("Velfærdsdirektør", "Mogens Dahl Rytter", "næstformand")
    ]


def test_no_word_of_the_twin_is_lost() -> None:
    assert words_again(read_file(TWIN).items[0]) == TWIN.read_text(encoding="utf-8").split()


@needs_shared
def test_no_word_of_the_seed_is_lost() -> None:
    assert words_again(read_file(seed_path()).items[0]) == seed_path().read_text(encoding="utf-8").split()


@pytest.mark.parametrize("data", [docx_of(PARAGRAPHS), html_of(PARAGRAPHS)], ids=["docx", "html"])
def test_the_twin_reads_the_same_from_another_channel(data: bytes) -> None:
    assert without_places(read_minutes(data)) == without_places(read_file(TWIN))


def test_the_twin_reads_the_same_words_from_a_pdf() -> None:
    item = read_minutes(pdf_of(PARAGRAPHS, head="Egekøbing Kommune")).items[0]

    assert words_again(item) == words_again(read_file(TWIN).items[0])


def test_the_name_of_the_file_changes_nothing(tmp_path: Path) -> None:
    copy = tmp_path / "noget.pdf"
    copy.write_bytes(TWIN.read_bytes())

    assert read_file(copy) == read_file(TWIN)


def without_places(document: ParsedDocument) -> tuple[object, ...]:
    items = [
        (i.no, i.title, i.path, i.sections, i.decisions, i.absent, i.attachments, i.subitems) for i in document.items
    ]
    return (document.kind, document.body, document.date, document.authority, items)
