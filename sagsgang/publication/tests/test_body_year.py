"""The public year of a body: it counts what is released, where the body allows it, and tells nothing of what is closed."""

from datetime import date

import pytest

from sagsgang.bodies.models import Body
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.drafts import CaseDraft, DecisionDraft, ItemDraft
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.tests.factories import BODY, CLOSED_WORDS, HELD_ON, House, closed_item, meeting_with, open_item
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.actions.figures import outgoing_figures, prepare_figures, release_figures
from sagsgang.publication.figures import body_year
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

    assert numbers(report, 0) == [1, 5, 1]  # meetings, items with sub-items, closed
    assert numbers(report, 1) == [1]
    assert numbers(report, 2) == [1, 0.0, 0.0, 0.0, 0]
    assert numbers(report, 3) == [1]
    assert numbers(report, 4) == ["Kan ikke vente."]
    prepared = prepare_figures(house.body.authority, "body-year", START, END, body=house.body, actor=house.secretary)
    row = release_figures(prepared, actor=house.director)
    told = FiguresDocument.from_text(row.document or "").to_text()
    assert [word for word in (*CLOSED_WORDS, "Ikke frigivet", "Cykelparkering") if word in told] == []
    assert row.body is not None
    assert (row.body.name, row.kind) == (BODY, "body-year")


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
