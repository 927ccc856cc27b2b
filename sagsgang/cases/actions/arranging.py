"""Arrange the sections of a draft: add, rename, move, take out, bring back, open or close; lay a template on it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.actions.editing import bump, lock_draft
from sagsgang.cases.actions.versions import begin_draft
from sagsgang.cases.models import Case, Presentation, Section, TemplateSection
from sagsgang.cases.queries.editor import template_with_sections
from sagsgang.cases.rules import editing as rules
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record

# Where sections that were taken out wait: behind every place that a section can have.
_OUT = 10_000
_MOST_SECTIONS = 60


@transaction.atomic
def add_section(draft: Presentation, *, kind: str, heading: str, actor: User) -> Section:
    """Add an empty section at the end; open or closed as the case is."""
    case = lock_draft(draft, actor=actor)
    rules.require_heading(heading)
    place = _next_place(draft)
    section = Section.objects.create(
        presentation=draft, position=place, kind=kind, heading=heading.strip(), access=case.access, ground=case.ground
    )
    _done(draft, "add_section", section, case, actor)
    return section


@transaction.atomic
def rename_section(section: Section, *, heading: str, actor: User) -> None:
    """Give a section another heading."""
    case, row = _locked(section, actor)
    rules.require_heading(heading)
    if row.heading == heading.strip():
        return
    row.heading = heading.strip()
    row.save(update_fields=["heading", "modified_at"])
    _done(row.presentation, "rename_section", row, case, actor)


@transaction.atomic
def set_section_access(section: Section, *, access: str, ground: str, actor: User) -> None:
    """Open or close one section, on a ground; its neighbours stay as they are (KSL § 10)."""
    case, row = _locked(section, actor)
    rules.require_ground(access, ground)
    ground = ground if access == "closed" else ""
    if (row.access, row.ground) == (access, ground):
        return
    row.access, row.ground = access, ground
    row.save(update_fields=["access", "ground", "modified_at"])
    _done(row.presentation, "set_section_access", row, case, actor)


@transaction.atomic
def move_section(section: Section, *, by: int, actor: User) -> None:
    """Move a section so many places down (below zero: up); at the end it stays."""
    case, row = _locked(section, actor)
    rows = list(Section.objects.filter(presentation=row.presentation_id))
    rows.insert(max(0, _place_of(row, rows) + by), rows.pop(_place_of(row, rows)))
    _number(rows)
    _done(row.presentation, "move_section", row, case, actor)


@transaction.atomic
def remove_section(section: Section, *, actor: User) -> None:
    """Take a section out of the draft. Its words and revisions stay, and it can be brought back."""
    case, row = _locked(section, actor)
    out = Section.history.filter(presentation=row.presentation_id).exclude(withdrawn_at=None)
    row.withdrawn_at = now()
    row.position = max(out.values_list("position", flat=True), default=_OUT) + 1
    row.save(update_fields=["withdrawn_at", "position", "modified_at"])
    _done(row.presentation, "remove_section", row, case, actor)


@transaction.atomic
def restore_section(section: Section, *, actor: User) -> None:
    """Bring a section back that was taken out; it comes last."""
    case = lock_draft(section.presentation, actor=actor)
    row = Section.history.get(pk=section.pk)
    if row.withdrawn_at is None:
        return
    row.withdrawn_at = None
    row.position = _next_place(section.presentation)
    row.save(update_fields=["withdrawn_at", "position", "modified_at"])
    _done(section.presentation, "restore_section", row, case, actor)


@transaction.atomic
def choose_template(case: Case, *, body: Body, item_kind: str, actor: User) -> Presentation:
    """Write the case for this body and kind of item: begin the draft if there is none, and lay the template on it.

    A section of the template takes over the one of the same kind and heading, else of the same kind. What has
    words and no place in the template comes last; what is empty and has none is taken out. No word is lost.
    """
    draft = begin_draft(case, body=body, item_kind=item_kind, actor=actor)
    locked = lock_draft(draft, actor=actor)
    template = template_with_sections(body, item_kind)
    draft.body, draft.item_kind = body, item_kind
    draft.save(update_fields=["body", "item_kind", "modified_at"])
    if template is not None:
        _lay(draft, list(template.sections.all()), locked)
    bump(draft)
    record(actor, "choose_template", case, presentation=str(draft.pk), body=str(body.pk), item_kind=item_kind)
    return draft


def _lay(draft: Presentation, wanted: Sequence[TemplateSection], case: Case) -> None:
    left = list(Section.objects.filter(presentation=draft).prefetch_related("points"))
    taken = _matched(wanted, left)
    rows = []
    for template in wanted:
        section = taken.get(template.position)
        if section is None:
            section = Section.objects.create(
                presentation=draft, position=_next_place(draft), template=template, kind=template.kind,
                heading=template.heading, access=case.access, ground=case.ground,
            )  # fmt: skip
        else:
            left.remove(section)
            section.template, section.heading = template, template.heading
            section.save(update_fields=["template", "heading", "modified_at"])
        rows.append(section)
    kept = [section for section in left if section.html or section.points.all()]
    out = [section for section in left if section not in kept]
    waiting = Section.history.filter(presentation=draft).exclude(withdrawn_at=None).count()
    for place, section in enumerate(out, start=_OUT + waiting + 1):
        Section.objects.filter(pk=section.pk).update(withdrawn_at=now(), position=place)
    Section.objects.filter(pk__in=[section.pk for section in kept]).update(template=None)
    _number([*rows, *kept])


def _matched(wanted: Sequence[TemplateSection], sections: Sequence[Section]) -> dict[int, Section]:
    """Which section fills which place of the template: same kind and heading before same kind."""
    taken: dict[int, Section] = {}
    for must_name in (True, False):
        for template in wanted:
            fits = (
                section
                for section in sections
                if section not in taken.values()
                and section.kind == template.kind
                and (
                    section.heading.casefold() == template.heading.casefold() if must_name else template.kind != "other"
                )
            )
            if template.position not in taken and (found := next(fits, None)) is not None:
                taken[template.position] = found
    return taken


def _locked(section: Section, actor: User) -> tuple[Case, Section]:
    case = lock_draft(section.presentation, actor=actor)
    row = Section.history.select_related("presentation").get(pk=section.pk)
    if row.withdrawn_at is not None:
        raise RuleBrokenError(_("The section has been taken out in the meantime."))
    return case, row


def _place_of(row: Section, rows: Sequence[Section]) -> int:
    return next(place for place, one in enumerate(rows) if one.pk == row.pk)


def _next_place(draft: Presentation) -> int:
    places = list(Section.objects.filter(presentation=draft).values_list("position", flat=True))
    if len(places) >= _MOST_SECTIONS:
        raise RuleBrokenError(_("A presentation has at most {most} sections.").format(most=_MOST_SECTIONS))
    return max(places, default=0) + 1


def _number(rows: Sequence[Section]) -> None:
    """Number the sections from 1 in this order; the constraint is asked when the transaction ends."""
    for place, row in enumerate(rows, start=1):
        if row.position != place:
            Section.objects.filter(pk=row.pk).update(position=place)


def _done(draft: Presentation, verb: str, section: Section, case: Case, actor: User) -> None:
    bump(draft)
    record(actor, verb, case, section=str(section.pk))
