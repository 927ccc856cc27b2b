"""Label lines of an item: case number, officer, openness, path (layouts page, sections 3 and 4)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from sagsgang.exchange.minutes.grammar import find_case, is_case_line
from sagsgang.exchange.minutes.vocabulary import CLOSED_ITEM, LABEL_KINDS, OPEN_ITEM, fold

_WORDS = sorted((word for word, kind in LABEL_KINDS.items()), key=len, reverse=True)
_ANY = "|".join(re.escape(word).replace(r"\ ", r"\s?") for word in _WORDS)
LABEL = re.compile(rf"(?:^|(?<=[\s,;|]))(?P<label>{_ANY})\.?\s*(?P<colon>:)\s*", re.I)
BARE_NUMBER = re.compile(
    r"(?P<label>Sagsnr|Sagnr|Sagsid|J\. ?nr|Journalnr|Sagsnummer|Brevid|Dok\. ?nr|Sag)\.?\s+(?P<value>\S.*)", re.I
)
OPEN_DASH = re.compile(r"(?P<access>Åbent?|Lukket)\s?[-–]\s?(?P<case>\S+)")
TRAILING = " ,;|"


@dataclass(frozen=True, slots=True)
class Label:
    """One label and the words behind it, which may be none."""

    kind: str
    value: str


def labels_of(text: str) -> list[Label]:
    """The labels of a line that begins with one; [] for every other line."""
    if len(text) > 300:
        return []
    if ":" in text and LABEL.match(text):
        matches = list(LABEL.finditer(text))
        return _with_access([_label(text, matches, place) for place in range(len(matches))])
    bare = BARE_NUMBER.match(text)
    if bare:
        return _bare_number(bare)
    kind = LABEL_KINDS.get(fold(text))
    return [Label(kind, "")] if kind and kind != "ignored" else []


def _label(text: str, matches: list[re.Match[str]], place: int) -> Label:
    match = matches[place]
    end = matches[place + 1].start() if place + 1 < len(matches) else len(text)
    return Label(LABEL_KINDS[fold(match["label"])], text[match.end() : end].strip(TRAILING))


def _with_access(labels: list[Label]) -> list[Label]:
    """ "Dok.nr.: 340-2018-20301 Åbent": the last word of the line says whether the item is open."""
    last = labels[-1]
    value, _, word = last.value.rpartition(" ")
    access = access_word(word) if last.kind in {"case", "doc"} else None
    return (
        [*labels[:-1], Label(last.kind, value.strip(TRAILING)), Label("access", access)] if access and value else labels
    )


def _bare_number(bare: re.Match[str]) -> list[Label]:
    """ "Sagsnr. 16/34038" without a colon: only a number may stand right behind it."""
    case = find_case(bare["value"], labelled=fold(bare["label"]) != "sag")
    if case is None and fold(bare["label"]) not in {"sag", "dok. nr"} and len(bare["value"]) < 25:
        return [Label("case", "")]  # "J.nr. S00": the number lost its figures
    if case is None or not bare["value"].startswith(case):
        return []
    kind = LABEL_KINDS.get(fold(bare["label"]), "case")
    rest = bare["value"][len(case) :].strip(TRAILING)
    return [Label(kind, case), *_rest(rest)]


def _rest(rest: str) -> list[Label]:
    access = access_word(rest.rsplit("Sag", 1)[0]) or next(
        (access_word(word) for word in rest.split() if access_word(word)), None
    )
    return [Label("access", access)] if access else labels_of(rest)


def access_word(text: str) -> str | None:
    """ "open" or "closed" for a line that says only that."""
    folded = fold(text.strip(" ()"))
    if folded in OPEN_ITEM:
        return "open"
    return "closed" if folded in CLOSED_ITEM else None


def access_and_case(text: str) -> tuple[str, str | None] | None:
    """ "Åbent - <case no>" and "<case no> Åbent", the line of an item."""
    match = OPEN_DASH.fullmatch(text)
    if match and find_case(match["case"], labelled=True):
        return ("open" if match["access"].startswith("Å") else "closed"), match["case"]
    return None


@lru_cache(maxsize=50_000)
def is_item_label(text: str) -> bool:
    """Whether a line says something of one item: a case label, a lone case number, "Åben sag", a path label."""
    kinds = {label.kind for label in labels_of(text)} - {"ignored"}
    return bool(kinds) or is_case_line(text) or access_word(text) is not None or access_and_case(text) is not None
