"""Of what each page is a function: the rows whose move makes a new edition of it."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils.timezone import make_aware

from sagsgang.portal.pages import Edition
from sagsgang.publication.models import PublicBody, PublicCase, PublicItem, PublicMeeting


def of_all(bodies: Sequence[PublicBody]) -> Edition:
    """Everything that is released."""
    versions = sorted(f"{body.pk} {body.version}" for body in bodies)
    return Edition(tuple(versions), max((body.changed_at for body in bodies), default=None))


def of_all_today(bodies: Sequence[PublicBody], today: date) -> Edition:
    """Everything that is released, parted by what is today: a page that says what comes next."""
    edition = of_all(bodies)
    midnight = make_aware(datetime.combine(today, time.min))
    return Edition((today, *edition.parts), max(edition.changed_at or midnight, midnight))


def of_body(body: PublicBody) -> Edition:
    """All releases of one body."""
    return Edition((body.version,), body.changed_at)


def of_meeting(meeting: PublicMeeting) -> Edition:
    """One meeting's release, under the present name of its body."""
    body = meeting.body
    return Edition((meeting.version, body.name, body.code, body.slug), meeting.changed_at)


def of_body_today(body: PublicBody, today: date) -> Edition:
    """All releases of one body and its calendar, parted by what is today: a page that says what comes next."""
    midnight = make_aware(datetime.combine(today, time.min))
    return Edition((today, body.version), max(body.changed_at, midnight))


def of_case(case: PublicCase) -> Edition:
    """All releases that show a case."""
    return Edition((case.version,), case.changed_at)


def of_item(item: PublicItem) -> Edition:
    """The release of an item, and those of the other items of its case: its page draws the path."""
    own = of_meeting(item.meeting)
    if item.case is None:
        return own
    times = [at for at in (own.changed_at, item.case.changed_at) if at]
    return Edition((*own.parts, item.case.version), max(times))
