"""What the search's one statement finds and counts, against a plain look through every entry there is."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils.timezone import now

from sagsgang.portal.tests.factories import DAY, make_body, make_draft, make_item, release
from sagsgang.publication.models import EntryKind, ItemGoal, PublicFigures, PublicMeeting, SearchEntry
from sagsgang.publication.queries import offered
from sagsgang.publication.queries import search as searching
from sagsgang.publication.queries.search import PAGE_SIZE, Found, Search, meaning_of, search

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]
# So that hundreds of entries are too many, and each of the spans is needed by some of the questions.
LIMITS = {"MOST": 45, "RANKED_EXACTLY": 130, "_NEAR": 8, "_FEW": 10, "_REACH": 100, "_FAR": 30}
MOST, RANKED_EXACTLY = LIMITS["MOST"], LIMITS["RANKED_EXACTLY"]
# Days before the newest: many entries on one day, and on both sides of every edge of a span.
AGES = (0, 0, 0, 1, 7, 29, 30, 31, 44, 45, 46, 89, 90, 91, 179, 180, 181, 182, 364, 365, 366, 1094, 1095, 1096, 4000)
# "gran" is nearly everywhere, "asketræ" rare; "kun" stands in what is no decision, so that decisions alone lack it.
QUESTIONS = (
    "gran", "asketræ", "gran birk", "gran -birk", "gran -hegn", "birk OR asketræ", '"gran birk"', "findes ikke", "hegn",
    '"gran birk hegn"', '"gran birk" -"birk hegn"', '"gran birk" OR pil',
)  # fmt: skip


def make_entries(number: int) -> list[PublicMeeting]:
    """So many items, each with its decision and every second with a file, in two meetings' names; and some of meetings."""
    chance = random.Random(number)
    meetings = [
        release(make_body(name, name), make_draft(make_item(title="Anden sag"), held_on=DAY.replace(year)))
        for name, year in (("A", 2015), ("B", 2016))
    ]
    SearchEntry.objects.all().delete()
    rows = []
    for _ in range(number):
        held_on = DAY - timedelta(days=chance.choice(AGES))
        meeting = chance.choice(meetings)
        place = {
            "authority": meeting.authority, "body_id": meeting.body_id, "meeting": meeting, "item": meeting.items.all()[0],
            "held_on": held_on, "year": held_on.year, "state": "archive", "position": chance.randrange(3), "words": [],
        }  # fmt: skip
        strong = " ".join(chance.choices(("gran", "birk", "pil", "asketræ"), (60, 20, 16, 4), k=2))
        text = " ".join(chance.choices(("gran", "birk", "hegn"), (30, 20, 50), k=4))
        texts = {EntryKind.ITEM: (strong, text), EntryKind.DECISION: (strong, ""), EntryKind.FILE: ("", text)}
        for kind, (high, low) in list(texts.items())[: chance.choice((2, 3))]:
            pk = UUID(int=chance.getrandbits(128), version=4)
            rows.append(SearchEntry(id=pk, kind=kind, title="Sag", strong=high, text=low, **place))
        if chance.random() < 0.1:
            pk = UUID(int=chance.getrandbits(128), version=4)
            rows.append(SearchEntry(id=pk, kind=EntryKind.MEETING, title="Møde", text=text, **place | {"item": None}))
    SearchEntry.objects.bulk_create(rows)
    make_goals(meetings)
    return meetings


def make_goals(meetings: list[PublicMeeting]) -> None:
    """The item of the one meeting touches goal 6 in two ways and goal 8, that of the other goal 8."""
    authority = meetings[0].authority
    told = PublicFigures.objects.create(
        authority=authority, figures_id=uuid4(), kind="goals", period_start=DAY, period_end=DAY, number=1, title="Tal",
        slug="tal", sha256="0" * 64, document="{}", released_at=now(),
    )  # fmt: skip
    for place, goal, target in ((0, 6, "6.6"), (0, 6, ""), (0, 8, ""), (1, 8, "")):
        ItemGoal.objects.create(
            authority=authority, release=told, item=meetings[place].items.all()[0], goal=goal, title="Et mål",
            target=target, relevance="high", direction="furthers",
        )  # fmt: skip


def goals_of(meeting: UUID) -> set[int]:
    """What is told of the meeting's item."""
    return set(ItemGoal.objects.filter(item__meeting=meeting).values_list("goal", flat=True))


type Row = tuple[UUID, date, UUID, int, UUID, int, str, float]


def fitting(words: str) -> list[Row]:
    """Every entry that has the words, newest first, and its rank."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, held_on, meeting_id, position, body_id, year, kind,"
            " ts_rank('{0.05, 0.3, 0.6, 1.0}', vector, q, 1) FROM pub.search_entry,"
            " websearch_to_tsquery('pg_catalog.danish', %s) AS q WHERE vector @@ q",
            [words],
        )
        rows: list[Row] = cursor.fetchall()
    return sorted(rows, key=lambda row: (-row[1].toordinal(), row[2], row[3], row[0]))


def plainly(asked: Search, rows: list[Row], goals: dict[UUID, set[int]]) -> Found:
    """What is to be found, of all that have the words; `goals` by meeting."""

    def chosen(leave: str = "") -> list[Row]:
        return [
            row for row in rows
            if (asked.body in (None, row[4]) or leave == "body")
            and (asked.year in (None, row[5]) or leave == "year")
            and (asked.goal is None or (asked.goal in goals[row[2]] and row[6] != EntryKind.MEETING) or leave == "goal")
            and (row[6] == asked.kind if asked.kind else row[6] != EntryKind.DECISION) | (leave == "kind")
        ]  # fmt: skip

    hits = chosen()
    shown = hits[:MOST]
    if asked.order == "best":
        shown = sorted(hits if len(hits) <= RANKED_EXACTLY else shown, key=lambda row: -row[7])[:MOST]
    first = (asked.page - 1) * PAGE_SIZE
    bodies, years, kinds, touched = (chosen(leave)[: MOST + 1] for leave in ("body", "year", "kind", "goal"))
    return Found(
        len(hits[: MOST + 1]),
        tuple(row[0] for row in shown[first : first + PAGE_SIZE]),
        Counter(row[4] for row in bodies),
        Counter(row[5] for row in years),
        Counter(row[6] for row in kinds),
        Counter(goal for row in touched if row[6] != EntryKind.MEETING for goal in goals[row[2]]),
    )


def questions(meetings: list[PublicMeeting]) -> Iterator[Search]:
    bodies, years = (None, meetings[1].body_id), (None, DAY.year - 1)
    kinds = ("", EntryKind.DECISION, EntryKind.FILE, EntryKind.MEETING)  # items are chosen as files are
    for words, body, year, kind, order in product(QUESTIONS, bodies, years, kinds, ("newest", "best")):
        asked = Search(words, body, year, kind, order)
        yield asked
        if not (body or year or kind):
            yield from (replace(asked, page=2), replace(asked, page=3))
        if not year and order == "newest":
            yield from (replace(asked, goal=6), replace(asked, goal=7))


def test_it_finds_what_a_plain_look_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, limit in LIMITS.items():
        monkeypatch.setattr(searching, name, limit)
    meetings = make_entries(400)
    all_of = {words: fitting(words) for words in QUESTIONS}
    meanings = {words: meaning_of(Search(words).query) for words in QUESTIONS}
    assert meanings["gran"].newest == DAY
    assert [len(meanings[words].pairs) for words in ("gran birk", '"gran birk hegn"', '"gran birk" OR pil')] == [
        0,
        2,
        0,
    ]
    goals = {meeting.pk: goals_of(meeting.pk) for meeting in meetings}
    sizes = [len(rows) for rows in all_of.values()]
    assert {(size > MOST) + (size > RANKED_EXACTLY) for size in sizes} == {0, 1, 2}

    wrong = [
        asked
        for asked in questions(meetings)
        if search(asked, meanings[asked.words]) != plainly(asked, all_of[asked.words], goals)
    ]

    assert wrong == []


def test_titles_are_looked_for_by_what_their_index_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, dict[str, Any]]] = []
    rows = searching._rows

    def noted(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        asked.append((sql, values))
        return rows(sql, values)

    monkeypatch.setattr(offered, "_rows", noted)
    offered.offered("gran bi")

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked[-1][0]}", asked[-1][1])
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute(
            "SELECT pg_get_expr(indexprs, indrelid) FROM pg_index WHERE indexrelid = 'pub.pub_search_title'::regclass"
        )
        ((indexed,),) = cursor.fetchall()
    assert indexed.startswith("to_tsvector(")
    assert plan.count(f"{indexed} @@ ") >= 2, plan
