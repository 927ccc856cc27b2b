import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest

from sagsgang.documents.pdf import Pdf
from sagsgang.documents.richtext import from_plain
from sagsgang.publication.document import ItemDocument, MeetingDocument, Section, Withheld
from sagsgang.publication.rendering.order import anchors_of
from sagsgang.publication.rendering.pdf import meeting_pdf
from sagsgang.publication.tests.printed import item_alone, meeting, ordinary_item

MADE = datetime(2026, 5, 13, 9, 30, tzinfo=UTC)
BASE = "https://dagsorden.eksempel.dk"
# page-validation takes a carriage return at the end of compressed bytes for a part of the line end; qpdf counts right.
MISTAKEN = "PDFA2A-STREAM-LENGTH-001"


def printed(document: MeetingDocument, **changes: Any) -> Pdf:
    return meeting_pdf(document, **{"made_at": MADE, "public": True, "base_url": BASE, **changes})


def words_in(pdf: Pdf) -> str:
    document = pypdfium2.PdfDocument(pdf.content)
    return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())


def failures(pdf: Pdf) -> dict[str, list[str]]:
    reports = {name: page.validate_pdf_bytes(pdf.content, profile=name) for name in ("ua1", "2a")}
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        mistaken = set() if opened.check_pdf_syntax() else {MISTAKEN}
    return {name: [f.rule_id for f in report.failures if f.rule_id not in mistaken] for name, report in reports.items()}


def long_titles() -> MeetingDocument:
    items = tuple(replace(item, title=f"{item.title} {'med en lang titel ' * 40}") for item in meeting(3).items)
    return replace(meeting(), items=items)


@pytest.mark.parametrize(
    "document",
    [
        item_alone(),
        meeting(),
        replace(meeting(), items=()),
        long_titles(),
        replace(meeting(), kind="agenda", present=None),
    ],
    ids=["item", "meeting", "empty", "long titles", "agenda"],
)
def test_every_document_is_accessible_and_fit_for_the_archive(document: MeetingDocument) -> None:
    pdf = printed(document)

    assert (pdf.standard, pdf.forced_by) == ("ua-1+a-2a", "")
    assert failures(pdf) == {"ua1": [], "2a": []}


def test_a_meeting_of_two_hundred_items_is_printed() -> None:
    pdf = printed(meeting(200))

    assert failures(pdf) == {"ua1": [], "2a": []}
    assert len(pypdfium2.PdfDocument(pdf.content)) > 200


def test_language_title_bookmarks_and_link_targets() -> None:
    with pikepdf.open(io.BytesIO(printed(meeting()).content)) as opened, opened.open_outline() as outline:
        assert str(opened.Root.Lang) == "da-DK"
        assert str(opened.docinfo.Title) == "Byrådet, 8. maj 2024"
        titles = [(entry.title, len(entry.children)) for entry in outline.root]
        targets = list(pikepdf.NameTree(opened.Root.Names.Dests).keys())

    assert [title for title, _ in titles[-4:-2]] == ["1. Budgetopfølgning 1", "2. Salg af grund"]
    assert titles[-1] == ("4. Budgetopfølgning 4", 6)
    assert sorted(str(target) for target in targets) == ["punkt-1", "punkt-2", "punkt-3", "punkt-4"]


def test_link_targets_differ_even_where_numbers_do_not() -> None:
    items = [ItemDocument("", number, "", "") for number in ("1", "1", "", "12 a", "§")]

    assert anchors_of(items) == ["punkt-1", "punkt-1-2", "punkt-3", "punkt-12-a", "punkt-5"]


def test_only_open_attachments_are_linked_and_a_closed_one_shows_its_title_only() -> None:
    pdf = printed(meeting(1))

    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        links = {
            str(note.A.URI)
            for sheet in opened.pages
            for note in sheet.get("/Annots", [])
            if "/URI" in note.get("/A", {})
        }
    words = words_in(pdf)
    assert links == {f"{BASE}/bilag/f0f0"}
    assert "Udkast til lejekontrakt" in words
    assert "5/24" in words
    assert "7654321" not in words
    assert "99999/24" not in words


def test_the_same_meeting_gives_the_same_bytes() -> None:
    assert printed(meeting()).content == printed(meeting()).content


def test_an_item_alone_has_no_cover_but_says_whose_it_is() -> None:
    words = words_in(printed(item_alone()))

    assert words.startswith("Fjordby Kommune · Chefgruppen · ")
    assert words.index("8. maj 2024") < words.index("Emner til drøftelse") < words.index("Sagsfremstilling")
    assert words.count("Emner til drøftelse") == 1


def test_the_path_of_a_sub_item_is_printed_with_its_days() -> None:
    assert "CHEF → ØU 14-05-2024" in words_in(printed(item_alone()))


def test_a_copy_for_the_house_and_its_state_are_named_on_every_page() -> None:
    public, internal = printed(meeting()), printed(meeting(), public=False, state_line="Kladde nr. 3")

    pages = len(pypdfium2.PdfDocument(internal.content))
    assert "Kladde" not in words_in(public)
    assert words_in(internal).count("Kladde nr. 3") == pages + 1  # and once on the cover


def test_a_closed_item_shows_its_ground_its_reason_and_its_extract() -> None:
    words = words_in(printed(meeting()))

    assert "Forvaltningslovens § 27 Der forhandles." in words
    assert "Byrådet godkendte." in words


@pytest.mark.parametrize("kind", ["presentation", "other"])
@pytest.mark.parametrize("heading", ["", "Overskrift"])
@pytest.mark.parametrize("html", ["", "<p>Tekst</p>", "<h4>A</h4><p>b</p><h3>C</h3><p>d</p><h4>E</h4>"])
def test_no_mixture_of_headings_breaks_the_order_of_levels(kind: str, heading: str, html: str) -> None:
    section = Section(kind, heading, html)
    below = ItemDocument("", "1", "Under", "", sections=(section, section), withheld=Withheld("§ 28"))
    item = replace(ordinary_item(1), sections=(Section("other", "", html), section), subitems=(below, below))

    assert printed(replace(item_alone(), items=(item,))).standard == "ua-1+a-2a"


def test_any_character_of_a_pasted_text_can_be_printed() -> None:
    html = from_plain("styring \x02 privat \ue000 漢 🫠 nul\u200bbredde Vel\u00adfærd \ufffe")
    item = ItemDocument("", "1", "Titel \ue000 \x02", "", sections=(Section("other", "H \ue001", html),))

    assert printed(replace(meeting(), items=(item,), place="Sal \x07")).standard == "ua-1+a-2a"
