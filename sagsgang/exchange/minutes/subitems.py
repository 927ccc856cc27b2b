"""Numbered matters inside one item, told in the case text and again in the decision (layouts page, section 0).

Such a list is *not* a list of agenda items. It counts as sub-items only when each entry begins with a short title
sentence, and the decision repeats the titles or the text says that points follow. Nothing of the text is lost:
`N. Title. text` gives every entry back.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sagsgang.exchange.minutes.grammar import make_date, month_number
from sagsgang.exchange.minutes.parsed import ParsedPlan, ParsedSubItem
from sagsgang.exchange.minutes.vocabulary import fold

ENTRY = re.compile(r"(?P<no>\d{1,2})\.\s+(?P<rest>\S.*)", re.S)
MAX_TITLE = 220
SHORTENED = re.compile(
    r"(?:^|[\s(\"”])(?:vedr|nr|ca|f\.eks|fx|bl\.a|inkl|ekskl|jf|jfr|pr|afd|adm|dir|stk|kap|mio|mia|evt|hhv|ift|mht|pga|kl|d|vha"
    r"|skt|dr|kr|st|sct|ang|tlf|maks|max|min|gl|ndr|sdr|red|tidl|pkt|[A-ZÆØÅa-zæøå]|\d{1,2}\.[a-z])\.$",
    re.I,
)
SENTENCE_END = re.compile(r"(?<=[.?!:])[\"”»)]?\s+(?=[A-ZÆØÅ\"”“»(\d§-])")
ANNOUNCES = re.compile(r"\b(?:punkter|sager|emner)\b[^.]{0,60}:$", re.I)

_CODE = r"[A-ZÆØÅ]{2,5}(?![\wæøå])|Hoved-?MED"
_BODY = (
    r"(?:[A-ZÆØÅ][\wæøå]*-(?:,| og) )*[A-ZÆØÅ][\wæøå]*(?:-? og [A-ZÆØÅ][\wæøå]*)?(?:udvalget|udvalg|rådet"
    r"|bestyrelsen|nævnet)"
    r"|Direktionen|Udvalget for [A-ZÆØÅ][\wæøå]*(?:, [A-ZÆØÅ][\wæøå]*)*(?: og [A-ZÆØÅ][\wæøå]*)?|Byrådet"
    r"|Regionsrådet|Borgerrepræsentationen"
)
_WEEKDAY = r"(?:(?:man|tirs|ons|tors|fre|lør|søn)dag )?"
_MONTHS = r"januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|okt|nov|dec"
PLAN = re.compile(
    rf"(?<![\wæøåÆØÅ-])(?P<body>{_CODE}|{_BODY})(?:s møde)?,? ?{_WEEKDAY}(?:den |d\. ?)?{_WEEKDAY}(?:den |d\. ?)?"
    rf"(?P<d>\d{{1,2}})(?:\. ?(?P<m1>{_MONTHS})\b\.?| (?P<m2>{_MONTHS})\b\.?|[./-](?P<n>\d{{1,2}})(?!\d)"
    rf"|\.(?=,? og | ?,))(?:[ ./-]{{0,2}}(?P<y>\d{{4}}|(?<=[-/.])\d{{2}})(?!\d))?"
)


@dataclass(frozen=True, slots=True)
class _Entry:
    no: str
    title: str
    text: str


def split_subitems(text: str, decision: str, meeting: date | None) -> tuple[str, str, tuple[ParsedSubItem, ...]]:
    """The case text before the list, the decision text before it, and the sub-items; nothing changes without a list."""
    lead, entries = _entries(text)
    decided_lead, decided = _entries(decision)
    if len(entries) < 2 or not _is_list_of_matters(lead, entries, decided):
        return text, decision, ()
    decisions = _matched(entries, decided)
    subitems = tuple(
        ParsedSubItem(entry.no, entry.title, entry.text, planned_steps(entry.text, meeting), decisions.get(entry.no))
        for entry in entries
    )
    return lead, (decided_lead if decisions else decision), subitems


def _entries(text: str) -> tuple[str, list[_Entry]]:
    """The paragraphs before "1.", and the entries 1, 2, 3 ... with what belongs to each."""
    lead: list[str] = []
    found: list[tuple[str, str, list[str]]] = []
    for paragraph in text.split("\n"):
        match = ENTRY.match(paragraph)
        if match and int(match["no"]) == len(found) + 1:
            title, rest = first_sentence(match["rest"])
            found.append((match["no"], title, [rest] if rest else []))
        elif found:
            found[-1][2].append(paragraph)
        else:
            lead.append(paragraph)
    return "\n".join(lead).strip(), [_Entry(no, title, "\n".join(more)) for no, title, more in found]


def first_sentence(text: str) -> tuple[str, str]:
    """The first sentence without its full stop, and the rest; a stop behind a shortened word ends nothing."""
    for end in SENTENCE_END.finditer(text[: MAX_TITLE * 3]):
        head = text[: end.start()] + end.group(0).rstrip()
        if not SHORTENED.search(head) and not head.endswith(":"):
            return _without_stop(head), text[end.end() :]
    return _without_stop(text), ""


def _without_stop(head: str) -> str:
    return head[:-1] if head.endswith(".") else head


def _is_list_of_matters(lead: str, entries: list[_Entry], decided: list[_Entry]) -> bool:
    """Titles that the decision repeats, or a text that says points follow; "at ..." lists are recommendations."""
    if any(len(entry.title) > MAX_TITLE or fold(entry.title).startswith("at ") for entry in entries):
        return False
    repeated = {(entry.no, fold(entry.title)) for entry in decided} & {
        (entry.no, fold(entry.title)) for entry in entries
    }
    if decided:
        return len(repeated) * 2 >= len(decided)
    announced = ANNOUNCES.search(lead.rsplit("\n", 1)[-1]) is not None
    return announced and sum(bool(entry.text) for entry in entries) * 2 > len(entries)


def _matched(entries: list[_Entry], decided: list[_Entry]) -> dict[str, str]:
    """What the decision says of each entry; empty as soon as one title differs, so that no word gets lost."""
    titles = {entry.no: entry.title for entry in entries}
    if any(titles.get(entry.no) != entry.title for entry in decided):
        return {}
    return {entry.no: entry.text for entry in decided}


def planned_steps(text: str, meeting: date | None) -> tuple[ParsedPlan, ...]:
    """Body and date pairs ahead of the meeting: "HU 27.april, ØK 16 maj og KB 23 maj"; the year is the meeting's."""
    plans: list[ParsedPlan] = []
    waiting: list[tuple[str, int]] = []  # steps that named a day only: the month comes with a later step
    for match in PLAN.finditer(text):
        word = match["m1"] or match["m2"]
        month = month_number(word) if word else int(match["n"]) if match["n"] else None
        waiting.append((match["body"], int(match["d"])))
        if month is None:
            continue
        for body, day in waiting:
            found = _full(match["y"], month, day, meeting)
            if not (found and meeting and found < meeting):  # what lies behind the meeting is told, not planned
                plans.append(ParsedPlan(body, found))
        waiting = []
    return tuple(plans)


def _full(year: str | None, month: int, day: int, meeting: date | None) -> date | None:
    """The date in the printed year, else in the meeting's, else (a meeting in December) in the next."""
    if year:
        return make_date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    if meeting is None:
        return None
    found = make_date(meeting.year, month, day)
    if found and found < meeting - timedelta(days=183):
        return make_date(meeting.year + 1, month, day)
    return found
