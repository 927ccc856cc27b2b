"""Who came to a meeting, who sent word, who came instead, who presided."""

from dataclasses import dataclass
from random import Random

from sagsgang.site.demo.people import People
from sagsgang.site.demo.shapes import Absence, Body

ABSENT = {"council": 0.055, "finance": 0.05, "committee": 0.07, "directorate": 0.08, "works_council": 0.1}
WITHOUT_WORD = 0.06
SUBSTITUTE_COMES = 0.5
MOST_ABSENT = 3
REASONS = ("Ferie.", "Sygdom.", "Arbejdsmæssigt forfald.", "Kursus.", "")


@dataclass(frozen=True, slots=True)
class Attendance:
    """The presence at one meeting; `present` includes the substitutes."""

    chaired_by: str
    present: tuple[str, ...]
    absent: tuple[Absence, ...]


def draw_attendance(body: Body, people: People, council: Body, rng: Random, chair_absent: bool) -> Attendance:
    """Draw the absent; a chair stays away only when told to, so that the minutes show it where it matters."""
    missing = [s for s in body.seats if s.role != "chair" and rng.random() < ABSENT[body.kind]][:MOST_ABSENT]
    if chair_absent:
        missing = [s for s in body.seats if s.role == "chair"]
    absent: list[Absence] = []
    for seat in missing:
        substitute = _substitute(body, council, seat.party, absent, rng)
        excused = body.kind == "directorate" or rng.random() > WITHOUT_WORD
        note = rng.choice(REASONS) if excused else ""
        absent.append(Absence(seat.person, excused, substitute, note))
    away = {a.person for a in absent}
    present = [s.person for s in body.seats if s.person not in away] + [a.substitute for a in absent if a.substitute]
    presiding = next(s.person for role in ("chair", "deputy", "member") for s in body.seats
                     if s.role == role and s.person not in away)  # fmt: skip
    return Attendance(presiding, tuple(present), tuple(absent))


def _substitute(body: Body, council: Body, party: str, absent: list[Absence], rng: Random) -> str | None:
    """Council: the next on the list. Committee: someone of the same list who sits in the council (§ 28)."""
    if body.kind in {"directorate", "works_council"} or rng.random() > SUBSTITUTE_COMES:
        return None
    taken = {s.person for s in body.seats} | {a.substitute for a in absent}
    if body.kind == "council":
        free = [key for key in body.substitutes if key == f"st{party}" and key not in taken]
    else:
        free = [s.person for s in council.seats if s.party == party and s.person not in taken]
    return free[0] if free else None
