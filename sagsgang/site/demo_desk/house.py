"""What the desks stand on: who works where, who approves, what bodies want of a text, closing days, the library."""

from datetime import date

from sagsgang.accounts.models import User
from sagsgang.bodies.actions import close_offices, found_body, join_unit
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, PublishPolicy, Role, Unit
from sagsgang.cases.actions.case import add_reference
from sagsgang.cases.actions.levels import add_level
from sagsgang.cases.actions.templates import add_template_section, demand_facts, open_template
from sagsgang.meetings.actions import restore_meeting
from sagsgang.meetings.drafts import MeetingDraft
from sagsgang.site.demo import shapes
from sagsgang.site.demo.plan import PLACES, STARTS, later_meetings
from sagsgang.site.demo_desk.scripts import citations, fill, templates

COUNCILS = (("ÆR", "Ældrerådet"), ("HCR", "Handicaprådet"))
CLOSING_DAYS = ((5, 1, "1. maj"), (6, 5, "Grundlovsdag"), (12, 24, "Juleaftensdag"), (12, 31, "Nytårsaftensdag"))
YEARS_AHEAD = 3
# Who approves, lowest first: a unit without levels has those of the unit above it. Name, approver, deputy.
LEVELS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "DIR": (("Kommunaldirektør", "kommunaldirektør", "direktør"),),
    "KDS": (("Stabschef", "chef", ""), ("Kommunaldirektør", "kommunaldirektør", "direktør")),
    "TMF": (
        ("Teknik- og miljødirektør", "direktør-teknik", "direktør"),
        ("Kommunaldirektør", "kommunaldirektør", "direktør"),
    ),
    "NAT": (
        ("Natur- og miljøchef", "chef-natur", ""),
        ("Teknik- og miljødirektør", "direktør-teknik", "direktør"),
        ("Kommunaldirektør", "kommunaldirektør", "direktør"),
    ),
    "VEL": (
        ("Velfærdsdirektør", "direktør", "direktør-teknik"),
        ("Kommunaldirektør", "kommunaldirektør", "direktør"),
    ),
}
WHOLE_HOUSE = ("auditor", "administrator")


def staff_units(town: shapes.Municipality, units: dict[str, Unit], users: dict[str, User], actor: User) -> None:
    """Each user works in the unit of her person; auditor and administrator write no cases."""
    people = {person.key: person for person in town.people}
    for shape in town.users:
        code = people[shape.person].unit
        if code and shape.role not in WHOLE_HOUSE:
            join_unit(users[shape.username], unit=units[code], actor=actor)


def lay_down_levels(units: dict[str, Unit], users: dict[str, User], actor: User) -> None:
    """Who approves for which unit; what is laid down already stays."""
    for code, levels in LEVELS.items():
        if not units[code].levels.exists():
            for name, approver, deputy in levels:
                add_level(units[code], name=name, approver=users[approver], deputy=users.get(deputy), actor=actor)


def found_councils(authority: Authority) -> None:
    """The councils that are heard; they publish nothing here."""
    for code, name in COUNCILS:
        found_body(authority, name=name, kind=BodyKind.OTHER, code=code, publish_policy=PublishPolicy.NONE)


def close_the_offices(authority: Authority, today: date) -> None:
    """The days on which the town hall is closed beyond the public holidays, of this year and the next ones."""
    for year in range(today.year, today.year + YEARS_AHEAD):
        for month, day, name in CLOSING_DAYS:
            close_offices(authority, day=date(year, month, day), name=name)


def plan_later_meetings(bodies: dict[str, Body], today: date, actor: User) -> None:
    """The rest of the meeting plan: cases in preparation are on their way to it."""
    for planned in later_meetings(today):
        code = planned.body_code
        draft = MeetingDraft(held_on=planned.held_on, starts=STARTS[code], place=PLACES[code])
        restore_meeting(bodies[code], draft, actor=actor)


def write_templates(bodies: dict[str, Body]) -> None:
    """Each body's templates, by the body's own secretary; one that has sections is left as it is."""
    for template in templates():
        for code in template.bodies:
            secretary = _secretary_of(bodies[code])
            row = open_template(bodies[code], item_kind=template.item_kind, actor=secretary)
            if row.sections.exists():
                continue
            for section in template.sections:
                add_template_section(
                    row, kind=section.kind, heading=section.heading, help_text=section.help_text,
                    is_required=section.is_required, actor=secretary,
                )  # fmt: skip
            demand_facts(row, facts=template.facts, actor=secretary)


def _secretary_of(body: Body) -> User:
    kept = Appointment.objects.filter(body=body, role=Role.SECRETARY).select_related("user")
    return kept.earliest("created_at").user


def fill_library(authority: Authority, today: date, actor: User) -> None:
    """The agreements, plans and laws that cases lean on."""
    for citation in citations():
        kind, year, title = (fill(part, today, {}) for part in (citation.kind, citation.year, citation.title))
        add_reference(
            authority, kind=kind, title=title, year=None if year == "-" else int(year), url="", actor=actor
        )  # fmt: skip
