"""The rows of an agenda's table in HTML. An agenda of 300 items has 900 rows: each is one string, made here. Pure."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from sagsgang.meetings.rendering.shown import ShownLine

_NOTHING = "–"


def agenda_table(lines: Sequence[ShownLine], address: Callable[[UUID], str]) -> SafeString:
    """A row for each item and, under it, for each of its sub-items; `address` is that of an item's page."""
    table = _Table(address)
    rows = (table.row(line, is_sub=above is not line) for above in lines for line in (above, *above.lines))
    return mark_safe("\n".join(rows))  # noqa: S308 - every word in it is escaped above


class _Table:
    """The words that every row needs, looked up once for all of them."""

    def __init__(self, address: Callable[[UUID], str]) -> None:
        self._address = address
        self._open, self._closed = escape(pgettext("access", "Open")), _badge(pgettext("access", "Closed"), "warning")
        self._recorded, self._missing = (
            escape(pgettext("decision", "Recorded")),
            escape(pgettext("decision", "Missing")),
        )
        self._waiting = _badge(gettext("not sent yet"))
        self._supplement, self._block = gettext("Supplementary agenda no. %(number)s"), gettext("Block %(number)s")
        self._late = escape(gettext("Why it comes late:"))

    def row(self, line: ShownLine, *, is_sub: bool) -> str:
        """One line of the agenda."""
        cells = (
            escape(line.number),
            f'<a href="{escape(self._address(line.pk))}">{escape(line.title)}</a>{self._beside(line)}',
            escape(capfirst(line.kind)) or _NOTHING,
            self._closed if line.ground else self._open,
            self._decision(line, is_sub=is_sub),
            _NOTHING if line.attachments is None else str(line.attachments),
        )
        opening = '<tr class="sub">' if is_sub else "<tr>"
        return opening + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"

    def _decision(self, line: ShownLine, *, is_sub: bool) -> str:
        if line.decided:
            return self._recorded
        return _NOTHING if line.decided is None or is_sub or line.lines else self._missing

    def _beside(self, line: ShownLine) -> str:
        """What stands behind the title."""
        words = f" {self._waiting}" if line.is_waiting else ""
        if line.supplement:
            words += " " + _badge(self._supplement % {"number": line.supplement}, "info")
        if line.block:
            words += " " + _badge(self._block % {"number": line.block}, "info")
        if line.late_reason:
            words += f'<br><span class="aside">{self._late} {escape(line.late_reason)}</span>'
        return words


def _badge(words: str, tone: str = "") -> str:
    return f'<span class="badge{f" badge-{tone}" if tone else ""}">{escape(words)}</span>'
