"""The heads of the chains, kept in a file outside the database: what shows that a chain's last links are missing.

`heads.jsonl` holds lines such as ``{"kind": "audit", "at": "…", "whole": true, "heads": {"<chain>": [7, "<seal>"]}}``.
A `whole` line names every chain of its table; other lines follow it, each with what was kept since.
"""

import fcntl
import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection
from django.utils.timezone import now

from sagsgang.core.chains.faults import Break, Fault, first_of
from sagsgang.core.chains.links import ChainState, chain_state
from sagsgang.core.chains.tables import ChainTable

# Between two machines' clocks.
_SKEW = "interval '1 minute'"
_LARGEST = 2**31 - 1
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of a chain as it was at `at`."""

    number: int
    seal: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """The heads of a table's chains; `at` = when all of them were kept together, None = never."""

    heads: dict[str, Head] = field(default_factory=dict)
    at: datetime | None = None


class HeadsFile:
    """The file of heads in `folder` (0700; the file 0600). Several processes may read and write it at once."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or settings.HEADS
        self.path = self.folder / "heads.jsonl"

    def read(self) -> tuple[dict[str, Kept], int]:
        """What is kept for each kind of chain, and how many lines could not be read. No file = nothing kept.

        Raises `OSError` if there is a file that may not be read.
        """
        kept: dict[str, Kept] = {}
        unreadable = 0
        try:
            lines = self.path.read_bytes().splitlines()
        except FileNotFoundError:
            return {}, 0
        for line in lines:
            try:
                _take(kept, json.loads(line))
            except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
                unreadable += 1
        return kept, unreadable

    def replace(self, states: Mapping[str, Mapping[str, ChainState]], at: datetime) -> None:
        """Keep every head of these kinds as they were at `at`, unless another process has kept later ones."""
        with self._locked():
            if any(at < head.at <= now() for one in self.read()[0].values() for head in one.heads.values()):
                return
            self._put(self.path, "".join(_line(kind, of_kind, at, whole=True) for kind, of_kind in states.items()))

    def add(self, kind: str, state: ChainState, at: datetime) -> None:
        """Keep the head of one chain."""
        with self._locked(), _opened(self.path, "a") as file:
            # After a torn line (a machine that stopped in the middle) the new one begins on its own.
            torn = self.path.stat().st_size > 0 and not self.path.read_bytes().endswith(b"\n")
            file.write("\n" * torn + _line(kind, {state.chain: state}, at, whole=False))
            file.flush()
            os.fsync(file.fileno())
            self._give(self.path)

    def looked_on(self) -> str:
        """The day on which all chains were last looked through for the day's sake, ISO; '' = never, or unreadable."""
        try:
            return str(json.loads((self.folder / "looked.json").read_bytes())["day"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def looked(self, day: str, *, is_whole: bool) -> None:
        """Note that all chains were looked through on this day, and whether they held."""
        with self._locked():
            self._put(self.folder / "looked.json", json.dumps({"day": day, "ok": is_whole}) + "\n")

    def _put(self, path: Path, text: str) -> None:
        """All of it or nothing: also a machine that stops in the middle leaves the old file."""
        part = path.with_suffix(f".{os.getpid()}")
        with _opened(part, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        self._give(part)
        part.replace(path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if not self.folder.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _give(self.folder, like=self.folder.parent)
        lock = self.folder / "lock"
        with _opened(lock, "a") as file:
            self._give(lock)
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _give(self, path: Path) -> None:
        _give(path, like=self.folder)


def oldest_moment() -> datetime:
    """The moment before which nothing new can be committed: now, or when the oldest act under way began.

    To be asked before the chains are read: whatever they do not show yet has a later time.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        oldest: datetime | None = cursor.fetchone()[0]
    return min(now(), oldest) if oldest else now()


def kept_breaks(table: ChainTable, kept: Kept, states: Mapping[str, ChainState]) -> dict[str, Break]:
    """The chains among `states` or in `kept` that are not what they were, plus what has come since."""
    found = _backdated(table, kept)
    for chain in _not_as_kept(table, kept):
        head, length = kept.heads[chain], states[chain].length if chain in states else 0
        gone = Break(length + 1, Fault.GONE) if length < head.number else Break(head.number, Fault.ALTERED)
        found[chain] = first_of(gone, found.get(chain)) or gone
    return found


def keep_head(table: ChainTable, chain: str) -> bool:
    """Keep the head of one chain, after the act that made it was committed; False if the chain does not hold.

    Never raises for the file's sake: the act is done, and the day's keeping comes again.
    """
    try:
        file = HeadsFile()
        kept = file.read()[0].get(table.kind, Kept())
        at = oldest_moment()
        state = chain_state(table, chain)
        own = Kept({chain: kept.heads[chain]} if chain in kept.heads else {}, None)
        if state.broken or kept_breaks(table, own, {chain: state}):
            _log.error("chain %s %s does not hold; its head is not kept", table.kind, chain)
            return False
        if state.length:
            file.add(table.kind, state, at)
    except OSError as error:
        _log.error("the head of chain %s %s was not kept: %s", table.kind, chain, error.strerror)
        return False
    return True


def _not_as_kept(table: ChainTable, kept: Kept) -> list[str]:
    """Chains in which the kept link is missing or has another seal."""
    if not kept.heads:
        return []
    heads = kept.heads.values()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT kept.chain FROM unnest(%s::text[], %s::int[], %s::text[]) AS kept(chain, number, seal)
            LEFT JOIN (SELECT ({table.chain})::text AS chain, {table.number} AS number, {table.seal} AS seal
                       FROM {table.source}) AS link USING (chain, number)
            WHERE link.seal IS DISTINCT FROM kept.seal
            """,  # noqa: S608 - our own words, from `tables`
            [list(kept.heads), [head.number for head in heads], [head.seal for head in heads]],
        )
        return [row[0] for row in cursor.fetchall()]


def _backdated(table: ChainTable, kept: Kept) -> dict[str, Break]:
    """Links beyond the kept head that say they were there before it was kept."""
    if not kept.heads and kept.at is None:
        return {}
    heads = kept.heads.values()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT link.chain, min(link.number)
            FROM (SELECT ({table.chain})::text AS chain, {table.number} AS number, {table.at} AS at
                  FROM {table.source}) AS link
            LEFT JOIN unnest(%s::text[], %s::int[], %s::timestamptz[]) AS kept(chain, number, at) USING (chain)
            WHERE link.number > coalesce(kept.number, 0) AND link.at < coalesce(kept.at, %s) - {_SKEW}
            GROUP BY link.chain
            """,  # noqa: S608 - our own words, from `tables`
            [list(kept.heads), [head.number for head in heads], [head.at for head in heads], kept.at],
        )
        return {chain: Break(number, Fault.BACKDATED) for chain, number in cursor.fetchall()}


def _take(kept: dict[str, Kept], line: dict[str, object]) -> None:
    """One line of the file on top of the lines before it."""
    kind, at = str(line["kind"]), datetime.fromisoformat(str(line["at"]))
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    heads = line["heads"]
    if not isinstance(heads, dict):
        raise TypeError("no heads")
    read = {str(chain): Head(int(number), str(seal), at) for chain, (number, seal) in heads.items()}
    if any(not 0 <= head.number <= _LARGEST for head in read.values()):
        raise ValueError("a number that no link can have")
    if line["whole"]:
        kept[kind] = Kept(read, at)
    else:
        before = kept.get(kind, Kept())
        kept[kind] = Kept(before.heads | read, before.at)


def _line(kind: str, states: Mapping[str, ChainState], at: datetime, *, whole: bool) -> str:
    heads = {state.chain: (state.number, state.head) for state in states.values()}
    line = {"kind": kind, "at": at.isoformat(), "whole": whole, "heads": heads}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"


def _give(path: Path, *, like: Path) -> None:
    """What root has written belongs to whom the folder belongs to, so that the house can go on with it."""
    owner = like.stat()
    if os.geteuid() == 0 and owner.st_uid != path.stat().st_uid:
        os.chown(path, owner.st_uid, owner.st_gid)


def _opened(path: Path, mode: str) -> IO[str]:
    """Open for writing (w, a) a file that nobody but its owner may read."""
    flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if mode == "a" else os.O_TRUNC)
    return os.fdopen(os.open(path, flags, 0o600), mode, encoding="utf-8")
