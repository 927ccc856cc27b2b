"""The outbox: which letters went to those who follow, for the administrator and the secretaries."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import permitted_to
from sagsgang.following.models import Letter
from sagsgang.following.permissions import may_see_outbox
from sagsgang.following.queries.telling import outbox as outbox_letters
from sagsgang.following.queries.telling import resting

_SECRET = re.compile(r"(/foelg/[a-z]+/)[\w-]{20,}")


@permitted_to(may_see_outbox)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest letters: to whom (masked), what became of each, who rests, and its words where no mail server is set."""
    rows = [(letter, shown_text(letter)) for letter in outbox_letters()]
    context = {"rows": rows, "resting": resting().count(), "has_server": bool(settings.SMTP), "here": "outbox"}
    return render(request, "following/outbox.html", context)


def shown_text(letter: Letter) -> str:
    """The words; outside the demo without the secrets in the links, which are the follower's alone."""
    return letter.text if settings.DEMO else _SECRET.sub(r"\1…", letter.text)
