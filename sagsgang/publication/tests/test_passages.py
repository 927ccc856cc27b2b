"""The places of found words in a text: pure, without a database."""

from sagsgang.publication.queries.passages import _best_start, _parts_with, _places


def test_whole_words_are_found_where_they_stand() -> None:
    text = "Cykelstier, DELTE_stier\n(stien)"

    assert _places(text, frozenset({"sti", "cykelsti"})) == [
        ("cykelstier", 0, 10),
        ("delte_stier", 12, 23),
        ("stien", 25, 30),
    ]


def test_a_letter_that_becomes_two_moves_no_place() -> None:
    text = "İİİ Vejby"

    assert [text[start:end] for _, start, end in _places(text, frozenset({"vej"}))] == ["Vejby"]


def test_the_passage_begins_where_most_different_words_are_near() -> None:
    places = [("sti", 0, 3), ("sti", 10, 13), ("sti", 500, 503), ("vej", 510, 513), ("sti", 900, 903)]

    assert _best_start(places) == 500
    assert _best_start([("x" * 300, 0, 300)]) == 0
    assert _best_start([]) == 0


def test_parts_in_which_a_stem_stands() -> None:
    assert sorted(_parts_with("aagade cykel sti stier vej", frozenset({"sti", "vej"}))) == ["sti", "stier", "vej"]
    assert _parts_with("", frozenset({"sti"})) == []
