"""Make a sub-item a case of its own."""

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, BodyKind
from sagsgang.cases.actions.versions import freeze_presentation
from sagsgang.cases.models import (
    AppropriationLine,
    Case,
    CaseAttachment,
    FrozenBy,
    PathStep,
    Presentation,
    Purpose,
    RecommendationPoint,
    Section,
)
from sagsgang.core.faults import reached
from sagsgang.meetings import rules
from sagsgang.meetings.actions import papers
from sagsgang.meetings.actions.schedule import lock_meeting, record_both
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting, PlannedStep


@transaction.atomic
def promote_subitem(item: AgendaItem, *, title: str, actor: User) -> Case:
    """Make a sub-item a case of its own; answers the case. All or nothing.

    A sub-item that lies in its item's case gets a new case with its words as a draft, its attachments (the same
    documents) and its path. One that has a case already is let go from the collective one.
    """
    meeting = lock_meeting(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("case", "parent__case").get(pk=item.pk)
    rules.require_sub_item(is_sub=item.parent is not None)
    assert item.parent is not None
    rules.require_title(title)
    collective = item.parent.case
    is_part = item.case_id == collective.pk
    rules.require_not_its_own(is_its_own=not is_part and item.case.parent_id is None)
    if is_part:
        case = _new_case(item, collective, title.strip())
        _move_presentation(item, case, actor)
        _give_attachments(item, case)
        reached("promote.parts")
        _give_path(item, case, meeting)
        item.case = case
        item.save(update_fields=["case", "step", "modified_at"])
    else:
        case = item.case
        case.parent, case.promoted_from, case.title = None, case.parent, title.strip()
        case.save(update_fields=["parent", "promoted_from", "title", "modified_at"])
    record_both(actor, "promote_subitem", item, promoted_from=str(collective.pk))
    reached("promote.before_commit")
    return case


def _new_case(item: AgendaItem, collective: Case, title: str) -> Case:
    return Case.objects.create(
        authority=collective.authority,
        title=title,
        unit=collective.unit,
        caseworker=collective.caseworker,
        policy_area=collective.policy_area,
        access=item.access,
        ground=item.ground,
        promoted_from=collective,
    )


def _move_presentation(item: AgendaItem, case: Case, actor: User) -> None:
    """The words stay on the item as they are; the case goes on from them in a draft that replaces them."""
    if item.presentation is None:
        return
    old = _newest_in_chain(item.presentation)
    freeze_presentation(old, why=FrozenBy.REPLACED, actor=actor)
    draft = Presentation.objects.create(
        case=case, replaces=old, number=old.number + 1, body=old.body, item_kind=old.item_kind or item.kind,
        created_by=actor,
    )  # fmt: skip
    for section in old.sections.prefetch_related("points"):
        points = list(section.points.all())
        copy = Section.objects.create(
            presentation=draft, position=section.position, lineage=section.lineage, template=section.template,
            kind=section.kind, heading=section.heading, html=section.html, access=section.access, ground=section.ground,
        )  # fmt: skip
        RecommendationPoint.objects.bulk_create(
            RecommendationPoint(section=copy, position=p.position, marker=p.marker, verb=p.verb, text=p.text)
            for p in points
        )
    AppropriationLine.objects.bulk_create(
        AppropriationLine(
            presentation=draft, position=line.position, side=line.side, kind=line.kind, account=line.account,
            year=line.year, amount=line.amount,
        )
        for line in old.appropriations.all()
    )  # fmt: skip


def _newest_in_chain(presentation: Presentation) -> Presentation:
    while later := Presentation.objects.filter(replaces=presentation).first():
        presentation = later
    return presentation


def _give_attachments(item: AgendaItem, case: Case) -> None:
    """The same documents, and the same links to drafts of other bodies; a line without bytes is left behind."""
    rows = item.attachments.filter(withdrawn_at=None).select_related("version__document")
    CaseAttachment.objects.bulk_create(
        _case_attachment(row, case) for row in rows if row.version or row.presentation_id
    )


def _case_attachment(row: Attachment, case: Case) -> CaseAttachment:
    return CaseAttachment(
        case=case, file=row.version.document if row.version and not row.presentation_id else None,
        presentation_id=row.presentation_id, position=row.position, title=papers.plain_title(row),
        document_id=row.document_id,
        document_number=row.document_number, mark=row.mark, access=row.access, ground=row.ground,
        public_title=row.public_title, title_is_public=row.title_is_public, in_packet=row.in_packet, on_web=row.on_web,
    )  # fmt: skip


def _give_path(item: AgendaItem, case: Case, meeting: Meeting) -> None:
    """The stated path as steps, where the body is known; the item is the step of its own meeting."""
    stated = [(step, step.body) for step in item.steps.select_related("body") if step.body]
    for position, (planned, body) in enumerate(stated, start=1):
        step = PathStep.objects.create(
            case=case,
            body=body,
            position=position,
            purpose=_purpose(body, is_last=position == len(stated)),
            planned_on=planned.planned_on,
        )
        if item.step is None and _is_here(planned, meeting):
            item.step = step


def _is_here(planned: PlannedStep, meeting: Meeting) -> bool:
    return planned.body_id == meeting.body_id and planned.planned_on in (meeting.held_on, None)


def _purpose(body: Body, *, is_last: bool) -> str:
    """A stated path says no more than the bodies: the last one decides, a works council discusses, others recommend."""
    if is_last:
        return Purpose.DECISION
    return Purpose.DISCUSSION if body.kind == BodyKind.WORKS_COUNCIL else Purpose.RECOMMENDATION
