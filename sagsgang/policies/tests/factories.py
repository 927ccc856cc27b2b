"""A town whose directorate approved its guidelines twice, as the source document's did; the names are made up."""

from dataclasses import dataclass
from datetime import date

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Role, Unit, UnitStaff
from sagsgang.cases.models import Case
from sagsgang.meetings.models import AgendaItem, Decision, Meeting
from sagsgang.policies import actions
from sagsgang.policies.actions import PolicyFacts, WrittenVersion
from sagsgang.policies.models import Policy, PolicyVersion, Requirement

NAME = "Tværgående retningslinjer for informationssikkerhed"
FIRST, SECOND = date(2021, 1, 27), date(2023, 4, 12)
CHANGES = "Politik for password\nRetningslinjer for arbejdsmail\nElementer i Outlook"


@dataclass(frozen=True)
class Town:
    """The people around the policies, and the directorate's items of the two days; the first is closed."""

    authority: Authority
    dir: Body
    unit: Unit
    users: dict[str, User]
    first: AgendaItem
    second: AgendaItem

    @property
    def keeper(self) -> User:
        """The directorate's secretary."""
        return self.users["secretary"]


def decided_item(body: Body, on: date, number: str, title: str, actor: User, **facts: str) -> AgendaItem:
    """An item with the body's own decision, "approved" unless said otherwise."""
    outcome = facts.pop("outcome", "approved")
    meeting, _made = Meeting.objects.get_or_create(body=body, held_on=on)
    case = Case.objects.create(authority=body.authority, title=title)
    access = facts.pop("access", "open")
    ground = "internal" if access == "closed" else ""
    item = AgendaItem.objects.create(
        meeting=meeting, case=case, position=int(number), number=number, title=title, access=access, ground=ground
    )
    Decision.objects.create(
        item=item, body=body, stated_body=body.name, decided_on=on, html="<p>Hemmelige ord</p>", outcome=outcome,
        recorded_by=actor,
    )  # fmt: skip
    return item


def make_town() -> Town:
    """The house; nothing in the register."""
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    body = Body.objects.create(authority=authority, kind=BodyKind.DIRECTORATE, name="Direktionen", code="DIR")
    council = Body.objects.create(authority=authority, kind=BodyKind.COUNCIL, name="Kommunalbestyrelsen", code="KB")
    unit = Unit.objects.create(authority=authority, name="It og Digitalisering")
    names = ("secretary", "owner", "colleague", "director", "auditor", "councillor", "caseworker")
    users = {name: User.objects.create_user(f"politik-{name}") for name in names}
    for name, role, place in (
        ("secretary", Role.SECRETARY, body), ("director", Role.DIRECTOR, body), ("auditor", Role.AUDITOR, None),
        ("councillor", Role.MEMBER, council), ("caseworker", Role.CASEWORKER, council),
    ):  # fmt: skip
        Appointment.objects.create(user=users[name], role=role, body=place)
    UnitStaff.objects.create(unit=unit, user=users["owner"])
    other = Unit.objects.create(authority=authority, name="Natur og Miljø")
    UnitStaff.objects.create(unit=other, user=users["colleague"])
    first = decided_item(body, FIRST, "4", "Sikkerhedshul i mailen", users["secretary"], access="closed")
    second = decided_item(body, SECOND, "3", "Ajourførte retningslinjer", users["secretary"])
    return Town(authority, body, unit, users, first, second)


def enter(town: Town, name: str = NAME, **facts: object) -> Policy:
    """A guideline of the unit, in the register."""
    written = PolicyFacts(**({"name": name, "tier": "guideline", "unit": town.unit} | facts))  # type: ignore[arg-type]
    return actions.add_policy(town.authority, written, actor=town.keeper)


def write(town: Town, policy: Policy, valid_from: date, **facts: object) -> PolicyVersion:
    """Its next version."""
    written = WrittenVersion(title=policy.name, valid_from=valid_from, **({"text": "Teksten."} | facts))  # type: ignore[arg-type]
    return actions.add_policy_version(policy, written, actor=town.keeper)


def seed(town: Town) -> Policy:
    """The document's case: version 1 approved on 27-01-2021 in a closed item, version 2 on 12-04-2023 in an open one."""
    policy = enter(town, review_years=2)
    one = write(town, policy, FIRST)
    two = write(town, policy, SECOND, changes=CHANGES, parts=("Politik for password", "Arbejdsmail"))
    actions.record_policy_approval(one, item=town.first, actor=town.keeper)
    actions.record_policy_approval(two, item=town.second, actor=town.keeper)
    policy.refresh_from_db()
    return policy


def require(town: Town, code: str, of: str = "nsis") -> Requirement:
    """A requirement in the house's own words."""
    return actions.add_requirement(
        town.authority, of=of, code=code, words=f"Ledelsen har godkendt krav {code}", actor=town.keeper
    )
