"""Writes a case from its script, as its caseworker does: facts, path, words, money, files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from html import escape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.calendar import deadline_days
from sagsgang.bodies.models import Authority, Body, Unit
from sagsgang.cases.actions.arranging import choose_template
from sagsgang.cases.actions.attachments import upload_attachment
from sagsgang.cases.actions.case import CaseFacts, open_case
from sagsgang.cases.actions.editing import save_economy, save_section
from sagsgang.cases.actions.path import StepFacts, compose_path, path_stamp
from sagsgang.cases.models import Case, CaseAttachment, Presentation, Reference, Section, SectionKind
from sagsgang.cases.plans import PathPlan, PlanStep
from sagsgang.cases.queries.plan import MeetingPlan, meeting_plan, path_plan
from sagsgang.cases.rules.dates import propose_dates
from sagsgang.cases.rules.economy import Line, imprint
from sagsgang.cases.rules.editing import PointWords
from sagsgang.documents.access import Access
from sagsgang.documents.intake import take_file
from sagsgang.site.demo.files import attachment_bytes
from sagsgang.site.demo.grammar import to_html
from sagsgang.site.demo.matters import TextError
from sagsgang.site.demo.shapes import Attachment, FileFormat, Municipality
from sagsgang.site.demo_desk.scripts import Paper, Script, fill, scripts

_FORMATS: dict[str, FileFormat] = {"pdf": "pdf", "docx": "docx"}


@dataclass(slots=True)
class Desk:
    """Everything that the stories of the cases draw on; bodies and units by code, users by name."""

    authority: Authority
    town: Municipality
    bodies: Mapping[str, Body]
    units: Mapping[str, Unit]
    users: Mapping[str, User]
    scripts: Mapping[str, Script] = field(default_factory=scripts)

    @property
    def today(self) -> date:
        """The day that the municipality is made around."""
        return self.town.today

    def holds(self, key: str) -> bool:
        """Is the case there already?"""
        return self._known(key).exists()

    def case(self, key: str) -> Case:
        """The case of this script, as it was opened."""
        return self._known(key).get()

    def _known(self, key: str) -> QuerySet[Case]:
        return Case.objects.filter(authority=self.authority, title=self.title(key), unit__isnull=False)

    def title(self, key: str) -> str:
        """Its title, with the years counted."""
        return fill(self.scripts[key].title, self.today, {})

    def after(self, days: int) -> date:
        """The working day that lies so many days ahead, or the next one."""
        day = self.today + timedelta(days=days)
        return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)

    def write(self, key: str, days: Sequence[date | None] | None = None) -> Case:
        """Open the case, plan its path (on `days`, else on the earliest lawful ones), write its words."""
        case = self.open(key)
        self.plan(case, key, days)
        self.write_words(case, key)
        return case

    def open(self, key: str) -> Case:
        """Open the case with its facts."""
        script = self.scripts[key]
        title = self.title(key)
        facts = CaseFacts(
            title=title,
            kind=script.kind,
            external_numbers=tuple(fill(number, self.today, {}) for number in script.numbers),
            kle=script.kle,
            policy_area=script.area,
            unit=self.units[script.unit],
            caseworker=self.users[script.caseworker],
            access=Access.CLOSED if script.ground else Access.OPEN,
            ground=script.ground,
            concerns_economy="economy" in script.concerns,
            concerns_elderly="elderly" in script.concerns,
            concerns_disability="disability" in script.concerns,
            concerns_staff="staff" in script.concerns,
            long_term_effect=fill(script.long_term, self.today, {}),
            references=[self._reference(fill(cited, self.today, {})) for cited in script.cites],
        )
        parent = self.case(script.parent) if script.parent else None
        return open_case(self.authority, facts, parent=parent, actor=self.users[script.caseworker])

    def _reference(self, title: str) -> Reference:
        return Reference.objects.get(authority=self.authority, title=title)

    def plan(self, case: Case, key: str, days: Sequence[date | None] | None = None) -> None:
        """Compose the path of the script."""
        script = self.scripts[key]
        self.lay_path(case, script.path, days, actor=self.users[script.caseworker])

    def lay_path(
        self, case: Case, path: Sequence[tuple[str, str]], days: Sequence[date | None] | None = None, *, actor: User
    ) -> None:
        """Compose a path: bodies by code with what each shall do, on `days`, else on the earliest lawful ones."""
        chosen = self.earliest(case, path) if days is None else days
        steps = [
            StepFacts(self.bodies[code], purpose, planned_on=day)
            for (code, purpose), day in zip(path, chosen, strict=True)
        ]
        compose_path(case, steps, seen=path_stamp(case.path.all()), actor=actor)

    def proposed(self, case: Case, key: str) -> list[date | None]:
        """The earliest lawful days for the path of the script."""
        return self.earliest(case, self.scripts[key].path)

    def earliest(self, case: Case, path: Sequence[tuple[str, str]]) -> list[date | None]:
        """The earliest lawful days for a path, none whose material should be out already."""
        steps = [PlanStep(self.bodies[code].name, None, purpose) for code, purpose in path]
        meetings = meeting_plan(self.authority)
        plan = path_plan(case, steps, meetings, case.hearings.filter(withdrawn_at=None))
        first = self.bodies[path[0][0]]
        answers = case.hearings.filter(answered_on=None, withdrawn_at=None).values_list("answer_by", flat=True)
        ready = max([self.today, *answers])
        return propose_dates(plan, earliest=_reachable(first, meetings, plan, ready))

    def write_words(self, case: Case, key: str) -> Presentation:
        """Begin the draft on its body's template, write each section, the economy block, and lay on the files."""
        script = self.scripts[key]
        writer = self.users[script.caseworker]
        days = {step.body.code: step.planned_on for step in case.path.select_related("body") if step.planned_on}
        draft = choose_template(case, body=self.bodies[script.body], item_kind=script.item_kind, actor=writer)
        left = dict(script.sections)
        for section in draft.sections.select_related("presentation"):
            text = left.pop(section.heading, "")
            self._write_section(section, fill(text, self.today, days), script)
        if left:
            raise TextError(f"{key}: the template lacks {sorted(left)}")
        if script.money:
            save_economy(draft, lines=list(self._lines(script)), seen=imprint([]), actor=writer)
        for number, paper in enumerate(script.papers, start=1):
            self.lay_on(case, paper, number=number, key=key, actor=writer)
        return draft

    def _write_section(self, section: Section, text: str, script: Script) -> None:
        points: list[PointWords] = []
        if section.kind == SectionKind.RECOMMENDATION:
            points = [PointWords(verb, fill(words, self.today, {})) for verb, words in script.points]
            text = f"{self.units[script.unit].name} indstiller,"
        if text or points:
            html = to_html(text)
            writer = self.users[script.caseworker]
            save_section(section, html=html, points=points, seen=section.revision, actor=writer)

    def _lines(self, script: Script) -> Iterator[Line]:
        for money in script.money:
            year = int(fill(money.year, self.today, {}))
            yield Line(money.side, money.kind, money.account, year, Decimal(money.amount))

    def lay_on(self, case: Case, paper: Paper, *, number: int, key: str, actor: User) -> CaseAttachment:
        """Make the file, and upload it as people do."""
        shape = Attachment(
            number=number, title=paper.title, access="open", file_key=f"{key}-{number}",
            file_format=_FORMATS[paper.format], dated=self.today, paragraphs=paper.paragraphs, rows=paper.rows,
        )  # fmt: skip
        upload = SimpleUploadedFile(f"{paper.title}.{paper.format}", attachment_bytes(shape))
        return upload_attachment(case, taken=take_file(upload), actor=actor)

    def rewrite(self, draft: Presentation, heading: str, *, old: str, new: str, actor: User) -> None:
        """Change one passage of a section. Raises `TextError` if it does not stand there."""
        section = draft.sections.select_related("presentation").get(heading=heading)
        before, after = (escape(words, quote=False) for words in (old, new))
        if before not in section.html:
            raise TextError(f"{heading} does not say: {old}")
        html = section.html.replace(before, after)
        save_section(section, html=html, points=(), seen=section.revision, actor=actor)


def _reachable(body: Body, meetings: MeetingPlan, plan: PathPlan, ready: date) -> date:
    """The body's first meeting whose material is out in time if the case is ready on that day."""
    for day in meetings.days_of(body, since=ready):
        if deadline_days(day, body.agenda_days, plan.closing_days)[0] >= ready:
            return day
    return ready
