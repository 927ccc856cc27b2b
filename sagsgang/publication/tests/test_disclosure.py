"""What leaves and what does not: attachments kept off the web, dissent, drafts."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.cases.actions.attachments import link_draft
from sagsgang.cases.tests.factories import make_town
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions
from sagsgang.meetings.models import Attachment, Meeting
from sagsgang.meetings.queries import meeting_rows
from sagsgang.meetings.tests.agenda import IN_TIME, MTU_DAY, approved_case, attach, meeting_of
from sagsgang.meetings.tests.factories import (
    HELD_ON,
    House,
    closed_item,
    item_of,
    meeting_with,
    open_item,
    signed_in_as,
)
from sagsgang.publication.actions import prepare_release, release_meeting
from sagsgang.publication.disclosure import disclose_meeting
from sagsgang.publication.document import AttachmentLine, ItemDocument
from sagsgang.publication.models import PublicFile


class Ids(dict[UUID, str]):
    def __missing__(self, key: UUID) -> str:
        return "id"


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, open_item(), closed_item())


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=True):
        yield


def disclosed(meeting: Meeting, number: int = 0, *, with_minutes: bool = True) -> ItemDocument:
    rows = meeting_rows(meeting.pk)
    return disclose_meeting(rows, with_minutes=with_minutes, ids=Ids(), files={}).items[number]


def lines(item: ItemDocument) -> list[tuple[int, str, str]] | None:
    return None if item.attachments is None else [(a.no, a.access, a.title) for a in item.attachments]


def test_of_a_linked_draft_nothing_but_the_title_leaves(db: None) -> None:
    town = make_town()
    case, other = approved_case(town), approved_case(town, "Regulativ")
    link_draft(case, draft=other.presentations.get(), actor=town.writer)
    meeting = meeting_of(town.mtu, MTU_DAY)
    item = actions.put_on_agenda(case, meeting=meeting, late_reason="Haster", actor=town.secretary)

    shown = disclosed(meeting).attachments

    assert item.attachments.get().presentation == other.presentations.get()
    title = gettext("{title} (draft)").format(title="Regulativ")
    assert shown == (AttachmentLine(no=1, access="open", title=title),)


def test_an_attachment_kept_off_the_web_leaves_no_trace_and_no_gap(meeting: Meeting) -> None:
    item = item_of(meeting, "1")
    assert lines(disclosed(meeting)) == [(1, "open", "Kort over stien"), (2, "closed", "")]

    Attachment.objects.filter(item=item, position=1).update(on_web=False)
    assert lines(disclosed(meeting)) == [(1, "closed", "")]
    Attachment.objects.filter(item=item).update(on_web=False)
    assert lines(disclosed(meeting)) is None


def test_its_bytes_are_not_copied(meeting: Meeting, house: House) -> None:
    Attachment.objects.filter(item=item_of(meeting, "1"), position=1).update(on_web=False)

    release_meeting(meeting, kind="minutes", prepared_by=house.secretary, released_by=house.second)

    assert PublicFile.objects.count() == 0


def test_in_the_house_it_is_told_that_it_stays(meeting: Meeting, house: House) -> None:
    Attachment.objects.filter(item=item_of(meeting, "1"), position=1).update(on_web=False)

    page = signed_in_as(house.secretary).get(reverse("publication:releases", args=[meeting.pk])).content.decode()

    assert gettext("Not on the web") in page


def test_the_packet_makes_no_difference_to_the_public(meeting: Meeting) -> None:
    before = disclosed(meeting)

    Attachment.objects.update(in_packet=False)

    assert disclosed(meeting) == before


def test_the_dissent_leaves_with_its_decision_and_the_absent_of_an_earlier_body(house: House, meeting: Meeting) -> None:
    item = item_of(meeting, "1")
    actions.record_decision(
        item, text="Godkendt.", outcome="approved", seen=0, dissent="Liste Ø er imod.", actor=house.secretary
    )
    later = meeting_with(house, held_on=date(2026, 5, 12))
    carried = actions.carry_forward(item, meeting=later, actor=house.secretary)

    own, at_the_next = disclosed(meeting).decisions[-1], disclosed(later).decisions[-1]

    dissent = f"<p><strong>{gettext('Dissent')}</strong></p><p>Liste Ø er imod.</p>"
    absent = gettext("Absent: {names}").format(names="Dina Toft, kom 17.20")
    assert own.html == f"<p>Godkendt.</p>{dissent}"
    assert at_the_next.html == f"<p>Godkendt.</p>{dissent}<p>{absent}</p>"
    assert (at_the_next.body, at_the_next.decided_on, at_the_next.number) == (own.body, HELD_ON, "1")
    assert disclosed(later, with_minutes=False).decisions == ()
    assert carried.decisions.count() == 2


def test_the_dissent_to_a_closed_item_never_leaves(house: House, meeting: Meeting) -> None:
    before = disclosed(meeting, 1)
    actions.record_decision(
        item_of(meeting, "2"), text="Købt.", outcome="", seen=1, dissent="For dyrt.", actor=house.secretary
    )

    assert disclosed(meeting, 1) == before


@pytest.mark.django_db
def test_a_draft_never_leaves_and_stops_the_release() -> None:
    town = make_town()
    meeting = meeting_of(town.mtu, MTU_DAY)
    case = approved_case(town)
    attach(case, "Kort")
    actions.put_on_agenda(case, meeting=meeting, actor=town.secretary)

    assert disclosed(meeting, with_minutes=False).sections == ()
    with pytest.raises(RuleBrokenError):
        prepare_release(meeting, kind="agenda", actor=town.secretary)
    actions.send_agenda(meeting, actor=town.secretary)

    assert [section.heading for section in disclosed(meeting, with_minutes=False).sections] == [
        "Sagsfremstilling",
        "Indstilling",
    ]
    prepare_release(meeting, kind="agenda", actor=town.secretary)
