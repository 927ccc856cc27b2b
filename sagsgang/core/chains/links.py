"""Whether the chains of a table hold by themselves: one query a table, computed by the database, judged by our formula."""

from dataclasses import dataclass

from django.db import connection

from sagsgang.core.chains.faults import Break, Fault
from sagsgang.core.chains.tables import ChainTable


@dataclass(frozen=True, slots=True)
class ChainState:
    """One chain: how many links, the number and seal of the last one, and the first that does not hold."""

    chain: str
    length: int
    number: int
    head: str
    broken: Break | None


def chain_states(table: ChainTable) -> dict[str, ChainState]:
    """Every chain of the table by its name. A chain cannot show by itself that its last links are missing."""
    return _states(table, "true", [])


def chain_state(table: ChainTable, chain: str) -> ChainState:
    """One chain; without links it is whole, and has no head."""
    return _states(table, f"{table.chain} = %s", [chain]).get(chain, ChainState(chain, 0, 0, "", None))


def _states(table: ChainTable, where: str, parameters: list[str]) -> dict[str, ChainState]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT chain, count(*), max(number), (array_agg(seal ORDER BY place DESC))[1],
                min(least(number, place)) FILTER (WHERE fault <> ''),
                (array_agg(fault ORDER BY place) FILTER (WHERE fault <> ''))[1]
            FROM ({table.links_sql(where)}) AS links GROUP BY chain ORDER BY chain COLLATE "C"
            """,  # noqa: S608 - our own words, from `tables`
            parameters,
        )
        return {row[0]: _state(*row) for row in cursor.fetchall()}


def _state(chain: str, length: int, number: int, head: str, broken: int | None, fault: str | None) -> ChainState:
    # A link that somebody put in may have the number 0.
    return ChainState(
        chain, length, number, head, Break(broken, Fault(fault)) if broken is not None and fault else None
    )
