"""Generated houses: what the public may know follows from one seed, everything else in them from another.

`build(public_seed, closed_seed)` makes a house under whatever clock `Clock` holds, and lets it work: agendas,
supplements, minutes, corrections, a withdrawal, a timed release, a published calendar. Two houses of the same
`public_seed` must look the same from outside, to the byte. When something new can be closed, add it to `Closed`.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

import time_machine

from sagsgang.accounts.models import User
from sagsgang.bodies.actions import appoint, found_authority, found_body
from sagsgang.bodies.models import Authority, Body, Person, Role, Seat
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import Row, record, subject_of
from sagsgang.documents import storage
from sagsgang.documents.tests.files import pdf_bytes
from sagsgang.followups.models import FollowUp
from sagsgang.goals.models import GoalTag
from sagsgang.meetings.actions import restore_meeting
from sagsgang.meetings.drafts import (
    AttachmentDraft,
    CaseDraft,
    DecisionDraft,
    FileDraft,
    ItemDraft,
    MeetingDraft,
    PersonDraft,
    SectionDraft,
    StepDraft,
)
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.publication.actions import (
    approve_release,
    prepare_release,
    publish_plan,
    release_meeting,
    withdraw_release,
)
from sagsgang.publication.actions.figures import prepare_figures, release_figures
from sagsgang.publication.due import release_due
from sagsgang.publication.models import PublicIdentity, PublicMeeting, Release, ReleaseState
from sagsgang.publication.tasks import index_released_files, read_released_files, render_figures_pdf, render_meeting_pdf
from tests.journeys.chance import CHANCE
from tests.journeys.test_two_worlds import Secret, bring_from_closed, decide_inside, work_inside

BEGIN = datetime(2026, 3, 2, 8, tzinfo=UTC)
YEAR = BEGIN.year
_SYLLABLES = ["bru", "kva", "fjø", "gril", "spæ", "tord", "vim", "hjor", "skru", "knæ", "plir", "dværg", "gnav", "syl"]
_MATTERS = [
    "Cykelsti",
    "Dagtilbud",
    "Skolevej",
    "Lokalplan",
    "Varmeværk",
    "Renovation",
    "Vejbelysning",
    "Badestrand",
    "Spejderhytte",
]
_PLACES = ["Åvej", "Egebjergvej", "Møllebakken", "Ringmosen", "Skovbrynet"]
_TYPES = ("committee", "council", "committee")
_NAMES = ("Teknik- og Miljøudvalget", "Byrådet", "Børne- og Skoleudvalget")
_CODES = ("TMU", "BY", "BSU")
_PEOPLE = ("Anna Kjær", "Bo Lind", "Carla Mose", "Dan Nygård", "Eva Overby")
_OFF_WEB = "Kun til mødepakken"


@dataclass(frozen=True)
class MeetingPlan:
    """A meeting as the public will see it. `acts` in their order; `items` stand on it with its minutes."""

    body: int
    held_on: date
    place: str
    items: tuple[ItemDraft, ...]
    acts: tuple[str, ...]


@dataclass(frozen=True)
class Public:
    """All that the public will know, and nothing else."""

    seed: int
    bodies: int
    planned: tuple[int, ...]
    meetings: tuple[MeetingPlan, ...]


def public_of(seed: int) -> Public:
    """What the seed makes public."""
    chance = Random(f"public {seed}")
    bodies = chance.choice((2, 2, 3))
    count = chance.choice((3, 3, 3, 4))
    meetings = tuple(_meeting(chance, no, bodies, seed) for no in range(count))
    long_lives = (("agenda", "supplement", "minutes"), ("agenda", "supplement", "minutes", "correction"))
    first = replace(meetings[0], acts=chance.choice(long_lives))
    second = replace(meetings[1], acts=chance.choice((("agenda", "withdraw"), ("timed",))))
    third = replace(meetings[2], acts=chance.choice((("minutes", "withdraw"), ("timed", "minutes"))))
    planned = tuple(sorted(chance.sample(range(bodies), chance.choice((1, 2)))))
    never = [replace(meeting, acts=()) for meeting in meetings[3:]]
    return Public(seed, bodies, planned, (first, second, third, *never))


def _meeting(chance: Random, no: int, bodies: int, seed: int) -> MeetingPlan:
    items = tuple(_item(chance, f"{no}.{n}", str(n), 0, seed) for n in range(1, chance.choice((2, 3, 3, 4)) + 1))
    if all(item.access == "open" for item in items):
        items = (*items[:-1], _closed_face(chance, str(len(items))))
    return MeetingPlan(
        body=no % bodies,
        held_on=BEGIN.date() + timedelta(days=14 * (no + 1)),
        place=chance.choice(("Rådhuset", "Kulturhuset, sal 2")),
        items=items,
        acts=(),
    )


def _item(chance: Random, key: str, number: str, depth: int, seed: int) -> ItemDraft:
    if chance.random() < 0.35:
        return _closed_face(chance, number)
    matter, place = chance.choice(_MATTERS), chance.choice(_PLACES)
    title = f"{matter} ved {place}"
    count = chance.choice((0, 1, 2)) if depth == 0 else 0
    files = tuple(_attachment(chance, f"{seed} {key}", n) for n in range(1, chance.choice((0, 1, 2, 3)) + 1))
    return ItemDraft(
        number,
        title,
        case_of(title),
        path=(StepDraft("TMU", BEGIN.date()), StepDraft("Byrådet")) if chance.random() < 0.6 else None,
        sections=(SectionDraft("presentation", "Sagsfremstilling", f"<p>{_sentence(chance)}</p>"),),
        decisions=(DecisionDraft("Udvalget", None, f"<p>{chance.choice(('Godkendt.', 'Udsat.'))}</p>", "approved"),),
        attachments=files,
        subitems=tuple(_item(chance, f"{key}.{n}", str(n), depth + 1, seed) for n in range(1, count + 1)),
    )


def case_of(title: str) -> CaseDraft:
    """The case of this title: one in the house, however many items are of it."""
    return CaseDraft(title, key=title, numbers=(f"26/{sum(map(ord, title)):05}",))


def _sentence(chance: Random) -> str:
    words = chance.sample([*_MATTERS, *_PLACES, "anlægges", "udbydes", "drøftes", "koster", "beboere"], 6)
    return f"Sagen om {' og '.join(words)}."


def _closed_face(chance: Random, number: str) -> ItemDraft:
    """Of a closed item what is public: its number, ground, title, and extract or reason."""
    has_extract = chance.random() < 0.5
    return ItemDraft(
        number,
        "",
        CaseDraft(""),
        access="closed",
        ground=chance.choice(("personal", "tender")),
        public_title=chance.choice(("Personalesag", "Udbudssag", "")),
        public_extract="Sagen blev afgjort." if has_extract else "",
        withheld_reason="" if has_extract else "Udbuddet er ikke afsluttet.",
    )


def _attachment(chance: Random, key: str, position: int) -> AttachmentDraft:
    kind = chance.choice(("pdf", "txt", "closed", "named"))
    if kind in {"closed", "named"}:
        title = f"Tilbud {position}" if kind == "named" else ""
        return AttachmentDraft(position, title, "closed", ground="tender", title_is_public=kind == "named")
    words = f"{chance.choice(_MATTERS)} {key}"
    content = pdf_bytes(words.encode("ascii", "ignore").decode()) if kind == "pdf" else words.encode()
    media_type = "application/pdf" if kind == "pdf" else "text/plain"
    sha256 = storage.house().put(content)
    file = FileDraft(sha256, f"fil.{kind}", len(content), media_type)
    return AttachmentDraft(position, f"Bilag om {words.split()[0].lower()} {position}", "open", file=file)


@dataclass
class Closed:
    """What the public may not know: for each place in the house its own dice, so that it keeps from act to act."""

    seed: int
    words: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        chance = Random(f"words {self.seed}")
        made = ("".join(chance.sample(_SYLLABLES, 3)) + "kvist" for _ in range(8))
        self.words = tuple(made)

    def dice(self, *place: object) -> Random:
        """The dice of a place."""
        return Random(f"closed {self.seed} {place}")

    def text(self, dice: Random, most: int = 30) -> str:
        """Closed words."""
        return " ".join(dice.choices(self.words, k=dice.randint(1, most)))

    def dress(self, item: ItemDraft, place: str, act: str) -> ItemDraft:
        """The item as the house has it: what is closed filled in, and what is kept off the web among the rest."""
        place = f"{place}.{item.number}"
        if item.access == "closed":
            return self._closed_item(item, place, act)
        subitems = tuple(self.dress(sub, place, act) for sub in item.subitems)
        return replace(item, subitems=subitems, attachments=self._attachments(item, place))

    def _closed_item(self, face: ItemDraft, place: str, act: str) -> ItemDraft:
        dice, now = self.dice(place), self.dice(place, act)
        word = dice.choice(self.words).capitalize()
        own = CaseDraft(f"Sag om {word} {place}", numbers=(f"26/9{dice.randint(0, 999):04}",))
        return replace(
            face,
            title=f"Lukket sag om {word}",
            case=dice.choice((own, case_of("Cykelsti ved Åvej"))),
            closing_reason=self.text(now),
            path=(StepDraft(word, BEGIN.date()),) * now.randint(0, 2),
            sections=(SectionDraft("presentation", "Sagsfremstilling", f"<p>{self.text(now)}</p>"),),
            decisions=(DecisionDraft("Udvalget", None, f"<p>{self.text(now)}</p>", "rejected"),),
            absent=tuple(PersonDraft(f"{name} Gyldentorn") for name in self.words[: now.randint(0, 2)]),
            attachments=tuple(self._file(AttachmentDraft(n, "", "closed", ground="tender"), dice)
                              for n in range(1, now.randint(0, 4) + 1)),
            subitems=tuple(self._sub(place, n) for n in range(1, now.randint(0, 3) + 1)),
        )  # fmt: skip

    def _sub(self, place: str, number: int) -> ItemDraft:
        title = self.text(self.dice(place, number), 4)
        access = self.dice(place, number, "access").choice(("open", "closed"))
        ground = "personal" if access == "closed" else ""
        return ItemDraft(str(number), title, CaseDraft(title), access=access, ground=ground)

    def _file(self, line: AttachmentDraft, dice: Random) -> AttachmentDraft:
        content = self.text(dice, 200).encode()
        file = FileDraft(storage.house().put(content), f"{dice.choice(self.words)}.txt", len(content), "text/plain")
        return replace(
            line,
            title=line.title or self.text(dice, 5),
            file=file,
            document_id=str(dice.randint(1, 10**6)),
            document_number=f"{dice.randint(1, 99)}/26",
        )

    def _attachments(self, item: ItemDraft, place: str) -> tuple[AttachmentDraft, ...]:
        dice = self.dice(place, "files")
        lines = [self._file(line, dice) if line.access == "closed" else line for line in item.attachments or ()]
        for _ in range(dice.choice((0, 0, 1, 2)) if lines else 0):
            hidden = self._file(AttachmentDraft(0, f"{_OFF_WEB} {dice.choice(self.words)}", "open"), dice)
            lines.insert(dice.randint(0, len(lines)), hidden)
        return tuple(replace(line, position=n) for n, line in enumerate(lines, start=1))


@dataclass
class House:
    """A house at work. `clock` moves alike in each; `after` is called when the public has seen an act."""

    public: Public
    closed: Closed
    clock: time_machine.Traveller
    after: Callable[[], None] = lambda: None
    bodies: list[Body] = field(default_factory=list)
    meetings: dict[int, Meeting] = field(default_factory=dict)
    at: datetime = BEGIN
    _seen: dict[str, dict[UUID, UUID]] = field(default_factory=dict)
    _is_lived_in: bool = False

    def work(self) -> None:
        """Everything that happens, public and closed, each public act at its hour."""
        self.first, self.second = (User.objects.create_user(name) for name in ("første", "anden"))
        authority = found_authority("Egekøbing Kommune", slug="egekoebing")
        for no in range(self.public.bodies):
            body = found_body(authority, name=_NAMES[no], kind=_TYPES[no], code=_CODES[no], publish_policy="minutes")
            self.bodies.append(body)
            appoint(self.second, role=Role.SECRETARY, body=body, actor=self.first)
            for place, name in enumerate(_PEOPLE[no : no + 3]):
                person = Person.objects.get_or_create(authority=authority, name=name)[0]
                Seat.objects.create(body=body, person=person, role="member" if place else "chair", party="ABF"[place])
        self._behind_closed_doors("before")
        for no, plan in enumerate(self.public.meetings):
            for act in plan.acts or ("prepare",):
                self._act(no, plan, act)
            if no == 0:
                for planned in self.public.planned:
                    self._step(f"plan {planned}")
                    self._know(self.bodies[planned], f"body {planned}")
                    self._know_meetings()
                    publish_plan(self.bodies[planned], year=YEAR, actor=self.first)
                self.after()
        self._behind_closed_doors("after")
        self._let_figures_out(authority)
        self._step("end")

    def _let_figures_out(self, authority: Authority) -> None:
        """Goals and the year of a body; open items are assessed alike, closed ones as it happens."""
        self._step("figures")
        for item in AgendaItem.objects.filter(withdrawn_at=None).select_related("parent", "case", "meeting"):
            is_shut = item.is_closed or item.case.is_closed or (item.parent is not None and item.parent.is_closed)
            dice = self.closed.dice(item.meeting.held_on, item.number, item.title, "goal")
            if is_shut and dice.random() < 0.5:
                continue
            GoalTag.objects.create(
                item=item, goal=16 if is_shut else 11, relevance="high", author=self.first,
                direction="counters" if is_shut else "furthers", reason=self.closed.text(dice, 5),
            )  # fmt: skip
        Body.objects.filter(pk=self.bodies[0].pk).update(publish_figures=True)
        body = Body.objects.get(pk=self.bodies[0].pk)
        for kind, of in (("goals", None), ("body-year", body)):
            with suppress(RuleBrokenError):  # nothing of it is out
                prepared = prepare_figures(
                    authority, kind, date(YEAR, 1, 1), date(YEAR, 12, 31), body=of, actor=self.first
                )
                row = release_figures(prepared, actor=self.second)
                render_figures_pdf(str(row.pk))
        self.after()

    def _step(self, act: str) -> None:
        """The next hour, the same in every house."""
        self.at += timedelta(hours=3)
        self.clock.move_to(self.at)
        CHANCE.begin(f"{self.public.seed} {act}")

    def _act(self, no: int, plan: MeetingPlan, act: str) -> None:
        self._step(f"{no} {act}")
        if act == "withdraw":
            meeting_id = PublicIdentity.objects.get(source=subject_of(self.meetings[no])).public_id
            current = Release.objects.get(meeting_id=meeting_id, state=ReleaseState.CURRENT)
            withdraw_release(current.pk, reason=self.closed.text(self.closed.dice(no)), actor=self.second)
            self.after()
            return
        self._restore(no, plan, act)
        self._bring_from_closed(no)
        self._live_in(no, act)
        meeting = self.meetings[no]
        self._know(meeting.body, f"body {plan.body}")
        self._know_meetings()
        self._know_items(meeting, no)
        if act == "prepare":  # and never released
            prepare_release(meeting, kind="agenda", actor=self.first)
            return
        if act == "timed":
            prepared = prepare_release(
                meeting, kind="agenda", release_at=self.at + timedelta(hours=1), actor=self.first
            )
            approve_release(prepared, actor=self.second)
            self._step(f"{no} let out")
            assert release_due() == 1
        else:
            kind = "agenda" if act in {"agenda", "supplement"} else "minutes"
            release_meeting(
                meeting, kind=kind, prepared_by=self.first, released_by=self.second, public_reason="Talt forkert."
            )
        self._finish(no)
        self._edit_closed(no, plan, act)
        self.after()

    def _restore(self, no: int, plan: MeetingPlan, act: str, edit: str = "") -> None:
        """What the house holds of the meeting now."""
        items = plan.items[:-1] if act == "agenda" and len(plan.acts) > 2 else plan.items
        dressed = [self.closed.dress(item, str(no), act + edit) for item in items]
        if act in {"agenda", "supplement", "timed", "prepare"}:
            dressed = [_undecided(item) for item in dressed]
        if act == "correction":
            dressed = [_corrected(item) for item in dressed]
        attendance = tuple(PersonDraft(name, state="present") for name in _PEOPLE[plan.body : plan.body + 3])
        draft = MeetingDraft(
            held_on=plan.held_on, starts=time(16), ends=time(18), place=plan.place, items=tuple(dressed),
            attendance=attendance if act in {"minutes", "correction"} else None,
        )  # fmt: skip
        meeting = restore_meeting(self.bodies[plan.body], draft, actor=self.first).meeting
        self.meetings[no] = Meeting.objects.select_related("body__authority").get(pk=meeting.pk)
        Attachment.objects.filter(title__startswith=_OFF_WEB).update(on_web=False)
        if act == "supplement" and plan.items[-1].access == "open":
            late = AgendaItem.objects.filter(meeting=meeting, parent=None, number=plan.items[-1].number)
            late.update(first_sent_in=2, late_reason="Fristen udløber fredag.")

    def _know(self, row: Row, place: str) -> None:
        """Give a public row the public id of its place; a second row in the same place gets another one."""
        rows = self._seen.setdefault(place, {})
        if row.pk not in rows:
            rows[row.pk] = UUID(bytes=Random(f"id {self.public.seed} {place} {len(rows)}").randbytes(16), version=4)
            PublicIdentity.objects.create(source=subject_of(row), public_id=rows[row.pk])

    def _know_meetings(self) -> None:
        for no, meeting in self.meetings.items():
            self._know(meeting, f"meeting {no}")

    def _know_items(self, meeting: Meeting, no: int) -> None:
        """Items, cases and attachments that the public may see; all other rows get ids of the closed dice."""
        items = AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None).select_related("case", "parent")
        for item in items.order_by("parent__position", "position"):
            parent = item.parent
            if parent is not None and parent.access == "closed":
                continue
            place = f"{no}.{parent.number}.{item.number}" if parent else f"{no}.{item.number}"
            self._know(item, f"item {place}")
            if item.access == "closed":
                continue
            if parent is None:
                self._know(item.case, f"case {item.case.title}")
            shown = item.attachments.filter(on_web=True, withdrawn_at=None).order_by("position")
            for n, row in enumerate(shown, start=1):
                self._know(row, f"file {place} {n}")
        unknown = [*items, *Attachment.objects.filter(item__in=items)]
        known = set(PublicIdentity.objects.values_list("source", flat=True))
        PublicIdentity.objects.bulk_create(
            PublicIdentity(source=subject_of(row), public_id=CHANCE.closed_uuid())
            for row in unknown
            if subject_of(row) not in known
        )

    def _finish(self, no: int) -> None:
        """What the worker does when a release is out."""
        meeting_id = PublicIdentity.objects.get(source=subject_of(self.meetings[no])).public_id
        release_id = str(PublicMeeting.objects.get(pk=meeting_id).release_id)
        for job in (render_meeting_pdf, read_released_files, index_released_files):
            job(release_id)

    def _live_in(self, no: int, act: str) -> None:
        """Once, what the house writes round a meeting, on all of its items and cases; often, logs and follow-ups."""
        dice, meeting = self.closed.dice(no, act, "life"), self.meetings[no]
        secret = Secret(
            self.closed.words[0].capitalize(), b"", attachments=0, has_inside=dice.random() < 0.6, absent=()
        )
        is_last = no == len(self.public.meetings) - 1 and act in self.public.meetings[no].acts[-1:]
        if is_last and dice.random() < 0.7:  # the last of all: it leaves drafts, on which no meeting can be restored
            self._is_lived_in = True
            work_inside(meeting, secret, self.first)
        for item in AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None):
            for _ in range(dice.choice((0, 0, 1, 3))):
                record(self.first, "edit_line", item, parts=["title"])
            if item.is_closed and dice.random() < 0.3:
                words = self.closed.text(dice)
                FollowUp.objects.create(case=item.case, item=item, words=words, owner_role="Chef", given_by=self.first)

    def _bring_from_closed(self, no: int) -> None:
        """Open items that closed ones of other bodies were carried on to, with what those decided."""
        for item in AgendaItem.objects.filter(
            meeting=self.meetings[no], parent=None, access="open", carried_from=None, withdrawn_at=None
        ):
            dice = self.closed.dice(no, item.number, "brought")
            if dice.random() < 0.5:
                secret = Secret(self.closed.text(dice, 3), b"", 0, has_inside=dice.random() < 0.7)
                bring_from_closed(item, secret, self.first)

    def _edit_closed(self, no: int, plan: MeetingPlan, act: str) -> None:
        """Between two releases the closed words change, as often as they like; nothing new goes out for it."""
        if self._is_lived_in:
            return
        for n in range(self.closed.dice(no, act, "edits").choice((0, 0, 0, 1))):
            self.clock.move_to(self.at + timedelta(minutes=7 * (n + 1)))
            self._restore(no, plan, act, edit=str(n))
        self.clock.move_to(self.at)

    def _behind_closed_doors(self, when: str) -> None:
        """Bodies that publish nothing, meetings that nobody has let out, users, log rows."""
        dice = self.closed.dice(when)
        for n in range(dice.randint(0, 3)):
            User.objects.create_user(f"{when}-{n}-{dice.choice(self.closed.words)}")
        quiet = [
            found_body(self.bodies[0].authority, name=f"Udvalget for {word}", kind="directorate", publish_policy="none")
            for word in self.closed.words[: dice.randint(0, 2)]
        ]
        unplanned = [body for no, body in enumerate(self.bodies) if no not in self.public.planned]
        for body in [*quiet, *unplanned]:
            for n in range(dice.randint(0, 2)):
                face = ItemDraft("1", "", CaseDraft(""), access="closed", ground="personal")
                items = (self.closed.dress(face, f"{when} {body.code} {n}", when),)
                held_on = date(YEAR + 1, 1 if when == "before" else 6, 5) + timedelta(days=7 * n)
                restore_meeting(body, MeetingDraft(held_on=held_on, items=items), actor=self.first)
        for item in AgendaItem.objects.filter(access="closed", meeting__in=self.meetings.values()):
            if dice.random() < 0.2 and not self._is_lived_in:
                decide_inside(item, Secret(self.closed.words[1], b"", 0, has_inside=True), self.first)


def _undecided(item: ItemDraft) -> ItemDraft:
    return replace(
        item, decisions=(), public_extract="", withheld_reason="", absent=None,
        subitems=tuple(_undecided(sub) for sub in item.subitems),
    )  # fmt: skip


def _corrected(item: ItemDraft) -> ItemDraft:
    if item.access == "closed":
        return item
    decided = tuple(replace(row, html="<p>Sendt tilbage til udvalget.</p>") for row in item.decisions)
    return replace(item, decisions=decided)


def public_rows_of(house: House) -> Iterator[tuple[str, UUID]]:
    """Every place that has a public id, released or not, and its id: the same in each house of one public seed."""
    for place, rows in sorted(house._seen.items()):
        yield from ((place, public_id) for public_id in rows.values())
