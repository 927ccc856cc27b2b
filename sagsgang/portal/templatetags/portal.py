"""The portal's words for what it shows: those of the printed minutes, as template filters."""

from functools import cache, lru_cache

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from sagsgang.portal import languages, paths
from sagsgang.portal.shown import ShownItem
from sagsgang.publication.document import AttachmentLine, FileFacts, ItemDocument, PersonLine
from sagsgang.publication.models import PublicItem, PublicMeeting
from sagsgang.publication.rendering import labels
from sagsgang.publication.rendering.changes import ChangeLine, change_lines, kind_words, lines_of_item
from sagsgang.publication.rendering.order import DecisionBlock, attachments_of, numbered

register = template.Library()

_FILE_WORDS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "text/plain": "TXT",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
}


@register.simple_tag(takes_context=True)
def twins(context: template.Context) -> languages.Twins:
    """The addresses of this page in both languages.

    `own_path` of the context is where it is, else it is the address that was asked; `own_query` is what stands after it.
    """
    return languages.twins(context.get("own_path") or "", context.get("own_query") or "")


@register.simple_tag
def one_url(name: str, *args: object) -> str:
    """The address of a file or a feed, which is the same in both languages."""
    return languages.one_address(name, *args)


@register.simple_tag(name="da")
def danish_attribute() -> SafeString:
    """In a tag of an English page: what stands in it is Danish."""
    return mark_safe(' lang="da"') if languages.in_english() else mark_safe("")


@register.filter(name="da")
def danish_words(words: object) -> object:
    """Danish words in an English sentence."""
    return format_html('<span lang="da">{}</span>', words) if languages.in_english() and words else words


@register.filter
def kind_word(meeting: PublicMeeting) -> str:
    """Agenda, supplementary agenda, draft, minutes or correction."""
    return kind_words(meeting.kind)


@register.filter
def changes_of(meeting: PublicMeeting) -> list[ChangeLine]:
    """What changed since the release that this one took the place of, a line for each item."""
    return change_lines(meeting.changes)


@register.filter
def changes_at(meeting: PublicMeeting, item: ShownItem) -> list[ChangeLine]:
    """The same at one item and its sub-items."""
    return lines_of_item(meeting.changes, [str(row.pk) for row in (item.row, *(sub.row for sub in item.subitems))])


@register.filter
def person(line: PersonLine) -> str:
    """A person as the minutes name her."""
    return labels.person_words(line)


@register.filter
def rich(html: str) -> SafeString:
    """The stored subset of HTML as it is; a table may be wider than the page, and is then moved by the keyboard too."""
    if "<table>" in html:
        frame = format_html(
            '<div class="table--responsive-scroll" tabindex="0" role="group" aria-label="{}">', gettext("Table")
        )
        html = html.replace("<table>", f"{frame}<table>").replace("</table>", "</table></div>")
    return mark_safe(html)  # noqa: S308 - the disclosure has sanitised what is stored here, and the frame is ours


@register.filter
def decision_title(block: DecisionBlock) -> str:
    """Whose decision, and from when."""
    return labels.decision_title(block)


@register.filter
def attachment_lines(item: ItemDocument) -> tuple[AttachmentLine, ...] | None:
    """The attachments as they may be shown."""
    return attachments_of(item)


@register.filter
def attachment_title(line: AttachmentLine) -> str:
    """The title, or that it is closed."""
    return labels.attachment_title(line)


def _file_facts(file: FileFacts, language: str | None) -> str:
    kind = _FILE_WORDS.get(file.media_type) or file.name.rpartition(".")[2].upper()
    return f"{kind}, {_size_words(file.size, language)}"


@lru_cache(maxsize=4096)
def _size_words(size: int, language: str | None) -> str:
    """`language` is the one that is active; it is named so that each has its own words."""
    return filesizeformat(size)


@register.filter
def numbered_title(row: PublicItem | ItemDocument) -> str:
    """Number and title as printed."""
    return numbered(row.number, row.title) or gettext("(without title)")


@register.filter
def numbers(line: AttachmentLine) -> str:
    """The numbers of an open attachment, as far as they are stated."""
    return _numbers(line, get_language())


def _numbers(line: AttachmentLine, language: str | None) -> str:
    document_id, document_number = _number_words(language)
    stated = (
        document_id % {"id": line.document_id} if line.document_id else "",
        document_number % {"number": line.document_number} if line.document_number else "",
    )
    return ", ".join(words for words in stated if words)


@cache
def _number_words(language: str | None) -> tuple[str, str]:
    return gettext("document id %(id)s"), gettext("document no. %(number)s")


def details(line: AttachmentLine, language: str | None) -> str:
    """What stands in brackets after an open attachment: its file's kind and size ("PDF, 1,2 MB"), and its numbers.

    `language` is the one that is active: it is named, since a page asks two hundred times.
    """
    facts = _file_facts(line.file, language) if line.file else ""
    return ", ".join(words for words in (facts, _numbers(line, language)) if words)


@register.filter
def place(row: PublicItem) -> str:
    """The address of an item; of a sub-item its place on its item's page."""
    return paths.place_of(row)


@register.filter
def grouped(value: int) -> str:
    """A count: "12.345", in English "12,345"."""
    return number_format(value, force_grouping=True)


@register.filter
def percent(value: float) -> str:
    """A share with one decimal: "12,5 %", in English "12.5%"."""
    words = number_format(round(value, 1), 1)
    return f"{words}%" if get_language() == "en" else f"{words}\u00a0%"
