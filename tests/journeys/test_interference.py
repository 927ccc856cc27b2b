"""Noninterference: of two generated houses that differ in what is closed only, the outside sees the same bytes.

`worlds` builds them, `chance` gives both the same public ids, `outside` looks. Here nothing is masked but the time of
day in `Date` and the secret of the form against forgery; hashes, ETags and PDF files are compared as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.conf import settings as current
from django.db.models import F
from django.utils.timezone import now
from pytest_django import Settings

from sagsgang.core.models import AuditEntry
from sagsgang.following import actions as following
from sagsgang.following.models import Letter
from sagsgang.following.queries.telling import letters_to_send
from sagsgang.following.tasks import send_letter
from sagsgang.following.tests.post_office import follows
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.portal import statistics
from sagsgang.portal.pages import forget_pages
from sagsgang.publication import disclosure
from sagsgang.publication.actions import copy_rows, figures, plan
from sagsgang.publication.actions.index_rows import index_meeting
from sagsgang.publication.document import ItemDocument, MeetingDocument
from sagsgang.publication.models import PublicBody, PublicCase, PublicIdentity, PublicMeeting, SearchEntry
from sagsgang.publication.slugs import slug_of
from sagsgang.site import provision
from tests.journeys.chance import CHANCE, tame_chance
from tests.journeys.outside import (
    BEGINNINGS,
    Crawler,
    Seen,
    addresses_of_id,
    differences,
    searches_for,
    seen_by_the_role,
)
from tests.journeys.test_wall import connect
from tests.journeys.worlds import BEGIN, Closed, House, public_of, public_rows_of
from tests.plugin import empty_tables

pytestmark = pytest.mark.usefixtures("wall")

UNKNOWN = UUID("8f4b2c1e-0000-4000-8000-000000000000")
PUBLIC_WORDS = ("cykelsti", "vejbelysning", "bilag", "dagtilbudet")


@pytest.fixture(autouse=True)
def public_process(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """What production serves the public with, and chance that is the same for both houses."""
    settings.ROOT_URLCONF = "sagsgang.site.urls_portal"
    outside = ("security", "csp", "languages", "common", "clickjacking")
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if any(part in name for part in outside)]
    settings.SMTP = ""
    tame_chance(monkeypatch)


@dataclass
class Follower:
    """Follows the first body, a case, a place and a search, and gets a letter when there is news."""

    seen: Seen = field(default_factory=dict)
    _has_begun: bool = False

    def read(self) -> None:
        """The letters that have come since."""
        following.find_news(now())
        following.write_letters(now())
        for pk in letters_to_send(now()):
            send_letter(str(pk))
        rows = Letter.objects.order_by("made_at", "subscription__kind", "subscription__words", "pk")
        for no, (pk, subject, text, state) in enumerate(rows.values_list("pk", "subject", "text", "state")):
            self.seen[f"LETTER {no}"] = f"{pk} {state} {subject}\n{text}"
        if not self._has_begun:
            self._has_begun = True
            follows("body", PublicBody.objects.order_by("name")[0].pk)
            follows("place", words="Åvej")
            follows("search", words="q=cykelsti")
            for case in PublicCase.objects.order_by("title")[:1]:
                follows("case", case.pk)


@dataclass(frozen=True)
class Watched:
    """What the outside saw of a house, and a mark of its inside, by which two houses are known to be two."""

    seen: Seen
    inside: frozenset[str]


def watched(
    public_seed: int, closed_seed: int, words: tuple[str, ...], *, share: int, cut: int | None = None
) -> Watched:
    """Build a house, look at all of it, and take it away again; `cut`: with so many of its meetings only."""
    forget_pages()
    statistics._counted.clear()
    CHANCE.begin(f"{public_seed}")
    CHANCE.begin_closed(closed_seed)
    follower = Follower()
    with time_machine.travel(BEGIN, tick=False) as clock:
        public = public_of(public_seed)
        public = replace(public, meetings=public.meetings[:cut])
        house = House(public, Closed(closed_seed), clock, after=follower.read)
        house.work()
        crawler = Crawler(current.BASE_URL, share)
        crawler.crawl(addresses_in(house, words, share))
        crawler.ask_alike("what nobody may find", unfindable_in(2 if cut else 6, house))
        with connect(provision.PORTAL) as portal:
            by_role = seen_by_the_role(portal)
    inside = frozenset(f"{pk} {title}" for pk, title in AgendaItem.objects.values_list("pk", "title"))
    empty_tables()
    return Watched(crawler.seen | follower.seen | by_role, inside)


def addresses_in(house: House, words: tuple[str, ...], share: int) -> Iterator[str]:
    """Where the crawl begins: the doors, the searches, and every public id, also of what is not out."""
    yield from BEGINNINGS
    yield from searches_for((*PUBLIC_WORDS, *words))
    for place, public_id in public_rows_of(house):
        folder = {"body": "organer", "meeting": "moeder", "item": "punkter", "case": "sager", "file": "bilag"}
        yield f"/{folder[place.split()[0]]}/{public_id}/"
        if public_id.int % share == 0:
            yield from addresses_of_id(public_id)


def unfindable_in(most: int, house: House) -> Iterator[str]:
    """Addresses of an id that is none, of rows of the house, and of closed rows that have a public id."""
    yield from addresses_of_id(UNKNOWN)
    dice, shown = Random(0), {public_id for _place, public_id in public_rows_of(house)}
    closed = PublicIdentity.objects.exclude(public_id__in=shown).order_by("source").values_list("public_id", flat=True)
    inner = [
        pk
        for rows in (AgendaItem, Meeting, Attachment)
        for pk in rows.objects.order_by("pk").values_list("pk", flat=True)
    ]
    for found in (list(closed), inner):
        for pk in dice.sample(found, min(most, len(found))):
            yield from addresses_of_id(pk)
    files = Attachment.objects.filter(access="closed").exclude(version=None).annotate(sha=F("version__sha256"))
    yield from (f"/kontrol/{sha}/" for sha in ["0" * 64, *files.order_by("sha").values_list("sha", flat=True)[:3]])


def found_between(public: int, closed: range, *, share: int, cut: int | None = None) -> list[str]:
    """What differs from outside between the first house of these closed seeds and each of the others."""
    words = (Closed(closed[0]).words[0], Closed(closed[1]).words[0])
    one = watched(public, closed[0], words, share=share, cut=cut)
    assert len(one.seen) > 100
    found = []
    for seed in closed[1:]:
        other = watched(public, seed, words, share=share, cut=cut)
        assert not one.inside & other.inside
        found += [f"closed seeds {closed[0]} and {seed}: {where}" for where in differences(one.seen, other.seen)]
    return found


@pytest.mark.parametrize("public", range(4))
def test_interference_from_what_is_closed_to_the_outside_is_none(public: int) -> None:
    """Twenty pairs of houses: four public worlds of two meetings, each with six insides."""
    found = found_between(public, range(6 * public, 6 * public + 6), share=8, cut=2)

    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.nightly
@pytest.mark.parametrize("public", range(100, 150))
def test_interference_in_many_more_houses_is_none(public: int) -> None:
    """Two hundred pairs: fifty public worlds, each with five insides."""
    found = found_between(public, range(5 * public, 5 * public + 5), share=1)

    assert not found, "\n".join(found)


def count_of_closed_files(row: AgendaItem) -> int:
    """How many attachments an item has, on the web or not."""
    return len(row.attachments.all())


def test_interference_by_a_count_of_closed_attachments_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    told = disclosure.closed_item

    def leaky(item: AgendaItem, **rights: Any) -> ItemDocument:
        return replace(told(item, **rights), late_reason=f"{count_of_closed_files(item)} bilag")

    monkeypatch.setattr(disclosure, "closed_item", leaky)

    found = found_between(7, range(2), share=10, cut=1)

    assert any("GET /moeder/" in where for where in found)
    assert any("TABLE pub.item" in where for where in found)


def test_interference_by_an_internal_id_in_an_address_is_found(monkeypatch: pytest.MonkeyPatch) -> None:

    def leaky(*parts: str) -> str:
        return f"{slug_of(*parts)}-{AgendaItem.objects.order_by('created_at')[0].pk.hex[:4]}"

    monkeypatch.setattr(copy_rows, "slug_of", leaky)

    found = found_between(7, range(2), share=10, cut=1)

    assert any("only in one: GET /punkter/" in where for where in found)


def test_interference_by_a_closed_word_in_the_search_alone_is_found(monkeypatch: pytest.MonkeyPatch) -> None:

    def leaky(meeting: PublicMeeting, document: MeetingDocument) -> None:
        index_meeting(meeting, document)
        entry = SearchEntry.objects.filter(meeting=meeting)[0]
        entry.pk, entry.text = UNKNOWN, AgendaItem.objects.filter(access="closed").order_by("position")[0].title
        entry.words = [*entry.words, *entry.text.casefold().split()]
        SearchEntry.objects.filter(pk=UNKNOWN).delete()
        SearchEntry.objects.bulk_create([entry])

    monkeypatch.setattr(copy_rows, "index_meeting", leaky)

    found = found_between(7, range(2), share=10, cut=1)

    assert any("GET /soeg/" in where for where in found)
    assert any("TABLE pub.word" in where for where in found)


def test_interference_by_a_mark_that_moves_with_the_log_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    for writer in (copy_rows, figures, plan):
        monkeypatch.setattr(writer, "new_public_id", lambda: UUID(int=AuditEntry.objects.count()))

    found = found_between(7, range(2), share=10, cut=1)

    assert any("TABLE pub.body" in where for where in found)
    assert any("GET /organer/" in where and "ETag" in where for where in found)
