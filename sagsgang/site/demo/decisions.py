"""What a body decides on an item, in its own words."""

from dataclasses import dataclass
from html import escape
from random import Random

from sagsgang.site.demo import phrases
from sagsgang.site.demo.attendance import Attendance
from sagsgang.site.demo.bodies import NAMES
from sagsgang.site.demo.cases import Case, join
from sagsgang.site.demo.people import People
from sagsgang.site.demo.shapes import Absence, Body, Outcome

FORWARDED: Outcome = "forwarded"
DISCUSSED: Outcome = "discussed"
RECOMMENDED: Outcome = "recommended"
OWN_WORDS = 0.6
REMARKS = 0.3
DISSENTS = 0.09
VOTES = 0.13
RECUSALS = 0.025
DISSENTING = (
    ("O",),
    ("Æ",),
    ("L",),
    ("O", "Æ"),
    ("C", "O"),
    ("C", "L", "Æ"),
    ("B", "L"),
    ("V", "O", "Æ"),
    ("F",),
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """The decision's html, its outcome, and who left the room for it."""

    html: str
    outcome: Outcome
    absent: tuple[Absence, ...] = ()


class Bench:
    """One held meeting at work: decides the cases that are put to it."""

    def __init__(self, body: Body, attendance: Attendance, people: People, rng: Random) -> None:
        self.body = body
        self.attendance = attendance
        self.people = people
        self.rng = rng
        self.is_political = body.kind in {"committee", "finance", "council"}

    def rule(self, case: Case, place: int) -> Ruling:
        """Decide the case at its step `place`; one of the composite item's first in its own words."""
        if case.is_whole and place == 0:
            return self._say(case.decisions[0], phrases.OUTCOMES[case.kind.kind])
        if case.turn == "postponed" and place == 0:
            return self._say(self.rng.choice(phrases.POSTPONED), "postponed")
        if case.turn == "halted" and place == 0:
            return self._say(phrases.HALTED.replace("{member}", self._member(("V", "O", "Æ", "C", "A"))), "halted")
        if place + 1 < len(case.steps) and case.turn != "postponed":
            return self._on_the_way(case, place)
        return self._final(case)

    def _say(self, text: str, outcome: Outcome, extra: str = "", absent: tuple[Absence, ...] = ()) -> Ruling:
        text = text.replace("{body}", self.body.name)
        html = "".join(f"<p>{escape(part, quote=False)}</p>" for part in (text, extra) if part)
        return Ruling(html, outcome, absent)

    def _on_the_way(self, case: Case, place: int) -> Ruling:
        codes = [step.body_code for step in case.steps[place + 1 :]]
        later, following = join([NAMES[code] for code in codes]), NAMES[codes[0]]
        pool: tuple[str, ...]
        if self.body.kind == "directorate":
            pool, outcome = phrases.FROM_DIRECTORS, FORWARDED
        elif self.body.kind == "works_council":
            pool, outcome = phrases.FROM_WORKS_COUNCIL, DISCUSSED
        else:
            pool = phrases.ON_THE_WAY[case.kind.kind]
            outcome = RECOMMENDED if case.kind.kind == "B" else phrases.OUTCOMES[case.kind.kind]
        text = self.rng.choice(pool).replace("{later}", later).replace("{next}", following)
        return self._say(text, outcome, self._extra(case))

    def _final(self, case: Case) -> Ruling:
        kind = case.kind.kind
        if kind == "B" and self.is_political and not case.kind.closing and self.rng.random() < RECUSALS:
            return self._recused()
        if self.body.kind == "council" and kind == "B" and self.rng.random() < VOTES and (vote := self._vote()):
            return self._say(vote, "approved")
        own = case.decisions and not case.is_whole and self.rng.random() < OWN_WORDS
        text = self.rng.choice(case.decisions if own else phrases.FINAL[kind])
        return self._say(text, phrases.OUTCOMES[kind], self._extra(case))

    def _extra(self, case: Case) -> str:
        """Now and then a remark or a dissent, in committees and the council."""
        if not self.is_political:
            return ""
        if case.kind.kind == "B" and self.rng.random() < DISSENTS:
            return self.rng.choice(phrases.DISSENT).replace("{member}", self._member(("O", "Æ", "L", "C", "B", "V")))
        remarks = self.body.kind == "committee" and case.remarks and self.rng.random() < REMARKS
        return self.rng.choice(case.remarks) if remarks else ""

    def _member(self, parties: tuple[str, ...]) -> str:
        """Someone present of the first of these lists that has anyone: "Gerda Vad (L)"."""
        members = [self.people[key] for key in self.attendance.present if key != self.attendance.chaired_by]
        found = [m for m in members if m.party in parties] or members
        person = self.rng.choice(found)
        return f"{person.name} ({person.party})"

    def _recused(self) -> Ruling:
        free = [key for key in self.attendance.present if key != self.attendance.chaired_by]
        person = self.people[self.rng.choice(free)]
        text = phrases.RECUSED.replace("{member}", f"{person.name} ({person.party})")
        absence = Absence(person.key, note=phrases.RECUSED_NOTE)
        return self._say("Godkendt.", "approved", text, (absence,))

    def _vote(self) -> str:
        """The count by lists among those present; nothing if the proposal would fall."""
        against = self.rng.choice(DISSENTING)
        parties = [self.people[key].party for key in self.attendance.present]
        con = sum(party in against for party in parties)
        if not con or con * 2 >= len(parties):
            return ""
        cons = sorted({party for party in parties if party in against}, key=_order)
        pros = sorted(set(parties) - set(against), key=_order)
        return (
            phrases.VOTE.replace("{pros}", join(pros))
            .replace("{cons}", join(cons))
            .replace("{pro}", str(len(parties) - con))
            .replace("{con}", str(con))
        )


def _order(letter: str) -> int:
    return "ABCFLOVÆ".index(letter)
