"""Begin a draft, and freeze a version when it is sent."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.models import (
    AppropriationLine,
    Case,
    Presentation,
    PresentationTemplate,
    RecommendationPoint,
    Section,
    SectionKind,
    TemplateSection,
)
from sagsgang.cases.queries.versions import newest_of
from sagsgang.core.models import record


@transaction.atomic
def begin_draft(case: Case, *, body: Body | None = None, item_kind: str = "", actor: User) -> Presentation:
    """The case's draft: the one there is, else a copy of the newest version, else a new one of the body's template.

    A copy keeps what it had where `body` and `item_kind` are not given. For another body it takes that body's
    template: help and duty of the sections it has, and empty ones for those it lacks.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    newest = newest_of(case)
    if newest is not None and newest.is_draft:
        return newest
    if newest is None:
        draft = Presentation.objects.create(case=case, body=body, item_kind=item_kind, created_by=actor)
        wanted = _template_sections(body, item_kind)
        _add_sections(draft, wanted, first=1)
        if not wanted:
            _add_plain_sections(draft)
    else:
        draft = _copy(newest, body=body or newest.body, item_kind=item_kind or newest.item_kind, actor=actor)
    record(actor, "begin_draft", case, presentation=str(draft.pk), number=draft.number)
    return draft


@transaction.atomic
def freeze_presentation(presentation: Presentation, *, why: str, actor: User) -> None:
    """Let the words stand fast from now on; `why` is a `FrozenBy`. Freezing twice is freezing once.

    The database refuses every later change of the version, its sections, points and economy lines.
    """
    case = Case.objects.select_for_update().get(pk=presentation.case_id)
    presentation.refresh_from_db(fields=["frozen_at", "frozen_by"])
    if not presentation.is_draft:
        return
    presentation.frozen_at = timezone.now()
    presentation.frozen_by = why
    presentation.save(update_fields=["frozen_at", "frozen_by", "modified_at"])
    record(actor, "freeze_presentation", case, presentation=str(presentation.pk), why=why)


def template_of(body: Body | None, item_kind: str) -> PresentationTemplate | None:
    """What the body wants of this kind of item: its own template for it, else its template for every kind."""
    if body is None:
        return None
    templates = PresentationTemplate.objects.filter(body=body, item_kind__in={item_kind, ""})
    return templates.order_by("-item_kind").first()


def _template_sections(body: Body | None, item_kind: str) -> list[TemplateSection]:
    template = template_of(body, item_kind)
    return list(template.sections.all()) if template else []


def _add_sections(draft: Presentation, wanted: Sequence[TemplateSection], *, first: int) -> None:
    """An empty section for each of the template's, from the place `first` on."""
    for position, template in enumerate(wanted, start=first):
        _add_section(draft, position, kind=template.kind, heading=template.heading, template=template)


def _add_plain_sections(draft: Presentation) -> None:
    """The two sections that every presentation has, where no template asks for others."""
    _add_section(draft, 1, kind=SectionKind.PRESENTATION, heading=pgettext("heading of a section", "Presentation"))
    _add_section(draft, 2, kind=SectionKind.RECOMMENDATION, heading=pgettext("heading of a section", "Recommendation"))


def _add_section(
    draft: Presentation, position: int, *, kind: str, heading: str, template: TemplateSection | None = None
) -> None:
    Section.objects.create(
        presentation=draft, position=position, template=template, kind=kind, heading=heading,
        access=draft.case.access, ground=draft.case.ground,
    )  # fmt: skip


def _copy(old: Presentation, *, body: Body | None, item_kind: str, actor: User) -> Presentation:
    draft = Presentation.objects.create(
        case=old.case, replaces=old, number=old.number + 1, body=body, item_kind=item_kind, created_by=actor
    )
    is_for_another = (body, item_kind) != (old.body, old.item_kind)
    wanted = _template_sections(body, item_kind) if is_for_another else []
    has_new_template = bool(wanted)
    sections = list(old.sections.prefetch_related("points"))
    for position, section in enumerate(sections, start=1):
        _copy_section(section, draft, position, _take(wanted, section) if has_new_template else section.template)
    _add_sections(draft, wanted, first=len(sections) + 1)
    for line in old.appropriations.all():
        AppropriationLine.objects.create(
            presentation=draft, position=line.position, side=line.side, kind=line.kind,
            account=line.account, year=line.year, amount=line.amount,
        )  # fmt: skip
    return draft


def _take(wanted: list[TemplateSection], section: Section) -> TemplateSection | None:
    """The template's section that this one fills, taken out of those still wanted: same heading, else same kind."""
    alike = [template for template in wanted if template.kind == section.kind]
    named = [template for template in alike if template.heading.casefold() == section.heading.casefold()]
    found = next(iter(named or alike), None)
    if found is not None:
        wanted.remove(found)
    return found


def _copy_section(section: Section, draft: Presentation, position: int, template: TemplateSection | None) -> None:
    copy = Section.objects.create(
        presentation=draft, position=position, lineage=section.lineage, template=template, kind=section.kind,
        heading=section.heading, html=section.html, access=section.access, ground=section.ground,
    )  # fmt: skip
    for point in section.points.all():
        RecommendationPoint.objects.create(
            section=copy, position=point.position, marker=point.marker, verb=point.verb, text=point.text
        )
