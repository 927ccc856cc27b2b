"""The rows of a yearly report, of every body of the authority at once: a fixed number of queries for each group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, JSONField, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, Coalesce
from django.utils.timezone import localdate

from sagsgang.bodies.calendar import deadline_days, is_known_year
from sagsgang.bodies.models import Body
from sagsgang.cases.models import Case, PathStep
from sagsgang.documents.access import Access
from sagsgang.followups.models import FollowUp, Progress
from sagsgang.meetings.models import (
    AgendaItem,
    AgendaVersion,
    Decision,
    Meeting,
    MeetingKind,
    PlannedStep,
)
from sagsgang.protocols.models import EntryKind, ProtocolEntry
from sagsgang.protocols.queries.standing import SIGNED
from sagsgang.publication.figures.body_year import GOES_ON
from sagsgang.reports.queries.year.rows import FollowUpRow, ItemRow, Late, MeetingRow, SignatureRow


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows, from which day to which, as things stand today."""

    body: Body
    since: date
    until: date
    today: date

    @property
    def span(self) -> tuple[date, date]:
        """Both days."""
        return self.since, self.until

    @property
    def passed(self) -> tuple[date, date]:
        """As far as it has passed."""
        return self.since, min(self.until, self.today)


def meeting_rows(scope: Scope) -> list[MeetingRow]:
    """Meetings of the span; one query."""
    items = AgendaItem.objects.filter(meeting=OuterRef("pk"), withdrawn_at=None)
    rows = Meeting.objects.filter(body__authority=scope.body.authority_id, held_on__range=scope.span)
    found = rows.annotate(has_items=Exists(items)).order_by("held_on", "starts", "pk")
    return [
        MeetingRow(
            pk=pk,
            body=body,
            held_on=held_on,
            is_held=cancelled is None and held_on <= scope.today and (opened is not None or has_items),
            is_cancelled=cancelled is not None,
            is_extraordinary=kind == MeetingKind.EXTRAORDINARY,
        )
        for pk, body, held_on, cancelled, opened, kind, has_items in found.values_list(
            "pk", "body_id", "held_on", "cancelled_at", "opened_at", "kind", "has_items"
        )
    ]


@dataclass(frozen=True, slots=True)
class _Span:
    """When a case was first and last on an agenda, and whether its path goes on."""

    first: date
    last: date
    goes_on: bool


def item_rows(scope: Scope, closing_days: frozenset[date]) -> list[ItemRow]:
    """Items of meetings of the span, and closed ones of any day that are to be asked about in it; two queries."""
    rows = _items(scope)
    spans = _case_spans(scope)
    return [_item(row, closing_days, spans) for row in rows]


def _items(scope: Scope) -> QuerySet[Any, dict[str, Any]]:
    own = Decision.objects.filter(
        Q(body=None) | Q(body=OuterRef("meeting__body")),
        Q(decided_on=None) | Q(decided_on=OuterRef("meeting__held_on")),
        item=OuterRef("pk"),
    ).order_by("position", "-version")
    sent = AgendaVersion.objects.filter(meeting=OuterRef("meeting"), number=OuterRef("first_sent_in"))
    onward = PlannedStep.objects.filter(item=OuterRef("pk"), planned_on__gt=OuterRef("meeting__held_on"))
    asked = Q(review_on__range=scope.passed, access=Access.CLOSED)
    rows: QuerySet[Any, Any] = (
        _standing(scope)
        .filter(Q(meeting__held_on__range=scope.passed) | asked)
        .annotate(
            outcome=Subquery(own.values("outcome")[:1]),
            sent_at=Subquery(sent.values("sent_at")[:1]),
            supplement_reason=Subquery(sent.values("reason")[:1]),
            is_carried=Exists(onward),
        )
        .order_by("meeting__held_on", "meeting__starts", "meeting", F("parent__position").asc(nulls_first=True), "position")
        .values(
            "pk", "meeting_id", "meeting__body_id", "meeting__held_on", "meeting__kind", "meeting__agenda_sent_at",
            "meeting__body__agenda_days", "kind", "ground", "public_extract", "withheld_reason", "review_on",
            "first_sent_in", "late_reason", "number", "parent__number", "parent__ground", "case_id", "parent__case_id", "standing_id", "outcome", "sent_at",
            "supplement_reason", "is_carried",
        )
    )  # fmt: skip
    return rows


def _standing(scope: Scope) -> QuerySet[AgendaItem]:
    """The items that stand on agendas of the authority's meetings whose day has come."""
    return AgendaItem.objects.filter(
        Q(parent=None) | Q(parent__withdrawn_at=None),
        withdrawn_at=None,
        meeting__cancelled_at=None,
        meeting__body__authority=scope.body.authority_id,
        meeting__held_on__lte=scope.today,
    )


def _case_spans(scope: Scope) -> dict[UUID, _Span]:
    """Of each case that was on an agenda in the span; one query."""
    cases = _standing(scope).filter(meeting__held_on__range=scope.passed).order_by().values("case")
    treated = AgendaItem.objects.filter(
        Q(step=OuterRef("pk")) | Q(step=None, meeting__body=OuterRef("body")),
        case=OuterRef("case"),
        withdrawn_at=None,
        meeting__cancelled_at=None,
    )
    left = PathStep.objects.filter(~Exists(treated), case=OuterRef("pk"))
    counts = Q(agenda_items__withdrawn_at=None, agenda_items__meeting__cancelled_at=None)
    rows = (
        Case.objects.filter(pk__in=cases)
        .order_by()
        .annotate(
            first=Min("agenda_items__meeting__held_on", filter=counts),
            last=Max("agenda_items__meeting__held_on", filter=counts),
            goes_on=Exists(left),
        )
    )
    return {
        pk: _Span(first, last, goes_on)
        for pk, first, last, goes_on in rows.values_list("pk", "first", "last", "goes_on")
    }


def _item(row: dict[str, Any], closing_days: frozenset[date], spans: dict[UUID, _Span]) -> ItemRow:
    late = _late(row, closing_days)
    is_shut = bool(row["ground"] or row["parent__ground"])
    return ItemRow(
        pk=row["pk"],
        meeting=row["meeting_id"],
        body=row["meeting__body_id"],
        held_on=row["meeting__held_on"],
        number=".".join(filter(None, (row["parent__number"], row["number"]))),
        kind=row["kind"],
        ground=row["ground"],
        is_shut=is_shut,
        outcome=row["outcome"],
        has_extract=bool(row["public_extract"]),
        has_reason=bool(row["withheld_reason"]),
        review_on=row["review_on"],
        late=late,
        late_words=(row["late_reason"] or row["supplement_reason"] or "") if late and not is_shut else "",
        days=_days(row, spans.get(row["case_id"])),
    )


def _late(row: dict[str, Any], closing_days: frozenset[date]) -> Late | None:
    """On a supplementary agenda; or sent after the last day; or said to be late. An extraordinary meeting has no last day."""
    if (row["first_sent_in"] or 1) > 1:
        return Late.SUPPLEMENT
    if row["late_reason"]:
        return Late.DEADLINE
    sent: datetime | None = row["sent_at"] or row["meeting__agenda_sent_at"]
    days, held_on = row["meeting__body__agenda_days"], row["meeting__held_on"]
    is_ordinary = row["meeting__kind"] == MeetingKind.ORDINARY
    if sent is None or not days or not is_ordinary or not is_known_year(held_on):
        return None
    _safe, outer = deadline_days(held_on, days, closing_days)
    return Late.DEADLINE if localdate(sent) > outer else None


def _days(row: dict[str, Any], span: _Span | None) -> int | None:
    """From the first meeting of the case to this decision, if it was the last."""
    is_matter = row["standing_id"] is None and row["case_id"] != row["parent__case_id"]
    if span is None or not is_matter or row["outcome"] is None or row["outcome"] in GOES_ON:
        return None
    held_on: date = row["meeting__held_on"]
    is_last = span.last == held_on and not span.goes_on and not row["is_carried"]
    return (held_on - span.first).days if is_last else None


def follow_up_rows(scope: Scope) -> list[FollowUpRow]:
    """Follow-ups that were given, were due or got their newest word in the span; one query."""
    found = FollowUp.objects.with_standing().annotate(of_body=Coalesce("item__meeting__body", "body"))
    inside = (
        Q(created_at__date__range=scope.span) | Q(due_on__range=scope.span) | Q(said_at__date__range=scope.span)
    )  # fmt: skip
    bodies = Body.objects.filter(authority=scope.body.authority_id).order_by().values("pk")
    rows = found.filter(inside, of_body__in=bodies).order_by("due_on", "created_at", "pk")
    return [
        FollowUpRow(
            pk=pk,
            body=body,
            made_on=localdate(made),
            due_on=due,
            done_on=localdate(said) if progress == Progress.DONE else None,
            is_over=is_over,
        )
        for pk, body, made, due, progress, said, is_over in rows.values_list(
            "pk", "of_body", "created_at", "due_on", "progress", "said_at", "is_over"
        )
    ]


def signature_rows(scope: Scope) -> list[SignatureRow]:
    """Who has not signed the final protocols of the span; one query."""
    rows = (
        ProtocolEntry.objects.filter(
            kind__in=(EntryKind.FINAL, *SIGNED),
            meeting__held_on__range=scope.span,
            body__authority=scope.body.authority_id,
        )
        .annotate(signers=KeyTransform("signers", Cast("document", JSONField())))
        .order_by("meeting__held_on", "number")
        .values_list("meeting_id", "meeting__body_id", "meeting__held_on", "kind", "person_id", "signers")
    )
    return list(_unsigned(list(rows)))


def _unsigned(rows: Sequence[tuple[UUID, UUID, date, str, UUID | None, Any]]) -> Iterator[SignatureRow]:
    signed = {(meeting, str(person)) for meeting, _body, _day, kind, person, _all in rows if kind in SIGNED}
    for meeting, body, held_on, kind, _person, signers in rows:
        if kind == EntryKind.FINAL:
            for one in signers or ():
                if (meeting, one["person"]) not in signed:
                    yield SignatureRow(meeting, body, held_on, one["name"])
