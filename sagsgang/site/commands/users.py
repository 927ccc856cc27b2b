"""`user add` and `users`, and the users that other commands act as."""

import os
from argparse import Namespace

from django.db.models import Q
from django.utils.translation import gettext as _

from sagsgang.accounts.actions import add_user as make_user
from sagsgang.accounts.actions import own_user_of_the_house
from sagsgang.accounts.models import User
from sagsgang.bodies.actions import appoint, join_unit
from sagsgang.bodies.models import WHOLE_HOUSE, Body, Role, Unit
from sagsgang.core.errors import RuleBrokenError
from sagsgang.site.commands.output import answer

_WRITERS = (Role.CASEWORKER, Role.MANAGER)


def user_named(name: str) -> User:
    """The user of this name; a sentence if there is none."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise RuleBrokenError(_("There is no user %(name)s.") % {"name": name})
    return user


def system_user() -> User:
    """The house itself."""
    return own_user_of_the_house()


def add_user(arguments: Namespace) -> int:
    """Make the user if she is not there (password from SAGSGANG_PASSWORD, else none), and give her the role."""
    unit = _unit(arguments.unit) if arguments.unit else None
    # Who writes the cases of a unit needs no body; every other role is held in one, or in the whole house.
    in_body = unit is None or arguments.body or arguments.role not in _WRITERS
    body = _body(arguments.body, arguments.role) if in_body else None
    user = User.objects.filter(username=arguments.name).first()
    user = user or make_user(arguments.name, password=os.environ.get("SAGSGANG_PASSWORD"))
    if in_body:
        appoint(user, role=arguments.role, body=body, actor=system_user())
    if unit is not None:
        join_unit(user, unit=unit, actor=system_user())
    answer(_as_json(user), as_json=arguments.json, lines=lambda: [_line(user)])
    return 0


def _unit(name: str) -> Unit:
    found = list(Unit.objects.filter(name__iexact=name)[:2])
    if len(found) != 1:
        raise RuleBrokenError(_("There is not exactly one unit that is called %(name)s.") % {"name": name})
    return found[0]


def _body(name: str, role: str) -> Body | None:
    if not name:
        if role not in WHOLE_HOUSE:
            raise RuleBrokenError(_("Say in which body, with --body: only auditor and administrator hold everywhere."))
        return None
    found = list(Body.objects.filter(Q(name__iexact=name) | Q(code__iexact=name))[:2])
    if len(found) != 1:
        raise RuleBrokenError(_("There is not exactly one body that is called %(name)s.") % {"name": name})
    return found[0]


def users(arguments: Namespace) -> int:
    """Every user with her roles."""
    rows = list(User.objects.prefetch_related("appointments__body", "units__unit").order_by("username"))
    answer([_as_json(row) for row in rows], as_json=arguments.json, lines=lambda: [_line(row) for row in rows])
    return 0


def _as_json(user: User) -> dict[str, object]:
    roles = [{"role": row.role, "body": row.body.name if row.body else None} for row in user.appointments.all()]
    units = [row.unit.name for row in user.units.all()]
    return {"name": user.username, "active": user.is_active, "demo": user.is_demo, "roles": roles, "units": units}


def _line(user: User) -> str:
    roles = [
        f"{Role(row.role).label} ({row.body})" if row.body else str(Role(row.role).label)
        for row in user.appointments.all()
    ]
    units = [row.unit.name for row in user.units.all()]
    return f"{user.username}: {', '.join([*roles, *units]) or '-'}"
