"""Strings of a PDF outside its pages: form values, remarks, bookmarks, properties, what is said in place of pictures."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from lxml import etree

from sagsgang.gate.masking.spans import Finder

MARK = "[fjernet]"
_DEEPEST = 60
_BINARY = ("/Contents", "/ByteRange", "/ID", "/Cert", "/O", "/U", "/OE", "/UE", "/Perms", "/CheckSum", "/Lookup")


def replaced(text: str, finder: Finder) -> str:
    """The text with a mark in place of everything found."""
    for found in sorted(finder(text), key=lambda one: one.start, reverse=True):
        text = text[: found.start] + MARK + text[found.end :]
    return text


def clean_strings(pdf: pikepdf.Pdf, finder: Finder) -> int:
    """Replace what is found in every string of the file. Answers how many strings were changed."""
    return sum(_clean(node, finder, 0) for node in pdf.objects)


def _clean(node: Any, finder: Finder, depth: int) -> int:
    if depth > _DEEPEST:
        return 0
    changed = 0
    for key, value in list(_entries(node)):
        if isinstance(value, pikepdf.String):
            text = str(value)
            if (new := replaced(text, finder)) != text:
                node[key] = pikepdf.String(new)
                _forget_look(node)
                changed += 1
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            changed += _clean(value, finder, depth + 1)
    return changed


def _entries(node: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(node, pikepdf.Array):
        yield from ((at, node[at]) for at in range(len(node)))
    elif isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
        is_signature = str(node.get("/Type", "")) == "/Sig"
        for key in list(node.keys()):
            if key not in _BINARY or (key == "/Contents" and not is_signature):
                yield key, node.get(key)


def _forget_look(node: Any) -> None:
    """A field or remark whose words changed is drawn anew by whoever opens the file."""
    if isinstance(node, pikepdf.Dictionary):
        for owner in (node, *node.get("/Kids", [])):
            if isinstance(owner, pikepdf.Dictionary) and "/AP" in owner:
                del owner["/AP"]


def clean_xml(pdf: pikepdf.Pdf, finder: Finder, *, is_anonymous: bool) -> None:
    """The XMP packets: what is found is replaced; `is_anonymous` leaves only what says which standard the file keeps."""
    for node in pdf.objects:
        if not isinstance(node, pikepdf.Stream) or str(node.get("/Type", "")) != "/Metadata":
            continue
        try:
            root = etree.fromstring(
                node.read_bytes().strip(b"\0 \r\n\t"), etree.XMLParser(resolve_entities=False, no_network=True)
            )
        except (etree.XMLSyntaxError, pikepdf.PdfError, ValueError):
            node.write(b"")
            continue
        if is_anonymous:
            _strip(root)
        for one in root.iter():
            if isinstance(one.tag, str):
                one.text = replaced(one.text, finder) if one.text else one.text
                for name, words in one.attrib.items():
                    one.set(name, replaced(str(words), finder))
        node.write(etree.tostring(root))


_STANDARDS = ("http://www.aiim.org/pdfua/ns/id/", "http://www.aiim.org/pdfa/ns/id/")


def _strip(root: etree._Element) -> None:
    for description in list(root.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")):
        for name in list(description.attrib):
            space = etree.QName(name).namespace
            if space not in _STANDARDS and etree.QName(name).localname != "about":
                del description.attrib[name]
        for child in list(description):
            if isinstance(child.tag, str) and (
                etree.QName(child).namespace in _STANDARDS or etree.QName(child).localname == "title"
            ):
                continue
            description.remove(child)


def words_of(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every string and every unpacked stream of the file, pictures and fonts left out, for the last look."""
    for node in pdf.objects:
        yield from _strings(node, 0)
        if isinstance(node, pikepdf.Stream) and str(node.get("/Subtype", "")) not in ("/Image", "/Type1C", "/OpenType"):
            if "/Length1" in node or "/FunctionType" in node:
                continue
            try:
                yield node.read_bytes().decode("latin-1")
            except pikepdf.PdfError:
                continue


def _strings(node: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    for _key, value in _entries(node):
        if isinstance(value, pikepdf.String):
            yield str(value)
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            yield from _strings(value, depth + 1)
