"""What the acts on a decision ask: the points, the phrases, who took part, where a matter comes again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import pgettext

from sagsgang.bodies.models import Authority, Body, BodyKind, Person, Seat, SeatRole
from sagsgang.cases.models import Case, CaseHold, PathStep, SectionKind
from sagsgang.core.sorting import DanishKey
from sagsgang.documents.access import Access
from sagsgang.meetings.models import (
    AgendaItem,
    DissentStatement,
    HaltRequest,
    ItemSpeaker,
    Meeting,
    Outcome,
    Parties,
    PointDecision,
    StandardPhrase,
    UrgentDecision,
)
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.meetings.rules.returning import is_return

_PRESIDING = (SeatRole.CHAIR, SeatRole.VICE_CHAIR)


@dataclass(frozen=True, slots=True)
class RecommendedPoint:
    """A point of the recommendation, counted through all sections of that kind."""

    position: int
    marker: str
    text: str


def recommended_points(item: AgendaItem) -> list[RecommendedPoint]:
    """What can be decided point by point; of an item whose sections are fetched (`meetings.queries.item_rows`)."""
    sections = item.presentation.sections.all() if item.presentation else ()
    rows = [row for section in sections if section.kind == SectionKind.RECOMMENDATION for row in section.points.all()]
    return [RecommendedPoint(number, row.marker, row.text) for number, row in enumerate(rows, start=1)]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A standard phrase; `pk` is None of the house's own, which stand until the municipality writes one."""

    pk: UUID | None
    outcome: str
    words: str

    def filled(self, body: Body) -> str:
        """The words, with the body's name in its place."""
        return self.words.replace("{body}", body.name)


def house_phrases() -> list[Phrase]:
    """What most municipalities write."""
    return [
        Phrase(None, Outcome.APPROVED, pgettext("phrase", "Approved.")),
        Phrase(None, Outcome.RECOMMENDED, pgettext("phrase", "Recommended for approval.")),
        Phrase(None, Outcome.NOTED, pgettext("phrase", "Taken note of.")),
        Phrase(None, Outcome.DISCUSSED, pgettext("phrase", "Discussed.")),
        Phrase(None, Outcome.POSTPONED, pgettext("phrase", "Postponed.")),
        Phrase(None, Outcome.RETURNED, pgettext("phrase", "Returned to the administration.")),
        Phrase(None, Outcome.REJECTED, pgettext("phrase", "Rejected.")),
    ]


def phrases_of(authority: Authority) -> list[Phrase]:
    """The municipality's phrases in the order of the outcomes; the house's own where it has never written any."""
    return phrases_from(phrase_rows(authority))


def phrase_rows(authority: Authority) -> QuerySet[StandardPhrase]:
    """All that the municipality ever wrote: for `phrases_from`."""
    return StandardPhrase.history.filter(authority=authority).order_by("words")


def phrases_from(rows: Iterable[StandardPhrase]) -> list[Phrase]:
    """The phrases that stand, of rows that were fetched before; as `phrases_of`."""
    rows = list(rows)
    if not rows:
        return house_phrases()
    order = list(Outcome.values)
    standing = [Phrase(row.pk, row.outcome, row.words) for row in rows if row.withdrawn_at is None]
    return sorted(standing, key=lambda phrase: order.index(phrase.outcome))


def said_of_items() -> dict[str, ArraySubquery | Exists | F]:
    """Annotations that bring with an item, in its own query, the small rows that hang on its decision.

    Lists of plain values (`rendering.decided.fetched`): speakers, dissents, halts, the urgent decision it tells of, and
    what holds or held its case (`access` is that of the attachment it is about, None where it is about none);
    `is_final`, whether the meeting's protocol is; and `standing_use`, what a standing item is for.
    """
    here = {"item": OuterRef("pk"), "withdrawn_at": None}
    final = Meeting.objects.filter(pk=OuterRef("meeting"), protocol_entries__kind="final")
    return {
        "said_speakers": _listed(
            ItemSpeaker.history.filter(**here).order_by("position"),
            pk=_text("pk"), name=F("name"), role=F("role"), is_talk=F("is_talk"), minutes=F("minutes"),
        ),
        "said_dissents": _listed(
            DissentStatement.history.filter(**here).order_by("created_at"),
            person=_text("person_id"), name=F("person__name"), party=F("party"), words=F("words"),
        ),
        "said_halts": _listed(
            HaltRequest.history.filter(**here).order_by("created_at"),
            person=_text("person_id"), name=F("person__name"), power=F("power"), order=F("order"),
        ),
        "said_urgent": _listed(
            UrgentDecision.objects.filter(notice=OuterRef("pk"), withdrawn_at=None).order_by("pk"),
            pk=_text("pk"), name=F("decided_by__name"), on=_text("decided_on"), ground=F("ground"), html=F("html"),
        ),
        "said_holds": _listed(
            CaseHold.objects.filter(case=OuterRef("case")).order_by("created_at"),
            words=F("words"), lifted_words=F("lifted_words"), lifting=F("lifting"), since=_text("created_at"),
            until=_text("lifted_at"), access=F("attachment__access"), case_access=F("case__access"),
        ),
        "said_origins": said_origins(),
        "is_final": Exists(final),
        "standing_use": F("standing__use"),
    }  # fmt: skip


def said_origins() -> ArraySubquery:
    """The annotation `said_origins`, that brings with an item those of its case that were carried on to another body:
    whether each is closed, and whether its parties are still to be told (for `rendering.earlier`).
    """
    lies_closed = Q(access=Access.CLOSED) | Q(parent__access=Access.CLOSED)
    waits = Q(parties=Parties.SOME, parties_told_at=None)
    is_untold = waits | Q(parent__parties=Parties.SOME, parent__parties_told_at=None)
    carried = AgendaItem.objects.filter(carried_from=OuterRef("pk")).order_by()
    rows = AgendaItem.objects.filter(Exists(carried), case=OuterRef("case")).order_by("created_at")
    return _listed(
        rows,
        pk=_text("pk"), before=_text("carried_from_id"), body=_text("meeting__body_id"), on=_text("meeting__held_on"),
        is_closed=_whether(lies_closed), is_untold=_whether(is_untold), extract=F("public_extract"),
    )  # fmt: skip


def _whether(condition: Q) -> models.Case:
    return models.Case(When(condition, then=Value(True)), default=Value(False))


def said_points() -> ArraySubquery:
    """The annotation `said_points`, that brings with a decision what it says point by point."""
    points = PointDecision.objects.filter(decision=OuterRef("pk")).order_by("position")
    return _listed(points, position=F("position"), marker=F("marker"), outcome=F("outcome"), words=F("words"))


def _text(name: str) -> Cast:
    return Cast(name, TextField())


def _listed(rows: QuerySet[Any], **columns: F | Cast | models.Case) -> ArraySubquery:
    return ArraySubquery(rows.values(json=JSONObject(**columns)))


def people_taking_part(item: AgendaItem) -> list[Person]:
    """Who took part in the item: present for all or part of it, and without a conflict of interest; in Danish order.

    Of a meeting that was written down also who has a seat and of whom it says nothing.
    """
    roll = roll_of(item.meeting)
    absent = {line.person for line in roll.absent_at(item.pk)} | roll.conflicted_at(item.pk)
    known = Q(pk__in={line.person for line in roll.present_at(item.pk)})
    if not roll.is_run_here:
        known |= Q(pk__in=Seat.objects.on(item.meeting.held_on).filter(body=item.meeting.body_id).values("person"))
    return list(Person.objects.filter(known).exclude(pk__in=absent).order_by(DanishKey("name")))


def took_part(item: AgendaItem, person: Person) -> bool:
    """Was she there for all or part of the item, and without a conflict of interest?"""
    return person in people_taking_part(item)


def party_of(person: Person, meeting: Meeting) -> str:
    """Her party or list in the body on the day; empty where she has no seat there."""
    seat = person.seats.on(meeting.held_on).filter(body=meeting.body_id).first()
    return seat.party if seat else ""


def is_protocol_final(meeting: Meeting) -> bool:
    """Is the meeting's protocol final? (A row of `protocols`, which lies above; read by the reverse relation.)"""
    return Meeting.objects.filter(pk=meeting.pk, protocol_entries__kind="final").exists()


def council_of(authority: Authority) -> Body | None:
    """The authority's council."""
    return authority.bodies.filter(kind=BodyKind.COUNCIL).order_by("valid_from").last()


def is_chair(person: Person, body: Body | None, day: date) -> bool:
    """Does she chair the body on the day? The council's chair is the mayor."""
    return body is not None and body.seats.on(day).filter(person=person, role=SeatRole.CHAIR).exists()


def chairs_of(body: Body, day: date) -> list[Person]:
    """Who chairs the body on the day."""
    seats = Seat.objects.on(day).filter(body=body, role=SeatRole.CHAIR)
    return list(Person.objects.filter(pk__in=seats.values("person")).order_by(DanishKey("name")))


def presiding_role(person: Person, body: Body, day: date) -> str:
    """`SeatRole` of the chair or the vice chair if she is one of them on the day, else ""."""
    seats = body.seats.on(day).filter(person=person, role__in=_PRESIDING).order_by("role")
    return seats.values_list("role", flat=True).first() or ""


def presiding_people(body: Body, today: date) -> list[tuple[Person, str]]:
    """Who chairs the body, or is its vice chair, or was within the last year, with `SeatRole`; the chairs first."""
    seats = body.seats.filter(Q(held_to=None) | Q(held_to__gte=today - timedelta(days=366)), role__in=_PRESIDING)
    found: dict[Person, str] = {}
    for seat in seats.select_related("person").order_by("role", DanishKey("person__name")):
        found.setdefault(seat.person, seat.role)
    return list(found.items())


def free_steps(case: Case, body: Body) -> list[PathStep]:
    """The steps of the case's path for this body that stand on no agenda."""
    taken = AgendaItem.objects.filter(step=OuterRef("pk"), withdrawn_at=None, meeting__cancelled_at=None)
    return list(case.path.filter(~Exists(taken), body=body).select_related("body"))


def returning_step(item: AgendaItem) -> PathStep | None:
    """The step by which the item's case comes again to this body, if one waits: that directly after the item's own."""
    own = item.step
    if own is None:
        return None
    free = {step.pk for step in free_steps(item.case, item.meeting.body)}
    following = item.case.path.filter(position__gt=own.position).order_by("position").first()
    return following if following and following.pk in free and is_return(own, following) else None


def later_days(meeting: Meeting) -> list[Meeting]:
    """The body's planned meetings after this one, the nearest first."""
    rows = Meeting.objects.filter(body=meeting.body_id, held_on__gt=meeting.held_on, cancelled_at=None)
    return list(rows.order_by("held_on")[:12])


def next_month(meeting: Meeting, planned: Iterable[Meeting]) -> date | None:
    """The day of the body's first meeting after the month of this one; None = none is planned."""
    month = (meeting.held_on.year, meeting.held_on.month)
    days = sorted(row.held_on for row in planned if (row.held_on.year, row.held_on.month) > month)
    return days[0] if days else None


def urgent_decisions_of(body: Body) -> QuerySet[UrgentDecision]:
    """What was decided for the body between its meetings, the newest first."""
    rows = body.urgent_decisions.select_related("case", "decided_by", "recorded_by", "withdrawn_by", "notice__meeting")
    return rows.order_by("-decided_on", "-created_at")


def untold_urgent_decisions() -> QuerySet[UrgentDecision]:
    """Urgent decisions of which the body has not been told on any agenda, the oldest first.

    A notice that was taken off, or that stands on a meeting that is cancelled, tells nobody.
    """
    lost = Q(notice__withdrawn_at__isnull=False) | Q(notice__meeting__cancelled_at__isnull=False)
    rows = UrgentDecision.objects.filter(Q(notice=None) | lost, withdrawn_at=None)
    return rows.select_related("body", "case", "recorded_by", "notice").order_by("decided_on")


def tells_of_urgent(item: AgendaItem, *, standing: bool = False) -> bool:
    """Is the item the notice of what was decided between meetings, and not the matter itself? `standing`: of what was
    not taken back.
    """
    rows = UrgentDecision.objects.filter(notice=item)
    return (rows.filter(withdrawn_at=None) if standing else rows).exists()


def next_unsent_meeting(body: Body, today: date, *, but: UUID | None = None) -> Meeting | None:
    """The body's next meeting whose agenda has not gone out; `but` is the id of one that does not count."""
    rows = body.meetings.filter(held_on__gte=today, agenda_sent_at=None, cancelled_at=None)
    return (rows.exclude(pk=but) if but else rows).order_by("held_on").first()


def meeting_to_wait_for(body: Body, day: date) -> Meeting | None:
    """The next meeting after `day` at which a committee could treat a matter itself (R35); None for the council, whose
    mayor decides what cannot wait (KSL § 31), and where none is planned.
    """
    if body.kind == BodyKind.COUNCIL:
        return None
    return body.meetings.filter(held_on__gt=day, cancelled_at=None).order_by("held_on").first()


def decidable_cases(body: Body) -> QuerySet[Case]:
    """The cases that can be decided for the body between meetings: those whose path comes by it, not merged ones."""
    return Case.objects.filter(authority=body.authority_id, path__body=body, path__withdrawn_at=None).distinct()
