"""Follow-ups for tests: given at an item of a sent agenda, of a remark, on a case. No surprises: every word stands here."""

from datetime import date
from typing import Any

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Person, Seat
from sagsgang.cases.models import Case
from sagsgang.cases.tests.factories import Town
from sagsgang.followups import actions
from sagsgang.followups.actions import FollowUpFacts
from sagsgang.followups.models import FollowUp, FollowUpEvent
from sagsgang.meetings import actions as meeting_actions
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.tests.agenda import DIR_DAY, MTU_DAY, approved_case, meeting_of

HEAD = "Chef for Byrådssekretariatet"
DUE = date(2026, 4, 15)
CLOSED: dict[str, Any] = {"access": "closed", "ground": "property"}


def facts(words: str = "Følger op på tallene", **more: Any) -> FollowUpFacts:
    """Due on a day, unless a step is named."""
    due = {} if "before_step" in more else {"due_on": DUE}
    return FollowUpFacts(**{"words": words, "owner_role": HEAD, **due, **more})


def item_at(town: Town, body: Body, day: date, case: Case) -> AgendaItem:
    """The case on the body's agenda of the day, which is sent."""
    meeting = Meeting.objects.filter(body=body, held_on=day).first() or meeting_of(body, day)
    said: dict[str, Any] = {"closing_reason": "Pris", "public_title": "Køb"} if case.is_closed else {}
    item = meeting_actions.put_on_agenda(case, meeting=meeting, late_reason="Haster", actor=town.secretary, **said)
    Meeting.objects.filter(pk=meeting.pk).update(agenda_sent_at="2030-01-01 00:00+00:00")
    item.refresh_from_db()
    return AgendaItem.objects.select_related("meeting__body", "case", "parent", "presentation").get(pk=item.pk)


def dir_item(town: Town, title: str = "Ny sti ved åen", **about: object) -> AgendaItem:
    """A case before the directorate."""
    return item_at(town, town.dir, DIR_DAY, approved_case(town, title, **about))


def mtu_item(town: Town, case: Case) -> AgendaItem:
    """The same case before the committee."""
    return item_at(town, town.mtu, MTU_DAY, case)


def give(town: Town, item: AgendaItem, words: str = "Følger op på tallene", **more: Any) -> FollowUp:
    """Given at the item by the secretary of the directorate."""
    return actions.give_follow_up(item.case, facts(words, **more), item=item, actor=town.dir_secretary)


def events_of(row: FollowUp) -> list[tuple[str, str, User]]:
    """What happened, in order."""
    rows = FollowUpEvent.objects.filter(follow_up=row).order_by("at", "pk").select_related("by")
    return [(event.progress, event.words, event.by) for event in rows]


def conflict(item: AgendaItem, user: User, town: Town) -> None:
    """The body found that the user has a conflict of interest at the item."""
    person = Person.objects.create(authority=town.authority, name=f"{user} Person", user=user)
    Seat.objects.create(body=item.meeting.body, person=person)
    meeting_actions.note_conflict(item, person=person, actor=town.dir_secretary)
