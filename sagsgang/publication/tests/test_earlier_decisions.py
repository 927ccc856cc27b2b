"""What is opened opens itself alone: not what earlier bodies decided, nor files and notes that nobody has looked at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext

from sagsgang.bodies.models import Person
from sagsgang.cases.tests.factories import Town
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.access import Access
from sagsgang.meetings.actions import (
    carry_forward,
    close_item,
    enter_dissent,
    put_on_agenda,
    record_decision,
    review_closing,
    send_agenda,
    state_parties,
)
from sagsgang.meetings.actions.decide import PointFacts
from sagsgang.meetings.drafts import CaseDraft, SectionDraft
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.meetings.queries import item_rows, meeting_rows
from sagsgang.meetings.rendering import Reader, shown_item
from sagsgang.meetings.tests.agenda import DIR_DAY, IN_TIME, MTU_DAY, approved_case, decide, meeting_of
from sagsgang.meetings.tests.factories import (
    House,
    closed_item,
    item_of,
    meeting_with,
    open_item,
    plain_item,
    signed_in_as,
)
from sagsgang.protocols.actions import write_note
from sagsgang.publication.actions import prepare_release, release_meeting, release_prepared
from sagsgang.publication.actions.gate import accept_findings
from sagsgang.publication.gatekeeping.names import names_to_find
from sagsgang.publication.models import PublicItem

SECRET, DISSENT = "Sælger er presset.", "Køb er for dyrt, siger Bo."


@pytest.fixture
def in_time() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=True):
        yield


def open_up(item: AgendaItem, town: Town) -> None:
    review_closing(item, answer="open", reason="Solgt.", has_looked=True, actor=town.dir_secretary)


def told_of(meeting: Meeting, town: Town) -> list[tuple[str, str]]:
    """Each decision at the meeting's only item, as it went out: the body, the words."""
    release_meeting(
        meeting,
        kind="minutes",
        prepared_by=town.dir_secretary,
        released_by=town.chief,
        public_reason="Åbnet.",
    )
    return [(row["body"], row["html"]) for row in PublicItem.objects.get().content["decisions"]]


@pytest.mark.usefixtures("in_time")
def test_what_an_earlier_body_decided_behind_closed_doors_stays_in_when_the_next_ones_item_is_opened(
    town: Town,
) -> None:
    town.mtu.publish_policy = "minutes"
    town.mtu.save()
    case = approved_case(town, "Køb af jord", access="closed", ground="property")
    first = meeting_of(town.dir, DIR_DAY)
    item = put_on_agenda(case, meeting=first, closing_reason="Pris.", actor=town.dir_secretary)
    send_agenda(first, anyway=True, actor=town.dir_secretary)
    decide(item, town, SECRET, dissent=DISSENT)
    second = meeting_of(town.mtu, MTU_DAY)
    carried = carry_forward(item, meeting=second, actor=town.dir_secretary)
    send_agenda(second, anyway=True, actor=town.dir_secretary)
    record_decision(carried, text="Godkendt.", outcome="approved", seen=0, actor=town.dir_secretary)
    page = signed_in_as(town.secretary).get(reverse("publication:review-closing", args=[carried.pk]))
    assert "Direktionen, 8. april 2026" in page.content.decode()
    with time_machine.travel("2026-04-21 10:00+02:00", tick=True):
        carried.refresh_from_db()
        open_up(carried, town)
        own = ("Teknik- og Miljøudvalget", "<p>Godkendt.</p>")

        assert [words for _body, words in told_of(second, town)] == ["<p>Godkendt.</p>"]
        shown = [
            shown_item(item_rows(carried.pk), second, Reader(closed_too=reads_closed)) for reads_closed in (False, True)
        ]
        assert [(len(one.decisions), one.has_closed_words) for one in shown] == [(1, False), (2, True)]
        AgendaItem.objects.filter(pk=item.pk).update(public_extract="Sagen blev anbefalet.")
        assert [words for _body, words in told_of(second, town)] == ["<p>Sagen blev anbefalet.</p>", own[1]]
        open_up(AgendaItem.objects.get(pk=item.pk), town)
        state_parties(AgendaItem.objects.get(pk=item.pk), parties="some", told=False, actor=town.dir_secretary)
        assert [words for _body, words in told_of(second, town)] == [own[1]]
        AgendaItem.objects.filter(pk=item.pk).update(parties_told_at=now())
        assert any(DISSENT in words and SECRET in words for _body, words in told_of(second, town))


def test_with_an_item_no_file_of_its_sub_items_and_no_note_is_opened_unasked(house: House) -> None:
    below = replace(open_item(), number="1", subitems=(), case=CaseDraft("Delsag"))
    meeting = meeting_with(house, replace(closed_item(), number="1", subitems=(below,)))
    item = item_of(meeting, "1")
    sub = item.subitems.get()
    named, *_others = Attachment.objects.filter(item=sub, access=Access.OPEN)
    AgendaItem.objects.filter(pk__in=(item.pk, sub.pk)).update(late_reason="Lukket, fordi Jens Pedersen er syg.")
    url = reverse("publication:review-closing", args=[item.pk])

    page = signed_in_as(house.secretary).get(url).content.decode()
    facts: dict[str, Any] = {"answer": "open", "reason": "Solgt.", "has_looked": "on"}
    assert signed_in_as(house.secretary).post(url, facts).status_code == 302

    assert f'value="{named.pk}"' in page
    assert gettext("Sub-item {number}: {attachment}").format(number=1, attachment="1. Kort over stien") in page
    assert "Lukket, fordi Jens Pedersen er syg." in page
    assert not Attachment.objects.filter(item__in=(item, sub), access=Access.OPEN).exists()
    assert not AgendaItem.objects.filter(pk__in=(item.pk, sub.pk)).exclude(late_reason="").exists()
    item.refresh_from_db()
    close_item(item, ground="property", closing_reason="Igen.", actor=house.secretary)
    AgendaItem.objects.filter(pk=item.pk).update(late_reason="Budfristen er fredag.")
    Attachment.objects.filter(pk=named.pk).update(access="open", ground="")
    more = {"keeps_notes": "on", "opened": [str(named.pk)]}
    assert signed_in_as(house.secretary).post(url, facts | more).status_code == 302
    item.refresh_from_db()
    named.refresh_from_db()
    assert (item.late_reason, named.access) == ("Budfristen er fredag.", "open")
    assert not AgendaItem.objects.filter(meeting=meeting, access="closed").exists()


def test_names_are_looked_for_wherever_the_house_has_closed_them(house: House) -> None:
    meeting = meeting_with(house, plain_item(1), closed_item())
    item, shut = item_of(meeting, "1"), item_of(meeting, "2")
    person = Person.objects.get(name="Dina Toft")
    points = [PointFacts(1, "1.", "approved", "Kaj Fyrrelund får tid.")]
    record_decision(shut, text="Nej.", outcome="", points=points, seen=1, dissent="Ida Granskov", actor=house.secretary)
    enter_dissent(shut, person=person, words="Bodil Lærkedal lider.", actor=house.secretary)
    write_note(meeting, item=shut, place="after", text="Aksel Birkemose talte.", seen=0, actor=house.secretary)
    Attachment.objects.filter(item=item, access="closed").update(title="Skøde for Karla Holmegaard")
    other = meeting_with(house, replace(closed_item(), number="1"), held_on=date(2026, 6, 1))
    AgendaItem.objects.filter(meeting=other).update(case=item.case, title="Opsigelse af Oda Engmark")

    found = names_to_find(meeting_rows(meeting.pk))

    wanted = ("Kaj Fyrrelund", "Ida Granskov", "Bodil Lærkedal", "Aksel Birkemose", "Karla Holmegaard", "Oda Engmark")
    assert [name for name in wanted if name not in found] == []


def test_who_accepts_a_finding_takes_the_preparation_over(house: House) -> None:
    told = SectionDraft("presentation", "Sagsfremstilling", "<p>Ring til Hans på 22 33 44 55.</p>")
    meeting = meeting_with(house, replace(plain_item(1), sections=(told,)))
    preparation = prepare_release(meeting, kind="agenda", actor=house.secretary)
    waiting = list(preparation.findings.values_list("pk", flat=True))

    accept_findings(preparation, pks=waiting, reason="Hovednummer.", is_no_cpr=False, actor=house.second)

    with pytest.raises(RuleBrokenError):
        release_prepared(preparation, actor=house.second)
    assert release_prepared(preparation, actor=house.secretary)
