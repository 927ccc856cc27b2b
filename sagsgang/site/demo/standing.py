"""The items that stand on every agenda: approval of the agenda, messages, the signature page."""

from pathlib import Path
from random import Random

from sagsgang.site.demo.attendance import Attendance
from sagsgang.site.demo.facts import Facts
from sagsgang.site.demo.grammar import blocks, expand, to_html
from sagsgang.site.demo.people import People
from sagsgang.site.demo.plan import Planned
from sagsgang.site.demo.shapes import Body, Decision, Item, ItemKind, Outcome, Recommendation, Section

MESSAGES = Path(__file__).parent / "texts" / "standing" / "meddelelser.txt"
AREA = "Politisk betjening"
FEWEST_MESSAGES, MOST_MESSAGES = 1, 3
AGENDA_TEXT = "{body} skal godkende dagsordenen for mødet."
SIGNATURE_TEXT = "Medlemmerne skal underskrive beslutningsprotokollen for mødet."
NOT_YET = "Der orienteres om aktuelle sager på mødet."
QUESTIONS_TEXT = (
    "Ved mødets begyndelse kan borgere i op til 30 minutter stille spørgsmål til {body}. Spørgsmålene skal "
    "vedrøre kommunale forhold og må ikke angå sager på dagsordenen eller personsager."
)
QUESTIONS = (
    "Der var ingen spørgsmål.",
    "En borger stillede spørgsmål om trafikforholdene i bymidten. Borgmesteren besvarede spørgsmålet.",
    "To borgere stillede spørgsmål om skolernes legepladser. Udvalgsformanden besvarede spørgsmålene.",
    "En borger stillede spørgsmål om busforbindelserne i landområderne. Spørgsmålet besvares skriftligt.",
)
ANY_OTHER_BUSINESS = (
    "Intet at bemærke.",
    "Der var ikke noget under punktet.",
    "Næste møde holdes efter mødeplanen.",
)


class Standing:
    """Makes the standing items of one meeting; numbers are given later."""

    def __init__(
        self, body: Body, meeting: Planned, attendance: Attendance | None, people: People, rng: Random
    ) -> None:
        self.body = body
        self.meeting = meeting
        self.attendance = attendance
        self.people = people
        self.rng = rng

    def opening(self) -> list[Item]:
        agenda = AGENDA_TEXT.replace("{body}", self.body.name)
        items = [self._item("Godkendelse af dagsorden", "B", agenda, "Dagsordenen blev godkendt.", "approved")]
        if self.body.kind == "council":
            if item := self._substitutes():
                items.append(item)
            text = QUESTIONS_TEXT.replace("{body}", self.body.name)
            items.append(self._item("Spørgetid for borgerne", "O", text, self.rng.choice(QUESTIONS), "noted"))
        return items

    def closing(self) -> list[Item]:
        if self.body.kind == "directorate":
            return [self._messages("Meddelelser og eventuelt")]
        items = [self._messages("Meddelelser")] if self.body.kind != "council" else []
        if self.body.kind == "works_council":
            text = "Eventuelle bemærkninger, der ikke hører under dagsordenens øvrige punkter."
            return [*items, self._item("Eventuelt", "O", text, self.rng.choice(ANY_OTHER_BUSINESS), "noted")]
        return [*items, self._item("Underskriftsside", "B", SIGNATURE_TEXT, "Underskrevet.", "approved")]

    def _item(self, title: str, kind: ItemKind, text: str, decided: str, outcome: Outcome) -> Item:
        decisions: tuple[Decision, ...] = ()
        if self.attendance is not None:
            decisions = (Decision(self.body.code, self.meeting.held_on, f"<p>{decided}</p>", outcome, 0),)
        recommendation = None
        if title == "Godkendelse af dagsorden":
            recommendation = Recommendation("Indstilling", "Det indstilles,", ("at dagsordenen godkendes.",))
        return Item(
            number=0,
            title=title,
            public_title=title,
            kind=kind,
            access="open",
            policy_area=AREA,
            standing=True,
            sections=(Section("presentation", "Sagsfremstilling", to_html(text)),),
            recommendation=recommendation,
            decisions=decisions,
        )

    def _messages(self, title: str) -> Item:
        if self.attendance is None:
            return self._item(title, "O", NOT_YET, "", "noted")
        facts = Facts(self.rng, self.meeting.held_on, {"body": self.body.name})
        pool = messages()[self.body.code] + messages()["*"]
        chosen = self.rng.sample(pool, self.rng.randint(FEWEST_MESSAGES, MOST_MESSAGES))
        text = "\n".join(f"- {expand(message, self.rng, facts)}" for message in chosen)
        return self._item(title, "O", text, "Taget til efterretning.", "noted")

    def _substitutes(self) -> Item | None:
        """The council itself decides whether a substitute may be called."""
        called = [a for a in self.attendance.absent if a.substitute] if self.attendance else []
        if not called:
            return None
        text = "\n".join(
            f"- {self.people[a.substitute or ''].name} (liste {self.people[a.person].party}) er indkaldt som "
            f"stedfortræder for {self.people[a.person].name}, der har forfald til mødet."
            for a in called
        )
        many = len(called) > 1
        title = "Godkendelse af indkaldte stedfortrædere" if many else "Godkendelse af indkaldt stedfortræder"
        return self._item(title, "B", text, "Godkendt.", "approved")


def messages() -> dict[str, list[str]]:
    """By body code; "*" for all bodies. A line of its own opens each block: "BSU:"."""
    found: dict[str, list[str]] = {}
    for block in blocks(MESSAGES.read_text("utf-8")):
        code, *lines = block.splitlines()
        text = "\n".join(lines)
        found[code.rstrip(":")] = [line.strip() for line in text.removeprefix("- ").split("\n- ")]
    return found
