"""What is offered to somebody who types: words and titles of what is released, and what was perhaps meant."""
# ruff: noqa: S608 - statements are put together of names of ours; what somebody typed goes beside them as a value

import re
from dataclasses import dataclass
from uuid import UUID

from sagsgang.publication.indexing.words import PARTING, query_words
from sagsgang.publication.models import EntryKind
from sagsgang.publication.queries.search import _CONFIG, _NEWEST, _rows

WORDS, TITLES = 5, 5
_SHORTEST = 2  # letters before anything is offered
_YEAR = 365  # days before the newest entry in which titles are looked for first
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Offered:
    """Whole queries to choose from, and the items whose titles fit: (id of the page's item, slug, title)."""

    words: tuple[str, ...] = ()
    titles: tuple[tuple[UUID, str, str], ...] = ()


def offered(typed: str) -> Offered:
    """What fits that which has been typed so far. Two statements, or none for less than two letters."""
    words = _WORD.findall(query_words(typed).lower())
    if not words or len(words[-1]) < _SHORTEST:
        return Offered()
    return Offered(tuple(" ".join([*words[:-1], word]) for word in _beginning(words[-1])), tuple(_titles(words)))


def _beginning(letters: str) -> list[str]:
    """The commonest words that begin so, those that begin it alone first."""
    sql = """
        SELECT word FROM pub.word WHERE word LIKE %(begins)s AND word <> %(letters)s
        GROUP BY word ORDER BY sum(entries) DESC, word LIMIT %(most)s
    """
    begins = letters.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%") + "%"
    return [word for (word,) in _rows(sql, {"begins": begins, "letters": letters, "most": WORDS})]


def _titles(words: list[str]) -> list[tuple[UUID, str, str]]:
    """The newest items in whose titles all words stand, the last one perhaps unfinished; each title once."""
    fitting = f"""
        SELECT item_id, title, held_on, meeting_id, position, id FROM pub.search_entry
        WHERE to_tsvector({_CONFIG}, translate(title, %(signs)s, %(blanks)s)) @@ to_tsquery({_CONFIG}, %(query)s)
          AND kind = '{EntryKind.ITEM}'
    """
    order = f"ORDER BY {_NEWEST} LIMIT %(deep)s"
    sql = f"""
        WITH edge AS MATERIALIZED (SELECT max(held_on + 0) - {_YEAR} AS day FROM pub.search_entry)
        SELECT coalesce(parent.id, item.id), coalesce(parent.slug, item.slug), found.title FROM (
          SELECT * FROM (
            ({fitting} AND held_on >= (SELECT day FROM edge) {order})
            UNION ALL ({fitting} AND (held_on < (SELECT day FROM edge)) IS TRUE {order})
          ) AS spans LIMIT %(deep)s
        ) AS found JOIN pub.item AS item ON item.id = found.item_id LEFT JOIN pub.item AS parent
          ON parent.id = item.parent_id ORDER BY found.held_on DESC, found.meeting_id, found.position, found.id
    """
    query = " & ".join([*(f"'{word}'" for word in words[:-1]), f"'{words[-1]}':*"])
    values = {"query": query, "deep": 4 * TITLES, "signs": PARTING, "blanks": " " * len(PARTING)}
    by_title: dict[str, tuple[UUID, str, str]] = {}
    for pk, slug, title in _rows(sql, values):
        by_title.setdefault(title, (pk, slug, title))
    return list(by_title.values())[:TITLES]


def meant(words: str) -> str:
    """The query with each word that stands nowhere changed into the nearest that does; "" if there is none nearer.

    `words` is fit for PostgreSQL (`Search.query`).
    """
    unknown = _near(sorted(set(_WORD.findall(words.lower()))))
    changed = re.sub(r"\w+", lambda match: _best(match[0].lower(), unknown) or match[0], words)
    return "" if changed == words else changed


def _near(words: list[str]) -> dict[str, list[tuple[str, int]]]:
    """Of each word that stands nowhere, those like it with their numbers of entries."""
    sql = """
        SELECT given.word, near.word, near.entries FROM unnest(%(words)s::text[]) AS given (word)
        CROSS JOIN LATERAL (
          SELECT known.word, sum(known.entries) AS entries FROM pub.word AS known
          WHERE known.word OPERATOR(pub.%%) given.word
          GROUP BY known.word ORDER BY pub.similarity(known.word, given.word) DESC, 2 DESC, known.word LIMIT 20
        ) AS near
        WHERE length(given.word) >= 4 AND NOT EXISTS (SELECT FROM pub.word AS known WHERE known.word = given.word)
    """
    found: dict[str, list[tuple[str, int]]] = {}
    for word, near, count in _rows(sql, {"words": words}):
        found.setdefault(word, []).append((near, int(count)))
    return found


def _best(word: str, near: dict[str, list[tuple[str, int]]]) -> str:
    """The word with the fewest changes, one or two (in a long word three); of as many, the commonest."""
    allowed = 1 if len(word) < 5 else 2 if len(word) < 11 else 3
    ranked = sorted((changes(word, other), -count, other) for other, count in near.get(word, []))
    return ranked[0][2] if ranked and ranked[0][0] <= allowed else ""


def changes(one: str, other: str) -> int:
    """How many letters must be put in, left out, changed or swapped with the next to make one word of the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, sign in enumerate(other, start=1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != sign))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == sign:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]
