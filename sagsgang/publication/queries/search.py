"""Search in what is released: which entries a query finds, how many there are of each kind, and what was meant.

Every statement runs as the portal's role. Words are found by their stems; `websearch_to_tsquery` takes any input.
"""
# ruff: noqa: S608 - statements are put together of names of ours; what somebody typed goes beside them as a value

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError, connections, models

from sagsgang.publication.indexing.words import phrases_of, query_words
from sagsgang.publication.models import EntryKind, SearchEntry
from sagsgang.publication.queries.released import WALL

PAGE_SIZE = 20
MOST = 1_000  # what is counted and paged through; one more says that there are more
RANKED_EXACTLY = 3_000  # as many hits are ranked all; of more, the newest `MOST`
_CONFIG = "'pg_catalog.danish'::regconfig"
_QUERY = f"websearch_to_tsquery({_CONFIG}, %(words)s)"
# Plus 0 keeps PostgreSQL from walking through all entries in this order until enough of them fit: it thinks that cheap,
# and must unpack the words of each.
_NEWEST = "held_on + 0 DESC, meeting_id, position, id"
_SPANS = (60, 300, 1500)  # days before the newest entry that are looked through before those before them
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
          (SELECT max(held_on) FROM pub.search_entry),
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


def entries(ids: tuple[UUID, ...]) -> list[SearchEntry]:
    """The entries in the order of `ids`, with body, item, its parent, and file."""
    rows = SearchEntry.objects.using(WALL).fetch_mode(models.FETCH_RAISE)
    related = rows.select_related("body", "item__parent", "file", "meeting")
    found = related.defer("words", "item__content", "item__parent__content").in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]


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
    order = "rank DESC, place" if asked.order == "best" else "place"
    rank = f"ts_rank({_WEIGHTS}, vector, {_QUERY}, 1)" if asked.order == "best" else "0"
    columns = "id, held_on, meeting_id, position, body_id, year, kind, item_id" + (
        ", vector" if asked.order == "best" else ""
    )
    is_wide = is_wide and not asked.kind
    leave, limit = ("kind", "wide") if is_wide else ("", "depth")
    seen = _newest(asked, meaning, leave=leave, limit=limit, columns=columns)
    by_body = _newest(asked, meaning, leave="body") if asked.body else "SELECT * FROM m WHERE place <= %(most)s"
    by_year = _newest(asked, meaning, leave="year") if asked.year else "SELECT * FROM m WHERE place <= %(most)s"
    by_goal = (
        _newest(asked, meaning, leave="goal", columns="id, item_id")
        if asked.goal
        else "SELECT * FROM m WHERE place <= %(most)s"
    )
    by_kind = "SELECT * FROM seen WHERE nth <= %(most)s" if is_wide else _newest(asked, meaning, leave="kind")
    return f"""
        WITH seen AS MATERIALIZED (SELECT *, row_number() OVER () AS nth FROM ({seen}) AS found),
        m AS MATERIALIZED (SELECT *, row_number() OVER (ORDER BY nth) AS place FROM seen WHERE {_kind(asked)}),
        size AS (SELECT least(count(*), %(depth)s) AS n FROM m),
        hits AS (
          SELECT id, row_number() OVER (ORDER BY {order}) AS no FROM (
            SELECT id, place, {rank} AS rank FROM m, size WHERE n <= %(exactly)s OR place <= %(most)s - 1
          ) AS ranked
        )
        SELECT 'total', '', n FROM size UNION ALL SELECT 'seen', '', count(*) FROM seen
        UNION ALL SELECT 'hit', id::text, no FROM hits
          WHERE no > %(skip)s AND no <= %(skip)s + %(size)s AND no <= %(most)s - 1
        UNION ALL SELECT 'body', body_id::text, count(*) FROM ({by_body}) AS b GROUP BY 2
        UNION ALL SELECT 'year', year::text, count(*) FROM ({by_year}) AS y GROUP BY 2
        UNION ALL SELECT 'kind', kind, count(*) FROM ({by_kind}) AS k GROUP BY 2
        UNION ALL SELECT 'goal', goal::text, count(DISTINCT g.id)
          FROM ({by_goal}) AS g JOIN pub.item_goal AS of ON of.item_id = g.item_id GROUP BY 2
    """


def _newest(
    asked: Search, meaning: Meaning, *, leave: str = "", limit: str = "most", columns: str = "body_id, year, kind"
) -> str:
    """The newest entries that fit words and facets, `leave` left out of account.

    They are looked for in one span of time after the other: the branches of the union are read in order, and those
    after the last one that is wanted not at all.
    """
    newest = meaning.newest
    where = _phrased() if meaning.pairs else [f"vector @@ {_QUERY}"]
    if asked.body and leave != "body":
        where.append("body_id = %(body)s")
    if asked.year and leave != "year":
        where.append("year = %(year)s::smallint")
        newest = None  # the year's own entries are few enough
    if asked.goal and leave != "goal":
        where.append("item_id IN (SELECT item_id FROM pub.item_goal WHERE goal = %(goal)s)")
    if leave != "kind":
        where.append(_kind(asked))
    edges = [f"'{newest - timedelta(days=days)}'" for days in _SPANS if newest]
    branches = []
    for after, before in zip([*edges, ""], ["", *edges], strict=True):
        # Plus 0: only the near edge is worth a look in the index.
        span = [f"held_on >= {after}"] * bool(after) + [f"held_on + 0 < {before}"] * bool(before)
        fits = " AND ".join([*where, *span])
        branches.append(f"(SELECT {columns} FROM pub.search_entry WHERE {fits} ORDER BY {_NEWEST} LIMIT %({limit})s)")
    return f"SELECT * FROM ({' UNION ALL '.join(branches)}) AS spans LIMIT %({limit})s"


def _phrased() -> list[str]:
    """Words that stand beside each other. The index knows no places of words, and would have each entry that has all of
    them unpacked: it is asked for words and pairs, of which it is sure, and the query itself is put to what is left."""
    return [
        f"vector @@ plainto_tsquery({_CONFIG}, %(phrases)s)",
        "pub.pairs(vector) @> %(pairs)s::int[]",
        f"ts_match_vq(vector, {_QUERY})",
    ]


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
