"""The entries of the audit log: filtered, sorted, each with who did it and her roles."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, NullIf
from django.utils.timezone import make_aware

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, UnitStaff
from sagsgang.cases.models import Case
from sagsgang.core.models import AuditEntry
from sagsgang.core.sorting import DanishKey
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting

READ_CLOSED = "read_closed"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked of the log; empty = everything. `since` and `until` are days of the house's own clock."""

    who: str = ""
    verb: str = ""
    body: Body | None = None
    about: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "at"  # at, who
    order: str = "desc"  # asc, desc


def log_entries(asked: Filter) -> QuerySet[AuditEntry]:
    """The entries that fit, each with its actor, `roles` (role and body today) and `units` (names) in the same query."""
    entries = AuditEntry.objects.select_related("actor").annotate(roles=_roles(), units=_units())
    if asked.verb:
        entries = entries.filter(verb=asked.verb)
    if asked.since:
        entries = entries.filter(at__gte=_midnight(asked.since))
    if asked.until:
        entries = entries.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    if asked.who:
        entries = entries.filter(actor__in=_users_named(asked.who))
    if asked.body:
        entries = entries.filter(_of_body(asked.body))
    if asked.about:
        entries = entries.filter(_about(asked.about))
    return entries.order_by(*_order(asked))


def closed_readings(asked: Filter) -> QuerySet[AuditEntry]:
    """The entries that fit and say that somebody was shown closed material (leak rule 12)."""
    return log_entries(asked).filter(verb=READ_CLOSED)


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def _order(asked: Filter) -> list[str | Combinable]:
    at = "at" if asked.sort == "at" and asked.order == "asc" else "-at"
    if asked.sort != "who":
        return [at, "pk"]
    name = Coalesce(
        NullIf(Concat("actor__first_name", Value(" "), "actor__last_name"), Value(" ")), F("actor__username")
    )
    key = DanishKey(name)
    return [key.desc() if asked.order == "desc" else key.asc(), "actor__username", at, "pk"]


def _roles() -> ArraySubquery:
    rows = Appointment.objects.filter(user=OuterRef("actor")).order_by("role", "body__code", "body__name")
    return ArraySubquery(rows.values(said=JSONObject(role="role", code="body__code", name="body__name")))


def _units() -> ArraySubquery:
    return ArraySubquery(UnitStaff.objects.filter(user=OuterRef("actor")).order_by("unit__name").values("unit__name"))


def _users_named(words: str) -> QuerySet[User]:
    """The user of exactly this user name, else those whose name holds all the words."""
    exact = User.objects.filter(username__iexact=words)
    if exact.exists():
        return exact
    found = User.objects.annotate(full=Concat("first_name", Value(" "), "last_name", Value(" "), "username"))
    for word in words.split():
        found = found.filter(full__icontains=word)
    return found


def _of_body(body: Body) -> Q:
    """What was done at the body itself, its meetings, or cases that stand on its path or agendas."""
    cases = Case.objects.filter(
        Q(agenda_items__meeting__body=body) | Q(path__body=body, path__withdrawn_at=None)
    ).distinct()
    return Q(subject=f"{body._meta.label}:{body.pk}") | _among(
        meetings=Meeting.objects.filter(body=body),
        items=AgendaItem.objects.filter(meeting__body=body),
        attachments=Attachment.objects.filter(item__meeting__body=body),
        cases=cases,
    )


def _about(words: str) -> Q:
    """The rows whose ids stand in `words` (an address may be pasted) with what lies under them; else a search for
    words in the titles and numbers of cases and items."""
    ids = [UUID(found) for found in _ID.findall(words)]
    if ids:
        items = AgendaItem.objects.filter(
            Q(pk__in=ids) | Q(parent__in=ids) | Q(meeting__in=ids) | Q(case__in=ids) | Q(parent__case__in=ids)
        )
        return _named_by(ids) | _among(
            meetings=Meeting.objects.filter(pk__in=ids),
            items=items,
            attachments=Attachment.objects.filter(Q(pk__in=ids) | Q(item__in=items)),
            cases=Case.objects.filter(pk__in=ids),
        )
    cases = Case.objects.filter(Q(title__icontains=words) | Q(external_numbers__icontains=words))
    items = AgendaItem.objects.filter(Q(title__icontains=words) | Q(case__in=cases))
    return _among(
        meetings=Meeting.objects.none(),
        items=items,
        attachments=Attachment.objects.filter(item__in=items),
        cases=cases,
    )


def _named_by(ids: list[UUID]) -> Q:
    """Entries on rows of any kind with these ids, or on an attachment of a case with one of them."""
    named = Q(data__attachment__in=[str(pk) for pk in ids])
    for pk in ids:
        named |= Q(subject__endswith=f":{pk}")
    return named


def _among(
    *,
    meetings: QuerySet[Meeting],
    items: QuerySet[AgendaItem],
    attachments: QuerySet[Attachment],
    cases: QuerySet[Case],
) -> Q:
    found = Q()
    for rows in (meetings, items, attachments, cases):
        names = Concat(Value(f"{rows.model._meta.label}:"), Cast("pk", TextField()), output_field=TextField())
        found |= Q(subject__in=rows.order_by().values_list(names, flat=True))
    return found
