"""Closed decisions: what the public has had of them, and whether they may be opened now (R18, R23)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.actions import review_closing, set_review
from sagsgang.meetings.models import AgendaItem, ClosingReview, Meeting
from sagsgang.meetings.tests.factories import (
    CLOSED_WORDS,
    House,
    closed_item,
    htmx,
    item_of,
    meeting_with,
    plain_item,
    signed_in_as,
)
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.models import PublicItem


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, plain_item(1), closed_item())


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    return item_of(meeting, "2")


def tomorrow() -> date:
    return localdate() + timedelta(days=1)


def test_a_closed_decision_without_extract_is_listed_in_the_publics_words(item: AgendaItem, house: House) -> None:
    url = reverse("publication:closed-decisions", args=[house.body.pk])

    page = signed_in_as(house.secretary).get(url).content.decode()

    assert reverse("meetings:state-extract", args=[item.pk]) in page
    assert "Køb af ejendom" in page
    assert [word for word in CLOSED_WORDS if word in page] == []
    assert url in htmx(house.secretary).get(reverse("publication:waiting")).content.decode()
    assert url not in htmx(house.director).get(reverse("publication:waiting")).content.decode()
    AgendaItem.objects.filter(pk=item.pk).update(withheld_reason="Forhandling er i gang.")
    page = signed_in_as(house.secretary).get(url).content.decode()
    assert reverse("meetings:state-extract", args=[item.pk]) not in page
    statuses = [
        signed_in_as(user).get(url).status_code
        for user in (house.director, house.member, house.hr, house.auditor, house.stranger)
    ]
    assert statuses == [403, 403, 403, 403, 404]


def test_when_its_day_has_come_it_is_asked_about(item: AgendaItem, house: House) -> None:
    set_review(item, review_on=tomorrow(), actor=house.secretary)
    url = reverse("publication:closed-decisions", args=[house.body.pk])
    link = reverse("publication:review-closing", args=[item.pk])

    assert link not in signed_in_as(house.secretary).get(url).content.decode()
    AgendaItem.objects.filter(pk=item.pk).update(review_on=localdate())
    assert link in signed_in_as(house.secretary).get(url).content.decode()
    statuses = [
        signed_in_as(user).get(link).status_code
        for user in (house.secretary, house.director, house.member, house.hr, house.auditor, house.stranger)
    ]
    assert statuses == [200, 403, 403, 403, 403, 404]
    assert AuditEntry.objects.filter(verb="read_closed").exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"answer": "keep", "ground": "property"},
        {"answer": "keep", "ground": "property", "review_on": "2020-01-01"},
        {"answer": "keep", "review_on": "2999-01-01"},
        {"answer": "never", "ground": "unknown"},
        {"answer": "open"},
        {"answer": "perhaps"},
        {"answer": "never", "ground": "property", "reason": ""},
    ],
)
def test_an_answer_holds_what_it_must(facts: dict[str, str], item: AgendaItem, house: House) -> None:
    url = reverse("publication:review-closing", args=[item.pk])

    response = signed_in_as(house.secretary).post(url, {"reason": "Handlen er endelig."} | facts)

    item.refresh_from_db()
    assert (response.status_code, item.access, ClosingReview.objects.count()) == (422, "closed", 0)


def test_kept_closed_it_is_asked_again_or_never(item: AgendaItem, house: House) -> None:
    review_closing(
        item, answer="keep", ground="tender", reason="Budrunden løber.", review_on=tomorrow(), actor=house.secretary
    )
    item.refresh_from_db()
    assert (item.access, item.ground, item.review_on) == ("closed", "tender", tomorrow())

    review_closing(item, answer="never", ground="personal", reason="Helbred.", actor=house.secretary)

    item.refresh_from_db()
    assert (item.access, item.ground, item.review_on) == ("closed", "personal", None)
    page = signed_in_as(house.secretary).get(reverse("publication:closed-decisions", args=[house.body.pk]))
    assert reverse("publication:set-review", args=[item.pk]) not in page.content.decode()
    assert [
        entry.data for entry in AuditEntry.objects.filter(verb="review_closing", subject__contains="AgendaItem")
    ] == [
        {"answer": "keep"},
        {"answer": "never"},
    ]


def test_opened_it_reaches_the_public_with_the_next_release_and_its_attachments_stay_behind(
    item: AgendaItem, meeting: Meeting, house: House
) -> None:
    release_meeting(meeting, kind="minutes", prepared_by=house.secretary, released_by=house.second)
    with pytest.raises(RuleBrokenError):
        review_closing(item, answer="open", reason="Solgt.", actor=house.secretary)
    review_closing(item, answer="open", reason="Handlen er endelig.", has_looked=True, actor=house.secretary)
    assert PublicItem.objects.get(number="2", parent=None).access == "closed"

    release = release_meeting(meeting, kind="minutes", prepared_by=house.secretary, released_by=house.second)

    shown = PublicItem.objects.select_related("meeting").get(number="2", parent=None)
    assert (release.kind, shown.title, shown.access) == ("minutes", "Køb af Møllevej 4", "open")
    assert [line["access"] for line in shown.content["attachments"]] == ["closed"]
    assert [(row["number"], row["how"]) for row in shown.meeting.changes] == [("2", "opened")]
    with pytest.raises(RuleBrokenError):
        review_closing(item, answer="never", ground="property", reason="x", actor=house.secretary)


@pytest.mark.parametrize("opened", [True, False])
def test_an_attachment_is_opened_by_name(opened: bool, item: AgendaItem, house: House) -> None:
    attachment = item.attachments.get()

    review_closing(
        item,
        answer="open",
        reason="Handlen er endelig.",
        has_looked=True,
        opened=[attachment.pk] if opened else [],
        actor=house.secretary,
    )

    attachment.refresh_from_db()
    assert (attachment.access, attachment.ground) == (("open", "") if opened else ("closed", "property"))
