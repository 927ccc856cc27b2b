"""What answers each requirement on a day: the version in force, who approved it when, and where it is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from sagsgang.bodies.models import Authority
from sagsgang.policies.models import Evidence, Policy, PolicyVersion, Requirement
from sagsgang.policies.queries.facts import Held, facts_of
from sagsgang.policies.rules import in_force, starts_on
from sagsgang.policies.shapes import Approved


@dataclass(frozen=True, slots=True)
class Answer:
    """A policy that was said to answer: its `version` in force that day, or None where none of its answering ones was.

    Of a policy that the reader may not read, `evidence` and `policy` are None: number, body and day are told.
    """

    evidence: Evidence | None
    policy: Policy | None
    place: str
    version: PolicyVersion | None
    approved: Approved | None
    since: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement with its answers."""

    requirement: Requirement
    answers: tuple[Answer, ...]

    @property
    def is_met(self) -> bool:
        """Was something in force that answers it?"""
        return any(answer.version for answer in self.answers)


def evidence_on(
    authority: Authority,
    on: date,
    *,
    readable: QuerySet[Policy],
    policy: Policy | None = None,
    known: Held | None = None,
) -> list[Line]:
    """Every requirement of the authority, as of a day, in five queries; or those that `policy` answers, of which `known`
    is held already, in one. `readable`: the policies that are named to the reader.
    """
    given = Evidence.objects.filter(requirement__authority=authority, requirement__withdrawn_at=None)
    given = given.annotate(may_read=Exists(readable.filter(pk=OuterRef("version__policy"))))
    if policy is not None:
        given = given.filter(version__policy=policy)
    rows: list[Any] = list(given.select_related("requirement", "version__policy").order_by("version__number"))
    policies = {row.version.policy_id: row.version.policy for row in rows}
    held = {policy.pk: known} if policy is not None and known is not None else facts_of(policies.values())
    answers: dict[object, dict[object, Answer]] = {}
    for row in rows:  # by number: the place in the newest version that is in force is the one that is told
        answer = _answer(row, held[row.version.policy_id], on, may_read=row.may_read)
        of_requirement = answers.setdefault(row.requirement_id, {})
        if row.version.policy_id not in of_requirement or answer.version:
            of_requirement[row.version.policy_id] = answer
    wanted: Iterable[Requirement] = Requirement.objects.filter(authority=authority).order_by("set", "code")
    if policy is not None:
        wanted = sorted({row.requirement for row in rows}, key=lambda one: (one.set, one.code))
    return [Line(one, tuple(answers.get(one.pk, {}).values())) for one in wanted]


def _answer(row: Any, held: Held, on: date, *, may_read: bool) -> Answer:
    policy = row.version.policy
    found = in_force(held.facts, on, policy.withdrawn_on)
    version = found.version if found else None
    evidence, named, place = (row, policy, row.place) if may_read else (None, None, "")
    if found is None or version is None or found.approved is None or version.number < row.version.number:
        return Answer(evidence, named, place, None, None, None)
    approved = found.approved if may_read else Approved(found.approved.on, found.approved.body)
    return Answer(evidence, named, place, held.rows[version.number], approved, starts_on(version))
