"""What a member has read: marked, undone, out of date when the item changes, and hers alone."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from sagsgang.cases.actions.versions import begin_draft
from sagsgang.cases.tests.factories import signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.actions import note_conflict, renew_item
from sagsgang.meetings.actions.send import send_supplement
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.tests.agenda import approve, attach
from sagsgang.members import actions
from sagsgang.members.models import ItemReading
from sagsgang.members.queries.material import Entry, material_of
from sagsgang.members.rules import Part, Reading, reading_of
from sagsgang.members.tests.factories import Hall, item_called, item_on, sent_meeting

STI = "Ny sti ved åen"


def entry_of(hall: Hall, item: AgendaItem) -> Entry:
    entry = material_of(hall.member, item.meeting).entry_of(item.pk)
    assert entry is not None
    return entry


def read(hall: Hall, item: AgendaItem) -> None:
    actions.mark_read(item, seen=entry_of(hall, item).seen, actor=hall.member)


def renew(hall: Hall, item: AgendaItem) -> None:
    """New words of the case come to the item."""
    begin_draft(item.case, actor=hall.town.writer)
    approve(item.case, hall.town)
    renew_item(item, reason="Ny opmåling.", actor=hall.town.secretary)


def progress(hall: Hall, meeting: Meeting) -> tuple[int, int]:
    material = material_of(hall.member, meeting)
    return material.read, len(material.readable)


def test_marking_twice_is_marking_once_and_leaves_no_trace_in_the_log(hall: Hall) -> None:
    meeting = sent_meeting(hall)
    item, count = item_called(STI), AuditEntry.objects.count()

    read(hall, item)
    read(hall, item)

    assert progress(hall, meeting) == (1, 2)
    assert ItemReading.objects.count() == 1
    assert AuditEntry.objects.count() == count


def test_a_renewed_item_is_changed_since_she_read_it(hall: Hall) -> None:
    meeting = sent_meeting(hall)
    item = item_called(STI)
    read(hall, item)

    renew(hall, item)

    entry = entry_of(hall, item)
    assert (entry.reading, entry.has_new_words) == (Reading.CHANGED, True)
    assert progress(hall, meeting) == (0, 2)
    page = signed_in_as(hall.member).get(reverse("members:read-item", args=[item.pk])).content.decode()
    assert reverse("meetings:compare-item", args=[item.pk]) in page
    read(hall, item)
    assert entry_of(hall, item).reading == Reading.READ


def test_a_new_attachment_is_a_change_too(hall: Hall) -> None:
    sent_meeting(hall)
    item = item_called(STI)
    read(hall, item)

    attach(item.case, "Nyt kort")
    renew_item(item, reason="Nyt kort.", actor=hall.town.secretary)

    assert (entry_of(hall, item).reading, entry_of(hall, item).has_new_words) == (Reading.CHANGED, False)


def test_a_sub_item_that_comes_with_a_supplement_is_a_change_too(hall: Hall) -> None:
    meeting = sent_meeting(hall)
    item = item_called(STI)
    read(hall, item)

    item_on(meeting, hall, "Rækværk", parent=item)
    assert entry_of(hall, item).reading == Reading.READ
    send_supplement(meeting, reason="Rækværket er væltet.", anyway=True, actor=hall.town.secretary)

    assert entry_of(hall, item).reading == Reading.CHANGED


def test_what_was_changed_while_she_read_is_not_marked(hall: Hall) -> None:
    sent_meeting(hall)
    item = item_called(STI)
    seen = entry_of(hall, item).seen
    renew(hall, item)

    with pytest.raises(RuleBrokenError):
        actions.mark_read(item, seen=seen, actor=hall.member)

    response = signed_in_as(hall.member).post(reverse("members:mark-read", args=[item.pk]), {"seen": seen}, follow=True)
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert ItemReading.objects.count() == 0


def test_all_is_marked_and_undone_as_it_was(hall: Hall) -> None:
    meeting = sent_meeting(hall, "Ét", "To", "Tre")
    first, second = item_called("Ét"), item_called("To")
    read(hall, first)
    read(hall, second)
    renew(hall, second)
    seen = material_of(hall.member, meeting).seen

    at = actions.mark_all_read(meeting, seen=seen, actor=hall.member)
    assert progress(hall, meeting) == (3, 3)
    actions.undo_mark_all_read(meeting, at=at, actor=hall.member)
    actions.undo_mark_all_read(meeting, at=at, actor=hall.member)

    states = [entry.reading for entry in material_of(hall.member, meeting).entries]
    assert states == [Reading.READ, Reading.CHANGED, Reading.UNREAD]


def test_all_is_marked_on_the_page_and_undone_there(hall: Hall) -> None:
    meeting = sent_meeting(hall)
    client = signed_in_as(hall.member)
    address = reverse("members:mark-all-read", args=[meeting.pk])

    marked = client.post(address, {"seen": material_of(hall.member, meeting).seen})
    page = client.get(marked["Location"])
    at = page.context["marked_at"]
    undone = client.post(reverse("members:undo-mark-all-read", args=[meeting.pk]), {"at": at})

    assert (marked.status_code, undone.status_code) == (302, 302)
    assert reverse("members:undo-mark-all-read", args=[meeting.pk]) in page.content.decode()
    assert progress(hall, meeting) == (0, 2)


def test_she_reads_on_to_the_next_item_and_back_to_the_agenda_after_the_last(hall: Hall) -> None:
    meeting = sent_meeting(hall, "Ét", "To")
    first, last = item_called("Ét"), item_called("To")
    client = signed_in_as(hall.member)

    onwards = [
        client.post(reverse("members:mark-read", args=[row.pk]), {"seen": entry_of(hall, row).seen, "on": "1"})[
            "Location"
        ]
        for row in (first, last)
    ]

    assert onwards == [
        reverse("members:read-item", args=[last.pk]),
        reverse("members:material", args=[meeting.pk]),
    ]
    assert progress(hall, meeting) == (2, 2)


def test_she_takes_a_mark_back(hall: Hall) -> None:
    meeting = sent_meeting(hall)
    read(hall, item_called(STI))

    signed_in_as(hall.member).post(reverse("members:mark-unread", args=[item_called(STI).pk]))

    assert progress(hall, meeting) == (0, 2)


def test_a_closed_item_that_she_may_not_read_does_not_count(hall: Hall) -> None:
    meeting = sent_meeting(hall, "Ét", closed="Køb af Møllevej 4")
    closed = item_called("Køb af Møllevej 4")
    before = progress(hall, meeting)

    note_conflict(closed, person=hall.dina, actor=hall.town.secretary)

    assert (before, progress(hall, meeting)) == ((0, 2), (0, 1))
    with pytest.raises(RuleBrokenError):
        actions.mark_read(closed, seen="0" * 16, actor=hall.member)


def test_nobody_sees_or_undoes_what_another_has_read(hall: Hall) -> None:
    meeting = sent_meeting(hall)
    seen = material_of(hall.member, meeting).seen
    at = actions.mark_all_read(meeting, seen=seen, actor=hall.member)

    actions.undo_mark_all_read(meeting, at=at, actor=hall.other)
    actions.mark_unread(item_called(STI), actor=hall.other)

    assert progress(hall, meeting) == (2, 2)
    assert material_of(hall.other, meeting).read == 0


@pytest.mark.parametrize("posted", [{}, {"seen": "x"}, {"seen": "ÆØÅ", "on": "1"}])
def test_bad_input_marks_nothing(posted: dict[str, str], hall: Hall) -> None:
    meeting = sent_meeting(hall)
    client = signed_in_as(hall.member)

    answers = [
        client.post(reverse("members:mark-read", args=[item_called(STI).pk]), posted).status_code,
        client.post(reverse("members:mark-all-read", args=[meeting.pk]), posted).status_code,
        client.post(reverse("members:undo-mark-all-read", args=[meeting.pk]), posted | {"at": "i går"}).status_code,
        client.get(reverse("members:material", args=[meeting.pk]) + "?at=%00").status_code,
    ]

    assert answers == [302, 302, 302, 200]
    assert ItemReading.objects.count() == 0


def test_a_get_marks_nothing(hall: Hall) -> None:
    meeting = sent_meeting(hall)
    client = signed_in_as(hall.member)

    for name in ("mark-read", "mark-unread"):
        assert client.get(reverse(f"members:{name}", args=[item_called(STI).pk])).status_code == 302
    for name in ("mark-all-read", "undo-mark-all-read"):
        assert client.get(reverse(f"members:{name}", args=[meeting.pk])).status_code == 302
    assert ItemReading.objects.count() == 0


def test_the_state_follows_from_the_parts() -> None:
    at = now()
    item, sub = item_pair()

    assert reading_of([item]) == Reading.UNREAD
    assert reading_of([Part(item.pk, None, None, None, at)]) == Reading.READ
    assert reading_of([Part(item.pk, None, None, None, at), sub]) == Reading.CHANGED
    assert reading_of([Part(item.pk, sub.pk, None, item.pk, at)]) == Reading.CHANGED
    assert reading_of([item, Part(sub.pk, None, None, None, at)]) == Reading.UNREAD


def item_pair() -> tuple[Part, Part]:
    keys = [ItemReading().pk, ItemReading().pk]
    return Part(keys[0], None, None), Part(keys[1], None, None)
