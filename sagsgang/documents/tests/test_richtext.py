import pytest

from sagsgang.documents.richtext import clean, from_plain, to_plain, to_tree


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<p>A <b>b</b> <i>c</i></p>", "<p>A <strong>b</strong> <em>c</em></p>"),
        ("<p onclick='x()' style='color:red'>A</p>", "<p>A</p>"),
        ("<p>A</p><script>alert(1)</script>", "<p>A</p>"),
        ('<p><a href="javascript:x()">A</a></p>', "<p><a>A</a></p>"),
        ('<p><a href="/hemmelig">A</a></p>', "<p><a>A</a></p>"),
        ('<a href="https://kl.dk/?a=1&amp;b" rel="x">A</a>', '<a href="https://kl.dk/?a=1&amp;b">A</a>'),
        ('<a href="mailto:by@eksempel.dk">A</a>', '<a href="mailto:by@eksempel.dk">A</a>'),
        ("<div>A</div><div>B<p>C</p></div>", "<p>A</p><p>B</p><p>C</p>"),
        ("<h1>A</h1><h6>B</h6>", "<h3>A</h3><h4>B</h4>"),
        ("<p> </p><h3></h3><p><br></p><p>A</p>", "<p>A</p>"),
        ("A\x00B\x02C", "ABC"),
        ("<img src=x onerror=y>A<svg/onload=z>", "A"),
        ('<table><tr><th scope="row">A</th></tr></table>',
         '<table><tbody><tr><th scope="row">A</th></tr></tbody></table>'),
        ('<table><tr><td colspan="2" rowspan="x">A</td></tr></table>',
         '<table><tbody><tr><td colspan="2">A</td></tr></tbody></table>'),
        ('<table><tr><td colspan="999999">A</td></tr></table>',
         "<table><tbody><tr><td>A</td></tr></tbody></table>"),
    ],
)  # fmt: skip
def test_only_the_subset_is_kept_and_cleaning_twice_changes_nothing(html: str, cleaned: str) -> None:
    assert clean(html) == cleaned
    assert clean(cleaned) == cleaned


def test_plain_text_becomes_paragraphs_and_lists_and_no_marker_is_renumbered() -> None:
    html = from_plain("Formål:\n- At måle\n- At synliggøre\n\n4. at <godkende>\na) at ændre")

    assert html == (
        "<p>Formål:</p><ul><li>At måle</li><li>At synliggøre</li></ul><p>4. at &lt;godkende&gt;</p><p>a) at ændre</p>"
    )
    assert clean(html) == html


@pytest.mark.parametrize(
    "text",
    [
        "",
        "En linje",
        "Linje\nlinje",
        "- a\n- b",
        "Før\n- a\nEfter\n1. b\n2. c",
        'Tegn & <b> "her" -\n-uden blank',
    ],
)
def test_plain_text_comes_back_as_it_was(text: str) -> None:
    assert to_plain(from_plain(text)) == text


def test_a_table_is_read_row_by_row() -> None:
    html = "<table><caption>Drift</caption><tr><th>Område<th>2027</tr><tr><td>Børn<td>12</tr></table>"

    assert to_plain(html) == "Drift\nOmråde\t2027\nBørn\t12"


def test_the_tree_holds_words_as_strings_and_never_skips_a_heading() -> None:
    tree = to_tree('<h4>A</h4><p>b <strong>c</strong><br>d <a href="https://x.dk">e</a></p><h3>F</h3><h4>G</h4>')

    assert tree == [
        {"t": "h", "level": 1, "c": ["A"]},
        {
            "t": "p",
            "c": [
                "b ",
                {"t": "strong", "c": ["c"]},
                {"t": "br"},
                "d ",
                {"t": "a", "href": "https://x.dk", "c": ["e"]},
            ],
        },
        {"t": "h", "level": 1, "c": ["F"]},
        {"t": "h", "level": 2, "c": ["G"]},
    ]


def test_a_link_without_words_and_an_unsafe_link_are_no_links() -> None:
    assert to_tree('<p><a href="https://x.dk"></a><a href="file:///etc/passwd">A</a></p>') == [{"t": "p", "c": ["A"]}]


def test_bare_words_around_blocks_become_paragraphs() -> None:
    assert to_tree("a<ul><li>b</li></ul>c") == [
        {"t": "p", "c": ["a"]},
        {"t": "ul", "c": [[{"t": "p", "c": ["b"]}]]},
        {"t": "p", "c": ["c"]},
    ]


def spans(html: str) -> list[list[tuple[int, int]]]:
    [table] = to_tree(html)
    assert isinstance(table, dict)
    return [[(cell["colspan"], cell["rowspan"]) for cell in row] for row in [*table["head"], *table["body"]]]


@pytest.mark.parametrize(
    ("rows", "filled"),
    [
        ("<tr><td>a<td>b</tr><tr><td>c</tr>", [[(1, 1), (1, 1)], [(1, 1), (1, 1)]]),
        ("<tr><td colspan=2>a</tr><tr><td>b</tr>", [[(2, 1)], [(1, 1), (1, 1)]]),
        ("<tr><td rowspan=9>a<td>b</tr><tr><td>c</tr>", [[(1, 2), (1, 1)], [(1, 1)]]),
        ("<tr><td>a<td rowspan=2>b</tr><tr><td colspan=2>c</tr>", [[(1, 1), (1, 2)], [(1, 1)]]),
    ],
)
def test_every_place_of_a_table_is_covered_once(rows: str, filled: list[list[tuple[int, int]]]) -> None:
    assert spans(f"<table>{rows}</table>") == filled


def test_a_first_row_of_headings_is_the_head_and_amounts_are_marked() -> None:
    [table] = to_tree(
        "<table><tr><th>Område<th>2027</tr><tr><th>Børn<td>1.234,5</tr><tr><th>Ældre<td>980 kr.</tr></table>"
    )

    assert isinstance(table, dict)
    assert [[cell["number"] for cell in row] for row in table["head"]] == [[False, True]]
    assert [[cell["th"] for cell in row] for row in table["body"]] == [[True, False], [True, False]]
