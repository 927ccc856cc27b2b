"""Office files with what must be found in their text and out of sight."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm

from bench.gate.invented import Inventor
from bench.gate.pdfs import lines_about
from bench.gate.pictures import drawn
from bench.gate.truth import Expected, Made

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def a_letter(path: Path, invent: Inventor, variant: int) -> Made:
    """A Word document; each variant hides one number another way."""
    person, other = invent.person(), invent.person()
    lines, found = lines_about(person, invent, "text")
    letter = docx.Document()
    letter.core_properties.author = ""
    letter.core_properties.comments = ""
    for line in lines:
        paragraph = letter.add_paragraph()
        step = invent.random.randrange(3, 9)
        for at in range(0, len(line), step):
            paragraph.add_run(line[at : at + step])
    found += _LETTERS[variant % len(_LETTERS)](letter, other.cpr, other.name)
    letter.save(str(path))
    return Made(path.name, "docx", found)


def _table(letter: Any, cpr: str, name: str) -> list[Expected]:
    table = letter.add_table(2, 3)
    phone = f"2{cpr[-7:]}"
    for row, words in enumerate((("Navn", "CPR-nr.", "Mobil"), (name, f"{cpr[:6]}-{cpr[6:]}", phone))):
        for column, one in enumerate(words):
            table.cell(row, column).text = one
    return [Expected("cpr", cpr, "table", "text"), Expected("phone", phone, "table", "text")]


def _hidden(letter: Any, cpr: str, _name: str) -> list[Expected]:
    run = letter.add_paragraph("Her står noget ").add_run(f"skjult om {cpr[:6]}-{cpr[6:]}")
    run.font.hidden = True
    return [Expected("cpr", cpr, "hidden", "hidden")]


def _remark(letter: Any, cpr: str, name: str) -> list[Expected]:
    paragraph = letter.add_paragraph("Kommenteret.")
    letter.add_comment(paragraph.runs, text=f"Er det {cpr[:6]}-{cpr[6:]}?", author=name, initials="X")
    return [
        Expected("cpr", cpr, "comment", "annotation"),
        Expected("comment", f"Er det {cpr}", "comment", "annotation"),
        Expected("metadata", name, "comment", "metadata"),
    ]


def _deleted(letter: Any, cpr: str, name: str) -> list[Expected]:
    letter.add_paragraph("Før ")._p.append(
        parse_xml(
            f'<w:del {W} w:id="9" w:author="{name}" w:date="2026-01-01T00:00:00Z"><w:r>'
            f'<w:delText xml:space="preserve">slettet {cpr[:6]}-{cpr[6:]}</w:delText></w:r></w:del>'
        )
    )
    return [
        Expected("cpr", cpr, "revision", "hidden"),
        Expected("revision", f"slettet {cpr}", "revision", "hidden"),
        Expected("metadata", name, "revision", "metadata"),
    ]


def _inserted(letter: Any, cpr: str, name: str) -> list[Expected]:
    letter.add_paragraph("Før ")._p.append(
        parse_xml(
            f'<w:ins {W} w:id="9" w:author="{name}" w:date="2026-01-01T00:00:00Z"><w:r>'
            f"<w:t>indsat {cpr[:6]}-{cpr[6:]}</w:t></w:r></w:ins>"
        )
    )
    return [
        Expected("cpr", cpr, "revision", "text"),
        Expected("revision", f"indsat {cpr}", "revision", "text"),
        Expected("metadata", name, "revision", "metadata"),
    ]


def _properties(letter: Any, cpr: str, name: str) -> list[Expected]:
    letter.core_properties.author = name
    letter.core_properties.title = f"Sag {cpr[:6]}-{cpr[6:]}"
    return [Expected("metadata", name, "metadata", "metadata"), Expected("cpr", cpr, "metadata", "metadata")]


def _header(letter: Any, cpr: str, _name: str) -> list[Expected]:
    letter.sections[0].header.paragraphs[0].text = f"Vedr. {cpr[:6]}-{cpr[6:]}"
    return [Expected("cpr", cpr, "header", "text")]


def _break(letter: Any, cpr: str, _name: str) -> list[Expected]:
    run = letter.add_paragraph("Det gælder ").add_run(f"{cpr[:6]}-")
    run.add_break()
    run.add_text(cpr[6:])
    return [Expected("cpr", cpr, "line break", "text")]


def _picture(letter: Any, cpr: str, _name: str) -> list[Expected]:
    file = io.BytesIO()
    drawn(["Skærmbillede", f"CPR-nr. {cpr[:6]}-{cpr[6:]}"], wide=1200, high=400, size=36).save(file, "PNG")
    file.seek(0)
    letter.add_picture(file, width=Cm(14))
    return [Expected("cpr", cpr, "image", "image")]


def _field(letter: Any, cpr: str, _name: str) -> list[Expected]:
    run = letter.add_paragraph("Felt: ").add_run()._r
    for kind, words in (("begin", ""), ("", f' DOCVARIABLE "{cpr[:6]}-{cpr[6:]}" '), ("end", "")):
        if kind:
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
        else:
            sign = OxmlElement("w:instrText")
            sign.text = words
        run.append(sign)
    return [Expected("cpr", cpr, "hidden", "hidden")]


_LETTERS = (_table, _hidden, _remark, _deleted, _inserted, _properties, _header, _break, _picture, _field)


def a_workbook(path: Path, invent: Inventor, variant: int) -> Made:
    """A workbook: numbers as words and as numbers, hidden sheets, rows and columns, notes, two cells."""
    person, other = invent.person(), invent.person()
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Ark1")
    sheet.write_row(0, 0, ["Navn", "CPR-nr.", "Telefon", "E-mail", "Adresse"])
    sheet.write_row(
        1, 0, [person.name, f"{person.cpr[:6]}-{person.cpr[6:]}", person.phone, person.email, person.address]
    )
    found = [
        Expected("cpr", person.cpr, "table", "text"),
        Expected("email", person.email, "table", "text"),
        Expected("address", person.address, "table", "text"),
        Expected("phone", person.phone, "table", "text"),
    ]
    words = f"{other.cpr[:6]}-{other.cpr[6:]}"
    way = variant % 7
    if way == 0:
        sheet.write_number(4, 1, int(other.cpr))
        found.append(Expected("cpr", other.cpr, "number cell", "text"))
    elif way == 1:
        hidden = book.add_worksheet("Skjult")
        hidden.hide()
        hidden.write(0, 0, words)
        found.append(Expected("cpr", other.cpr, "hidden", "hidden"))
    elif way == 2:
        sheet.write(6, 2, words)
        sheet.set_row(6, None, None, {"hidden": True})
        found.append(Expected("cpr", other.cpr, "hidden", "hidden"))
    elif way == 3:
        sheet.write(6, 8, words)
        sheet.set_column(8, 8, None, None, {"hidden": True})
        found.append(Expected("cpr", other.cpr, "hidden", "hidden"))
    elif way == 4:
        sheet.write_comment("A2", f"Tjek {words}", {"author": other.name})
        found += [
            Expected("cpr", other.cpr, "comment", "annotation"),
            Expected("comment", f"Tjek {words}", "comment", "annotation"),
            Expected("metadata", other.name, "comment", "metadata"),
        ]
    elif way == 5:
        sheet.write_row(8, 0, [other.cpr[:6], other.cpr[6:]])
        found.append(Expected("cpr", other.cpr, "two cells", "text"))
    else:
        book.set_properties({"author": other.name})
        book.define_name("Borger", f'="{words}"')
        found += [
            Expected("cpr", other.cpr, "hidden", "hidden"),
            Expected("metadata", other.name, "metadata", "metadata"),
        ]
    book.close()
    return Made(path.name, "xlsx", found)


def a_talk(path: Path, invent: Inventor, variant: int) -> Made:
    """A presentation of one slide, written by hand: text, speaker's note, hidden slide or remark."""
    person = invent.person()
    words = f"{person.cpr[:6]}-{person.cpr[6:]}"
    way = variant % 4
    slide, note, remark = (
        [invent.plain(), words if way in (0, 3) else "Tak"],
        words if way == 1 else "",
        words if way == 2 else "",
    )
    place = {
        0: ("text", "text"), 1: ("speaker's note", "hidden"), 2: ("comment", "annotation"), 3: ("hidden", "hidden"),
    }[way]  # fmt: skip
    found = [Expected("cpr", person.cpr, *place)]
    if remark:
        found.append(Expected("comment", words, "comment", "annotation"))
    _write_talk(path, slide, note, remark, is_hidden=way == 3)
    return Made(path.name, "pptx", found)


def _write_talk(path: Path, lines: list[str], note: str, remark: str, *, is_hidden: bool) -> None:
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    main = "application/vnd.openxmlformats-officedocument.presentationml"

    def shape(lines: list[str]) -> str:
        body = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
        return (
            '<p:sp><p:nvSpPr><p:cNvPr id="2" name="T"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
            f"<p:txBody><a:bodyPr/>{body}</p:txBody></p:sp>"
        )

    show = ' show="0"' if is_hidden else ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        parts = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            f'PartName="/ppt/presentation.xml" ContentType="{main}.presentation.main+xml"/><Override '
            f'PartName="/ppt/slides/slide1.xml" ContentType="{main}.slide+xml"/></Types>',
            "ppt/presentation.xml": f"<p:presentation {p}/>",
            "ppt/slides/slide1.xml": f"<p:sld {p} {a}{show}><p:cSld><p:spTree>{shape(lines)}</p:spTree></p:cSld></p:sld>",
        }
        if note:
            parts["ppt/notesSlides/notesSlide1.xml"] = (
                f"<p:notes {p} {a}><p:cSld><p:spTree>{shape([note])}</p:spTree></p:cSld></p:notes>"
            )
        if remark:
            parts["ppt/comments/comment1.xml"] = (
                f'<p:cmLst {p}><p:cm authorId="0" idx="1"><p:text>{remark}</p:text></p:cm></p:cmLst>'
            )
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)


def a_list(path: Path, invent: Inventor, variant: int) -> Made:
    """A list in plain text, longer than what is read at a time; of its figures those of three persons alone are any."""
    sign = ";\t"[variant % 2]
    pick = invent.random.randrange
    rows = [[f"Række {row}", str(pick(10**7, 10**8)), "", ""] for row in range(150)]
    found = []
    for row in (1, 75, 149):
        person = invent.person()
        rows[row] = [person.name, str(pick(10**7, 10**8)), person.phone, person.cpr]
        found += [Expected("phone", person.phone, "list", "text"), Expected("cpr", person.cpr, "list", "text")]
    lines = [["Navn", "Sagsnr.", ("Telefon", "Mobil", "Tlf.nr.")[variant % 3], "CPR-nr."], *rows]
    path.write_text("\n".join(sign.join(line) for line in lines) + "\n", encoding="utf-8")
    return Made(path.name, "csv", found, pages=3)


def a_clean_letter(path: Path, invent: Inventor, _variant: int) -> Made:
    """A Word document with nothing to find."""
    letter = docx.Document()
    letter.core_properties.author = ""
    letter.core_properties.comments = ""
    for number in range(25):
        letter.add_paragraph(invent.near() if number % 2 else invent.plain())
    letter.save(str(path))
    return Made(path.name, "docx")


def a_clean_workbook(path: Path, invent: Inventor, _variant: int) -> Made:
    """A budget: columns of figures and codes."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Budget")
    money = book.add_format({"num_format": "#,##0"})
    pick = invent.random.randrange
    sheet.write_row(0, 0, ["Konto", "Tekst", "Beløb", "Sagsnr.", "EAN", "Dato"])
    for row in range(1, 40):
        sheet.write_number(row, 0, pick(100_000, 999_999))
        sheet.write_string(row, 1, invent.near())
        sheet.write_number(row, 2, pick(100_000_000, 3_000_000_000), money)
        sheet.write_string(row, 3, f"{pick(2018, 2026)}-{pick(100_000):06}")
        sheet.write_string(row, 4, invent.ean())
        sheet.write_string(row, 5, f"{pick(1, 29):02}-{pick(1, 13):02}-{pick(2020, 2027)}")
    book.close()
    return Made(path.name, "xlsx")
