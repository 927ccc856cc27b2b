"""Figures in a table are known by what stands over their column, or to their left."""

from pathlib import Path

import docx
import pytest
import xlsxwriter

from sagsgang.gate.examining import examine
from sagsgang.gate.finding.heading import ACCOUNT, CPR, PHONE, REGISTRATION, heading_of
from sagsgang.gate.masking.act import mask
from sagsgang.gate.pieces import Kind

PHONE_NUMBER = "47378405"


def found(path: Path) -> list[tuple[str, str]]:
    return [(str(one.kind), one.text) for one in examine(path).findings]


def workbook(path: Path, *rows: list[object]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Ark1")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Telefon", PHONE),
        ("Tlf.", PHONE),
        ("Tlf.nr.", PHONE),
        ("Mobil", PHONE),
        ("Mobiltelefon", PHONE),
        ("Privat telefon", PHONE),
        ("CPR-nr.", CPR),
        ("Personnummer", CPR),
        ("Reg.nr.", REGISTRATION),
        ("Kontonr.", ACCOUNT),
        ("Bankkonto", ACCOUNT),
        ("Konto", ""),  # of the budget
        ("Telefon (kr.)", ""),
        ("Telefonudgifter", ""),
        ("Telefoni, budget 2027", ""),
        ("Ring til vagten på telefon, hvis du finder en fejl i listen", ""),
        ("Telefon 47378405", ""),
        ("", ""),
    ],
)
def test_what_a_heading_says(words: str, said: str) -> None:
    assert heading_of(words) == said


@pytest.mark.parametrize("number", [PHONE_NUMBER, int(PHONE_NUMBER)])
@pytest.mark.parametrize("heading", ["Telefon", "Tlf.", "Mobil"])
def test_a_telephone_number_under_its_heading_is_found_and_masked(tmp_path: Path, heading: str, number: object) -> None:
    source = workbook(tmp_path / "a.xlsx", ["Navn", heading, "Sag"], ["A", number, 23456789], ["B", "", 31415926])

    assert found(source) == [("phone", PHONE_NUMBER)]
    done = mask(source, {Kind.PHONE}, tmp_path / "b.xlsx")

    assert (done.left, found(tmp_path / "b.xlsx")) == ([], [])
    assert [one.text for one in done.removed] == [PHONE_NUMBER]


def test_figures_without_a_heading_and_under_others_are_none(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", ["Konto", "Beløb", "Telefon (kr.)"], [12345678, 23456789, 45678912])

    assert found(source) == []


def test_a_word_to_the_left_speaks_for_the_cell_beside_it_alone(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", ["Telefon", PHONE_NUMBER, 31415926], ["Sag", "", 31415926])

    assert found(source) == [("phone", PHONE_NUMBER)]


def test_the_bank_and_the_account_in_two_columns_are_an_account(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", ["Reg.nr.", "Kontonr."], ["1234", "0012345678"])

    assert ("account", "0012345678") in found(source)


def test_a_table_in_a_letter_and_in_plain_text(tmp_path: Path) -> None:
    letter = docx.Document()
    table = letter.add_table(2, 2)
    for row, words in enumerate((("Navn", "Mobil"), ("A", PHONE_NUMBER))):
        for column, one in enumerate(words):
            table.cell(row, column).text = one
    letter.core_properties.author = ""
    letter.save(str(tmp_path / "a.docx"))
    rows = "\n".join(f"Navn {number};{'Sag' * 20};1" for number in range(80))
    (tmp_path / "a.csv").write_text(f"Navn;Sag;Telefon\n{rows}\nA;2;{PHONE_NUMBER}\n", encoding="utf-8")

    assert found(tmp_path / "a.docx") == [("phone", PHONE_NUMBER)]
    assert found(tmp_path / "a.csv") == [("phone", PHONE_NUMBER)]
    done = mask(tmp_path / "a.csv", {Kind.PHONE}, tmp_path / "b.csv")
    assert (done.left, PHONE_NUMBER in (tmp_path / "b.csv").read_text(encoding="utf-8")) == ([], False)
