"""A meeting that is restored once more keeps its order, however often that was."""

from datetime import date

import pytest

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body, BodyKind
from sagsgang.meetings.actions import restore_meeting
from sagsgang.meetings.drafts import CaseDraft, ItemDraft, MeetingDraft
from sagsgang.meetings.models import AgendaItem


@pytest.mark.django_db
@pytest.mark.parametrize("times", [1, 2, 3])
def test_an_item_that_comes_later_stands_last_however_often_the_others_were_restored(times: int) -> None:
    clerk = User.objects.create_user("importør")
    owner = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    body = Body.objects.create(authority=owner, kind=BodyKind.COMMITTEE, name="Teknisk Udvalg", code="TU")
    items = tuple(ItemDraft(no, f"Sag {no}", CaseDraft(f"Sag {no}")) for no in "123")
    for _ in range(times):
        restore_meeting(body, MeetingDraft(held_on=date(2026, 4, 14), items=items[:2]), actor=clerk)

    restore_meeting(body, MeetingDraft(held_on=date(2026, 4, 14), items=items), actor=clerk)

    rows = AgendaItem.objects.order_by("position").values_list("position", "number")
    assert list(rows) == [(1, "1"), (2, "2"), (3, "3")]
