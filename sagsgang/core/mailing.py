"""The way to the mail server: one message, one conversation. Knows no rows."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext, override

PATIENCE = 20.0  # seconds for each answer
_PORTS = {"smtp": 25, "smtps": 465}
# A letter that could not be delivered is tried again after so long; after the last it is given up.
_WAITS = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8),
    timedelta(hours=24),
)  # fmt: skip
# A letter that has failed with tries left was refused for good (SMTP 5xx); else no mail server was there to ask.
LAST_RETRY = len(_WAITS)


def next_try(tries: int, now: datetime) -> datetime | None:
    """When a letter that has been tried so often is tried again, or None."""
    return now + _WAITS[tries - 1] if tries <= len(_WAITS) else None


class RefusedError(Exception):
    """The mail server will not take the letter, now or later; `code` is its SMTP code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class UnreachedError(Exception):
    """The mail server could not be reached, or cannot take the letter now; `code` is its SMTP code, or 0."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(str(code))
        self.code = code


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server, as SAGSGANG_SMTP names it: ``smtp://user:password@host:port`` or ``smtps://…``.

    By `smtp` with a password the line is encrypted before the password is said (STARTTLS), or nothing is.
    """

    scheme: str
    host: str
    port: int
    user: str
    password: str

    @classmethod
    def at(cls, address: str) -> "Server":
        """Read the address. Raises ValueError for one that is none."""
        facts = urlsplit(address)
        if facts.scheme not in _PORTS or not facts.hostname:
            raise ValueError("SAGSGANG_SMTP: smtp://user:password@host:port or smtps://…")
        port = facts.port or _PORTS[facts.scheme]
        return cls(facts.scheme, facts.hostname, port, unquote(facts.username or ""), unquote(facts.password or ""))

    def post(self, message: EmailMessage) -> None:
        """Hand the message over. Raises RefusedError or UnreachedError."""
        try:
            with self._connected() as connection:
                connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as refusal:
            raise _refusal(max(code for code, _words in refusal.recipients.values())) from None
        except smtplib.SMTPResponseException as refusal:
            raise _refusal(refusal.smtp_code) from None
        except (OSError, smtplib.SMTPException):
            raise UnreachedError from None

    def _connected(self) -> smtplib.SMTP:
        if self.scheme == "smtps":
            trusted = ssl.create_default_context()
            connection: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=trusted)
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        try:
            if self.user:
                if self.scheme == "smtp":
                    connection.starttls(context=ssl.create_default_context())
                connection.login(self.user, self.password)
        except BaseException:
            connection.close()
            raise
        return connection


def _refusal(code: int) -> RefusedError | UnreachedError:
    """5xx is for ever, 4xx for now. A password or a sender that is refused is our own fault, and can be mended."""
    return RefusedError(code) if code in {550, 551, 552, 553, 554} else UnreachedError(code)


def refusal_words(code: int, *, for_ever: bool) -> str:
    """What became of a letter, in a Danish sentence of our own: what the server said may repeat the address."""
    with override("da"):
        if for_ever:
            return gettext("The mail server does not take letters to this address ({code}).").format(code=code)
        if code:
            return gettext("The mail server could not take the letter ({code}).").format(code=code)
        return gettext("The mail server did not answer.")


class _OneLinePolicy(EmailPolicy):
    """As for SMTP; but an address in a header stays in one piece, which the library would encode when it is long."""

    def fold(self, name: str, value: Any) -> str:
        """One header as text."""
        return self._whole(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """One header as bytes."""
        return self._whole(name, value).encode("ascii") or super().fold_binary(name, value)

    def _whole(self, name: str, value: Any) -> str:
        return f"{name}: {value}{self.linesep}" if name.lower() in {"list-unsubscribe", "message-id"} else ""


_POLICY = _OneLinePolicy(linesep="\r\n")


def message_of(headers: dict[str, str], *, text: str, html: str) -> EmailMessage:
    """Plain text, and the same as HTML. Raises ValueError for a header with a line break in it."""
    message = EmailMessage(policy=_POLICY)
    for name, value in headers.items():
        message[name] = value
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message
