"""The visible words that are ours, for HTML and PDF. (The text layout has labels of its own.)"""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from sagsgang.publication.document import AttachmentLine, ItemDocument, MeetingDocument, PersonLine
from sagsgang.publication.rendering.changes import kind_words
from sagsgang.publication.rendering.order import DecisionBlock

LANGUAGE = "da"  # a protocol is a Danish document, whatever language the person who prints it reads


def chrome() -> dict[str, str]:
    """The fixed words around a printed meeting, by the name that templates use."""
    return {
        "absent": gettext("Absent"),
        "access": gettext("Access"),
        "attachments": gettext("Attachments"),
        "closed_why": gettext("Why this is closed"),
        "contents": gettext("Contents"),
        "document_id": gettext("Document id"),
        "document_number": gettext("Document no."),
        "extract": gettext("Public extract"),
        "internal": gettext("Internal copy: may hold closed matters"),
        "mark": gettext("Mark"),
        "no": gettext("No."),
        "no_attachments": gettext("No attachments."),
        "no_items": gettext("There are no items."),
        "nobody": gettext("Nobody"),
        "page": gettext("Page {page} of {pages}"),
        "path": gettext("Path of the case"),
        "present": gettext("Present"),
        "title": gettext("Title"),
        "votes": gettext("Votes"),
        "untitled": gettext("(without title)"),
    }


def kind_word(document: MeetingDocument) -> str:
    """What it is, as the printed kind of the document; `kind` may be any kind of release."""
    return kind_words(document.kind)


def long_day(day: date) -> str:
    """The day with its weekday, in words."""
    return gettext("{weekday}, {day}").format(weekday=date_format(day, "l"), day=day_words(day))


def day_words(day: date) -> str:
    """The day in words."""
    return date_format(day, "DATE_FORMAT")


def document_title(document: MeetingDocument) -> str:
    """Body and date: the name of the file in a reader's window."""
    return f"{document.body}, {day_words(document.held_on)}"


def facts(document: MeetingDocument) -> list[tuple[str, str]]:
    """Day, time, place and number as label and value, as far as they are stated."""
    starts = f"{document.starts:%H.%M}" if document.starts else ""
    ends = f"{document.ends:%H.%M}" if document.ends else ""
    stated = (
        (gettext("Date"), long_day(document.held_on)),
        (gettext("Time"), f"{starts}–{ends}" if starts and ends else starts),
        (gettext("Ended"), "" if starts else ends),
        (gettext("Place"), document.place),
        (gettext("Meeting no."), document.number),
    )
    return [(label, value) for label, value in stated if value]


def person_words(person: PersonLine) -> str:
    """Title, name, role and party, and the note that belongs to her."""
    name = f"{person.title} {person.name}".strip()
    brackets = ", ".join(word for word in (person.role, person.party) if word)
    return name + (f" ({brackets})" if brackets else "") + (f" – {person.note}" if person.note else "")


def access_word(access: str) -> str:
    """Open or closed, or nothing where the document does not say."""
    words = {"open": pgettext("access", "Open"), "closed": pgettext("access", "Closed")}
    return words.get(access, "")


def item_facts(item: ItemDocument) -> list[str]:
    """What stands under an item's title: open or closed, and its case number."""
    case = gettext("Case no. {number}").format(number=item.case_number) if item.case_number else ""
    access = {"open": gettext("Open item"), "closed": gettext("Closed item")}.get(item.access, "")
    return [word for word in (access, case) if word]


def late_words(item: ItemDocument) -> list[str]:
    """That an item came with a supplementary agenda, and why it came late or was changed (R3); of a closed one nothing."""
    if item.access == "closed":
        return []
    words = gettext("Supplementary agenda no. {number}").format(number=item.supplement) if item.supplement else ""
    reason = gettext("Why it comes late: {reason}").format(reason=item.late_reason) if item.late_reason else ""
    return [word for word in (words, reason) if word]


def decision_title(block: DecisionBlock) -> str:
    """Whose decision it is and from when, as far as the document states it."""
    day = day_words(block.decided_on) if block.decided_on else ""
    if block.body and day:
        return gettext("Decision in {body} on {day}").format(body=block.body, day=day)
    if block.body:
        return gettext("Decision in {body}").format(body=block.body)
    return gettext("Decision on {day}").format(day=day) if day else gettext("Decision")


def attachment_title(line: AttachmentLine) -> str:
    """The attachment's title; a closed one without a public title says only that it is closed."""
    if line.title:
        return line.title
    return gettext("(without title)") if line.access == "open" else gettext("Closed attachment")
