"""Invented persons, numbers and sentences, by a seeded generator; and sentences that only look like them."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

import phonenumbers

FIRST = ("Alba", "Birk", "Carla", "Dagny", "Elvig", "Frode", "Gerda", "Holger", "Inga", "Joakim", "Karla", "Lauge")
LAST = ("Askelund", "Bøgedal", "Enghave", "Fyrrelund", "Hasselkær", "Lindebjerg", "Pilegaard", "Rønnedal", "Tjørnholt")
STREETS = ("Egevænget", "Mosebakken", "Nørre Allé", "Stationsvej", "Lærkestien", "Gl. Landevej", "Søndergade")
TOWNS = (("5999", "Egekøbing"), ("4998", "Bregnestrup"), ("7998", "Lyngholm"), ("8999", "Sivkær"))
DOMAINS = ("gmail.com", "hotmail.com", "outlook.dk", "mail.dk")
_ASCII = {ord("ø"): "oe", ord("å"): "aa", ord("æ"): "ae"}
TOPICS = (
    "dagtilbudsområdet",
    "vejvedligehold",
    "budgetopfølgningen",
    "skoledistrikterne",
    "affaldsplanen",
    "ældreplejen",
)
PLAIN = (
    "Forvaltningen indstiller, at udvalget godkender {topic} for perioden.",
    "Udvalget drøftede {topic} og bad om en status på næste møde.",
    "Sagen om {topic} sendes i høring hos de berørte parter.",
    "Indstillingen blev tiltrådt, og {topic} indgår i det videre arbejde.",
    "Der er afsat midler til {topic} i budgettet, og udgiften holdes inden for rammen.",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist. `cpr` is ten digits."""

    name: str
    cpr: str
    phone: str
    email: str
    address: str
    account: str


class Inventor:
    """Invents, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def person(self) -> Person:
        """A person with everything that must not come out."""
        pick = self.random.choice
        first, last = pick(FIRST), pick(LAST)
        code, town = pick(TOWNS)
        return Person(
            name=f"{first} {last}",
            cpr=self.cpr(),
            phone=self.phone(),
            email=f"{first}.{last}{self.random.randrange(100)}@{pick(DOMAINS)}".lower().translate(_ASCII),
            address=f"{pick(STREETS)} {self.random.randrange(1, 180)}, {code} {town}",
            account=f"{self.random.randrange(1000, 9999)} {self.random.randrange(10**9, 10**10)}",
        )

    def phone(self) -> str:
        """Eight digits that the numbering plan gives to telephones."""
        while True:
            digits = f"{self.random.choice('23456')}{self.random.randrange(10**7):07}"
            if phonenumbers.is_valid_number(phonenumbers.parse(digits, "DK")):
                return digits

    def cpr(self) -> str:
        """A real day of birth and a serial number by chance, that fits the century."""
        born = date(1937, 1, 1) + timedelta(days=self.random.randrange(365 * 62))
        serial = self.random.randrange(1, 4000)
        return f"{born:%d%m%y}{serial:04}"

    def written(self, cpr: str) -> str:
        """A CPR number as somebody may write it."""
        shapes = ("{0}-{1}", "{0}{1}", "{0} {1}", "{0} - {1}", "{0}–{1}", "CPR-nr. {0}{1}", "cpr: {0}-{1}")
        return self.random.choice(shapes).format(cpr[:6], cpr[6:])

    def plain(self) -> str:
        """A sentence that says nothing of anybody."""
        return self.random.choice(PLAIN).format(topic=self.random.choice(TOPICS))

    def near(self) -> str:
        """A sentence with a number that is no person's."""
        number = self.random.randrange
        return self.random.choice(
            (
                f"EAN-nummer {self.ean()} anvendes på fakturaen.",
                f"Leverandørens CVR-nr. er {number(10_000_000, 45_000_000)}.",
                f"KLE {number(28):02}.{number(40):02}.{number(30):02}-{self.random.choice('APGKS')}{number(30):02}",
                f"Sagsnr. {number(2015, 2027)}-{number(100_000):06} og dok.nr. {number(100_000, 999_999)}-{number(20)}.",
                f"Journalnummer {number(10, 99)}.{number(10, 99)}.00-{number(2019, 2026)}/{number(9999):04}.",
                f"Mødet holdes den {number(1, 29):02}-{number(1, 13):02}-{number(2020, 2027)} kl. {number(8, 20):02}.00.",
                f"Udgiften er {number(1, 900)}.{number(1000):03}.{number(1000):03} kr. i {number(2022, 2029)}-priser.",
                f"Fakturanr. {number(10**9, 10**10)} er betalt den {number(1, 29):02}{number(1, 13):02}{number(20, 27)}.",
                f"Matr.nr. {number(1, 90)}{self.random.choice('abcdx')} Egekøbing Bygrunde, areal {number(300, 9000)} m2.",
                f"Perioden {number(2020, 2024)}-{number(2024, 2028)}, uge {number(1, 53)}, side {number(1, 90)} af 96.",
                f"Konto {number(100_000, 999_999)}: {number(1000, 9999)} tkr. i {number(2022, 2027)}.",
                f"Bekendtgørelse nr. {number(100, 1999)} af {number(1, 29)}/{number(1, 13)} {number(2001, 2026)}.",
                f"P-nummer {number(1_000_000_000, 1_030_000_000)} hører under afdelingen.",
                f"Arbejdet udføres i uge {number(10, 13)} {number(14, 17)} {number(18, 21)} {number(22, 25)}.",
                f"Andelen var {number(10, 99)} {number(10, 99)} {number(10, 99)} {number(10, 99)} pct. i de fire år.",
                f"Telefoni og data: {number(10, 99)} {number(100, 999)} {number(100, 999)} kr. om året.",
                f"Mødet holdes i rum {number(1, 40)}, 4998 Bregnestrup, kl. 19.",
                f"Punktet ligger på 55.{number(10**5, 10**6)}, 12.{number(10**5, 10**6)} (BFE-nr. {number(10**6, 10**7)}).",
                f"ISBN 978-87-{number(1000, 9999)}-{number(100, 999)}-{number(9)}, {number(20, 400)} sider.",
                f"Lov nr. {number(100, 2000)} af {number(1, 29)}. december {number(2001, 2026)}, § {number(1, 90)}, stk. 2.",
                f"Der er {number(100_000, 999_999)} m2 asfalt og {number(1000, 9999)} brønde i {number(2020, 2026)}.",
                f"Tinglyst {number(1, 29):02}.{number(1, 13):02}.{number(1960, 2010)}-{number(10_000):05}-{number(10, 99)}.",
            )
        )

    def ean(self) -> str:
        """Thirteen digits of a Danish public body."""
        return f"5798{self.random.randrange(10**9):09}"
