"""From the case to the agenda: what comes with it, what is refused, off again and back."""

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.cases.models import Case, CaseAttachment
from sagsgang.cases.tests.factories import Town, make_case, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.rules import GIGABYTE
from sagsgang.meetings.tests.agenda import (
    DIR_DAY,
    IN_TIME,
    KB_DAY,
    MTU_DAY,
    add_version,
    approved_case,
    attach,
    attachments_of,
    decide,
    meeting_of,
    verbs_of,
)


@pytest.fixture
def meeting(town: Town) -> Meeting:
    return meeting_of(town.mtu, MTU_DAY)


@pytest.fixture(autouse=True)
def in_time() -> object:
    with time_machine.travel(IN_TIME, tick=True):
        yield


def put(case: Case, meeting: Meeting, town: Town, **how: object) -> AgendaItem:
    return actions.put_on_agenda(case, meeting=meeting, actor=town.secretary, **how)  # type: ignore[arg-type]


def test_words_path_and_attachments_come_with_the_case(town: Town, meeting: Meeting) -> None:
    case = approved_case(town)
    first = attach(case, "Kort", document_id="3453832", document_number="41694/26", mark="(H)", in_packet=False)
    attach(case, "Tilbud", access="closed", ground="tender", on_web=False, public_title="Et tilbud")
    gone = attach(case, "Gammelt kort")
    CaseAttachment.objects.filter(pk=gone.pk).update(replaced_by=first)
    assert first.file is not None
    add_version(first.file, b"nyere")

    item = put(case, meeting, town)

    newest = case.presentations.get()
    assert (item.title, item.kind, item.access, item.number, item.position) == ("Ny sti ved åen", "B", "open", "1", 1)
    assert item.presentation == newest
    assert newest.is_draft
    assert item.step == case.path.get(body=town.mtu)
    assert [(s.stated_body, s.body_id, s.planned_on) for s in item.steps.all()] == [
        ("DIR", town.dir.pk, DIR_DAY),
        ("MTU", town.mtu.pk, MTU_DAY),
        ("KB", town.kb.pk, KB_DAY),
    ]
    assert attachments_of(item) == [(1, "Kort", "open", 2), (2, "Tilbud", "closed", 1)]
    kort, tilbud = item.attachments.order_by("position")
    assert (kort.document_id, kort.document_number, kort.mark, kort.in_packet) == ("3453832", "41694/26", "(H)", False)
    assert (tilbud.ground, tilbud.on_web, tilbud.public_title) == ("tender", False, "Et tilbud")
    assert verbs_of(item) == ["put_on_agenda"]
    assert verbs_of(case)[-1] == "put_on_agenda"


def test_a_linked_draft_has_a_line_and_no_bytes(town: Town, meeting: Meeting) -> None:
    case, other = approved_case(town), make_case(town, "Næste udvalgs punkt")
    CaseAttachment.objects.create(
        case=case, presentation=other.presentations.get(), position=1, title="Dagsordenspunkt", access="open"
    )

    item = put(case, meeting, town)

    assert attachments_of(item) == [(1, gettext("{title} (draft)").format(title="Dagsordenspunkt"), "open", None)]


def test_numbers_go_on_and_sub_items_begin_at_one(town: Town, meeting: Meeting) -> None:
    put(approved_case(town, "Første"), meeting, town)
    gathering = actions.add_collective_item(meeting, title="Øvrige punkter", actor=town.secretary)
    cases = [approved_case(town, title) for title in ("Anden", "Tredje")]

    subs = [put(case, meeting, town, parent=gathering) for case in cases]

    assert gathering.number == "2"
    assert [(sub.number, sub.position, sub.parent) for sub in subs] == [("1", 1, gathering), ("2", 2, gathering)]
    for case in cases:
        case.refresh_from_db()
        assert case.parent == gathering.case


def test_what_is_not_approved_comes_only_when_the_secretary_says_so(town: Town, meeting: Meeting) -> None:
    case = make_case(town)

    with pytest.raises(RuleBrokenError):
        put(case, meeting, town)
    item = put(case, meeting, town, anyway=True)

    entry = AuditEntry.objects.get(verb="put_on_agenda", subject=f"meetings.AgendaItem:{item.pk}")
    assert entry.data["approved"] is False
    assert item.late_reason == ""


def test_twice_on_one_agenda_is_refused(town: Town, meeting: Meeting) -> None:
    case = approved_case(town)
    put(case, meeting, town)

    with pytest.raises(RuleBrokenError, match=gettext("The case is already on this agenda.")):
        put(case, meeting, town)


def test_a_closed_case_says_why(town: Town, meeting: Meeting) -> None:
    case = approved_case(town, access="closed", ground="property")

    with pytest.raises(RuleBrokenError):
        put(case, meeting, town)
    item = put(case, meeting, town, closing_reason="Sælger er presset.", public_title="Køb af ejendom")

    assert (item.access, item.ground, item.closing_reason) == ("closed", "property", "Sælger er presset.")
    assert item.public_title == "Køb af ejendom"


def test_a_gigabyte_is_the_most_that_a_meeting_holds(town: Town, meeting: Meeting) -> None:
    first, second = approved_case(town, "Første"), approved_case(town, "Anden")
    for case, size in ((first, GIGABYTE - 10), (second, 11)):
        file = attach(case, "Stort").file
        assert file is not None
        add_version(file, b"x", size=size)
    put(first, meeting, town)

    with pytest.raises(RuleBrokenError) as refusal:
        put(second, meeting, town)

    assert "GB" in str(refusal.value)
    assert AgendaItem.objects.count() == 1


@pytest.mark.parametrize(
    "day, late",
    [("2026-04-13", False), ("2026-04-14", False), ("2026-04-15", False), ("2026-04-16", True), ("2026-04-20", True)],
)
def test_after_the_outer_deadline_it_says_why_it_cannot_wait(
    town: Town, meeting: Meeting, day: str, late: bool
) -> None:
    case = approved_case(town)  # MTU on Monday 20 April: safe 14 April, with Saturdays 15 April

    with time_machine.travel(f"{day} 12:00+02:00", tick=False):
        if late:
            with pytest.raises(RuleBrokenError):
                put(case, meeting, town)
        item = put(case, meeting, town, late_reason="Tilbuddet udløber.")

    assert item.late_reason == ("Tilbuddet udløber." if late else "")


def test_on_a_sent_agenda_it_is_late_and_waits_for_the_supplement(town: Town, meeting: Meeting) -> None:
    put(approved_case(town, "Første"), meeting, town)
    actions.send_agenda(meeting, anyway=True, actor=town.secretary)
    case = approved_case(town, "Anden")

    with pytest.raises(RuleBrokenError):
        put(case, meeting, town)
    item = put(case, meeting, town, late_reason="Kan ikke vente.")

    assert (item.late_reason, item.first_sent_in) == ("Kan ikke vente.", None)
    assert case.presentations.get().is_draft


def test_taken_off_the_numbers_close_up_and_put_back_they_open(town: Town, meeting: Meeting) -> None:
    items = [put(approved_case(town, title), meeting, town) for title in ("A", "B", "C")]

    actions.take_off_agenda(items[1], actor=town.secretary)
    closed_up = list(meeting.items.filter(withdrawn_at=None).values_list("number", "title"))
    actions.put_back_on_agenda(items[1], actor=town.secretary)

    assert closed_up == [("1", "A"), ("2", "C")]
    rows = list(meeting.items.filter(withdrawn_at=None).values_list("number", "position", "title"))
    assert rows == [("1", 1, "A"), ("2", 2, "B"), ("3", 3, "C")]
    assert verbs_of(items[1]) == ["put_on_agenda", "take_off_agenda", "put_back_on_agenda"]
    assert verbs_of(items[1].case)[-2:] == ["take_off_agenda", "put_back_on_agenda"]


def test_a_gathering_item_takes_its_sub_items_with_it(town: Town, meeting: Meeting) -> None:
    gathering = actions.add_collective_item(meeting, title="Øvrige", actor=town.secretary)
    case = approved_case(town)
    sub = put(case, meeting, town, parent=gathering)

    actions.take_off_agenda(gathering, actor=town.secretary)
    case.refresh_from_db()
    assert (case.parent, meeting.items.filter(withdrawn_at=None).count()) == (None, 0)
    actions.put_back_on_agenda(gathering, actor=town.secretary)

    case.refresh_from_db()
    sub.refresh_from_db()
    assert (case.parent, sub.withdrawn_at) == (gathering.case, None)


def test_a_decided_item_and_a_sent_agenda_keep_their_items(town: Town, meeting: Meeting) -> None:
    first, second = (put(approved_case(town, title), meeting, town) for title in ("A", "B"))
    decide(first, town)

    with pytest.raises(RuleBrokenError):
        actions.take_off_agenda(first, actor=town.secretary)
    actions.send_agenda(meeting, anyway=True, actor=town.secretary)
    with pytest.raises(RuleBrokenError):
        actions.take_off_agenda(second, actor=town.secretary)


def test_the_page_puts_it_on_the_wished_meeting(town: Town, meeting: Meeting) -> None:
    case = approved_case(town)
    client = signed_in_as(town.secretary)
    url = reverse("meetings:put-on-agenda", args=[town.mtu.pk])

    page = client.get(f"{url}?case={case.pk}").content.decode()
    response = client.post(url, {"case": case.pk, "place": f"meeting:{meeting.pk}"})

    assert f'<option value="meeting:{meeting.pk}" selected>' in page
    assert response["Location"] == reverse("meetings:meeting", args=[meeting.pk]) + "#agenda-heading"
    assert AgendaItem.objects.get().case == case


def test_bad_input_is_answered_and_kept(town: Town, meeting: Meeting) -> None:
    case = approved_case(town, access="closed", ground="property")
    client = signed_in_as(town.secretary)
    url = reverse("meetings:put-on-agenda", args=[town.mtu.pk])

    for data in (
        {"place": "meeting:nej", "public_title": "Køb af grund"},
        {"place": f"meeting:{meeting.pk}", "public_title": "Køb af grund"},
    ):
        response = client.post(url, {"case": case.pk, **data})
        assert response.status_code == 422
        assert "Køb af grund" in response.content.decode()

    assert client.post(url, {"case": "nej"}).status_code == 302
    assert AgendaItem.objects.count() == 0


def test_the_pages_of_the_agenda_are_the_secretarys(town: Town, meeting: Meeting) -> None:
    item = put(approved_case(town), meeting, town)
    rows = {
        "waiting-cases": town.mtu, "put-on-agenda": town.mtu, "add-collective-item": meeting, "send-agenda": meeting,
        "take-off-agenda": item, "renew-item": item, "carry-forward": item, "promote-subitem": item,
        "note-conflict": item, "withdraw-conflict": item, "state-closing": item,
    }  # fmt: skip

    for name, row in rows.items():
        url = reverse(f"meetings:{name}", args=[row.pk])
        assert signed_in_as(town.member).post(url).status_code in (403, 405), name
        assert signed_in_as(town.stranger).post(url).status_code == 404, name
        assert signed_in_as(town.secretary).get(url).status_code in (200, 302), name

    assert verbs_of(item) == ["put_on_agenda"]


def test_taken_off_on_the_page_it_stands_below_to_be_put_back(town: Town, meeting: Meeting) -> None:
    item = put(approved_case(town), meeting, town)
    client = signed_in_as(town.secretary)

    client.post(reverse("meetings:take-off-agenda", args=[item.pk]))
    page = client.get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
    back = reverse("meetings:put-back-on-agenda", args=[item.pk])
    client.post(back)

    assert back in page
    item.refresh_from_db()
    assert item.withdrawn_at is None
    assert client.post(back).status_code == 404  # nothing to put back
