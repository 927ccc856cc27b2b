"""Every chain of the house looked through, and its heads kept outside the database once a day."""

import hashlib
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from sagsgang.core.chains import (
    AUDIT,
    Break,
    ChainState,
    ChainTable,
    HeadsFile,
    Kept,
    chain_states,
    kept_breaks,
    oldest_moment,
)
from sagsgang.core.chains.faults import first_of
from sagsgang.protocols.chains import PROTOCOLS
from sagsgang.protocols.chains import names_of_bodies as bodies_with_protocols
from sagsgang.publication.chains import (
    FIGURES,
    FIGURES_RECORDS,
    FIGURES_WITHDRAWALS,
    RECORDS,
    RELEASES,
    WITHDRAWALS,
    contradictions,
)
from sagsgang.publication.chains import names_of_bodies as bodies_with_releases
from sagsgang.publication.figures.contradictions import figures_contradictions

# One line a body; the other tables have a chain for each row that something was done to, and get one line together.
_BY_BODY = (PROTOCOLS, RELEASES)
_TOGETHER = (FIGURES, FIGURES_RECORDS, FIGURES_WITHDRAWALS, RECORDS, WITHDRAWALS, AUDIT)
_LOGGED = 20  # broken chains, of perhaps thousands
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A chain as it is answered, or (`chains` > 1, or 0) all chains of a table together; `head` '' = no link."""

    kind: str
    body: str
    length: int
    head: str
    broken: Break | None
    chains: int = 1
    broken_chains: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: the lines, when the heads were last kept (None = never), and what could not be looked at."""

    lines: list[ChainLine]
    kept_at: datetime | None
    warnings: list[str]

    @property
    def is_whole(self) -> bool:
        return not any(line.broken for line in self.lines)


def verify_chains() -> Verdict:
    """Look through every chain; where all of them hold, keep their heads."""
    file = HeadsFile()
    kept, warnings = _read(file)
    at = oldest_moment()
    with _one_moment():
        states = {table.kind: chain_states(table) for table in (*_BY_BODY, *_TOGETHER)}
        broken = {
            table.kind: _breaks(table, states[table.kind], kept.get(table.kind, Kept()))
            for table in (*_BY_BODY, *_TOGETHER)
        }
        lines = [*_lines_by_body(states, broken), *_lines_together(states, broken)]
    if kept == {} and not warnings and any(states.values()):
        warnings.append(
            _("No heads were kept before: whether the last links of a chain are missing cannot be seen this time.")
        )
    verdict = Verdict(lines, max((one.at for one in kept.values() if one.at), default=None), warnings)
    if verdict.is_whole:
        _keep(file, states, at, warnings)
    return verdict


def keep_heads_daily() -> int:
    """Once a day: look through every chain, and keep the heads if all hold; answers how many chains were looked at."""
    file, today = HeadsFile(), localdate().isoformat()
    if file.looked_on() == today:
        return 0
    verdict = verify_chains()
    broken = [line for line in verdict.lines if line.broken]
    for line in broken[:_LOGGED]:
        assert line.broken
        _log.error("chain broken: %s %s no. %s: %s", line.kind, line.body, line.broken.number, line.broken.fault)
    for warning in verdict.warnings:
        _log.warning("%s", warning)
    try:
        file.looked(today, is_whole=verdict.is_whole)
    except OSError as error:
        _log.error("%s cannot be written: %s", file.folder, error.strerror)
    return sum(line.chains for line in verdict.lines if line.length)


def _read(file: HeadsFile) -> tuple[dict[str, Kept], list[str]]:
    try:
        kept, unreadable = file.read()
    except OSError as error:
        return {}, [
            _("The kept heads in %(file)s cannot be read (%(why)s), so missing last links cannot be seen.")
            % {"file": file.path, "why": error.strerror}
        ]
    if unreadable:
        return kept, [
            _("%(count)s of the lines in %(file)s cannot be read; what they kept was not looked at.")
            % {"count": unreadable, "file": file.path}
        ]
    return kept, []


def _keep(file: HeadsFile, states: Mapping[str, Mapping[str, ChainState]], at: datetime, warnings: list[str]) -> None:
    try:
        file.replace(states, at)
    except OSError as error:
        warnings.append(
            _("The heads were not kept in %(file)s (%(why)s).") % {"file": file.path, "why": error.strerror}
        )


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read inside is of one moment; inside a transaction of the caller's it is the caller's."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _breaks(table: ChainTable, states: Mapping[str, ChainState], kept: Kept) -> dict[str, Break]:
    """The first break of each chain: in itself, against its kept head, against the rows around it."""
    found = kept_breaks(table, kept, states)
    also = contradictions() if table is RELEASES else figures_contradictions() if table is FIGURES else {}
    broken: dict[str, Break] = {}
    for chain in {*states, *found, *also}:
        state = states.get(chain)
        first = first_of(state.broken if state else None, found.get(chain), also.get(chain))
        if first is not None:
            broken[chain] = first
    return broken


def _lines_by_body(
    states: Mapping[str, Mapping[str, ChainState]], broken: Mapping[str, Mapping[str, Break]]
) -> Iterator[ChainLine]:
    for table, names in ((PROTOCOLS, bodies_with_protocols()), (RELEASES, bodies_with_releases())):
        of_kind = states[table.kind]
        chains = sorted({*of_kind, *broken[table.kind]}, key=lambda chain: (names.get(chain, chain), chain))
        for chain in chains:
            yield _line(table.kind, names.get(chain, chain), of_kind.get(chain), broken[table.kind].get(chain))


def _lines_together(
    states: Mapping[str, Mapping[str, ChainState]], broken: Mapping[str, Mapping[str, Break]]
) -> Iterator[ChainLine]:
    """The table as one line, its head the digest of all heads; then a line for each chain that does not hold."""
    names = {
        "audit": "audit log",
        "figures_release": "figures",
        "figures_record": "records of figures",
        "figures_withdrawal": "withdrawals of figures",
        "release_record": "release records",
        "withdrawal": "withdrawals",
    }
    for table in _TOGETHER:
        of_kind, broken_here = states[table.kind], dict(sorted(broken[table.kind].items()))
        digest = "\n".join(f"{state.chain} {state.number} {state.head}" for state in of_kind.values())
        yield ChainLine(
            table.kind,
            names[table.kind],
            sum(state.length for state in of_kind.values()),
            hashlib.sha256(digest.encode()).hexdigest() if of_kind else "",
            next(iter(broken_here.values()), None),
            chains=len(of_kind),
            broken_chains=len(broken_here),
        )
        for chain, found in broken_here.items():
            yield _line(table.kind, chain, of_kind.get(chain), found)


def _line(kind: str, name: str, state: ChainState | None, broken: Break | None) -> ChainLine:
    length, head = (state.length, state.head) if state else (0, "")
    return ChainLine(kind, name, length, head, broken, broken_chains=int(broken is not None))
