"""The order and the numbers of an agenda: open part and closed part, moves, two secretaries at once, a year's numbers."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.bodies.models import Numbering
from sagsgang.cases.models import Case
from sagsgang.cases.tests.factories import Town, htmx, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries.arranging import arranged_items, placed_rows
from sagsgang.meetings.rules.agenda import AgendaChangedError, stamp_of
from sagsgang.meetings.tests.agenda import IN_TIME, MTU_DAY, approved_case, meeting_of, verbs_of


@pytest.fixture
def meeting(town: Town) -> Meeting:
    return meeting_of(town.mtu, MTU_DAY)


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=True):
        yield


def put(
    town: Town, meeting: Meeting, title: str, *, closed: bool = False, parent: AgendaItem | None = None
) -> AgendaItem:
    facts = {"access": "closed", "ground": "property"} if closed else {}
    reason = "Prisen må ikke kendes." if closed else ""
    return actions.put_on_agenda(
        approved_case(town, title, **facts), meeting=meeting, parent=parent, closing_reason=reason, actor=town.secretary
    )


def lines(meeting: Meeting) -> list[str]:
    rows = AgendaItem.objects.top().filter(meeting=meeting, withdrawn_at=None).order_by("position")
    return [f"{row.number} {row.title}" for row in rows]


def stamp(meeting: Meeting) -> str:
    return stamp_of(placed_rows(meeting, arranged_items(meeting)))


def reorder(town: Town, meeting: Meeting, *items: AgendaItem, seen: str = "") -> bool:
    order = [item.pk for item in items]
    return actions.reorder_agenda(meeting, order=order, seen=seen or stamp(meeting), actor=town.secretary)


def test_closed_items_stand_last_whatever_comes_after_them(town: Town, meeting: Meeting) -> None:
    for title, closed in (("A", False), ("Køb", True), ("B", False), ("Salg", True), ("C", False)):
        put(town, meeting, title, closed=closed)

    assert lines(meeting) == ["1 A", "2 B", "3 C", "4 Køb", "5 Salg"]


def test_an_order_is_written_with_its_numbers_and_its_trace(town: Town, meeting: Meeting) -> None:
    a, b, c = (put(town, meeting, title) for title in "ABC")

    snapped = reorder(town, meeting, c, a, b)

    assert snapped is False
    assert lines(meeting) == ["1 C", "2 A", "3 B"]
    assert verbs_of(meeting) == ["reorder_agenda"]


def test_a_closed_item_among_open_ones_is_put_behind_them(town: Town, meeting: Meeting) -> None:
    a, b = (put(town, meeting, title) for title in "AB")
    closed = put(town, meeting, "Køb", closed=True)

    snapped = reorder(town, meeting, b, closed, a)

    assert snapped is True
    assert lines(meeting) == ["1 B", "2 A", "3 Køb"]


def test_sub_items_are_ordered_under_their_item(town: Town, meeting: Meeting) -> None:
    a = put(town, meeting, "A")
    gathering = actions.add_collective_item(meeting, title="Øvrige", actor=town.secretary)
    first, second = (put(town, meeting, title, parent=gathering) for title in ("Et", "To"))

    reorder(town, meeting, gathering, second, first, a)

    assert lines(meeting) == ["1 Øvrige", "2 A"]
    assert list(gathering.subitems.order_by("position").values_list("number", "title")) == [("1", "To"), ("2", "Et")]


def test_the_second_of_two_secretaries_is_told_and_nothing_is_lost(town: Town, meeting: Meeting) -> None:
    a, b, c = (put(town, meeting, title) for title in "ABC")
    seen = stamp(meeting)
    reorder(town, meeting, c, b, a, seen=seen)

    with pytest.raises(AgendaChangedError):
        reorder(town, meeting, b, a, c, seen=seen)

    assert lines(meeting) == ["1 C", "2 B", "3 A"]


def test_an_order_that_names_other_items_is_refused(town: Town, meeting: Meeting) -> None:
    a, b = (put(town, meeting, title) for title in "AB")

    for order in ([a.pk], [a.pk, a.pk], [a.pk, b.pk, uuid4()]):
        with pytest.raises(RuleBrokenError):
            actions.reorder_agenda(meeting, order=order, seen=stamp(meeting), actor=town.secretary)

    assert lines(meeting) == ["1 A", "2 B"]


def test_numbers_run_on_through_the_year_open_and_closed(town: Town, meeting: Meeting) -> None:
    town.mtu.numbering = Numbering.YEAR
    town.mtu.save()
    earlier, later, last_year = (
        meeting_of(town.mtu, day) for day in (date(2026, 4, 13), date(2026, 5, 18), date(2025, 4, 14))
    )
    with time_machine.travel("2025-03-20 10:00+01:00", tick=True):
        put(town, last_year, "I fjor")
    put(town, earlier, "A")
    put(town, earlier, "Køb", closed=True)
    put(town, meeting, "B")
    put(town, later, "C")

    put(town, meeting, "D")

    assert (lines(earlier), lines(meeting), lines(last_year)) == (["1 A", "2 Køb"], ["3 B", "4 D"], ["1 I fjor"])
    assert lines(later) == ["4 C"]  # it is counted on when something is put on it, and at last when it is sent
    actions.send_agenda(later, anyway=True, actor=town.secretary)
    assert lines(later) == ["5 C"]
    put(town, meeting, "E")
    assert lines(meeting) == ["6 B", "7 D", "8 E"]  # what is sent keeps its number


def test_what_is_sent_keeps_number_and_place(town: Town, meeting: Meeting) -> None:
    a, b = put(town, meeting, "A"), put(town, meeting, "Køb", closed=True)
    actions.send_agenda(meeting, anyway=True, actor=town.secretary)
    late = [
        actions.put_on_agenda(approved_case(town, title), meeting=meeting, late_reason="Haster.", actor=town.secretary)
        for title in ("C", "D")
    ]

    snapped = reorder(town, meeting, late[1], late[0], b, a)

    assert snapped is True
    assert lines(meeting) == ["1 A", "2 Køb", "3 D", "4 C"]


@pytest.mark.parametrize("count", [3, 100])
def test_a_reorder_costs_the_same_for_many(
    count: int, town: Town, meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    items = many_items(town, meeting, count)
    seen = stamp(meeting)

    with django_assert_num_queries(8):  # savepoint, lock, read, aside, write, trace, release
        reorder(town, meeting, *reversed(items), seen=seen)

    assert lines(meeting)[0] == f"1 Punkt {count}"


def test_a_hundred_items_are_reordered_in_a_tenth_of_a_second_of_database_time(town: Town, meeting: Meeting) -> None:
    items = many_items(town, meeting, 100)
    seen = stamp(meeting)

    with CaptureQueriesContext(connection) as queries:
        reorder(town, meeting, *reversed(items), seen=seen)

    assert sum(float(query["time"]) for query in queries.captured_queries) < 0.1


def many_items(town: Town, meeting: Meeting, count: int) -> list[AgendaItem]:
    cases = [Case.objects.create(authority=town.authority, title=f"Punkt {n}") for n in range(1, count + 1)]
    return [
        AgendaItem.objects.create(
            meeting=meeting, case=case, position=n, number=str(n), title=case.title, access="open"
        )
        for n, case in enumerate(cases, start=1)
    ]


@pytest.mark.parametrize("count", [3, 100])
def test_the_composing_page_costs_the_same_for_many(
    count: int, town: Town, meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_items(town, meeting, count)
    client = signed_in_as(town.secretary)

    with django_assert_num_queries(9):
        client.get(reverse("meetings:compose-agenda", args=[meeting.pk]))


def test_the_buttons_move_without_script(town: Town, meeting: Meeting) -> None:
    items = [put(town, meeting, title) for title in "ABC"]
    client = signed_in_as(town.secretary)
    url = reverse("meetings:reorder-agenda", args=[meeting.pk])

    seen = []
    for item, way in ((2, "up"), (0, "last"), (1, "first"), (0, "down"), (1, "first")):
        response = client.post(url, {"seen": stamp(meeting), "move": f"{items[item].pk}:{way}"})
        seen.append("".join(line[-1] for line in lines(meeting)))

    assert seen == ["ACB", "CBA", "BCA", "BCA", "BCA"]
    assert response["Location"] == reverse("meetings:compose-agenda", args=[meeting.pk])


def test_a_move_keeps_to_its_part(town: Town, meeting: Meeting) -> None:
    put(town, meeting, "A")
    first, second = (put(town, meeting, title, closed=True) for title in ("Køb", "Salg"))
    client = signed_in_as(town.secretary)
    url = reverse("meetings:reorder-agenda", args=[meeting.pk])

    client.post(url, {"seen": stamp(meeting), "move": f"{first.pk}:up"})
    client.post(url, {"seen": stamp(meeting), "move": f"{second.pk}:first"})

    assert lines(meeting) == ["1 A", "2 Salg", "3 Køb"]


def test_the_page_answers_a_stale_order_with_the_agenda_as_it_is(town: Town, meeting: Meeting) -> None:
    a, b = (put(town, meeting, title) for title in ("Asfalt", "Broen"))
    seen = stamp(meeting)
    reorder(town, meeting, b, a, seen=seen)
    url = reverse("meetings:reorder-agenda", args=[meeting.pk])

    answer = htmx(town.secretary).post(url, {"seen": seen, "order": f"{a.pk} {b.pk}"})
    whole = signed_in_as(town.secretary).post(url, {"seen": seen, "order": f"{a.pk} {b.pk}"})

    assert (answer.status_code, whole.status_code) == (409, 409)
    page = answer.content.decode()
    assert page.index("Broen") < page.index("Asfalt")
    assert stamp(meeting) in page
    assert gettext("Nothing was saved") in page
    assert "<h1>" in whole.content.decode()


def test_after_a_stale_order_her_own_is_offered_and_can_be_used(town: Town, meeting: Meeting) -> None:
    a, b, c = (put(town, meeting, title) for title in ("Asfalt", "Broen", "Cykler"))
    seen = stamp(meeting)
    new = put(town, meeting, "Dæmning")
    url = reverse("meetings:reorder-agenda", args=[meeting.pk])
    client = signed_in_as(town.secretary)

    page = client.post(url, {"seen": seen, "order": f"{c.pk},{b.pk},{a.pk}"}).content.decode()
    merged = ",".join(str(item.pk) for item in (c, new, b, a))
    client.post(url, {"seen": stamp(meeting), "order": merged})

    assert f'name="order" value="{merged}"' in page
    assert gettext("Use my order") in page
    assert lines(meeting) == ["1 Cykler", "2 Dæmning", "3 Broen", "4 Asfalt"]


@pytest.mark.parametrize(
    "data", [{}, {"seen": "x"}, {"seen": "x", "order": "nej"}, {"seen": "x", "move": "nej:up"}, {"move": ":"}]
)
def test_bad_input_is_answered(data: dict[str, str], town: Town, meeting: Meeting) -> None:
    put(town, meeting, "A")

    response = signed_in_as(town.secretary).post(reverse("meetings:reorder-agenda", args=[meeting.pk]), data)

    assert response.status_code in (409, 422)


def test_one_click_puts_a_waiting_case_on_and_comes_back(town: Town, meeting: Meeting) -> None:
    case = approved_case(town)
    client = signed_in_as(town.secretary)
    panel = (
        htmx(town.secretary)
        .get(reverse("meetings:waiting-cases", args=[town.mtu.pk]) + f"?meeting={meeting.pk}")
        .content.decode()
    )

    response = client.post(
        reverse("meetings:put-on-agenda", args=[town.mtu.pk]),
        {"case": case.pk, "meeting": meeting.pk, "place": f"meeting:{meeting.pk}"},
    )

    assert str(case.pk) in panel
    assert "<h1>" not in panel
    assert response["Location"] == reverse("meetings:compose-agenda", args=[meeting.pk])
    assert lines(meeting) == ["1 Ny sti ved åen"]


def test_kind_and_block_are_said_on_the_agenda(town: Town, meeting: Meeting) -> None:
    item = put(town, meeting, "A")
    url = reverse("meetings:edit-line", args=[item.pk])

    answer = htmx(town.secretary).post(url, {"kind": "O", "block": "2"})

    item.refresh_from_db()
    assert (answer.status_code, item.kind, item.block) == (200, "O", 2)
    assert verbs_of(item)[-1] == "edit_line"
    assert htmx(town.secretary).post(url, {"kind": "X", "block": "2"}).status_code == 422
    assert htmx(town.secretary).post(url, {"kind": "B", "block": "99"}).status_code == 422
    actions.send_agenda(meeting, anyway=True, actor=town.secretary)
    with pytest.raises(RuleBrokenError, match=gettext("The item is sent, and stands fast as it was announced.")):
        actions.edit_line(item, kind="B", block=None, actor=town.secretary)


def test_only_what_can_be_decided_together_stands_in_a_block(town: Town, meeting: Meeting) -> None:
    open_item, closed = put(town, meeting, "A"), put(town, meeting, "Køb", closed=True)
    gathering = actions.add_collective_item(meeting, title="Øvrige", actor=town.secretary)
    sub = put(town, meeting, "Under", parent=gathering)

    for item, kind in ((open_item, "D"), (closed, "B"), (sub, "B")):
        with pytest.raises(RuleBrokenError):
            actions.edit_line(item, kind=kind, block=1, actor=town.secretary)


def test_the_pages_are_the_secretarys(town: Town, meeting: Meeting) -> None:
    item = put(town, meeting, "A")

    for name, row in (
        ("compose-agenda", meeting), ("reorder-agenda", meeting), ("put-standing-items", meeting),
        ("send-supplement", meeting), ("edit-line", item), ("state-late-reason", item),
        ("standing-items", town.mtu), ("add-standing-item", town.mtu), ("use-usual-items", town.mtu),
    ):  # fmt: skip
        url = reverse(f"meetings:{name}", args=[row.pk])
        assert signed_in_as(town.member).get(url).status_code == 403, name
        assert signed_in_as(town.stranger).get(url).status_code == 404, name
        assert signed_in_as(town.secretary).get(url).status_code in (200, 302), name
