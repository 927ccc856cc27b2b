"""Calls the demo's meetings from their texts, and knows who is who in them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path

from sagsgang.accounts.models import User
from sagsgang.bodies.calendar import is_working_day
from sagsgang.bodies.models import Body, Person
from sagsgang.cases.models import SectionKind
from sagsgang.documents import storage
from sagsgang.documents.access import Access
from sagsgang.meetings.actions import restore_meeting, send_agenda
from sagsgang.meetings.drafts import (
    AttachmentDraft,
    CaseDraft,
    FileDraft,
    ItemDraft,
    MeetingDraft,
    PointDraft,
    SectionDraft,
    StepDraft,
)
from sagsgang.meetings.models import Meeting, MeetingKind
from sagsgang.site.demo.files import attachment_bytes, media_type
from sagsgang.site.demo.grammar import to_html
from sagsgang.site.demo.plan import PLACES
from sagsgang.site.demo.shapes import Attachment, FileFormat
from sagsgang.site.demo_desk.desk import Desk
from sagsgang.site.demo_desk.scripts import Paper, Script, fill, read_scripts

TEXTS = Path(__file__).parents[1] / "demo" / "texts" / "doors"
_FORMATS: dict[str, FileFormat] = {"pdf": "pdf", "docx": "docx"}
_KINDS = {
    "Resumé": SectionKind.SUMMARY,
    "Sagsfremstilling": SectionKind.PRESENTATION,
    "Økonomiske konsekvenser": SectionKind.ECONOMY,
    "Retsgrundlag": SectionKind.LAW,
}
# Who calls the meetings of a body, and who lets their words out besides.
SECRETARIES = {"MTU": "sekretær-teknik", "KFU": "sekretær-børn", "BSU": "sekretær-børn", "SSU": "sekretær-velfærd"}
RELEASER = "chef"


@cache
def texts() -> Mapping[str, Script]:
    """The matters of these meetings by their keys."""
    return read_scripts(TEXTS)


@dataclass(slots=True)
class Hall:
    """What the stories of the meetings draw on."""

    desk: Desk

    @property
    def today(self) -> date:
        """The day that the demo is built around."""
        return self.desk.today

    def user(self, name: str) -> User:
        """A demo user."""
        return self.desk.users[name]

    def body(self, code: str) -> Body:
        """A body by its code."""
        return self.desk.bodies[code]

    def secretary(self, code: str) -> User:
        """Who serves the body."""
        return self.user(SECRETARIES.get(code, "sekretær"))

    def person(self, username: str) -> Person:
        """The person who logs in with this name."""
        return Person.objects.get(user=self.user(username))

    def before(self) -> date:
        """The last working day that is over."""
        return next(day for day in (self.today - timedelta(days=n) for n in range(1, 15)) if is_working_day(day))

    def first_day(self) -> date:
        """The working day on which the directorate treated what the two bodies treat on the last one."""
        first = self.before() - timedelta(days=14)
        return next(day for day in (first - timedelta(days=n) for n in range(15)) if is_working_day(day))

    def after(self, days: int) -> date:
        """The first working day so many days ahead."""
        first = self.today + timedelta(days=days)
        return next(day for day in (first + timedelta(days=n) for n in range(15)) if is_working_day(day))

    def found(self, code: str, day: date) -> Meeting | None:
        """The extraordinary meeting of that day, if it is called already."""
        kind = MeetingKind.EXTRAORDINARY
        return Meeting.objects.filter(body=self.body(code), held_on=day, kind=kind).first()

    def call(self, code: str, day: date, keys: tuple[str, ...], *, starts: time) -> Meeting:
        """Call an extraordinary meeting with these matters, and send its agenda."""
        draft = self.draft(code, day, keys, starts=starts)
        meeting = restore_meeting(self.body(code), draft, actor=self.secretary(code)).meeting
        return send_agenda(meeting, anyway=True, actor=self.secretary(code))

    def draft(self, code: str, day: date, keys: tuple[str, ...], *, starts: time) -> MeetingDraft:
        """An extraordinary meeting with these matters, as it is called."""
        days = {"DIR": self.first_day(), "ØK": self.before(), "KB": self.before(), code: day}
        return MeetingDraft(
            held_on=day,
            kind=MeetingKind.EXTRAORDINARY,
            starts=starts,
            place=PLACES[code],
            items=tuple(self._item(texts()[key], number, days) for number, key in enumerate(keys, start=1)),
        )

    def _item(self, script: Script, number: int, days: dict[str, date]) -> ItemDraft:
        def said(text: str) -> str:
            return fill(text, self.today, days)

        return ItemDraft(
            number=str(number),
            title=script.title,
            case=CaseDraft(
                title=script.title, numbers=tuple(said(row) for row in script.numbers), policy_area=script.area
            ),
            kind=script.item_kind,
            path=tuple(StepDraft(step, days.get(step)) for step, _purpose in script.path),
            sections=tuple(_sections(script, said)),
            attachments=tuple(self._attachment(script, no, paper) for no, paper in enumerate(script.papers, start=1)),
        )

    def _attachment(self, script: Script, number: int, paper: Paper) -> AttachmentDraft:
        shape = Attachment(
            number=number, title=paper.title, access="open", file_key=f"{script.key}-{number}",
            file_format=_FORMATS[paper.format], dated=self.today, paragraphs=paper.paragraphs, rows=paper.rows,
        )  # fmt: skip
        content = attachment_bytes(shape)
        file = FileDraft(
            sha256=storage.house().put(content),
            name=f"{paper.title}.{paper.format}",
            size=len(content),
            media_type=media_type(shape),
        )
        return AttachmentDraft(position=number, title=paper.title, access=Access.OPEN, file=file)


def _sections(script: Script, said: Callable[[str], str]) -> Iterator[SectionDraft]:
    for heading, text in script.sections.items():
        yield SectionDraft(_KINDS.get(heading, SectionKind.OTHER), heading, to_html(said(text)))
    many = len(script.points) > 1
    points = tuple(
        PointDraft(f"{number}." if many else "", said(words)) for number, (_verb, words) in enumerate(script.points, 1)
    )
    yield SectionDraft(SectionKind.RECOMMENDATION, "Indstilling", "<p>Det indstilles,</p>", points)
