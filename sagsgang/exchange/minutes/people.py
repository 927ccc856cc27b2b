"""Names of people as minutes print them; who was away and who sat in (layouts page, section 6)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sagsgang.exchange.minutes.parsed import ParsedPerson, ParsedSubstitute
from sagsgang.exchange.minutes.vocabulary import ABSENCE, NONE_WORDS, fold

_WORD = r"(?:(?:[A-ZÆØÅÉÖÜ]|Aa|Chr|Fr|Kr|Th|St)\.(?:-?[A-ZÆØÅ]\.)*+|[A-ZÆØÅÉÖÜÁ][\w'’´\-]*+)"
_LINK = r"(?:von|van|de|der|den|af|el|al|bin|da|la|le|di|ul|y)"
NAME = rf"{_WORD}(?:\s-\s?{_WORD}|-\s{_WORD}|\s(?:{_LINK}\s)?{_WORD}){{0,6}}+"
PARTY = r"(?:\s?\(\(?[^()\n]{1,40}\)?\)|,?\s[A-ZÆØÅ]{1,2}(?![\w.])|,\s?[A-ZÆØÅ]{1,2}(?![\w.]))"
PERSON = rf"{NAME}(?:{PARTY}){{0,2}}+"
PEOPLE = rf"{PERSON}(?:(?:,|\s?og|,?\s?samt|;)\s{PERSON}){{0,40}}+"
FULL_NAME = re.compile(rf"{_WORD}(?:\s(?:{_LINK}\s)?{_WORD}|-\s{_WORD}|\s-\s?{_WORD}){{1,6}}")

_TITLES = (
    r"(?:\d\. )?[A-ZÆØÅ]?[a-zæøå]*(?:borgmester|direktør|chef|formand|forperson|konsulent|leder|rådmand"
    r"|sekretær|koordinator"
    r"|jurist|observatør|repræsentant|suppleant|medlem|inspektør|sekretariatschef|byplanlægger|tillidsmand)"
)
TITLE = re.compile(rf"(?:(?:Konst\.|Konstitueret|Vice|Tidl\.|Fg\.)\s)?(?i:{_TITLES})(?=\s[A-ZÆØÅ])")
NO_NAME = re.compile(
    r"\b(?:Kommunes?|Referat|Dagsorden|Bemærkninger|Side|Fraværende|Afbud|Medlemmer|Udvalget?"
    r"|Rådhus(?:et)?|Mødet?|Punkt|Godkendt"
    r"|Indholdsfortegnelse|Beslutning|Region|Rådet|Byrådet|Ingen|Den|Det|Der|Sagen|Afdeling)\b|(?:udvalget"
    r"|rådet|bestyrelsen|salen)\b"
)
BRACKET = re.compile(r"\s?\(+([^()]*)\)*")
COMMA_PARTY = re.compile(r",\s?([A-ZÆØÅ]{1,2})(?![\w.])|\s([A-ZÆØÅ]{1,2})$")
ROLES = re.compile(
    r"(?:næst|vice|over)?(?:formand|borgmester|forperson|sekretær|referent|mødeleder|ordstyrer|kasserer"
    r"|observatør)|\d\. \w+",
    re.I,
)
PARTY_WORD = re.compile(r"[A-ZÆØÅ]{1,3}|[Ll]øsgænger|[Uu]afhængig|Udenfor parti|uden for parti|Enhedslisten|Socialdemokrat\w+"
                        r"|Venstre|Konservative\w*|Det Konservative Folkeparti|Dansk Folkeparti|SF"
                        r"|Socialistisk Folkeparti|Liberal Alliance"
                        r"|Radikale Venstre|Det Radikale Venstre|Alternativet|Nye Borgerlige|Moderaterne|Danmarksdemokraterne")  # fmt: skip
LIST_CUT = re.compile(r"(?<=\))\s+(?=[A-ZÆØÅ])|\s*(?:;|\n|,(?!\s?[A-ZÆØÅ]{1,2}(?![\w.]))|\bog\b|\bsamt\b)\s*")
REASON = re.compile(
    r"(?!.*(?:indkaldt|deltog|deltager|mødt|ankom|forlod|stedfortræder|suppleant|afbud|\bsom\b|\bder\b|\bat\b|blev|\bvar\b))"
    r"(?:(?:[Pp]\.?g\.?a\.?|[Pp]å grund af|[Gg]rundet)\s.{2,60}|\(?[a-zæøå][a-zæøå ]{2,40}\)?)"
)
LATE = re.compile(
    r"\b(?:ankom|forlod|kom kl|gik kl|mødte kl|deltog (?:fra|til|i (?:punkt|behandl|møde))|til kl\."
    r"|fra kl\.|forsinket|ved sag|indtil kl|under punkt)",
    re.I,
)


def read_person(text: str) -> ParsedPerson | None:
    """One printed person: title, name, party, role and note; None when the words are no name."""
    printed = " ".join(text.split()).strip(" .;:-–")
    if re.search(r"\)\s+[A-ZÆØÅ]", printed):
        return None
    rest, role, party, note = _without_brackets(printed)
    comma = COMMA_PARTY.search(rest)
    if comma and party is None:
        party, rest = comma.group(1) or comma.group(2), (rest[: comma.start()] + rest[comma.end() :])
    rest, reason = _without_reason(rest)
    title_match = TITLE.match(rest)
    title = title_match.group(0) if title_match else None
    name = rest[len(title) :].strip(" ,") if title else rest.strip(" ,.")
    if not FULL_NAME.fullmatch(name) or len(name) > 70 or NO_NAME.search(name):
        return None
    return ParsedPerson(name, title, role, party, note or reason, _as_printed(printed, title, reason))


def _as_printed(printed: str, title: str | None, reason: str | None) -> str:
    text = printed[len(title) :].strip() if title else printed
    return text[: text.rfind(reason)].strip(" ,") if reason and reason in text else text


def _without_brackets(printed: str) -> tuple[str, str | None, str | None, str | None]:
    role = party = note = None
    for inner in BRACKET.findall(printed):
        word = inner.strip()
        if ROLES.fullmatch(word):
            role = word
        elif PARTY_WORD.fullmatch(word):
            party = word
        elif word:
            note = word
    return BRACKET.sub("", printed).strip(), role, party, note


def _without_reason(rest: str) -> tuple[str, str | None]:
    """A reason behind the name: after a comma in small letters, or after "pga."."""
    name = re.match(rf"{NAME}", rest)
    tail = rest[name.end() :].strip(" ,.") if name else ""
    if name and tail and REASON.fullmatch(tail) and not LATE.search(tail):
        return name.group(0), tail.strip("()")
    return rest, None


def read_people(text: str) -> tuple[ParsedPerson, ...] | None:
    """All people of a list, () for a printed "Ingen"; None as soon as one part is no name."""
    if fold(text) in NONE_WORDS:
        return ()
    parts = [part for part in LIST_CUT.split(text.strip(" .:")) if part and part.strip(" .")]
    people: list[ParsedPerson] = []
    for part in parts[:120]:
        person = read_person(part)
        if person is None:
            if people and REASON.fullmatch(part.strip(" .")) and not LATE.search(part):
                people[-1] = replace(people[-1], note=people[-1].note or part.strip(" ."))
                continue
            return None
        people.append(person)
    return tuple(people) or None


STAND_IN = re.compile(r"indkaldt|deltog|deltager|mødte|stedfortræder|suppleant", re.I)


def people_of_line(text: str) -> tuple[ParsedPerson, ...]:
    """Those away on a line below a label of absence; behind the last comma may stand who came instead."""
    people = read_people(text)
    if people is not None:
        return people
    left, _, right = text.rpartition(", ")
    if left and STAND_IN.search(right):
        return read_people(left) or ()
    return read_absence(f"Afbud: {text}").absent or ()


@dataclass(frozen=True, slots=True)
class Absence:
    """What a text says of absence: None where it says nothing."""

    absent: tuple[ParsedPerson, ...] | None = None
    substitutes: tuple[ParsedSubstitute, ...] = ()


_A = rf"(?P<a>{PEOPLE})"
_B = rf"(?P<b>{PERSON})"
_EXCUSED = r"(?:havde |har |er |var |havde/har )?(?:meldt|meldte)(?: sig)? (?:afbud|forfald|fra)|meldte afbud"
_WAS = r"(?:var|er) (?:alle )?(?:fraværende|ikke (?:til ?stede|tilstede|mødt))"
ABSENT_SENTENCES = tuple(re.compile(pattern) for pattern in (
    rf"(?:^|(?<=[.:] )){_A} (?:{_WAS}|{_EXCUSED})\b",
    rf"(?:^|(?<=[.:] )|\b)(?:[Dd]er (?:er|var)(?: meldt)? )?[Aa]fbud fra:? {_A}",
    rf"(?:^|(?<=[.:] ))(?:{'|'.join(w.capitalize() for w in sorted(ABSENCE, key=len, reverse=True))}):? {_A}",
    rf"(?:^|(?<=[.] )){_A} (?:udeblev|(?:deltog|deltager|mødte) ikke)(?! i (?:behandlingen|beslutningen"
    rf"|drøftelsen|afstemningen|sagens))\b",
))  # fmt: skip
SUBSTITUTE_SENTENCES = tuple(re.compile(pattern) for pattern in (
    rf"[Ss]om (?:stedfortræder|suppleant) for (?P<a>{PERSON}) (?:deltog|mødte|deltager|var|er) (?:indkaldt )?{_B}",
    rf"{_B} (?:var |er |blev )?(?:indkaldt|mødte|mødt|deltog|deltager|indtræder"
    rf"|indtrådte)(?: som)? (?:stedfortræder |suppleant )?(?:i stedet )?for (?P<a>{PERSON})",
    rf"{_B},? (?:[Ss]tedfortræder|[Ss]uppleant) for (?P<a>{PERSON})",
    rf"(?P<a>{PERSON})(?:\s?,|:)?(?: [Aa]fbud)? \(?(?:[Ss]tedfortræder|[Ss]uppleant):? {_B}",
    rf"(?P<a>{PERSON}) (?:{_EXCUSED})[.,]? (?:og )?(?:[Ii] stedet (?:mødte|deltog) )?{_B}(?=\."
    rf"| deltog i stedet| mødte i stedet| var indkaldt)",
    rf"(?P<a>{PERSON})[.,]? [Ii] ?stedet (?:mødte|deltog|deltager|er indkaldt) {_B}",
    rf"(?P<a>{PERSON}), {_B} (?:er |var )?(?:indkaldt|deltog)(?=$|\.)",
))  # fmt: skip
TRIGGERS = (
    "fravær",
    "afbud",
    "stedfort",
    "suppleant",
    "indkaldt",
    "forfald",
    "stede",
    "mødt",
    "deltog",
    "ingen",
    "udeblev",
)
ALL_PRESENT = re.compile(
    r"\b(?:Alle(?: medlemmer)? (?:er |var )?(?:mødt|til ?stede|mødte)|Ingen (?:fraværende|afbud))\b"
)
OTHER_BODY = re.compile(r"^[A-ZÆØÅ][^.:]{3,80}(?:udvalget|rådet|bestyrelsen|nævnet|Direktionen): ")


def read_absence(text: str) -> Absence:
    """Who a sentence says was away, and who sat in; a sentence about another body says nothing of this one."""
    if len(text) > 1200 or not any(word in text.casefold() for word in TRIGGERS) or OTHER_BODY.match(text):
        return Absence()
    substitutes = tuple(_substitutes(text))
    stand_ins = {one.name for one in substitutes}
    found: list[ParsedPerson] = []
    for sentence in ABSENT_SENTENCES:
        for match in sentence.finditer(text):
            if not LATE.search(re.split(r"[.,]", text[match.end() : match.end() + 40])[0]):
                found += read_people(match["a"]) or ()
    people = tuple(one for one in unique(found) if one.name not in stand_ins)
    if people:
        return Absence(people, substitutes)
    none = fold(text) in NONE_WORDS - {"", "-"} or ALL_PRESENT.search(text) is not None
    return Absence(() if none else None, substitutes)


def _substitutes(text: str) -> Iterable[ParsedSubstitute]:
    seen: set[tuple[str, str]] = set()
    for sentence in SUBSTITUTE_SENTENCES:
        for match in sentence.finditer(text):
            new, old = read_person(_bare(match["b"])), read_person(_bare(match["a"]))
            if new and old and new.name != old.name and (new.name, old.name) not in seen:
                seen.add((new.name, old.name))
                yield ParsedSubstitute(new.printed or new.name, old.printed or old.name)


def _bare(text: str) -> str:
    """A name without the word in front of it that begins the sentence."""
    return re.sub(r"^(?:Afbud fra|Der er|Der var|Fraværende|Afbud|Under punkt(?:erne)?)\s:?", "", text).strip()


def unique(people: Iterable[ParsedPerson]) -> list[ParsedPerson]:
    """The same name once, in the order in which it came."""
    kept: dict[str, ParsedPerson] = {}
    for person in people:
        kept.setdefault(fold(person.name), person)
    return list(kept.values())
