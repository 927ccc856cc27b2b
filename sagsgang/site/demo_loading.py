"""Put the demo municipality into the house, through the same actions that everybody uses. May run twice."""

from collections.abc import Callable, Iterator

from sagsgang.accounts.actions import add_user, own_user_of_the_house
from sagsgang.accounts.models import User
from sagsgang.bodies.actions import (
    appoint,
    found_authority,
    found_body,
    found_unit,
    give_seat,
    list_substitute,
    register_person,
)
from sagsgang.bodies.models import Authority, Body, Person, PublishPolicy, Role, SeatRole, Unit
from sagsgang.cases.models import SectionKind
from sagsgang.documents import storage
from sagsgang.meetings.actions import restore_meeting
from sagsgang.meetings.drafts import (
    AttachmentDraft,
    CaseDraft,
    DecisionDraft,
    FileDraft,
    ItemDraft,
    MeetingDraft,
    PersonDraft,
    PointDraft,
    SectionDraft,
    StepDraft,
)
from sagsgang.meetings.models import AttendanceState, Meeting
from sagsgang.publication.models import ReleaseKind, ReleaseRecord
from sagsgang.site.demo import shapes
from sagsgang.site.demo.files import attachment_bytes, media_type
from sagsgang.site.demo_desk import fill_desks
from sagsgang.site.demo_doors import let_out, meetings_on, open_doors

_SEAT_ROLES = {"chair": SeatRole.CHAIR, "deputy": SeatRole.VICE_CHAIR, "member": SeatRole.MEMBER}
_USER_ROLES = {"administrator": Role.ADMIN}
# The bodies whose agendas and minutes these users let out as the second person.
_MORE_BODIES = {
    "chef": ("DIR", "HU", "ØK", "KB", "BSU", "SSU", "MTU", "KFU"),
    "chef-natur": ("MTU",),
}
_RELEASED = {"agenda": ReleaseKind.AGENDA, "minutes": ReleaseKind.MINUTES}
_PRINTED_ROLES = {"chair": "formand", "deputy": "næstformand", "member": ""}


class Loader:
    """One loading of one municipality; `tell` hears how far it has come."""

    def __init__(self, town: shapes.Municipality, *, password: str, tell: Callable[[str], None]) -> None:
        self.town = town
        self.password = password
        self.tell = tell
        self.actor = own_user_of_the_house()
        self.people = {person.key: person for person in town.people}
        self.bodies: dict[str, Body] = {}
        self.codes = {body.code: body for body in town.bodies}
        self.files: dict[str, FileDraft] = {}

    def load(self) -> None:
        """People and bodies first, each meeting with its release, the cases in preparation, then what is held and let out
        here."""
        authority = found_authority(self.town.name, slug="egekoebing", is_demo=True)
        persons = {p.key: register_person(authority, name=p.name, title=p.title)[0] for p in self.town.people}
        self._load_units(authority, persons)
        self._load_bodies(authority, persons)
        self._load_users(authority)
        preparer, releaser = (User.objects.get(username=name) for name in ("sekretær", "chef"))
        for number, meeting in enumerate(self.town.meetings, start=1):
            self.tell(f"Møde {number} af {len(self.town.meetings)}")
            if not self._stands(meeting):
                draft = self._meeting(meeting)
                restored = restore_meeting(self.bodies[meeting.body_code], draft, actor=self.actor).meeting
                self._release(restored, meeting, preparer, releaser)
        desk = fill_desks(authority, self.town, tell=self.tell, actor=self.actor)
        open_doors(desk, tell=self.tell)

    def _stands(self, shape: shapes.Meeting) -> bool:
        """Is the meeting there already, as far as it goes? What has been done to it since stays."""
        there = meetings_on(self.bodies[shape.body_code], shape.held_on).first()
        if there is None or shape.state == "planned":
            return there is not None
        return not self._is_released(shape) or ReleaseRecord.objects.filter(meeting_id=there.pk).exists()

    def _is_released(self, shape: shapes.Meeting) -> bool:
        """What a body publishes is released; planned meetings wait."""
        return self.codes[shape.body_code].publishes and shape.state in _RELEASED

    def _load_units(self, authority: Authority, persons: dict[str, Person]) -> None:
        made: dict[str, Unit] = {}
        for unit in self.town.units:
            parent = made.get(unit.parent or "")
            made[unit.code] = found_unit(authority, name=unit.name, parent=parent, manager=persons[unit.manager])

    def _load_bodies(self, authority: Authority, persons: dict[str, Person]) -> None:
        for shape in self.town.bodies:
            policy = PublishPolicy.MINUTES if shape.publishes else PublishPolicy.NONE
            body = found_body(authority, name=shape.name, kind=shape.kind, code=shape.code, publish_policy=policy)
            self.bodies[shape.code] = body
            for seat in shape.seats:
                give_seat(
                    body,
                    persons[seat.person],
                    role=_SEAT_ROLES[seat.role],
                    party=seat.party,
                    held_from=seat.since,
                    held_to=seat.until,
                )
            for key in shape.substitutes:
                list_substitute(body, persons[key], party=self.people[key].party, position=1)  # one on each list

    def _load_users(self, authority: Authority) -> None:
        for shape in self.town.users:
            name, address = self.people[shape.person].name, self.people[shape.person].email
            user = User.objects.filter(username=shape.username).first()
            user = user or add_user(
                shape.username, password=self.password, is_demo=True, full_name=name, address=address
            )
            if not hasattr(user, "person"):
                register_person(authority, name=name, user=user)
            role = _USER_ROLES.get(shape.role) or Role(shape.role)
            everywhere = role in (Role.ADMIN, Role.AUDITOR)
            codes = dict.fromkeys((*shape.bodies, *_MORE_BODIES.get(shape.username, ())))
            for body in [None] if everywhere else [self.bodies[code] for code in codes]:
                appoint(user, role=role, body=body, actor=self.actor)

    def _release(self, meeting: Meeting, shape: shapes.Meeting, preparer: User, releaser: User) -> None:
        if self._is_released(shape):
            let_out(meeting, kind=_RELEASED[shape.state], prepared_by=preparer, released_by=releaser)

    def _meeting(self, shape: shapes.Meeting) -> MeetingDraft:
        return MeetingDraft(
            held_on=shape.held_on,
            starts=shape.starts,
            ends=shape.ends,
            place=shape.place,
            attendance=tuple(self._attendance(shape)) if shape.state == "minutes" else None,
            items=tuple(self._item(item) for item in shape.items),
        )

    def _attendance(self, shape: shapes.Meeting) -> Iterator[PersonDraft]:
        for key in shape.present:
            yield self._person(shape.body_code, key, AttendanceState.PRESENT)
        for absence in shape.absent:
            note = absence.note or ("afbud" if absence.excused else "uden afbud")
            yield self._person(shape.body_code, absence.person, AttendanceState.ABSENT, note=note)

    def _person(self, code: str, key: str, state: str, note: str = "") -> PersonDraft:
        person = self.people[key]
        seat = next((seat for seat in self.codes[code].seats if seat.person == key), None)
        title = (seat.title if seat else "") or ("" if person.party else person.title)
        role = _PRINTED_ROLES[seat.role] if seat else ""
        party = seat.party if seat else person.party
        return PersonDraft(name=person.name, title=title, role=role, party=party, note=note, state=state)

    def _item(self, shape: shapes.Item, parent: shapes.Item | None = None) -> ItemDraft:
        return ItemDraft(
            number=str(shape.number),
            title=shape.title,
            case=CaseDraft(
                title=shape.title,
                key=shape.case_key,
                numbers=(shape.case_number,) if shape.case_number else (),
                policy_area=shape.policy_area,
            ),
            kind=shape.kind,
            access=shape.access,
            ground=shape.ground or "",
            closing_reason=shape.reason,
            public_title=shape.public_title if shape.access == "closed" else "",
            public_extract=shape.extract,
            withheld_reason=shape.withheld_reason,
            path=tuple(StepDraft(step.body_code, step.held_on) for step in shape.path) or None,
            sections=tuple(_sections(shape)),
            decisions=tuple(self._decision(row) for row in shape.decisions),
            absent=tuple(self._item_absence(row) for row in shape.absent) or None,
            attachments=None
            if parent or not shape.attachments
            else tuple(self._attachment(row) for row in shape.attachments),
            subitems=tuple(self._item(sub, shape) for sub in shape.subitems),
        )

    def _attachment(self, row: shapes.Attachment) -> AttachmentDraft:
        return AttachmentDraft(
            position=row.number,
            title=row.title,
            access=row.access,
            ground="internal" if row.access == "closed" else "",
            document_id=row.document_id,
            document_number=row.document_number,
            mark=row.mark,
            title_is_public=row.access == "closed",
            file=self._file(row),
        )

    def _file(self, row: shapes.Attachment) -> FileDraft:
        """Equal keys are equal bytes: they are made once."""
        if row.file_key not in self.files:
            content = attachment_bytes(row)
            self.files[row.file_key] = FileDraft(
                sha256=storage.house().put(content), name=row.file_name, size=len(content), media_type=media_type(row)
            )
        return self.files[row.file_key]

    def _item_absence(self, row: shapes.Absence) -> PersonDraft:
        person = self.people[row.person]
        return PersonDraft(name=person.name, title="", party=person.party, note=row.note)

    def _decision(self, row: shapes.Decision) -> DecisionDraft:
        return DecisionDraft(
            body=self.codes[row.body_code].name,
            on=row.held_on,
            html=row.html,
            outcome=row.outcome,
            number=str(row.number),
        )


def _sections(shape: shapes.Item) -> Iterator[SectionDraft]:
    for section in shape.sections:
        yield SectionDraft(section.kind, section.heading, section.html)
    if shape.recommendation:
        points = tuple(
            PointDraft(f"{number}." if len(shape.recommendation.points) > 1 else "", text)
            for number, text in enumerate(shape.recommendation.points, start=1)
        )
        intro = f"<p>{shape.recommendation.intro}</p>"
        yield SectionDraft(SectionKind.RECOMMENDATION, shape.recommendation.heading, intro, points)
