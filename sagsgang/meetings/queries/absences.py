"""Who has reported absence from a meeting, and who is to be called instead; each in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sagsgang.bodies.models import BodyKind, Person, Seat, SubstitutePlace
from sagsgang.meetings.models import AbsenceReport, ConflictOfInterest, Meeting, Substitution
from sagsgang.meetings.rules import absences as rules


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """A report of absence; `reported_by` is empty where she did it herself.

    `called` = the substitute who is called already; `proposed` = who is next in line (a council alone); `rule` says
    in sentences by which rule a substitute comes.
    """

    person: Person
    party: str
    reason: str
    at: datetime
    reported_by: str
    proposed: Person | None
    called: Person | None
    rule: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows if a member does not come: by which rule a substitute comes, and who is next in line."""

    proposed: Person | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Facts:
    """What was read of a meeting; `places` are the candidate lists, by party and in order."""

    kind: str
    reports: list[AbsenceReport]
    parties: dict[UUID, str]
    places: dict[str, list[Person]] = field(default_factory=dict)
    called: dict[UUID, Person] = field(default_factory=dict)
    conflicted: frozenset[UUID] = frozenset()

    @property
    def taken(self) -> set[Person]:
        """Who cannot be called: those who sit there already, and those who are absent themselves."""
        ids = self.parties.keys() | {report.person_id for report in self.reports}
        listed = {person for line in self.places.values() for person in line if person.pk in ids}
        return listed | set(self.called.values())

    def proposals(self, absent: Iterable[UUID]) -> dict[UUID, Person | None]:
        """Who is next in line for each, in this order: nobody is proposed twice."""
        taken, found = self.taken, {}
        for person in absent:
            line = self.places.get(self.parties.get(person, ""), [])
            found[person] = None if person in self.called else rules.first_free(line, taken)
            taken |= {one for one in (found[person],) if one is not None}
        return found

    def words(self, person: UUID, proposed: Person | None) -> str:
        """By which rule a substitute comes for her."""
        name = proposed.name if proposed else ""
        return rules.substitute_words(self.kind, next_name=name, has_conflict=person in self.conflicted)


def absences_of(meeting: Meeting) -> list[AbsenceLine]:
    """The reports that stand, the first first; five queries for a council, four elsewhere (with the meeting's body)."""
    facts = _facts(meeting)
    proposed = facts.proposals(report.person_id for report in facts.reports)
    return [
        AbsenceLine(
            person=report.person,
            party=facts.parties.get(report.person_id, ""),
            reason=report.reason,
            at=report.created_at,
            reported_by="" if report.reported_by_id == report.person.user_id else str(report.reported_by),
            proposed=proposed[report.person_id],
            called=facts.called.get(report.person_id),
            rule=facts.words(report.person_id, proposed[report.person_id]),
        )
        for report in facts.reports
    ]


def consequence_of(meeting: Meeting, person: Person) -> Consequence:
    """What follows if this member does not come, whether she has reported it or not; queries as `absences_of`."""
    facts = _facts(meeting)
    order = [report.person_id for report in facts.reports]
    proposed = facts.proposals(order if person.pk in order else [*order, person.pk])[person.pk]
    return Consequence(proposed, facts.words(person.pk, proposed))


def report_of(meeting: Meeting, person: Person) -> AbsenceReport | None:
    """Her report that stands."""
    return AbsenceReport.objects.filter(meeting=meeting, person=person).first()


def is_expected(meeting: Meeting, person: Person) -> bool:
    """Is she to come: by a seat on the day, or as a substitute who is called?"""
    seated = Seat.objects.on(meeting.held_on).filter(body=meeting.body_id, person=person)
    return seated.exists() or Substitution.objects.filter(meeting=meeting, substitute=person).exists()


def _facts(meeting: Meeting) -> _Facts:
    reports = AbsenceReport.objects.filter(meeting=meeting).select_related("person", "reported_by")
    seats = Seat.objects.on(meeting.held_on).filter(body=meeting.body_id)
    called = Substitution.objects.filter(meeting=meeting, item=None).select_related("substitute")
    conflicts = ConflictOfInterest.objects.filter(item__meeting=meeting, withdrawn_at=None)
    return _Facts(
        kind=meeting.body.kind,
        reports=list(reports.order_by("created_at")),
        parties=dict(seats.values_list("person", "party")),
        places=_candidate_lists(meeting),
        called={row.absent_id: row.substitute for row in called},
        conflicted=frozenset(conflicts.values_list("person", flat=True)),
    )


def _candidate_lists(meeting: Meeting) -> dict[str, list[Person]]:
    """Only to the council is anybody called from a list."""
    if meeting.body.kind != BodyKind.COUNCIL:
        return {}
    found: dict[str, list[Person]] = {}
    rows = SubstitutePlace.objects.filter(body=meeting.body_id).select_related("person")
    for row in rows.order_by("party", "position"):
        found.setdefault(row.party, []).append(row.person)
    return found
