"""Standing items: a body's list of them, and their place on each new agenda.

A standing item has one case for all its meetings, opened when it is first used. A case stands once on an agenda all the
same, and its history tells of every meeting at which it was treated.
"""

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, BodyKind
from sagsgang.cases.actions.case import CaseFacts, open_case
from sagsgang.cases.models import Case
from sagsgang.core.models import record
from sagsgang.documents.access import Access
from sagsgang.meetings.actions import papers
from sagsgang.meetings.actions.arrange import settle_agenda
from sagsgang.meetings.actions.records import lock_meeting, record_both
from sagsgang.meetings.models import AgendaItem, Meeting, StandingItem, StandingPlace, StandingUse
from sagsgang.meetings.queries.standing import missing_standing_items
from sagsgang.meetings.rules import standing as rules
from sagsgang.meetings.rules.acts import require_title, require_unsent


def begin_agenda(meeting: Meeting, *, actor: User) -> None:
    """A part of other acts, after the meeting is locked: on an agenda that nothing was ever put on, the standing items
    come first of all.
    """
    if meeting.agenda_sent_at is None and not AgendaItem.objects.filter(meeting=meeting).exists():
        _put(meeting, actor)


@transaction.atomic
def put_standing_items(meeting: Meeting, *, actor: User) -> int:
    """Put the body's standing items on an agenda that lacks them; answers how many came. May be done twice.

    One that the secretary took off stays off. Raises `RuleBrokenError` if the agenda is sent.
    """
    meeting = lock_meeting(meeting)
    require_unsent(is_sent=meeting.agenda_sent_at is not None)
    return _put(meeting, actor)


def _put(meeting: Meeting, actor: User) -> int:
    missing = missing_standing_items(meeting)
    for standing in missing:
        position, number = papers.next_place(meeting, None)
        item = AgendaItem.objects.create(
            meeting=meeting,
            case=_case_of(standing, actor),
            standing=standing,
            position=position,
            number=number,
            title=standing.title,
            kind=standing.kind,
            access=Access.OPEN,
        )
        settle_agenda(meeting, new=item)
        record_both(actor, "put_standing_items", item, meeting=str(meeting.pk))
    if missing:
        record(actor, "put_standing_items", meeting, items=len(missing))
    return len(missing)


def _case_of(standing: StandingItem, actor: User) -> Case:
    """The case of all its meetings: that of its first item, or a new one."""
    earlier = AgendaItem.objects.filter(standing=standing).select_related("case").order_by("created_at").first()
    if earlier is not None:
        return earlier.case
    return open_case(standing.body.authority, CaseFacts(title=standing.title), actor=actor)


@transaction.atomic
def add_standing_item(body: Body, *, title: str, kind: str, place: str, use: str, actor: User) -> StandingItem:
    """Give a body one more standing item, last in its place. It comes on the agendas that are begun from now on."""
    body = _locked(body)
    require_title(title)
    rules.require_one_a_use(is_taken=_is_taken(body, use))
    row = StandingItem.objects.create(
        body=body, title=title.strip(), kind=kind, place=place, use=use, position=_next(body, place)
    )
    record(actor, "add_standing_item", body, standing=str(row.pk))
    return row


@transaction.atomic
def edit_standing_item(row: StandingItem, *, title: str, kind: str, place: str, use: str, actor: User) -> None:
    """Write a standing item anew; agendas that have it already keep the old words."""
    body = _locked(row.body)
    row = _standing(row)
    require_title(title)
    rules.require_one_a_use(is_taken=_is_taken(body, use, besides=row))
    if row.place != place:
        row.position = _next(body, place)
    row.title, row.kind, row.place, row.use = title.strip(), kind, place, use
    row.save()
    record(actor, "edit_standing_item", body, standing=str(row.pk))


@transaction.atomic
def move_standing_item(row: StandingItem, *, up: bool, actor: User) -> None:
    """Change places with the neighbour in the same place; at the end it stays."""
    body = _locked(row.body)
    row = _standing(row)
    rows = list(StandingItem.objects.filter(body=body, place=row.place).order_by("position", "created_at"))
    here = [one.pk for one in rows].index(row.pk)
    there = here + (-1 if up else 1)
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, one in enumerate(rows, start=1):
        StandingItem.objects.filter(pk=one.pk).update(position=position, modified_at=now())
    record(actor, "move_standing_item", body, standing=str(row.pk))


@transaction.atomic
def remove_standing_item(row: StandingItem, *, actor: User) -> None:
    """Take a standing item off the body's list; where it is on an agenda, it stays there."""
    body = _locked(row.body)
    row = _standing(row)
    row.withdrawn_at = now()
    row.save(update_fields=["withdrawn_at", "modified_at"])
    record(actor, "remove_standing_item", body, standing=str(row.pk))


@transaction.atomic
def use_usual_items(body: Body, *, actor: User) -> int:
    """Give the body the usual standing items that it lacks; answers how many were added. May be done twice."""
    body = _locked(body)
    taken = set(StandingItem.objects.filter(body=body).exclude(use="").values_list("use", flat=True))
    wanted = [usual for usual in usual_items(body) if usual.use not in taken]
    for usual in wanted:
        usual.position = _next(body, usual.place)
        usual.save()
    if wanted:
        record(actor, "use_usual_items", body, items=len(wanted))
    return len(wanted)


def usual_items(body: Body) -> list[StandingItem]:
    """What most bodies of this kind have on every agenda, in order; not saved. (R8, R29, R30: the agenda is adopted at
    the beginning, substitutes are approved by the council.)
    """
    first, last = StandingPlace.FIRST, StandingPlace.LAST
    is_council = body.kind == BodyKind.COUNCIL
    wanted: list[tuple[str, str, str, str]] = [
        (StandingUse.APPROVE_AGENDA, first, _("Adoption of the agenda"), "B"),
        (StandingUse.APPROVE_PROTOCOL, first, _("Approval of the protocol of the last meeting"), "B"),
    ]
    if is_council:
        wanted.append((StandingUse.SUBSTITUTES, first, _("Approval of substitutes who were called in"), "B"))
        wanted.append((StandingUse.QUESTION_TIME, first, pgettext("agenda item", "Question time"), "O"))
    wanted.append((StandingUse.NOTICES, last, pgettext("agenda item", "Notices"), "O"))
    wanted.append((StandingUse.SIGNING, last, _("Signing of the protocol"), ""))
    return [StandingItem(body=body, use=use, place=place, title=title, kind=kind) for use, place, title, kind in wanted]


def _locked(body: Body) -> Body:
    return Body.objects.select_for_update(no_key=True).get(pk=body.pk)


def _standing(row: StandingItem) -> StandingItem:
    found = StandingItem.objects.filter(pk=row.pk).first()
    rules.require_listed(is_listed=found is not None)
    assert found is not None
    return found


def _is_taken(body: Body, use: str, besides: StandingItem | None = None) -> bool:
    rows = StandingItem.objects.filter(body=body, use=use).exclude(use="")
    return (rows.exclude(pk=besides.pk) if besides else rows).exists()


def _next(body: Body, place: str) -> int:
    last = StandingItem.objects.filter(body=body, place=place).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
