"""Make the authority's bodies, units, persons and seats, and give users their roles."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.bodies.models import (
    Appointment,
    Authority,
    Body,
    ClosingDay,
    Person,
    Seat,
    SubstitutePlace,
    Unit,
    UnitStaff,
)
from sagsgang.bodies.rules import BodySettings, defaults_for, require_settings
from sagsgang.core.models import Plain, record


@transaction.atomic
def appoint(user: User, *, role: str, body: Body | None, actor: User) -> Appointment:
    """Give the role in this body, or in the whole house; giving it twice is giving it once."""
    appointment, is_new = Appointment.objects.get_or_create(user=user, role=role, body=body)
    if is_new:
        record(actor, "appoint", user, role=role, body=str(body.pk) if body else None)
    return appointment


def found_authority(name: str, *, slug: str, is_demo: bool = False) -> Authority:
    """The authority of this name, made if it is not there."""
    authority, _ = Authority.objects.get_or_create(name=name, defaults={"slug": slug, "is_demo": is_demo})
    return authority


def found_body(authority: Authority, *, name: str, kind: str, code: str = "", publish_policy: str = "") -> Body:
    """The body of this name, made with the defaults of its kind if it is not there."""
    usual = defaults_for(kind)
    body, _ = Body.objects.get_or_create(
        authority=authority,
        name=name,
        defaults={
            "kind": kind,
            "code": code,
            "agenda_days": usual.agenda_days,
            "material_days": usual.material_days,
            "protocol_days": usual.protocol_days,
            "publish_policy": publish_policy or usual.publish_policy,
        },
    )
    return body


@transaction.atomic
def change_body(body: Body, settings: BodySettings, *, actor: User) -> Body:
    """Write the body's settings; the log names those that were changed. Raises `RuleBrokenError`.

    What is sent and released already stays as it is: the settings hold for what comes.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    require_settings(body.kind, settings)
    wanted = asdict(settings)
    changed = sorted(name for name, value in wanted.items() if getattr(body, name) != value)
    if changed:
        for name in changed:
            setattr(body, name, wanted[name])
        body.save(update_fields=[*changed, "modified_at"])
        record(actor, "change_body", body, settings=list[Plain](changed))
    return body


def register_person(
    authority: Authority, *, name: str, title: str = "", user: User | None = None
) -> tuple[Person, bool]:
    """The person of this name, and whether she had to be made."""
    person, is_new = Person.objects.get_or_create(authority=authority, name=name, defaults={"title": title})
    if user is not None and person.user_id != user.pk:
        person.user = user
        person.save(update_fields=["user", "modified_at"])
    return person, is_new


def give_seat(
    body: Body,
    person: Person,
    *,
    role: str,
    party: str = "",
    held_from: date | None = None,
    held_to: date | None = None,
) -> Seat:
    """A seat from a day on; the same person from the same day is the same seat."""
    seat, _ = Seat.objects.get_or_create(
        body=body, person=person, held_from=held_from, defaults={"role": role, "party": party[:40], "held_to": held_to}
    )
    return seat


def list_substitute(body: Body, person: Person, *, party: str, position: int) -> SubstitutePlace:
    """Her place on the candidate list of a party; the same person in the same body keeps the place she has."""
    place, _ = SubstitutePlace.objects.get_or_create(
        body=body, person=person, defaults={"party": party[:40], "position": position}
    )
    return place


def found_unit(authority: Authority, *, name: str, parent: Unit | None, manager: Person | None) -> Unit:
    """The unit of this name, under its parent and led by its manager."""
    unit, _ = Unit.objects.update_or_create(
        authority=authority, name=name, defaults={"parent": parent, "manager": manager}
    )
    return unit


@transaction.atomic
def join_unit(user: User, *, unit: Unit, actor: User) -> UnitStaff:
    """Make the user one of the unit's staff: she opens and writes its cases. Joining twice is joining once."""
    staff, is_new = UnitStaff.objects.get_or_create(unit=unit, user=user)
    if is_new:
        record(actor, "join_unit", user, unit=str(unit.pk))
    return staff


def close_offices(authority: Authority, *, day: date, name: str) -> ClosingDay:
    """A day on which the offices are closed beyond the public holidays; it counts for no deadline (R5)."""
    closing, _ = ClosingDay.objects.get_or_create(authority=authority, day=day, defaults={"name": name})
    return closing
