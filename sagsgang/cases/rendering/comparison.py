"""Two versions of a presentation, section by section: what stayed, came, went, changed or moved."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from django.db.models import prefetch_related_objects
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sagsgang.cases.models import AppropriationLine, Presentation, Section
from sagsgang.cases.queries.versions import money_of
from sagsgang.cases.rendering.difference import difference, has_marks, words_difference

type State = Literal["unchanged", "changed", "new", "removed"]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What became of one section: its heading and words with the marks in them, and whether it stands elsewhere."""

    state: State
    is_moved: bool
    heading: SafeString
    html: SafeString
    anchor: str
    was_closed: bool
    is_closed: bool

    @property
    def is_touched(self) -> bool:
        """Is there anything to look at?"""
        return self.state != "unchanged" or self.is_moved or self.was_closed != self.is_closed


def sections_difference(old: Presentation, new: Presentation) -> list[SectionChange]:
    """Every section of the two in the new one's order, what was removed after what stood before it; money last.

    A section is the same one by its lineage, else by kind and heading. Reads sections, points and economy lines.
    """
    prefetch_related_objects([old, new], "sections__points")
    before, after = list(old.sections.all()), list(new.sections.all())
    pairs = _pairs(before, after)
    moved = _moved([before.index(was) for was, now in pairs if was and now])
    changes = []
    place = 0
    for was, now in pairs:
        is_pair = was is not None and now is not None
        changes.append(_change(was, now, is_moved=is_pair and place in moved))
        place += is_pair
    money = _money_change(money_of(old), money_of(new))
    return [*changes, money] if money else changes


def section_html(section: Section) -> str:
    """A section's text with the points of its recommendation as a list."""
    points = "".join(f"<li>{escape(_point(p.marker, p.text), quote=False)}</li>" for p in section.points.all())
    return f"{section.html}<ul>{points}</ul>" if points else section.html


def money_html(lines: Sequence[AppropriationLine]) -> str:
    """The economy block as a table; "" without lines."""
    if not lines:
        return ""
    headings = (_("Side"), _("Kind"), _("Account or purpose"), _("Year"), _("Kroner"))
    head = "".join(f"<th>{escape(words)}</th>" for words in headings)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell, quote=False)}</td>" for cell in _money_cells(line)) + "</tr>"
        for line in lines
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _money_cells(line: AppropriationLine) -> tuple[str, ...]:
    kind = str(line.get_kind_display()) if line.kind else ""
    amount = number_format(line.amount, decimal_pos=2, use_l10n=True, force_grouping=True)
    return (str(line.get_side_display()), kind, line.account, str(line.year), amount)


def _point(marker: str, text: str) -> str:
    return f"{marker} {text}".strip()


def _pairs(before: list[Section], after: list[Section]) -> list[tuple[Section | None, Section | None]]:
    """Each section with its other self; a removed one stands after what stood before it."""
    free = {section.pk: section for section in before}
    partner: dict[object, Section] = {}
    for same in (_same_lineage, _same_name):
        for now in after:
            if now.pk not in partner:
                found = next((was for was in free.values() if same(was, now)), None)
                if found is not None:
                    partner[now.pk] = free.pop(found.pk)
    pairs: list[tuple[Section | None, Section | None]] = [(partner.get(now.pk), now) for now in after]
    for was in before:
        if was.pk in free:
            earlier = before[: before.index(was)]
            place = max((n for n, (mate, _now) in enumerate(pairs, start=1) if mate in earlier), default=0)
            pairs.insert(place, (was, None))
    return pairs


def _same_lineage(was: Section, now: Section) -> bool:
    return was.lineage == now.lineage


def _same_name(was: Section, now: Section) -> bool:
    return (was.kind, was.heading.casefold()) == (now.kind, now.heading.casefold())


def _moved(places: list[int]) -> set[int]:
    """Which of the pairs stand elsewhere: all but the longest run that kept its order."""
    tails: list[int] = []
    tail_at: list[int] = []
    back: list[int | None] = []
    for index, place in enumerate(places):
        length = bisect_left(tails, place)
        back.append(tail_at[length - 1] if length else None)
        tails[length:] = [place, *tails[length + 1 :]]
        tail_at[length:] = [index, *tail_at[length + 1 :]]
    kept: set[int] = set()
    step = tail_at[-1] if tail_at else None
    while step is not None:
        kept.add(step)
        step = back[step]
    return set(range(len(places))) - kept


def _change(was: Section | None, now: Section | None, *, is_moved: bool) -> SectionChange:
    old, new = (section_html(section) if section else "" for section in (was, now))
    old_heading, new_heading = was.heading if was else "", now.heading if now else ""
    state: State = "changed"
    if was is None:
        state, heading, html = "new", words_difference("", new_heading), difference("", new)
    elif now is None:
        state, heading, html = "removed", words_difference(old_heading, ""), difference(old, "")
    else:
        heading, html = words_difference(old_heading, new_heading), difference(old, new)
        if not has_marks(heading) and not has_marks(html):
            state = "unchanged"
    shown = now or was
    return SectionChange(
        state=state,
        is_moved=is_moved,
        heading=heading,
        html=html,
        anchor=f"section-{shown.pk}" if shown else "",
        was_closed=was.access == "closed" if was else bool(now and now.access == "closed"),
        is_closed=now.access == "closed" if now else bool(was and was.access == "closed"),
    )


def _money_change(before: list[AppropriationLine], after: list[AppropriationLine]) -> SectionChange | None:
    if not before and not after:
        return None
    old, new = money_html(before), money_html(after)
    html = difference(old, new)
    state: State = "unchanged" if not has_marks(html) else "changed" if old and new else "new" if new else "removed"
    heading = words_difference(_("Appropriation and coverage"), _("Appropriation and coverage"))
    return SectionChange(state, False, heading, html, "economy", False, False)
