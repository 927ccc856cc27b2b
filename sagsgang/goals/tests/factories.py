"""A town with a directorate, a committee, a unit that writes cases, and the people around them; the names are made up."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Role, Unit, UnitStaff
from sagsgang.cases.models import Case, PathStep, Purpose
from sagsgang.goals import actions
from sagsgang.goals.actions import Assessment, LocalGoalFacts, ProjectFacts
from sagsgang.goals.models import GoalTag, LocalGoal, Project
from sagsgang.meetings.models import AgendaItem, Decision, Meeting

TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Town:
    """The house, and who does what in it."""

    authority: Authority
    dir: Body
    mtu: Body
    unit: Unit
    users: dict[str, User]

    @property
    def secretary(self) -> User:
        """The directorate's."""
        return self.users["secretary"]


def make_town() -> Town:
    """Nothing is written of goals yet."""
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    bodies = [
        Body.objects.create(authority=authority, kind=kind, name=name, code=code)
        for kind, name, code in (
            (BodyKind.DIRECTORATE, "Direktionen", "DIR"),
            (BodyKind.COMMITTEE, "Miljø- og Teknikudvalget", "MTU"),
            (BodyKind.COUNCIL, "Kommunalbestyrelsen", "KB"),
        )
    ]
    unit = Unit.objects.create(authority=authority, name="Natur og Miljø")
    names = ("secretary", "caseworker", "colleague", "director", "auditor", "admin", "councillor", "other")
    users = {name: User.objects.create_user(f"maal-{name}") for name in names}
    for name, role, place in (
        ("secretary", Role.SECRETARY, bodies[0]), ("director", Role.DIRECTOR, bodies[0]), ("auditor", Role.AUDITOR, None),
        ("admin", Role.ADMIN, None), ("councillor", Role.MEMBER, bodies[2]), ("other", Role.SECRETARY, bodies[1]),
    ):  # fmt: skip
        Appointment.objects.create(user=users[name], role=role, body=place)
    for name in ("caseworker", "colleague"):
        UnitStaff.objects.create(unit=unit, user=users[name])
    return Town(authority, bodies[0], bodies[1], unit, users)


def make_case(town: Town, title: str = "Jordfordeling ved Svanesø", **facts: Any) -> Case:
    """A case of the unit, on its way to the directorate, for a decision, on a day in April."""
    facts = {"unit": town.unit, "caseworker": town.users["caseworker"], "policy_area": "Miljø"} | facts
    case = Case.objects.create(authority=town.authority, title=title, **facts)
    PathStep.objects.create(
        case=case, position=1, body=town.dir, purpose=Purpose.DECISION, planned_on=date(2026, 4, 14)
    )
    return case


def make_item(town: Town, case: Case, on: date, **facts: Any) -> AgendaItem:
    """An item of the case on the directorate's agenda of the day; `decided` = with its decision."""
    is_decided = facts.pop("decided", False)
    meeting, _made = Meeting.objects.get_or_create(body=town.dir, held_on=on)
    facts = {"position": meeting.items.count() + 1, "number": "3", "title": case.title, "access": "open"} | facts
    item = AgendaItem.objects.create(meeting=meeting, case=case, **facts)
    if is_decided:
        Decision.objects.create(
            item=item, body=town.dir, stated_body=town.dir.name, decided_on=on, html="<p>Godkendt</p>",
            outcome="approved", recorded_by=town.secretary,
        )  # fmt: skip
    return item


def assess(town: Town, matter: Any, goal: str = "6", **facts: Any) -> GoalTag:
    """An assessment by the caseworker; it furthers the goal to a high degree unless said otherwise."""
    number, _dot, _rest = goal.partition(".")
    written: dict[str, Any] = {
        "goal": int(number), "target": goal if "." in goal else "", "relevance": "high", "direction": "furthers",
    } | facts  # fmt: skip
    return actions.assess_goal(matter, Assessment(**written), actor=town.users["caseworker"])


def local_goal(town: Town, name: str = "Rent vand i Svanesø", **facts: Any) -> LocalGoal:
    """Valid from 2024, serving goal 6 and target 15.1."""
    written: dict[str, Any] = {"name": name, "valid_from": date(2024, 1, 1), "serves": ("6", "15.1")} | facts
    return actions.add_local_goal(town.authority, LocalGoalFacts(**written), actor=town.secretary)


def project(town: Town, name: str = "Vådområder langs Svaneåen", **facts: Any) -> Project:
    """Entered by the secretary."""
    made: Project = actions.add_work(town.authority, ProjectFacts(name=name, **facts), actor=town.secretary)
    return made
