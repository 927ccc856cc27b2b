"""The parts of an item from outside. Each function answers the names of the parts that changed."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID, uuid4

from django.db.models import F, Model
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body
from sagsgang.cases.models import Case, FrozenBy, Presentation, RecommendationPoint, Section
from sagsgang.documents.models import Document, DocumentVersion
from sagsgang.meetings.actions.people import People
from sagsgang.meetings.drafts import (
    AttachmentDraft,
    CaseDraft,
    DecisionDraft,
    FileDraft,
    ItemDraft,
    PersonDraft,
    SectionDraft,
    StepDraft,
    ground_of,
)
from sagsgang.meetings.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Decision,
    Meeting,
    PlannedStep,
    current_decisions,
)

# Positions of rows that are about to get new ones wait beyond every real position.
_WAITING = 10_000


def overwrite(row: Model, facts: Mapping[str, object]) -> list[str]:
    """Set what differs, and answer the names of the fields that did."""
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    if changed:
        row.save(update_fields=[*changed, "modified_at"])
    return changed


def make_room(items: Iterable[AgendaItem]) -> None:
    """Let the items wait at positions where none stands in the way of another's new one."""
    ids = [item.pk for item in items]
    AgendaItem.objects.filter(pk__in=ids).update(position=F("position") + _WAITING)


def item_facts(draft: ItemDraft, position: int) -> dict[str, object]:
    """The columns of an item."""
    none = [part for part in ("absent", "attachments", "path") if getattr(draft, part) == ()]
    return {
        "position": position,
        "number": draft.number,
        "title": draft.title,
        "kind": draft.kind,
        "access": draft.access,
        "access_stated": draft.access_stated,
        "ground": ground_of(draft.access, draft.ground),
        "closing_reason": draft.closing_reason,
        "public_title": draft.public_title,
        "public_extract": draft.public_extract,
        "withheld_reason": draft.withheld_reason,
        "stated_none": none,
    }


class Cases:
    """The cases of one authority that a run has met, by key."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self._known: dict[str, Case] = {}

    def for_draft(self, draft: CaseDraft) -> Case:
        """The case with this key: met in this run, known from an earlier meeting, or made."""
        if draft.key in self._known:
            return self._known[draft.key]
        case = self._by_number(draft) or Case.objects.create(
            authority=self._authority,
            title=draft.title,
            external_numbers=list(draft.numbers),
            policy_area=draft.policy_area,
        )
        if draft.key:
            self._known[draft.key] = case
        return case

    def _by_number(self, draft: CaseDraft) -> Case | None:
        """A number alone is not enough: collective cases carry one number under many titles."""
        if not draft.numbers or not draft.title:
            return None
        return Case.objects.filter(
            authority=self._authority, external_numbers__contains=list(draft.numbers), title=draft.title
        ).first()


def restore_presentation(item: AgendaItem, drafts: Sequence[SectionDraft]) -> list[str]:
    """A presentation with other words is a new version that replaces the old one."""
    if item.presentation is None and not drafts:
        return []
    if item.presentation is not None and _same_sections(item.presentation, drafts):
        return []
    presentation = Presentation.objects.create(
        case=item.case,
        replaces=item.presentation,
        number=item.presentation.number + 1 if item.presentation else 1,
        body=item.meeting.body,
        item_kind=item.kind,
        frozen_at=now(),
        frozen_by=FrozenBy.IMPORTED,
    )
    before = _lineages(item.presentation)
    sections = [
        Section(
            presentation=presentation,
            position=position,
            lineage=before.pop((draft.kind, draft.heading), None) or uuid4(),
            kind=draft.kind,
            heading=draft.heading,
            html=draft.html,
        )
        for position, draft in enumerate(drafts, start=1)
    ]
    Section.objects.bulk_create(sections)
    RecommendationPoint.objects.bulk_create(
        RecommendationPoint(section=section, position=position, marker=point.marker, text=point.text)
        for section, draft in zip(sections, drafts, strict=True)
        for position, point in enumerate(draft.points, start=1)
    )
    overwrite(item, {"presentation": presentation})
    return ["presentation"]


def _lineages(presentation: Presentation | None) -> dict[tuple[str, str], UUID]:
    """Which section of the version before is the same one: kind and heading say so."""
    rows = presentation.sections.all() if presentation else []
    return {(row.kind, row.heading): row.lineage for row in rows}


def _same_sections(presentation: Presentation, drafts: Sequence[SectionDraft]) -> bool:
    rows = presentation.sections.prefetch_related("points")
    held = [(s.kind, s.heading, s.html, [(p.marker, p.text) for p in s.points.all()]) for s in rows]
    return held == [(d.kind, d.heading, d.html, [(p.marker, p.text) for p in d.points]) for d in drafts]


def restore_steps(item: AgendaItem, drafts: Sequence[StepDraft]) -> list[str]:
    """The stated path; another path takes the old steps off and keeps them."""
    held = [(step.stated_body, step.planned_on) for step in item.steps.all()]
    if held == [(draft.body, draft.on) for draft in drafts]:
        return []
    item.steps.update(withdrawn_at=now())
    bodies = bodies_by_name(item.meeting.body.authority)
    PlannedStep.objects.bulk_create(
        PlannedStep(
            item=item,
            position=position,
            stated_body=draft.body,
            body=bodies.get(draft.body.casefold()),
            planned_on=draft.on,
        )
        for position, draft in enumerate(drafts, start=1)
    )
    return ["path"]


def bodies_by_name(authority: Authority) -> dict[str, Body]:
    """The authority's bodies by name and by code, in small letters."""
    bodies = list(Body.objects.filter(authority=authority))
    return {b.name.casefold(): b for b in bodies} | {b.code.casefold(): b for b in bodies if b.code}


def restore_decisions(item: AgendaItem, drafts: Sequence[DecisionDraft], actor: User) -> list[str]:
    """Each decision in its printed place; other words are the next version. What an agenda lacks stays."""
    held = {decision.position: decision for decision in current_decisions(item.decisions.all())}
    bodies = bodies_by_name(item.meeting.body.authority) if drafts else {}
    new = []
    for position, draft in enumerate(drafts, start=1):
        known = held.get(position)
        facts = {
            "stated_body": draft.body,
            "decided_on": draft.on,
            "number": draft.number,
            "html": draft.html,
            "outcome": draft.outcome,
        }
        if known is not None and all(getattr(known, name) == value for name, value in facts.items()):
            continue
        body = bodies.get(draft.body.casefold())
        version = known.version + 1 if known else 1
        # A source never speaks of the dissent and absence that the house itself wrote beside the decision.
        kept = {"dissent": known.dissent, "absent": known.absent} if known else {}
        new.append(
            Decision(item=item, position=position, version=version, body=body, recorded_by=actor, **facts, **kept)
        )
    Decision.objects.bulk_create(new)
    return ["decision"] if new else []


def restore_attendance(
    meeting: Meeting, item: AgendaItem | None, drafts: Sequence[PersonDraft] | None, people: People
) -> list[str]:
    """The printed presence at the meeting, or at one item. None says nothing, and so changes nothing."""
    if drafts is None:
        return []
    held = Attendance.objects.filter(meeting=meeting, item=item).select_related("person", "substitute_for")
    if [_as_draft(row) for row in held] == list(drafts):
        return []
    held.update(withdrawn_at=now())
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            item=item,
            person=people.of(draft),
            position=position,
            state=draft.state,
            title=draft.title,
            role=draft.role,
            party=draft.party,
            note=draft.note,
            substitute_for=people.named(draft.substitute_for) if draft.substitute_for else None,
        )
        for position, draft in enumerate(drafts, start=1)
    )
    return ["attendance"]


def _as_draft(row: Attendance) -> PersonDraft:
    return PersonDraft(
        name=row.person.name,
        title=row.title,
        role=row.role,
        party=row.party,
        note=row.note,
        substitute_for=row.substitute_for.name if row.substitute_for else "",
        state=row.state,
    )


def restore_attachments(item: AgendaItem, drafts: Sequence[AttachmentDraft]) -> list[str]:
    """Attachments by their order number; one that is gone is taken off, one with other bytes gets a version."""
    held = {row.position: row for row in item.attachments.filter(withdrawn_at=None).select_related("version")}
    changed = []
    for draft in drafts:
        row = held.pop(draft.position, None)
        if row is None:
            Attachment.objects.create(
                item=item, position=draft.position, version=_new_version(item, draft, None), **_attachment_facts(draft)
            )
            changed.append(f"attachment {draft.position}")
            continue
        facts = _attachment_facts(draft)
        if draft.file and (row.version is None or row.version.sha256 != draft.file.sha256):
            facts["version"] = _new_version(item, draft, row.version)
        if overwrite(row, facts):
            changed.append(f"attachment {draft.position}")
    for gone in held.values():
        overwrite(gone, {"withdrawn_at": now()})
        changed.append(f"attachment {gone.position}")
    return changed


def _attachment_facts(draft: AttachmentDraft) -> dict[str, object]:
    return {
        "title": draft.title,
        "document_id": draft.document_id,
        "document_number": draft.document_number,
        "mark": draft.mark,
        "access": draft.access,
        "ground": ground_of(draft.access, draft.ground),
        "title_is_public": draft.title_is_public,
    }


def _new_version(item: AgendaItem, draft: AttachmentDraft, old: DocumentVersion | None) -> DocumentVersion | None:
    if draft.file is None:
        return None
    document = old.document if old else _new_document(item, draft)
    return _version(document, draft.file, old.number + 1 if old else 1)


def _new_document(item: AgendaItem, draft: AttachmentDraft) -> Document:
    return Document.objects.create(authority=item.meeting.body.authority, title=draft.title)


def _version(document: Document, file: FileDraft, number: int) -> DocumentVersion:
    return DocumentVersion.objects.create(
        document=document,
        number=number,
        sha256=file.sha256,
        name=file.name,
        size=file.size,
        media_type=file.media_type,
    )
