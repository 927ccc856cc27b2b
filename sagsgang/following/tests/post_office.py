"""A real mail server on loopback, and released meetings to write letters about."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
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

ADDRESS = "anna@borger.example"


@dataclass
class Box:
    """What came in; `answer` is what the server says to each recipient instead of yes."""

    url: str = ""
    raw: list[bytes] = field(default_factory=list)
    answer: str = ""

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Yes, or what the test has set."""
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the bytes."""
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        return "250 OK"

    @property
    def letters(self) -> list[EmailMessage]:
        """What came in, read."""
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]


@contextmanager
def mail_server() -> Iterator[Box]:
    """A mail server on a free port."""
    box = Box()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        box.url = f"smtp://127.0.0.1:{port}"
        yield box
    finally:
        controller.stop()


def send_all() -> int:
    """What the clock and the worker do: find, write, send; answers how many letters were due."""
    actions.find_news(now())
    actions.write_letters(now())
    due = letters_to_send(now())
    for pk in due:
        send_letter(str(pk))
    return len(due)


def text_of(letter: EmailMessage) -> str:
    """The plain text."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def html_of(letter: EmailMessage) -> str:
    """The same as HTML."""
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content())


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
