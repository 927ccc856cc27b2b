"""Rich text and days as the staff site's pages show them. Pure."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.documents import richtext

NO_HTML = SafeString("")


def safe_html(html: str) -> SafeString:
    """Stored rich text for a page. It was cleaned when it came in, and is cleaned again: a reader pays with nothing."""
    return mark_safe(richtext.clean(html))  # noqa: S308 - nh3 has just cleaned it


def day_words(day: date) -> str:
    """The day in words."""
    return date_format(day, "DATE_FORMAT")


def reading_mark(reader: User, at: datetime) -> str:
    """What stands on closed material that somebody has fetched: for whom it is, and when she got it (R23)."""
    when = date_format(localtime(at), "j. F Y H.i")
    return gettext("Closed. Fetched by {name} on {when}").format(name=str(reader), when=when)
