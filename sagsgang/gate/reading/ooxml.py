"""What Word, Excel and PowerPoint files have in common: properties, links, custom data, embedded files."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from sagsgang.gate.pieces import Kind, Piece, Where
from sagsgang.gate.reading.archives import Archive

PERSONS = {
    "creator": "Author",
    "lastModifiedBy": "Last modified by",
    "Manager": "Manager",
    "Company": "Company",
    "HyperlinkBase": "Base address",
}
_LEFT = ("created", "modified", "revision", "lastPrinted", "TotalTime", "Application", "AppVersion", "Template",
         "DocSecurity", "Pages", "Words", "Characters", "Lines", "Paragraphs", "CharactersWithSpaces",
         "ScaleCrop", "LinksUpToDate", "SharedDoc", "HyperlinksChanged", "version", "language")  # fmt: skip


def properties(archive: Archive) -> Iterator[Piece]:
    """Who made the file and what it says of itself."""
    for name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        if name not in archive.names:
            continue
        for node in archive.tree(name).iter():
            words = (node.text or "").strip()
            if not words or not isinstance(node.tag, str):
                continue
            local = etree.QName(node).localname
            if name == "docProps/custom.xml":
                parent = node.getparent()
                title = parent.get("name", "") if parent is not None else ""
                yield Piece(words, Where.METADATA, place=": ".join([_("Own property"), title]))
            elif local in PERSONS:
                yield Piece(words, Where.METADATA, place=_property(local), kind=Kind.METADATA)
            elif local not in _LEFT:
                yield Piece(words, Where.METADATA, place=_("Properties"))


def _property(local: str) -> str:
    return {
        "creator": _("Author"),
        "lastModifiedBy": _("Last modified by"),
        "Manager": _("Manager"),
        "Company": _("Company"),
        "HyperlinkBase": _("Base address"),
    }[local]


def links(archive: Archive) -> Iterator[Piece]:
    """Addresses outside the file that it points to."""
    for name in archive.names:
        if not name.endswith(".rels"):
            continue
        for node in archive.tree(name):
            target = node.get("Target") or ""
            if node.get("TargetMode") == "External" and target:
                yield Piece(target.removeprefix("mailto:"), Where.HIDDEN, place=_("Link"))


def custom_data(archive: Archive) -> Iterator[Piece]:
    """Data that programs keep inside the file (custom XML)."""
    for name in archive.names:
        if not (name.startswith("customXml/") and name.endswith(".xml")):
            continue
        for node in archive.tree(name).iter():
            if not isinstance(node.tag, str):
                continue
            for words in (node.text, node.tail, *node.attrib.values()):
                if words and str(words).strip() and not str(words).startswith(("http://", "https://", "urn:", "{")):
                    yield Piece(str(words).strip(), Where.METADATA, place=_("Data inside the file"))


def drawn(archive: Archive) -> Iterator[Piece]:
    """Words in charts and diagrams, wherever in the file they are kept."""
    for name in archive.names:
        if not name.endswith(".xml") or not any(part in name for part in ("/charts/", "/diagrams/", "/drawings/")):
            continue
        root = archive.tree(name)
        for paragraph in root.iter("{*}p"):
            words = "".join(str(node.text or "") for node in paragraph.iter("{*}t"))
            if words.strip():
                yield Piece(words, Where.TEXT, place=_("Drawing"))
        for value in root.iter("{*}v"):
            if (value.text or "").strip():
                yield Piece(str(value.text), Where.HIDDEN, place=_("Numbers behind a chart"))
        for node in root.iter("{*}cNvPr"):
            for told in (node.get("descr"), node.get("title")):
                if told:
                    yield Piece(told, Where.HIDDEN, place=_("Alternative text"))
