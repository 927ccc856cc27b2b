"""What on an agenda is not ready to be sent: for the page that asks before it is sent, in a fixed number of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.timezone import localdate
from django.utils.translation import gettext

from sagsgang.cases.models import (
    Case,
    CaseAttachment,
    CaseHold,
    Fact,
    FrozenBy,
    Hearing,
    ItemKind,
    PathStep,
    PresentationTemplate,
    Section,
    SectionKind,
)
from sagsgang.cases.queries.hearings import fact_of
from sagsgang.cases.rules.hearings import missing_hearings
from sagsgang.cases.rules.holds import hold_sentence
from sagsgang.documents.access import Access
from sagsgang.documents.models import Scan
from sagsgang.meetings.models import AgendaItem, Attachment, ConflictOfInterest, ItemSpeaker, Meeting


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is not ready: where, a sentence, and the page on which it is put in order (name and id).

    `is_warning`: it is said, and stops nothing. `is_hold`: it stops the sending whatever the secretary says.
    `guarded`: what is said instead to who may not read what is closed at the item; "" = the sentence says nothing closed.
    """

    item: AgendaItem
    sentence: str
    page: str
    pk: UUID
    is_warning: bool = False
    is_hold: bool = False
    guarded: str = ""


def errors_of(gaps: Iterable[Gap]) -> list[Gap]:
    """The gaps that stop the sending until the secretary says that it goes out all the same."""
    return [gap for gap in gaps if not gap.is_warning]


def agenda_items(meeting: Meeting) -> list[AgendaItem]:
    """The items and sub-items that go out with the next sending, in printed order, with what the check needs; a fixed
    number of queries. Those that are sent already are left out.
    """
    attachments = Attachment.objects.filter(withdrawn_at=None).select_related(
        "version__examination", "presentation__replaced_by"
    )
    hearings = Hearing.objects.filter(withdrawn_at=None)
    rows = (
        AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None)
        .select_related("case__unit", "case__caseworker", "presentation", "parent")
        .prefetch_related(Prefetch("attachments", attachments), Prefetch("case__hearings", hearings))
        .annotate(**_facts())
    )
    return sorted((row for row in rows if not row.is_sent(meeting.agenda_sent_at)), key=_place)


def _facts() -> dict[str, Exists | Q | Subquery | ArraySubquery]:
    """What is asked of each item, in the query that brings the items."""
    sections = Section.objects.filter(presentation=OuterRef("presentation"), kind=SectionKind.RECOMMENDATION)
    steps = PathStep.objects.filter(case=OuterRef("case"))
    templates = PresentationTemplate.objects.filter(
        Q(item_kind=OuterRef("kind")) | Q(item_kind=""), body=OuterRef("meeting__body")
    )
    linked = CaseAttachment.objects.filter(case=OuterRef("case"), presentation__isnull=False)
    return {
        "has_recommendation": Exists(sections.filter(~Q(html="") | Q(points__isnull=False))),
        "has_speaker": Exists(ItemSpeaker.objects.filter(item=OuterRef("pk"))),
        "has_conflict": Exists(ConflictOfInterest.objects.filter(item=OuterRef("pk"), withdrawn_at=None)),
        "has_path": Exists(steps),
        "held_by": ArraySubquery(
            CaseHold.objects.filter(case=OuterRef("case"), lifting="").values(
                json=JSONObject(words="words", access="attachment__access", case_access="case__access")
            )
        ),
        # What the body demands of this kind of item, or else of any.
        "demanded": Subquery(templates.order_by("-item_kind").values("required_facts")[:1]),
        "has_undated_step": Exists(steps.filter(planned_on=None)),
        "has_subitems": Exists(AgendaItem.objects.filter(parent=OuterRef("pk"), withdrawn_at=None)),
        "has_lost_link": Exists(linked.exclude(withdrawn_at=None))
        & Exists(Attachment.objects.filter(item=OuterRef("pk"), withdrawn_at=None, presentation__isnull=False)),
    }


def _place(item: AgendaItem) -> tuple[int, int]:
    return (item.parent.position, item.position) if item.parent else (item.position, 0)


def gaps_of(meeting: Meeting, items: Iterable[AgendaItem], approved: Iterable[UUID]) -> list[Gap]:
    """Everything that is not ready, in the agenda's order; `approved`: the ids of the cases that are approved.

    Of `agenda_items`; asks nothing more. Closed without a public title or reason (R15), a conflict of interest in a block,
    words that are not approved, no recommendation, files that are not looked through, hearings that are not answered
    (R14), and facts that the body demands of this kind of item (domain 7, row 39).
    """
    ready = set(approved)
    return [gap for item in items for gap in _gaps(item, meeting, ready)]


def _gaps(item: AgendaItem, meeting: Meeting, ready: set[UUID]) -> Iterator[Gap]:
    yield from _gaps_of_the_item(item, meeting)
    if not is_written_here(item) and item.carried_from_id is None:
        return
    if item.case_id not in ready:
        yield Gap(item, gettext("The case is not approved."), "cases:case", item.case_id)
    yield from _gaps_of_the_words(item)
    yield from _gaps_of_the_files(item)
    yield from _gaps_of_the_hearings(item)
    for name in getattr(item, "demanded", None) or ():
        if not _knows(item, name):
            sentence = gettext("The case lacks: {fact}.").format(fact=Fact(name).label)
            yield Gap(item, sentence, "cases:edit-case" if name != Fact.PATH else "cases:path", item.case_id)


def _gaps_of_the_item(item: AgendaItem, meeting: Meeting) -> Iterator[Gap]:
    page = _page_of(item)
    if holds := getattr(item, "held_by", None):
        held = hold_sentence([hold["words"] for hold in holds])
        guarded = gettext("An error holds the case. It goes no further before the error is mended or accepted.")
        is_closed = item.is_closed or (item.parent is not None and item.parent.is_closed)
        is_open = not is_closed and all(
            hold["case_access"] == Access.OPEN and hold["access"] in (Access.OPEN, None) for hold in holds
        )
        yield Gap(item, held, "cases:case", item.case_id, is_hold=True, guarded="" if is_open else guarded)
    if item.is_closed and not item.public_title:
        yield Gap(item, gettext("The item is closed and has no public title."), "meetings:state-closing", item.pk)
    if item.is_closed and not item.closing_reason:
        yield Gap(item, gettext("The item is closed and says no concrete reason."), "meetings:state-closing", item.pk)
    if meeting.agenda_sent_at is not None and not item.late_reason:
        sentence = gettext("The item comes late and says no reason.")
        yield Gap(item, sentence, "meetings:state-late-reason", item.pk)
    if item.block is not None and (item.is_closed or getattr(item, "has_conflict", False)):
        sentence = gettext("The item stands in a block, and is closed or has a conflict of interest.")
        yield Gap(item, sentence, "meetings:compose-agenda", meeting.pk)
    if item.kind == ItemKind.ORIENTATION and item.standing_id is None and not getattr(item, "has_speaker", False):
        yield Gap(item, gettext("It is not said who presents the orientation."), "meetings:item", page, is_warning=True)
    if item.kind == "" and item.standing_id is None and item.presentation_id is not None:
        sentence = gettext("It is not said whether the item is for decision, discussion or orientation.")
        yield Gap(item, sentence, "meetings:compose-agenda", meeting.pk, is_warning=True)


def _gaps_of_the_words(item: AgendaItem) -> Iterator[Gap]:
    """Something to decide has a recommendation: the item its own, or else each of its sub-items."""
    kind = item.kind or (item.parent.kind if item.parent else "")
    gathers = getattr(item, "has_subitems", False)
    if kind == ItemKind.DECISION and not gathers and not getattr(item, "has_recommendation", False):
        sentence = gettext("The item is for decision and has no recommendation.")
        yield Gap(item, sentence, "cases:presentation", item.case_id)
    if not getattr(item, "has_path", False):
        yield Gap(item, gettext("The case has no path."), "cases:path", item.case_id, is_warning=True)


def _gaps_of_the_files(item: AgendaItem) -> Iterator[Gap]:
    for row in item.attachments.all():
        if sentence := _file_gap(row):
            yield Gap(item, sentence, "cases:attachments", item.case_id)
        words = row.presentation
        if words is not None and getattr(words, "replaced_by", None) is not None:
            sentence = gettext("Attachment {number} links to a draft that a newer version has taken the place of.")
            yield Gap(item, sentence.format(number=row.position), "cases:attachments", item.case_id, is_warning=True)
    if getattr(item, "has_lost_link", False):
        sentence = gettext("A linked draft was taken off the case. It goes out with the agenda no longer.")
        yield Gap(item, sentence, "cases:attachments", item.case_id, is_warning=True)


def _gaps_of_the_hearings(item: AgendaItem) -> Iterator[Gap]:
    case = item.case
    facts = [fact_of(row) for row in case.hearings.all()]
    ticks = (case.concerns_elderly, case.concerns_disability, case.concerns_staff)
    for missing in missing_hearings(*ticks, facts, localdate()):
        yield Gap(item, missing.sentence, "cases:hearings", item.case_id, is_warning=not missing.blocks)


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


def _knows(item: AgendaItem, fact: str) -> bool:
    case: Case = item.case
    known: dict[str, object] = {
        Fact.NUMBER: case.external_numbers,
        Fact.KLE: case.kle,
        Fact.UNIT: case.unit_id,
        Fact.CASEWORKER: case.caseworker_id,
        Fact.POLICY_AREA: case.policy_area,
        Fact.PATH: getattr(item, "has_path", False) and not getattr(item, "has_undated_step", True),
    }
    return bool(known[fact])
