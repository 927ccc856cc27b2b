"""The people: council, directors, managers, staff, works council; the units; the users."""

from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from sagsgang.site.demo.names import Names
from sagsgang.site.demo.shapes import Party, Person, Unit, User, UserRole

DOMAIN = "egekoebing.example"
PARTIES = (
    Party("A", "Socialdemokratiet", 8),
    Party("B", "Radikale Venstre", 1),
    Party("C", "Det Konservative Folkeparti", 3),
    Party("F", "SF - Socialistisk Folkeparti", 3),
    Party("L", "Lokallisten Egekøbing", 2),
    Party("O", "Dansk Folkeparti", 1),
    Party("V", "Venstre, Danmarks Liberale Parti", 7),
    Party("Æ", "Danmarksdemokraterne", 2),
)
SUBSTITUTES = ("A", "V", "C", "F", "L", "Æ")  # lists that have someone ready

# Unit code, name, parent, manager's title, level of management. The manager's key is "l-" and the code.
UNITS = (
    ("DIR", "Direktionen", None, "Kommunaldirektør", 1),
    ("VEL", "Velfærdsforvaltningen", "DIR", "Velfærdsdirektør", 1),
    ("TMF", "Teknik- og Miljøforvaltningen", "DIR", "Teknik- og miljødirektør", 1),
    ("BKF", "Børne- og Kulturforvaltningen", "DIR", "Børne- og kulturdirektør", 1),
    ("KDS", "Kommunaldirektørens Stab", "DIR", "Chef for Kommunaldirektørens Stab", 2),
    ("ØKA", "Økonomi og Analyse", "DIR", "Økonomichef", 2),
    ("HRP", "HR og Personale", "DIR", "HR-chef", 2),
    ("ITD", "IT og Digitalisering", "DIR", "IT- og digitaliseringschef", 2),
    ("BIE", "Borgerservice, Indkøb og Ejendomme", "DIR", "Chef for Borgerservice, Indkøb og Ejendomme", 2),
    ("SUO", "Sundhed og Omsorg", "VEL", "Sundheds- og omsorgschef", 2),
    ("SOC", "Social og Handicap", "VEL", "Social- og handicapchef", 2),
    ("JOB", "Jobcenter Egekøbing", "VEL", "Arbejdsmarkedschef", 2),
    ("PLA", "Plan, Byg og Erhverv", "TMF", "Plan- og byggechef", 2),
    ("VEJ", "Vej, Trafik og Park", "TMF", "Vej- og parkchef", 2),
    ("NAT", "Natur, Klima og Miljø", "TMF", "Natur- og miljøchef", 2),
    ("SKO", "Skole og SFO", "BKF", "Skolechef", 2),
    ("DAG", "Dagtilbud", "BKF", "Dagtilbudschef", 2),
    ("FAM", "Børn, Unge og Familie", "BKF", "Familiechef", 2),
    ("KUF", "Kultur og Fritid", "BKF", "Kultur- og fritidschef", 2),
    ("S1", "Egebjergskolen", "SKO", "Skoleleder", 3),
    ("S2", "Kærsted Skole", "SKO", "Skoleleder", 3),
    ("S3", "Strandmarkskolen", "SKO", "Skoleleder", 3),
    ("D1", "Dagtilbud Åen", "DAG", "Dagtilbudsleder", 3),
    ("D2", "Dagtilbud Kysten", "DAG", "Dagtilbudsleder", 3),
    ("P1", "Plejecenter Åhaven", "SUO", "Plejecenterleder", 3),
    ("P2", "Plejecenter Lyngbo", "SUO", "Plejecenterleder", 3),
    ("H1", "Hjemmeplejen", "SUO", "Leder af hjemmeplejen", 3),
    ("B1", "Bostedet Klitgården", "SOC", "Forstander", 3),
    ("BIB", "Egekøbing Bibliotek", "KUF", "Bibliotekschef", 3),
    ("MAT", "Materielgården", "VEJ", "Driftsleder", 3),
)
# Key, title, unit. Those whose key begins with "hu" sit in Hovedudvalget for the staff.
STAFF = (
    ("sek1", "Udvalgssekretær", "KDS"),
    ("sek2", "Udvalgssekretær", "TMF"),
    ("sek3", "Udvalgssekretær", "BKF"),
    ("sek4", "Udvalgssekretær", "VEL"),
    ("sag-børn", "Skolekonsulent", "SKO"),
    ("sag-dag", "Pædagogisk konsulent", "DAG"),
    ("sag-social", "Socialfaglig konsulent", "SOC"),
    ("sag-ældre", "Udviklingskonsulent", "SUO"),
    ("sag-job", "Beskæftigelseskonsulent", "JOB"),
    ("sag-plan", "Byplanlægger", "PLA"),
    ("sag-byg", "Byggesagsbehandler", "PLA"),
    ("sag-vej", "Vejingeniør", "VEJ"),
    ("sag-natur", "Biolog", "NAT"),
    ("sag-klima", "Klimakoordinator", "NAT"),
    ("sag-kultur", "Kulturkonsulent", "KUF"),
    ("sag-øko", "Økonomikonsulent", "ØKA"),
    ("sag-hr", "HR-konsulent", "HRP"),
    ("sag-it", "Informationssikkerhedskoordinator", "ITD"),
    ("sag-jura", "Jurist", "KDS"),
    ("sag-ejendom", "Ejendomskonsulent", "BIE"),
    ("revisor", "Revisor (ekstern)", "ØKA"),
    ("admin", "Systemadministrator", "ITD"),
    ("hu1", "Fællestillidsrepræsentant, FOA", "SUO"),
    ("hu2", "Fællestillidsrepræsentant, BUPL", "DAG"),
    ("hu3", "Fællestillidsrepræsentant, Danmarks Lærerforening", "SKO"),
    ("hu4", "Fællestillidsrepræsentant, HK Kommunal", "BIE"),
    ("hu5", "Fællestillidsrepræsentant, 3F", "MAT"),
    ("hu6", "Arbejdsmiljørepræsentant", "PLA"),
)
SHARE_OF_WOMEN = {"council": 0.42, "level1": 0.5, "staff": 0.6}


@dataclass(frozen=True, slots=True)
class People:
    """Everybody by key; council members "k01" to "k27" in the order of their lists."""

    all: tuple[Person, ...]
    units: tuple[Unit, ...]

    def __getitem__(self, key: str) -> Person:
        return next(p for p in self.all if p.key == key)

    def manager_of(self, key: str) -> Person:
        """The person herself if she leads her unit, else the unit's manager."""
        unit = next(unit for unit in self.units if unit.code == self[key].unit)
        return self[unit.manager]

    def council(self) -> tuple[Person, ...]:
        return tuple(p for p in self.all if p.key.startswith("k") and p.key[1:].isdigit())

    def substitutes(self) -> tuple[Person, ...]:
        return tuple(p for p in self.all if p.key.startswith("st"))


def make_people(rng: Random) -> People:
    """Draw the names; the director of welfare and the mayor are drawn like everybody else."""
    draw = _Draw(Names(rng), rng)
    people = [draw.person(f"k{n:02}", party, "council", "Medlem") for n, party in enumerate(_lists(), 1)]
    people += [draw.person(f"st{p}", p, "council", "Stedfortræder") for p in SUBSTITUTES]
    for code, _name, _parent, title, level in UNITS:
        share = "level1" if level == 1 else "staff"
        person = draw.person(f"l-{code}", "", share, title)
        people.append(replace(person, unit=code, level=level))
    for key, title, unit in STAFF:
        people.append(replace(draw.person(key, "", "staff", title), unit=unit))
    units = tuple(Unit(code, name, parent, f"l-{code}") for code, name, parent, _t, _l in UNITS)
    return People(tuple(people), units)


def _lists() -> list[str]:
    return [party.letter for party in PARTIES for _ in range(party.seats)]


@dataclass(slots=True)
class _Draw:
    names: Names
    rng: Random

    def person(self, key: str, party: str, share: str, title: str) -> Person:
        sex: Literal["f", "m"] = "f" if self.rng.random() < SHARE_OF_WOMEN[share] else "m"
        first, last = self.names.draw(sex)
        plain = f"{first}.{last.split()[-1]}.{key}".lower().translate(_ASCII)
        return Person(key, first, last, sex, title, party, email=f"{plain}@{DOMAIN}")


_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", " ": "-"})

FINANCE_USERS = 4
# Username, role, person, bodies. "*" stands for every body.
_USERS: tuple[tuple[str, UserRole, str, str], ...] = (
    ("sekretær", "secretary", "sek1", "DIR HU ØK KB"),
    ("sekretær-teknik", "secretary", "sek2", "MTU"),
    ("sekretær-børn", "secretary", "sek3", "BSU KFU"),
    ("sekretær-velfærd", "secretary", "sek4", "SSU"),
    ("sagsbehandler", "caseworker", "sag-natur", ""),
    ("sagsbehandler-plan", "caseworker", "sag-plan", ""),
    ("sagsbehandler-børn", "caseworker", "sag-børn", ""),
    ("sagsbehandler-ældre", "caseworker", "sag-ældre", ""),
    ("chef", "manager", "l-KDS", "DIR"),
    ("chef-natur", "manager", "l-NAT", ""),
    ("direktør", "director", "l-VEL", "DIR HU"),
    ("direktør-teknik", "director", "l-TMF", "DIR"),
    ("kommunaldirektør", "director", "l-DIR", "DIR HU"),
    ("hr", "hr", "l-HRP", "HU"),
    ("revisor", "auditor", "revisor", ""),
    ("administrator", "administrator", "admin", ""),
)


def make_users(
    chairs: dict[str, str], member: tuple[str, tuple[str, ...]], finance: tuple[str, ...], substitute: str
) -> tuple[User, ...]:
    """The demo's users; `chairs` by body code, `member` = an ordinary member and her bodies.

    `finance`: more members of ØK, so that several can sign its protocol. `substitute` stands on a candidate list and
    has a role nowhere.
    """
    fixed = [User(name, role, person, tuple(codes.split())) for name, role, person, codes in _USERS]
    fixed.append(User("borgmester", "chair", chairs["KB"], ("KB", "ØK")))
    fixed.append(User("formand", "chair", chairs["MTU"], ("MTU", "KB")))
    fixed.append(User("medlem", "member", member[0], member[1]))
    taken = {user.person for user in fixed}
    others = [person for person in finance if person not in taken][:FINANCE_USERS]
    fixed += [User(f"økonomiudvalg-{n}", "member", person, ("ØK", "KB")) for n, person in enumerate(others, start=1)]
    fixed.append(User("stedfortræder", "member", substitute, ()))
    return tuple(fixed)
