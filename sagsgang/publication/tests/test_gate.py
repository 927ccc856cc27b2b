"""The gate finds CPR numbers however they are written, and lets other numbers pass."""

import pytest

from sagsgang.publication.gate import Finding, check, has_cpr, words_of


@pytest.mark.parametrize(
    "text",
    [
        "010190-1234",
        "0101901234",
        "010190 1234",
        "010190 - 1234",
        "010190\n1234",
        "010190-\n1234",
        "Borger (cpr.nr. 010190-1234) har klaget.",
        "CPR0101901234",
        "CPR:010190–1234",
        "290200-4234",
    ],
)
def test_a_cpr_number_is_found(text: str) -> None:
    assert has_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "321390-1234",
        "290200-1234",
        "290201-4234",
        "3453832 (41694/23)",
        "Sagsnr. 010190-12345",
        "01.01.1990",
        "1.010.190.123",
        "12/0101901234/7",
        "telefon 86 12 34 56",
        "EAN 5798001234567",
    ],
)
def test_other_numbers_pass(text: str) -> None:
    assert not has_cpr(text)


def test_findings_carry_the_place_and_not_the_words() -> None:
    assert check([("punkt 1", "intet"), ("punkt 2, bilag 3", "010190-1234")]) == [Finding("cpr", "punkt 2, bilag 3")]


def test_ids_and_hashes_are_no_words() -> None:
    tree = {
        "title": "Sti",
        "public_id": "0101901234",
        "file": {"sha256": "ab0101901234cd", "name": "kort.pdf"},
        "x": ["ja"],
    }

    assert list(words_of(tree)) == ["Sti", "kort.pdf", "ja"]
