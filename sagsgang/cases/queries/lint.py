"""What the lint is asked about a case: its draft's words, its attachments, and the meeting plans of the bodies."""

from datetime import date, timedelta
from uuid import UUID

from django.utils.timezone import localdate

from sagsgang.bodies.models import Body, BodyKind
from sagsgang.cases.models import Case, Presentation, Section, SectionKind
from sagsgang.cases.queries.versions import newest_of
from sagsgang.cases.rules.lint import (
    Lint,
    LintedAttachment,
    LintedBody,
    LintedPoint,
    LintedSection,
    LintedText,
    lint,
)

_PLAN_BEFORE = timedelta(days=400)  # how far back a date in a text is held against the plan
# How texts call a body whose own name may be another.
_NAMES = {
    BodyKind.COUNCIL: ("Kommunalbestyrelsen", "Byrådet"),
    BodyKind.FINANCE: ("Økonomiudvalget",),
    BodyKind.DIRECTORATE: ("Direktionen",),
    BodyKind.WORKS_COUNCIL: ("Hovedudvalget", "HovedMED"),
}


def lints_of(case: Case) -> list[Lint]:
    """Everything there is to say of the case's draft, or of its newest version; the worst first."""
    return lint(linted_text(case))


def linted_text(case: Case) -> LintedText:
    """The draft (else the newest version) as plain values; without sections where nothing is written yet."""
    version = newest_of(case)
    today = localdate()
    if version is None:
        return LintedText((), today=today)
    return LintedText(
        sections=_sections(version),
        item_kind=version.item_kind,
        attachments=_attachments(case),
        bodies=_bodies(case, today),
        meeting_on=_meeting_of(case, version, today),
        today=today,
    )


def _sections(version: Presentation) -> tuple[LintedSection, ...]:
    """The sections with what they say; the economy block is words of the section that carries its name."""
    rows = Section.objects.filter(presentation=version).select_related("template").prefetch_related("points")
    has_money = version.appropriations.exists()
    return tuple(_section(row, is_filled=has_money and row.kind == SectionKind.ECONOMY) for row in rows)


def _section(row: Section, *, is_filled: bool) -> LintedSection:
    template = row.template
    return LintedSection(
        id=str(row.pk),
        kind=row.kind,
        heading=row.heading or str(row.get_kind_display()).capitalize(),
        html=row.html,
        is_required=template is not None and template.is_required,
        help_text=template.help_text if template else "",
        points=tuple(LintedPoint(point.verb, point.text) for point in row.points.all()),
        is_filled=is_filled,
    )


def _attachments(case: Case) -> tuple[LintedAttachment, ...]:
    """What goes on with the case, numbered as it is printed."""
    titles = case.attachments.filter(withdrawn_at=None, replaced_by=None, in_packet=True).values_list(
        "title", flat=True
    )
    return tuple(LintedAttachment(number, title) for number, title in enumerate(titles, start=1))


def _bodies(case: Case, today: date) -> tuple[LintedBody, ...]:
    """The authority's bodies with the days of their plans, also those of the last year."""
    bodies = list(Body.objects.filter(authority=case.authority_id))
    planned = Body.objects.filter(
        authority=case.authority_id, meetings__held_on__gte=today - _PLAN_BEFORE, meetings__cancelled_at=None
    )
    days: dict[UUID, list[date]] = {}
    for body, day in planned.values_list("pk", "meetings__held_on"):
        days.setdefault(body, []).append(day)
    return tuple(
        LintedBody(
            code=body.code,
            names=tuple(dict.fromkeys([body.name, *_NAMES.get(BodyKind(body.kind), ())])),
            days=tuple(days.get(body.pk, ())),
        )
        for body in bodies
    )


def _meeting_of(case: Case, version: Presentation, today: date) -> date | None:
    """The day on which the version's body is to treat the case: the next one planned, else the last."""
    days = [day for day in case.path.filter(body=version.body_id).values_list("planned_on", flat=True) if day]
    coming = [day for day in days if day >= today]
    return min(coming) if coming else max(days, default=None)
