"""To follow a body, a case, a place or a search by e-mail. Nothing of it can be read here: each act is one function.

The form has a page of its own, the only one of the portal with a cookie (against forged forms). The pages behind the
links of a letter have none: who holds the secret in the address is who may act, and a mail program's one click must
work without a form (RFC 8058). A GET changes nothing, so that a mail scanner confirms nothing.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.core.doors import public
from sagsgang.portal import wall_calls
from sagsgang.portal.followed import BODY, CASE, PLACE, SEARCH, Followed, followed
from sagsgang.portal.forms.following import FollowForm, PaceForm
from sagsgang.portal.pages import plain_page
from sagsgang.portal.views import authority_of
from sagsgang.portal.wall_calls import Following
from sagsgang.publication import queries

_NAMED = {"udvalg": BODY, "sag": CASE, "sted": PLACE, "soeg": SEARCH}


@csrf_protect
@public
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The form: what is named in the address, or a place that she writes. A letter asks her to confirm."""
    if request.method != "POST":
        kind, value = next(
            ((kind, request.GET[name]) for name, kind in _NAMED.items() if name in request.GET), ("", "")
        )
        what = followed(kind or PLACE, *_target(kind, value))
        if what is None and kind not in {"", PLACE}:
            raise Http404
        initial = {"kind": kind or PLACE, "target": what.target if what else None, "words": what.words if what else ""}
        return _form_page(request, FollowForm(initial=initial), what)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, form.followed, status=422)
    facts = form.cleaned_data
    accepted = wall_calls.follow(
        facts["kind"], facts["target"], facts["words"], facts["pace"], get_language() or "da", facts["address"]
    )
    if not accepted:
        form.add_error(None, gettext("Very many have asked within the last hour. Please try again in an hour."))
        return _form_page(request, form, form.followed, status=429)
    return redirect("portal:follow-asked")


def _target(kind: str, value: str) -> tuple[UUID | None, str]:
    if kind not in {BODY, CASE}:
        return None, value
    try:
        return UUID(value), ""
    except ValueError:
        raise Http404 from None


def _form_page(request: HttpRequest, form: FollowForm, what: Followed | None, *, status: int = 200) -> HttpResponse:
    # What is named in the address is not asked for again; a place can still be changed.
    form.fix_words(fixed=what is not None and what.kind == SEARCH)
    context = {"form": form, "what": what, "authority": authority_of(queries.bodies())}
    return _unkept(render(request, "portal/follow.html", context, status=status))


@public
@require_safe
def follow_asked(request: HttpRequest) -> HttpResponse:
    """Look in your mail: the same words, whether the address is known or not."""
    return _page("portal/follow_asked.html", {})


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button that confirms; a GET alone does not."""
    if request.method == "POST":
        return redirect("portal:followings", token) if wall_calls.confirm(token) else _gone()
    here = next((row for row in wall_calls.followings(token) if row.is_here), None)
    if here is None:
        return _gone()
    if here.is_confirmed:
        return redirect("portal:followings", token)
    return _page("portal/follow_confirm.html", {"row": here, "what": _followed(here), "token": token})


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """A button that ends what the letter was about; a mail program's POST does the same (RFC 8058)."""
    if request.method == "POST":
        wall_calls.end(token)
        return _page("portal/follow_left.html", {})
    here = next((row for row in wall_calls.followings(token) if row.is_here), None)
    if here is None:
        return _page("portal/follow_left.html", {})
    return _page("portal/follow_leave.html", {"row": here, "what": _followed(here), "token": token})


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def followings(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that the holder of a letter follows; how often letters come, and what is to end."""
    rows = wall_calls.followings(token)
    if not rows:
        return _gone()
    if request.method != "POST":
        shown = [(row, _followed(row)) for row in rows if row.is_confirmed]
        return _page("portal/followings.html", {"rows": shown, "address": rows[0].address, "token": token})
    return _changed(request, token)


def _changed(request: HttpRequest, token: str) -> HttpResponse:
    if "end-all" in request.POST:
        wall_calls.end(token, everything=True)
        return _page("portal/follow_left.html", {})
    form = PaceForm(request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        if "end" in request.POST:
            wall_calls.end(token, facts["following"])
        elif facts["pace"]:
            wall_calls.pace(token, facts["following"], facts["pace"])
    return redirect("portal:followings", token)


def _followed(row: Following) -> Followed | None:
    return followed(row.kind, row.target, row.words)


def _gone() -> HttpResponse:
    return _page("portal/follow_gone.html", {}, status=404)


def _page(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    # Rendered without the request: these pages set no cookie.
    return _private(plain_page(template, context | {"authority": authority_of(queries.bodies())}, status=status))


def _private(answer: HttpResponse) -> HttpResponse:
    """Kept by nobody, and its address told to nobody: it may hold a secret."""
    # Not for the form: a browser that tells no address sends "Origin: null", which the guard against forged forms refuses.
    answer.headers["Referrer-Policy"] = "no-referrer"
    return _unkept(answer)


def _unkept(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
