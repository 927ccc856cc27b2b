"""The secretary's templates: what her body wants of a presentation, for each kind of item."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body
from sagsgang.cases.actions import templates as acts
from sagsgang.cases.forms.templates import FactsForm, TemplateSectionForm
from sagsgang.cases.models import ItemKind, PresentationTemplate, TemplateSection
from sagsgang.cases.permissions import may_edit_template
from sagsgang.cases.queries.editor import (
    TemplateBodyRows,
    TemplateRows,
    may_edit_templates,
    removed_sections,
    templates_of,
)
from sagsgang.core.errors import RuleBrokenError

_KINDS = (*ItemKind.values, "")


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of item with its template, if the body has one for it."""

    kind: str
    name: str
    template: PresentationTemplate | None


@permitted(TemplateBodyRows(), may_edit_templates)
@require_http_methods(["GET", "POST"])
def templates(request: StaffRequest, body: Body) -> HttpResponse:
    """The list; a POST makes the template of one kind."""
    if request.method == "POST":
        kind = request.POST.get("item_kind", "")
        if kind not in _KINDS:
            return HttpResponseBadRequest(gettext("The act is not known."), content_type="text/plain; charset=utf-8")
        made = acts.open_template(body, item_kind=kind, actor=request.user)
        return redirect("cases:edit-template", made.pk)
    found = templates_of(body)
    rows = [KindRow(kind, _kind_name(kind), found.get(kind)) for kind in _KINDS]
    return render(request, "cases/templates.html", {"body": body, "rows": rows})


def _kind_name(kind: str) -> str:
    return str(capfirst(ItemKind(kind).label)) if kind else gettext("Every other kind")


@permitted(TemplateRows(), may_edit_template)
@require_http_methods(["GET", "POST"])
def edit_template(request: StaffRequest, template: PresentationTemplate) -> HttpResponse:
    """One template; every act on it comes here, and ``act`` says which."""
    if request.method != "POST":
        return _page(request, template)
    act = request.POST.get("act", "")
    try:
        if act == "add":
            return _add(request, template)
        if act == "facts":
            return _facts(request, template)
        if act not in _ACTS:
            return HttpResponseBadRequest(gettext("The act is not known."), content_type="text/plain; charset=utf-8")
        section = get_object_or_404(
            TemplateSection.history, template=template, pk=_uuid(request.POST.get("section", ""))
        )
        return _ACTS[act](request, template, section)
    except RuleBrokenError as refusal:
        return _page(request, template, alert=str(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def _add(request: StaffRequest, template: PresentationTemplate) -> HttpResponse:
    form = TemplateSectionForm(request.POST)
    if not form.is_valid():
        return _page(request, template, adding=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    section = acts.add_template_section(template, **form.cleaned_data, actor=request.user)
    messages.success(request, gettext("The section is added."))
    return _back(template, section)


def _facts(request: StaffRequest, template: PresentationTemplate) -> HttpResponse:
    form = FactsForm(request.POST)
    if not form.is_valid():
        return _page(request, template, facts=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    acts.demand_facts(template, facts=form.cleaned_data["facts"], actor=request.user)
    messages.success(request, gettext("The template is saved."))
    return redirect(reverse("cases:edit-template", args=[template.pk]) + "#facts")


def _change(request: StaffRequest, template: PresentationTemplate, section: TemplateSection) -> HttpResponse:
    form = _form_of(section, request)
    if not form.is_valid():
        return _page(request, template, changing=(section.pk, form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    acts.change_template_section(section, **form.cleaned_data, actor=request.user)
    messages.success(request, gettext("The template is saved."))
    return _back(template, section)


def _move(by: int) -> Callable[[StaffRequest, PresentationTemplate, TemplateSection], HttpResponse]:
    def move(request: StaffRequest, template: PresentationTemplate, section: TemplateSection) -> HttpResponse:
        acts.move_template_section(section, by=by, actor=request.user)
        return _back(template, section)

    return move


def _remove(request: StaffRequest, template: PresentationTemplate, section: TemplateSection) -> HttpResponse:
    acts.remove_template_section(section, actor=request.user)
    messages.success(request, gettext("The section is taken out. You can bring it back at the foot of the page."))
    return redirect(reverse("cases:edit-template", args=[template.pk]) + "#removed")


def _restore(request: StaffRequest, template: PresentationTemplate, section: TemplateSection) -> HttpResponse:
    acts.restore_template_section(section, actor=request.user)
    messages.success(request, gettext("The section is back, as the last one."))
    return _back(template, section)


_ACTS: dict[str, Callable[[StaffRequest, PresentationTemplate, TemplateSection], HttpResponse]] = {
    "change": _change, "up": _move(-1), "down": _move(1), "remove": _remove, "restore": _restore,
}  # fmt: skip


def _back(template: PresentationTemplate, section: TemplateSection) -> HttpResponse:
    return redirect(reverse("cases:edit-template", args=[template.pk]) + f"#section-{section.pk}")


def _form_of(section: TemplateSection, request: StaffRequest | None = None) -> TemplateSectionForm:
    initial = {
        "kind": section.kind, "heading": section.heading, "help_text": section.help_text,
        "is_required": section.is_required,
    }  # fmt: skip
    return TemplateSectionForm(request.POST if request else None, initial=initial, auto_id=f"id_{section.pk.hex}_%s")


def _page(
    request: StaffRequest,
    template: PresentationTemplate,
    *,
    adding: TemplateSectionForm | None = None,
    facts: FactsForm | None = None,
    changing: tuple[UUID, TemplateSectionForm] | None = None,
    alert: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    sections = list(template.sections.all())
    refused = dict([changing] if changing else [])
    context = {
        "template": template,
        "body": template.body,
        "kind_name": _kind_name(template.item_kind),
        "rows": [(section, refused.get(section.pk) or _form_of(section)) for section in sections],
        "adding": adding or TemplateSectionForm(),
        "facts": facts or FactsForm(initial={"facts": template.required_facts}),
        "removed": removed_sections(template),
        "alert": alert,
    }
    return render(request, "cases/template.html", context, status=status)
