"""What goes out is kept in versions: the agenda, its supplements with their reasons, and what was changed between."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.cases.actions.versions import begin_draft
from sagsgang.cases.models import Section
from sagsgang.cases.tests.factories import Town, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, AgendaVersion, Meeting
from sagsgang.meetings.tests.agenda import IN_TIME, MTU_DAY, approve, approved_case, attach, meeting_of, verbs_of

SECRET = "Sælger er presset"


@pytest.fixture
def meeting(town: Town) -> Meeting:
    return meeting_of(town.mtu, MTU_DAY)


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=True):
        yield


def put(town: Town, meeting: Meeting, title: str, late: str = "", **facts: object) -> AgendaItem:
    return actions.put_on_agenda(
        approved_case(town, title, **facts),
        meeting=meeting,
        late_reason=late,
        closing_reason="Pris" if facts else "",
        public_title="Køb af ejendom" if facts else "",
        actor=town.secretary,
    )


def send(town: Town, meeting: Meeting) -> None:
    actions.send_agenda(meeting, anyway=True, actor=town.secretary)
    meeting.refresh_from_db()


def compare(town: Town, meeting: Meeting, user: str = "secretary", query: str = "") -> str:
    client = signed_in_as(getattr(town, user))
    response = client.get(reverse("meetings:agenda-versions", args=[meeting.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_sending_keeps_the_agenda_as_version_one(town: Town, meeting: Meeting) -> None:
    item = put(town, meeting, "A")
    attach(item.case, "Kort")

    send(town, meeting)

    version = AgendaVersion.objects.get()
    item.refresh_from_db()
    assert (version.number, version.sent_by, item.first_sent_in) == (1, town.secretary, 1)
    assert version.lines == [
        {
            "item": str(item.pk), "parent": None, "number": "1", "title": "A", "kind": "B", "access": "open",
            "presentation": str(item.presentation_id), "late_reason": "",
            "attachments": [str(item.attachments.get(withdrawn_at=None).pk)],
            "path": [
                {"name": step.stated_body, "body": str(step.body_id), "on": step.planned_on.isoformat()}
                for step in item.steps.all() if step.planned_on
            ],
            "speakers": [],
        }
    ]  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        AgendaVersion.objects.update(reason="Andet")


def test_a_late_item_waits_for_the_supplement_and_its_words_are_held_back(town: Town, meeting: Meeting) -> None:
    put(town, meeting, "A")
    send(town, meeting)
    late = put(town, meeting, "B", late="Tilbuddet udløber.")
    page = reverse("meetings:item", args=[late.pk])

    before = signed_in_as(town.member).get(page).content.decode()
    version = actions.send_supplement(meeting, reason="Et hastende tilbud.", actor=town.secretary)
    after = signed_in_as(town.member).get(page).content.decode()

    late.refresh_from_db()
    assert late.presentation is not None
    assert ("400 m lang" in before, "400 m lang" in after) == (False, True)
    assert (version.number, late.first_sent_in, late.number, late.presentation.frozen_by) == (2, 2, "2", "sent")
    assert [line["title"] for line in version.lines] == ["A", "B"]
    assert verbs_of(meeting) == ["send_agenda", "send_supplement"]
    assert verbs_of(late)[-1] == "send_supplement"


def test_a_supplement_has_something_new_and_says_why(town: Town, meeting: Meeting) -> None:
    put(town, meeting, "A")
    with pytest.raises(RuleBrokenError):  # not sent yet
        actions.send_supplement(meeting, reason="Haster", actor=town.secretary)
    send(town, meeting)
    with pytest.raises(RuleBrokenError):  # nothing new
        actions.send_supplement(meeting, reason="Haster", actor=town.secretary)
    late = put(town, meeting, "B", late="Tilbuddet udløber.")
    with pytest.raises(RuleBrokenError):
        actions.send_supplement(meeting, reason=" ", actor=town.secretary)
    actions.state_late_reason(late, reason="", actor=town.secretary)

    with pytest.raises(RuleBrokenError):  # the item says no reason
        actions.send_supplement(meeting, reason="Haster", anyway=True, actor=town.secretary)

    assert AgendaVersion.objects.count() == 1


def test_before_the_supplement_goes_out_a_late_item_can_be_taken_off(town: Town, meeting: Meeting) -> None:
    first = put(town, meeting, "A")
    send(town, meeting)
    late = put(town, meeting, "B", late="Haster.")

    actions.take_off_agenda(late, actor=town.secretary)

    with pytest.raises(RuleBrokenError):
        actions.take_off_agenda(first, actor=town.secretary)


def test_the_page_sends_the_supplement_and_the_reason_is_printed(town: Town, meeting: Meeting) -> None:
    put(town, meeting, "A")
    send(town, meeting)
    late = put(town, meeting, "B", late="Tilbuddet udløber.")
    client = signed_in_as(town.secretary)
    url = reverse("meetings:send-supplement", args=[meeting.pk])

    refused = client.post(url, {"reason": ""})
    composing = client.get(reverse("meetings:compose-agenda", args=[meeting.pk])).content.decode()
    response = client.post(url, {"reason": "Et hastende tilbud."})
    page = signed_in_as(town.member).get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()

    assert (refused.status_code, response.status_code) == (422, 302)
    assert url in composing
    assert reverse("meetings:state-late-reason", args=[late.pk]) in composing
    assert gettext("Supplementary agenda no. {number}").format(number=1) not in composing
    assert "Tilbuddet udløber." in page
    assert "Tillægsdagsorden nr. 1" in page or "Supplementary agenda no. 1" in page
    assert "Et hastende tilbud." in compare(town, meeting, "member")


def test_a_renewal_is_a_version_and_the_comparison_says_what_changed(town: Town, meeting: Meeting) -> None:
    item = put(town, meeting, "A")
    gone = attach(item.case, "Gammelt kort")
    send(town, meeting)
    draft = begin_draft(item.case, actor=town.writer)
    Section.objects.filter(presentation=draft, kind="presentation").update(html="<p>600 m.</p>")
    approve(item.case, town)
    attach(item.case, "Nyt kort")
    gone.withdrawn_at = meeting.agenda_sent_at
    gone.save()

    actions.renew_item(item, reason="Længden var forkert.", actor=town.secretary)

    page = compare(town, meeting, "member")
    assert list(AgendaVersion.objects.values_list("number", "reason")) == [(1, ""), (2, "Længden var forkert.")]
    for words in (
        gettext("Its text is a newer version."),
        gettext("Attachment that came: {title}.").format(title="Nyt kort"),
        gettext("Attachment that went: {title}.").format(title="Gammelt kort"),
        "Længden var forkert.",
    ):
        assert words in page


def test_what_was_closed_is_compared_for_its_readers_alone(town: Town, meeting: Meeting) -> None:
    put(town, meeting, "A")
    send(town, meeting)
    put(town, meeting, "Køb af Møllevej 4", late=SECRET, access="closed", ground="property")
    actions.send_supplement(meeting, reason="Haster.", actor=town.secretary)

    reader, auditor = compare(town, meeting), compare(town, meeting, "auditor")

    assert ("Møllevej 4" in reader, SECRET in reader) == (True, True)
    assert ("Møllevej 4" in auditor, SECRET in auditor, "Køb af ejendom" in auditor) == (False, False, True)
    assert AuditEntry.objects.get(verb="read_closed").actor == town.secretary


def test_the_reason_of_a_closed_renewal_stays_at_the_item(town: Town, meeting: Meeting) -> None:
    item = put(town, meeting, "Køb", access="closed", ground="property")
    send(town, meeting)
    attach(item.case, "Vurdering", access="closed", ground="property")

    actions.renew_item(item, reason=SECRET, actor=town.secretary)

    assert AgendaVersion.objects.get(number=2).reason == ""
    assert SECRET not in compare(town, meeting, "auditor")
    assert "Vurdering" not in compare(town, meeting, "auditor")
    assert "Vurdering" in compare(town, meeting)


def test_two_versions_are_chosen_and_nonsense_is_answered(town: Town, meeting: Meeting) -> None:
    put(town, meeting, "A")
    assert gettext("Nothing has gone out from here yet.").split(".")[0] is not None
    send(town, meeting)
    for title in ("B", "C"):
        put(town, meeting, title, late="Haster.")
        actions.send_supplement(meeting, reason=title, actor=town.secretary)

    assert "1. A" not in compare(town, meeting, query="?old=1&new=3").split("<form")[-1]
    assert compare(town, meeting, query="?old=1&new=3").count('class="line-change') == 2
    assert compare(town, meeting, query="?old=2&new=3").count('class="line-change') == 1
    assert compare(town, meeting, query="?old=nej&new=99").count('class="line-change') == 1


@pytest.mark.parametrize("count", [3, 30])
def test_the_comparison_costs_the_same_for_many(
    count: int, town: Town, meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    put(town, meeting, "A")
    send(town, meeting)
    for number in range(count):
        attach(put(town, meeting, f"Sag {number}", late="Haster.").case, "Kort")
    actions.send_supplement(meeting, reason="Mange.", actor=town.secretary)
    client = signed_in_as(town.member)

    with django_assert_num_queries(8):
        client.get(reverse("meetings:agenda-versions", args=[meeting.pk]))
