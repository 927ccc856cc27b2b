"""A meeting as one HTML page that stands alone: its own small style, no script, no file beside it."""

import re
from collections.abc import Iterable

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from sagsgang.documents.richtext import clean, from_plain
from sagsgang.publication.document import AttachmentLine, ItemDocument, MeetingDocument, PersonLine, Section
from sagsgang.publication.rendering import labels
from sagsgang.publication.rendering.order import (
    DecisionBlock,
    anchors_of,
    attachments_of,
    decisions_of,
    flow_of,
    numbered,
)
from sagsgang.publication.rendering.text import day_of

STYLE = """
body{font:1rem/1.55 "IBM Plex Sans",system-ui,sans-serif;color:#1f2a33}
body{margin:0 auto;max-width:46rem;padding:1.5rem}
h1,h2,h3,h4,h5,h6{color:#0b4f71;line-height:1.25;margin:1.6em 0 .5em;break-after:avoid}
header{border-bottom:2px solid #0b4f71;margin-bottom:1.5rem}
header p,.facts{color:#4d5a63;margin:.2em 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.25rem}dt{color:#4d5a63}dd{margin:0}
article{border-top:1px solid #b7c1c8;margin-top:2.5rem}
.decision,.dissent,.withheld{border-left:3px solid #0b4f71;padding:.1rem 1rem .4rem;margin:1.2rem 0}
.decision{background:#eef3f6}.dissent,.withheld{border-color:#4d5a63}
.path{display:flex;flex-wrap:wrap;gap:.3rem;list-style:none;padding:0}
.path li{border:1px solid #0b4f71;border-radius:3px;padding:0 .5rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0}caption{text-align:left;font-weight:700}
th,td{border:1px solid #b7c1c8;padding:.25rem .6rem;text-align:left;vertical-align:top}
thead th{background:#eef3f6}
a{color:#0b4f71;overflow-wrap:anywhere}
@media print{body{max-width:none;padding:0;font-size:10.5pt}nav{display:none}tr{break-inside:avoid}}
"""

_SCROLL = '<div class="scroll" tabindex="0">'
_HEADING = re.compile(r"<(/?)h([34])>")


def meeting_html(document: MeetingDocument, *, base_url: str = "") -> str:
    """The whole page. `base_url` starts the links to open attachments; without it they are only named."""
    with translation.override(labels.LANGUAGE):
        page = format_html(
            '<!doctype html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n{}\n<main>\n{}\n</main>\n</body>\n</html>\n",
            labels.LANGUAGE,
            labels.document_title(document),
            mark_safe(STYLE),  # noqa: S308 - our own constant
            _header(document),
            _main(document, base_url.rstrip("/")),
        )
    return str(page)


def _header(document: MeetingDocument) -> SafeString:
    """Whose meeting it is and when; an item alone gets no list of those present."""
    rows = labels.facts(document) if document.form != "item" else []
    people: list[tuple[str, tuple[PersonLine, ...] | None]] = [
        (labels.chrome()["present"], document.present),
        (labels.chrome()["absent"], document.absent),
    ]
    if document.form != "item":
        rows += [(label, _names(names)) for label, names in people if names is not None]
    return format_html(
        "<header>\n<p>{}</p>\n<h1>{}: {}</h1>\n{}</header>",
        document.authority,
        labels.kind_word(document),
        labels.document_title(document),
        _joined([
            format_html("<dl>{}</dl>\n", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)) if rows else "",
            _sentences(document.record),
        ]),
    )  # fmt: skip


def _main(document: MeetingDocument, base_url: str) -> SafeString:
    pairs = list(zip(anchors_of(document.items), document.items, strict=True))
    if not pairs:
        return format_html("<p>{}</p>", labels.chrome()["no_items"])
    links = format_html_join("", '<li><a href="#{}">{}</a></li>', ((anchor, _title(item)) for anchor, item in pairs))
    words = labels.chrome()["contents"]
    contents = format_html('<nav aria-label="{}">\n<h2>{}</h2>\n<ul>{}</ul>\n</nav>\n', words, words, links)
    articles = [
        format_html('<article id="{}">\n{}</article>', anchor, _item(item, base_url, 2)) for anchor, item in pairs
    ]
    return _joined([contents if document.form != "item" else "", *articles])


def _item(item: ItemDocument, base_url: str, level: int) -> SafeString:
    flow = flow_of(item)
    before = [(section, part) for section in flow.before if (part := _section(section, level + 1))]
    inside = flow.subitems_inside and bool(before) and bool(before[-1][0].heading.strip())
    sub_level = level + 2 if inside else level + 1
    decisions = decisions_of(item) if level == 2 else []
    return _joined([
        _heading(level, _title(item)),
        _facts(item),
        *(format_html('<p class="facts">{}</p>\n', words) for words in labels.late_words(item)),
        _path(item),
        *(part for _, part in before),
        *(_item(subitem, base_url, sub_level) for subitem in item.subitems),
        *(_section(section, level + 1) for section in flow.after),
        _withheld(item, level + 1),
        _sentences(item.record),
        _votes(item, level + 1),
        *(_decision(block, level + 1) for block in decisions),
        _sentences(item.after),
        *(format_html('<div class="dissent">{}</div>', _section(part, level + 1)) for part in flow.dissents),
        _absent(item),
        _attachments(item, base_url, level + 1),
    ])  # fmt: skip


def _title(item: ItemDocument) -> SafeString:
    if item.title:
        return format_html("{}", numbered(item.number, item.title))
    return format_html("{} <em>{}</em>", numbered(item.number, ""), labels.chrome()["untitled"])


def _heading(level: int, words: str) -> SafeString:
    depth = min(level, 6)
    return format_html("<h{}>{}</h{}>\n", depth, words, depth) if words else mark_safe("")


def _facts(item: ItemDocument) -> SafeString | str:
    facts = labels.item_facts(item)
    return format_html('<p class="facts">{}</p>\n', " · ".join(facts)) if facts else ""


def _path(item: ItemDocument) -> SafeString | str:
    if not item.path:
        return ""
    steps = ((f"{step.body} {day_of(step.on)}" if step.on else step.body,) for step in item.path)
    label = labels.chrome()["path"]
    return format_html(
        '<p class="facts">{}</p>\n<ol class="path" aria-label="{}">{}</ol>\n',
        label, label, format_html_join("", "<li>{}</li>", steps),
    )  # fmt: skip


def _section(section: Section, level: int) -> SafeString:
    """A section with its heading; nothing if it holds no words."""
    heading = section.heading.strip()
    text = _text(section.html, level if heading else level - 1)
    points = format_html_join("\n", "<p>{} {}</p>", ((point.marker, point.text) for point in section.points))
    return _joined([_heading(level, heading), text, points]) if text or points else mark_safe("")


def _text(html: str, level: int) -> SafeString:
    """The subset below a heading of `level`: its own headings follow without a gap, wide tables scroll."""
    ceiling = 1

    def shifted(found: re.Match[str]) -> str:
        nonlocal ceiling
        own = int(found[2]) - 2
        if not found[1]:
            ceiling = 2 if own == 1 else ceiling
        return f"<{found[1]}h{min(level + min(own, ceiling), 6)}>"

    text = _HEADING.sub(shifted, clean(html))
    text = text.replace("<table>", f"{_SCROLL}<table>").replace("</table>", "</table></div>")
    return mark_safe(text)  # noqa: S308 - cleaned above


def _withheld(item: ItemDocument, level: int) -> SafeString | str:
    if item.withheld is None:
        return ""
    words = labels.chrome()
    ground = item.withheld.ground
    extract = item.withheld.extract
    return format_html(
        '<div class="withheld">{}{}{}{}</div>\n',
        format_html("<p><strong>{}:</strong> {}</p>", words["closed_why"], ground) if ground else "",
        _text(from_plain(item.withheld.reason), level),
        format_html("<p><strong>{}</strong></p>", words["extract"]) if extract else "",
        _text(from_plain(extract), level),
    )


def _decision(block: DecisionBlock, level: int) -> SafeString:
    parts = [
        format_html("<p><strong>{}</strong></p>{}", _title(part.subitem), _text(part.html, level))
        for part in block.subdecisions
    ]
    return format_html(
        '<section class="decision">{}{}{}</section>\n',
        _heading(level, labels.decision_title(block)), _text(block.html, level), _joined(parts),
    )  # fmt: skip


def _sentences(lines: Iterable[str]) -> SafeString:
    return format_html_join("", "<p>{}</p>\n", ((line,) for line in lines))


def _votes(item: ItemDocument, level: int) -> SafeString | str:
    if not item.votes:
        return ""
    lines = format_html_join(
        "",
        "<p>{}</p>{}\n",
        ((vote.sentence, format_html("<p>{}</p>", "; ".join(vote.votes)) if vote.votes else "") for vote in item.votes),
    )
    return format_html("{}{}", _heading(level, labels.chrome()["votes"]), lines)


def _names(people: tuple[PersonLine, ...]) -> str:
    return ", ".join(labels.person_words(person) for person in people) or labels.chrome()["nobody"]


def _absent(item: ItemDocument) -> SafeString | str:
    if item.absent is None:
        return ""
    return format_html("<p><strong>{}:</strong> {}</p>\n", labels.chrome()["absent"], _names(item.absent))


def _attachments(item: ItemDocument, base_url: str, level: int) -> SafeString | str:
    lines = attachments_of(item)
    if lines is None:
        return ""
    words = labels.chrome()
    heading = _heading(level, words["attachments"])
    if not lines:
        return format_html("{}<p>{}</p>\n", heading, words["no_attachments"])
    names = ("no", "access", "title", "document_id", "document_number", "mark")
    return format_html(
        "{}{}<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>\n",
        heading,
        mark_safe(_SCROLL),  # noqa: S308 - our own constant
        format_html_join("", '<th scope="col">{}</th>', ((words[name],) for name in names)),
        _joined([_row(line, base_url) for line in lines]),
    )


def _row(line: AttachmentLine, base_url: str) -> SafeString:
    title: str = labels.attachment_title(line)
    if base_url and line.public_id:
        title = format_html('<a href="{}/bilag/{}">{}</a>', base_url, line.public_id, title)
    access = labels.access_word(line.access)
    cells = (str(line.no), access, title, line.document_id, line.document_number, line.mark)
    return format_html("<tr>{}</tr>", format_html_join("", "<td>{}</td>", ((cell,) for cell in cells)))


def _joined(parts: Iterable[str]) -> SafeString:
    """Finished pieces in a row; plain strings among them are escaped."""
    return format_html_join("", "{}", ((part,) for part in parts))
