"""The standing items of a body: the list that its secretary keeps."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body
from sagsgang.meetings import actions
from sagsgang.meetings.forms.arrange import StandingItemForm
from sagsgang.meetings.models import StandingItem
from sagsgang.meetings.permissions import may_keep_papers
from sagsgang.meetings.queries.standing import StandingRows, may_keep_standing_item
from sagsgang.meetings.views.acts import attempted


@permitted(Body.objects, may_keep_papers)
@require_safe
def standing_items(request: StaffRequest, body: Body) -> HttpResponse:
    return _page(request, body)


@permitted(Body.objects, may_keep_papers)
@require_http_methods(["GET", "POST"])
def add_standing_item(request: StaffRequest, body: Body) -> HttpResponse:
    form = StandingItemForm(request.POST, prefix="new")
    return _act(
        request, body, form, lambda: actions.add_standing_item(body, actor=request.user, **form.cleaned_data),
        gettext("The standing item is added."),
    )  # fmt: skip


@permitted(StandingRows(), may_keep_standing_item)
@require_http_methods(["GET", "POST"])
def edit_standing_item(request: StaffRequest, row: StandingItem) -> HttpResponse:
    form = StandingItemForm(request.POST, prefix=row.pk.hex)
    return _act(
        request, row.body, form, lambda: actions.edit_standing_item(row, actor=request.user, **form.cleaned_data),
        gettext("The standing item is saved."), row.pk,
    )  # fmt: skip


@permitted(StandingRows(), may_keep_standing_item)
@require_http_methods(["GET", "POST"])
def move_standing_item(request: StaffRequest, row: StandingItem) -> HttpResponse:
    up = request.POST.get("to") == "up"
    return _act(
        request, row.body, forms.Form(request.POST),
        lambda: actions.move_standing_item(row, up=up, actor=request.user), gettext("The standing item is moved."),
    )  # fmt: skip


@permitted(StandingRows(), may_keep_standing_item)
@require_http_methods(["GET", "POST"])
def remove_standing_item(request: StaffRequest, row: StandingItem) -> HttpResponse:
    return _act(
        request, row.body, forms.Form(request.POST), lambda: actions.remove_standing_item(row, actor=request.user),
        gettext("The standing item is taken off the list. Where it is on an agenda, it stays."),
    )  # fmt: skip


@permitted(Body.objects, may_keep_papers)
@require_http_methods(["GET", "POST"])
def use_usual_items(request: StaffRequest, body: Body) -> HttpResponse:
    if request.method == "POST":
        count = actions.use_usual_items(body, actor=request.user)
        words = ngettext("{count} standing item is added.", "{count} standing items are added.", count)
        messages.success(request, words.format(count=count))
    return redirect("meetings:standing-items", body.pk)


def _act(
    request: StaffRequest,
    body: Body,
    form: forms.Form,
    do: Callable[[], object],
    notice: str,
    pk: UUID | None = None,
) -> HttpResponse:
    """Do it and go back to the list, or show the list with what was typed."""
    if request.method != "POST":  # she logged in on the way here
        return redirect("meetings:standing-items", body.pk)
    if attempted(form, do):
        messages.success(request, notice)
        return redirect("meetings:standing-items", body.pk)
    if not isinstance(form, StandingItemForm):  # a button alone has no place for an error
        messages.error(request, next(str(error) for error in form.non_field_errors()))
        return redirect("meetings:standing-items", body.pk)
    return _page(request, body, form, pk)


def _page(
    request: StaffRequest, body: Body, form: StandingItemForm | None = None, pk: UUID | None = None
) -> HttpResponse:
    rows = list(StandingItem.objects.filter(body=body).order_by("place", "position", "created_at"))
    desks = [
        (
            row,
            form if form is not None and row.pk == pk else StandingItemForm(initial=StandingItemForm.written(row), prefix=row.pk.hex),
            n == 0 or rows[n - 1].place != row.place,
            n + 1 == len(rows) or rows[n + 1].place != row.place,
        )
        for n, row in enumerate(rows)
    ]  # fmt: skip
    new = form if form is not None and pk is None else StandingItemForm(prefix="new")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None else HTTPStatus.OK
    context = {"body": body, "desks": desks, "new": new, "usual": actions.usual_items(body)}
    return render(request, "meetings/standing_items.html", context, status=status)
