"""HTML to text: block elements become lines, list items get a bullet, scripts and menus go."""

from lxml import etree, html

from sagsgang.exchange.minutes.errors import UnreadableError

BROKEN = "Websiden kan ikke læses."
SILENT = {"script", "style", "noscript", "template", "svg", "head", "nav", "iframe", "select", "button"}
BLOCKS = {"p", "div", "section", "article", "header", "footer", "main", "ul", "ol", "table", "tbody", "thead", "form",
          "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "dl", "dt", "dd", "figure", "address", "fieldset",
          "details", "summary", "body", "tr", "hr", "li"}  # fmt: skip
GAPS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "table", "ul", "ol"}


def text_of_html(text: str) -> str:
    """The words of the page as a browser would lay them out, roughly."""
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(BROKEN) from error
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if not isinstance(element.tag, str):
            _tail(element, pieces, event == "comment")
        elif event == "start":
            _open(element, pieces)
        else:
            _close(element, pieces)
    return "".join(pieces)


def _hidden(element: etree._Element) -> bool:
    return any(str(parent.tag) in SILENT for parent in (element, *element.iterancestors()))


def _tail(element: etree._Element, pieces: list[str], wanted: bool) -> None:
    if wanted and element.tail and not _hidden(element):
        pieces.append(_flat(element.tail))


def _open(element: etree._Element, pieces: list[str]) -> None:
    if _hidden(element):
        return
    tag = str(element.tag)
    if tag in BLOCKS:
        pieces.append("\n\n" if tag in GAPS else "\n")
    if tag == "br":
        pieces.append("\n")
    if tag == "li":
        pieces.append(_marker(element))
    if element.text:
        pieces.append(element.text if tag == "pre" else _flat(element.text))


def _close(element: etree._Element, pieces: list[str]) -> None:
    tag = str(element.tag)
    if tag in BLOCKS and not _hidden(element):
        pieces.append("\n\n" if tag in GAPS else "\n")
    elif tag in {"td", "th"}:
        pieces.append(" ")
    parent = element.getparent()
    if element.tail and (parent is None or not _hidden(parent)):
        pieces.append(_flat(element.tail))


def _marker(element: etree._Element) -> str:
    parent = element.getparent()
    if parent is None or parent.tag != "ol" or parent.get("type", "1") != "1":
        return "• "
    start = parent.get("start", "1")
    first = int(start) if start.isdigit() and len(start) < 6 else 1
    return f"{first + sum(1 for _ in element.itersiblings('li', preceding=True))}. "


def _flat(text: str) -> str:
    return " ".join(text.split(" ")) if not any(c in text for c in "\n\t\r") else _one_line(text)


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and words else ""
    return before + words + after
