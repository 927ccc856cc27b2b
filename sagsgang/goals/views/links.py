"""What a project, a partnership or an involvement belongs to: chosen among what she sees, and taken off."""

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.models import Case
from sagsgang.core.asking import searched
from sagsgang.goals import actions
from sagsgang.goals.forms import LinkForm
from sagsgang.goals.models import Involvement, Partnership, Project, WorkLink
from sagsgang.goals.permissions import (
    InvolvementRows,
    LinkRows,
    PartnershipRows,
    ProjectRows,
    Work,
    may_edit_involvement,
    may_edit_link,
    may_edit_partnership,
    may_edit_project,
)
from sagsgang.goals.views.acting import acted, posted
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.views.acts import Act
from sagsgang.policies.permissions import decided_items

MOST = 200
_PAGES = {Project: "goals:project", Partnership: "goals:partnership", Involvement: "goals:involvement"}


def _page(work: Work) -> str:
    return reverse(_PAGES[type(work)], args=[work.pk])


def _link(request: StaffRequest, work: Work) -> HttpResponse:
    words = searched(request)
    form = LinkForm(posted(request), *_choices(request, work, words))
    act = Act(
        heading=gettext("What does “{name}” belong to?").format(name=work.name),
        words=gettext("Who may not see a case or a decision is not told of it here either."),
        button=gettext("Save the link"),
        back=_page(work),
    )
    return acted(
        request, act, form, lambda: actions.link_work(work, form.chosen, actor=request.user),
        gettext("The link is saved."), finds=True, words=words,
    )  # fmt: skip


def _choices(
    request: StaffRequest, work: Work, words: str
) -> tuple[list[Case], list[AgendaItem], list[Project] | None]:
    """At most so many of each, the newest first; what she searches for among those that she may see."""
    cases = Case.objects.visible_to(request.user).filter(authority=work.authority_id)
    items = decided_items(request.user).filter(meeting__body__authority=work.authority_id, decisions__isnull=False)
    projects = None if isinstance(work, Project) else Project.objects.filter(authority=work.authority_id)
    if words:
        cases = cases.filter(title__icontains=words)
        items = items.filter(Q(title__icontains=words) | Q(case__title__icontains=words))
        projects = projects.filter(name__icontains=words) if projects is not None else None
    newest = items.order_by("-meeting__held_on", "position").distinct()
    return (
        list(cases.order_by("-created_at")[:MOST]),
        list(newest.select_related("meeting__body", "parent")[:MOST]),
        list(projects[:MOST]) if projects is not None else None,
    )


@permitted(ProjectRows, may_edit_project)
@require_http_methods(["GET", "POST"])
def link_project(request: StaffRequest, project: Project) -> HttpResponse:
    return _link(request, project)


@permitted(PartnershipRows, may_edit_partnership)
@require_http_methods(["GET", "POST"])
def link_partnership(request: StaffRequest, row: Partnership) -> HttpResponse:
    return _link(request, row)


@permitted(InvolvementRows, may_edit_involvement)
@require_http_methods(["GET", "POST"])
def link_involvement(request: StaffRequest, row: Involvement) -> HttpResponse:
    return _link(request, row)


@permitted(LinkRows(), may_edit_link)
@require_http_methods(["GET", "POST"])
def unlink_work(request: StaffRequest, link: WorkLink) -> HttpResponse:
    work = link.project or link.partnership or link.involvement
    assert work is not None  # the database keeps one of them on every row
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Take the link off"),
        words=gettext("“{name}” belongs there no more. The log keeps that it did.").format(name=work.name),
        button=gettext("Take it off"),
        back=_page(work),
        is_grave=True,
    )
    return acted(
        request, act, form, lambda: actions.unlink_work(link, actor=request.user), gettext("The link is taken off.")
    )  # fmt: skip
