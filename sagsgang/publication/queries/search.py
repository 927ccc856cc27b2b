"""Search in what is released: which entries a query finds, how many there are of each kind, and what was meant.

Every statement runs as the portal's role. Words are found by their stems; `websearch_to_tsquery` takes any input.
"""
# ruff: noqa: S608 - statements are put together of names of ours; what somebody typed goes beside them as a value

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError, connections

from sagsgang.publication.indexing.words import phrases_of, query_words
from sagsgang.publication.models import EntryKind
from sagsgang.publication.queries.released import WALL

PAGE_SIZE = 20
MOST = 1_000  # what is counted and paged through; one more says that there are more
RANKED_EXACTLY = 3_000  # as many hits are ranked all; of more, the newest `MOST`
_CONFIG = "'pg_catalog.danish'::regconfig"
_QUERY = f"websearch_to_tsquery({_CONFIG}, %(words)s)"
_ASKED = "(SELECT query FROM asked)"
_COUNTED = "id, body_id, year, kind, item_id"
_NEWEST = "held_on DESC, meeting_id, position, id"
_NEAR = 60  # days before the newest entry that are looked through first
_FEW = 20  # entries in them; of fewer it does not follow how far back there is enough
_REACH, _FAR = 3000, 1500  # days that are looked through next, where it follows at most; and where it does not follow
_WEIGHTS = "'{0.05, 0.3, 0.6, 1.0}'"  # of D, C, B and A


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked: words as typed, what is chosen of the facets, the order ("newest" or "best") and the page."""

    words: str = ""
    body: UUID | None = None
    year: int | None = None
    kind: str = ""
    order: str = "newest"
    page: int = 1
    goal: int | None = None

    @property
    def query(self) -> str:
        """The words as PostgreSQL gets them."""
        return query_words(self.words)


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of one page of hits, how many there are (`MOST` + 1 = more than `MOST`), and the counts of the facets.

    Where there are more than `MOST`, the facets count the newest `MOST` + 1.
    """

    total: int = 0
    ids: tuple[UUID, ...] = ()
    bodies: dict[UUID, int] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    goals: dict[int, int] = field(default_factory=dict)

    @property
    def is_capped(self) -> bool:
        """Are there more than are counted?"""
        return self.total > MOST


@dataclass(frozen=True, slots=True)
class Meaning:
    """What PostgreSQL makes of the words: their stems; `is_askable` if something is to be found, not only left out.

    `newest` is the day of the newest entry there is; `pairs` are the marks of the words that follow each other in its
    phrases, as the database makes them (migration 0013).
    """

    is_askable: bool
    stems: frozenset[str]
    newest: date | None = None
    pairs: tuple[int, ...] = ()


class TooSlowError(Exception):
    """The question took longer than the portal's role may ask."""


def meaning_of(words: str) -> Meaning:
    """The stems of a query that is fit for PostgreSQL (`Search.query`)."""
    sql = f"""
        SELECT querytree(q), tsvector_to_array(to_tsvector({_CONFIG}, %(words)s)),
          (SELECT max(held_on + 0) FROM pub.search_entry),
          ARRAY(SELECT DISTINCT unnest(pub.pairs(to_tsvector({_CONFIG}, phrase))) FROM unnest(%(phrases)s::text[]) AS phrase)
        FROM (SELECT {_QUERY} AS q) AS asked
    """
    ((tree, stems, newest, pairs),) = _rows(sql, {"words": words, "phrases": phrases_of(words)})
    return Meaning(tree not in ("", "T"), frozenset(stems), newest, tuple(pairs))


def search(asked: Search, meaning: Meaning) -> Found:
    """The entries that are found, newest or best first. `meaning` is that of `asked.query`.

    Raises `TooSlowError`.
    """
    found, is_whole = _found(asked, meaning, is_wide=True)
    return found if is_whole else _found(asked, meaning, is_wide=False)[0]


def _found(asked: Search, meaning: Meaning, *, is_wide: bool) -> tuple[Found, bool]:
    """What is found, and whether the entries that were looked at are enough to know it."""
    depth = RANKED_EXACTLY + 1 if asked.order == "best" else MOST + 1
    values: dict[str, Any] = {
        "words": asked.query,
        "pairs": list(meaning.pairs),
        "phrases": " ".join(phrases_of(asked.query)),
        "body": asked.body,
        "year": asked.year,
        "kind": asked.kind,
        "goal": asked.goal,
        "most": MOST + 1,
        "depth": depth,
        "wide": 2 * depth,
        "exactly": RANKED_EXACTLY,
        "size": PAGE_SIZE,
        "skip": (asked.page - 1) * PAGE_SIZE,
    }
    total, seen, ids, counts = 0, 0, [], {"body": {}, "year": {}, "kind": {}, "goal": {}}  # type: ignore[var-annotated]
    for what, name, count in _rows(_statement(asked, meaning, is_wide=is_wide), values):
        if what == "total":
            total = count
        elif what == "seen":
            seen = count
        elif what == "hit":
            ids.append((count, UUID(name)))
        else:
            counts[what][name] = count
    found = Found(
        min(total, MOST + 1),
        tuple(pk for _, pk in sorted(ids)),
        {UUID(name): count for name, count in counts["body"].items()},
        {int(name): count for name, count in counts["year"].items()},
        counts["kind"],
        {int(name): count for name, count in counts["goal"].items()},
    )
    return found, not is_wide or bool(asked.kind) or seen < 2 * depth or total >= depth


def search_version() -> list[str]:
    """The mark of all that is searched: it moves with every entry that comes or goes."""
    rows = _rows("SELECT authority, version FROM pub.search_state ORDER BY authority", {})
    return [f"{name} {version}" for name, version in rows]


def stems_stand_in(texts: dict[str, str], stems: frozenset[str]) -> set[str]:
    """The keys of the texts in which one of the stems stands."""
    sql = f"""
        SELECT key FROM unnest(%(keys)s::text[], %(texts)s::text[]) AS given (key, words)
        WHERE tsvector_to_array(to_tsvector({_CONFIG}, words)) && %(stems)s::text[]
    """
    values = {"keys": list(texts), "texts": list(texts.values()), "stems": list(stems)}
    return {key for (key,) in _rows(sql, values)}


def _statement(asked: Search, meaning: Meaning, *, is_wide: bool) -> str:
    """One statement: the page of hits, the total, and for each facet what there is when it alone is not chosen.

    Where no kind is chosen, one look gives the hits and what there is of each kind (`is_wide`): a decision's words stand
    in its item's entry too, so that among twice as many entries there are enough hits, but where a word is left out.
    """
    is_best = asked.order == "best"
    is_wide = is_wide and not asked.kind
    looks = _Looks(asked, meaning)
    kept = _COUNTED + (", vector" if is_best else "")
    leave, limit = ("kind", "wide") if is_wide else ("", "depth")
    seen = looks.newest(leave=leave, limit=limit, columns=kept)
    shown = "SELECT * FROM m WHERE place <= %(most)s"
    by_body = looks.newest(leave="body") if asked.body else shown
    by_year = looks.newest(leave="year") if asked.year else shown
    by_goal = looks.newest(leave="goal") if asked.goal else shown
    by_kind = "SELECT * FROM seen WHERE nth <= %(most)s" if is_wide else looks.newest(leave="kind")
    rank = f"""
        SELECT id, row_number() OVER (ORDER BY rank DESC, place) AS no FROM (
          SELECT id, place, ts_rank({_WEIGHTS}, vector, {_ASKED}, 1) AS rank FROM m, size
          WHERE n <= %(exactly)s OR place <= %(most)s - 1
        ) AS ranked
    """
    return f"""
        WITH asked AS MATERIALIZED (
          SELECT {_QUERY} AS query, plainto_tsquery({_CONFIG}, %(phrases)s) AS phrases
        ), {looks.first}
        seen AS MATERIALIZED (
          SELECT {kept}, row_number() OVER in_order AS nth, count(*) FILTER (WHERE {_kind(asked)}) OVER in_order AS place
          FROM ({seen}) AS found WINDOW in_order AS (ROWS UNBOUNDED PRECEDING)
        ),
        m AS NOT MATERIALIZED (SELECT * FROM seen WHERE {_kind(asked)}),
        size AS (SELECT least(count(*), %(depth)s) AS n FROM m),
        hits AS ({rank if is_best else "SELECT id, place AS no FROM m"})
        SELECT 'total', '', n FROM size UNION ALL SELECT 'seen', '', count(*) FROM seen
        UNION ALL SELECT 'hit', id::text, no FROM hits
          WHERE no > %(skip)s AND no <= %(skip)s + %(size)s AND no <= %(most)s - 1
        UNION ALL SELECT 'body', body_id::text, count(*) FROM ({by_body}) AS b GROUP BY body_id
        UNION ALL SELECT 'year', year::text, count(*) FROM ({by_year}) AS y GROUP BY year
        UNION ALL SELECT 'kind', kind, count(*) FROM ({by_kind}) AS k GROUP BY kind
        UNION ALL SELECT 'goal', goal::text, count(DISTINCT g.id)
          FROM ({by_goal}) AS g JOIN pub.item_goal AS of ON of.item_id = g.item_id GROUP BY goal
    """


class _Looks:
    """The looks at the newest entries that a statement needs; `first` is what they have in front of the statement."""

    def __init__(self, asked: Search, meaning: Meaning) -> None:
        self._asked, self._meaning = asked, meaning
        self.first = ""

    def newest(self, *, leave: str = "", limit: str = "most", columns: str = _COUNTED) -> str:
        """The newest entries that fit words and facets, `leave` left out of account.

        First the days next to the newest are looked through; from what they hold follows how far back there is enough.
        The branches of the union are read in order, and those after the last one that is wanted not at all. A day that
        is NULL is in none.
        """
        asked, newest = self._asked, self._meaning.newest
        where = self._words(is_known=bool(asked.goal) and leave != "goal")
        if asked.body and leave != "body":
            where.append("body_id = %(body)s")
        if asked.year and leave != "year":
            where.append("year = %(year)s::smallint")
            newest = None  # the year's own entries are few enough
        if asked.goal and leave != "goal":
            where.append("item_id IN (SELECT item_id FROM pub.item_goal WHERE goal = %(goal)s)")
        if leave != "kind":
            where.append(_kind(asked))

        def those(*days: str) -> str:
            fits = " AND ".join([*where, *days])
            return f"(SELECT {columns} FROM pub.search_entry WHERE {fits} ORDER BY {_NEWEST} LIMIT %({limit})s)"

        if newest is None:
            return those()
        near = f"'{newest - timedelta(days=_NEAR)}'::date"
        name = f"{leave or 'no'}_left"
        self.first += f"{name} AS MATERIALIZED {those(f'held_on >= {near}')}, {_reach(name, newest, limit)},"
        # IS TRUE: only the near edge is worth a look in the index.
        branches = (
            f"SELECT * FROM {name}",
            those(f"held_on >= (SELECT day FROM {name}_reach)", f"(held_on < {near}) IS TRUE"),
            those(
                f"held_on >= (SELECT far FROM {name}_reach)",
                f"(held_on < (SELECT coalesce(day, {near}) FROM {name}_reach)) IS TRUE",
            ),
            those(f"(held_on < (SELECT coalesce(far, {near}) FROM {name}_reach)) IS TRUE"),
        )
        return f"SELECT * FROM ({' UNION ALL '.join(branches)}) AS spans LIMIT %({limit})s"

    def _words(self, *, is_known: bool) -> list[str]:
        """That the words are there. PostgreSQL plans for words that it knows by their shares, which takes it
        milliseconds for each look, and is worth it only where the entries may be found in another way too.

        Words that stand beside each other: the index knows no places of words, and would have each entry that has all
        of them unpacked. It is asked for words and pairs, of which it is sure, and the query is put to what is left.
        """
        query = _QUERY if is_known else _ASKED
        if not self._meaning.pairs:
            return [f"vector @@ {query}"]
        phrases = f"plainto_tsquery({_CONFIG}, %(phrases)s)" if is_known else "(SELECT phrases FROM asked)"
        return [f"vector @@ {phrases}", "pub.pairs(vector) @> %(pairs)s::int[]", f"ts_match_vq(vector, {query})"]


def _reach(name: str, newest: date, limit: str) -> str:
    """How far back is looked, from what the near days of the look hold: to `day`, then to `far`, then all the rest.

    As many days as hold enough, and two fifths more, if it goes on as it began.
    """
    days = f"ceil({_NEAR * 1.4} * %({limit})s / greatest(n, 1))::int"
    return f"""
        {name}_reach AS MATERIALIZED (
          SELECT CASE WHEN n >= {_FEW} AND {days} <= {_REACH} THEN '{newest}'::date - {days} END AS day,
            CASE WHEN n < {_FEW} THEN '{newest}'::date - {_FAR}
              WHEN {days} <= {_REACH} THEN '{newest}'::date - greatest({days}, {_FAR}) END AS far
          FROM (SELECT count(*) AS n FROM {name}) AS near
        )
    """


def _kind(asked: Search) -> str:
    return "kind = %(kind)s" if asked.kind in EntryKind.values else f"kind <> '{EntryKind.DECISION}'"


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    try:
        with connections[WALL].cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "57014":
            raise TooSlowError from error
        raise
