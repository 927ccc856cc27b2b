"""The difference of two texts: readable, lossless in both directions, safe, and quick on long texts."""

import random
import re
import time

import pytest
from django.utils.html import strip_tags

from sagsgang.cases.rendering.difference import difference, unchanged, words_difference
from sagsgang.documents import richtext

_HEARD = re.compile(r'<span class="sr-only">[^<]*</span>')


def plainly(html: str) -> str:
    """The difference without the words that are only heard."""
    return _HEARD.sub("", html)


def side(html: str, *, without: str) -> str:
    """The words of one side: what the other brought is taken out."""
    left = re.sub(rf"<{without}>.*?</{without}>", "", plainly(html))
    return words(re.sub(r"</?(?:ins|del)>", "", left))


def words(html: str) -> str:
    return re.sub(r"\s+", "", richtext.to_plain(html))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<p>Stien er 400 m.</p>", "<p>Stien er 400 m.</p>", "<p>Stien er 400 m.</p>"),
        (
            "<p>Stien bliver 400 m lang.</p>", "<p>Stien bliver 450 m lang.</p>",
            "<p>Stien bliver <del>400 </del><ins>450 </ins>m lang.</p>",
        ),
        ("<p>Første.</p>", "<p>Første.</p><p>Andet.</p>", "<p>Første.</p><p><ins>Andet.</ins></p>"),
        ("<p>Første.</p><p>Andet.</p>", "<p>Andet.</p>", "<p><del>Første.</del></p><p>Andet.</p>"),
        (
            "<ul><li>asfalt</li><li>grus</li></ul>", "<ul><li>asfalt</li><li>fliser</li><li>grus</li></ul>",
            "<ul><li><p>asfalt</p></li><li><p><ins>fliser</ins></p></li><li><p>grus</p></li></ul>",
        ),
        (
            "<ol><li>asfalt</li><li>grus</li></ol>", "<ol><li>grus</li></ol>",
            '<ol><li value="1"><p><del>asfalt</del></p></li><li value="1"><p>grus</p></li></ol>',
        ),
        (
            "<table><thead><tr><th>År</th><th>Kr.</th></tr></thead><tbody><tr><td>2026</td><td>100</td></tr></tbody></table>",
            "<table><thead><tr><th>År</th><th>Kr.</th></tr></thead><tbody><tr><td>2026</td><td>150</td></tr></tbody></table>",
            '<table><thead><tr><th scope="col"><p>År</p></th><th scope="col"><p>Kr.</p></th></tr></thead><tbody><tr>'
            "<td><p>2026</p></td><td><p><del>100</del></p><p><ins>150</ins></p></td></tr></tbody></table>",
        ),
        ("<p>Stien <strong>er</strong> klar.</p>", "<p>Stien er klar.</p>", "<p>Stien er klar.</p>"),
        (
            '<p>Se <a href="https://a.example/">planen</a> her.</p>', '<p>Se <a href="https://b.example/">planen</a> her.</p>',
            '<p>Se <del><a href="https://a.example/">planen</a></del><ins><a href="https://b.example/">planen</a></ins> her.</p>',
        ),
        ("", "", ""),
    ],
)  # fmt: skip
def test_what_came_and_went_is_marked_in_its_place(old: str, new: str, expected: str) -> None:
    assert plainly(difference(old, new)) == expected


def test_the_marks_are_heard_too() -> None:
    html = difference("<p>Stien er lang.</p>", "<p>Stien er kort.</p>")

    assert html.count('<del><span class="sr-only">') == html.count('<ins><span class="sr-only">') == 1


def test_words_between_two_changes_that_say_little_are_read_with_them() -> None:
    html = plainly(difference("<p>Udvalget vil se på den sag i maj.</p>", "<p>Udvalget vil høre om en sag i maj.</p>"))

    assert html == "<p>Udvalget vil <del>se på den </del><ins>høre om en </ins>sag i maj.</p>"


def test_what_looks_like_markup_in_the_words_stays_words() -> None:
    html = difference("<p>a &lt;script&gt; b</p>", '<p>a &lt;img src=x onerror="y"&gt; b</p>')

    assert "<script" not in html
    assert "<img" not in html
    assert side(html, without="ins") == "a<script>b"


def test_a_dangerous_link_is_words_and_no_link() -> None:
    html = difference("<p>x</p>", '<p><a href="javascript:alert(1)">klik</a></p>')

    assert "javascript" not in html
    assert "klik" in html


def test_a_heading_is_compared_as_words() -> None:
    assert plainly(words_difference("Økonomi", "Økonomi & <b>")) == "Økonomi <ins>&amp; &lt;b&gt;</ins>"


def test_an_unchanged_text_keeps_its_emphasis() -> None:
    assert unchanged("<p>Stien <strong>er</strong> klar.</p>") == "<p>Stien <strong>er</strong> klar.</p>"


def _random_text(rng: random.Random) -> str:
    vocabulary = ["stien", "åen", "kommunen", "400", "m", "og", "en", "by,", "Økonomi.", "§", "5 a", "<b>", "&"]

    def line() -> str:
        text = " ".join(rng.choice(vocabulary) for _ in range(rng.randint(1, 9)))
        text = text.replace("&", "&amp;").replace("<", "&lt;")
        return f"<strong>{text}</strong> slut" if rng.random() < 0.2 else text

    blocks = []
    for _ in range(rng.randint(0, 7)):
        kind = rng.choice(["p", "p", "h3", "ul", "ol", "table"])
        if kind in ("p", "h3"):
            blocks.append(f"<{kind}>{line()}</{kind}>")
        elif kind == "table":
            rows = "".join(f"<tr><td>{line()}</td><td>{line()}</td></tr>" for _ in range(rng.randint(1, 4)))
            blocks.append(f"<table><tbody>{rows}</tbody></table>")
        else:
            items = "".join(f"<li>{line()}</li>" for _ in range(rng.randint(1, 4)))
            blocks.append(f"<{kind}>{items}</{kind}>")
    return "".join(blocks)


def _changed(rng: random.Random, html: str) -> str:
    """The same text with some words taken out, doubled or replaced."""
    return re.sub(
        r"(?<=>)[^<>]+",
        lambda found: " ".join(
            rng.choice([word, word, word, "", f"{word} {word}", "nyt"]) for word in found[0].split(" ")
        ),
        html,
    )


@pytest.mark.parametrize("seed", range(150))
def test_each_side_can_be_read_out_of_the_difference(seed: int) -> None:
    rng = random.Random(seed)
    old = _random_text(rng)
    new = _changed(rng, old) if seed % 3 else _random_text(rng)

    html = difference(old, new)

    assert side(html, without="ins") == words(old)
    assert side(html, without="del") == words(new)


@pytest.mark.parametrize("seed", range(20))
def test_the_html_is_in_the_subset_but_for_the_marks(seed: int) -> None:
    rng = random.Random(seed)
    html = plainly(difference(_random_text(rng), _random_text(rng)))

    bare = re.sub(r"</?(?:ins|del)>", "", html)

    assert strip_tags(richtext.clean(bare)) == strip_tags(bare)


def _hundred_pages(rng: random.Random) -> list[str]:
    vocabulary = [f"ord{n}" for n in range(3000)] + ["og", "i", "af", "til", "kommunen"] * 100
    return ["".join(f"{rng.choice(vocabulary)} " for _ in range(60)) for _ in range(700)]


def test_a_hundred_pages_with_changes_everywhere_take_less_than_a_second() -> None:
    rng = random.Random(7)
    paragraphs = _hundred_pages(rng)
    old = "".join(f"<p>{text}</p>" for text in paragraphs)
    new = "".join(
        f"<p>{text.replace('kommunen', 'forvaltningen')} nyt</p>" for text in paragraphs if rng.random() > 0.05
    )

    began = time.process_time()
    html = difference(old, new)
    took = time.process_time() - began

    assert "<ins>" in html
    assert took < 4  # about 0.6 s alone; the machine of the tests is shared


def test_one_endless_paragraph_is_no_trap() -> None:
    rng = random.Random(7)
    old = " ".join(_hundred_pages(rng))
    new = re.sub(r"ord(\d)7 ", r"andet\1 ", old)

    began = time.process_time()
    html = difference(f"<p>{old}</p>", f"<p>{new}</p>")

    assert "<del>" in html
    assert time.process_time() - began < 4


def test_a_table_of_the_same_row_two_thousand_times_is_no_trap() -> None:
    row = "<tr><td>0</td><td>kr.</td></tr>"

    began = time.process_time()
    html = difference(f"<table>{row * 2000}</table>", f"<table>{row * 1990}</table>")

    assert plainly(html).count("<del>") == 20
    assert time.process_time() - began < 6
