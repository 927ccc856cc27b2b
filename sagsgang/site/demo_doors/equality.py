"""Equality in the demo: the two schemes, and a target that the council decided before this house was taken into use."""

from datetime import date

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Role
from sagsgang.equality.actions import TargetFacts, seed_schemes, set_target
from sagsgang.equality.models import Scheme, Target
from sagsgang.site.demo_doors.hall import Hall


def keep_equality(hall: Hall) -> None:
    """Once: what somebody has begun stays."""
    authority = hall.body("DIR").authority
    keeper = User.objects.filter(appointments__role=Role.HR, appointments__body__authority=authority).first()
    actor = keeper or hall.secretary("DIR")
    if not Scheme.objects.filter(authority=authority).exists():
        seed_schemes(authority, actor=actor)
    if Target.history.filter(authority=authority).exists():
        return
    facts = TargetFacts(
        level=1, sex="k", number=3, share=40, due_on=date(hall.today.year + 2, 12, 31),
        status="Ledige stillinger i direktionen slås åbent op.",
        decided_words="Kommunalbestyrelsen, før Sagsgang blev taget i brug (opdigtet)",
    )  # fmt: skip
    set_target(authority, facts, actor=actor)
