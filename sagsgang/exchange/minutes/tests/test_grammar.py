from datetime import date, time

import pytest

from sagsgang.exchange.minutes.decisions import decision_heading
from sagsgang.exchange.minutes.grammar import body_name, find_case, find_date, find_times, is_case_line


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mandag den 3. maj 2010", date(2010, 5, 3)),
        ("12-04-2023 16:00:00", date(2023, 4, 12)),
        ("Onsdag, April 3, 2019", date(2019, 4, 3)),
        ("Torsdag, 14 november, 2019", date(2019, 11, 14)),
        ("Spørgetid 20/6 2018", date(2018, 6, 20)),
        ("26.05.2011", date(2011, 5, 26)),
        ("14-maj-2015", date(2015, 5, 14)),
        ("31. juni 2020", None),
        ("2.941.813,70", None),
        ("18.15.00-Ø40-2-19", None),
        ("85.02.02-G01-1-17", None),
        ("den  kl", None),
    ],
)
def test_dates_are_found_in_every_spelling_and_nowhere_else(text: str, found: date | None) -> None:
    result = find_date(text)

    assert (result[0] if result else None) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kl. 19.00", (time(19), None)),
        ("Kl. 19:00-21:30", (time(19), time(21, 30))),
        ("25-10-2016 kl. 15:00 - 16:10", (time(15), time(16, 10))),
        ("kl. 17. 42", (time(17, 42), None)),
        ("kl", (None, None)),
        ("den 12.04.2023", (None, None)),
        ("kl. 27.00", (None, None)),
    ],
)
def test_times_are_found_behind_kl(text: str, found: tuple[time | None, time | None]) -> None:
    assert find_times(text) == found


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("13/10057", "13/10057"),
        ("85.02.02-G01-1-17", "85.02.02-G01-1-17"),
        ("18.00Ø00 - 2014/06569", "18.00Ø00 - 2014/06569"),
        ("00.01.00P35-0098", "00.01.00P35-0098"),
        ("330-2018-3619", "330-2018-3619"),
        ("018520-2013", "018520-2013"),
        ("1-51-71-3321-08", "1-51-71-3321-08"),
        ("25-027618", "25-027618"),
        ("2.941.813,70", None),
        ("2018-2021", None),
    ],
)
def test_case_numbers_are_told_from_other_numbers(text: str, case: str | None) -> None:
    assert (text if is_case_line(text) else None) == case
    if case:
        assert find_case(f"Sagsnr.: {text} Åbent") == case


@pytest.mark.parametrize(
    ("text", "is_body"),
    [
        ("Direktionen", True),
        ("Økonomiudvalget (ØK)", True),
        ("Teknik-, Klima- og Miljøudvalget", True),
        ("14-17 Byrådet", True),
        ("Kommunalbestyrelsen_2018-21", True),
        ("Udvalget for Kultur og Fritid", True),
        ("BØRNE- OG UNGEUDVALGET", True),
        ("Byrådssalen", False),
        ("Godkendelse af dagsorden", False),
        ("Sagsfremstilling", False),
    ],
)
def test_bodies_are_known_by_their_names(text: str, is_body: bool) -> None:
    assert (body_name(text) is not None) is is_body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Beslutning", (None, None, None, "")),
        ("Beslutning i Byrådet den 20-06-2018", ("Byrådet", date(2018, 6, 20), None, "")),
        ("Beslutning Byrådet den 20-06-2018", ("Byrådet", date(2018, 6, 20), None, "")),
        ("BESLUTNING: Økonomiudvalget den 22-10-2020", ("Økonomiudvalget", date(2020, 10, 22), None, "")),
        ("Beslutning i Socialudvalget den 7. maj 2018:", ("Socialudvalget", date(2018, 5, 7), None, "")),
        ("Social og Sundhed, 6. januar 2020, pkt. 123:", ("Social og Sundhed", date(2020, 1, 6), "123", "")),
        ("Behandling i Børnerådet tirsdag den 4. marts 2014, pkt. 7", ("Børnerådet", date(2014, 3, 4), "7", "")),
        ("Byrådets beslutning i mødet den 3. maj 2012", ("Byrådet", date(2012, 5, 3), None, "")),
        ("Beslutning i Byrådet den : Godkendt.", ("Byrådet", None, None, "Godkendt.")),
        ("Beslutning: Godkendt.", (None, None, None, "Godkendt.")),
        ("Beslutning om ny skole", None),
        ("Beslutning vedr. salg af grund den 3. maj 2012", None),
        ("Byrådet besluttede den 3. maj 2012 at købe grunden.", None),
    ],
)
def test_decision_headings(text: str, expected: tuple[object, ...] | None) -> None:
    heading = decision_heading(text)

    assert (heading and (heading.body, heading.date, heading.item_no, heading.rest)) == expected
