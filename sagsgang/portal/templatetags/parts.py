"""The parts of an item as HTML, for every page that shows items.

Written in Python, since a meeting's page holds hundreds of them: as templates they cost ten times as much. Each filter
answers finished HTML, or nothing where the document says nothing. What comes from a document is escaped here, but for the
texts named `html`, which the disclosure has sanitised.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape

from django import template
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from sagsgang.portal import languages
from sagsgang.portal.addresses import file_addresses, reading_addresses
from sagsgang.portal.files import PDF
from sagsgang.portal.templatetags.portal import details, numbered_title, rich
from sagsgang.publication.document import AttachmentLine, ItemDocument, Section, VoteText
from sagsgang.publication.rendering import labels
from sagsgang.publication.rendering.order import DecisionBlock, attachments_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class _ListWords:
    """The words around attachments, in one language."""

    language: str | None
    read: str
    read_this: str  # with %(title)s
    closed: str


@cache
def _list_words(language: str | None) -> _ListWords:
    """`language` is the one that is active; it is named so that each has its own words."""
    read, read_this = gettext("Read as text"), gettext("Read as text: %(title)s")
    return _ListWords(language, read, read_this, pgettext("attachment", "closed"))


@dataclass(frozen=True, slots=True)
class _ListFrame:
    """What the lines of one list share, asked once for all of them: its words, its addresses, and the mark of Danish."""

    words: _ListWords
    file: Callable[[object, str], str]
    reading: Callable[[object], str]
    da: str


def danish_mark() -> str:
    """In a tag of an English page: what stands in it is Danish."""
    return ' lang="da"' if languages.in_english() else ""


@register.filter
def facts(item: ItemDocument) -> SafeString:
    """Open or closed, and the case number."""
    line = " · ".join(labels.item_facts(item))
    return _html(f'<p class="quiet">{escape(line)}</p>\n' if line else "")


@register.filter
def late(item: ItemDocument) -> SafeString:
    """That the item came with a supplementary agenda, and why it came late."""
    return _html("".join(f'<p class="quiet">{escape(words)}</p>\n' for words in labels.late_words(item)))


@register.filter
def withheld(item: ItemDocument) -> SafeString:
    """Why a closed item is not shown, and its extract or the stated reason."""
    told = item.withheld
    if told is None:
        return _html("")
    da = danish_mark()
    ground = f"<span{da}>{escape(told.ground)}</span>" if da and told.ground else escape(told.ground)
    lines = ["<p>" + gettext("Closed because of: %(ground)s.") % {"ground": ground} + "</p>"]
    if told.extract:
        lines.append(f'<div class="rich"{da}>{linebreaks(told.extract, autoescape=True)}</div>')
    elif told.reason:
        lines.append(f"<p{da}>{escape(told.reason)}</p>")
    return _html('<div class="withheld">\n' + "\n".join(lines) + "\n</div>\n")


@register.filter
def section(block: Section, level: int) -> SafeString:
    """A text under its heading, with its points."""
    da = danish_mark()
    heading = f"<h{level}{da}>{escape(block.heading)}</h{level}>\n" if block.heading else ""
    points = "".join(
        "<li>" + (f'<span class="marker">{escape(point.marker)}</span> ' if point.marker else "")
        + f"<span{da}>{escape(point.text)}</span></li>"
        for point in block.points
    )  # fmt: skip
    listed = f'<ul class="nobullet-list points">{points}</ul>\n' if points else ""
    return _html(f'{heading}<div class="rich"{da}>{rich(block.html)}</div>\n{listed}')


@register.filter
def record(item: ItemDocument, level: int) -> SafeString:
    """What happened at the item before its decision, and its votes."""
    heading = gettext("Votes")
    votes = f"<h{level}>{heading}</h{level}>\n" + "".join(map(_vote, item.votes)) if item.votes else ""
    return _html(_paragraphs(item.record) + votes)


def _vote(vote: VoteText) -> str:
    da = danish_mark()
    each = "".join(f"<li{da}>{escape(line)}</li>" for line in vote.votes)
    heading = gettext("How each voted")
    names = (
        f'<details class="details"><summary class="details-summary">{heading}</summary>'
        f'<div class="details-text"><ul class="nobullet-list people">{each}</ul></div></details>'
    )
    return f'<div class="rich vote"><p{da}>{escape(vote.sentence)}</p>{names if each else ""}</div>\n'


@register.filter
def after(item: ItemDocument) -> SafeString:
    """What came of the item after its decision."""
    return _html(_paragraphs(item.after))


def _paragraphs(lines: tuple[str, ...]) -> str:
    words = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<div class="rich record"{danish_mark()}>{words}</div>\n' if words else ""


@register.filter
def decisions(blocks: list[DecisionBlock], level: int) -> SafeString:
    """Each body's decision, and what it says of the sub-items."""
    return _html("".join(_decision(block, level) for block in blocks))


def _decision(block: DecisionBlock, level: int) -> str:
    title = escape(labels.decision_title(block))
    head = f'<section class="decision">\n<h{level}>{title}</h{level}>\n'
    return head + decision_words(block) + "</section>\n"


@register.filter
def decision_words(block: DecisionBlock) -> SafeString:
    """The words of one decision, and what it says of the sub-items."""
    da = danish_mark()
    parts = "".join(
        f'<div class="rich subdecision"{da}><p class="sub-heading">{escape(numbered_title(part.subitem))}</p>'
        f"{rich(part.html)}</div>\n"
        for part in block.subdecisions
    )
    return _html(f'<div class="rich"{da}>{rich(block.html)}</div>\n{parts}')


@register.filter
def absent(item: ItemDocument) -> SafeString:
    """Who was not there at the item; nothing where the document does not say."""
    if item.absent is None:
        return _html("")
    names = "; ".join(escape(labels.person_words(line)) for line in item.absent) or gettext("Nobody")
    heading = gettext("Absent")
    return _html(f'<p class="absent"><strong>{heading}:</strong> {names}</p>\n')


@register.filter
def attachments(item: ItemDocument, level: int) -> SafeString:
    """The attachments as they may be shown, under their heading; nothing where the document does not say."""
    lines = attachments_of(item)
    if lines is None:
        return _html("")
    listed = attachment_list(item) if lines else "<p>" + gettext("No attachments.") + "</p>\n"
    heading = gettext("Attachments")
    return _html(f"<h{level}>{heading}</h{level}>\n{listed}")


@register.filter
def attachment_list(item: ItemDocument) -> SafeString:
    """The attachments as they may be shown."""
    words = _list_words(get_language())
    frame = _ListFrame(words, file_addresses(), reading_addresses(), danish_mark())
    rows = "".join(
        f'<li value="{line.no}">{_open(line, frame) if line.access == "open" else _closed(line, words)}</li>\n'
        for line in attachments_of(item) or ()
    )
    return _html(f'<ol class="attachments">\n{rows}</ol>\n')


def _open(line: AttachmentLine, frame: _ListFrame) -> str:
    words, da = frame.words, frame.da
    title = escape(labels.attachment_title(line))
    if line.file:
        shown = f'<a href="{escape(frame.file(line.public_id, line.file.name))}"{da}>{title}</a>'
    else:
        shown = f"<span{da}>{title}</span>" if da else title
    said = details(line, words.language)
    shown += f' <span class="quiet">({escape(said)})</span>' if said else ""
    if line.file and line.file.media_type == PDF:
        shown += (
            f' <a class="as-text d-print-none" href="{frame.reading(line.public_id)}"'
            f' aria-label="{words.read_this % {"title": title}}">{words.read}</a>'
        )
    return shown


def _closed(line: AttachmentLine, words: _ListWords) -> str:
    closed = f' <span class="quiet">({words.closed})</span>' if line.title else ""
    return escape(labels.attachment_title(line)) + closed


def _html(text: str) -> SafeString:
    """Finished HTML: every word in it was escaped above, or sanitised by the disclosure."""
    return mark_safe(text)  # noqa: S308
