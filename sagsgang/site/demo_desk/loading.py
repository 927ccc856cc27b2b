"""Fills the demo's desks, after its bodies, users and meetings are there. May run twice: a case that is there stays."""

from collections.abc import Callable

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body, Unit
from sagsgang.site.demo import shapes
from sagsgang.site.demo_desk import house
from sagsgang.site.demo_desk.desk import Desk
from sagsgang.site.demo_desk.stories import STORIES


def fill_desks(authority: Authority, town: shapes.Municipality, *, tell: Callable[[str], None], actor: User) -> Desk:
    """First what the desks stand on, then each case with what has happened to it; all of a case or nothing."""
    users = {user.username: user for user in User.objects.filter(username__in=[shape.username for shape in town.users])}
    named = {unit.name: unit for unit in Unit.objects.filter(authority=authority)}
    units = {shape.code: named[shape.name] for shape in town.units}
    house.found_councils(authority)
    bodies = {body.code: body for body in Body.objects.filter(authority=authority).exclude(code="")}
    house.staff_units(town, units, users, actor)
    house.lay_down_levels(units, users, users["administrator"])
    house.close_the_offices(authority, town.today)
    house.plan_later_meetings(bodies, town.today, actor)
    house.write_templates(bodies)
    house.fill_library(authority, town.today, users["sekretær"])
    desk = Desk(authority, town, bodies, units, users)
    for number, (key, story) in enumerate(STORIES, start=1):
        tell(f"Sag under forberedelse {number} af {len(STORIES)}")
        if not desk.holds(key):
            with transaction.atomic():
                story(desk)
    return desk
