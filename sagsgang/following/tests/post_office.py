"""Released meetings to write letters about, to somebody who follows."""

import re
from email.message import EmailMessage
from uuid import UUID

from django.db import connection
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.following import actions
from sagsgang.following.models import Follower, Subscription
from sagsgang.following.queries.telling import letters_to_send
from sagsgang.following.tasks import send_letter
from sagsgang.meetings.actions import restore_meeting
from sagsgang.meetings.drafts import MeetingDraft
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.models import PublicMeeting, Release
from tests.mail_box import text_of

ADDRESS = "anna@borger.example"


def send_all() -> int:
    """What the clock and the worker do: find, write, send; answers how many letters were due."""
    actions.find_news(now())
    actions.write_letters(now())
    due = letters_to_send(now())
    for pk in due:
        send_letter(str(pk))
    return len(due)


def link_in(letter: EmailMessage, act: str) -> str:
    """The path of a link of ours: bekraeft, afmeld or mine."""
    found = re.search(rf"https?://[^/]+((?:/en)?/foelg/{act}/[\w-]+/)", text_of(letter))
    assert found
    return found[1]


def clerk() -> User:
    """The first of the two who release."""
    return User.objects.get_or_create(username="første")[0]


def follows(kind: str, target: UUID | None = None, words: str = "", *, pace: str = "at_once") -> Subscription:
    """Somebody who follows, and has confirmed."""
    follower = Follower.objects.get_or_create(address=ADDRESS)[0]
    return Subscription.objects.create(
        follower=follower, kind=kind, target=target, words=words, pace=pace, confirmed_at=now()
    )


def release(body: object, draft: MeetingDraft, *, kind: str = "minutes", reason: str = "") -> PublicMeeting:
    """Take the meeting into the house and let it out, by two persons; answers what the public sees."""
    first, second = (User.objects.get_or_create(username=name)[0] for name in ("første", "anden"))
    meeting = restore_meeting(body, draft, actor=first).meeting  # type: ignore[arg-type]
    released: Release = release_meeting(meeting, kind=kind, prepared_by=first, released_by=second, public_reason=reason)
    return PublicMeeting.objects.select_related("body", "release").get(release=released)


def rows_of(table: str) -> int:
    """How many rows a table holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])
