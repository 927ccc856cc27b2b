"""The outbox: which letters went to those who follow and to the staff, for the administrator and the secretaries."""

import re

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted_to
from sagsgang.accounts.models import StaffLetter, User
from sagsgang.accounts.queries import staff_letters
from sagsgang.following.models import Letter
from sagsgang.following.permissions import may_see_outbox
from sagsgang.following.queries.telling import outbox as outbox_letters
from sagsgang.following.queries.telling import resting

_SECRET = re.compile(r"(/foelg/[a-z]+/)[\w-]{20,}")


@permitted_to(may_see_outbox)
@require_safe
def outbox(request: StaffRequest) -> HttpResponse:
    """The newest letters: to whom (masked), what became of each, who rests, and its words where no mail server is set."""
    rows = [(letter, shown_text(letter)) for letter in outbox_letters()]
    context = {"rows": rows, "resting": resting().count(), "has_server": bool(settings.SMTP), "here": "outbox"}
    context["staff"] = [(letter, letter.text if _reads(request.user, letter) else "") for letter in staff_letters()]
    return render(request, "following/outbox.html", context)


def _reads(user: User, letter: StaffLetter) -> bool:
    """The words of a letter within the house are hers to whom it goes, but for the demo, which has no other post."""
    return settings.DEMO or letter.user_id == user.pk


def shown_text(letter: Letter) -> str:
    """The words; outside the demo without the secrets in the links, which are the follower's alone."""
    return letter.text if settings.DEMO else _SECRET.sub(r"\1…", letter.text)
