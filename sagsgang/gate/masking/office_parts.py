"""What goes from the parts of an Office file as a whole: tracked changes, remarks, persons."""

from lxml import etree

_FORMATTING = ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange",
               "tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
               "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
               "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd")  # fmt: skip
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_PERSONS = ("creator", "lastModifiedBy", "Manager", "Company", "HyperlinkBase")


def accept_changes(root: etree._Element) -> None:
    """Tracked changes as if each had been accepted: what was struck out goes, what was added stays."""
    for local in (*_FORMATTING,):
        for node in list(root.iter(f"{_WORD}{local}")):
            _drop(node)
    for node in list(root.iter(f"{_WORD}del", f"{_WORD}moveFrom")):
        _drop(node)
    for node in list(root.iter(f"{_WORD}ins", f"{_WORD}moveTo")):
        _unwrap(node)
    for node in list(
        root.iter(f"{_TEXT}tracked-changes", f"{_TEXT}change", f"{_TEXT}change-start", f"{_TEXT}change-end")
    ):
        _drop(node)


def drop_comments(root: etree._Element, name: str) -> None:
    """Remarks, and the marks in the text that point to them."""
    for local in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for node in list(root.iter(f"{_WORD}{local}")):
            _drop(node)
    for node in list(root.iter(f"{_OFFICE}annotation", f"{_OFFICE}annotation-end")):
        _drop(node)
    _drop_comment_parts(root, name)


def _drop_comment_parts(root: etree._Element, name: str) -> None:
    file = name.rpartition("/")[2].lower()
    if name.startswith(("word/comments", "ppt/comments/")) or "/threadedcomments/" in name.lower():
        for node in list(root):
            root.remove(node)
    elif name.startswith("xl/") and file.startswith("comment"):
        for node in list(root.iter("{*}commentList", "{*}authors")):
            for child in list(node):
                node.remove(child)
    elif file.endswith(".vml"):
        for node in list(root.iter("{urn:schemas-microsoft-com:vml}shape")):
            data = node.find("{urn:schemas-microsoft-com:office:excel}ClientData")
            if data is not None and data.get("ObjectType") == "Note":
                _drop(node)


def drop_persons(root: etree._Element, name: str) -> None:
    """Who made the file, changed it or remarked on it."""
    if name in ("docProps/core.xml", "docProps/app.xml"):
        for node in list(root.iter(*(f"{{*}}{one}" for one in _PERSONS))):
            _drop(node)
    elif name == "docProps/custom.xml" or name.endswith("people.xml"):
        for node in list(root):
            root.remove(node)
    elif name == "meta.xml":
        tags = (
            f"{_DC}creator",
            f"{_META}initial-creator",
            f"{_META}printed-by",
            f"{_META}user-defined",
            f"{_META}generator",
        )
        for node in list(root.iter(*tags)):
            _drop(node)
    for node in root.iter(f"{_DC}creator"):
        node.text = ""
    for node in root.iter():
        if isinstance(node.tag, str):
            _forget_person(node, name)


def _forget_person(node: etree._Element, name: str) -> None:
    """Names in attributes: who changed, who remarked."""
    if (local := etree.QName(node).localname) == "author" and name.startswith("xl/"):
        node.text = ""
    for attribute in (f"{_WORD}author", f"{_WORD}initials", "displayName", "userId"):
        if attribute in node.attrib and (attribute.startswith("{") or local == "person"):
            node.set(attribute, "")
    if local in ("cmAuthor", "author") and name.startswith("ppt/"):
        for attribute in ("name", "initials", "userId"):
            if attribute in node.attrib:
                node.set(attribute, "")


def _drop(node: etree._Element) -> None:
    """Remove a node; the words after it stay."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def _unwrap(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    at = parent.index(node)
    for child in reversed(list(node)):
        parent.insert(at, child)
    _drop(node)
