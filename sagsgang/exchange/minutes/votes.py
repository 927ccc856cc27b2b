"""Votes in a decision (layouts page, section 7): counts, parties, names as printed, never one from the other."""

import re
from dataclasses import dataclass, field

from sagsgang.exchange.minutes.parsed import ParsedVote
from sagsgang.exchange.minutes.people import read_person

PART = re.compile(r"(?:Ad\.?|At)\s(?:punkt\s|pkt\.?\s)?(?P<no>\d{1,2})[.:)]*", re.I)
AMENDMENT = re.compile(
    r"(?:Ændringsforslag|Underændringsforslag)\b(?: stillet)? (?:fra"
    r"|af) (?P<by>[^:]{1,80}?)(?: til (?:ad )?(?P<no>\d{1,2}))?:",
    re.I,
)
SIDES = (
    ("yes", re.compile(r"(?:For(?: forslaget| indstillingen)? stemte|Stemte for|For)\s*:\s*(?P<v>.*)", re.I)),
    (
        "no",
        re.compile(
            r"(?:(?:I)?mod(?: forslaget| indstillingen)? stemte|Stemte imod|Imod|I mod stemte)\s*:\s*(?P<v>.*)", re.I
        ),
    ),
    (
        "abstain",
        re.compile(
            r"(?:Undlod(?: at stemme)?|Hverken for eller imod(?: stemte)?|Stemte ikke|Blank(?:e|t)?)\s*:\s*(?P<v>.*)",
            re.I,
        ),
    ),
)
COUNTED = re.compile(r"med (?P<yes>\d{1,3}) stemmer (?:i?mod|for og) (?P<no>\d{1,3})")
MEMBERS = re.compile(r"^(?P<n>\d{1,2}) (?:medlem(?:mer)?|stemmer) ?\((?P<p>[^()]{1,40})\) (?P<verb>[^.]{4,80})")
COUNT = re.compile(r"^(?P<n>\d{1,3})\b(?!\.)|i alt:? (?P<all>\d{1,3})")
LETTER = re.compile(r"[A-ZÆØÅ]{1,2}")
RESULT = re.compile(r"(?P<word>Godkendt|Vedtaget|Ikke vedtaget|Faldet|Forkastet|Tiltrådt|Bortfaldet|Anbefales)\b")
CARRIED = re.compile(r"\bblev (?P<word>tiltrådt|vedtaget|forkastet|godkendt)\b[^.]{0,40} med \d")


@dataclass(slots=True)
class _Vote:
    part: str | None = None
    amendment_by: str | None = None
    result: str | None = None
    counts: dict[str, int | None] = field(default_factory=dict)
    parties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    no_names: tuple[str, ...] = ()


def read_votes(text: str, body: str | None) -> tuple[ParsedVote, ...]:
    """Every vote of one decision, in order; an empty label means nobody."""
    votes: list[_Vote] = []
    now = _Vote()
    for line in text.split("\n"):
        line = line.removeprefix("- ")
        if len(line) > 2000:
            continue
        part, amendment = PART.match(line), AMENDMENT.search(line)
        if part or amendment:
            now = _Vote(
                amendment["no"] if amendment else part["no"] if part else None, amendment["by"] if amendment else None
            )
        elif _take(now, line) and now not in votes:
            votes.append(now)
        elif now.counts and now.result is None:
            result = RESULT.match(line)
            now.result = result["word"] if result else None
    return tuple(_parsed(vote, body) for vote in votes if vote.counts or vote.parties)


def _take(vote: _Vote, line: str) -> bool:
    """Whether the line told something of the vote, which now holds it."""
    for side, shape in SIDES:
        match = shape.fullmatch(line)
        if match:
            _side(vote, side, match["v"])
            return True
    counted, members = COUNTED.search(line), MEMBERS.match(line)
    carried = CARRIED.search(line)
    if counted:
        vote.counts.update(yes=int(counted["yes"]), no=int(counted["no"]))
        vote.result = carried["word"] if carried else vote.result
    elif members:
        verb_side = _side_of_verb(members["verb"])
        if verb_side:
            vote.counts[verb_side] = int(members["n"])
            vote.parties[verb_side] = tuple(re.split(r"[+,\s]+", members["p"].strip()))
        return verb_side is not None
    return counted is not None


def _side_of_verb(verb: str) -> str | None:
    for side, words in (
        ("reserve", ("forbehold", "afventer")),
        ("abstain", ("undlod", "hverken", "undlader")),
        ("no", ("imod", "kan ikke", "anbefaler ikke", "begærer")),
        ("yes", ("anbefaler", "godkend", "stemte for", "stemmer for", "tiltræd", "for")),
    ):
        if any(word in verb for word in words):
            return side
    return None


def _side(vote: _Vote, side: str, value: str) -> None:
    value = value.strip(" .")
    count = COUNT.search(value)
    number = int(count["n"] or count["all"]) if count else None
    vote.counts[side] = (
        0 if not value or value.casefold() in {"ingen", "-"} else vote.counts.get(side) if number is None else number
    )
    bracket = re.search(r"\d\s*\(([^()]*)\)", value)
    tokens = [
        token.strip(" .") if len(token.strip()) <= 2 else token.strip()
        for token in _tokens(bracket.group(1) if bracket else value)
    ]
    letters = tuple(token for token in tokens if LETTER.fullmatch(token))
    if letters:
        vote.parties[side] = letters
    if side == "no":
        people = (read_person(token) for token in tokens if not LETTER.fullmatch(token))
        vote.no_names = tuple(person.name for person in people if person)


def _tokens(value: str) -> list[str]:
    return [token for token in re.split(r"\s*(?:[,+;]|\bog\b|\bsamt\b)\s*", value) if token]


def _parsed(vote: _Vote, body: str | None) -> ParsedVote:
    counts, parties = vote.counts, vote.parties
    return ParsedVote(
        part=vote.part,
        amendment_by=vote.amendment_by,
        yes=counts.get("yes"),
        no=counts.get("no"),
        abstain=counts.get("abstain"),
        reserve=counts.get("reserve"),
        yes_parties=parties.get("yes", ()),
        no_parties=parties.get("no", ()),
        abstain_parties=parties.get("abstain", ()),
        reserve_parties=parties.get("reserve", ()),
        no_names=vote.no_names,
        result=vote.result,
        body=body,
    )
