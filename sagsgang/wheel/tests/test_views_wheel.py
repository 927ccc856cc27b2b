"""The pages of the wheel: what they show and refuse, who gets in, and what they cost."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role, Unit, UnitStaff
from sagsgang.cases.models import Case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.wheel import actions
from sagsgang.wheel.actions import EntryFacts, StepWish
from sagsgang.wheel.models import Occurrence, WheelEntry
from sagsgang.wheel.tests.conftest import Town
from sagsgang.wheel.tests.test_turning import REPORT, put_report

FORM = {
    "title": "Budgetopfølgning", "kind": "date", "day": "1", "month": "9", "lead_days": "60", "body_1": "", "rule": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def january() -> object:
    with time_machine.travel("2023-01-02 12:00"):
        yield


@pytest.fixture(autouse=True)
def english(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def client(town: Town, client: Client) -> Client:
    client.force_login(town.secretary)
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def wheel_page(query: str = "") -> str:
    return reverse("wheel:wheel", args=[2023]) + query


def add_page(town: Town) -> str:
    return reverse("wheel:add-entry", args=[town.authority.pk])


def test_an_empty_wheel_says_what_to_do_next(town: Town, client: Client) -> None:
    page = text(client, reverse("wheel:wheel"))

    assert "Nothing returns in this year yet. Begin with" in page
    assert add_page(town) in page


def test_from_an_entry_to_a_generated_year(town: Town, client: Client) -> None:
    path = {"body_1": str(town.bodies["DIR"].pk), "purpose_1": "discussion", "body_2": str(town.bodies["KB"].pk)}
    added = client.post(add_page(town), FORM | path | {"purpose_2": "decision", "is_duty": "on", "law": "KSL § 42"})
    entry = WheelEntry.objects.get()
    before = text(client, wheel_page())
    turn = reverse("wheel:turn-wheel", args=[town.authority.pk, 2023])
    preview = text(client, turn)
    turned = client.post(turn)
    after = text(client, wheel_page())

    assert (added.status_code, turned.headers["Location"]) == (302, wheel_page(f"?authority={town.authority.pk}"))
    assert [(step.body.code, step.purpose) for step in entry.steps.all()] == [("DIR", "discussion"), ("KB", "decision")]
    assert "by the rule, not generated yet" in before.lower()
    assert "<dt>New days</dt><dd>1</dd>" in preview
    assert "not generated yet" not in after
    for part in ("<svg", "→ KB 22. aug", "KSL § 42", "The same 1 day as in the drawing"):
        assert part in after


def test_every_mark_is_a_link_to_its_entry(town: Town, client: Client) -> None:
    entry = put_report(town)

    page = text(client, wheel_page())

    assert page.count(f'<a href="/intern/wheel-entries/{entry.pk}/2023/#day-2023-06-01" aria-label=') == 1


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ({}, "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1"),
        ({"day": "-1"}, "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=-1"),
        ({"kind": "weekday", "place": "2", "weekday": "1"}, "FREQ=YEARLY;BYMONTH=9;BYDAY=2TU"),
        ({"kind": "weekday", "place": "-1", "weekday": "4", "month": "0"}, "FREQ=MONTHLY;BYDAY=-1FR"),
        ({"kind": "years", "interval": "3", "first_year": "2020"}, "FREQ=YEARLY;INTERVAL=3;BYMONTH=9;BYMONTHDAY=1"),
        ({"kind": "cycle", "step": "HU", "offset": "7", "side": "before"}, "CYCLE;STEP=HU;DAYS=-7"),
        ({"kind": "cycle", "step": "", "offset": ""}, "CYCLE"),
        ({"kind": "event", "offset": "21", "side": "after"}, "EVENT;DAYS=21"),
        ({"kind": "period", "period_year": "4"}, "PERIOD;YEAR=4;BYMONTH=9;BYMONTHDAY=1"),
        ({"kind": "free", "rule": "FREQ=MONTHLY;BYMONTHDAY=15"}, "FREQ=MONTHLY;BYMONTHDAY=15"),
    ],
)
def test_each_kind_of_return_is_written_and_read_back(
    town: Town, client: Client, typed: dict[str, str], rule: str
) -> None:
    budget = actions.add_entry(town.authority, EntryFacts(title="Budget", rule="CYCLE"), actor=town.secretary)
    sent = FORM | {"relative_to": str(budget.pk)} | typed

    answer = client.post(add_page(town), sent)
    entry = WheelEntry.objects.exclude(pk=budget.pk).get()
    address = reverse("wheel:edit-entry", args=[entry.pk])
    form = client.get(address).context["form"]
    same = {
        name: value for name, field in form.fields.items() if (value := form[name].value()) not in (None, False, "")
    }
    client.post(address, same)
    entry.refresh_from_db()

    assert (answer.status_code, entry.rule) == (302, rule)
    assert form["kind"].value() == sent["kind"]
    assert entry.relative_to == (budget if sent["kind"] == "event" else None)
    assert entry.starts_on == (date(2020, 1, 1) if sent["kind"] == "years" else None)
    assert text(client, reverse("wheel:entry", args=[entry.pk, 2023]))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": " "}, "What returns: Write what returns."),
        ({"day": ""}, "Day of the month: Choose the day."),
        ({"day": "31"}, "Day of the month: The month has no such day."),
        ({"month": "0"}, "Month: Choose one month."),
        ({"kind": "weekday"}, "Weekday: Choose one."),
        ({"kind": "years"}, "Counted from the year: Write a year in which it fell."),
        ({"kind": "years", "interval": "1"}, "Every how many years: Ensure this value is greater than or equal to 2."),
        ({"kind": "event"}, "Counted from the entry: Choose the entry that it is counted from."),
        ({"kind": "period"}, "Year of the election period: Choose the year of the election period."),
        ({"kind": "free"}, "Rule: Write the rule."),
        ({"kind": "free", "rule": "hver mandag"}, "is no rule for days of the year."),
        ({"kind": "free", "rule": "FREQ=YEARLY;INTERVAL=3"}, "Counted from the day: Write a day on which it fell"),
        ({"is_duty": "on"}, "Law and section: Write which law lays the duty on the authority."),
        ({"valid_from": "2023-05-01", "valid_to": "2022-05-01"}, "Valid to: The duty cannot end before it begins."),
        ({"kind": "sometimes"}, "When it returns"),
        ({"body_1": "nonsense"}, "Body of step 1"),
    ],
)
def test_what_is_not_right_is_refused_at_its_field_with_what_was_typed(
    town: Town, client: Client, typed: dict[str, str], said: str
) -> None:
    answer = client.post(add_page(town), FORM | {"owner_role": "Økonomichef"} | typed)

    words = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    assert said in words
    assert 'value="Økonomichef"' in words
    assert not WheelEntry.objects.exists()


def test_an_entry_is_changed_taken_off_and_put_back(town: Town, client: Client) -> None:
    entry = put_report(town)
    address = reverse("wheel:edit-entry", args=[entry.pk])
    form = client.get(address).context["form"]
    same = {name: value for name in form.fields if (value := form[name].value()) not in (None, False, "")}

    client.post(address, same | {"title": "Ligestilling"})
    entry.refresh_from_db()
    taken_off = client.post(reverse("wheel:withdraw-entry", args=[entry.pk]))
    page = text(client, wheel_page())
    gone = client.get(reverse("wheel:entry", args=[entry.pk])).status_code
    client.post(reverse("wheel:restore-entry", args=[entry.pk]))

    assert (entry.title, entry.starts_on, entry.lead_days) == ("Ligestilling", date(2020, 6, 1), 90)
    assert entry.rule == "FREQ=YEARLY;INTERVAL=3;BYMONTH=6;BYMONTHDAY=1"
    assert [step.body.code for step in entry.steps.all()] == ["DIR", "HU", "ØK", "KB"]
    assert taken_off.headers["Location"] == wheel_page(f"?authority={town.authority.pk}")
    assert (reverse("wheel:restore-entry", args=[entry.pk]) in page, gone) == (True, 404)
    assert WheelEntry.objects.get() == entry


def test_a_return_is_moved_dropped_taken_up_finished_and_opened(town: Town, client: Client) -> None:
    entry = put_report(town)
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    row = Occurrence.objects.get()

    def act(name: str, **typed: str) -> tuple[int, str]:
        address = reverse(f"wheel:{name}", args=[row.pk])
        assert client.get(address).status_code == 200, name
        answer = client.post(address, typed)
        return answer.status_code, text(client, reverse("wheel:entry", args=[entry.pk, 2023]))

    far, _page = act("move-occurrence", to="2025-06-01", note="Ferie")
    moved, moved_page = act("move-occurrence", to="2023-05-30", note="Pinsen")
    opened, opened_page = act("open-case-of-occurrence")
    dropped, dropped_page = act("drop-occurrence", note="Afskaffet")
    refused, _page = act("move-occurrence", to="2023-05-31")
    act("take-up-occurrence")
    early, _page = act("finish-occurrence", on="2023-02-01")
    finished, finished_page = act("finish-occurrence", on="2023-01-02", evidence="Kvittering 7")

    assert [far, moved, opened, dropped, refused, early, finished] == [422, 302, 302, 302, 422, 422, 302]
    assert "moved from June 1, 2023" in moved_page
    assert reverse("cases:case", args=[Case.objects.get().pk]) in opened_page
    assert "– dropped" in dropped_page
    assert "done on January 2, 2023: Kvittering 7" in finished_page


def test_filters_sorting_and_months_show_the_same_rows(town: Town, client: Client) -> None:
    put_report(town)
    actions.add_entry(
        town.authority, EntryFacts(title="Affald", rule="FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", body=town.bodies["MTU"]),
        actor=town.secretary,
    )  # fmt: skip

    def rows(query: str) -> list[str]:
        page = text(client, wheel_page(query))
        body = page.partition("<tbody>")[2] or page.partition('<div class="months">')[2]
        return [title for title in sorted(("Affald", REPORT), key=body.find) if f">{title}</a>" in body]

    assert rows("") == ["Affald", REPORT]
    assert rows("?sort=on&order=desc") == [REPORT, "Affald"]
    assert rows("?sort=title&order=desc") == [REPORT, "Affald"]
    assert rows("?show=months") == ["Affald", REPORT]
    assert rows("?duties=on") == [REPORT]
    assert rows(f"?body={town.bodies['MTU'].pk}") == ["Affald"]
    assert rows("?body=nonsense&sort=nonsense&order=x&duties=x&show=y") == [REPORT]
    assert "Nothing on the wheel fits" in text(client, wheel_page(f"?body={town.bodies['MTU'].pk}&duties=on"))


def test_findings_are_told_with_rule_and_nearest_day(town: Town, client: Client) -> None:
    entry = put_report(town)

    for address in (wheel_page(), reverse("wheel:entry", args=[entry.pk, 2023])):
        assert "find-list" in text(client, address)


def test_who_reads_the_wheel_and_who_keeps_it(town: Town, client: Client) -> None:
    entry = put_report(town)
    unit = Unit.objects.create(authority=town.authority, name="HR")
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    row = Occurrence.objects.get()
    users = {name: User.objects.create_user(name) for name in ("kb", "medarbejder", "fremmed")}
    Appointment.objects.create(user=users["kb"], body=town.bodies["KB"], role=Role.SECRETARY)
    UnitStaff.objects.create(unit=unit, user=users["medarbejder"])
    WheelEntry.objects.update(unit=unit)
    addresses = [
        wheel_page(),
        reverse("wheel:entry", args=[entry.pk]),
        reverse("wheel:print-wheel", args=[town.authority.pk]),
        reverse("wheel:body-wheel", args=[town.bodies["KB"].pk]),
        reverse("wheel:add-body-entry", args=[town.bodies["KB"].pk]),
        reverse("wheel:edit-entry", args=[entry.pk]),
        reverse("wheel:finish-occurrence", args=[row.pk]),
        reverse("wheel:turn-wheel", args=[town.authority.pk]),
    ]
    found = {}
    for name, user in users.items():
        client.force_login(user)
        found[name] = [client.get(address).status_code for address in addresses]

    assert found == {
        "kb": [200, 200, 200, 200, 200, 403, 403, 403],
        "medarbejder": [200, 200, 200, 404, 404, 403, 200, 403],
        "fremmed": [200, 404, 404, 404, 404, 404, 404, 404],
    }
    assert REPORT not in client.get(wheel_page()).content.decode()


def test_a_case_that_she_does_not_see_is_told_and_not_linked(town: Town, client: Client) -> None:
    entry = put_report(town)
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    case = actions.open_case_now(Occurrence.objects.get(), actor=town.secretary)
    Case.objects.update(title="Lukket titel")
    reader = User.objects.create_user("medlem")
    Appointment.objects.create(user=reader, body=town.bodies["MTU"], role=Role.MEMBER)
    client.force_login(reader)

    page = text(client, reverse("wheel:entry", args=[entry.pk, 2023]))

    assert "Its case is open." in page
    assert str(case.pk) not in page
    assert "Lukket titel" not in page


def test_odd_years_are_none(client: Client) -> None:
    assert client.get("/intern/wheel/1999/").status_code == 404
    assert [client.get(f"/intern/wheel/{year}/").status_code for year in (2000, 2099)] == [200, 200]


def test_the_wheel_is_printed(town: Town, client: Client) -> None:
    put_report(town)

    answer = client.get(reverse("wheel:print-body-wheel", args=[town.bodies["DIR"].pk, 2023]))

    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("inline; filename*=utf-8''%C3%85rshjul%202023")


@pytest.mark.parametrize("count", [3, 60])
def test_the_pages_cost_the_same_for_three_entries_and_sixty(town: Town, client: Client, count: int) -> None:
    steps = tuple(StepWish(town.bodies[code], "discussion") for code in ("DIR", "KB"))
    for number in range(count):
        facts = EntryFacts(
            title=f"Punkt {number}", rule=f"FREQ=YEARLY;BYMONTH={number % 12 + 1};BYMONTHDAY=5", steps=steps, lead_days=30,
            body=town.bodies["KB"] if number % 2 == 0 else None, opens_case=True,
        )  # fmt: skip
        actions.add_entry(town.authority, facts, actor=town.secretary)
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    for row in Occurrence.objects.all()[: count // 3]:
        actions.open_case_now(row, actor=town.secretary)
    entry = WheelEntry.objects.get(title="Punkt 0")
    row = Occurrence.objects.get(entry=entry)
    addresses = {
        wheel_page(): 10,
        reverse("wheel:body-wheel", args=[town.bodies["DIR"].pk, 2023]): 11,
        reverse("wheel:entry", args=[entry.pk, 2023]): 11,
        reverse("wheel:turn-wheel", args=[town.authority.pk, 2023]): 9,
        reverse("wheel:edit-entry", args=[entry.pk]): 11,
        reverse("wheel:add-entry", args=[town.authority.pk]): 8,
        reverse("wheel:move-occurrence", args=[row.pk]): 6,
    }
    found = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as made:
            client.get(address)
        found[address] = len(made)

    assert found == addresses


def test_what_was_dropped_meanwhile_opens_no_case(town: Town, client: Client) -> None:
    put_report(town)
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    seen = Occurrence.objects.get()
    Occurrence.objects.update(dropped_at="2023-01-02T12:00Z")

    with pytest.raises(RuleBrokenError):
        actions.open_case_now(seen, actor=town.secretary)
    assert not Case.objects.exists()
    turning = client.get(reverse("wheel:turn-wheel", args=[town.authority.pk, 2023]))
    assert turning.context["act"].back.endswith(f"?authority={town.authority.pk}")  # back to the one that she chose
