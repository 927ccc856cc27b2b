"""A section as the editor shows it, and two texts side by side when two have written at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from lxml import html as lxml_html

from sagsgang.cases.models import AppropriationKind, Section, SectionKind, Verb
from sagsgang.cases.models import Side as MoneySide
from sagsgang.cases.queries.editor import ShownPoint, ShownSection
from sagsgang.cases.rendering.difference import difference
from sagsgang.cases.rules.economy import Line, YearTotal, amount_words
from sagsgang.cases.rules.editing import PointWords, verbs_for
from sagsgang.documents import richtext

_VERBS = dict(Verb.choices)
_SIDES = dict(MoneySide.choices)
_APPROPRIATIONS = dict(AppropriationKind.choices)


@dataclass(frozen=True, slots=True)
class Words:
    """A text with its points: HTML that was sanitised, and plain points."""

    html: str
    points: tuple[PointWords, ...] = ()

    @property
    def shown(self) -> SafeString:
        """The HTML for a page; it was sanitised when it was saved."""
        return mark_safe(self.html)  # noqa: S308

    @property
    def plain(self) -> dict[str, object]:
        """For JSON."""
        return {"html": self.html, "points": [{"verb": point.verb, "text": point.text} for point in self.points]}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts beside each other, with what only it has marked."""

    words: Words
    marked: SafeString
    marked_points: SafeString


@dataclass(frozen=True, slots=True)
class Merge:
    """Mine, theirs, and both in one text, after two wrote at once. `revision` now stands."""

    sentence: str
    revision: int
    mine: Side
    theirs: Side
    both: Words


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point in its row, with the verbs that may be chosen."""

    place: int
    verb: str
    text: str
    verbs: tuple[tuple[str, str], ...]
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """Words that were refused because another had saved first."""

    author: str
    at: datetime
    words: Words


@dataclass(frozen=True, slots=True)
class Refused:
    """Words that were not saved: why, the merge view where two wrote at once, and the revision they answer to."""

    words: Words
    sentence: str
    seen: int
    merge: Merge | None = None


@dataclass(frozen=True, slots=True)
class SectionDesk:
    """A section on the page: its words (hers, where they were refused), help, who saved it last, what was set aside."""

    section: Section
    words: Words
    points: tuple[ShownPoint, ...]
    text: str
    rows: tuple[PointRow, ...]
    loses_form: bool
    seen: int
    saved_by: str = ""
    saved_at: datetime | None = None
    set_aside: tuple[SetAside, ...] = ()
    merge: Merge | None = None
    refusal: str = ""

    @property
    def has_points(self) -> bool:
        """Is it a recommendation, with points under its words?"""
        return self.section.kind == SectionKind.RECOMMENDATION

    @property
    def is_empty(self) -> bool:
        """Nothing to read: neither words nor points. An empty section is never printed."""
        return not self.words.html and not self.words.points


def desk_of(shown: ShownSection, item_kind: str, *, loses_form: bool, refused: Refused | None = None) -> SectionDesk:
    """The desk of one section; `refused` are her words that could not be saved, and why."""
    section = shown.section
    words = refused.words if refused else Words(section.html, tuple(point.words for point in shown.points))
    last = next((save for save in shown.saves if not save.set_aside), None)
    return SectionDesk(
        section=section,
        words=words,
        points=shown.points,
        text=richtext.to_plain(words.html),
        rows=point_rows(words.points, item_kind),
        loses_form=loses_form,
        seen=refused.seen if refused else section.revision,
        saved_by=last.author if last else "",
        saved_at=last.at if last else None,
        set_aside=tuple(SetAside(s.author, s.at, Words(s.html, s.points)) for s in shown.saves if s.set_aside),
        merge=refused.merge if refused else None,
        refusal=refused.sentence if refused else "",
    )


def point_rows(points: Sequence[PointWords], item_kind: str) -> tuple[PointRow, ...]:
    """A row for each point and an empty one behind them."""
    every = (*points, PointWords("", ""))
    return tuple(
        PointRow(place, point.verb, point.text, _verbs(item_kind, point.verb), is_new=place == len(points))
        for place, point in enumerate(every)
    )


def _verbs(item_kind: str, kept: str) -> tuple[tuple[str, str], ...]:
    return tuple((verb, str(capfirst(_VERBS[verb]))) for verb in verbs_for(item_kind, kept))


def merge_of(sentence: str, revision: int, mine: Words, theirs: Words) -> Merge:
    """The two texts side by side, and one with everything of both."""
    mine_list, theirs_list = _as_list(mine.points), _as_list(theirs.points)
    return Merge(
        sentence=sentence,
        revision=revision,
        mine=Side(mine, difference(theirs.html, mine.html), difference(theirs_list, mine_list)),
        theirs=Side(theirs, difference(mine.html, theirs.html), difference(mine_list, theirs_list)),
        both=Words(together(theirs.html, mine.html), _all_points(theirs.points, mine.points)),
    )


def _as_list(points: Sequence[PointWords]) -> str:
    if not points:
        return ""
    items = format_html_join("", "<li>{}</li>", ((point.text,) for point in points))
    return format_html("<ol>{}</ol>", items)


def _all_points(first: tuple[PointWords, ...], second: tuple[PointWords, ...]) -> tuple[PointWords, ...]:
    texts = {point.text for point in first}
    return (*first, *(point for point in second if point.text not in texts))


def together(first: str, second: str) -> str:
    """Every block of both texts, those they share once; where they part, the first text's before the second's."""
    one, other = blocks_of(first), blocks_of(second)
    whole: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        whole += one[i:j] if tag == "equal" else [*one[i:j], *other[k:m]]
    return "".join(whole)


def blocks_of(html: str) -> list[str]:
    """The blocks of sanitised HTML, each as its own HTML."""
    blocks = []
    for piece in lxml_html.fragments_fromstring(html):
        if isinstance(piece, str):
            blocks.append(escape(piece))
            continue
        blocks.append(lxml_html.tostring(piece, encoding="unicode", with_tail=False))
        if piece.tail and piece.tail.strip():
            blocks.append(escape(piece.tail))
    return blocks


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the economy block in words."""

    side_name: str
    kind_name: str
    account: str
    year: int
    amount_words: str


def shown_line(line: Line) -> ShownLine:
    """The line as it is read."""
    return ShownLine(
        str(capfirst(_SIDES[line.side])), str(capfirst(_APPROPRIATIONS.get(line.kind, "–"))), line.account, line.year,
        amount_words(line.amount),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownTotal:
    """A year's sums in words."""

    year: int
    granted_words: str
    covered_words: str


def shown_total(total: YearTotal) -> ShownTotal:
    """The sums as they are read."""
    return ShownTotal(total.year, amount_words(total.granted), amount_words(total.covered))
