"""The agenda goes out: its words stand fast, what is not ready is told, and a change afterwards is seen."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from sagsgang.cases.actions.versions import begin_draft
from sagsgang.cases.models import Case, PresentationTemplate, Section
from sagsgang.cases.tests.factories import Town, make_case, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.models import Examination
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.tests.agenda import (
    IN_TIME,
    MTU_DAY,
    add_version,
    approve,
    approved_case,
    attach,
    attachments_of,
    html_of,
    meeting_of,
    verbs_of,
)


@pytest.fixture
def meeting(town: Town) -> Meeting:
    return meeting_of(town.mtu, MTU_DAY)


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=True):
        yield


@pytest.fixture
def item(town: Town, meeting: Meeting) -> AgendaItem:
    return actions.put_on_agenda(approved_case(town), meeting=meeting, actor=town.secretary)


def rewrite(case: Case, town: Town, html: str) -> None:
    """A new version with other words, approved."""
    draft = begin_draft(case, actor=town.writer)
    Section.objects.filter(presentation=draft, kind="presentation").update(html=html)
    approve(case, town)


def sentences(meeting: Meeting) -> list[str]:
    return [gap.sentence for gap in actions.gaps_before_sending(meeting)]


def test_the_words_stand_fast_and_both_have_the_trace(town: Town, meeting: Meeting, item: AgendaItem) -> None:
    actions.send_agenda(meeting, actor=town.secretary)

    meeting.refresh_from_db()
    presentation = item.case.presentations.get()
    assert meeting.agenda_sent_at is not None
    assert presentation.frozen_by == "sent"
    assert verbs_of(meeting) == ["send_agenda"]
    assert verbs_of(item)[-1] == "send_agenda"
    assert verbs_of(item.case)[-1] == "send_agenda"
    with pytest.raises(DatabaseError), transaction.atomic():
        presentation.sections.update(heading="Andet")


def test_it_is_sent_once_and_never_empty(town: Town, meeting: Meeting) -> None:
    with pytest.raises(RuleBrokenError, match=gettext("The agenda has no items, so there is nothing to send.")):
        actions.send_agenda(meeting, actor=town.secretary)
    actions.put_on_agenda(approved_case(town), meeting=meeting, actor=town.secretary)
    actions.send_agenda(meeting, actor=town.secretary)

    with pytest.raises(RuleBrokenError, match=gettext("The agenda is already sent.")):
        actions.send_agenda(meeting, actor=town.secretary)


def test_what_is_not_ready_is_told_and_stops_until_she_says_so(town: Town, meeting: Meeting) -> None:
    PresentationTemplate.objects.create(body=town.mtu, item_kind="B", required_facts=["kle", "unit", "path"])
    case = make_case(town, access="closed", ground="property")
    waiting = attach(case, "Kort").file
    assert waiting is not None
    Examination.objects.create(version=waiting.versions.get())
    actions.put_on_agenda(case, meeting=meeting, closing_reason="Pris", anyway=True, actor=town.secretary)

    assert sentences(meeting) == [
        gettext("The item is closed and has no public title."),
        gettext("The case is not approved."),
        gettext("The case has no path."),
        gettext("Attachment {number} still waits to be looked through.").format(number=1),
        *(gettext("The case lacks: {fact}.").format(fact=gettext(fact)) for fact in ("KLE number", "path with dates")),
    ]
    with pytest.raises(RuleBrokenError):
        actions.send_agenda(meeting, actor=town.secretary)
    actions.send_agenda(meeting, anyway=True, actor=town.secretary)


def test_a_template_of_the_kind_goes_before_the_one_for_all(town: Town, meeting: Meeting, item: AgendaItem) -> None:
    PresentationTemplate.objects.create(body=town.mtu, item_kind="", required_facts=["kle"])
    PresentationTemplate.objects.create(body=town.mtu, item_kind="B", required_facts=["policy_area"])

    assert sentences(meeting) == [gettext("The case lacks: {fact}.").format(fact=gettext("policy area"))]


def test_before_it_is_sent_the_item_follows_its_case(town: Town, meeting: Meeting, item: AgendaItem) -> None:
    attach(item.case, "Kom til")
    Section.objects.filter(presentation=item.presentation, kind="presentation").update(html="<p>500 m.</p>")

    actions.send_agenda(meeting, actor=town.secretary)

    item.refresh_from_db()
    assert item.presentation is not None
    assert html_of(item.presentation)[0] == "<p>500 m.</p>"
    assert attachments_of(item) == [(1, "Kom til", "open", 1)]


def test_afterwards_new_words_come_only_by_a_renewal_with_its_reason(
    town: Town, meeting: Meeting, item: AgendaItem
) -> None:
    file = attach(item.case, "Kort").file
    actions.send_agenda(meeting, actor=town.secretary)
    rewrite(item.case, town, "<p>Stien bliver 600 m lang.</p>")
    assert file is not None
    add_version(file, b"nyt")
    item.refresh_from_db()
    before = item.presentation

    with pytest.raises(RuleBrokenError):
        actions.renew_item(item, reason=" ", actor=town.secretary)
    actions.renew_item(item, reason="Længden var forkert.", actor=town.secretary)

    item.refresh_from_db()
    assert before is not None and item.presentation is not None
    assert (item.presentation.replaces, item.presentation.frozen_by) == (before, "sent")
    assert (item.late_reason, attachments_of(item)) == ("Længden var forkert.", [(1, "Kort", "open", 2)])
    assert verbs_of(item)[-1] == verbs_of(item.case)[-1] == "renew_item"


def test_a_renewal_brings_something_new_and_approved(town: Town, meeting: Meeting, item: AgendaItem) -> None:
    with pytest.raises(RuleBrokenError):  # not sent yet
        actions.renew_item(item, reason="Fejl", actor=town.secretary)
    actions.send_agenda(meeting, actor=town.secretary)
    with pytest.raises(RuleBrokenError, match=gettext("The item already has the newest words of the case.")):
        actions.renew_item(item, reason="Fejl", actor=town.secretary)
    begin_draft(item.case, actor=town.writer)

    with pytest.raises(
        RuleBrokenError, match=gettext("The newest version is not approved yet. Wait for the approval.")
    ):
        actions.renew_item(item, reason="Fejl", actor=town.secretary)


def test_a_member_reads_the_words_when_they_are_sent(town: Town, meeting: Meeting, item: AgendaItem) -> None:
    file = attach(item.case, "Kort")
    actions.take_off_agenda(item, actor=town.secretary)
    actions.put_back_on_agenda(item, actor=town.secretary)
    url = reverse("meetings:item", args=[item.pk])
    paper = reverse("meetings:attachment", args=[item.attachments.get(withdrawn_at=None).pk])

    held_back = signed_in_as(town.member).get(url).content.decode()
    composing = signed_in_as(town.secretary).get(url).content.decode()
    refused = signed_in_as(town.member).get(paper).status_code
    actions.send_agenda(meeting, actor=town.secretary)
    sent = signed_in_as(town.member).get(url).content.decode()

    assert "400 m lang" not in held_back
    assert file.title not in held_back
    assert gettext("The text is a draft until the agenda is sent. Then it stands here.") in held_back
    assert (refused, "400 m lang" in composing, "400 m lang" in sent, file.title in sent) == (403, True, True, True)


def test_a_member_sees_that_and_how_it_was_changed(town: Town, meeting: Meeting, item: AgendaItem) -> None:
    actions.send_agenda(meeting, actor=town.secretary)
    rewrite(item.case, town, "<p>Stien bliver 600 m lang.</p>")
    actions.renew_item(item, reason="Længden var forkert.", actor=town.secretary)
    member = signed_in_as(town.member)

    page = member.get(reverse("meetings:item", args=[item.pk])).content.decode()
    changes = member.get(reverse("meetings:compare-item", args=[item.pk])).content.decode()

    assert gettext("Changed after it was sent") in page
    assert reverse("meetings:compare-item", args=[item.pk]) in page
    assert "Længden var forkert." in page
    assert "400 </del>" in changes
    assert "600 </ins>" in changes


def test_the_page_lists_what_is_missing_with_links_and_sends(town: Town, meeting: Meeting) -> None:
    case = make_case(town)
    actions.put_on_agenda(case, meeting=meeting, anyway=True, actor=town.secretary)
    client = signed_in_as(town.secretary)
    url = reverse("meetings:send-agenda", args=[meeting.pk])

    page = client.get(url).content.decode()
    refused = client.post(url)
    response = client.post(url, {"anyway": "on"})

    assert f'<a href="{reverse("cases:case", args=[case.pk])}">' in page
    assert gettext("The case is not approved.") in page
    assert refused.status_code == 422
    assert response.status_code == 302
    meeting.refresh_from_db()
    assert meeting.agenda_sent_at is not None


@pytest.mark.parametrize(
    "now, words",
    [
        ("2026-04-10 10:00+02:00", ngettext("{count} day left", "{count} days left", 4).format(count=4)),
        ("2026-04-14 10:00+02:00", gettext("the last day is today")),
        ("2026-04-15 10:00+02:00", gettext("over, unless Saturday counts as a working day")),
        ("2026-04-16 10:00+02:00", gettext("the deadline is over")),
    ],
)
def test_the_meeting_says_how_long_there_is(
    town: Town, meeting: Meeting, item: AgendaItem, now: str, words: str
) -> None:
    with time_machine.travel(now, tick=False):
        page = signed_in_as(town.secretary).get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()

    assert words in page


def test_an_agenda_that_is_not_sent_is_not_released(town: Town, meeting: Meeting, item: AgendaItem) -> None:
    response = signed_in_as(town.secretary).post(
        reverse("publication:prepare-release", args=[meeting.pk]), {"kind": "agenda"}
    )

    assert response.status_code == 422
