"""A small house in which every chained table has chains of several lengths."""

from datetime import date

from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body, BodyKind, Person
from sagsgang.core.models import record
from sagsgang.equality.models import Count, LevelFigure
from sagsgang.meetings.actions import restore_meeting
from sagsgang.meetings.drafts import CaseDraft, ItemDraft, MeetingDraft
from sagsgang.meetings.models import Meeting
from sagsgang.protocols.models import EntryKind, ProtocolEntry
from sagsgang.publication.actions import release_meeting, withdraw_release
from sagsgang.publication.actions.figures import prepare_figures, release_figures, withdraw_figures
from sagsgang.publication.models import PublicFigures
from tests.made_once import made_once


@made_once
def make_chains() -> None:
    """Releases and figures current, superseded and withdrawn; protocols with signatures; an audit log of all that."""
    anna, bo = (User.objects.create_user(name) for name in ("anna", "bo"))
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    for number, name in enumerate(("Børneudvalget", "Ældreudvalget", "Ø-udvalget"), start=1):
        body = Body.objects.create(
            authority=authority, kind=BodyKind.COMMITTEE, name=name, code=f"U{number}", publish_policy="minutes"
        )
        for day in range(1, 4):
            meeting = _meeting(body, date(2026, 4, day), anna)
            _release(meeting, anna, bo, day)
            if number < 3:
                make_protocol(meeting, bo, signatures=day)
    for day in range(1, 4):
        _release_figures(authority, date(2025, 4, day), anna, bo, day)
    for times in range(4):
        for _ in range(times):
            record(anna, "try", (anna, bo, authority)[times - 1], note="æ|ø", parts=["b", "a"], n=times)


def make_one_act() -> None:
    """An audit log of one entry."""
    anna = User.objects.create_user("anna")
    record(anna, "try", anna)


@made_once
def make_one_of_each() -> None:
    """One release, its record, its withdrawal; the same of figures; one entry in one protocol."""
    anna, bo = (User.objects.create_user(name) for name in ("anna", "bo"))
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    body = Body.objects.create(
        authority=authority, kind=BodyKind.COMMITTEE, name="Børneudvalget", publish_policy="minutes"
    )
    meeting = _meeting(body, date(2026, 4, 1), anna)
    release = release_meeting(meeting, kind="minutes", prepared_by=anna, released_by=bo)
    withdraw_release(release.pk, reason="Et navn skulle ikke stå der.", actor=anna)
    ProtocolEntry.objects.create(body=body, meeting=meeting, kind=EntryKind.FINAL, document="{}", entered_by=bo)
    figures = _let_figures_out(authority, date(2025, 4, 1), 1, anna, bo)
    withdraw_figures(figures.pk, reason="Et tal var forkert.", actor=anna)


def _meeting(body: Body, held_on: date, actor: User) -> Meeting:
    item = ItemDraft("1", "Cykelsti", CaseDraft("Cykelsti"))
    return restore_meeting(body, MeetingDraft(held_on=held_on, items=(item,)), actor=actor).meeting


def _release(meeting: Meeting, anna: User, bo: User, times: int) -> None:
    """Once: current; twice: superseded and current; three times: superseded, withdrawn, current."""
    first = release_meeting(meeting, kind="agenda", prepared_by=anna, released_by=bo)
    if times > 1:
        first = release_meeting(meeting, kind="minutes", prepared_by=anna, released_by=bo)
    if times > 2:
        withdraw_release(first.pk, reason="Et navn skulle ikke stå der.", actor=anna)
        release_meeting(meeting, kind="minutes", prepared_by=anna, released_by=bo)


def _release_figures(authority: Authority, day: date, anna: User, bo: User, times: int) -> None:
    """As `_release` does: current; superseded and current; superseded, withdrawn, current."""
    for version in range(1, times + 1):
        figures = _let_figures_out(authority, day, version, anna, bo)
        if version == 2 and times > 2:
            withdraw_figures(figures.pk, reason="Et tal var forkert.", actor=anna)


def _let_figures_out(authority: Authority, day: date, version: int, anna: User, bo: User) -> PublicFigures:
    """The figures of a day, counted anew."""
    count = Count.objects.create(
        authority=authority, snapshot_on=day, version=version, made_by=anna, signed_off_at=now(), signed_off_by=anna
    )
    LevelFigure.objects.create(count=count, level=3, women=201 + version, men=64)
    said = "Talt om." if version > 1 else ""
    return release_figures(prepare_figures(authority, "equality", day, day, public_reason=said, actor=anna), actor=bo)


def make_protocol(meeting: Meeting, actor: User, *, signatures: int) -> None:
    """A final protocol with so many signatures, and an amendment."""
    facts = {"body": meeting.body, "meeting": meeting, "entered_by": actor}
    ProtocolEntry.objects.create(kind=EntryKind.FINAL, document='{"text": "Godkendt | enigt."}', **facts)
    for number in range(signatures):
        person = Person.objects.create(authority=meeting.body.authority, name=f"Åse {number}")
        ProtocolEntry.objects.create(kind=EntryKind.SIGNATURE, person=person, document="{}", **facts)
    ProtocolEntry.objects.create(kind=EntryKind.AMENDMENT, document='{"why": "slåfejl"}', **facts)
