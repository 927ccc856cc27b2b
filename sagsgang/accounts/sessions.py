"""A login lasts its hours from when she was last at work, where the work may not be broken off."""

from django.http import HttpRequest
from django.utils.timezone import now

RENEWED_EVERY = 60 * 60  # seconds; the session is written once in this time, not with each request
_RENEWED = "renewed_at"


def stay_signed_in(request: HttpRequest) -> None:
    """Let the login of who acts now last its full time from here on, as a long meeting needs."""
    moment = int(now().timestamp())
    if moment - int(request.session.get(_RENEWED, 0)) >= RENEWED_EVERY:
        request.session[_RENEWED] = moment  # a changed session gets its whole age anew
