"""An urgent decision and a follow-up that is reported back: in the agenda's print, in the protocol, and told in public
where their item is open."""

from datetime import date
from typing import Any

import pytest

from sagsgang.documents.access import Access, Ground
from sagsgang.followups.models import FollowUp, FollowUpEvent, Progress
from sagsgang.followups.queries import place_reports
from sagsgang.meetings.models import AgendaItem, Parties, UrgentDecision
from sagsgang.meetings.queries import meeting_rows
from sagsgang.meetings.rendering import Reader
from sagsgang.protocols.queries.facts import facts_of
from sagsgang.protocols.rendering.agenda_print import agenda_paper, shown_agenda
from sagsgang.protocols.rendering.compose import as_text, compose_protocol
from sagsgang.protocols.tests.meetings import council_room, decide
from sagsgang.publication.told import told_of
from sagsgang.sittings import actions
from sagsgang.sittings.tests.rooms import Room, make_room, open_room, typed

pytestmark = pytest.mark.django_db

URGENT = (
    "Besluttet af M1 den 2. marts 2026 mellem møderne: Dæmningen forstærkes. Straks. Begrundelse: Stormflod er varslet."
)
REPORTED = "Der er fulgt op af Teknisk chef: Tal med skolerne – Skolerne er enige."


def reported(room: Room, item: AgendaItem, given: AgendaItem, words: str = "Tal med skolerne.") -> None:
    row = FollowUp.objects.create(
        case=given.case, item=given, words=words, owner_role="Teknisk chef", given_by=room.secretary, reported_in=item
    )
    FollowUpEvent.objects.create(
        follow_up=row, progress=Progress.DONE, words="Skolerne er enige.", by=room.secretary
    )  # fmt: skip


def urgent(room: Room, notice: AgendaItem, words: str) -> None:
    UrgentDecision.objects.create(
        body=room.body, case=notice.case, decided_by=room.people[0], decided_on=date(2026, 3, 2), html=words,
        ground="Stormflod er varslet.", recorded_by=room.secretary, notice=notice,
    )  # fmt: skip


def close(item: AgendaItem, **more: Any) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(access=Access.CLOSED, ground=Ground.PROPERTY, **more)


def printed(room: Room, *, closed_too: bool) -> str:
    rows = meeting_rows(room.meeting.pk)
    place_reports(rows)
    return str(agenda_paper(rows, shown_agenda(rows, Reader(closed_too=closed_too))))


def told(room: Room) -> str:
    return str(told_of(meeting_rows(room.meeting.pk)))


def test_they_stand_in_print_and_protocol_and_are_told_where_the_item_is_open() -> None:
    room = council_room()
    notice, closed, item, _last = room.items
    earlier = make_room("finance", authority=room.authority, held_on=date(2026, 2, 9))
    urgent(room, notice, "<p>Dæmningen forstærkes.</p><p>Straks.</p>")
    urgent(room, closed, "<p>Grunden købes for 4 mio. kr.</p>")
    reported(room, item, earlier.items[0])
    reported(room, closed, earlier.items[1], "Køb grunden.")
    close(closed)
    close(earlier.items[1])
    open_room(room)
    for row in (notice, item):
        actions.take_up_item(row, **typed(room, 5))
        decide(room, row, "Taget til efterretning.", outcome="noted")

    lines = as_text(compose_protocol(facts_of(room.meeting.pk))).splitlines()
    assert {URGENT, REPORTED} <= set(lines)
    assert any("Grunden købes for 4 mio. kr." in line for line in lines)
    inside, outside = printed(room, closed_too=True), printed(room, closed_too=False)
    assert [word in inside for word in (URGENT, REPORTED, "Køb grunden", "4 mio. kr.")] == [True] * 4
    assert [word in outside for word in (URGENT, REPORTED, "Køb grunden", "4 mio. kr.")] == [True, True, False, False]
    found = told_of(meeting_rows(room.meeting.pk)).items
    assert URGENT in found[notice.pk].record
    assert REPORTED in found[item.pk].after
    assert closed.pk not in found

    AgendaItem.objects.filter(pk=earlier.items[0].pk).update(parties=Parties.SOME)
    assert REPORTED not in told(room)
    AgendaItem.objects.filter(pk=notice.pk).update(parties=Parties.SOME)
    assert URGENT not in told(room)
    close(earlier.items[0], parties="")
    assert "skolerne" not in told(room) + printed(room, closed_too=True)
