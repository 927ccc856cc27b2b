"""Word documents: what goes out comes back the same, what comes from others finds its place, no word is lost unsaid."""

import io
import re
import zipfile
from collections import Counter

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sagsgang.cases.actions.editing import save_section
from sagsgang.cases.actions.word import LEAVE, NEW, read_word
from sagsgang.cases.models import AppropriationLine, Case, Presentation, Section, SectionRevision
from sagsgang.cases.queries.versions import draft_of
from sagsgang.cases.rendering.docx_in import incoming_of, is_money
from sagsgang.cases.rendering.docx_out import docx_of
from sagsgang.cases.rules.incoming import Part, Place, matched, split_points
from sagsgang.cases.tests.factories import Town, make_case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.documents import richtext

RICH = (
    "<p>Stien er <strong>400 m</strong> og <em>smuk</em>, CO<sub>2</sub>-neutral og 5 m<sup>2</sup> bred.<br>Ny linje.</p>"
    '<p>Se <a href="https://plan.example/sti?a=1&amp;b=2">planen</a> &amp; kortet &lt;her&gt;.</p>'
    "<h3>Tidsplan</h3><p>I maj.</p><h4>Etape 1</h4><p>I juni.</p>"
    "<ul><li>asfalt</li><li>grus<ul><li>fint</li><li>groft<ol><li>sort</li></ol></li></ul></li></ul>"
    "<ol><li>først</li><li>så</li></ol><p>Mellem.</p><ol><li>igen fra et</li></ol>"
    "<table><caption>Udgifter</caption><thead><tr><th>År</th><th>Kr.</th></tr></thead>"
    "<tbody><tr><td>2026</td><td>100</td></tr><tr><td>2027</td><td>50</td></tr></tbody></table>"
    '<table><tbody><tr><td colspan="2">bred</td></tr><tr><td>a</td><td>b</td></tr></tbody></table>'
)


def draft(case: Case) -> Presentation:
    found = draft_of(case)
    assert found
    return found


def places_of(version: Presentation) -> list[Place]:
    return [Place(str(s.pk), s.kind, s.heading) for s in version.sections.all()]


def document(*lines: tuple[str, str]) -> docx.document.Document:
    """A Word document of paragraphs, each with its style; "B" is a paragraph of bold words."""
    made = docx.Document()
    for style, words in lines:
        if style == "B":
            made.add_paragraph().add_run(words).bold = True
        else:
            made.add_paragraph(words, style=style)
    return made


def content_of(made: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


PLACES = [
    Place("p", "presentation", "Sagsfremstilling"), Place("e", "economy", "Økonomi"),
    Place("r", "recommendation", "Indstilling"),
]  # fmt: skip


def test_what_goes_out_comes_back_the_same(town: Town) -> None:
    case = make_case(town)
    version = draft(case)
    section = version.sections.get(position=1)
    save_section(section, html=RICH, seen=1, actor=town.writer)
    AppropriationLine.objects.create(
        presentation=version, position=1, side="grant", account="Veje", year=2026, amount=400
    )
    before = [(s.html, [(p.marker, p.verb, p.text) for p in s.points.all()]) for s in version.sections.all()]

    incoming = incoming_of(docx_of(version, title=case.title), places_of(version))
    parts = [part for part in incoming.parts if not is_money(part)]
    seen = {str(s.pk): s.revision for s in version.sections.all()}
    read_word(
        version, parts=parts, places=matched(parts, places_of(version)), seen=seen, sha256="0" * 64, actor=town.writer
    )

    after = [(s.html, [(p.marker, p.verb, p.text) for p in s.points.all()]) for s in version.sections.all()]
    assert (incoming.title, incoming.notes) == ("Ny sti ved åen", ())
    assert [richtext.to_plain(html) for html, _points in after] == [richtext.to_plain(html) for html, _points in before]
    assert [points for _html, points in after] == [points for _html, points in before]
    assert [
        mark
        for mark in ("<strong>", "<em>", "<sub>", "<sup>", "<h3>", "<h4>", "<thead>", "<ol>")
        if mark not in after[0][0]
    ] == []
    assert '<a href="https://plan.example/sti?a=1&amp;b=2">planen</a>' in after[0][0]
    assert 'colspan="2"' in after[0][0]


def test_the_document_is_danish_titled_and_marks_its_header_rows(town: Town) -> None:
    version = draft(make_case(town))
    section = version.sections.get(position=1)
    save_section(section, html=RICH, seen=1, actor=town.writer)

    content = docx_of(version, title="Ny sti ved åen")

    made = docx.Document(io.BytesIO(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body, styles = archive.read("word/document.xml").decode(), archive.read("word/styles.xml").decode()
    assert (made.core_properties.title, made.core_properties.language, made.core_properties.author) == (
        "Ny sti ved åen", "da-DK", "Sagsgang",
    )  # fmt: skip
    assert 'w:lang w:val="da-DK"' in styles
    assert body.count("<w:tblHeader") == 1
    assert [p.text for p in made.paragraphs if p.style and p.style.name == "Heading 1"] == [
        "Sagsfremstilling",
        "Indstilling",
    ]
    assert [p.text for p in made.paragraphs if p.text.startswith("at ")] == ["at stien godkendes"]


@pytest.mark.parametrize(
    ("lines", "parts", "places"),
    [
        (
            [("Heading 1", "Sagsfremstilling"), ("Normal", "Stien."), ("Heading 1", "Indstilling"), ("Normal", "at stien godkendes")],
            [("Sagsfremstilling", "<p>Stien.</p>"), ("Indstilling", "<p>at stien godkendes</p>")], ["p", "r"],
        ),
        (  # other headings of the same kind, a number and a colon
            [("Heading 1", "1. Redegørelse:"), ("Normal", "Stien."), ("Heading 1", "ØKONOMISKE KONSEKVENSER"), ("Normal", "400 kr.")],
            [("1. Redegørelse:", "<p>Stien.</p>"), ("ØKONOMISKE KONSEKVENSER", "<p>400 kr.</p>")], ["p", "e"],
        ),
        (  # bold lines and bare lines for headings
            [("B", "Sagsfremstilling"), ("Normal", "Stien."), ("Normal", "Indstilling"), ("Normal", "at x godkendes")],
            [("Sagsfremstilling", "<p>Stien.</p>"), ("Indstilling", "<p>at x godkendes</p>")], ["p", "r"],
        ),
        (  # a title of level 1, sections of level 2, and what has no place
            [("Heading 1", "Ny sti"), ("Heading 2", "Sagsfremstilling"), ("Heading 3", "Vejr"), ("Normal", "Regn."),
             ("Heading 2", "Naboer"), ("Normal", "To.")],
            [("Sagsfremstilling", "<h3>Vejr</h3><p>Regn.</p>"), ("Naboer", "<p>To.</p>")], ["p", ""],
        ),
        (  # words before the first heading
            [("Normal", "Stien."), ("Heading 1", "Indstilling"), ("Normal", "at x")],
            [("", "<p>Stien.</p>"), ("Indstilling", "<p>at x</p>")], ["p", "r"],
        ),
        (  # ... which stay apart where the presentation has its own
            [("Normal", "Notat."), ("Heading 1", "Sagsfremstilling"), ("Normal", "Stien.")],
            [("", "<p>Notat.</p>"), ("Sagsfremstilling", "<p>Stien.</p>")], ["", "p"],
        ),
        ([("Normal", "Kun ord.")], [("", "<p>Kun ord.</p>")], ["p"]),
    ],
)  # fmt: skip
def test_a_document_is_divided_at_its_headings(
    lines: list[tuple[str, str]], parts: list[tuple[str, str]], places: list[str]
) -> None:
    incoming = incoming_of(content_of(document(*lines)), PLACES)

    assert [(part.heading, part.html) for part in incoming.parts] == parts
    assert list(matched(incoming.parts, PLACES).values()) == places


@pytest.mark.parametrize(
    ("html", "rest", "points"),
    [
        ("<p>Vi indstiller,</p><ul><li>at stien godkendes</li><li>At der bevilges 1 kr.</li></ul>", "<p>Vi indstiller,</p>",
         [("approve", "at stien godkendes"), ("grant", "At der bevilges 1 kr.")]),
        ("<p>1. at stien godkendes</p><p>- at sagen drøftes</p>", "",
         [("approve", "at stien godkendes"), ("discuss", "at sagen drøftes")]),
        ("<ul><li>at stien godkendes</li><li>Attraktivt</li></ul>", "<ul><li>at stien godkendes</li><li>Attraktivt</li></ul>", []),
        ("<p>Det indstilles, at stien godkendes.</p>", "<p>Det indstilles, at stien godkendes.</p>", []),
        ("<ul><li><p>at stien</p><p>godkendes</p></li></ul>", "", [("approve", "at stien godkendes")]),
        ("<p>a) at &lt;b&gt; godkendes</p><p>Slut.</p>", "<p>Slut.</p>", [("approve", "at <b> godkendes")]),
    ],
)  # fmt: skip
def test_lines_that_begin_with_at_are_points(html: str, rest: str, points: list[tuple[str, str]]) -> None:
    left, found = split_points(html)

    assert (left, [(point.verb, point.text) for point in found]) == (rest, points)


def test_no_word_of_the_document_is_lost() -> None:
    made = document(
        ("Title", "Titel ord0"), ("Normal", "ord1"), ("Heading 2", "ord2"), ("List Bullet", "ord3"), ("Quote", "ord4")
    )
    table = made.add_table(rows=2, cols=2)
    for number, cell in enumerate(table._cells, start=5):
        cell.text = f"ord{number}"
    nested = table.cell(1, 1).add_table(rows=1, cols=1)
    nested.cell(0, 0).text = "ord9"

    incoming = incoming_of(content_of(made), PLACES)

    read = " ".join([incoming.title, *(f"{p.heading} {re.sub('<[^>]+>', ' ', p.html)}" for p in incoming.parts)])
    assert Counter(re.findall(r"ord\d", read)) == Counter(f"ord{n}" for n in range(10))
    assert incoming.notes == ()


def test_words_that_cannot_be_read_are_said() -> None:
    made = document(("Normal", "Formlen er"))
    math = OxmlElement("m:oMath")
    run, words = OxmlElement("m:r"), OxmlElement("m:t")
    words.text = "E=mc"
    run.append(words)
    math.append(run)
    made.paragraphs[0]._p.append(math)

    (note,) = incoming_of(content_of(made), PLACES).notes

    assert note.endswith("E, mc")


def test_tracked_changes_comments_pictures_and_page_heads_are_said() -> None:
    made = document(("Normal", "Stien"))
    inserted, deleted = OxmlElement("w:ins"), OxmlElement("w:del")
    for change, tag, words in ((inserted, "w:t", " er lang"), (deleted, "w:delText", " er kort")):
        change.set(qn("w:id"), "1")
        change.set(qn("w:author"), "x")
        run, text = OxmlElement("w:r"), OxmlElement(tag)
        text.text = words
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        change.append(run)
        made.paragraphs[0]._p.append(change)
    made.sections[0].header.paragraphs[0].text = "Fortroligt udkast"
    made.add_comment(made.paragraphs[0].runs, text="Skal det stå her?", author="x", initials="x")
    made.add_paragraph().add_run()._r.append(OxmlElement("w:drawing"))

    incoming = incoming_of(content_of(made), PLACES)

    assert [part.html for part in incoming.parts] == ["<p>Stien er lang</p>"]
    assert len(incoming.notes) == 4
    assert "Fortroligt" not in "".join(incoming.notes)


def test_footnotes_stand_as_a_part_of_their_own() -> None:
    content = content_of(document(("Normal", "Stien")))
    note = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2"><w:p><w:r>'
        "<w:t>Kilde</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(
                    b"<w:t>Stien</w:t></w:r>", b'<w:t>Stien</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
                )
            if name == "word/_rels/document.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                data = data.replace(
                    b"</Rel", f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Rel'.encode()
                )
            new.writestr(name, data)
        new.writestr("word/footnotes.xml", note)

    parts = incoming_of(changed.getvalue(), PLACES).parts

    assert len(parts) == 2
    assert "Kilde" in parts[1].html


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 i stykker", b"%PDF-1.7", content_of(document(("Normal", "x")))[:3000]]
)
def test_a_broken_file_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(RuleBrokenError):
        incoming_of(content, PLACES)


def test_a_document_with_a_part_beyond_all_measure_is_refused_unread() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (21 * 1024 * 1024))

    with pytest.raises(RuleBrokenError):
        incoming_of(bomb.getvalue(), PLACES)


# Written into the draft


def written(case: Case) -> list[tuple[str, str, str, list[str]]]:
    rows = Section.objects.filter(presentation=draft(case))
    return [(row.kind, row.heading, row.html, [point.text for point in row.points.all()]) for row in rows]


def take_in(case: Case, town: Town, parts: list[Part], *places: str, seen: dict[str, int] | None = None) -> int:
    version = draft(case)
    known = {str(row.pk): row.revision for row in version.sections.all()} if seen is None else seen
    keys = [str(row.pk) for row in version.sections.all()]
    chosen = {part.number: keys[int(p)] if p.isdigit() else p for part, p in zip(parts, places, strict=True)}
    return read_word(version, parts=parts, places=chosen, seen=known, sha256="a" * 64, actor=town.writer)


def test_each_part_goes_where_it_was_wanted(town: Town) -> None:
    case = make_case(town)
    parts = [
        Part(1, "Redegørelse", "<p>Ny.</p>"), Part(2, "Naboer", "<p>To.</p>"), Part(3, "Økonomi", "<p>1 kr.</p>"),
        Part(4, "Kladde", "<p>Nej.</p>"), Part(5, "Indstilling", "<p>Vi indstiller</p><ul><li>at sagen drøftes</li></ul>"),
    ]  # fmt: skip

    count = take_in(case, town, parts, "0", "0", NEW, LEAVE, "1")

    assert count == 4
    assert written(case) == [
        ("presentation", "Sagsfremstilling", "<p>Ny.</p><h3>Naboer</h3><p>To.</p>", []),
        ("recommendation", "Indstilling", "<p>Vi indstiller</p>", ["at sagen drøftes"]),
        ("economy", "Økonomi", "<p>1 kr.</p>", []),
    ]


def test_it_is_in_the_log_without_words_and_the_old_words_can_be_found(town: Town) -> None:
    case = make_case(town)

    take_in(case, town, [Part(1, "", "<p>Ny.</p>")], "0")

    entry = AuditEntry.objects.get(subject=f"cases.Case:{case.pk}", verb="read_word")
    assert entry.data == {"presentation": str(draft(case).pk), "sha256": "a" * 64, "parts": 1, "left": 0}
    assert [row.html for row in SectionRevision.objects.filter(section__presentation=draft(case))] == ["<p>Ny.</p>"]


def test_if_the_draft_was_changed_in_between_nothing_is_written(town: Town) -> None:
    case = make_case(town)
    seen = {str(row.pk): row.revision for row in draft(case).sections.all()}
    save_section(draft(case).sections.get(position=1), html="<p>Imens.</p>", seen=1, actor=town.colleague)

    with pytest.raises(RuleBrokenError):
        take_in(case, town, [Part(1, "", "<p>Ny.</p>")], "0", seen=seen)

    assert written(case)[0][2] == "<p>Imens.</p>"
