"""What on an agenda is not ready to be sent: for the page that asks before it is sent, in a fixed number of queries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext

from sagsgang.cases.models import Case, Fact, FrozenBy, PresentationTemplate
from sagsgang.documents.models import Scan
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is not ready: where, a sentence, and the page on which it is put in order (name and id)."""

    item: AgendaItem
    sentence: str
    page: str
    pk: UUID


def agenda_items(meeting: Meeting) -> list[AgendaItem]:
    """The standing items and sub-items in printed order, with what the check needs; a fixed number of queries."""
    attachments = Attachment.objects.filter(withdrawn_at=None).select_related("version__examination")
    rows = (
        AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None)
        .select_related("case__unit", "case__caseworker", "presentation", "parent")
        .prefetch_related(Prefetch("attachments", attachments), "case__path", "decisions")
    )
    return sorted(rows, key=_place)


def _place(item: AgendaItem) -> tuple[int, int]:
    return (item.parent.position, item.position) if item.parent else (item.position, 0)


def gaps_of(meeting: Meeting, items: Iterable[AgendaItem], approved: Iterable[UUID]) -> list[Gap]:
    """Everything that is not ready, in the agenda's order; `approved`: the ids of the cases that are approved.

    Closed without a public title, files that are not looked through, words that are not approved, and facts that
    the body demands of this kind of item (domain 7, row 39).
    """
    ready = set(approved)
    demands = _demands(meeting)
    return [gap for item in items for gap in _gaps(item, ready, demands)]


def _gaps(item: AgendaItem, ready: set[UUID], demands: dict[str, list[str]]) -> Iterator[Gap]:
    if item.is_closed and not item.public_title:
        yield Gap(item, gettext("The item is closed and has no public title."), "meetings:item", _page_of(item))
    if item.is_closed and not item.closing_reason:
        yield Gap(item, gettext("The item is closed and says no concrete reason."), "meetings:item", _page_of(item))
    if not is_written_here(item) and item.carried_from_id is None:
        return
    if item.case_id not in ready:
        yield Gap(item, gettext("The case is not approved."), "cases:case", item.case_id)
    for row in item.attachments.all():
        if sentence := _file_gap(row):
            yield Gap(item, sentence, "cases:case", item.case_id)
    for name in demands.get(item.kind, demands.get("", [])):
        if not _knows(item.case, name):
            sentence = gettext("The case lacks: {fact}.").format(fact=Fact(name).label)
            yield Gap(item, sentence, "cases:case", item.case_id)


def is_written_here(item: AgendaItem) -> bool:
    """Was the item's text written in the house? What came from outside was checked there; a heading has no text."""
    return item.presentation is not None and item.presentation.frozen_by != FrozenBy.IMPORTED


def _page_of(item: AgendaItem) -> UUID:
    return item.parent_id or item.pk


def _file_gap(row: Attachment) -> str:
    if row.version is None:
        return ""
    examination = getattr(row.version, "examination", None)
    if examination is None:
        return ""
    if examination.scan == Scan.INFECTED:
        return gettext("A virus was found in attachment {number}.").format(number=row.position)
    if examination.finished_at is None:
        return gettext("Attachment {number} still waits to be looked through.").format(number=row.position)
    return ""


def _demands(meeting: Meeting) -> dict[str, list[str]]:
    return dict(PresentationTemplate.objects.filter(body=meeting.body_id).values_list("item_kind", "required_facts"))


def _knows(case: Case, fact: str) -> bool:
    steps: Sequence[object] = [step.planned_on for step in case.path.all()]
    known: dict[str, object] = {
        Fact.NUMBER: case.external_numbers,
        Fact.KLE: case.kle,
        Fact.UNIT: case.unit_id,
        Fact.CASEWORKER: case.caseworker_id,
        Fact.POLICY_AREA: case.policy_area,
        Fact.PATH: steps and None not in steps,
    }
    return bool(known[fact])
