"""A Word document as parts under headings, in the house's small HTML; what cannot be taken over is said."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from xml.parsers.expat import ExpatError

import mammoth
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from sagsgang.cases.rendering.docx_out import money_heading
from sagsgang.cases.rules.incoming import Incoming, Part, Place, is_known, named
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents import richtext

LARGEST_PART = 20 * 1024 * 1024  # bytes of one XML part: some 2,000 pages

_STYLES = """
p[style-name='Title'] => h1.document-title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Caption'] => p:fresh
"""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"h([1-6])")
_LONGEST_HEADING = 200
_WORD = re.compile(r"\w+")
# What mammoth and its parsers were seen to raise on damaged files.
_BROKEN = (
    *(zipfile.BadZipFile, ExpatError, etree.LxmlError, KeyError, ValueError, IndexError, AttributeError, TypeError),
    *(RecursionError, OSError, EOFError, NotImplementedError),
)


def incoming_of(content: bytes, places: Sequence[Place]) -> Incoming:
    """The document's title, parts and notes. A heading divides it where it is of the highest level, or known.

    Raises `RuleBrokenError` with a sentence for a document that cannot be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(part.file_size > LARGEST_PART for part in archive.infolist() if part.filename.endswith(".xml")):
                raise RuleBrokenError(_("The Word document is longer than can be read in. Divide it into several."))
            notes = list(_notes(archive))
            printed = _words_of_xml(archive)
        html = mammoth.convert_to_html(io.BytesIO(content), style_map=_STYLES, convert_image=_nothing).value
        root = lxml_html.fragment_fromstring(html or "<p></p>", create_parent="div")
    except _BROKEN as error:
        raise RuleBrokenError(
            _("The Word document is damaged and cannot be read. Open it in Word, save it anew, and upload that.")
        ) from error
    title, parts = _parts(root, places)
    read = Counter(_WORD.findall(" ".join([title, *(f"{p.heading} {richtext.to_plain(p.html)}" for p in parts)])))
    lost = list((printed - read).elements())
    if lost:
        notes.append(_lost_note(lost))
    return Incoming(title, tuple(parts), tuple(notes))


def _nothing(image: object) -> list[object]:
    """Pictures are told of, and not taken over."""
    return []


# Parts


def _parts(root: HtmlElement, places: Sequence[Place]) -> tuple[str, list[Part]]:
    title = ""
    blocks = list(root)
    levels = [_level(block) for block in blocks if _level(block)]
    if blocks and _is_title(blocks[0], levels, places):
        title = _words(blocks.pop(0))
        levels = [_level(block) for block in blocks if _level(block)]
    top = min(levels, default=0)
    parts: list[tuple[str, int, list[HtmlElement]]] = [("", 0, [])]
    for block in blocks:
        if _divides(block, top, places):
            parts.append((_words(block), _level(block) or top, []))
        elif _is_footnotes(block):
            parts.append((_("Footnotes"), 0, [block]))
        else:
            parts[-1][2].append(block)
    made = ((heading, _html(below, level)) for heading, level, below in parts)
    kept = [(heading, html) for heading, html in made if heading or html]
    return title, [Part(number, heading, html) for number, (heading, html) in enumerate(kept, start=1)]


def _is_title(block: HtmlElement, levels: Sequence[int], places: Sequence[Place]) -> bool:
    """Word's own title, or a first heading that alone is of its level and names no section."""
    if "document-title" in (block.get("class") or ""):
        return True
    level = _level(block)
    return level > 0 and levels.count(level) == 1 and max(levels) > level and not is_known(_words(block), places)


def _level(block: HtmlElement) -> int:
    found = _HEADING.fullmatch(str(block.tag))
    return int(found[1]) if found else 0


def _divides(block: HtmlElement, top: int, places: Sequence[Place]) -> bool:
    words = _words(block)
    level = _level(block)
    if not words or len(words) > _LONGEST_HEADING:
        return False
    if level:
        return level == top or is_known(words, places)
    # Many write a heading as a line of bold words, or as a line that says nothing else.
    return block.tag == "p" and is_known(words, places)


def _is_footnotes(block: HtmlElement) -> bool:
    return (
        block.tag == "ol"
        and len(block) > 0
        and re.match(r"(?:footnote|endnote)-", block[0].get("id") or "") is not None
    )


def _html(blocks: Iterable[HtmlElement], level: int) -> str:
    """The blocks in the small HTML; a heading one level below the part's own is of the first rank."""
    shown = []
    for block in blocks:
        rank = _level(block) - level
        if _level(block):
            block.tag = "h3" if rank <= 1 else "h4"
        shown.append(lxml_html.tostring(block, encoding="unicode", with_tail=False))
    return richtext.clean("".join(shown))


def _words(block: HtmlElement) -> str:
    return " ".join(str(block.text_content()).split())


def is_money(part: Part) -> bool:
    """Is it the economy block that the house itself wrote into the document?"""
    return named(part.heading) == named(money_heading())


# What cannot be taken over


def _notes(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    body = _xml(archive, "word/document.xml")
    if any(next(body.iter(f"{_W}{tag}"), None) is not None for tag in ("ins", "del", "moveFrom", "moveTo")):
        yield _(
            "The document has tracked changes: what was added is read, what was deleted is not."
            " Accept or reject them in Word if that is wrong."
        )
    comments = _xml(archive, "word/comments.xml").findall(f"{_W}comment") if "word/comments.xml" in names else []
    if comments:
        yield ngettext(
            "{n} comment is not taken over.", "{n} comments are not taken over.", len(comments)
        ).format(n=len(comments))  # fmt: skip
    pictures = len({id(drawing) for tag in ("drawing", "pict") for drawing in body.iter(f"{_W}{tag}")})
    if pictures:
        yield ngettext(
            "{n} picture or drawing is not taken over; upload it as an attachment.",
            "{n} pictures or drawings are not taken over; upload them as attachments.", pictures,
        ).format(n=pictures)  # fmt: skip
    if any(_has_words(_xml(archive, name)) for name in names if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name)):
        yield _("What stands at the top and the foot of the pages is not taken over.")


def _xml(archive: zipfile.ZipFile, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(archive.read(name), parser)


def _has_words(root: etree._Element) -> bool:
    return any(text.text and text.text.strip() for text in root.iter(f"{_W}t"))


def _words_of_xml(archive: zipfile.ZipFile) -> Counter[str]:
    """Every word that Word would print in the body, also where no reader of ours looks for it."""
    root = _xml(archive, "word/document.xml")
    for old in list(root.iter(_FALLBACK)):
        old.clear()
    lines = []
    for paragraph in root.iter(f"{_W}p"):
        words = []
        for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}p", _MATH):
            words.append(node.text or "" if node.tag in (f"{_W}t", _MATH) else " ")
        if not any(True for _outer in paragraph.iterancestors(f"{_W}p")):
            lines.append("".join(words))
    return Counter(_WORD.findall("\n".join(lines)))


def _lost_note(lost: list[str]) -> str:
    shown = ", ".join(lost[:12]) + (" …" if len(lost) > 12 else "")
    return ngettext(
        "{n} word stands where it cannot be read (a drawing, a formula): {words}",
        "{n} words stand where they cannot be read (a drawing, a formula): {words}", len(lost),
    ).format(n=len(lost), words=shown)  # fmt: skip
