"""A document from outside, in parts under headings, and where each part belongs in a draft. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import html as lxml_html
from lxml.html import HtmlElement

from sagsgang.cases.models import SectionKind
from sagsgang.cases.rules.editing import PointWords
from sagsgang.cases.rules.lint.recommendation import verbs_of
from sagsgang.documents import richtext

# The headings that municipalities print (domain 3.2), small letters.
_HEADINGS: dict[str, tuple[str, ...]] = {
    SectionKind.SUMMARY: (
        "resume", "resumé", "sagsresume", "sagsresumé", "sagens kerne", "sagstema", "beslutningstema", "sagens opståen",
    ),
    SectionKind.BACKGROUND: ("baggrund", "problemstilling", "sagens baggrund"),
    SectionKind.PRESENTATION: (
        "sagsfremstilling", "redegørelse", "beskrivelse af sagen", "fremstilling", "sagsfremstilling og økonomi", "sagen",
    ),
    SectionKind.CONSEQUENCES: ("konsekvenser", "øvrige konsekvenser", "andre konsekvenser", "effekt", "risikovurdering"),
    SectionKind.ECONOMY: ("økonomi", "økonomiske konsekvenser", "økonomi og finansiering", "bevilling"),
    SectionKind.LAW: ("retsgrundlag", "lovgrundlag", "lovgrundlag - link", "jura"),
    SectionKind.HEARING: ("høring", "høring og sagsgang", "inddragelse"),
    SectionKind.GOALS: ("verdensmål", "fn's verdensmål", "fn’s verdensmål"),
    SectionKind.HISTORY: ("sagshistorik", "sagshistorik, henvisninger", "historik", "sagsforløb", "tidligere behandling"),
    SectionKind.RECOMMENDATION: (
        "indstilling", "administrationens indstilling", "forvaltningens indstilling", "direktionens indstilling",
        "alternativ indstilling", "indstillinger",
    ),
}  # fmt: skip
_KIND = {heading: kind for kind, headings in _HEADINGS.items() for heading in headings}
_NUMBER = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*[.)]?\s+")
_MARKER = re.compile(r"^\s*(?:[-–—•*]\s*|\(?\d{1,2}[.)]\s*|\(?[a-zæøå][.)]\s*)?(?=at\b)", re.IGNORECASE)
_BLOCKS = frozenset({"p", "br", "li", "ul", "ol", "tr", "td", "th"})
_AT = re.compile(r"at\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading of the document: sanitised HTML; `number` is its place from 1."""

    number: int
    heading: str
    html: str

    @property
    def kind(self) -> str:
        """The kind of section that the heading is usual for; `other` if for none."""
        return _KIND.get(named(self.heading), SectionKind.OTHER)

    @property
    def words(self) -> int:
        """How many words stand there."""
        return len(richtext.to_plain(self.html).split())


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document as it was read. `notes` are sentences on what could not be taken over."""

    title: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A section of the draft that a part may go to."""

    key: str
    kind: str
    heading: str


def named(heading: str) -> str:
    """A heading as it is compared: no number before it, no colon behind it, small letters."""
    return " ".join(_NUMBER.sub("", heading).split()).rstrip(" :.").casefold()


def is_known(heading: str, places: Iterable[Place]) -> bool:
    """Is it the heading of a section of the draft, or one of those that municipalities use?"""
    name = named(heading)
    return bool(name) and (name in _KIND or any(name == named(place.heading) for place in places))


def matched(parts: Sequence[Part], places: Sequence[Place]) -> dict[int, str]:
    """The place of each part by its number: by heading, else by kind, each place once; "" where there is none.

    Words before the first heading go to the presentation, if no other part does.
    """
    free = list(places)
    found: dict[int, str] = dict.fromkeys((part.number for part in parts), "")
    for part in parts:
        _take(part, [p for p in free if part.heading and named(p.heading) == named(part.heading)], free, found)
    for part in parts:
        if not found[part.number] and part.kind != SectionKind.OTHER:
            _take(part, [p for p in free if p.kind == part.kind], free, found)
    for part in parts:
        if not part.heading:
            _take(part, [p for p in free if p.kind == SectionKind.PRESENTATION], free, found)
    return found


def _take(part: Part, fitting: list[Place], free: list[Place], found: dict[int, str]) -> None:
    if fitting and not found[part.number]:
        found[part.number] = fitting[0].key
        free.remove(fitting[0])


def split_points(html: str) -> tuple[str, tuple[PointWords, ...]]:
    """A recommendation's words without its points, and the points: lines and whole lists that begin with *at*."""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    points: list[PointWords] = []
    for block in list(root):
        lines = [block] if block.tag == "p" else list(block) if block.tag in ("ul", "ol") else []
        words = [" ".join(_spaced(line).split()) for line in lines]
        stated = [_MARKER.sub("", line) for line in words]
        if not stated or not all(_AT.match(line) for line in stated):
            continue
        points += [PointWords(next(iter(verbs_of(line)), ""), line) for line in stated]
        root.remove(block)
    rest = (root.text or "") + "".join(lxml_html.tostring(block, encoding="unicode") for block in root)
    return richtext.clean(rest), tuple(points)


def _spaced(element: HtmlElement) -> str:
    """The words below an element, with a blank behind each block in it."""
    parts = [element.text or ""]
    for child in element:
        parts += [_spaced(child), " " if child.tag in _BLOCKS else "", child.tail or ""]
    return "".join(parts)
