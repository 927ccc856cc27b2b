"""A sub-item becomes a case of its own by one act, and can be sent on."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from sagsgang.cases.models import Case
from sagsgang.cases.queries.versions import newest_of
from sagsgang.cases.tests.factories import Town, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions
from sagsgang.meetings.drafts import (
    AttachmentDraft,
    CaseDraft,
    ItemDraft,
    MeetingDraft,
    PointDraft,
    SectionDraft,
    StepDraft,
)
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.tests.agenda import (
    DIR_DAY,
    IN_TIME,
    KB_DAY,
    MTU_DAY,
    approved_case,
    attachments_of,
    decide,
    html_of,
    meeting_of,
    verbs_of,
)
from sagsgang.meetings.tests.factories import kept_file


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=True):
        yield


@pytest.fixture
def sub(town: Town) -> AgendaItem:
    """The second sub-item of an item from outside, in its item's case."""
    part = ItemDraft(
        "2", "Ligestillingsredegørelse", CaseDraft("Ligestilling"), kind="D",
        path=(StepDraft("DIR", DIR_DAY), StepDraft("HU"), StepDraft("Byens Råd"), StepDraft("KB", KB_DAY)),
        sections=(
            SectionDraft("presentation", "Sagsfremstilling", "<p>Redegørelsen er lavet.</p>"),
            SectionDraft("recommendation", "Indstilling", "", (PointDraft("-", "at den drøftes"),)),
        ),
        attachments=(
            AttachmentDraft(1, "Redegørelse", "open", document_id="3453832", file=kept_file(b"ord", "r.txt")),
            AttachmentDraft(2, "Data", "closed", ground="internal", file=kept_file(b"tal", "d.txt")),
        ),
    )  # fmt: skip
    item = ItemDraft(
        "5", "Øvrige punkter", CaseDraft("Øvrige punkter", numbers=("00.01",), policy_area="Ledelse"),
        sections=(SectionDraft("presentation", "", "<p>Seks sager.</p>"),),
        subitems=(ItemDraft("1", "Økonomi", CaseDraft("Økonomi")), part),
    )  # fmt: skip
    draft = MeetingDraft(held_on=DIR_DAY, items=(item,))
    meeting = actions.restore_meeting(town.dir, draft, actor=town.dir_secretary).meeting
    return AgendaItem.objects.get(meeting=meeting, number="2")


def promote(sub: AgendaItem, town: Town, title: str = "Ligestilling 2023") -> Case:
    case = actions.promote_subitem(sub, title=title, actor=town.dir_secretary)
    sub.refresh_from_db()
    return case


def test_the_new_case_has_words_files_and_path(town: Town, sub: AgendaItem) -> None:
    collective, words = sub.case, sub.presentation
    assert words is not None

    case = promote(sub, town)

    draft = case.presentations.get()
    assert (case.title, case.promoted_from, case.policy_area) == ("Ligestilling 2023", collective, "Ledelse")
    assert (sub.case, sub.presentation) == (case, words)
    assert (draft.replaces, draft.is_draft, draft.item_kind, draft.number) == (words, True, "D", 2)
    assert html_of(draft) == html_of(words)
    assert [p.text for s in draft.sections.all() for p in s.points.all()] == ["at den drøftes"]
    assert newest_of(case) == draft
    assert [(a.title, a.access, a.document_id, a.file) for a in case.attachments.all()] == [
        (a.title, a.access, a.document_id, a.version.document) for a in sub.attachments.all() if a.version
    ]
    assert [(s.body, s.purpose, s.planned_on) for s in case.path.all()] == [
        (town.dir, "recommendation", DIR_DAY),
        (town.hu, "discussion", None),
        (town.kb, "decision", KB_DAY),
    ]
    assert sub.step == case.path.get(body=town.dir)
    assert verbs_of(sub)[-1] == verbs_of(case)[-1] == "promote_subitem"


def test_one_that_has_a_case_is_let_go(town: Town) -> None:
    meeting = meeting_of(town.mtu, MTU_DAY)
    gathering = actions.add_collective_item(meeting, title="Øvrige", actor=town.secretary)
    case = approved_case(town)
    sub = actions.put_on_agenda(case, meeting=meeting, parent=gathering, actor=town.secretary)

    promoted = promote(sub, town, "Ny sti ved åen")

    assert (promoted, promoted.parent, promoted.promoted_from) == (case, None, gathering.case)
    with pytest.raises(RuleBrokenError):
        promote(sub, town)


def test_only_a_sub_item_is_promoted_and_with_a_title(town: Town, sub: AgendaItem) -> None:
    assert sub.parent is not None
    for item, title in ((sub.parent, "Titel"), (sub, "  ")):
        with pytest.raises(RuleBrokenError):
            actions.promote_subitem(item, title=title, actor=town.dir_secretary)

    assert Case.objects.count() == 1


def test_it_is_sent_on_to_the_next_body(town: Town, sub: AgendaItem) -> None:
    decide(sub, town, "Drøftet.")
    with pytest.raises(RuleBrokenError):
        actions.carry_forward(sub, meeting=meeting_of(town.mtu, MTU_DAY), actor=town.dir_secretary)
    case = promote(sub, town)
    works_council: Meeting = meeting_of(town.hu, MTU_DAY)

    carried = actions.carry_forward(sub, meeting=works_council, actor=town.dir_secretary)

    assert (carried.parent, carried.title, carried.case) == (None, "Ligestilling 2023", case)
    assert carried.presentation == sub.presentation
    assert carried.step == case.path.get(body=town.hu)
    assert attachments_of(carried) == attachments_of(sub)
    assert [d.html for d in carried.decisions.all()] == ["<p>Drøftet.</p>"]


def test_the_page_makes_the_case_and_goes_to_it(town: Town, sub: AgendaItem) -> None:
    client = signed_in_as(town.dir_secretary)
    url = reverse("meetings:promote-subitem", args=[sub.pk])

    page = client.get(reverse("meetings:item", args=[sub.parent_id])).content.decode()
    form = client.get(url).content.decode()
    refused = client.post(url, {"title": ""})
    response = client.post(url, {"title": "Ligestilling"})

    sub.refresh_from_db()
    assert url in page
    assert 'value="Ligestillingsredegørelse"' in form
    assert refused.status_code == 422
    assert response["Location"] == reverse("cases:case", args=[sub.case_id])
