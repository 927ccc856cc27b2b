"""A case in words: a dealt matter with its facts drawn, its texts written, its attachments named."""

from dataclasses import dataclass
from random import Random

from sagsgang.site.demo.bodies import NAMES
from sagsgang.site.demo.docket import Dealt
from sagsgang.site.demo.facts import Facts, danish_date
from sagsgang.site.demo.grammar import expand, to_html, to_paragraphs
from sagsgang.site.demo.matters import MatterKind
from sagsgang.site.demo.papers import Paper, Registry, Story, write_papers
from sagsgang.site.demo.phrases import DEFAULT_POINTS, DIRECTORS, OFFICES, SECTION_HEADINGS
from sagsgang.site.demo.plan import Planned
from sagsgang.site.demo.shapes import Attachment, Recommendation, Section, Step

FILE_COUNTS = (1, 2, 2, 3, 3)
WITHOUT_FILES = 0.12


@dataclass(frozen=True, slots=True)
class Case:
    """One case with all that its items share."""

    key: str
    number: str
    kind: MatterKind
    steps: tuple[Planned, ...]
    turn: str
    title: str
    public_title: str
    reason: str
    extract: str
    withheld: str
    marker: str
    sections: tuple[Section, ...]
    points: tuple[str, ...]
    later_points: tuple[str, ...]
    is_whole: bool
    decisions: tuple[str, ...]
    remarks: tuple[str, ...]
    tasks: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    director: str  # "Velfærdsdirektøren"

    @property
    def path(self) -> tuple[Step, ...]:
        return tuple(Step(step.body_code, step.held_on) for step in self.steps)

    def recommendation(self, place: int) -> Recommendation:
        """What is recommended at a step; with points of its own the first body is spoken to alone."""
        if self.turn or (self.later_points and place == 0):
            return Recommendation("Indstilling", f"{self.director} indstiller til {self._name(0)},", self.points)
        points = self.later_points or self.points
        political = [step.body_code for step in self.steps if step.body_code not in {"DIR", "HU"}]
        if len(political) > 1:
            later = join([NAMES[code] for code in political[1:]])
            intro = f"{self.director} indstiller, at {NAMES[political[0]]} over for {later} anbefaler,"
        else:
            intro = f"{self.director} indstiller til {self._name(-1)},"
        return Recommendation("Indstilling", intro, points)

    def _name(self, place: int) -> str:
        return NAMES[self.steps[place].body_code]


def join(names: list[str]) -> str:
    """Økonomiudvalget og Kommunalbestyrelsen."""
    return " og ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


class Writer:
    """Writes cases; no two get the same title."""

    def __init__(self, rng: Random, registry: Registry) -> None:
        self.rng = rng
        self.registry = registry
        self.titles: set[str] = set()
        self.written = 0

    def write(self, dealt: Dealt) -> Case:
        for _attempt in range(12):
            draft = _Draft(dealt, self.rng, self.registry.codeword)
            title = draft.line(self.rng.choice(dealt.kind.titles))
            if title not in self.titles:
                break
        self.titles.add(title)
        self.written += 1
        if dealt.kind.closing or dealt.kind.secrets:
            self.registry.next_codeword()
        return self._case(dealt, draft, title)

    def _case(self, dealt: Dealt, draft: "_Draft", title: str) -> Case:
        kind, closing = dealt.kind, dealt.kind.closing
        text = draft.line(kind.text)
        marker = draft.facts("codeword") if closing or kind.secrets else ""
        return Case(
            key=f"sag-{self.written:03}",
            number=self.registry.case_number(dealt.steps[0].held_on),
            kind=kind,
            steps=dealt.steps,
            turn=dealt.turn,
            title=title,
            public_title=draft.line(closing.public_title) if closing else title,
            reason=draft.line(closing.reason) if closing else "",
            extract=draft.line(closing.extract) if closing else "",
            withheld=draft.line(closing.withheld) if closing else "",
            marker=marker if closing else "",
            sections=draft.sections(text),
            points=tuple(draft.line(f"{point}.") for point in kind.points or DEFAULT_POINTS[kind.kind]),
            later_points=tuple(draft.line(f"{point}.") for point in kind.later_points),
            is_whole=dealt.is_whole,
            decisions=tuple(draft.line(text) for text in kind.decisions),
            remarks=tuple(draft.line(text) for text in kind.remarks),
            tasks=tuple(draft.line(text) for text in kind.tasks),
            attachments=self._attachments(dealt, draft, title, text, marker),
            director=draft.director(),
        )

    def _attachments(self, dealt: Dealt, draft: "_Draft", title: str, text: str, marker: str) -> tuple[Attachment, ...]:
        kind = dealt.kind
        names = [draft.line(name) for name in kind.files]
        if not (dealt.is_whole or kind.names_attachments):
            bare = not kind.closing and self.rng.random() < WITHOUT_FILES
            names = names[: 0 if bare else self.rng.choice(FILE_COUNTS)]
        papers = [Paper(name, kind.closing is not None) for name in names]
        papers += [Paper(draft.line(name), True) for name in kind.secrets]
        story = Story(title, to_paragraphs(text), dealt.steps[0].held_on, marker, draft.line, draft.facts)
        return write_papers(papers, story, self.registry)


class _Draft:
    """The facts of one case at work; those with a range are drawn first, wherever they stand."""

    def __init__(self, dealt: Dealt, rng: Random, codeword: str) -> None:
        self.kind = dealt.kind
        self.rng = rng
        codes = [step.body_code for step in dealt.steps]
        self.home = next((code for code in codes if code not in {"DIR", "HU"}), codes[0])
        steps = {f"step{n}": _place(step) for n, step in enumerate(dealt.steps)}
        given = steps | {
            "codeword": codeword,
            "body": NAMES[codes[-1]],
            "committee": NAMES[self.home],
            "office": OFFICES[self._office()],
        }
        self.facts = Facts(rng, dealt.steps[0].held_on, given)
        for slot in dealt.kind.ranges:
            self.facts(slot)

    def line(self, text: str) -> str:
        return expand(text, self.rng, self.facts)

    def sections(self, text: str) -> tuple[Section, ...]:
        found = [Section("presentation", SECTION_HEADINGS["presentation"], to_html(text))]
        found += [Section(kind, heading, to_html(self.line(more))) for kind, heading, more in self.kind.sections]
        if self.kind.economies:
            economy = to_html(self.line(self.rng.choice(self.kind.economies)))
            found.append(Section("economy", SECTION_HEADINGS["economy"], economy))
        return tuple(found)

    def director(self) -> str:
        return self.rng.choice([DIRECTORS[self._office()], "Forvaltningen"])

    def _office(self) -> str:
        """The forvaltning behind the case; "*" = that of the body which treats it."""
        by_body = {"BSU": "BKF", "KFU": "BKF", "SSU": "VEL", "MTU": "TMF"}
        return by_body.get(self.home, "DIR") if self.kind.office == "*" else self.kind.office


def _place(step: Planned) -> str:
    """Hovedudvalget den 3. december 2026."""
    return f"{NAMES[step.body_code]} den {danish_date(step.held_on)}"
