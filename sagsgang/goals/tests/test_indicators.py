"""Indicators: files as they come, what is compared and stored, who sees what was to move them, what the pages cost."""

import io
import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from pytest_django import Settings

from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.documents.tables import WrongFileError, read_sheet
from sagsgang.goals.actions import add_area, indicators, withdraw_area, withdraw_local_goal
from sagsgang.goals.actions.indicator_series import write_figure
from sagsgang.goals.actions.indicators import IndicatorFacts
from sagsgang.goals.forms.indicators import IndicatorForm
from sagsgang.goals.models import Indicator, IndicatorImport, IndicatorLink, IndicatorValue
from sagsgang.goals.queries.indicators import signed, worded
from sagsgang.goals.rendering.indicators import series_plot
from sagsgang.goals.rules.dashboard import pulls_both_ways
from sagsgang.goals.rules.indicators import Aim, Move, progress
from sagsgang.goals.rules.periods import parse_period
from sagsgang.goals.rules.series import columns_of, figures_of
from sagsgang.goals.tests.factories import Town, local_goal, make_case, make_item, project
from sagsgang.goals.tests.test_views_goals import as_user, at, text

TODAY = date(2026, 3, 2)
SECRET = "Afskedigelse af en leder"


@pytest.fixture(autouse=True)
def english(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture(autouse=True)
def in_2026() -> object:
    with time_machine.travel("2026-03-02 12:00"):
        yield


def lines(*rows: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(rows).encode(encoding)


def book(*rows: list[Any], change: Any = None) -> bytes:
    made, file = openpyxl.Workbook(), io.BytesIO()
    sheet: Any = made.active
    for row in rows:
        sheet.append(row)
    if change:
        change(made)
    made.save(file)
    return file.getvalue()


def read(content: bytes, measured_in: str = "") -> list[tuple[str, Decimal, str | None]]:
    sheet = read_sheet(content)
    found = figures_of(sheet, columns_of(sheet), measured_in=measured_in, today=TODAY)
    return [(one.period.code, one.value, one.note) for one in found]


@pytest.mark.parametrize(
    ("written", "code", "last"),
    [("2023", "2023", "2023-12-31"), ("2023K1", "2023K1", "2023-03-31"), ("1. kvartal 2023", "2023K1", "2023-03-31"),
     ("K4 2023", "2023K4", "2023-12-31"), ("2024M02", "2024M02", "2024-02-29"), ("02-2024", "2024M02", "2024-02-29"),
     ("Februar 2024", "2024M02", "2024-02-29"), ("okt-23", "2023M10", "2023-10-31"), ("2023H1", "2023H1", "2023-06-30"),
     ("31-01-2023", "2023-01-31", "2023-01-31"), ("2023-01-31", "2023-01-31", "2023-01-31"),
     ("45000", "2023-03-15", "2023-03-15"), ("2023K5", None, None), ("13-2023", None, None), ("året", None, None)],
)  # fmt: skip
def test_periods_are_read_as_people_write_them(written: str, code: str | None, last: str | None) -> None:
    found = parse_period(written)
    assert (found.code, found.on.isoformat()) == (code, last) if found else code is None
    if found:
        assert parse_period(found.code) == found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_series_is_read_with_danish_numbers_in_any_order(encoding: str) -> None:
    content = lines("Bemærkning;VÆRDI;År", "ny opgørelse;1.234,5;2023", ";-12,5;2024", "", encoding=encoding)
    assert read(content) == [("2023", Decimal("1234.5"), "ny opgørelse"), ("2024", Decimal("-12.5"), "")]


def test_a_workbook_keeps_its_decimals() -> None:
    rows: list[list[Any]] = [
        ["Dato", "Tal"],
        [date(2023, 1, 31), 1.234],
        [date(2023, 2, 28), 0.1 + 0.2],
        ["31-03-2023", "1.234"],
    ]
    values = [value for _code, value, _note in read(book(*rows))]
    assert values == [Decimal("1.234"), Decimal("0.3"), Decimal(1234)]
    assert read(lines("år;pct.", "2023;12,5 %"), "%") == [("2023", Decimal("12.5"), None)]


def from_1904(made: Any) -> None:
    made.epoch = CALENDAR_MAC_1904


def formula(made: Any) -> None:
    made.active["B2"] = "=1+1"


WRONG = {
    "other columns": (lines("Konto;Beløb", "1;2"), 1, 1),
    "no number": (lines("År;Værdi", "2023;mange"), 2, 2),
    "no figure": (lines("År;Værdi", "2023;.."), 2, 2),
    "a per cent that is none": (lines("År;Værdi", "2023;12 %"), 2, 2),
    "too large": (lines("År;Værdi", "2023;1E30"), 2, 2),
    "no period": (lines("År;Værdi", "2023;1", "i alt;2"), 3, 1),
    "a period twice": (lines("Kvartal;Værdi", "2023K1;1", "1. kvartal 2023;2"), 3, 1),
    "two kinds": (lines("Periode;Værdi", "2023;1", "2024K1;2"), 3, 1),
    "not begun": (lines("År;Værdi", "2027;1"), 2, 1),
    "points of two kinds": (lines("År;Værdi", "2023;12.5", "2024;1.234"), 3, 2),
    "two columns of one": (lines("År;Værdi;Antal", "2023;1;2"), 1, 3),
    "a long note": (lines("År;Værdi;Note", f"2023;1;{'x' * 301}"), 2, 3),
    "formula": (book(["År", "Værdi"], [2023, 1], change=formula), 2, 2),
    "1904": (book(["År", "Værdi"], [2023, 1], change=from_1904), 1, 1),
    "10 MB of blank rows": (lines("År;Værdi", "2023;1") + b"\r\n;;;;;;" * 1_300_000, 3, 1),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_with_row_and_column(name: str) -> None:
    content, row, column = WRONG[name]
    with pytest.raises(WrongFileError) as refusal:
        read(content)
    assert (refusal.value.row, refusal.value.column) == (row, column), str(refusal.value)


@pytest.mark.parametrize(
    ("latest", "before", "better", "told"),
    [(80, 90, "lower", (Move.BETTER, 20, False, 50)), (55, 60, "lower", (Move.BETTER, 0, True, 113)),
     (110, 100, "lower", (Move.WORSE, 50, False, -25)), (60, 60, "higher", (Move.SAME, 0, True, 100)),
     (60, None, "lower", (Move.UNKNOWN, 0, True, 100)), (None, None, "lower", (Move.UNKNOWN, None, False, None))],
)  # fmt: skip
def test_how_far_it_is_to_the_target(latest: int | None, before: int | None, better: str, told: object) -> None:
    now, then = (None if value is None else Decimal(value) for value in (latest, before))
    found = progress(now, then, Aim(better, Decimal(100), Decimal(60)))
    assert (found.move, found.distance, found.is_reached, found.way) == told


def enter(town: Town, name: str = "CO₂ pr. borger", **facts: Any) -> Indicator:
    written: dict[str, Any] = {
        "name": name, "source": "Energistyrelsen", "better": "lower", "measured_in": "ton", "decimals": 1,
        "baseline_value": Decimal("6.5"), "baseline_on": date(2019, 12, 31), "target_value": Decimal("2"),
        "target_on": date(2030, 12, 31), "serves": ("13",),
    } | facts  # fmt: skip
    return indicators.add_indicator(town.authority, IndicatorFacts(**written), actor=town.secretary)


def figure(town: Town, indicator: Indicator, period: str, value: str, note: str = "") -> IndicatorValue:
    return write_figure(indicator, period=period, value=Decimal(value), note=note, actor=town.secretary)


def send(client: Client, indicator: Indicator, content: bytes, name: str = "tal.csv") -> Any:
    return client.post(at("import-figures", indicator.pk), {"file": SimpleUploadedFile(name, content)})


def hidden(answer: Any) -> dict[str, str]:
    page = answer.content.decode().split("<h2>Columns</h2>")[0]
    return dict(re.findall(r'type="hidden" name="(kept|seen|period|value|note)" value="([^"]*)"', page))


def stored(indicator: Indicator) -> list[tuple[str, str, int]]:
    rows = IndicatorValue.objects.filter(indicator=indicator)
    return [(row.period, f"{row.value.normalize():f}", row.version) for row in rows]


def test_a_file_is_compared_before_it_is_stored_and_a_changed_figure_is_a_new_version(town: Town) -> None:
    indicator, client = enter(town), as_user(town, "secretary")
    old = figure(town, indicator, "2022", "5.4")
    figure(town, indicator, "2023", "5.1")
    content = lines("Periode;Værdi;Note", "2022;5,40;", "2023;4,9;ny opgørelse", "2024;4,7;")

    answer = send(client, indicator, content)

    shown = " ".join(answer.content.decode().split())
    assert "New: 1. Changed: 1. The same: 1." in shown
    assert (">5.1 ton<" in shown, ">4.9 ton<" in shown, "ny opgørelse" in shown) == (True, True, True)
    assert stored(indicator) == [("2022", "5.4", 1), ("2023", "5.1", 1)]
    fields = hidden(answer)
    late = figure(town, indicator, "2021", "5.6")
    again = client.post(at("import-figures", indicator.pk), fields | {"store": "1"})
    assert (again.status_code, "in the meantime" in again.content.decode()) == (422, True)
    assert not IndicatorImport.objects.exists()
    assert client.post(at("import-figures", indicator.pk), hidden(again) | {"store": "1"}).status_code == 302
    assert stored(indicator) == [("2021", "5.6", 1), ("2022", "5.4", 1), ("2023", "4.9", 2), ("2024", "4.7", 1)]
    row = IndicatorValue.objects.get(period="2023")
    page = text(client, at("indicator-figure", row.pk))
    assert ("tal.csv, row 3" in page, "5.1 ton" in page, "replaced " in page) == (True, True, True)
    assert "maal-secretary" in page
    for pk in (old.pk, late.pk):  # what stood can be looked up
        assert client.get(at("indicator-figure", pk)).status_code == 200
    assert "nothing to store" in send(client, indicator, content).content.decode()
    sheet = client.get(at("indicator-file", indicator.pk)).content
    assert "nothing to store" in send(client, indicator, sheet).content.decode()
    other = as_user(town, "director").post(at("import-figures", indicator.pk), fields | {"store": "1"}, follow=True)
    assert "kept no longer" in other.content.decode()  # sealed for who sent it
    assert AuditEntry.objects.filter(verb="import_figures").get().data["changed"] == 1


def test_other_headings_are_mapped_and_a_wrong_file_stores_nothing(town: Town) -> None:
    indicator, client = enter(town), as_user(town, "caseworker")
    assert client.get(at("import-figures", indicator.pk)).status_code == 403
    client = as_user(town, "secretary")
    answer = send(client, indicator, lines("Hvornår;Udledt;Andet", "2023;4,9;x", "2024;47;y"))
    assert (answer.status_code, "Row 1, column A: No heading says" in answer.content.decode()) == (422, True)
    kept = {"kept": _kept(answer)}
    mapped = client.post(at("import-figures", indicator.pk), kept | {"period": "0", "value": "1", "note": ""})
    assert "New: 2." in mapped.content.decode()
    assert client.post(at("import-figures", indicator.pk), kept | {"period": "0", "value": "9"}).status_code == 422
    wrong = client.post(at("import-figures", indicator.pk), kept | {"period": "0", "value": "2", "store": "1"})
    assert "Row 2, column C: “x” is no number." in wrong.content.decode()
    for content, sentence in ((b"", "The file is empty."), (b"%PDF-1.7", "This is a PDF.")):
        answer = send(client, indicator, content)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    forged = client.post(at("import-figures", indicator.pk), {"kept": "x", "store": "1"}, follow=True)
    assert "Choose it once more" in forged.content.decode()
    assert stored(indicator) == []
    tenfold = send(client, indicator, lines("År;Værdi", "2023;4,9", "2024;49"))
    assert "Is a decimal comma missing?" in tenfold.content.decode()


def _kept(answer: Any) -> str:
    found = re.search(r'name="kept" value="([^"]*)"', answer.content.decode())
    assert found
    return found.group(1)


def test_figures_are_typed_corrected_and_taken_off(town: Town) -> None:
    indicator, client = enter(town), as_user(town, "director")
    page = at("write-figure", indicator.pk)
    for sent, sentence in (
        ({"period": "altid", "value": "1"}, "is no period"), ({"period": "2027", "value": "1"}, "has not begun"),
        ({"period": "2023", "value": "fem"}, "is no number"),
    ):  # fmt: skip
        assert sentence in client.post(page, sent).content.decode()
    assert client.post(page, {"period": "2023K1", "value": "1.234,5", "note": ""}).status_code == 302
    row = IndicatorValue.objects.get()
    assert "each of a quarter" in client.post(page, {"period": "2024", "value": "1"}).content.decode()
    assert "there already" in client.post(at("correct-figure", row.pk), {"value": "1234,5"}).content.decode()
    client.post(at("correct-figure", row.pk), {"value": "1200", "note": "talt forkert"})
    assert stored(indicator) == [("2023K1", "1200", 2)]
    assert client.get(at("correct-figure", row.pk)).status_code == 403  # it stands no more
    assert "Write why." in client.post(at("withdraw-figure", IndicatorValue.objects.get().pk), {}).content.decode()
    client.post(at("withdraw-figure", IndicatorValue.objects.get().pk), {"reason": "Kilden tog det tilbage"})
    assert "Kilden tog det tilbage" in text(client, at("indicator-figure", IndicatorValue.history.get(version=2).pk))
    for change in ({"value": 1}, {"withdrawn_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            IndicatorValue.history.filter(pk=row.pk).update(**change)


def test_an_indicator_is_entered_changed_and_fetched(town: Town) -> None:
    client, own = as_user(town, "secretary"), local_goal(town)
    facts = {
        "name": "Unge i job", "source": "Jobindsats", "better": "higher", "measured_in": "%", "decimals": "1",
        "baseline_value": "61,5", "target_value": "70", "target_on": "2028-12-31", "serves": "4; 8.6",
        "local_goals": [str(own.pk)], "unit": str(town.unit.pk), "source_address": "https://jobindsats.dk",
    }  # fmt: skip
    refused = client.post(at("add-indicator", town.authority.pk), facts)
    assert "both its value and its day" in refused.content.decode()
    assert client.post(at("add-indicator", town.authority.pk), facts | {"baseline_on": "2021-12-31"}).status_code == 302
    row = Indicator.objects.get()
    again = client.get(at("edit-indicator", row.pk)).content.decode()
    assert ('value="61.5"' in again, "4, 8.6" in again) == (True, True)
    client.post(at("edit-indicator", row.pk), facts | {"baseline_on": "2021-12-31", "serves": "8.6", "decimals": "0"})
    assert [str(one) for one in row.goals.filter(goal__isnull=False)] == ["8.6"]
    page = text(client, at("indicator", row.pk))
    assert ("No figure is brought in yet." in page, own.name in page) == (True, True)
    figure(town, row, "2023", "64")
    figure(town, row, "2024", "-3.5")
    tree = json.loads(client.get(at("indicator-data", row.pk)).content)
    assert [(one["period"], one["value"]) for one in tree["figures"]] == [("2023", 64), ("2024", -3.5)]
    assert (tree["baseline"], tree["local_goals"]) == ({"value": 61.5, "on": "2021-12-31"}, [own.name])
    assert ";-3,5;" in client.get(at("indicators-file")).content.decode()
    assert "2024;-3,5;;2024-12-31;%;1;2026-03-02" in client.get(at("indicator-file", row.pk)).content.decode()
    assert as_user(town, "colleague").get(at("edit-indicator", row.pk)).status_code == 200  # her unit owns it
    client.post(at("withdraw-indicator", row.pk))
    assert client.get(at("indicator", row.pk)).status_code == 404


@pytest.mark.parametrize(
    ("name", "sees"),
    [("secretary", True), ("auditor", False), ("other", False)],
)
def test_what_is_closed_moves_nothing_for_who_may_not_read_it(town: Town, name: str, sees: bool) -> None:
    indicator, case = enter(town), make_case(town, SECRET, access="closed", ground="personal")
    item = make_item(town, case, date(2026, 2, 10), access="closed", ground="personal", decided=True)
    seen = make_item(town, make_case(town), date(2026, 2, 10), decided=True)
    figure(town, indicator, "2023", "5")
    link = indicators.link_indicator
    with pytest.raises(RuleBrokenError):
        link(indicator, item, on=None, expected="Hemmelig virkning", actor=town.secretary)
    with pytest.raises(RuleBrokenError):
        link(indicator, make_case(town, "Uden dag"), on=None, actor=town.secretary)
    link(indicator, case, on=date(2026, 1, 5), actor=town.secretary)
    link(indicator, item, on=None, actor=town.secretary)
    link(indicator, project(town), on=date(2025, 1, 5), expected="100 t mindre", actor=town.secretary)
    link(indicator, seen, on=None, actor=town.secretary)
    IndicatorLink.objects.filter(item=item).update(expected="Hemmelig virkning")  # closed after it was written

    client = as_user(town, name)
    page, data = text(client, at("indicator", indicator.pk)), client.get(at("indicator-data", indicator.pk))

    told = page + data.content.decode()
    assert (SECRET in told, "Hemmelig virkning" in told, "100 t mindre" in told) == (False, False, True)
    assert (str(item.pk) in page, "closed item" in page) == (sees, sees)
    assert (str(case.pk) in page, "Closed case" in page) == (sees, sees)
    kinds = [one["kind"] for one in json.loads(data.content)["moved_by"]]
    assert kinds == (["project", "item"] if str(seen.pk) in page else ["project"])
    assert str(item.pk) not in data.content.decode()
    if name == "secretary":
        offered = text(client, at("link-indicator", indicator.pk, query="?words=jordfordeling"))
        assert (str(seen.case_id) in offered, str(case.pk) in offered) == (True, False)
        client.post(at("unlink-indicator", IndicatorLink.objects.get(item=item).pk))
        assert str(item.pk) not in text(client, at("indicator", indicator.pk))
    elif not sees:
        assert client.get(at("unlink-indicator", IndicatorLink.objects.get(item=item).pk)).status_code == 404


def test_who_is_let_in_and_what_the_pages_cost(town: Town) -> None:
    indicator = enter(town)
    first = figure(town, indicator, "2001", "5")
    item = make_item(town, make_case(town), date(2026, 2, 10), decided=True)
    indicators.link_indicator(indicator, item, on=None, actor=town.secretary)
    pages = [
        at("indicators"), at("indicators-file"), at("indicator", indicator.pk), at("indicator-figure", first.pk),
        at("indicator-file", indicator.pk), at("indicator-data", indicator.pk), at("import-figures", indicator.pk),
    ]  # fmt: skip
    member = as_user(town, "councillor")
    assert {member.get(page).status_code for page in pages} == {403, 404}
    client = as_user(town, "secretary")

    def costs() -> dict[str, int]:
        found = {}
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            found[page] = len(asked)
        return found

    before = costs()
    for number in range(2, 6):
        figure(town, enter(town, f"Indikator {number}", serves=("3",)), "2001", "5")
        figure(town, indicator, f"200{number}", f"{number}")
        moved = make_item(town, make_case(town, f"Sag {number}"), date(2026, 2, 10), decided=True)
        indicators.link_indicator(indicator, moved, on=None, actor=town.secretary)
    assert costs() == before
    assert max(before.values()) <= 12, before
    assert [one.row.name for one in client.get(at("indicators") + "?sort=lack").context["table"].rows][-1] != ""


def test_what_was_taken_off_the_list_stays_where_it_was_chosen(town: Town) -> None:
    area = add_area(town.authority, name="Klima", goals=[13], actor=town.secretary)
    goal = local_goal(town)
    indicator = enter(town, area=area, local_goals=(goal,))
    withdraw_area(area, actor=town.secretary)
    withdraw_local_goal(goal, actor=town.secretary)
    form = IndicatorForm(None, town.authority, indicator)
    said = {name: form[name].value() for name in form.fields} | {"owner_role": "Klimachef"}

    sent = {name: value for name, value in said.items() if value not in (None, False)}
    assert as_user(town, "secretary").post(at("edit-indicator", indicator.pk), sent).status_code == 302

    indicator.refresh_from_db()
    assert (indicator.owner_role, indicator.area) == ("Klimachef", area)
    assert indicator.goals.filter(local_goal=goal, withdrawn_at=None).exists()
    assert area not in IndicatorForm(None, town.authority).fields["area"].queryset  # type: ignore[attr-defined]


def test_figures_are_rounded_and_nothing_has_no_sign() -> None:
    row = Indicator(decimals=0, measured_in="ton")
    assert [worded(row, Decimal(value)) for value in ("12.9", "-0.4", "1234.6")] == ["13 ton", "0 ton", "1,235 ton"]
    assert [signed("x", Decimal(value), 0) for value in ("0.4", "0.9", "-2")] == ["x", "+x", "x"]


def test_a_conflict_needs_two_goals() -> None:
    assert [pulls_both_ways(*sides) for sides in (
        ([1], [2]), ([1, 2], [1]), ([1, 2], [1, 2]), ([1], [1]), ([1], []), ([], []),
    )] == [True, True, True, False, False, False]  # fmt: skip


def test_the_public_plot_stands_where_that_of_the_house_does(town: Town) -> None:
    indicator = enter(town)
    figure(town, indicator, "2023", "5.5")
    drawn = series_plot(indicator, list(IndicatorValue.objects.all()))
    assert [point.on for point in drawn.lines[0].points] == [date(2023, 7, 2)]
    assert drawn.target and drawn.target.on == date(2030, 7, 2)
