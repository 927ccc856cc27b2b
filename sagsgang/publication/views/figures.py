"""Figures that are released: what can be made, what waits for a second person, what is out."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, permitted_to
from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.sorting import DanishKey
from sagsgang.publication import permissions
from sagsgang.publication.actions import figures as actions
from sagsgang.publication.figures.asking import Offer
from sagsgang.publication.figures.cells import ShownSection, shown_sections
from sagsgang.publication.figures.makers import MAKERS
from sagsgang.publication.figures.places import read_now, worn_figures
from sagsgang.publication.figures.tree import FiguresReport
from sagsgang.publication.forms import PrepareFiguresForm, WithdrawForm
from sagsgang.publication.models import FiguresPreparation, PublicFigures, ReleaseState


@dataclass(frozen=True, slots=True)
class OfferLine:
    """What can be made, and the address at which it is looked at and prepared."""

    label: str
    address: str


@permitted_to(permissions.may_see_figures)
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    houses = list(permissions.FiguresAuthorities().visible_to(request.user).order_by(DanishKey("name")))
    wished = request.GET.get("authority", "")
    authority = next((house for house in houses if house.slug == wished), houses[0] if houses else None)
    if authority is None:  # who sees the whole house of nobody yet
        raise Http404
    waiting = permissions.FiguresPreparationRows().visible_to(request.user)
    released = permissions.FiguresRows().visible_to(request.user).filter(authority=authority.name)
    rows = list(released.exclude(state=ReleaseState.SUPERSEDED).order_by("-period_end", "kind", "-number"))
    context = {
        "authority": authority,
        "authorities": houses if len(houses) > 1 else [],
        "offers": _offers(request.user, authority),
        "waiting": waiting.filter(authority_id=authority.pk, ended_at=None).order_by("prepared_at"),
        "released": rows,
        "worn": worn_figures(rows, "default"),
    }
    return render(request, "publication/figures.html", context)


def _offers(user: User, authority: Authority) -> list[OfferLine]:
    found = [offer for maker in MAKERS.values() for offer in maker.offers(authority)]
    may: dict[tuple[str, UUID | None], bool] = {}
    for offer in found:
        key = (offer.kind, offer.body_id)
        if key not in may:
            may[key] = permissions.may_prepare_figures(user, authority, *key)
    return [_line(authority, offer) for offer in found if may[offer.kind, offer.body_id]]


def _line(authority: Authority, offer: Offer) -> OfferLine:
    asked = {"kind": offer.kind, "start": offer.period_start.isoformat(), "end": offer.period_end.isoformat()}
    if offer.body_id:
        asked["body"] = str(offer.body_id)
    page = reverse("publication:prepare-figures", args=[authority.pk])
    return OfferLine(offer.label, f"{page}?{urlencode(asked)}")


@permitted(permissions.FiguresAuthorities(), permissions.may_prepare_some_figures)
@require_http_methods(["GET", "POST"])
def prepare_figures(request: StaffRequest, authority: Authority) -> HttpResponse:
    if "kind" not in request.GET:  # which figures is chosen on the page of them
        return redirect("publication:figures")
    kind, start, end, body = _asked(request, authority)
    if not permissions.may_prepare_figures(request.user, authority, kind, body.pk if body else None):
        raise PermissionDenied
    form = PrepareFiguresForm(request.POST if request.method == "POST" else None)
    outgoing, refused = None, ""
    try:
        outgoing = actions.outgoing_figures(authority, kind, start, end, body)
        if form.is_valid():
            said = form.cleaned_data["public_reason"]
            actions.prepare_figures(authority, kind, start, end, body=body, public_reason=said, actor=request.user)
            messages.success(request, gettext("The figures are prepared. Now another person must release them."))
            return redirect("publication:figures")
    except RuleBrokenError as refusal:
        refused = str(refusal)
    context = {
        "authority": authority,
        "form": form,
        "refused": refused,
        "is_correction": outgoing is not None and outgoing.current is not None,
        **(_preview(outgoing.report) if outgoing else {}),
    }
    return render(request, "publication/prepare_figures.html", context, status=_status(form.is_bound))


def _asked(request: StaffRequest, authority: Authority) -> tuple[str, date, date, Body | None]:
    """What the address asks for; 404 for what nobody makes."""
    asked = request.GET
    try:
        kind, start, end = asked["kind"], date.fromisoformat(asked["start"]), date.fromisoformat(asked["end"])
        body_id = UUID(asked["body"]) if "body" in asked else None
    except (KeyError, ValueError):
        raise Http404 from None
    if kind not in MAKERS:
        raise Http404
    return kind, start, end, get_object_or_404(Body, pk=body_id, authority=authority) if body_id else None


@permitted(permissions.FiguresPreparationRows(), permissions.may_release_figures)
@require_http_methods(["GET", "POST"])
def release_figures(request: StaffRequest, prepared: FiguresPreparation) -> HttpResponse:
    refused, outgoing = "", None
    try:
        if request.method == "POST":
            row = actions.release_figures(prepared, actor=request.user)
            messages.success(
                request, gettext("Released. It is number {number} of the figures.").format(number=row.number)
            )
            return redirect("publication:figures")
        outgoing = actions.outgoing_as_prepared(prepared)
    except RuleBrokenError as refusal:
        refused = str(refusal)
    context = {
        "prepared": prepared,
        "refused": refused,
        "is_preparer": prepared.prepared_by_id == request.user.pk,
        **(_preview(outgoing.report) if outgoing else {}),
    }
    return render(request, "publication/release_figures.html", context, status=_status(request.method == "POST"))


@permitted(permissions.FiguresPreparationRows(), permissions.may_cancel_figures)
@require_http_methods(["GET", "POST"])
def cancel_figures(request: StaffRequest, prepared: FiguresPreparation) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.cancel_figures(prepared, actor=request.user)
        except RuleBrokenError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("The release is called off. Nothing goes out."))
    return redirect("publication:figures")


@permitted(permissions.FiguresRows(), permissions.may_withdraw_figures)
@require_http_methods(["GET", "POST"])
def withdraw_figures(request: StaffRequest, row: PublicFigures) -> HttpResponse:
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_valid():
            actions.withdraw_figures(row.pk, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, gettext("The figures are withdrawn. The public no longer sees them."))
            return redirect("publication:figures")
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    context = {"row": row, "form": form}
    return render(request, "publication/withdraw_figures.html", context, status=_status(form.is_bound))


def _preview(report: FiguresReport) -> dict[str, FiguresReport | list[ShownSection]]:
    read = read_now(report, "default")
    return {"report": read, "sections": shown_sections(read)}


def _status(is_sent: bool) -> int:
    """A page that comes back after something was sent says that it was refused."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if is_sent else HTTPStatus.OK
