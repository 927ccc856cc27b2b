"""Logging in. htmx follows a redirect to the login by itself; the page it came from must not be swapped away."""

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from sagsgang.core.doors import public

_page = LoginView.as_view(template_name="accounts/login.html", redirect_authenticated_user=True)


@public
def login(request: HttpRequest) -> HttpResponse:
    """The login page; to htmx, whose session has ended, a sentence that is put above what was typed."""
    if "HX-Request" in request.headers and request.method == "GET":
        response = render(request, "accounts/login.html#session-ended", status=401)
        response["HX-Retarget"] = "#main-content"
        response["HX-Reswap"] = "afterbegin"
    else:
        answer = _page(request)
        assert isinstance(answer, HttpResponse)
        response = answer
    patch_vary_headers(response, ["HX-Request"])
    return response
