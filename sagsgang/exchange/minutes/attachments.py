"""The rows under *Bilag* (layouts page, section 8): Acadre rows, template rows, cells apart, bare titles and files."""

import re

from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.parsed import ParsedAttachment
from sagsgang.exchange.minutes.vocabulary import NONE_WORDS, fold

ACCESS = {"åben": "open", "lukket": "closed", "personsag": "closed", "åbent": "open", "fortrolig": "closed"}
_ACCESS = r"(?P<access>Åben|Lukket|Personsag|Åbent|Fortrolig)"
ROW_START = re.compile(r"(?<!\S)(?P<no>\d{1,3})\s?-\s+(?=(?:\d{5,9}\s+)?(?:Åben|Lukket|Personsag|Fortrolig)\b)")
ROW = re.compile(
    rf"(?P<id>\d{{5,9}})?\s*{_ACCESS}\s+(?P<title>.+?)(?:\s+\((?P<doc>\d+/\d{{2,4}})?\))?(?:\s*\((?P<type>[A-ZÆØÅ])?\))?\s*"
)
TEMPLATE_ROW = re.compile(
    rf"(?P<no>\d{{1,3}})\.?\s+(?:{_ACCESS}\s+)?(?P<title>\S.*?)(?:\s+(?P<doc>\d{{2,7}}/\d{{2}}))?"
)
DOC_NO = re.compile(r"\d{2,7}/\d{2}")
FILE = re.compile(
    r"(?:application/\w+ icon\s+)?(?P<file>\S[^\s/]*\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|tiff?|jpe?g|png|msg"
    r"|zip))(?=\s|$)",
    re.I,
)
ICON = re.compile(r"application/[\w.+-]+ icon\s+(?P<file>.+?)\s*", re.I)
LINKS = frozenset({"se alle bilag", "hent alle bilag", "vis bilag", "alle bilag", "download alle bilag", "bilag"})


def read_attachments(lines: list[Line]) -> tuple[ParsedAttachment, ...] | None:
    """All rows; () when the document says that there are none, None when it shows only a link or a bare heading."""
    lines = [line for line in lines if fold(line.text) not in LINKS]
    text = " ".join(line.text for line in lines)
    if not lines:
        return None
    if fold(text) in NONE_WORDS:
        return ()
    return tuple(_acadre(text) or _cells(lines) or _template(lines) or _titles(lines))


def _acadre(text: str) -> list[ParsedAttachment]:
    """`sort - id Åben title (document number) (mark)`; a new row begins only at the next number and dash."""
    starts = list(ROW_START.finditer(text))
    rows: list[ParsedAttachment] = []
    for start, following in zip(starts, [*starts[1:], None], strict=False):
        row = ROW.fullmatch(text, start.end(), following.start() if following else len(text))
        if row is None:
            return []
        rows.append(
            ParsedAttachment(
                row["title"], int(start["no"]), row["id"], ACCESS[row["access"].casefold()], row["doc"], row["type"]
            )
        )
    return rows if rows and not text[: starts[0].start()].strip() else []


def _cells(lines: list[Line]) -> list[ParsedAttachment]:
    """Every cell on a line of its own: number, Åben or Lukket, title, document number."""
    rows: list[ParsedAttachment] = []
    words = [line.text for line in lines]
    index = 0
    while index < len(words):
        if (
            not words[index].isdigit()
            or len(words[index]) > 3
            or fold(words[index + 1] if index + 1 < len(words) else "") not in ACCESS
        ):
            return []
        end = index + 2
        while end < len(words) and not DOC_NO.fullmatch(words[end]) and not words[end].isdigit():
            end += 1
        doc = words[end] if end < len(words) and DOC_NO.fullmatch(words[end]) else None
        title = " ".join(words[index + 2 : end])
        if not title:
            return []
        rows.append(ParsedAttachment(title, int(words[index]), None, ACCESS[fold(words[index + 1])], doc))
        index = end + (doc is not None)
    return rows


def _template(lines: list[Line]) -> list[ParsedAttachment]:
    """`N Åben Title nnnnnn/yy`; the document numbers can also follow after all titles."""
    rows: list[ParsedAttachment] = []
    numbers: list[str] = []
    for line in lines:
        match = TEMPLATE_ROW.fullmatch(line.text)
        if DOC_NO.fullmatch(line.text):
            numbers.append(line.text)
        elif match and int(match["no"]) == len(rows) + 1 and (match["access"] or match["doc"]):
            access = ACCESS[match["access"].casefold()] if match["access"] else None
            rows.append(ParsedAttachment(match["title"], int(match["no"]), None, access, match["doc"]))
        elif rows and not numbers and not rows[-1].doc_no:
            rows[-1] = _with_more(rows[-1], line.text)
        else:
            return []
    if numbers and len(numbers) == len(rows) and not any(row.doc_no for row in rows):
        return [ParsedAttachment(r.title, r.no, r.id, r.access, n) for r, n in zip(rows, numbers, strict=True)]
    return rows if not numbers else []


def _with_more(row: ParsedAttachment, words: str) -> ParsedAttachment:
    """A title that went on in the next printed line, with the document number perhaps at its end."""
    whole = re.fullmatch(r"(?P<title>.*?)(?:\s+(?P<doc>\d{2,7}/\d{2}))?", f"{row.title} {words}")
    title, doc = (whole["title"], whole["doc"]) if whole else (row.title, None)
    return ParsedAttachment(title, row.no, row.id, row.access, doc)


def _titles(lines: list[Line]) -> list[ParsedAttachment]:
    rows: list[ParsedAttachment] = []
    for line in lines:
        icon = ICON.fullmatch(line.text)
        files = [icon["file"]] if icon else [match["file"] for match in FILE.finditer(line.text)]
        if files and (len(files) > 1 or icon or files[0] == line.text):
            rows += [ParsedAttachment(file, file=file) for file in files]
        elif len(line.text) <= 300:
            rows.append(ParsedAttachment(line.text))
    return rows


def icon_files(lines: list[Line]) -> tuple[ParsedAttachment, ...] | None:
    """Files that a page shows beside the text with an icon, without a heading."""
    found = [match["file"] for line in lines if (match := ICON.fullmatch(line.text))]
    return tuple(ParsedAttachment(file, file=file) for file in found) or None
