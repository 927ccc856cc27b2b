"""The lint on Danish sentences: what it finds, and what it leaves alone. No database."""

import pytest

from sagsgang.cases.rules.lint import (
    LintedAttachment,
    LintedSection,
    LintedText,
    lint,
    reading_of,
)
from sagsgang.cases.rules.lint.annexes import numbers_in
from sagsgang.cases.rules.lint.danish import dates_in, sentences
from sagsgang.cases.tests.linted import SIX, found, only, presentation, recommendation

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
