"""The payroll as HR fetches it once a year: the leaders of the units, and some thousand people of whom nobody exists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Literal

from sagsgang.core.spreadsheets import as_csv
from sagsgang.site.demo.shapes import Municipality, Unit
from sagsgang.site.demo.words import words

HEADINGS = ("Medarbejdernr", "Navn", "Enhed", "Niveau", "Køn", "Status", "Opgørelsesdato")
TURNOVER = 0.2  # of a post in a year
MORE_MEN_BEFORE = 24  # points for each year back, among leaders
LATE_UNIT = "D1"  # whose leaders the first extract has as staff


@dataclass(frozen=True, slots=True)
class Crew:
    """Who works in a unit below its manager: so many, women per cent; team leaders, women per cent."""

    staff: int
    women: int
    leaders: int = 0
    women_leading: int = 0


CREWS: dict[str, Crew] = {
    "DIR": Crew(4, 75), "VEL": Crew(8, 75), "TMF": Crew(7, 60), "BKF": Crew(8, 70), "KDS": Crew(12, 70, 1, 100),
    "ØKA": Crew(22, 62, 2, 50), "HRP": Crew(14, 75, 1, 100), "ITD": Crew(20, 28, 2, 0), "BIE": Crew(36, 60, 3, 60),
    "SUO": Crew(24, 88, 3, 80), "SOC": Crew(28, 80, 3, 70), "JOB": Crew(44, 72, 4, 75), "PLA": Crew(26, 52, 2, 60),
    "VEJ": Crew(14, 30, 2, 0), "NAT": Crew(18, 48, 2, 70), "SKO": Crew(14, 66, 1, 50), "DAG": Crew(10, 85, 1, 100),
    "FAM": Crew(36, 84, 3, 80), "KUF": Crew(12, 58, 1, 50), "S1": Crew(54, 70, 3, 80), "S2": Crew(42, 72, 2, 70),
    "S3": Crew(36, 68, 2, 70), "D1": Crew(48, 90, 6, 100), "D2": Crew(40, 91, 6, 90), "P1": Crew(54, 92, 5, 90),
    "P2": Crew(48, 93, 4, 90), "H1": Crew(72, 91, 6, 90), "B1": Crew(38, 74, 3, 80), "BIB": Crew(10, 70, 1, 50),
    "MAT": Crew(26, 10, 4, 0),
}  # fmt: skip
# Unit and place of a team leader whose post is not filled as the others are.
STATUSES = {("B1", 2): "vakant", ("P2", 0): "konstitueret", ("JOB", 1): "orlov"}


@dataclass(frozen=True, slots=True)
class _Post:
    """A post; `women` per cent is the chance that a woman holds it, `name` and `sex` of who holds it today, if known."""

    number: int
    unit: Unit
    level: int | None
    women: int
    name: str = ""
    sex: Literal["k", "m", ""] = ""
    status: str = "fast"


def payroll(town: Municipality, *, on: date, years_ago: int, lacks_leaders: bool = False) -> bytes:
    """The extract of the day as CSV; the same town and day give the same file. `lacks_leaders` of one unit: they are staff."""
    surnames = {town_person.last_name.split()[-1] for town_person in town.people}
    rows = []
    for post in _posts(town):
        level = None if lacks_leaders and post.unit.code == LATE_UNIT and not post.name else post.level
        rows.append(_row(post, level, on, years_ago, Random(f"{town.seed} payroll {post.number}"), surnames))  # noqa: S311 - invented names
    return as_csv([HEADINGS, *rows])


def _posts(town: Municipality) -> Iterator[_Post]:
    people = {person.key: person for person in town.people}
    number = 0
    for unit in town.units:
        manager, crew = people[unit.manager], CREWS[unit.code]
        yield _Post(number, unit, manager.level, 55, manager.name, "k" if manager.sex == "f" else "m")
        for place in range(crew.leaders):
            status = STATUSES.get((unit.code, place), "fast")
            yield _Post(number + 1 + place, unit, 3, crew.women_leading, status=status)
        for place in range(crew.staff):
            yield _Post(number + 1 + crew.leaders + place, unit, None, crew.women)
        number += 1 + crew.leaders + crew.staff


def _row(post: _Post, level: int | None, on: date, years_ago: int, rng: Random, surnames: set[str]) -> tuple[str, ...]:
    """Goes back from whoever holds the post today; who leads the municipality has done so all the time."""
    stated = str(level or "")
    if post.status == "vakant" and not years_ago:
        return "", "", post.unit.name, stated, "", post.status, f"{on:%d-%m-%Y}"
    holder, sex, name = 0, *_drawn(post, 0, rng, surnames)
    if post.name:
        sex, name = post.sex, post.name
    for ago in range(1, years_ago + 1):
        if rng.random() < TURNOVER and post.level != 1:
            holder, sex, name = ago, *_drawn(post, ago, rng, surnames)
    status = post.status if not years_ago else "fast"
    return f"{30000 + 5 * post.number + holder}", name, post.unit.name, stated, sex, status, f"{on:%d-%m-%Y}"


def _drawn(post: _Post, ago: int, rng: Random, surnames: set[str]) -> tuple[str, str]:
    """Sex and name; never a well-known politician's, nor the surname of anybody in the town: the checks go by names."""
    names = words("navne")
    sex = "k" if rng.random() * 100 < post.women - (MORE_MEN_BEFORE * ago if post.level else 0) else "m"
    lasts = [name for name in names["last"] if name not in surnames]
    while True:
        name = f"{rng.choice(names['women' if sex == 'k' else 'men'])} {rng.choice(lasts)}"
        if name not in names["forbidden"]:
            return sex, name
