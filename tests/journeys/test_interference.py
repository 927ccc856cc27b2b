"""Noninterference: of two generated houses that differ in what is closed only, the outside sees the same bytes.

`worlds` builds them, `chance` gives both the same public ids, `outside` looks. Here nothing is masked but the time of
day in `Date` and the secret of the form against forgery; hashes, ETags and PDF files are compared as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

import pytest
import time_machine
from django.conf import settings as current
from django.db.models import F
from django.utils.timezone import now
from pytest_django import Settings

from sagsgang.following import actions as following
from sagsgang.following.models import Letter
from sagsgang.following.queries.telling import letters_to_send
from sagsgang.following.tasks import send_letter
from sagsgang.following.tests.post_office import follows
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.portal import statistics
from sagsgang.portal.pages import forget_pages
from sagsgang.publication import disclosure
from sagsgang.publication.actions import copy_rows
from sagsgang.publication.models import PublicBody, PublicCase, PublicIdentity
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
WORLDS, MANY = range(20), range(20, 200)


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


def watched(public_seed: int, closed_seed: int, words: tuple[str, ...], *, share: int) -> Watched:
    """Build a house, look at all of it, and take it away again."""
    forget_pages()
    statistics._counted.clear()
    CHANCE.begin(f"{public_seed}")
    CHANCE.begin_closed(closed_seed)
    follower = Follower()
    with time_machine.travel(BEGIN, tick=False) as clock:
        house = House(public_of(public_seed), Closed(closed_seed), clock, after=follower.read)
        house.work()
        crawler = Crawler(current.BASE_URL, share)
        crawler.crawl(addresses_in(house, words))
        crawler.ask_alike("what nobody may find", unfindable_in(house))
        with connect(provision.PORTAL) as portal:
            by_role = seen_by_the_role(portal)
    inside = frozenset(f"{pk} {title}" for pk, title in AgendaItem.objects.values_list("pk", "title"))
    empty_tables()
    return Watched(crawler.seen | follower.seen | by_role, inside)


def addresses_in(house: House, words: tuple[str, ...]) -> Iterator[str]:
    """Where the crawl begins: the doors, the searches, and every public id, also of what is not out."""
    yield from BEGINNINGS
    yield from searches_for((*PUBLIC_WORDS, *words))
    for _place, public_id in public_rows_of(house):
        yield f"/punkter/{public_id}/forkert/"
        for folder in ("organer", "moeder", "punkter", "sager", "bilag"):
            yield f"/{folder}/{public_id}/"


def unfindable_in(house: House) -> Iterator[str]:
    """Addresses of an id that is none, of rows of the house, and of closed rows that have a public id."""
    yield from addresses_of_id(UNKNOWN)
    dice, shown = Random(0), {public_id for _place, public_id in public_rows_of(house)}
    closed = PublicIdentity.objects.exclude(public_id__in=shown).order_by("source").values_list("public_id", flat=True)
    inner = [pk for rows in (AgendaItem, Meeting, Attachment) for pk in rows.objects.order_by("pk").values_list("pk", flat=True)]
    for found in (list(closed), inner):
        for pk in dice.sample(found, min(4, len(found))):
            yield from addresses_of_id(pk)
    files = Attachment.objects.filter(access="closed").exclude(version=None).annotate(sha=F("version__sha256"))
    yield from (f"/kontrol/{sha}/" for sha in ["0" * 64, *files.order_by("sha").values_list("sha", flat=True)[:3]])


def found_between(number: int, *, share: int = 4) -> list[str]:
    """What differs from outside between the two houses of this number."""
    seeds = (2 * number + 1, 2 * number + 2)
    words = (Closed(seeds[0]).words[0], Closed(seeds[1]).words[0])
    one, other = (watched(number, seed, words, share=share) for seed in seeds)
    assert len(one.seen) > 100 and not one.inside & other.inside
    return differences(one.seen, other.seen)


@pytest.mark.parametrize("number", WORLDS)
def test_interference_from_what_is_closed_to_the_outside_is_none(number: int) -> None:
    assert found_between(number) == []


@pytest.mark.long
@pytest.mark.parametrize("number", MANY)
def test_interference_in_many_more_houses_is_none(number: int) -> None:
    assert found_between(number, share=1) == []
