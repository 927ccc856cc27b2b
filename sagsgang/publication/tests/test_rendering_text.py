from dataclasses import replace

import pytest

from sagsgang.publication.document import DecisionText, ItemDocument, MeetingDocument, Section
from sagsgang.publication.rendering.text import meeting_text
from sagsgang.publication.tests.printed import DAY, ITEM_TEXT, item_alone, meeting, sub_item


def with_item(**changes: object) -> MeetingDocument:
    document = item_alone()
    return replace(document, items=(replace(document.items[0], **changes),))  # type: ignore[arg-type]


def test_an_item_printed_alone_gives_the_words_of_the_municipal_layout_back() -> None:
    assert meeting_text(item_alone()).split() == ITEM_TEXT.split()


def test_nothing_is_printed_that_the_document_does_not_state() -> None:
    bare = ItemDocument("", "", "Et punkt", "")

    assert meeting_text(replace(item_alone(), items=(bare,))) == "Et punkt\n"


def test_what_is_stated_to_be_none_is_printed_as_none() -> None:
    bare = ItemDocument("", "", "Et punkt", "closed", path=(), absent=(), attachments=())

    assert meeting_text(replace(item_alone(), items=(bare,))) == (
        "Et punkt\n\nLukket Sag\n\nSagsgang\nIngen\n\nFraværende:\nIngen\n\nBilag:\nIngen\n"
    )


def test_a_planned_date_of_a_sub_item_stays_in_its_text() -> None:
    assert "14-05-2024" not in meeting_text(item_alone())


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Plan", "7. Plan. Tekst"),
        ("Hvorfor?", "7. Hvorfor? Tekst"),
        ("Slut.", "7. Slut. Tekst"),
        ("", "7. Tekst"),
    ],
)
def test_a_sub_item_runs_on_from_its_title(title: str, printed: str) -> None:
    text = meeting_text(with_item(subitems=(sub_item("7", title, "Tekst", "Ja."),)))

    assert f"\n\n{printed}\n" in text


@pytest.mark.parametrize(
    ("decision", "heading"),
    [
        (DecisionText("Byrådet", DAY, "<p>Ja.</p>"), "Beslutning i Byrådet den 08-05-2024\nJa.\n"),
        (DecisionText("Byrådet", None, ""), "Beslutning i Byrådet\n"),
        (DecisionText("", DAY, ""), "Beslutning den 08-05-2024\n"),
        (DecisionText("", None, "<p>Ja.</p>"), "Beslutning\nJa.\n"),
    ],
)
def test_a_decision_names_body_and_day_as_far_as_they_are_stated(decision: DecisionText, heading: str) -> None:
    text = meeting_text(with_item(subitems=(), decisions=(decision,), absent=None, attachments=None))

    assert text.endswith(heading)


def test_a_decision_on_a_sub_item_that_names_nobody_joins_the_last_decision() -> None:
    bare = replace(sub_item("1", "Plan", "Tekst", ""), decisions=(DecisionText("", None, "<p>Ja.</p>"),))

    text = meeting_text(with_item(subitems=(bare,), absent=None, attachments=None))

    assert text.endswith("Beslutning i Chefgruppen den 08-05-2024\nGruppen drøftede:\n\n1. Plan. Ja.\n")


def test_another_body_s_decision_on_a_sub_item_stands_under_its_own_heading() -> None:
    other = replace(sub_item("1", "Plan", "Tekst", ""), decisions=(DecisionText("Byrådet", DAY, "<p>Ja.</p>"),))

    text = meeting_text(with_item(subitems=(other,), absent=None, attachments=None))

    assert text.endswith("Gruppen drøftede:\n\nBeslutning i Byrådet den 08-05-2024\n\n1. Plan. Ja.\n")


def test_without_a_presentation_sub_items_stand_before_the_recommendation() -> None:
    sections = (
        Section("summary", "Resumé", "<p>A</p>"),
        Section("recommendation", "Indstilling", "<p>B</p>"),
    )

    text = meeting_text(with_item(sections=sections))

    assert text.index("Resumé") < text.index("1. Ny mødeplan") < text.index("Indstilling")


def test_a_meeting_begins_with_its_cover_and_numbers_its_items() -> None:
    text = meeting_text(meeting())

    assert text.startswith(
        "Referat\nByrådet\nFjordby Kommune\n\nDato: 08-05-2024\nStarttidspunkt: 17:00\nSluttidspunkt: 19:05\n"
        "Sted: Byrådssalen\nMøde nr.: 5/2024\n\nMedlemmer:\nBo Lund (borgmester) (A)\nEa Holm (V)\n\n"
        "Fraværende:\nIb Juul, suppleant: Ane Bo\n\n1. Budgetopfølgning 1\n\nÅben Sag\n\nSagsnr.: 24/1\n"
    )
    assert "2. Salg af grund\n\nLukket Sag\n\nForvaltningslovens § 27\nDer forhandles.\nByrådet godkendte.\n" in text
    assert "1. at planen godkendes, og\n2. at den tages op igen.\n" in text


def test_a_closed_attachment_prints_its_place_and_title_only() -> None:
    text = meeting_text(meeting())

    assert "\n3 -  Lukket Udkast til lejekontrakt () ()\n4 -  Lukket Lukket bilag () ()\n" in text
    assert "7654321" not in text
    assert "99999/24" not in text
