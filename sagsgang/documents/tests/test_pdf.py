import io
import logging
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest

from sagsgang.documents import fonts
from sagsgang.documents.pdf import REPLACEMENT, Pdf, printable, render_pdf
from sagsgang.documents.richtext import to_tree

MADE = datetime(2026, 5, 13, 9, 30, tzinfo=UTC)
WORDS = """
#import "/house.typ": house, blocks
#let sheet = json(bytes(sys.inputs.data))
#show: house.with(title: sheet.title)
#heading(sheet.title)
#blocks(sheet.data)
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return tmp_path / "words.typ"


def printed(template: Path, source: str, data: Any = None, **changes: Any) -> Pdf:
    template.write_text(source, encoding="utf-8")
    return render_pdf(template, data, **{"title": "En titel", "made_at": MADE, **changes})


def words_in(pdf: Pdf) -> str:
    document = pypdfium2.PdfDocument(pdf.content)
    return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())


def tags_in(pdf: Pdf) -> list[tuple[str, str]]:
    """Every structure element: its tag, and the scope of a table's heading."""
    found = []
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        waiting: list[Any] = [opened.Root.StructTreeRoot]
        while waiting:
            element = waiting.pop()
            if "/S" in element:
                attributes = element.get("/A", {})
                own = attributes[0] if isinstance(attributes, pikepdf.Array) and len(attributes) else attributes
                found.append((str(element.S), str(own.get("/Scope", "")) if element.S == "/TH" else ""))
            below = element.get("/K", [])
            kids = list(below) if isinstance(below, pikepdf.Array) else [below]
            waiting += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]
    return found


def is_valid(pdf: Pdf) -> dict[str, list[str]]:
    reports = {name: page.validate_pdf_bytes(pdf.content, profile=name) for name in ("ua1", "2a")}
    return {name: [failure.rule_id for failure in report.failures] for name, report in reports.items()}


def test_a_page_is_accessible_and_fit_for_the_archive_and_knows_its_language(template: Path) -> None:
    pdf = printed(template, WORDS, to_tree("<p>Æblegrød</p>"))

    assert (pdf.standard, pdf.forced_by) == ("ua-1+a-2a", "")
    assert is_valid(pdf) == {"ua1": [], "2a": []}
    assert words_in(pdf) == "En titel Æblegrød"
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        assert str(opened.Root.Lang) == "da-DK"
        assert str(opened.docinfo.Title) == "En titel"


def test_the_same_input_gives_the_same_bytes_in_any_time_zone(template: Path) -> None:
    here = MADE.astimezone(timezone(timedelta(hours=2)))

    first, again = printed(template, WORDS, []), printed(template, WORDS, [], made_at=here)
    later = printed(template, WORDS, [], made_at=MADE + timedelta(seconds=1))

    assert first.content == again.content
    assert first.content != later.content


def test_a_time_without_zone_is_refused(template: Path) -> None:
    with pytest.raises(ValueError, match="aware"):
        printed(template, WORDS, [], made_at=datetime(2026, 5, 13))  # noqa: DTZ001 - the fault under test


def test_words_are_never_markup(template: Path) -> None:
    words = '#panic("x") $x$ @label <label> *a* _b_ = c \\ "d" #read("/etc/passwd") `e`'

    pdf = printed(template, WORDS, [{"t": "p", "c": [words]}], title=words)

    assert pdf.standard == "ua-1+a-2a"
    assert '#panic("x") $x$ @label <label> *a* _b_ = c \\' in words_in(pdf)


@pytest.mark.parametrize(
    "text",
    [
        "smil 😀", "nyt tegn 🫠", "漢字", "مرحبا", "αβγ łśž", "privat \ue000", "Vel\u00adfærd",
        "nul\u200bbredde", "styring \x02 \x1b", "linje\nskift \u2028", "retning \u202e",
        "ufuldendt \ufffe \ufeff", "halv \ud800",
        "sammensat a\u030a z\u0336", "familie \U0001f468\u200d\U0001f469\u200d\U0001f467",
    ],
)  # fmt: skip
def test_no_text_forces_a_lower_standard(template: Path, text: str) -> None:
    pdf = printed(template, WORDS, [{"t": "p", "c": [text]}], title=f"Om {text}")

    assert (pdf.standard, pdf.forced_by) == ("ua-1+a-2a", "")
    assert is_valid(pdf) == {"ua1": [], "2a": []}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Vel\u00adfærd", "Velfærd"),
        ("a\tb\r\nc", "a b  c"),
        ("a\u200bb\ufeff", "ab"),
        ("a\x02b", "ab"),
        ("A\u030arhus", "Århus"),
        ("privat \ue000", f"privat {REPLACEMENT}"),
        ("漢", REPLACEMENT),
        ("Ωmega – 5 €", "Ωmega – 5 €"),
        ("10\u00a0kr.", "10\u00a0kr."),
    ],
)
def test_text_is_made_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    ("body", "standard", "forced_by"),
    [
        ("= A\n=== B", "a-2b", "heading level skipped"),
        ("== A", "a-2b", "first heading is not of level 1"),
        ("= #[]", "a-2b", "heading empty"),
        ('#image(bytes("<svg xmlns=\'http://www.w3.org/2000/svg\' width=\'9\' height=\'9\'/>"))', "a-2b",
         "image without alternative text"),
        ("= Hemmelig \ue000", "plain", "glyph missing"),
    ],
)  # fmt: skip
def test_a_template_that_breaks_a_rule_is_printed_one_step_lower_and_logged_without_its_words(
    template: Path, caplog: pytest.LogCaptureFixture, body: str, standard: str, forced_by: str
) -> None:
    head = '#set document(title: "x")\n#set text(lang: "da", font: ("IBM Plex Sans", "DejaVu Sans"))\n'

    with caplog.at_level(logging.WARNING):
        pdf = printed(template, head + body)

    assert (pdf.standard, pdf.forced_by) == (standard, forced_by)
    assert caplog.messages[0] == f"words.typ cannot be printed as ua-1+a-2a: {forced_by}"
    assert "Hemmelig" not in caplog.text


def test_a_document_without_title_is_not_accessible_but_is_printed(template: Path) -> None:
    assert printed(template, '#set text(lang: "da")\nx').forced_by == "document without title"


def test_a_faulty_template_is_an_error(template: Path) -> None:
    with pytest.raises(RuntimeError, match="unknown variable"):
        printed(template, "#nothing-of-this-name")


def test_headings_of_rows_and_columns_are_tagged_as_such(template: Path) -> None:
    table = (
        "<table><caption>Drift</caption><tr><th>Område<th>2027</tr>"
        "<tr><th>Børn<td>1</tr><tr><td><strong>I alt</strong><td>1</tr></table>"
    )

    pdf = printed(template, WORDS, to_tree(table))

    tags = tags_in(pdf)
    assert sorted(tag for tag in tags if tag[0] == "/TH") == [
        ("/TH", "/Column"),
        ("/TH", "/Column"),
        ("/TH", "/Row"),
    ]
    assert tags.count(("/TD", "")) == 3
    assert ("/Caption", "") in tags
    assert is_valid(pdf) == {"ua1": [], "2a": []}


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td colspan=3>a<td>b</tr><tr><td>c</tr></table>",
        "<table><tr><td>a<table><tr><td>b</table></table>",
        "<table><thead><tr><th rowspan=3>a<th>b</tr></thead></table>",
        "<table></table>", "<ul></ul>", "<p></p>", "<ol><li></li><li>a<ol><li>b</li></ol></li></ol>",
        "<h4>a</h4><h3>b</h3><h4>c</h4>",
        "<ul><li>a<table><tr><th>b<th>c</tr><tr><td>d</tr></table></li></ul>",
        f"<p>{'uendeligt' * 60}</p>", f"<p>https://{'sti/' * 90}</p>",
    ],
)  # fmt: skip
def test_any_stored_text_can_be_printed(template: Path, html: str) -> None:
    pdf = printed(template, WORDS, to_tree(html))

    assert pdf.standard == "ua-1+a-2a"
    assert is_valid(pdf) == {"ua1": [], "2a": []}


def test_our_fonts_know_their_letters_and_are_few() -> None:
    assert {ord(letter) for letter in "æøåÆØÅéü§€→–”’�"} <= fonts.printable_characters()
    assert 0xE000 not in fonts.printable_characters()
    assert sum(file.stat().st_size for file in fonts.FOLDER.iterdir() if file.is_file()) < 3_000_000
