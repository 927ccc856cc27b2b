"""A meeting from outside becomes rows; the same words change nothing, other words become versions."""

import dataclasses
from datetime import date

import pytest

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body, BodyKind, Person
from sagsgang.core.models import AuditEntry
from sagsgang.documents.access import Access
from sagsgang.meetings.actions import restore_meeting
from sagsgang.meetings.drafts import (
    AttachmentDraft,
    CaseDraft,
    DecisionDraft,
    ItemDraft,
    MeetingDraft,
    PersonDraft,
    SectionDraft,
    StepDraft,
)
from sagsgang.meetings.models import AgendaItem, Attendance, Decision, Meeting, PlannedStep

pytestmark = pytest.mark.django_db

ITEM = ItemDraft(
    number="7",
    title="Ny cykelsti ved Lindevej",
    case=CaseDraft("Ny cykelsti ved Lindevej", numbers=("23/01234",)),
    path=(StepDraft("MTU", None), StepDraft("KB", date(2026, 3, 24))),
    sections=(SectionDraft("presentation", "Sagsfremstilling", "<p>Stien er 400 m lang.</p>"),),
    decisions=(DecisionDraft("Miljø- og Teknikudvalget", date(2026, 3, 9), "<p>Godkendt.</p>", "approved"),),
    absent=(PersonDraft("Karla Bøg", party="A"),),
    attachments=(
        AttachmentDraft(1, "Kort", Access.OPEN, document_id="100001"),
        AttachmentDraft(2, "Tilbud", Access.CLOSED),
    ),
    subitems=(ItemDraft("1", "Belægning", CaseDraft("Belægning")),),
)
DRAFT = MeetingDraft(held_on=date(2026, 3, 9), place="Lokale 2", items=(ITEM,))


@pytest.fixture
def actor() -> User:
    return User.objects.create_user("importør")


@pytest.fixture
def body() -> Body:
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    return Body.objects.create(
        authority=authority,
        kind=BodyKind.COMMITTEE,
        name="Miljø- og Teknikudvalget",
        code="MTU",
        publish_policy="minutes",
    )


def changed(draft: ItemDraft, **parts: object) -> MeetingDraft:
    return dataclasses.replace(DRAFT, items=(dataclasses.replace(draft, **parts),))  # type: ignore[arg-type]


def test_a_meeting_is_made_with_all_its_parts(body: Body, actor: User) -> None:
    report = restore_meeting(body, DRAFT, actor=actor)

    item = AgendaItem.objects.top().get()
    assert report.meeting_created and report.items_created == [item.pk, item.subitems.get().pk]
    assert report.persons_created == ["Karla Bøg"]
    assert [(s.stated_body, s.body, s.planned_on) for s in item.steps.all()] == [
        ("MTU", body, None),
        ("KB", None, date(2026, 3, 24)),
    ]
    assert [(a.title, a.access, a.ground) for a in item.attachments.all()] == [
        ("Kort", "open", ""),
        ("Tilbud", "closed", "unknown"),
    ]
    assert item.decisions.get().body == body
    assert AuditEntry.objects.get().verb == "restore_meeting"


def test_the_same_words_change_nothing(body: Body, actor: User) -> None:
    restore_meeting(body, DRAFT, actor=actor)

    report = restore_meeting(body, DRAFT, actor=actor)

    assert not report.is_changed
    assert Meeting.objects.count() == 1
    assert Person.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_another_text_is_a_new_version_and_the_old_one_stays(body: Body, actor: User) -> None:
    first = restore_meeting(body, DRAFT, actor=actor).items[0]
    text = (SectionDraft("presentation", "Sagsfremstilling", "<p>Stien er 450 m lang.</p>"),)

    report = restore_meeting(body, changed(ITEM, sections=text), actor=actor)

    item = AgendaItem.objects.top().get()
    assert report.changed == {item.pk: ["presentation"]}
    assert item.presentation and item.presentation.replaces == first.presentation


def test_another_decision_is_the_next_version(body: Body, actor: User) -> None:
    restore_meeting(body, DRAFT, actor=actor)
    decision = (DecisionDraft("Miljø- og Teknikudvalget", date(2026, 3, 9), "<p>Udsat.</p>", "postponed"),)

    report = restore_meeting(body, changed(ITEM, decisions=decision), actor=actor)

    assert list(report.changed.values()) == [["decision"]]
    assert [(d.version, d.outcome) for d in Decision.objects.order_by("version")] == [(1, "approved"), (2, "postponed")]


def test_an_item_that_is_gone_is_taken_off_and_not_deleted(body: Body, actor: User) -> None:
    restore_meeting(body, DRAFT, actor=actor)
    other = ItemDraft("8", "Vejbump", CaseDraft("Vejbump"))

    restore_meeting(body, dataclasses.replace(DRAFT, items=(other,)), actor=actor)

    assert [(i.number, i.withdrawn_at is None) for i in AgendaItem.objects.top().order_by("number")] == [
        ("7", False),
        ("8", True),
    ]


def test_items_may_change_places(body: Body, actor: User) -> None:
    other = ItemDraft("8", "Vejbump", CaseDraft("Vejbump"))
    restore_meeting(body, dataclasses.replace(DRAFT, items=(ITEM, other)), actor=actor)

    report = restore_meeting(body, dataclasses.replace(DRAFT, items=(other, ITEM)), actor=actor)

    assert [i.number for i in AgendaItem.objects.top()] == ["8", "7"]
    assert not report.items_created


def test_another_path_and_presence_take_the_old_rows_off_and_keep_them(body: Body, actor: User) -> None:
    restore_meeting(body, DRAFT, actor=actor)
    path = (StepDraft("MTU", None), StepDraft("ØK", date(2026, 3, 17)))

    report = restore_meeting(body, changed(ITEM, path=path, absent=(PersonDraft("Ole Lind"),)), actor=actor)

    item = AgendaItem.objects.top().get()
    assert report.changed == {item.pk: ["path", "attendance"]}
    assert [step.stated_body for step in item.steps.all()] == ["MTU", "ØK"]
    assert [row.person.name for row in item.attendance.all()] == ["Ole Lind"]
    assert PlannedStep.history.filter(item=item).count() == 4
    assert Attendance.history.filter(item=item).count() == 2
