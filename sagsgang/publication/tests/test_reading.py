"""The words of a PDF's page become paragraphs: words that a line's end parts are joined, and others are not."""

import pytest

from sagsgang.publication.rendering.reading import joined_word, paragraphs_of


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("vej", "belysningen", "vejbelysningen"), ("børne", "og", "børne- og"), ("tids", "eller", "tids- eller"),
        ("Teknik", "og", "Teknik- og"), ("by", "samt", "by- samt"), ("EU", "støtte", "EU-støtte"),
        ("Kommune", "Danmark", "Kommune-Danmark"), ("2023", "2026", "2023-2026"), ("bo", "oganden", "booganden"),
    ],
)  # fmt: skip
def test_a_parted_word_is_joined_unless_its_hyphen_means_something(before: str, after: str, joined: str) -> None:
    assert joined_word(before, after) == joined


def test_lines_become_paragraphs_and_points_and_headings_stand_alone() -> None:
    page = (
        "Økonomi\r\nKommunen vil forbedre forholdene for cyklister på hele strækningen ved vej\ufffebelysningen\r\n"
        "og de nye stier, også for børne\ufffeog ungdomsområdet i de kommende år.\r\nDet bliver dyrt.\r\n"
        "1. Første punkt\r\n2. Andet punkt"
    )

    assert paragraphs_of(page) == [
        "Økonomi",
        "Kommunen vil forbedre forholdene for cyklister på hele strækningen ved vejbelysningen og de nye stier, også"
        " for børne- og ungdomsområdet i de kommende år. Det bliver dyrt.",
        "1. Første punkt",
        "2. Andet punkt",
    ]


def test_a_page_without_text_has_no_paragraphs() -> None:
    assert paragraphs_of("  \r\n ") == []
