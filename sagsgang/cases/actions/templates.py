"""Edit what a body wants of a presentation: its template's sections, and the facts that must be known."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.models import PresentationTemplate, TemplateSection
from sagsgang.cases.rules import editing as rules
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record

# A section on its way to another place waits here: no two may stand at one place, not even for a moment.
_WAITING = 20_000
_MOST_SECTIONS = 40


@transaction.atomic
def open_template(body: Body, *, item_kind: str, actor: User) -> PresentationTemplate:
    """The body's template for a kind of item ("" = every kind without one of its own), made if it is not there."""
    Body.objects.select_for_update().get(pk=body.pk)
    template, is_new = PresentationTemplate.objects.get_or_create(body=body, item_kind=item_kind)
    if is_new:
        record(actor, "open_template", template, body=str(body.pk), item_kind=item_kind)
    return template


@transaction.atomic
def add_template_section(
    template: PresentationTemplate,
    *,
    kind: str,
    heading: str,
    help_text: str = "",
    is_required: bool = False,
    actor: User,
) -> TemplateSection:
    """Add a section at the end."""
    _lock(template)
    rules.require_heading(heading)
    rows = list(template.sections.all())
    if len(rows) >= _MOST_SECTIONS:
        raise RuleBrokenError(_("A template has at most {most} sections.").format(most=_MOST_SECTIONS))
    section = TemplateSection.objects.create(
        template=template, position=max((row.position for row in rows), default=0) + 1,
        kind=kind, heading=heading.strip(), help_text=help_text.strip(), is_required=is_required,
    )  # fmt: skip
    _done(template, "add_template_section", section, actor)
    return section


@transaction.atomic
def change_template_section(
    section: TemplateSection, *, kind: str, heading: str, help_text: str, is_required: bool, actor: User
) -> None:
    """Give a section another kind, heading, help text or duty. Drafts keep their headings; the help follows."""
    _lock(section.template)
    rules.require_heading(heading)
    section.kind, section.heading = kind, heading.strip()
    section.help_text, section.is_required = help_text.strip(), is_required
    section.save(update_fields=["kind", "heading", "help_text", "is_required", "modified_at"])
    _done(section.template, "change_template_section", section, actor)


@transaction.atomic
def move_template_section(section: TemplateSection, *, by: int, actor: User) -> None:
    """Move a section so many places down (below zero: up)."""
    _lock(section.template)
    rows = list(section.template.sections.all())
    place = next((place for place, row in enumerate(rows) if row.pk == section.pk), None)
    if place is None:
        raise RuleBrokenError(_("The section has been taken out in the meantime."))
    rows.insert(max(0, place + by), rows.pop(place))
    _number(rows)
    _done(section.template, "move_template_section", section, actor)


@transaction.atomic
def remove_template_section(section: TemplateSection, *, actor: User) -> None:
    """Take a section out of the template. It can be brought back; drafts that have it keep it."""
    _lock(section.template)
    if section.withdrawn_at is not None:
        return
    section.withdrawn_at = now()
    section.save(update_fields=["withdrawn_at", "modified_at"])
    _done(section.template, "remove_template_section", section, actor)


@transaction.atomic
def restore_template_section(section: TemplateSection, *, actor: User) -> None:
    """Bring a section back that was taken out; it comes last."""
    _lock(section.template)
    if section.withdrawn_at is None:
        return
    places = section.template.sections.values_list("position", flat=True)
    section.withdrawn_at, section.position = None, max(places, default=0) + 1
    section.save(update_fields=["withdrawn_at", "position", "modified_at"])
    _done(section.template, "restore_template_section", section, actor)


@transaction.atomic
def demand_facts(template: PresentationTemplate, *, facts: Sequence[str], actor: User) -> None:
    """Say which facts (`Fact` values) must be known before a case comes on an agenda of the body."""
    _lock(template)
    PresentationTemplate.objects.filter(pk=template.pk).update(required_facts=list(facts), modified_at=now())
    _done(template, "demand_facts", None, actor)


def _lock(template: PresentationTemplate) -> None:
    PresentationTemplate.objects.select_for_update().get(pk=template.pk)


def _number(rows: Sequence[TemplateSection]) -> None:
    for place, row in enumerate(rows, start=1):
        TemplateSection.objects.filter(pk=row.pk).update(position=_WAITING + place)
    for place, row in enumerate(rows, start=1):
        TemplateSection.objects.filter(pk=row.pk).update(position=place)


def _done(template: PresentationTemplate, verb: str, section: TemplateSection | None, actor: User) -> None:
    PresentationTemplate.objects.filter(pk=template.pk).update(revision=F("revision") + 1)
    record(actor, verb, template, **({"section": str(section.pk)} if section else {}))
