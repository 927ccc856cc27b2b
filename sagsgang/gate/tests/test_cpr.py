"""CPR numbers: what is one however it is set, and what is none however much it looks like one."""

import pytest

from sagsgang.gate.finding import cpr
from sagsgang.gate.finding.folded import shown

NUMBERS = [
    "010190-1234",
    "Født 010190-1234.",
    "(010190-1234)",
    "CPR:010190-1234",
    "cpr010190-1234",
    "cpr.nr.0101901234",
    "0101901234",
    "ringet af 0101901234 i går",
    "010190 1234",
    "010190 - 1234",
    "010190- 1234",
    "010190 -1234",
    "010190\t1234",
    "Hansen\t010190\t1234\tVestergade",
    "Hansen;010190;1234;Vestergade",
    "| Hansen | 010190 | 1234 | Vestergade |",
    "01 01 90 1234",
    "01 01 90-1234",
    "01.01.90-1234",
    "01-01-90-1234",
    "01/01/90-1234",
    "01.01.1990-1234",
    "01011990-1234",
    "0 1 0 1 9 0 - 1 2 3 4",
    "0 1 0 1 9 0 1 2 3 4",
    "0\t1\t0\t1\t9\t0\t1\t2\t3\t4",
    "010190-\n1234",
    "010190-\r\n1234",
    "010190\n-1234",
    "Sagen om 010190\n1234",
    "0101-\n90-1234",
    "0101\n90-1234",
    "010190-12\n34",
    "CPR 01019\n01234",
    "010190\u00ad1234",
    "010190\ufffe1234",
    "010190\ufffe\r\n1234",
    "01019\ufffe\r\n01234",
    "01\u00ad01\u00ad90-1234",
    "010190\u200b-\u200b1234",
    "010190\u20111234",
    "010190\u20131234",
    "010190\u22121234",
    "010190\u00a01234",
    "010190\u202f-\u202f1234",
    "010190.1234",
    "010190/1234",
    "010190–1234",
    "٠١٠١٩٠-١٢٣٤",
    "０１０１９０－１２３４",
    "𝟎𝟏𝟎𝟏𝟗𝟎-𝟏𝟐𝟑𝟒",
    "010190-1234²",
    "010190-1234,",
    "010190-1234_1",
    "ansøgning_010190-1234.pdf",
    "010190-1234og",
    "311299-4000",
    "290200-4000",
    "050527-2012",
    "CPR 610190-1234",
    "Faktura til Hansen, 010190-1234",
]

OTHERS = [
    "2023-05-01",
    "01-05-2023",
    "010190",
    "1234",
    "320190-1234",
    "011390-1234",
    "310290-1234",
    "290201-4000",
    "000190-1234",
    "010130-4000",  # nobody is born in 2030 yet
    "010190-xxxx",
    "010190-****",
    "12 34 56 78",
    "+45 20 12 34 56",
    "01 01 90 12 34 56",
    "EAN 5798001234567",
    "5798010190123",
    "2010101901234",
    "0101901234567",
    "010190-12345",
    "9010190-1234",
    "010190-1234-22",
    "20-010190-1234",
    "7.010190-1234",
    "DK5000400440116243",
    "DK50 0040 0440 1162 43",
    "Faktura nr. 0101901235",
    "P-nummer 1003388394",
    "Afdelingens P-nr.: 1012920855",
    "Ordrenr.: 1012201235",
    "Dok.nr. 0101901235",
    "https://www.example.dk/sag/0101901235",
    "3f0101901235ab",
    "a010190123-4",
    "00.01.10-A26-1-23",
    "27.03.00-G01-5-22",
    "Sagsnr. 00.30.00-Ø00-1-22",
    "41694/23",
    "CVR 29189846",
    "1.010.190,1234",
    "10101901235,50",
    "2021\n010190\n1235\n2022",
    "110512 2301 4500 12000",
    "Budget 110512 230112 110512",
    "I 110512 sager",
    "kl. 19.00-20.30",
    "§ 11, stk. 5, nr. 12",
    "",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_found_once(text: str) -> None:
    found = cpr.find(text)

    assert len(found) == 1
    digits = "".join(sign for sign in shown(text[found[0].start : found[0].end]) if sign.isdigit())
    assert len(digits) in (10, 12)


@pytest.mark.parametrize("text", OTHERS)
def test_another_number_is_left_alone(text: str) -> None:
    assert cpr.find(text) == []


def test_every_number_of_a_list_is_found() -> None:
    text = "010190-1234/020290-2345, 030390-3456 og 040490-1234;0505901234-060690-1234"

    found = cpr.find(text)

    assert [text[one.start : one.end] for one in found] == [
        "010190-1234",
        "020290-2345",
        "030390-3456",
        "040490-1234",
        "0505901234",
        "060690-1234",
    ]


def test_the_head_of_a_table_speaks_for_its_rows() -> None:
    rows = "\n".join(f"{day:02d}0190 12{day:02d} 100 200" for day in range(1, 29))

    assert len(cpr.find(f"CPR-nr. Beløb Rest\n{rows}")) == 28


def test_a_number_is_found_whole_where_it_stands() -> None:
    text = "Borgeren (010190-\r\n1234) klager."

    assert [text[one.start : one.end] for one in cpr.find(text)] == ["010190-\r\n1234"]
