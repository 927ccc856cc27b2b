"""The lint on Danish sentences: what it finds, and what it leaves alone. No database."""

from datetime import date

import pytest

from sagsgang.cases.rules.lint import (
    Lint,
    LintedAttachment,
    LintedBody,
    LintedPoint,
    LintedSection,
    LintedText,
    lint,
    reading_of,
)
from sagsgang.cases.rules.lint.annexes import numbers_in
from sagsgang.cases.rules.lint.danish import dates_in, sentences
from sagsgang.cases.rules.lint.recommendation import verbs_of

BODIES = (
    LintedBody("DIR", ("Direktionen",), (date(2023, 4, 12), date(2023, 4, 26))),
    LintedBody("HU", ("Hovedudvalget",), (date(2023, 4, 27),)),
    LintedBody("MTU", ("Miljø- og Teknikudvalget",), (date(2023, 4, 24), date(2023, 5, 22))),
    LintedBody("ØK", ("Økonomiudvalget",), (date(2023, 5, 16), date(2024, 1, 16))),
    LintedBody("KB", ("Kommunalbestyrelsen", "Byrådet"), (date(2023, 5, 23), date(2023, 6, 20))),
)


def presentation(words: str, kind: str = "presentation", **facts: object) -> LintedText:
    """A text of one section; plain words, a line a paragraph."""
    section = LintedSection("s1", kind, "Sagsfremstilling", text=words)
    values: dict[str, object] = {"bodies": BODIES, "meeting_on": date(2023, 4, 12), "today": date(2023, 4, 5)}
    return LintedText((section,), **values | facts)  # type: ignore[arg-type]


def recommendation(kind: str, *points: str, verb: str = "") -> LintedText:
    section = LintedSection("r", "recommendation", "Indstilling", points=tuple(LintedPoint(verb, p) for p in points))
    return LintedText((section,), item_kind=kind)


def found(text: LintedText, *rules: str) -> list[tuple[str, str]]:
    """Rule and severity of what was found, of these rules only."""
    return [(one.rule, one.severity) for one in lint(text) if one.rule in rules]


def only(text: LintedText, rule: str) -> Lint:
    (one,) = [one for one in lint(text) if one.rule == rule]
    return one


# Decisions told before the meeting


@pytest.mark.parametrize(
    "sentence",
    [
        "Direktionen godkendte de ajourførte retningslinjer.",
        "Direktionen drøftede analysen forud for behandlingen i HU 27. april.",
        "Udvalget tog orienteringen til efterretning.",
        "På mødet godkendte udvalget planen.",
        "Kommunalbestyrelsen vedtog enstemmigt forslaget.",
        "Økonomiudvalget anbefalede, at bevillingen gives.",
        "Punktet blev drøftet.",
        "Sagen blev taget til efterretning.",
        "Planen blev godkendt af Miljø- og Teknikudvalget.",
        "Velfærdsdirektøren orienterede direktionen om processen.",
        "Direktionen godkendte planen den 12. april.",
        "Direktionen godkendte planen den 12-04-2023.",
        "Udvalget besluttede at udsætte sagen.",
        "MTU drøftede sagen.",
    ],
)
def test_a_deed_of_a_body_in_the_past_tense_is_warned_of(sentence: str) -> None:
    assert found(presentation(sentence), "past-tense") == [("past-tense", "warning")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Direktionen godkendte de oprindelige retningslinjer den 27. januar 2021.",
        "Kommunalbestyrelsen vedtog budgettet i oktober 2022.",
        "Udvalget drøftede sagen på sidste møde.",
        "Byrådet besluttede tidligere at lukke anlægget.",
        "Planen blev vedtaget i 2019.",
        "Direktionen drøftede sagen den 15. marts.",
        "Administrationen orienterede udvalget den 3. marts 2022.",
    ],
)
def test_what_was_decided_on_an_earlier_day_is_history_and_a_hint(sentence: str) -> None:
    assert found(presentation(sentence), "past-tense") == [("past-tense", "hint")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Direktionen godkender de ajourførte retningslinjer.",
        "Udvalget får forelagt den godkendte plan.",
        "Direktionen skal tage stilling til de vedtagne mål.",
        "Folketinget vedtog loven.",
        "Ministeriet godkendte ordningen.",
        "Loven blev vedtaget af Folketinget.",
        "Regeringen besluttede at udskyde reformen.",
        "Forslaget blev godkendt af bestyrelsen for vandværket, og kommunen er enig.",
        "Direktionen får at vide, hvad regionen besluttede.",
        "Udvalget kan vælge den løsning, som arkitekten anbefalede.",
        "Sagen behandles i udvalget, når ministeriet har svaret.",
        "Administrationen anbefalede i høringen en anden linjeføring.",
        "Direktionens drøftede forslag",
    ],
)
def test_words_that_tell_no_deed_of_a_body_are_left_alone(sentence: str) -> None:
    assert found(presentation(sentence), "past-tense") == []


def test_in_the_section_of_the_history_the_past_tense_belongs() -> None:
    text = presentation("Udvalget drøftede sagen.", kind="history")

    assert found(text, "past-tense") == [("past-tense", "hint")]


def test_a_point_of_the_recommendation_is_read_too() -> None:
    text = recommendation("B", "at direktionen godkendte planen")

    assert found(text, "past-tense") == [("past-tense", "warning")]


# The recommendation


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


SIX = "\n".join(
    f"{number}. {title}. " + "Sagen handler om et emne for sig, og direktionen skal kende baggrunden for den her."
    for number, title in enumerate(("Redegørelse", "Dagtilbud", "Sikkerhed", "Samskabelse", "Jord", "Rullet"), start=1)
)


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


# Attachments


@pytest.mark.parametrize(
    "sentence",
    [
        "Analysen er vedlagt.",
        "Se bilag.",
        "Planen vedlægges.",
        "Tallene fremgår af bilag 3.",
        "Jf. bilaget er der 400 m.",
        "Årshjulet indgår som bilag til drøftelsen.",
    ],
)
def test_an_attachment_that_is_mentioned_and_not_there_is_warned_of(sentence: str) -> None:
    assert found(presentation(sentence), "attachment-missing") == [("attachment-missing", "warning")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Der er ingen bilag til sagen.",
        "Arterne står i habitatdirektivets bilag 4.",
        "Lovens bilag 1 nævner anlægget.",
        "Se bilag 2 til lokalplanen.",
        "Bilagsmængden er stor.",
        "Regnskabsbilag gemmes i fem år.",
    ],
)
def test_an_attachment_of_something_else_is_none_of_the_case(sentence: str) -> None:
    attachments = (LintedAttachment(1, "Bilagsmængden regnskabsbilag ingen"),) if sentence.startswith("Se") else ()

    assert found(presentation(sentence, attachments=attachments), "attachment-missing") == []


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("Se bilag 1-3 og 5.", {1, 2, 3, 5}),
        ("Se bilag 1 og 2.", {1, 2}),
        ("Se bilag nr. 4.", {4}),
        ("Se bilag 1, 2 samt 7.", {1, 2, 7}),
        ("Bilag 2 til 4 viser det.", {2, 3, 4}),
        ("Bilag 2023 findes ikke.", set()),
        ("Bilag 12/2023", set()),
    ],
)
def test_numbers_of_attachments_are_read(sentence: str, numbers: set[int]) -> None:
    assert numbers_in(sentence) == numbers


def test_only_the_numbers_that_are_missing_are_named() -> None:
    text = presentation("Se bilag 1-3.", attachments=(LintedAttachment(1, "Kort"), LintedAttachment(2, "Plan")))

    assert only(text, "attachment-missing").message.rstrip(".").endswith("3")


def test_an_attachment_under_another_name_is_a_hint() -> None:
    attachments = (LintedAttachment(1, "Budgetanalyse om samskabelse"), LintedAttachment(2, "Kort"))

    assert found(presentation("Se vedlagte budgetanalyser.", attachments=attachments), "attachment-missing") == []
    assert found(presentation("Se vedlagte lokalplan.", attachments=attachments), "attachment-missing") == [
        ("attachment-missing", "hint")
    ]


@pytest.mark.parametrize(
    ("sentence", "unmentioned"),
    [
        ("Stien er lang.", ["1. Støjrapport", "2. Direktionens årshjul 2023"]),
        ("Se bilag 1.", ["2. Direktionens årshjul 2023"]),
        ("Direktionens årshjul og en støjrapport indgår som bilag.", []),
        ("Se bilag 1-2.", []),
    ],
)
def test_an_attachment_that_is_never_mentioned_is_a_hint(sentence: str, unmentioned: list[str]) -> None:
    attachments = (LintedAttachment(1, "Støjrapport"), LintedAttachment(2, "Direktionens årshjul 2023"))
    text = presentation(sentence, attachments=attachments)

    assert [one.quote for one in lint(text) if one.rule == "attachment-unmentioned"] == unmentioned


def test_the_only_attachment_needs_no_name() -> None:
    text = presentation("Analysen er vedlagt.", attachments=(LintedAttachment(1, "Budgetanalyse om jord"),))

    assert found(text, "attachment-unmentioned", "attachment-missing") == []


# Days


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("HU 27.april, ØK 16 maj og KB 23 maj", [(27, 4, None), (16, 5, None), (23, 5, None)]),
        ("d. 24. april", [(24, 4, None)]),
        ("den 12-04-2023 og 2023-05-16", [(12, 4, 2023), (16, 5, 2023)]),
        ("mandag den 24. april 2023", [(24, 4, 2023)]),
        ("den 3. dec. 2023 og 24/4", [(3, 12, 2023), (24, 4, None)]),
        ("§ 5 a, 41694/23, side 16, 5-6 borgere, stk. 2 og 400.000 kr.", []),
        ("32. maj", []),
    ],
)
def test_dates_are_read_as_people_write_them(words: str, expected: list[tuple[int, int, int | None]]) -> None:
    assert [(found.day, found.month, found.year) for found in dates_in(words)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Sagen behandles i HU 27.april, ØK 16 maj og KB 23 maj.",
        "Sagen skal behandles i Miljø- og Teknikudvalget d. 24. april.",
        "Sagen behandles den 24. april i Miljø- og Teknikudvalget.",
        "Sagen går til ØK den 16. januar.",
        "MTU mødes d. 24. april og 22. maj.",
        "Byrådet behandler den 23. maj 2023.",
        "Direktionen godkendte de oprindelige retningslinjer den 27. januar 2021.",
        "Frist for bemærkninger til MTU er senest 20. april.",
        "Høringsfristen udløber den 2. maj.",
        "Borgmesteren åbner stien den 1. juni.",
        "Dagsordenen til KB udsendes den 16. maj.",
        "Økonomiudvalget har set sagen. Den 2. maj åbner stien.",
    ],
)
def test_days_on_which_the_body_meets_and_days_of_nobody_are_left_alone(sentence: str) -> None:
    assert found(presentation(sentence), "date-no-meeting") == []


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Sagen behandles i HU 28.april, ØK 17 maj og KB 24 maj.", 3),
        ("Sagen skal behandles i Miljø- og Teknikudvalget d. 25. april.", 1),
        ("Sagen behandles den 25. april i Miljø- og Teknikudvalget.", 1),
        ("MTU mødes d. 24. april og 23. maj.", 1),
        ("Byrådets møde den 22-05-2023", 1),
        ("Sagen kommer for Økonomiudvalget (17. maj).", 1),
    ],
)
def test_a_day_on_which_the_body_does_not_meet_is_warned_of(sentence: str, count: int) -> None:
    assert found(presentation(sentence), "date-no-meeting") == [("date-no-meeting", "warning")] * count


def test_the_nearest_meetings_are_named() -> None:
    message = only(presentation("Sagen behandles i MTU den 10. maj."), "date-no-meeting").message

    assert [part in message for part in ("10. maj 2023", "24. april 2023", "22. maj 2023")] == [True, True, True]


def test_a_weekday_that_does_not_fit_its_date_is_warned_of() -> None:
    assert found(presentation("Mandag den 25. april 2023 åbner stien."), "weekday") == [("weekday", "warning")]
    assert found(presentation("Tirsdag den 25. april 2023 åbner stien."), "weekday") == []


# What a template leaves, emptiness, length

HELP = "Beskriv kort sagens baggrund og den politiske ramme. Skriv højst ti linjer."


@pytest.mark.parametrize(
    "words",
    [
        "HUSK denne hjælpetekst skal slettes.",
        "Beløbet er xxx kr.",
        "Stien åbner den [indsæt dato].",
        "Lorem ipsum dolor.",
        "Prisen er ????",
        "Skriv her, hvad sagen drejer sig om.",
        "Beskriv kort sagens baggrund og den politiske ramme.",
        "Beskriv kort sagens baggrund og den politiske ramme i kommunen.",
        "Bilag 4 () ()",
    ],
)
def test_what_a_template_left_is_warned_of(words: str) -> None:
    section = LintedSection("s1", "background", "Baggrund", text=words, help_text=HELP)

    assert found(LintedText((section,)), "residue") == [("residue", "warning")]


@pytest.mark.parametrize(
    "words",
    [
        "Borgerne kan ikke huske den gamle sti.",
        "Sagens baggrund er den politiske ramme for budget 2023.",
        "Lokalplan [12] er vedtaget.",
        "Fjernvarmen i XL-huset.",
    ],
)
def test_words_that_only_look_like_a_template_are_left_alone(words: str) -> None:
    section = LintedSection("s1", "background", "Baggrund", text=words, help_text=HELP)

    assert found(LintedText((section,)), "residue") == []


def test_help_text_pasted_into_another_section_is_found() -> None:
    first = LintedSection("a", "background", "Baggrund", text="Stien.", help_text=HELP)
    second = LintedSection("b", "economy", "Økonomi", text="Beskriv kort sagens baggrund og den politiske ramme.")

    assert only(LintedText((first, second)), "residue").place == "b"


def test_a_section_that_must_be_filled_in_is_an_error_and_comes_first() -> None:
    text = LintedText(
        (
            LintedSection("a", "presentation", "Sagsfremstilling", text="Punktet blev drøftet."),
            LintedSection("b", "economy", "Økonomi", is_required=True),
            LintedSection("c", "law", "Retsgrundlag"),
        )
    )

    assert [(one.rule, one.severity, one.place) for one in lint(text)] == [
        ("required-empty", "error", "b"), ("past-tense", "warning", "a"), ("empty-heading", "hint", "c"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "quotes"),
    [
        ("<h3>Økonomi</h3><p>1 kr.</p>", []),
        ("<h3>Økonomi</h3><h3>Tid</h3><p>I maj.</p>", ["Økonomi"]),
        ("<h3>Økonomi</h3><h4>Drift</h4><p>1 kr.</p>", []),
        ("<p>Stien.</p><h3>Økonomi</h3>", ["Økonomi"]),
        ("<h4>Drift</h4><h3>Tid</h3><p>I maj.</p>", ["Drift"]),
    ],
)
def test_a_heading_inside_a_text_needs_words_below_it(html: str, quotes: list[str]) -> None:
    text = LintedText((LintedSection("a", "presentation", "Sagsfremstilling", html),))

    assert [one.quote for one in lint(text) if one.rule == "empty-heading"] == quotes


def test_a_long_text_is_told_with_its_reading_time() -> None:
    text = presentation("ord " * 1601)

    assert reading_of(text).pages == 5
    assert reading_of(text).minutes == 7
    assert found(text, "long") == [("long", "hint")]
    assert [one.rule for one in lint(text, most_pages=5)] == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Mødet er d. 24. april. Direktionen ser på det.", ["Mødet er d. 24. april.", "Direktionen ser på det."]),
        ("Jf. Aftalen er det 5 pct. Det er nok.", ["Jf. Aftalen er det 5 pct. Det er nok."]),
        ("Det sker i 2023. I maj er det slut.", ["Det sker i 2023.", "I maj er det slut."]),
        ("Første linje\nAnden linje", ["Første linje", "Anden linje"]),
    ],
)
def test_sentences_end_where_they_end(line: str, expected: list[str]) -> None:
    assert list(sentences(line)) == expected


def test_every_finding_says_where_what_and_why() -> None:
    text = presentation(f"{SIX}\nPunktet blev drøftet i HU 28. april. Se bilag. HUSK xxx", item_kind="B")

    findings = lint(text)

    assert {one.rule for one in findings} == {
        "past-tense", "attachment-missing", "date-no-meeting", "residue", "composite", "point-per-matter",
        "recommendation-missing",
    }  # fmt: skip
    assert all(one.message and one.why for one in findings)
