"""Egekøbing Kommune, the municipality that does not exist, made from a date and a seed."""

from datetime import date
from random import Random

from sagsgang.site.demo.agendas import Agendas, House
from sagsgang.site.demo.bodies import make_bodies
from sagsgang.site.demo.cases import Writer
from sagsgang.site.demo.docket import Docket
from sagsgang.site.demo.matters import matter_kinds
from sagsgang.site.demo.mirror import deal_mirror, taken_places, write_mirror
from sagsgang.site.demo.papers import Registry
from sagsgang.site.demo.people import PARTIES, make_people, make_users
from sagsgang.site.demo.plan import make_plan
from sagsgang.site.demo.shapes import Body, Municipality

NAME = "Egekøbing Kommune"
CODE = "999"
MEMBER_PARTY = "A"  # the ordinary member's, and that of her substitute in the council


def generate(today: date, seed: int = 2023) -> Municipality:
    """The same date and seed give the same municipality, to the last comma."""
    people = make_people(Random(f"{seed} people"))  # noqa: S311 -- invented names, not secrets
    bodies = make_bodies(people, today, Random(f"{seed} bodies"))  # noqa: S311
    plan = make_plan(today)
    mirror = deal_mirror(plan)
    dealt = Docket(plan, matter_kinds(), taken_places(mirror), Random(f"{seed} docket")).deal()  # noqa: S311
    words = Random(f"{seed} words")  # noqa: S311
    writer = Writer(words, Registry(words))
    composite, parts = write_mirror(mirror, writer)
    cases = [writer.write(matter) for matter in dealt]
    house = House(plan, people, {body.code: body for body in bodies}, cases, composite, parts)
    meetings = Agendas(house, Random(f"{seed} meetings")).meetings()  # noqa: S311
    finance = tuple(seat.person for body in bodies if body.code == "ØK" for seat in body.seats)
    users = make_users(_chairs(bodies), _member(bodies), finance, f"st{MEMBER_PARTY}")
    return Municipality(NAME, CODE, today, seed, PARTIES, people.units, people.all, bodies, meetings, users)


def _chairs(bodies: tuple[Body, ...]) -> dict[str, str]:
    return {body.code: next(s.person for s in body.seats if s.role == "chair") for body in bodies}


def _member(bodies: tuple[Body, ...]) -> tuple[str, tuple[str, ...]]:
    """An ordinary member of MTU, and all her bodies."""
    committee = next(body for body in bodies if body.code == "MTU")
    person = next(s.person for s in committee.seats if s.role == "member" and s.party == MEMBER_PARTY)
    return person, tuple(b.code for b in bodies if any(s.person == person for s in b.seats))
