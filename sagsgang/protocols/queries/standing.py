"""Where a protocol stands: being written, final, signed by how many of how many, approved, amended. Derived."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person, SeatRole, Signers
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.queries.attending import Roll, roll_of
from sagsgang.protocols.models import EntryKind, ProtocolEntry

SIGNED = (EntryKind.SIGNATURE, EntryKind.RESERVATION)


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs; `at` None = has not yet. `reservation` are her words."""

    person: UUID
    name: str
    at: datetime | None = None
    reservation: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """Something added to a final protocol: who, when, why; at an item (its id as text) or the whole ("")."""

    by: str
    at: datetime
    words: str
    reason: str
    item: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where it stands. `sha256`: of the final entry, which the signatures name; "" = not final."""

    final_at: datetime | None = None
    final_by: str = ""
    sha256: str = ""
    number: int = 0
    signers: tuple[Signer, ...] = ()
    approved_at: datetime | None = None
    approved_on: str = ""
    reminded_at: datetime | None = None
    amendments: tuple[Amendment, ...] = ()

    @property
    def is_final(self) -> bool:
        """Is it only added to from now on?"""
        return self.final_at is not None

    @property
    def signed(self) -> int:
        """How many have signed."""
        return sum(1 for signer in self.signers if signer.at is not None)

    @property
    def is_signed(self) -> bool:
        """Has everybody signed?"""
        return self.is_final and self.signed == len(self.signers)


def standing_of(meeting: Meeting, roll: Roll | None = None) -> Standing:
    """Where the protocol of the meeting stands; one query, and those of the roll where it is not at hand."""
    rows = entry_rows(meeting).select_related(*ENTERED)
    return standing_from(list(rows), meeting, roll or roll_of(meeting))


# What comes along with an entry.
ENTERED = ("person", "entered_by")


def entry_rows(meeting: Meeting) -> QuerySet[ProtocolEntry]:
    """The entries of `standing_from`, to be fetched with others."""
    return ProtocolEntry.objects.filter(meeting=meeting.pk).order_by("number")


def standing_from(entries: Sequence[ProtocolEntry], meeting: Meeting, roll: Roll) -> Standing:
    """The standing by the entries of one meeting, in their order."""
    final = next((row for row in entries if row.kind == EntryKind.FINAL), None)
    signed = {row.person_id: row for row in entries if row.kind in SIGNED}
    named = _named_in(final) if final else signers_of(meeting, roll)
    signers = tuple(
        Signer(person, name, signed[person].at, _words(signed[person])) if person in signed else Signer(person, name)
        for person, name in named
    )
    if final is None:
        return Standing(signers=signers)
    approval = next((row for row in entries if row.kind == EntryKind.APPROVAL), None)
    reminders = [row.at for row in entries if row.kind == EntryKind.REMINDER]
    return Standing(
        final_at=final.at,
        final_by=str(final.entered_by),
        sha256=final.sha256,
        number=final.number,
        signers=signers,
        approved_at=approval.at if approval else None,
        approved_on=str(json.loads(approval.document)["held_on"]) if approval else "",
        reminded_at=reminders[-1] if reminders else None,
        amendments=tuple(_amendments(entries)),
    )


def signers_of(meeting: Meeting, roll: Roll) -> list[tuple[UUID, str]]:
    """Who signs (R37): everybody who took part, substitutes too; or, where the body has laid it down, the chair alone
    (and the secretary, who makes it final).
    """
    took_part = [(row.person, row.name) for row in roll.took_part()]
    if meeting.body.signers == Signers.PARTICIPANTS:
        return took_part
    acting = {row.person for row in roll.facts.chairings}
    chairs = {row.person for row in roll.members if row.role == SeatRole.CHAIR}
    presided = [one for one in took_part if one[0] in chairs] or [one for one in took_part if one[0] in acting]
    return presided or took_part[:1]


def _named_in(final: ProtocolEntry) -> list[tuple[UUID, str]]:
    """Who signs, as it was entered when the protocol was made final: a seat that is changed later changes nothing."""
    return [(UUID(one["person"]), one["name"]) for one in json.loads(final.document)["signers"]]


def _words(entry: ProtocolEntry) -> str:
    return str(json.loads(entry.document).get("words", ""))


def _amendments(entries: Iterable[ProtocolEntry]) -> Iterable[Amendment]:
    for row in entries:
        if row.kind == EntryKind.AMENDMENT:
            said = json.loads(row.document)
            yield Amendment(str(row.entered_by), row.at, said["words"], said["reason"], said.get("item", ""))


@dataclass(frozen=True, slots=True)
class ToSign:
    """A protocol that waits for a user's signature."""

    meeting: Meeting
    final_at: datetime
    is_reminded: bool


def waiting_for(user: User) -> list[ToSign]:
    """The final protocols that wait for this user's signature, the oldest first; two queries."""
    finals = ProtocolEntry.objects.filter(kind=EntryKind.FINAL, meeting__body__appointments__user=user)
    mine = ProtocolEntry.objects.filter(kind__in=SIGNED, person__user=user).values("meeting")
    rows = finals.exclude(meeting__in=mine).select_related("meeting__body").order_by("at").distinct()
    person = Person.objects.filter(user=user).values_list("pk", flat=True).first()
    reminded = set(ProtocolEntry.objects.filter(kind=EntryKind.REMINDER).values_list("meeting", flat=True))
    return [
        ToSign(row.meeting, row.at, row.meeting_id in reminded)
        for row in rows
        if str(person) in {one["person"] for one in json.loads(row.document)["signers"]}
    ]
