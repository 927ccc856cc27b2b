"""The line that listeners hold open: server-sent events, each with the number of a meeting's newest act and no more.

An ASGI application of its own, since a held line would take a thread of the web server for each listener. One
connection to the database listens for all; whoever asks for a page afterwards gets what she may read.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import psycopg

from sagsgang.sittings.tickets import read_ticket

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]

CHANNEL = "sitting"
HEARTBEAT = 15.0  # seconds between signs of life, so that a dead line is noticed on either side
RETRY = 2000  # milliseconds after which a browser calls again
PATIENCE = (0.2, 0.5, 1.0, 2.0, 5.0)  # seconds before the database is called again; the last one for ever
_NEWEST = "SELECT coalesce(max(number), 0) FROM sittings_sittingact WHERE meeting_id = %s"
_log = logging.getLogger(__name__)


class Line:
    """The ASGI application: ``GET /line?ticket=…`` is a stream of events for one meeting."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._listeners: dict[UUID, set[asyncio.Queue[int]]] = defaultdict(set)
        self._database: psycopg.AsyncConnection | None = None
        self._asking = asyncio.Lock()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one connection, or (lifespan) begin and end the listening to the database."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        listening = asyncio.create_task(self._listen())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        listening.cancel()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        ticket = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("ticket", [""])[0]
        meeting = read_ticket(ticket)
        if scope["path"] != "/line" or scope["method"] != "GET" or meeting is None:
            await _refuse(send)
            return
        async with self._place(meeting) as queue:
            await _begin(send)
            stream = asyncio.create_task(self._stream(meeting, queue, send))
            gone = asyncio.create_task(_gone(receive))
            _, pending = await asyncio.wait({stream, gone}, return_when=asyncio.FIRST_COMPLETED)
            for task in pending:
                task.cancel()
            await asyncio.gather(stream, gone, return_exceptions=True)

    @asynccontextmanager
    async def _place(self, meeting: UUID) -> AsyncIterator[asyncio.Queue[int]]:
        queue: asyncio.Queue[int] = asyncio.Queue()
        self._listeners[meeting].add(queue)
        try:
            yield queue
        finally:
            self._listeners[meeting].discard(queue)
            if not self._listeners[meeting]:
                del self._listeners[meeting]

    async def _stream(self, meeting: UUID, queue: asyncio.Queue[int], send: Send) -> None:
        """First where the meeting stands, then every new number; a sign of life when nothing happens."""
        number = await self._newest(meeting)
        if number is not None:
            await _tell(send, number)
        while True:
            try:
                number = await asyncio.wait_for(queue.get(), HEARTBEAT)
            except TimeoutError:
                await _send(send, b": \n\n")
                continue
            while not queue.empty():
                number = max(number, queue.get_nowait())
            await _tell(send, number)

    async def _newest(self, meeting: UUID) -> int | None:
        """The number of the newest act; None while the database is away."""
        if self._database is None:
            return None
        try:
            async with self._asking:
                row = await (await self._database.execute(_NEWEST, [meeting])).fetchone()
        except psycopg.OperationalError:
            return None
        return int(row[0]) if row else None

    async def _listen(self) -> None:
        """Hold two connections, one to hear and one to ask; call again when they break, and tell all where they stand."""
        failures = 0
        while True:
            try:
                async with (
                    await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True) as hearing,
                    await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True) as asking,
                ):
                    await hearing.execute(f"LISTEN {CHANNEL}")
                    self._database, failures = asking, 0
                    await self._catch_up()
                    async for notice in hearing.notifies():
                        self._hand_out(notice.payload)
            except psycopg.OperationalError:
                _log.warning("the line lost the database and calls again")
            finally:
                self._database = None
            await asyncio.sleep(PATIENCE[min(failures, len(PATIENCE) - 1)])
            failures += 1

    async def _catch_up(self) -> None:
        for meeting in list(self._listeners):
            number = await self._newest(meeting)
            for queue in self._listeners.get(meeting, ()):
                queue.put_nowait(number or 0)

    def _hand_out(self, payload: str) -> None:
        """``<meeting>:<number>``; anything else on the channel is not ours."""
        meeting, _, number = payload.partition(":")
        try:
            listeners = self._listeners.get(UUID(meeting), set())
            for queue in listeners:
                queue.put_nowait(int(number))
        except ValueError:
            _log.warning("a notice of an unknown form on the line")


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b""})


async def _begin(send: Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        # The ticket, and no cookie, says who may listen; so any page of the house may ask, whatever its port.
        (b"access-control-allow-origin", b"*"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await _send(send, f"retry: {RETRY}\n\n".encode())


async def _tell(send: Send, number: int) -> None:
    await _send(send, f"id: {number}\ndata: {number}\n\n".encode())


async def _send(send: Send, words: bytes) -> None:
    await send({"type": "http.response.body", "body": words, "more_body": True})
