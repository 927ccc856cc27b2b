"""The gate looks through words, and through nothing that a machine has made."""

from sagsgang.publication.gate import words_of


def test_ids_and_hashes_are_no_words() -> None:
    tree = {
        "title": "Sti",
        "public_id": "0101901234",
        "file": {"sha256": "ab0101901234cd", "name": "kort.pdf"},
        "x": ["ja"],
    }

    assert list(words_of(tree)) == ["Sti", "kort.pdf", "ja"]
