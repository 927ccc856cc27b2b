"""The eight bodies and who sits in them."""

from datetime import date, timedelta
from random import Random

from sagsgang.site.demo.people import People
from sagsgang.site.demo.plan import AHEAD_DAYS, COMMITTEES, DIR_FIRST, PAST_DAYS
from sagsgang.site.demo.shapes import Body, BodyKind, Person, Seat, SeatRole

NAMES = {
    "DIR": "Direktionen",
    "HU": "Hovedudvalget",
    "ØK": "Økonomiudvalget",
    "KB": "Kommunalbestyrelsen",
    "BSU": "Børne- og Skoleudvalget",
    "SSU": "Social- og Sundhedsudvalget",
    "MTU": "Miljø- og Teknikudvalget",
    "KFU": "Kultur- og Fritidsudvalget",
}
KINDS: dict[str, BodyKind] = {"DIR": "directorate", "HU": "works_council", "ØK": "finance", "KB": "council"}
SECRETARIES = {"BSU": "sek3", "SSU": "sek4", "MTU": "sek2", "KFU": "sek3"}
BY_YEAR = frozenset({"ØK", "KB", "MTU"})  # bodies whose item numbers run through the year
TERM_YEARS = 4
FIRST_TERM = 2022  # a council's term begins on 1 January of this year and each fourth after it
# The majority's share of the chairs: body, party of the chair, party of the deputy.
CHAIRS = (("BSU", "A", "F"), ("SSU", "F", "A"), ("MTU", "V", "C"), ("KFU", "C", "B"))
# Seats of the committees by list; each member of the council sits in one or two.
COMMITTEE_SEATS = {
    "BSU": "A A F V V O C",
    "SSU": "F A A V C V Æ",
    "MTU": "V C A A V L F",
    "KFU": "C B A A V Æ L",
}
FINANCE_SEATS = "A A A F V V C L Æ"


def term(today: date) -> tuple[date, date]:
    """The council's term; two of them, as if all were re-elected, when the meetings shown lie in both."""
    first, last = (today + timedelta(days=days) for days in (-PAST_DAYS - DIR_FIRST, AHEAD_DAYS))
    until = last.year - (last.year - FIRST_TERM) % TERM_YEARS + TERM_YEARS - 1
    return date(first.year - (first.year - FIRST_TERM) % TERM_YEARS, 1, 1), date(until, 12, 31)


def make_bodies(people: People, today: date, rng: Random) -> tuple[Body, ...]:
    """The council first, since the committees draw on it."""
    since, until = term(today)
    benches = _Benches(people.council(), rng)
    mayor, deputy = benches.take("A"), benches.take("V")
    council = [_seat(p, "member", since, until) for p in people.council() if p not in (mayor, deputy)]
    council.insert(0, _seat(mayor, "chair", since, until, "Borgmester"))
    council.insert(1, _seat(deputy, "deputy", since, until, "1. viceborgmester"))
    finance = [mayor, deputy, *benches.fill(FINANCE_SEATS, {mayor, deputy})]
    bodies = [
        _body("DIR", _directors(people, since)),
        _body("HU", _works_council(people, since)),
        *(_committee(code, benches, since, until) for code in COMMITTEES),
        _body("ØK", _led(finance, since, until, "Borgmester")),
        _body("KB", tuple(council), tuple(p.key for p in people.substitutes())),
    ]
    return tuple(bodies)


def _body(code: str, seats: tuple[Seat, ...], substitutes: tuple[str, ...] = ()) -> Body:
    return Body(
        code=code,
        name=NAMES[code],
        kind=KINDS.get(code, "committee"),
        numbering="year" if code in BY_YEAR else "meeting",
        publishes=code != "HU",
        secretary=SECRETARIES.get(code, "sek1"),
        seats=seats,
        substitutes=substitutes,
    )


def _seat(person: Person, role: SeatRole, since: date, until: date | None, title: str = "") -> Seat:
    return Seat(person.key, role, since, until, person.party, title)


def _led(members: list[Person], since: date, until: date, chair: str) -> tuple[Seat, ...]:
    roles: list[tuple[SeatRole, str]] = [("chair", chair), ("deputy", "Næstformand")]
    roles += [("member", "")] * (len(members) - 2)
    return tuple(_seat(p, role, since, until, title) for p, (role, title) in zip(members, roles, strict=True))


def _committee(code: str, benches: "_Benches", since: date, until: date) -> Body:
    _code, chair, deputy = next(row for row in CHAIRS if row[0] == code)
    first, second = benches.take(chair), benches.take(deputy)
    return _body(
        code,
        _led([first, second, *benches.fill(COMMITTEE_SEATS[code], {first, second})], since, until, "Formand"),
    )


def _directors(people: People, since: date) -> tuple[Seat, ...]:
    """The chief executive presides; the director of welfare is her deputy."""
    codes: tuple[tuple[str, SeatRole], ...] = (
        ("DIR", "chair"),
        ("VEL", "deputy"),
        ("TMF", "member"),
        ("BKF", "member"),
    )
    return tuple(_seat(people[f"l-{c}"], role, since, None, people[f"l-{c}"].title) for c, role in codes)


def _works_council(people: People, since: date) -> tuple[Seat, ...]:
    """Management and staff in equal measure; the deputy is a staff representative."""
    managers = ("l-DIR", "l-VEL", "l-TMF", "l-BKF", "l-HRP", "l-ØKA")
    staff = ("hu1", "hu2", "hu3", "hu4", "hu5", "hu6")
    roles: dict[str, SeatRole] = {"l-DIR": "chair", "hu1": "deputy"}
    return tuple(_seat(people[k], roles.get(k, "member"), since, None, people[k].title) for k in managers + staff)


class _Benches:
    """Hands out members of a list to committees, those with the fewest seats first."""

    def __init__(self, council: tuple[Person, ...], rng: Random) -> None:
        self.council = council
        self.seats = dict.fromkeys((p.key for p in council), 0)
        self.order = {p.key: rng.random() for p in council}

    def take(self, party: str, taken: frozenset[Person] | set[Person] = frozenset()) -> Person:
        bench = [p for p in self.council if p.party == party and p not in taken]
        person = min(bench, key=lambda p: (self.seats[p.key], self.order[p.key]))
        self.seats[person.key] += 1
        return person

    def fill(self, letters: str, taken: set[Person]) -> list[Person]:
        """The rest of a committee's seats; those of `taken` count on their own lists."""
        wanted = letters.split()
        for person in taken:
            wanted.remove(person.party)
        members: list[Person] = []
        for party in wanted:
            members.append(self.take(party, taken | set(members)))
        return members
