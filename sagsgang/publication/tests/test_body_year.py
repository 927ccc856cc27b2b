"""The public year of a body: it counts what is released, where the body allows it, and tells nothing of what is closed."""

from datetime import date
from uuid import uuid4

import pytest

from sagsgang.bodies.models import Body
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.plots import Absent
from sagsgang.meetings.drafts import CaseDraft, DecisionDraft, ItemDraft
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.tests.factories import BODY, CLOSED_WORDS, HELD_ON, House, closed_item, meeting_with, open_item
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.actions.figures import outgoing_figures, prepare_figures, release_figures
from sagsgang.publication.figures import body_year
from sagsgang.publication.figures.places import read_now
from sagsgang.publication.figures.tree import FiguresDocument, FiguresReport

START, END = date(2026, 1, 1), date(2026, 12, 31)
DECIDED = DecisionDraft(BODY, HELD_ON, "<p>Godkendt.</p>", "approved")


def numbers(report: FiguresReport, section: int) -> list[object]:
    """The first number of each line of the section's table, or its words where there is none."""
    table = report.sections[section].table
    assert table
    return [row[1].text if row[1].value is None else row[1].value for row in table.rows]


def test_what_is_released_is_counted_where_the_body_allows_it(house: House) -> None:
    sub = ItemDraft("3", "Cykelparkering", CaseDraft("Cykelparkering"), decisions=(DECIDED,))
    meeting = meeting_with(house, open_item(), closed_item(), sub)
    meeting_with(house, ItemDraft("1", "Ikke frigivet", CaseDraft("Ikke frigivet")), held_on=date(2026, 5, 4))
    AgendaItem.objects.filter(title="Cykelparkering").update(first_sent_in=2, late_reason="Kan ikke vente.")
    with pytest.raises(RuleBrokenError):
        outgoing_figures(house.body.authority, "body-year", START, END, house.body)
    Body.objects.filter(pk=house.body.pk).update(publish_figures=True)
    house.body.refresh_from_db()
    with pytest.raises(RuleBrokenError):  # nothing is out yet
        outgoing_figures(house.body.authority, "body-year", START, END, house.body)

    release_meeting(meeting, kind="archive", prepared_by=house.secretary, released_by=house.secretary)
    report = outgoing_figures(house.body.authority, "body-year", START, END, house.body).report

    assert numbers(report, 0) == [1, 5, Absent.HIDDEN]  # meetings, items with sub-items, closed
    assert "closed" not in report.standfirst and "lukke" not in report.standfirst
    assert numbers(report, 1) == [1]
    assert numbers(report, 2) == [1, 0.0, 0.0, 0.0, 0]
    assert numbers(report, 3) == [Absent.HIDDEN]
    assert numbers(report, 4) == [""]  # why it was late is said by its public row
    prepared = prepare_figures(house.body.authority, "body-year", START, END, body=house.body, actor=house.secretary)
    row = release_figures(prepared, actor=house.director)
    told = FiguresDocument.from_text(row.document or "").to_text()
    gone = ("Ikke frigivet", "Cykelparkering", "Kan ikke vente.")
    assert [word for word in (*CLOSED_WORDS, *gone) if word in told] == []
    late = read_now(FiguresDocument.from_text(told).report, "default").sections[4].table
    assert late and [cell.text for cell in late.rows[0]] == ["Cykelparkering", "Kan ikke vente."]
    assert row.body is not None
    assert (row.body.name, row.kind) == (BODY, "body-year")


def test_closed_items_are_counted_as_the_statistics_count_them() -> None:
    items = [
        body_year._Item(uuid4(), HELD_ON, False, ground, None, False, None)
        for ground in ("Salg",) * 4 + ("Personer",) * 5 + ("Udbud",)
    ]
    # One tender would be what is left of the ten, were four sales told too.
    assert body_year._closed_as_told(items, 10, True) == (10, {"Salg": None, "Personer": 5, "Udbud": None})
    assert body_year._closed_as_told(items[-1:], 1, True) == (None, {"Udbud": None})
    assert body_year._closed_as_told(items[:9], 11, True) == (11, {"Salg": None, "Personer": 5})  # two say no ground
    # Left out of the statistics for the sake of another body, and so here.
    assert body_year._closed_as_told(items, 10, False) == (None, {"Salg": None, "Personer": None, "Udbud": None})
    assert body_year._closed_as_told([], 0, True) == (0, {})


def test_the_years_that_are_over_are_offered(house: House) -> None:
    Body.objects.update(publish_figures=True)
    meeting = meeting_with(house, open_item(), held_on=date(2025, 3, 3))
    release_meeting(meeting, kind="archive", prepared_by=house.secretary, released_by=house.secretary)

    [offer] = body_year.offers(house.body.authority)

    assert (offer.period_start, offer.period_end, offer.body_id) == (
        date(2025, 1, 1),
        date(2025, 12, 31),
        house.body.pk,
    )
    Body.objects.update(publish_figures=False)
    assert body_year.offers(house.body.authority) == []
