"""The demo's guidelines: one in two versions with parts, approved before this house was taken into use, and a closed one."""

from datetime import date

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.policies.actions import (
    PolicyFacts,
    WrittenVersion,
    add_policy,
    add_policy_version,
    add_requirement,
    give_evidence,
    state_policy_approval,
)
from sagsgang.policies.models import Policy
from sagsgang.site.demo_doors.hall import Hall

NAME = "Retningslinjer for informationssikkerhed"
CHANGES = """Ny politik for adgangskoder
Retningslinjer for arbejdsmail på egen telefon
Kalender og deling i mailprogrammet"""
PARTS = ("Politik for adgangskoder", "Retningslinjer for arbejdsmail")
VERSIONS: tuple[tuple[date, str, tuple[str, ...]], ...] = (
    (date(2021, 1, 27), "", ()),
    (date(2023, 4, 12), CHANGES, PARTS),
)
GROUP, GROUP_DAY = "Informationssikkerhedsudvalget", date(2023, 3, 22)
CLOSED = "Beredskab ved nedbrud i it"


def keep_guidelines(hall: Hall) -> None:
    """In the register, and as evidence for one requirement."""
    directorate, secretary = hall.body("DIR"), hall.secretary("DIR")
    if Policy.objects.filter(authority=directorate.authority).exists():
        return
    facts = PolicyFacts(name=NAME, tier="guideline", owner_role="Digitaliseringschef", review_years=4)
    policy = add_policy(directorate.authority, facts, actor=secretary)
    for day, changes, parts in VERSIONS:
        written = WrittenVersion(
            title=NAME, valid_from=day, text="Teksten ligger i arkivet.", changes=changes, parts=parts
        )
        version = add_policy_version(policy, written, actor=secretary)
        source = f"Direktionens protokol {day:%d-%m-%Y}, i arkivet"
        if parts:
            first = version.parts.get(name=parts[0])
            minutes = f"Udvalgets referat {GROUP_DAY:%d-%m-%Y}, i arkivet"
            state_policy_approval(version, part=first, body=GROUP, on=GROUP_DAY, source=minutes, actor=secretary)
        state_policy_approval(version, body=directorate.name, on=day, source=source, actor=secretary)
    words = "Ledelsen har godkendt retningslinjer for informationssikkerhed"
    requirement = add_requirement(directorate.authority, of="iso27001", code="5.1", words=words, actor=secretary)
    give_evidence(requirement, version=version, place="Hele dokumentet", actor=secretary)
    _keep_a_closed_one(directorate, secretary)


def _keep_a_closed_one(directorate: Body, secretary: User) -> None:
    """Security: only the directorate reads it; others see that the requirement is met, and by whom it was approved."""
    facts = PolicyFacts(
        name=CLOSED,
        tier="guideline",
        reach="closed",
        ground="security",
        owner_role="Digitaliseringschef",
        review_years=1,
    )
    policy = add_policy(directorate.authority, facts, actor=secretary)
    day = date(2025, 11, 5)
    written = WrittenVersion(title=CLOSED, valid_from=day, text="Teksten ligger i arkivet.")
    version = add_policy_version(policy, written, actor=secretary)
    source = f"Direktionens protokol {day:%d-%m-%Y}, i arkivet"
    state_policy_approval(version, body=directorate.name, on=day, source=source, actor=secretary)
    words = "Der er en plan for, hvad der sker, når it falder ud"
    requirement = add_requirement(directorate.authority, of="iso27001", code="5.30", words=words, actor=secretary)
    give_evidence(requirement, version=version, place="Kapitel 2", actor=secretary)
