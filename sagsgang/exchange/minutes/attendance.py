"""Who was away from the meeting, told from its cover (layouts page, section 6, level 1 and the merged columns)."""

import re
from itertools import pairwise

from sagsgang.exchange.minutes.fields import Cover, Field
from sagsgang.exchange.minutes.parsed import UNKNOWN, ParsedItem, ParsedPerson, ParsedSubstitute, Unknown
from sagsgang.exchange.minutes.people import NAME, PARTY, Absence, read_absence, read_people, read_person, unique
from sagsgang.exchange.minutes.vocabulary import fold

COLUMNS = frozenset({"docplayer", "pdf", "text"})  # channels in which two columns of a cover can have been mixed
PRINTED = re.compile(rf"{NAME}(?:{PARTY})?")
MARKED = re.compile(r"(?P<name>[^:]{3,60}?)(?:\s?[-–]\s?|:\s?)[Aa]fbud\b(?P<more>.*)")
RUN_CUT = re.compile(r"(?<=\))\s*,?\s*(?=[a-zA-ZÆØÅæøå])|\s*(?:;|,(?!\s?[A-ZÆØÅ]{1,2}(?![\w.]))|\bog\b)\s*")
SENTENCE = re.compile(r"(?:deltog|mødte|var|har|havde|er|som|stedfortræder|suppleant|indkaldt|forlod|ankom)\b")
CROSS = re.compile(r"(?:x|afbud|deltog)(?:\s+(?:x|afbud|deltog))+", re.I)

People = tuple[ParsedPerson, ...]


def members_of(cover: Cover) -> People | Unknown | None:
    """The members as listed; a merged run is given once each."""
    if cover.run:
        run = _run(cover)
        return tuple(unique(run)) if run else UNKNOWN
    fields = cover.of("members")
    if not fields:
        return None
    people: list[ParsedPerson] = []
    for one in fields:
        for line in one.values:
            people += read_people(MARKED.sub(r"\g<name>", line.text)) or _bracketed(line.text) or ()
    return tuple(unique(people)) or UNKNOWN


def _bracketed(text: str) -> People | None:
    """Names in one run without commas: each ends with its party in brackets."""
    parts = [part.strip(" ,") for part in re.split(r"(?<=\))\s+(?=[A-ZÆØÅ])", text)]
    people = [read_person(part) for part in parts]
    return tuple(person for person in people if person) if all(people) and parts else None


def absence_of(cover: Cover, channel: str) -> tuple[People | Unknown | None, tuple[ParsedSubstitute, ...]]:
    """Away and sat in; UNKNOWN where the columns of the cover cannot be told apart."""
    if cover.run:
        return _repeated(cover), tuple(one for line in cover.run for one in read_absence(line.text).substitutes)
    members = members_of(cover)
    absent: list[ParsedPerson] = []
    substitutes: list[ParsedSubstitute] = []
    stated = False
    for one in cover.of("absent"):
        found = _labelled(one)
        if isinstance(found, Unknown) or _is_second_column(one, found, members, channel):
            return UNKNOWN, ()
        stated, absent, substitutes = True, absent + list(found.absent or ()), substitutes + list(found.substitutes)
    for text in _sentences(cover):
        said = read_absence(text)
        stated = stated or said.absent is not None
        absent += [] if any(cover.of("absent")) and absent else list(said.absent or ())
        substitutes += said.substitutes
    stand_ins = {fold(one.name) for one in substitutes}
    people = tuple(one for one in unique(absent) if fold(one.printed or one.name) not in stand_ins)
    return (people if stated else None), tuple(dict.fromkeys(substitutes))


def _labelled(one: Field) -> Absence | Unknown:
    """Names under a label, with a substitute behind a name or in a sentence below it."""
    if not one.values:
        return Absence(())
    if CROSS.fullmatch(one.text.replace("\n", " ")):
        return UNKNOWN
    absent: list[ParsedPerson] = []
    substitutes: list[ParsedSubstitute] = []
    understood = False
    for line in one.values:
        people = read_people(line.text)
        if people is None:
            people = _bracketed(line.text)
        said = read_absence(line.text if people is None else "")
        if people is None and said.absent is None and not said.substitutes:
            said = read_absence(f"Afbud: {line.text}")
        understood = understood or people is not None or said.absent is not None
        absent += people or said.absent or ()
        substitutes += said.substitutes
    return Absence(tuple(unique(absent)), tuple(substitutes)) if understood else UNKNOWN


def _is_second_column(one: Field, found: Absence, members: People | Unknown | None, channel: str) -> bool:
    """Names on lines below "Fraværende" that are no members may be the members' second column (section 6)."""
    if (
        channel not in COLUMNS
        or one.inline
        or not found.absent
        or not isinstance(members, tuple)
        or len(found.absent) < 2
    ):
        return False
    if any(line.bullet or line.gap for line in one.values):  # a list of a web page has no columns
        return False
    known = {fold(member.name) for member in members}
    return len(known) > 2 and not any(fold(person.name) in known for person in found.absent)


def _sentences(cover: Cover) -> list[str]:
    remarks = [line.text for kind in ("remarks", "substitutes") for one in cover.of(kind) for line in one.values]
    marked = [line.text for one in cover.of("members") for line in one.values]
    lines = [line.text for line in cover.free if len(line.text) < 1000]
    return remarks + lines + [_marked(text) for text in marked]


def _marked(text: str) -> str:
    """ "Name (A) - afbud" and "Name: Afbud (Stedfortræder Name)" as a sentence."""
    match = MARKED.fullmatch(text)
    return f"Afbud fra {match['name']}{match['more']}" if match else text


def _run(cover: Cover) -> list[ParsedPerson]:
    """The bare names of the run in order; a sentence ends it, and the name before it belongs to the sentence."""
    names: list[ParsedPerson] = []
    for line in cover.run:
        for part in RUN_CUT.split(line.text):
            person = read_person(part) if part.strip(" .,") else None
            if person is None and SENTENCE.match(part):
                return _parted(names[:-1])
            if person is None and part.strip(" .,"):
                return _parted(names)
            names += [person] if person else []
    return _parted(names)


def _repeated_words(cover: Cover) -> People | Unknown:
    """A run of names with nothing between them: words of a name that come twice; longer repeats cannot be parted."""
    words = " ".join(line.text for line in cover.run).split()[:400]
    places: dict[tuple[str, str], int] = {}
    twice: list[str] = []
    for place, pair in enumerate(pairwise(words)):
        if not all(word[:1].isupper() for word in pair):
            break
        first = places.setdefault(pair, place)
        if first == place:
            continue
        length = next((n for n in range(2, 9) if words[first : first + n] != words[place : place + n]), 9) - 1
        if length > 3:
            return UNKNOWN
        if not twice or not twice[-1].endswith(" ".join(pair)):
            twice.append(" ".join(words[place : place + length]))
    people = [read_person(name) for name in twice]
    return tuple(person for person in people if person) if people and all(people) else UNKNOWN


def _parted(names: list[ParsedPerson]) -> list[ParsedPerson]:
    """At a column break two names lack their comma: a name that ends with another name of the run is two."""
    known = {person.name for person in names}
    parted: list[ParsedPerson] = []
    for person in names:
        tail = next((one for one in known if one != person.name and person.name.endswith(f" {one}")), None)
        first = read_person(person.name[: -len(tail) - 1]) if tail else None
        second = read_person(tail) if tail and first else None
        parted += [first, second] if first and second else [person]
    return parted


def _repeated(cover: Cover) -> People | Unknown | None:
    """The rule of section 6: who stands twice in the run is away; no repeat, nobody noted."""
    if not cover.of("absent"):
        return None
    run = _run(cover)
    if len(run) < 2:
        return _repeated_words(cover)
    seen: set[str] = set()
    twice: list[ParsedPerson] = []
    for person in run:
        if fold(person.name) in seen:
            twice.append(person)
        seen.add(fold(person.name))
    return tuple(unique(twice))


def absence_of_items(items: tuple[ParsedItem, ...]) -> People | Unknown | None:
    """Where the cover is silent: an item "Fraværende" of its own, or a page that holds the approval of the agenda alone."""
    for item in items[:2]:
        if item.title and fold(item.title) in {"fraværende", "afbud", "fravær", "fraværende medlemmer"}:
            return item.absent
    if len(items) == 1 and items[0].title and "dagsorden" in fold(items[0].title):
        return items[0].absent
    return None
