"""A municipality's unit with its people, bodies and a case, for tests. No surprises: every word stands here."""

from dataclasses import dataclass
from datetime import date

from django.test import Client

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Person, Role, Unit, UnitStaff
from sagsgang.cases.models import ApprovalLevel, Case, PathStep, Presentation, Section, SectionKind


@dataclass(frozen=True, slots=True)
class Town:
    """Bodies, a unit with three levels of approval, and a user in each place.

    `writer` and `colleague` are the unit's staff; `manager`, `director` and `chief` approve in that order, and
    `deputy` stands in for the manager. `secretary` keeps MTU's papers, `dir_secretary` DIR's. `stranger` works elsewhere.
    """

    authority: Authority
    unit: Unit
    other_unit: Unit
    dir: Body
    hu: Body
    mtu: Body
    fin: Body
    kb: Body
    elders: Body
    writer: User
    colleague: User
    manager: User
    deputy: User
    director: User
    chief: User
    secretary: User
    dir_secretary: User
    member: User
    auditor: User
    admin: User
    stranger: User


def make_town() -> Town:
    """Egekøbing in small."""
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    users = {
        name: User.objects.create_user(name, first_name=name.capitalize(), last_name="Prøve")
        for name in (
            "writer", "colleague", "manager", "deputy", "director", "chief",
            "secretary", "dir_secretary", "member", "auditor", "admin", "stranger",
        )
    }  # fmt: skip
    bodies = {
        code: Body.objects.create(authority=authority, kind=kind, name=name, code=code, publish_policy=policy)
        for code, kind, name, policy in (
            ("DIR", BodyKind.DIRECTORATE, "Direktionen", "none"),
            ("HU", BodyKind.WORKS_COUNCIL, "Hovedudvalget", "none"),
            ("MTU", BodyKind.COMMITTEE, "Miljø- og Teknikudvalget", "minutes"),
            ("ØK", BodyKind.FINANCE, "Økonomiudvalget", "minutes"),
            ("KB", BodyKind.COUNCIL, "Kommunalbestyrelsen", "minutes"),
            ("ÆR", BodyKind.OTHER, "Ældrerådet", "none"),
        )
    }
    boss = Person.objects.create(authority=authority, name="Manager Prøve", user=users["manager"])
    top = Unit.objects.create(authority=authority, name="Direktionsområdet")
    unit = Unit.objects.create(authority=authority, name="Natur og Miljø", parent=top, manager=boss)
    other = Unit.objects.create(authority=authority, name="Børn og Skole", parent=top)
    for name in ("writer", "colleague"):
        UnitStaff.objects.create(unit=unit, user=users[name])
    UnitStaff.objects.create(unit=other, user=users["stranger"])
    for position, (name, approver, deputy) in enumerate(
        (("Leder", "manager", "deputy"), ("Direktør", "director", None), ("Direktionen", "chief", None)), start=1
    ):
        ApprovalLevel.objects.create(
            unit=unit, position=position, name=name, approver=users[approver], deputy=users[deputy] if deputy else None
        )
    for name, body, role in (
        ("secretary", bodies["MTU"], Role.SECRETARY), ("dir_secretary", bodies["DIR"], Role.SECRETARY),
        ("member", bodies["MTU"], Role.MEMBER), ("auditor", None, Role.AUDITOR), ("admin", None, Role.ADMIN),
    ):  # fmt: skip
        Appointment.objects.create(user=users[name], body=body, role=role)
    return Town(
        authority=authority, unit=unit, other_unit=other, dir=bodies["DIR"], hu=bodies["HU"], mtu=bodies["MTU"],
        fin=bodies["ØK"], kb=bodies["KB"], elders=bodies["ÆR"], **users,
    )  # fmt: skip


def make_case(town: Town, title: str = "Ny sti ved åen", **facts: object) -> Case:
    """A case of the unit, written by `writer`, with one draft of two sections."""
    values: dict[str, object] = {
        "authority": town.authority, "title": title, "unit": town.unit, "caseworker": town.writer,
        "external_numbers": ["05.01.00-P20-1-26"],
    }  # fmt: skip
    case = Case.objects.create(**values | facts)
    make_draft(case, town)
    return case


def make_draft(case: Case, town: Town) -> Presentation:
    """A draft for MTU: a presentation and a recommendation with one point."""
    draft = Presentation.objects.create(case=case, body=town.mtu, item_kind="B", created_by=town.writer)
    for position, (kind, heading, html) in enumerate(
        (
            (SectionKind.PRESENTATION, "Sagsfremstilling", "<p>Stien bliver 400 m lang.</p>"),
            (SectionKind.RECOMMENDATION, "Indstilling", "<p>Natur og Miljø indstiller,</p>"),
        ),
        start=1,
    ):
        section = Section.objects.create(presentation=draft, position=position, kind=kind, heading=heading, html=html)
        if kind == SectionKind.RECOMMENDATION:
            section.points.create(position=1, marker="", verb="approve", text="at stien godkendes")
    return draft


def add_step(case: Case, body: Body, planned_on: date | None, purpose: str = "decision") -> PathStep:
    """The next step of the case's path."""
    position = case.path.count() + 1
    return PathStep.objects.create(case=case, body=body, position=position, purpose=purpose, planned_on=planned_on)


def signed_in_as(user: User) -> Client:
    """A client whose user has logged in."""
    client = Client()
    client.force_login(user)
    return client


def htmx(user: User) -> Client:
    """The same, asking as htmx does."""
    client = Client(headers={"HX-Request": "true"})
    client.force_login(user)
    return client
