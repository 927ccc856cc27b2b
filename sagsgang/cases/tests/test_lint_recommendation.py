"""The lint on recommendations: points that begin with *at*, verbs that fit, one matter each. No database."""

import pytest

from sagsgang.cases.rules.lint import LintedSection, LintedText
from sagsgang.cases.rules.lint.recommendation import verbs_of
from sagsgang.cases.tests.linted import SIX, found, only, presentation, recommendation


@pytest.mark.parametrize(
    ("words", "verbs"),
    [
        ("at planen godkendes", ["approve"]),
        ("at udvalget godkender planen", ["approve"]),
        ("at orienteringen tages til efterretning", ["note"]),
        ("at udvalget tager orienteringen om, at planen vedtages i maj, til efterretning", ["note"]),
        ("at direktionen drøfter analysen", ["discuss"]),
        ("at udvalget drøfter, hvordan forvaltningen kan gennemføre analysen", ["discuss"]),
        ("at udvalget drøfter og godkender planen", ["discuss", "approve"]),
        ("at der gives en tillægsbevilling på 400.000 kr.", ["grant"]),
        ("at rådighedsbeløbet frigives", ["grant"]),
        ("at udvalget over for byrådet anbefaler forslaget", ["recommend"]),
        ("at sagen oversendes til Økonomiudvalget", ["forward"]),
        ("at ansøgningen afvises", ["reject"]),
        ("at forslaget sendes i høring", ["decide"]),
        ("at lokalplanen vedtages endeligt", ["adopt"]),
        ("at den godkendte plan tages til efterretning", ["note"]),
        ("at kaffen er varm", []),
    ],
)
def test_a_point_says_what_it_asks_for(words: str, verbs: list[str]) -> None:
    assert verbs_of(words) == verbs


@pytest.mark.parametrize(
    ("kind", "points", "expected"),
    [
        ("B", ("at planen godkendes",), []),
        ("B", ("at status tages til efterretning", "at der bevilges 400.000 kr."), []),
        ("B", ("at sagen drøftes",), [("verb-unfit", "warning")]),
        ("B", ("at orienteringen tages til efterretning",), [("verb-unfit", "warning")]),
        ("D", ("at direktionen drøfter analysen",), []),
        ("D", ("at direktionen godkender analysen",), [("verb-unfit", "warning")]),
        ("O", ("at orienteringen tages til efterretning",), []),
        ("O", ("at planen godkendes",), [("verb-unfit", "warning")]),
        ("O", ("at direktionen drøfter analysen",), [("verb-unfit", "warning")]),
        ("", ("at planen godkendes",), []),
        ("B", ("planen godkendes",), [("at-missing", "warning")]),
        ("B", ("1. at planen godkendes", "b) at der bevilges 1 kr.", "- At sagen oversendes til KB"), []),
        ("B", ("at punkterne behandles",), [("hollow", "warning")]),
        ("B", ("at sagen behandles.",), [("hollow", "warning")]),
        ("D", ("at punktet tages op",), [("hollow", "warning")]),
        ("B", ("at kaffen er varm",), [("verb-missing", "hint")]),
        ("B", ("Attraktive boliger godkendes",), [("at-missing", "warning")]),
    ],
)
def test_points_begin_with_at_and_fit_the_item(kind: str, points: tuple[str, ...], expected: list[object]) -> None:
    rules = ("at-missing", "verb-unfit", "hollow", "verb-missing")

    assert found(recommendation(kind, *points), *rules) == expected


def test_the_chosen_verb_is_held_against_the_words() -> None:
    assert found(recommendation("B", "at sagen drøftes", verb="approve"), "verb-differs") == [("verb-differs", "hint")]
    assert found(recommendation("B", "at planen vedtages", verb="approve"), "verb-differs") == []


def test_a_chosen_verb_speaks_where_the_words_have_none() -> None:
    text = recommendation("O", "at kaffen er varm", verb="approve")

    assert found(text, "verb-unfit", "verb-missing") == [("verb-unfit", "warning")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Det indstilles, at punkterne behandles.", [("hollow", "warning")]),
        ("Natur og Miljø indstiller,\n- at stien godkendes\n- at der bevilges 1 kr.", []),
        ("Forvaltningen indstiller, at stien godkendes.", []),
        ("Forvaltningen indstiller stien.", [("at-missing", "warning")]),
    ],
)
def test_a_recommendation_in_running_words_is_read_as_points(words: str, expected: list[object]) -> None:
    text = LintedText((LintedSection("r", "recommendation", "Indstilling", text=words),), item_kind="B")

    assert found(text, "at-missing", "hollow", "verb-unfit", "verb-missing") == expected


def test_an_item_for_decision_without_a_recommendation_is_told_so() -> None:
    assert found(presentation("Stien.", item_kind="B"), "recommendation-missing") == [
        ("recommendation-missing", "warning")
    ]
    assert found(presentation("Stien.", item_kind="O"), "recommendation-missing") == []


def test_several_matters_in_one_item_are_warned_of_and_each_wants_a_point() -> None:
    text = LintedText(
        (
            LintedSection("s", "presentation", "Sagsfremstilling", text=SIX),
            LintedSection("r", "recommendation", "Indstilling", text="Det indstilles, at punkterne behandles."),
        ),
        item_kind="B",
    )

    assert found(text, "composite", "point-per-matter") == [("composite", "warning"), ("point-per-matter", "warning")]
    assert only(text, "composite").quote == "Redegørelse; Dagtilbud; Sikkerhed; Samskabelse; Jord; Rullet"


@pytest.mark.parametrize(
    "words",
    [
        "1. asfalt\n2. grus\n3. fliser",
        "1. Redegørelse. Den handler om ét emne, og direktionen skal kende baggrunden for den, før sagen går videre til udvalget.",
        "Kommuneplanen har tre mål:\n1. flere cyklister\n2. færre biler\n3. renere luft i byen",
    ],
)
def test_a_numbered_list_is_no_item_of_many_matters(words: str) -> None:
    assert found(presentation(words), "composite", "point-per-matter") == []
