"""What the entries are about: their rows in words that an auditor may read, one query for each kind of row.

Titles, numbers and names of items, cases and bodies; of an attachment its place only, of a document nothing: their
titles and file names may tell what the paper says.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Unit
from sagsgang.cases.models import Case, CaseAttachment, PresentationTemplate, Reference
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.publication.models import Release, ReleaseRecord


@dataclass(frozen=True, slots=True)
class Subject:
    """A row in words. `words` is the whole of it; the rest are its parts for the columns of a file."""

    words: str
    address: str = ""  # of a page that an auditor may open
    body: str = ""
    held_on: date | None = None
    item: str = ""
    title: str = ""
    attachment: str = ""
    case_numbers: str = ""
    positions: dict[str, int] = field(default_factory=dict)  # of a case: its attachments that entries name


def subjects_of(entries: Iterable[AuditEntry]) -> dict[UUID, Subject]:
    """The subject of each entry, by the entry's id."""
    entries = list(entries)
    ids: dict[str, set[UUID]] = {}
    for entry in entries:
        label, _colon, pk = entry.subject.partition(":")
        ids.setdefault(label, set()).add(UUID(pk))
    papers = {str(entry.data["attachment"]) for entry in entries if "attachment" in entry.data}
    found = {
        f"{label}:{pk}": subject
        for label, wanted in ids.items()
        for pk, subject in _rows(label, wanted, papers).items()
    }
    return {entry.pk: _with_paper(found.get(entry.subject) or _unknown(entry.subject), entry) for entry in entries}


def subject_named(subject: str) -> Subject:
    """One subject, by its name in the log."""
    label, _colon, pk = subject.partition(":")
    return _rows(label, {UUID(pk)}, set()).get(UUID(pk)) or _unknown(subject)


def _rows(label: str, ids: set[UUID], papers: set[str]) -> dict[UUID, Subject]:
    if label == Case._meta.label:
        return _cases(ids, papers)
    return _KINDS[label](ids) if label in _KINDS else {}


def _with_paper(subject: Subject, entry: AuditEntry) -> Subject:
    """An act on an attachment of a case is logged on the case: the place is in the entry's data."""
    named = str(entry.data.get("attachment") or "")
    if not named or entry.subject.partition(":")[0] != Case._meta.label:
        return subject
    place = subject.positions.get(named)
    words = _("attachment {number}").format(number=place) if place else _("attachment")
    return replace(subject, words=f"{subject.words}, {words}", attachment=str(place or ""))


def _unknown(subject: str) -> Subject:
    """A kind of row without words of its own: what it is called, and the beginning of its id."""
    label, _colon, pk = subject.partition(":")
    model = apps.get_model(label)
    return Subject(f"{str(model._meta.verbose_name).capitalize()} {pk[:8]}")


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _meeting_words(meeting: Meeting) -> str:
    return f"{meeting.body.name}, {_day(meeting.held_on)}"


def _meetings(ids: set[UUID]) -> dict[UUID, Subject]:
    return {
        row.pk: Subject(
            _("Meeting: {meeting}").format(meeting=_meeting_words(row)),
            reverse("meetings:meeting", args=[row.pk]),
            body=row.body.name,
            held_on=row.held_on,
        )
        for row in Meeting.objects.filter(pk__in=ids).select_related("body")
    }


def _item_subject(item: AgendaItem) -> Subject:
    top = item.parent or item
    number = f"{top.number}.{item.number}" if item.parent else item.number
    title = item.title or _("(without title)")
    place = _("Item {number}").format(number=number) if number else _("Item without number")
    return Subject(
        f"{place}, {title} ({_meeting_words(item.meeting)})",
        reverse("meetings:item", args=[top.pk]),
        body=item.meeting.body.name,
        held_on=item.meeting.held_on,
        item=number,
        title=title,
        case_numbers=", ".join(item.case.external_numbers),
    )


def _items(ids: set[UUID]) -> dict[UUID, Subject]:
    rows = AgendaItem.objects.filter(pk__in=ids).select_related("meeting__body", "parent", "case")
    return {row.pk: _item_subject(row) for row in rows}


def _attachments(ids: set[UUID]) -> dict[UUID, Subject]:
    rows = Attachment.objects.filter(pk__in=ids).select_related("item__meeting__body", "item__parent", "item__case")
    subjects = {}
    for row in rows:
        item = _item_subject(row.item)
        words = _("Attachment {number} to {item}").format(
            number=row.position, item=item.words[:1].lower() + item.words[1:]
        )
        subjects[row.pk] = replace(item, words=words, attachment=str(row.position))
    return subjects


def _cases(ids: set[UUID], papers: set[str]) -> dict[UUID, Subject]:
    named = CaseAttachment.objects.filter(case=OuterRef("pk"), pk__in=papers)
    # Nothing is an empty set to Django, which then asks for no array at all.
    rows = Case.objects.filter(pk__in=ids).annotate(
        papers=ArraySubquery(named.values(paper=JSONObject(pk="pk", position="position")))
    )
    return {
        row.pk: Subject(
            _("Case: {case}").format(case=_case_words(row)),
            reverse("cases:case", args=[row.pk]),
            title=row.title,
            case_numbers=", ".join(row.external_numbers),
            positions={paper["pk"]: paper["position"] for paper in getattr(row, "papers", None) or ()},
        )
        for row in rows
    }


def _case_words(case: Case) -> str:
    words = [", ".join(case.external_numbers), case.title or _("(without title)")]
    return " ".join(word for word in words if word)


def _releases(ids: set[UUID]) -> dict[UUID, Subject]:
    meetings = dict(ReleaseRecord.objects.filter(release_id__in=ids).values_list("release_id", "meeting_id"))
    return {
        row.pk: Subject(
            _("Release {number} of {body}, {kind}").format(
                number=row.number, body=row.body.name, kind=row.get_kind_display()
            ),
            reverse("publication:releases", args=[meetings[row.pk]]) if row.pk in meetings else "",
            body=row.body.name,
        )
        for row in Release.objects.filter(pk__in=ids).select_related("body").defer("document")
    }


def _users(ids: set[UUID]) -> dict[UUID, Subject]:
    return {
        row.pk: Subject(_("User: {name}").format(name=f"{row} ({row.username})"))
        for row in User.objects.filter(pk__in=ids)
    }


def _bodies(ids: set[UUID]) -> dict[UUID, Subject]:
    return {
        row.pk: Subject(_("Body: {name}").format(name=row.name), reverse("meetings:body", args=[row.pk]), body=row.name)
        for row in Body.objects.filter(pk__in=ids)
    }


def _units(ids: set[UUID]) -> dict[UUID, Subject]:
    return {row.pk: Subject(_("Unit: {name}").format(name=row.name)) for row in Unit.objects.filter(pk__in=ids)}


def _references(ids: set[UUID]) -> dict[UUID, Subject]:
    rows = Reference.objects.filter(pk__in=ids)
    return {row.pk: Subject(_("Reference: {title}").format(title=str(row)), title=row.title) for row in rows}


def _templates(ids: set[UUID]) -> dict[UUID, Subject]:
    return {
        row.pk: Subject(
            _("Template of {body}, {kind}").format(
                body=row.body.name, kind=row.get_item_kind_display() or _("every kind of item")
            ),
            body=row.body.name,
        )
        for row in PresentationTemplate.objects.filter(pk__in=ids).select_related("body")
    }


_KINDS: dict[str, Callable[[set[UUID]], dict[UUID, Subject]]] = {
    Meeting._meta.label: _meetings,
    AgendaItem._meta.label: _items,
    Attachment._meta.label: _attachments,
    Release._meta.label: _releases,
    User._meta.label: _users,
    Body._meta.label: _bodies,
    Unit._meta.label: _units,
    Reference._meta.label: _references,
    PresentationTemplate._meta.label: _templates,
}
