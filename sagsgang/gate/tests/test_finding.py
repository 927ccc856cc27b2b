"""The other kinds: telephone numbers, addresses, accounts, names, what templates leave; and all of them together."""

from collections.abc import Callable

import pytest

from sagsgang.gate.finding import account, address, email, everything, name, phone, serial, template
from sagsgang.gate.finding.everything import Wanted
from sagsgang.gate.finding.folded import Found, shown

type Find = Callable[[str], list[Found]]

NAMES = ["Lene Mehlsen Thomsen", "Åse Østergård", "Bo", "Jens-Ole Kær", "Olsen"]
HELP = ["Beskriv her sagens økonomi for alle fire budgetår. Kort."]


def own(text: str) -> list[Found]:
    return email.find(text, ["egekobing.dk"])


def names(text: str) -> list[Found]:
    return name.find(text, NAMES)


def leftover(text: str) -> list[Found]:
    return template.find(text, HELP)


ROWS: list[tuple[Find, str, list[str]]] = [
    (phone.find, "Ring 20 12 34 56 i dag", ["20 12 34 56"]),
    (phone.find, "Tlf.: 20123456", ["20123456"]),
    (phone.find, "Mobil 2012 3456", ["2012 3456"]),
    (phone.find, "+4520123456", ["+4520123456"]),
    (phone.find, "(+45) 20 12 34 56", ["(+45) 20 12 34 56"]),
    (phone.find, "0045 20123456", ["0045 20123456"]),
    (phone.find, "20.12.34.56", ["20.12.34.56"]),
    (phone.find, "+46 8 123 456 78", ["+46 8 123 456 78"]),
    (phone.find, "Kontakt: Lene Hansen, 20123456", ["20123456"]),
    (phone.find, "CVR-nr. 29 18 98 46", []),
    (phone.find, "CVR 29189846", []),
    (phone.find, "Sagen 20123456", []),
    (phone.find, "20.123.456 kr.", []),
    (phone.find, "kr. 20 12 34 56", []),
    (phone.find, "uge 22 23 24 25", []),
    (phone.find, "2023 2024 2025", []),
    (phone.find, "20 12 34 56 78 90", []),
    (phone.find, "27.03.00-G01-5-22", []),
    (phone.find, "EAN 5798001234567", []),
    (phone.find, "Andelen var 40 19 46 64 pct. i de fire år", []),
    (phone.find, "Telefoni og data: 77 796 418 kr. om året", []),
    (phone.find, "Telefoni 22 43 14 57 elever", []),
    (
        phone.find,
        "Navn CPR-nr. Mobil\r\nInga Holm 071243-1457 22431457\r\nBo Friis 010180-1234 22431458",
        ["22431457", "22431458"],
    ),
    (phone.find, "Sagsnr.;Mobil;Navn\n31415926;22431457;Inga\n31415927;22431458;Bo", ["22431457", "22431458"]),
    (phone.find, "| Sag | Telefon |\n|31415926|22431457|", ["22431457"]),
    (phone.find, "Telefon Navn Sagsnr.\n22431457 Inga Holm 31415926", ["22431457"]),
    (phone.find, "Navn Beløb Mobil\nInga 31415926 22431457\nBo 31415927 ukendt", ["22431457"]),
    (phone.find, "Navn Mobil\nInga 22431457\nDet fremgår af sagen\nSag 31415926", ["22431457"]),
    (own, "Skriv til lone@example.dk.", ["lone@example.dk"]),
    (own, "mail: a.b-c+d@mail.example.co.uk,", ["a.b-c+d@mail.example.co.uk"]),
    (own, "lone (at) example.dk", ["lone (at) example.dk"]),
    (own, "lone[snabel-a]example.dk", ["lone[snabel-a]example.dk"]),
    (own, "post@egekobing.dk", []),
    (own, "skole@borne.egekobing.dk", []),
    (own, "post@ikke-egekobing.dk", ["post@ikke-egekobing.dk"]),
    (own, "@borger og a@b", []),
    (address.find, "bor Vestergade 12, 8000 Aarhus C.", ["Vestergade 12, 8000 Aarhus C"]),
    (address.find, "Nørre Allé 4B, 2. th., 8500 Grenaa", ["Nørre Allé 4B, 2. th., 8500 Grenaa"]),
    (address.find, "Søndre Ringvej 101\n8500 Grenaa", ["Søndre Ringvej 101\n8500 Grenaa"]),
    (address.find, "H.C. Andersens Vej 3, 8500 Grenaa", ["H.C. Andersens Vej 3, 8500 Grenaa"]),
    (address.find, "Ahornvej 7, st. tv", ["Ahornvej 7, st. tv"]),
    (
        address.find,
        "Elmevej 9, 8550 Ryomgård, Askevej 1, 8400 Ebeltoft",
        ["Elmevej 9, 8550 Ryomgård", "Askevej 1, 8400 Ebeltoft"],
    ),
    (address.find, "den 12. maj 2023 Direktionen", []),
    (address.find, "mødet 3 2024 Budget", []),
    (address.find, "Bilag 3, 2024 Budget", []),
    (address.find, "lokalplan for Vestergade 12", []),
    (account.find, "Reg.nr. 1234 kontonr. 0001234567", ["1234 kontonr. 0001234567"]),
    (account.find, "Konto: 1234 1234567890", ["1234 1234567890"]),
    (account.find, "kontonummer 1234-1234567", ["1234-1234567"]),
    (account.find, "DK50 0040 0440 1162 43 overføres", ["DK50 0040 0440 1162 43"]),
    (account.find, "DK5000400440116243", ["DK5000400440116243"]),
    (account.find, "1234-0001234567", ["1234-0001234567"]),
    (account.find, "DK51 0040 0440 1162 43", []),
    (account.find, "konto 6.45.50 og 12345", []),
    (account.find, "regnskab 2023 for 123456 borgere", []),
    (names, "Lene Mehlsen Thomsen mødte", ["Lene Mehlsen Thomsen"]),
    (names, "LENE MEHLSEN THOMSENS sag", ["LENE MEHLSEN THOMSENS"]),
    (names, "Lene Thomsen", ["Lene Thomsen"]),
    (names, "Thomsen, Lene Mehlsen", ["Thomsen, Lene Mehlsen"]),
    (names, "Lene Mehl\u00adsen\nThomsen", ["Lene Mehl\u00adsen\nThomsen"]),
    (names, "åse østergård’s", ["åse østergård’s"]),
    (names, "Jens-Ole Kærs have", ["Jens-Ole Kærs"]),
    (names, "Olsens hus og Olsen", ["Olsens", "Olsen"]),
    (names, "Bo bor i Olsenby med L. Thomsen", []),
    (leftover, "[indsæt navn] og [note 3]", ["[indsæt navn]"]),
    (leftover, "Kære «Fornavn»", ["«Fornavn»"]),
    (leftover, "Lorem ipsum dolor", ["Lorem ipsum"]),
    (leftover, "Beløbet er XXX kr.", ["XXX"]),
    (leftover, "bilag XXX og 010190-xxxx", []),
    (leftover, "Skriv her", ["Skriv her"]),
    (leftover, "Klik her for at angive tekst.", ["Klik her for at angive tekst"]),
    (leftover, "Han sagde »ja« og skrev [1].", []),
    (
        leftover,
        "beskriv her sagens\nøkonomi for alle fire budgetår.",
        ["beskriv her sagens\nøkonomi for alle fire budgetår."],
    ),
    (leftover, "Kort.", []),
    (serial.find, "PID:9208-2002-2-123456789012", ["PID:9208-2002-2-123456789012"]),
]


@pytest.mark.parametrize(("find", "text", "wanted"), ROWS, ids=[f"{row[0].__module__[-8:]}-{row[1]}" for row in ROWS])
def test_a_finder_finds_just_what_is_there(find: Find, text: str, wanted: list[str]) -> None:
    assert [text[one.start : one.end] for one in find(text)] == wanted


def test_two_finders_never_claim_the_same_digits() -> None:
    text = "Hansen, 010190-1234, tlf. 20 12 34 56, reg.nr. 1234 konto 0101901234, mail 0101901234@example.dk"

    found = everything.find(text, Wanted.of())

    assert [(one.kind, shown(text[one.start : one.end])) for one in found] == [
        ("cpr", "010190-1234"),
        ("phone", "20 12 34 56"),
        ("account", "1234 konto 0101901234"),
        ("email", "0101901234@example.dk"),
    ]
