"""The recommendation: its points begin with *at*, ask for what the item is for, and there is one for each matter."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.cases.models import ItemKind, SectionKind, Verb
from sagsgang.cases.rules.lint.shapes import Lint, LintedPoint, LintedSection, LintedText, at

DECISION_VERBS = frozenset(
    {Verb.APPROVE, Verb.ADOPT, Verb.DECIDE, Verb.GRANT, Verb.RECOMMEND, Verb.FORWARD, Verb.REJECT}
)
_FITTING: dict[str, frozenset[str]] = {
    ItemKind.DECISION: DECISION_VERBS | {Verb.NOTE, Verb.DISCUSS},
    ItemKind.DISCUSSION: frozenset({Verb.DISCUSS, Verb.NOTE, Verb.FORWARD}),
    ItemKind.ORIENTATION: frozenset({Verb.NOTE}),
}
_CARRYING: dict[str, frozenset[str]] = {
    ItemKind.DECISION: DECISION_VERBS,
    ItemKind.DISCUSSION: frozenset({Verb.DISCUSS}),
    ItemKind.ORIENTATION: frozenset({Verb.NOTE}),
}
_MARKER = re.compile(r"^\s*(?:[-–—•*]\s*|\(?\d{1,2}[.)]\s*|\(?[a-zæøå][.)]\s*)*", re.IGNORECASE)
_AT = re.compile(r"at\b", re.IGNORECASE)
_STATED = re.compile(r"\b(?:indstille[rs]|foreslå[rs]|anbefale[rs])\b[^.]*?,?\s+(at\s.+)", re.IGNORECASE | re.DOTALL)
_NOTE_END = r"til (?:efterretning|orientering|underretning)"
# The present tense, the infinitive and the passive of each; participles ("den godkendte plan") ask for nothing.
_VERB_WORDS: dict[str, str] = {
    Verb.NOTE: rf"tag(?:er|es|e)\b.{{0,300}}?\b{_NOTE_END}|(?:bliver|er) orienteret|orienteres",
    Verb.DISCUSS: r"drøft(?:er|es|e)",
    Verb.APPROVE: r"godkend(?:er|es|e)|tiltræde(?:r|s)?|imødekomme(?:r|s)?",
    Verb.ADOPT: r"vedtag(?:er|es|e)",
    Verb.DECIDE: (
        r"beslutte(?:r|s)?|tager stilling|tages stilling|vælge(?:r|s)?|udpege(?:r|s)?|fastsætte(?:r|s)?|iværksætte(?:r|s)?"
        r"|igangsætte(?:r|s)?|nedsætte(?:r|s)?|ophæve(?:r|s)?|forlænge(?:r|s)?|nedlægge(?:r|s)?|oprette(?:r|s)?"
        r"|sende(?:r|s)? i høring|meddele(?:r|s)?|indgå(?:r|s)?|bemyndige(?:r|s)?|udarbejde(?:r|s)?|gennemføre(?:r|s)?"
    ),
    Verb.GRANT: r"bevilge(?:r|s)?|bevillige(?:r|s)?|frigive(?:r|s)?|afsætte(?:r|s)?|finansiere(?:r|s)?|give(?:r|s)? (?:en )?\w*bevilling",
    Verb.RECOMMEND: r"anbefale(?:r|s)?|indstille(?:r|s)?",
    Verb.FORWARD: r"(?:over|frem|videre)sende(?:r|s)?|sende(?:r|s)? videre|forelægge(?:r|s)? for",
    Verb.REJECT: r"afvise(?:r|s)?|afslå(?:r|s)?|forkaste(?:r|s)?|meddele(?:r|s)? afslag",
}
_VERB = re.compile("|".join(rf"(?P<{verb}>\b(?:{words})\b)" for verb, words in _VERB_WORDS.items()), re.IGNORECASE)
_JOINED = re.compile(r"(?:\bog|\bsamt|,)\s+(?:\w+\s+)?$", re.IGNORECASE)
_HOLLOW = re.compile(
    r"\bat\s+(?:punkt(?:et|erne)|sag(?:en|erne)|emne(?:t|rne)|dagsordenspunkt(?:et|erne)|det|dette|de)\s+"
    r"(?:behandle[rs]|tages op(?: til behandling)?|forelægges|fremlægges|gennemgås)\s*\.?\s*$",
    re.IGNORECASE,
)
_MATTER = re.compile(r"^\s*(?P<number>\d{1,2})[.)]\s+(?P<words>\S.*)$")
_MATTER_WORDS = 15  # a numbered line that says so much is a matter; half of them must, or it is a list of points
_FEWEST_MATTERS = 2


def check_recommendation(text: LintedText) -> Iterator[Lint]:
    """Everything that is to be said of the recommendation; a text without one is told so if it asks for a decision."""
    sections = [s for s in text.sections if s.kind == SectionKind.RECOMMENDATION]
    points = [(section, point) for section in sections for point in stated_points(section)]
    for section in sections:
        if not section.is_empty and not stated_points(section):
            yield _without_at(section, section.text)
    for section, point in points:
        yield from _check_point(section, point, text.item_kind)
    yield from _check_whole(text, sections, points)
    yield from _check_matters(text, sections, len(points))


def stated_points(section: LintedSection) -> list[LintedPoint]:
    """The points: as they are kept, else as the words state them ("… indstiller, at …", lines that begin with *at*)."""
    if section.points:
        return list(section.points)
    lines = [_MARKER.sub("", line) for line in section.text.splitlines() if line.strip()]
    begun = [LintedPoint("", line) for line in lines if _AT.match(line)]
    stated = _STATED.search(section.text)
    if begun or not stated:
        return begun
    return [LintedPoint("", stated[1].strip())]


def verbs_of(words: str) -> list[str]:
    """What a point asks for, in the order of its words: the first verb, and those joined to it by *og* or *samt*."""
    found: list[str] = []
    for match in _VERB.finditer(words):
        verb = next(name for name, value in match.groupdict().items() if value)
        if not found or (verb not in found and _JOINED.search(words[: match.start()])):
            found.append(verb)
    return found


def matters_of(section: LintedSection) -> list[str]:
    """The first words of the numbered matters in a text; none if it is only a numbered list of short points."""
    lines = section.text.splitlines()
    found: list[tuple[str, int]] = []
    for place, line in enumerate(lines):
        match = _MATTER.match(line)
        if match and int(match["number"]) == len(found) + 1:
            below = " ".join(_until_next_number(lines[place + 1 :]))
            found.append((match["words"].split(". ")[0], len(f"{match['words']} {below}".split())))
    long = sum(1 for _words, length in found if length >= _MATTER_WORDS)
    return [words for words, _length in found] if long >= _FEWEST_MATTERS and long * 2 >= len(found) else []


def _until_next_number(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if _MATTER.match(line):
            return
        yield line


def _without_at(section: LintedSection, words: str) -> Lint:
    return at(
        section, "at-missing", "warning", quote=words,
        message=_("The recommendation does not begin with “at”."),
        why=_("The members decide on the points as they stand: each begins with “at” and can be answered with a yes."),
    )  # fmt: skip


def _check_point(section: LintedSection, point: LintedPoint, kind: str) -> Iterator[Lint]:
    words = _MARKER.sub("", point.text)
    if not _AT.match(words):
        yield _without_at(section, point.text)
    if _HOLLOW.search(words if _AT.match(words) else f"at {words}"):
        yield at(
            section, "hollow", "warning", quote=point.text,
            message=_("The point asks for nothing: that a matter is treated is no decision."),
            why=_("Afterwards it must be possible to read out of the recommendation what the body was asked to decide."),
        )  # fmt: skip
        return
    said = verbs_of(words)
    if not said and not point.verb:
        yield at(
            section, "verb-missing", "hint", quote=point.text,
            message=_("The point has no word for what the body shall do (approve, discuss, take note, …)."),
            why=_("The outcome of the decision is chosen from the same words."),
        )  # fmt: skip
    yield from _check_verbs(section, point, said, kind)


def _check_verbs(section: LintedSection, point: LintedPoint, said: list[str], kind: str) -> Iterator[Lint]:
    if point.verb and said and not any(_mean_the_same(point.verb, verb) for verb in said):
        yield at(
            section, "verb-differs", "hint", quote=point.text,
            message=_("“{verb}” is chosen, but the words ask for something else.").format(verb=Verb(point.verb).label),
            why=_("The chosen verb decides which outcomes the secretary is offered."),
        )  # fmt: skip
    unfit = [verb for verb in said or [point.verb] if verb and kind and verb not in _FITTING[kind]]
    if unfit:
        yield at(
            section, "verb-unfit", "warning", quote=point.text,
            message=_("“{verb}” does not fit an item for {kind}.").format(
                verb=Verb(unfit[0]).label, kind=ItemKind(kind).label
            ),
            why=_reason_of_kind(kind),
        )  # fmt: skip


def _mean_the_same(one: str, other: str) -> bool:
    return one == other or {one, other} <= DECISION_VERBS - {Verb.RECOMMEND, Verb.FORWARD, Verb.REJECT}


def _reason_of_kind(kind: str) -> str:
    if kind == ItemKind.ORIENTATION:
        return _(
            "On an item for orientation nothing is decided unless all members are present and agree to it"
            " (the ministry's practice); only taking note fits."
        )
    if kind == ItemKind.DISCUSSION:
        return _("An item for discussion is discussed; what shall be decided belongs on an item for decision.")
    return _("An item for decision must ask the body to decide something.")


def _check_whole(
    text: LintedText, sections: list[LintedSection], points: list[tuple[LintedSection, LintedPoint]]
) -> Iterator[Lint]:
    """Is there a recommendation at all, and does one of its points carry the kind of the item?"""
    if not points:
        if text.item_kind == ItemKind.DECISION and all(section.is_empty for section in sections):
            yield Lint(
                "recommendation-missing", "warning", sections[0].id if sections else "",
                sections[0].heading if sections else "", "",
                _("There is no recommendation."), _reason_of_kind(ItemKind.DECISION),
            )  # fmt: skip
        return
    asked = {verb for _section, point in points for verb in verbs_of(point.text) or [point.verb] if verb}
    fits = asked <= _FITTING.get(text.item_kind, asked)
    if asked and fits and text.item_kind and not asked & _CARRYING[text.item_kind]:
        yield at(
            points[0][0], "verb-unfit", "warning", quote=points[0][1].text,
            message=_("No point fits an item for {kind}.").format(kind=ItemKind(text.item_kind).label),
            why=_reason_of_kind(text.item_kind),
        )  # fmt: skip


def _check_matters(text: LintedText, sections: list[LintedSection], points: int) -> Iterator[Lint]:
    for section in text.sections:
        if section.kind not in (SectionKind.PRESENTATION, SectionKind.BACKGROUND, SectionKind.OTHER):
            continue
        matters = matters_of(section)
        if len(matters) < _FEWEST_MATTERS:
            continue
        yield at(
            section, "composite", "warning", quote="; ".join(matters),
            message=ngettext(
                "The text holds {count} matter.", "The text holds {count} matters in one item.", len(matters)
            ).format(count=len(matters)),
            why=_(
                "One item, one matter: each has its own path, attachments and decision."
                " Make them sub-items, or cases of their own."
            ),
        )  # fmt: skip
        if points < len(matters):
            yield at(
                sections[0] if sections else section, "point-per-matter", "warning", quote="",
                message=_("{matters} matters, but {points} in the recommendation.").format(
                    matters=len(matters), points=ngettext("{n} point", "{n} points", points).format(n=points)
                ),
                why=_("A decision on each matter needs a point for each of them."),
            )  # fmt: skip
