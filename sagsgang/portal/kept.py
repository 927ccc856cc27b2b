"""Public answers kept whole, in front of Django: what nothing has moved since is given without being made.

Never by time alone: before each answer the database is asked, in one small query, whether anything public has moved
(`pub.edition`, which triggers of the database move with every change in `pub`). A withdrawn meeting is gone at once,
from every process.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connections
from django.utils.http import parse_etags
from django.utils.timezone import localdate

from sagsgang.portal.pages import KEEP
from sagsgang.publication.queries import WALL, edition

type Headers = list[tuple[str, str]]
type Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

ROOM = 64 * 1024 * 1024  # bytes of pages in one process
_OF_AN_UNCHANGED = {"etag", "cache-control", "last-modified", "content-security-policy", "vary"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it went out, and of what it was true: the edition of all that is public, and the day."""

    edition: UUID
    day: date
    headers: Headers
    etag: str
    content: bytes


class KeptAnswers:
    """A WSGI application around the site's own, for the pages that say they may be kept (`pages.KEEP`)."""

    def __init__(self, application: Application, *, room: int = ROOM) -> None:
        self._application = application
        self._room = room
        self._used = 0
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer from what is kept, or let the site answer and keep that."""
        if environ["REQUEST_METHOD"] != "GET" or environ.get("QUERY_STRING"):
            return self._application(environ, start_response)
        now = _now()
        if now is None:
            return self._application(environ, start_response)
        # By host too: an address under a name that is not ours is refused by the site, and never kept.
        key = f"{environ.get('wsgi.url_scheme')} {environ.get('HTTP_HOST')} {environ['PATH_INFO']}"
        answer = self._kept.get(key)
        if answer is not None and (answer.edition, answer.day) == now:
            return _given(answer, environ, start_response)
        return self._made(key, now, environ, start_response)

    def _made(
        self, key: str, now: tuple[UUID, date], environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        said: list[tuple[str, Headers]] = []

        def hear(status: str, headers: Headers, *rest: Any) -> Any:
            said.append((status, headers))
            plain = [pair for pair in headers if pair[0] != KEEP]
            return start_response(status, plain, *rest)

        parts = self._application(environ, hear)
        status, headers = said[-1]
        names = {name.lower(): value for name, value in headers}
        if status[:3] == "200" and KEEP.lower() in names and "set-cookie" not in names:
            content = b"".join(parts)
            close = getattr(parts, "close", None)
            if close:
                close()
            self._keep(key, Answer(*now, [pair for pair in headers if pair[0] != KEEP], names["etag"], content))
            return [content]
        return parts

    def _keep(self, key: str, answer: Answer) -> None:
        """Put it in; what was put in first goes first when there is no room."""
        with self._lock:
            old = self._kept.pop(key, None)
            self._used += len(answer.content) - (len(old.content) if old else 0)
            self._kept[key] = answer
            while self._used > self._room:
                _, gone = self._kept.popitem(last=False)
                self._used -= len(gone.content)


def _now() -> tuple[UUID, date] | None:
    """What a kept answer must be true of; None when the database does not say."""
    try:
        return edition(), localdate()
    except DatabaseError:
        connections[WALL].close()
        return None


def _given(answer: Answer, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    if answer.etag in parse_etags(environ.get("HTTP_IF_NONE_MATCH", "")):
        headers = [pair for pair in answer.headers if pair[0].lower() in _OF_AN_UNCHANGED]
        start_response("304 Not Modified", headers)
        return []
    start_response("200 OK", answer.headers)
    return [answer.content]
