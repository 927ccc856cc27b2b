"""Headcounts from files: what is read, and what is refused with its row and column."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.forms import day_field
from sagsgang.equality.reading import WrongFileError, read_headcount, read_members
from sagsgang.equality.rules.schemes import last_day_before
from sagsgang.equality.shapes import Figures, Sex, Status

HEAD = "Medarbejdernr;Navn;Enhed;Niveau;Køn;Status"
ROWS = [
    "101;Anne Å;Direktion;1;k;fast",
    "102;Bo Ø;Miljø;2;m;konstitueret",
    "103;Ea Æ;Skole;3;x;orlov",
    ";;Skole;3;;vakant",
]


def lines(*rows: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(rows).encode(encoding)


def heads(figures: Figures | None) -> int:
    assert figures is not None
    return figures.heads


def book(*rows: list[Any], change: Callable[[Any], object] | None = None) -> bytes:
    made, file = openpyxl.Workbook(), io.BytesIO()
    sheet: Any = made.active
    for row in rows:
        sheet.append(row)
    if change:
        change(made)
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_an_extract_is_read_as_danish_excel_writes_it(encoding: Any, delimiter: Any) -> None:
    count = read_headcount(lines(*(row.replace(";", delimiter) for row in (HEAD, *ROWS)), encoding=encoding))
    assert [row.level for row in count.employees] == [1, 2, 3, 3]
    assert [row.sex for row in count.employees] == [Sex.WOMAN, Sex.MAN, Sex.OTHER, None]
    assert count.employees[1].status == Status.ACTING
    assert count.employees[0].name == "Anne Å"
    assert count.employees[3].row == 5
    assert (count.levels[3].heads, heads(count.leaders), count.staff) == (1, 3, None)


def test_columns_are_recognised_in_any_order_and_usual_spellings() -> None:
    count = read_headcount(lines("KØN;Ledelsesniveau;Farve;Lønnr.", "Kvinde;Niveau 1 (topchefer);blå;7", "mand;;rød;8"))
    assert count.levels[1].women == 1
    assert heads(count.staff) == 2
    assert count.heading("key") == "Lønnr."


def test_other_headings_are_mapped_by_hand() -> None:
    content = lines("A;B;C", "7;2;k")
    with pytest.raises(WrongFileError):
        read_headcount(content)
    assert read_headcount(content, {"key": 0, "level": 1, "sex": 2}).levels[2].women == 1


def test_a_workbook_says_the_same() -> None:
    rows: list[list[Any]] = [[*HEAD.split(";")], *[[*row.split(";")] for row in ROWS]]
    rows[1][0], rows[1][3] = 101, 1
    assert read_headcount(book(*rows)).levels == read_headcount(lines(HEAD, *ROWS)).levels


def test_a_table_of_sums_is_read() -> None:
    count = read_headcount(
        lines(
            "niveau;kvinder;mænd;andre;i alt;andel kvinder",
            "1;2;3;;5;40 %",
            "i alt;2;3;;5;",
            "Alle ansatte;1.200;300;1;1.501;",
        )
    )
    assert (count.levels[1].women, count.levels[1].total, count.levels[1].percents) == (
        2,
        5,
        (("women_percent", 40.0),),
    )
    assert heads(count.leaders) == 5
    assert heads(count.staff) == 1501


def formula(made: Any) -> None:
    made.active["D2"] = "=1+0"


def merged(made: Any) -> None:
    made.active.merge_cells("B2:C2")


def from_1904(made: Any) -> None:
    made.epoch = CALENDAR_MAC_1904


ROW = ["101", "Anne", "Enhed", "1", "k", "fast"]
WRONG = {
    "other columns": (lines("Dato;Beløb;Konto", "1;2;3"), 1, 1),
    "UTF-16": (lines(HEAD, *ROWS, encoding="utf-16"), 1, 1),
    "DOS": (lines(HEAD.replace("Køn", "Kon"), "1;Søren;E;1;k;fast", encoding="cp850"), 2, 2),
    "twice encoded": (lines(HEAD.replace("Køn", "Kon"), "1;SÃ¸ren;E;1;k;fast"), 2, 2),
    "a byte of no encoding": (lines(HEAD.replace("Køn", "Kon")) + b"\r\n1;S\x81ren;E;1;k;fast", 2, 2),
    "formula in CSV": (lines(HEAD, "1;=A1;E;1;k;fast"), 2, 2),
    "formula": (book(HEAD.split(";"), ROW, change=formula), 2, 4),
    "1904": (book(HEAD.split(";"), ROW, change=from_1904), 1, 1),
    "merged": (book(HEAD.split(";"), ROW, change=merged), 2, 2),
    "10 MB of blank rows": (lines(HEAD, ROWS[0]) + b"\r\n;;;;;" * 1_300_000, 3, 1),
    "a row far below": (book(HEAD.split(";"), ROW, change=lambda made: made.active.__setitem__("A9000", "x")), 3, 1),
    "two rows of headings": (lines(HEAD, "Nr;Navn;Enhed;Niveau;k/m;Status", ROWS[0]), 2, 2),
    "a total row": (lines(HEAD, ROWS[0], ";I alt;;1;;"), 3, 2),
    "a heading twice": (lines(HEAD + ";Niveau", ROWS[0] + ";2"), 1, 7),
    "a level twice": (lines("niveau;kvinder;mænd", "1;2;3", "niveau 1;2;3"), 3, 1),
    "no number": (lines("niveau;kvinder;mænd", "1;2;mange"), 2, 3),
    "an empty number": (lines("niveau;kvinder;mænd", "1;2;"), 2, 3),
    "an unknown level": (lines(HEAD, "1;A;E;7;k;fast"), 2, 4),
    "an unknown sex": (lines(HEAD, "1;A;E;1;q;fast"), 2, 5),
    "a missing sex": (lines(HEAD, "1;A;E;1;;fast"), 2, 5),
    "an unknown status": (lines(HEAD, "1;A;E;1;k;syg"), 2, 6),
    "a missing number of an employee": (lines(HEAD, ";A;E;1;k;fast"), 2, 1),
    "a cell outside": (lines(HEAD, ROWS[0] + ";;hov"), 2, 7),
    "a quotation mark": (lines(HEAD, '1;"A;E;1;k;fast'), 2, 1),
    "old Excel": (b"\xd0\xcf\x11\xe0" + bytes(500), 1, 1),
    "PDF": (b"%PDF-1.7", 1, 1),
    "nothing": (b" \r\n ", 1, 1),
    "headings alone": (lines(HEAD), 2, 1),
    "no workbook": (b"PK\x03\x04 and no more", 1, 1),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_with_row_and_column(name: Any) -> None:
    content, row, column = WRONG[name]
    with pytest.raises(WrongFileError) as refusal:
        read_headcount(content)
    assert (refusal.value.row, refusal.value.column) == (row, column), str(refusal.value)


def test_a_bomb_is_not_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b" " * 30_000_000)
    with pytest.raises(WrongFileError):
        read_headcount(file.getvalue())


def test_too_large_a_file_is_refused() -> None:
    with pytest.raises(RuleBrokenError):
        read_headcount(bytes(21 * 1024 * 1024))


def test_members_come_as_names_or_as_a_table() -> None:
    assert [member.name for member in read_members("Anne Å\r\nBertelsen, Bo\r\n".encode("cp1252"))] == [
        "Anne Å",
        "Bertelsen, Bo",
    ]
    members = read_members(
        lines("navn;titel;niveau;fra;til", "Anne;Direktør;1;;", "Bo;Chef;2;;", "Ea;Direktør;;;01-01-2020")
    )
    assert [(member.words, member.level) for member in members] == [
        ("Direktør Anne", 1),
        ("Chef Bo", 2),
        ("Direktør Ea", 1),
    ]


def test_who_has_left_is_no_member() -> None:
    content = lines("navn;til", "Anne;01-01-2020", "Bo;")
    assert [member.name for member in read_members(content, date(2023, 4, 12))] == ["Bo"]


def test_a_column_that_the_file_has_not_is_refused() -> None:
    with pytest.raises(WrongFileError) as refusal:
        read_headcount(lines(HEAD, *ROWS), {"on": 9})
    assert (refusal.value.row, refusal.value.column) == (1, 10)


def test_numbers_of_thousands_of_figures_are_no_rows_and_no_texts() -> None:
    def change(file: bytes) -> bytes:
        found = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(found, "w") as new:
            for name in old.namelist():
                words = old.read(name)
                new.writestr(name, words.replace(b'<row r="2"', b'<row r="' + b"9" * 5000 + b'"'))
        return found.getvalue()

    made = book(HEAD.split(";"), [101, "Anne", "Direktion", 1, "k", "fast"])
    assert change(made) != made and read_headcount(change(made)).employees[0].row == 2


def test_days_are_of_years_with_which_can_be_reckoned() -> None:
    field = day_field("Dag")
    assert field.clean("2026-02-01") == date(2026, 2, 1)
    for wrong in ("0001-01-01", "9999-12-31"):
        with pytest.raises(ValidationError):
            field.clean(wrong)
    with pytest.raises(RuleBrokenError):
        last_day_before(date.min)
