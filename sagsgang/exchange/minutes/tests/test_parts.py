from datetime import date

import pytest

from sagsgang.exchange.minutes.attachments import read_attachments
from sagsgang.exchange.minutes.channels.plain import lines_of_text
from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.parsed import UNKNOWN, ParsedPlan, Unknown
from sagsgang.exchange.minutes.paths import path_of_matrix, path_of_sentence, path_of_title, path_of_words
from sagsgang.exchange.minutes.people import read_absence, read_people, read_person
from sagsgang.exchange.minutes.reading import read_minutes
from sagsgang.exchange.minutes.subitems import first_sentence, planned_steps, split_subitems
from sagsgang.exchange.minutes.titles import Title, clean_title
from sagsgang.exchange.minutes.votes import read_votes


def lines(*texts: str) -> list[Line]:
    return [Line(number, text) for number, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kommunaldirektør Karl Lund (formand)", ("Karl Lund", "Kommunaldirektør", "formand", None)),
        ("Pia Holm, A", ("Pia Holm", None, None, "A")),
        ("Borgmester Ida Krog (V), tjenesterejse.", ("Ida Krog", "Borgmester", None, "V")),
        ("Per Bo (C))", ("Per Bo", None, None, "C")),
        ("Beslutning", None),
        ("Hvidtby Kommune", None),
        ("at sagen udsættes", None),
    ],
)
def test_a_person_is_title_name_role_and_party(text: str, expected: tuple[object, ...] | None) -> None:
    person = read_person(text)

    assert (person and (person.name, person.title, person.role, person.party)) == expected


@pytest.mark.parametrize(
    ("text", "absent", "substitutes"),
    [
        ("Per Bo, Ida Krog og Eva Lund var fraværende.", ["Per Bo", "Ida Krog", "Eva Lund"], []),
        ("Ikke til stede: Per Bo (V) og Ida Krog (A)", ["Per Bo", "Ida Krog"], []),
        ("Der er afbud fra Per Bo. Det blev vedtaget.", ["Per Bo"], []),
        ("Afbud fra Per Bo stedfortræder Ida Krog", ["Per Bo"], [("Ida Krog", "Per Bo")]),
        ("Per Bo havde meldt afbud, og Ida Krog deltog i stedet.", ["Per Bo"], [("Ida Krog", "Per Bo")]),
        ("Ida Krog (T) var indkaldt som stedfortræder for Per Bo (T).", None, [("Ida Krog (T)", "Per Bo (T)")]),
        ("Alle mødt.", [], []),
        ("Kulturudvalget: Per Bo var fraværende.", None, []),
        ("Per Bo ankom kl. 17.32 under punkt 3.", None, []),
        ("Biblioteket er lukket.", None, []),
    ],
)
def test_sentences_of_absence(text: str, absent: list[str] | None, substitutes: list[tuple[str, str]]) -> None:
    read = read_absence(text)

    assert (None if read.absent is None else [one.name for one in read.absent]) == absent
    assert [(one.name, one.for_) for one in read.substitutes] == substitutes


def test_a_list_with_one_part_that_is_no_name_is_no_list_of_people() -> None:
    assert read_people("Per Bo, Ida Krog") is not None
    assert read_people("Per Bo, som gik") is None
    assert read_people("Ingen.") == ()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Ingen bilag."], ()),
        (["-"], ()),
        (["Se alle bilag"], None),
        (["1 Åben Notat 30112/15", "2 Lukket Lønliste"], (("Notat", "open", "30112/15"), ("Lønliste", "closed", None))),
        (["1", "Åben", "Notat", "30112/15", "2", "Lukket", "Lønliste"], (("Notat", "open", "30112/15"), ("Lønliste", "closed", None))),
        (["1 Åben Notat", "2 Åben Kort", "30112/15", "30113/15"], (("Notat", "open", "30112/15"), ("Kort", "open", "30113/15"))),
        (["kort_1.pdf", "application/pdf icon plan.pdf"], (("kort_1.pdf", None, None), ("plan.pdf", None, None))),
        (["1 -", "5120001", "Åben Notat - version (2) (30112/15) (H)"], (("Notat - version (2)", "open", "30112/15"),)),
    ],
)  # fmt: skip
def test_attachments(rows: list[str], expected: tuple[object, ...] | None) -> None:
    read = read_attachments(lines(*rows))

    assert (None if read is None else tuple((row.title, row.access, row.doc_no) for row in read)) == expected


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("Salg af grund - Lukket punkt", Title("Salg af grund", "closed")),
        ("LUKKET PUNKT: Udbud", Title("Udbud", "closed")),
        ("Salg, Engvej 9, 8000 StedbyLUKKET", Title("Salg, Engvej 9, 8000 Stedby", "closed")),
        ("Lukket sag", Title("Lukket sag", "closed")),
        ("Åbning af ny skole", Title("Åbning af ny skole", None)),
        ("Budget 2020 (B)", Title("Budget 2020", None)),
        ("Budget 2020 ........ 14", Title("Budget 2020", None)),
    ],
)
def test_titles_lose_their_marks(raw: str, title: Title) -> None:
    assert clean_title(raw) == title


def test_paths() -> None:
    assert path_of_words("KF, ØK og BY") == ("KF", "ØK", "BY")
    assert path_of_words("ØK/BY") == ("ØK", "BY")
    assert path_of_words("Kultur og mere") is None
    assert path_of_sentence("Staben indstiller til KB via DIR, TM og ØU, at") == ("DIR", "TM", "ØU", "KB")
    assert path_of_title("TM/ØU/KB - Ny vej") == (("TM", "ØU", "KB"), "Ny vej")
    assert path_of_title("ØU - Ny vej") == (None, "Ny vej")


@pytest.mark.parametrize(
    ("cells", "path"),
    [(" \n X\n \n \n ", ("BB",)), (" \n X\n \n ", UNKNOWN), (" \n \n \n \n ", None)],
    ids=["all cells", "a cell is lost", "no cross"],
)
def test_a_matrix_counts_only_when_its_cells_agree(cells: str, path: tuple[str, ...] | Unknown | None) -> None:
    source = lines_of_text(f"AA\nBB\nCC\nDD\n{cells}\nSlut", "text")

    assert path_of_matrix(list(source.lines))[1] == path


def test_votes_keep_counts_and_letters_apart() -> None:
    text = "Ad 1\nFor stemte: 5 (A+T+V)\nImod stemte: 2 (C+O)\nUndlod at stemme:\nGodkendt.\nAd 2\nFor stemte: A og B."

    votes = read_votes(text, "Byrådet")

    assert [(v.part, v.yes, v.no, v.abstain, v.yes_parties, v.no_parties, v.result) for v in votes] == [
        ("1", 5, 2, 0, ("A", "T", "V"), ("C", "O"), "Godkendt"),
        ("2", None, None, None, ("A", "B"), (), None),
    ]


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("Ny skole. Den bygges.", "Ny skole", "Den bygges."),
        ("Notat vedr. Havnen. Den slikkes op.", "Notat vedr. Havnen", "Den slikkes op."),
        ("Budget 2024. Første udkast.", "Budget 2024", "Første udkast."),
        ("2. behandling af plan. Godkendt.", "2. behandling af plan", "Godkendt."),
        ("Eventuelt.", "Eventuelt", ""),
    ],
)
def test_the_title_is_the_first_sentence(text: str, title: str, rest: str) -> None:
    assert first_sentence(text) == (title, rest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HU 27.april, ØK 16 maj og KB 23 maj.", [("HU", (2023, 4, 27)), ("ØK", (2023, 5, 16)), ("KB", (2023, 5, 23))]),
        ("ØK d. 16/5 og KB den 23.05.2023", [("ØK", (2023, 5, 16)), ("KB", (2023, 5, 23))]),
        ("Økonomiudvalget tirsdag den 16. maj", [("Økonomiudvalget", (2023, 5, 16))]),
        ("ØK d. 16. og KB d. 23. maj", [("ØK", (2023, 5, 16)), ("KB", (2023, 5, 23))]),
        ("KB 24. januar", [("KB", (2024, 1, 24))]),
        ("Direktionen den 3. marts 2023 og perioden 1. juni 2020", []),
        ("Direktionen godkendte reglerne den 27. januar 2021.", []),
    ],
)
def test_planned_steps_take_the_year_of_the_meeting(
    text: str, expected: list[tuple[str, tuple[int, int, int]]]
) -> None:
    meeting = date(2023, 12, 12) if "januar" in text and "godkendte" not in text else date(2023, 4, 12)

    assert planned_steps(text, meeting) == tuple(ParsedPlan(body, date(*day)) for body, day in expected)


def test_without_the_meeting_the_year_stays_unknown() -> None:
    assert planned_steps("KB 23 maj", None) == (ParsedPlan("KB", None),)


def test_a_list_of_recommendations_is_no_list_of_matters() -> None:
    text, decision = "Der er to veje:\n1. at gøre det. Nu.\n2. at lade være. Nu.", "1. at gøre det. Ja."

    assert split_subitems(text, decision, None) == (text, decision, ())


def test_a_decision_with_another_title_stays_whole() -> None:
    text = "Punkter:\n1. Skole. Om den.\n2. Havn. Om den."
    decision = "1. Skole. Drøftet.\n2. Havnen. Drøftet."

    lead, kept, subitems = split_subitems(text, decision, None)

    assert (lead, kept) == ("Punkter:", decision)
    assert [(one.no, one.title, one.text, one.decision) for one in subitems] == [
        ("1", "Skole", "Om den.", None),
        ("2", "Havn", "Om den.", None),
    ]


def test_unread_lines_keep_their_line_numbers() -> None:
    document = read_minutes(b"# https://eksempel.dk/x\nReferat\n\nSnurrige ord her\nDato: 3. maj 2021\n")

    assert [(one.line, one.text) for one in document.unread] == [(4, "Snurrige ord her")]
