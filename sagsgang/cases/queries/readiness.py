"""What is missing before a draft can be sent for approval."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.timezone import localdate

from sagsgang.cases.models import (
    Case,
    Fact,
    Presentation,
    PresentationTemplate,
    Section,
    SectionKind,
    TemplateSection,
)
from sagsgang.cases.queries.hearings import hearing_facts
from sagsgang.cases.rules.approval import Lack, SectionFact, lacks_of
from sagsgang.cases.rules.economy import Line, balance
from sagsgang.cases.rules.hearings import missing_hearings
from sagsgang.documents import richtext


def lacks_in(case: Case, draft: Presentation) -> list[Lack]:
    """What is missing before this draft can be sent for approval: everything at once, each with its place."""
    template = template_of(draft)
    sections = list(draft.sections.prefetch_related("points"))
    required = list(template.sections.filter(is_required=True)) if template else []
    demanded = template.required_facts if template else []
    facts = hearing_facts(case)
    missing = missing_hearings(case.concerns_elderly, case.concerns_disability, case.concerns_staff, facts, localdate())
    return lacks_of(
        [*_required(required, sections)],
        [(str(Fact(name).label), _FACT_PLACES.get(name, "facts"), _knows(case, name)) for name in demanded],
        points=sum(len(section.points.all()) for section in sections),
        hearings=[gap.sentence for gap in missing if gap.blocks],
        economy=economy_faults(draft),
    )


_FACT_PLACES = {Fact.PATH.value: "path"}


def economy_faults(draft: Presentation) -> list[str]:
    """A sentence for each year in which the economy block does not balance (R13)."""
    lines = [Line(ln.side, ln.kind, ln.account, ln.year, ln.amount) for ln in draft.appropriations.all()]
    return [one.sentence for one in balance(lines)]


def template_of(draft: Presentation) -> PresentationTemplate | None:
    """The template of its body for its kind of item, else the body's template for every kind."""
    if draft.body_id is None:
        return None
    rows = PresentationTemplate.objects.filter(Q(item_kind=draft.item_kind) | Q(item_kind=""), body=draft.body_id)
    return rows.order_by("-item_kind").first()


def _required(wanted: list[TemplateSection], sections: list[Section]) -> Iterable[SectionFact]:
    by_template = {section.template_id: section for section in sections}
    for part in wanted:
        same_kind = (s for s in sections if s.template_id is None and s.kind == part.kind)
        section = by_template.get(part.pk) or next(same_kind, None)
        yield SectionFact(
            place=f"section:{section.pk}" if section else "presentation",
            heading=section.heading if section and section.heading else part.heading,
            is_required=True,
            has_words=section is not None and has_words(section),
        )


def has_words(section: Section) -> bool:
    """Is something written in it? A recommendation has points; every other section has text."""
    if section.kind == SectionKind.RECOMMENDATION:
        return bool(section.points.all())
    return bool(richtext.to_plain(section.html).strip())


def _knows(case: Case, fact: str) -> bool:
    if fact == Fact.PATH:
        days = list(case.path.values_list("planned_on", flat=True))
        return bool(days) and None not in days
    columns: dict[str, object] = {
        Fact.NUMBER: case.external_numbers,
        Fact.KLE: case.kle,
        Fact.UNIT: case.unit_id,
        Fact.CASEWORKER: case.caseworker_id,
        Fact.POLICY_AREA: case.policy_area,
    }
    return bool(columns[fact])
