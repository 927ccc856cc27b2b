"""A guideline of the demo in two versions, each approved by the directorate before this house was taken into use."""

from datetime import date

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
VERSIONS = (
    (date(2021, 1, 27), ""),
    (date(2023, 4, 12), "Nyt afsnit om adgangskoder\nRegler for arbejdsmail på egen telefon"),
)


def keep_guidelines(hall: Hall) -> None:
    """In the register, and as evidence for one requirement."""
    directorate, secretary = hall.body("DIR"), hall.secretary("DIR")
    if Policy.objects.filter(authority=directorate.authority).exists():
        return
    facts = PolicyFacts(name=NAME, tier="guideline", owner_role="Digitaliseringschef", review_years=4)
    policy = add_policy(directorate.authority, facts, actor=secretary)
    for day, changes in VERSIONS:
        written = WrittenVersion(title=NAME, valid_from=day, text="Teksten ligger i arkivet.", changes=changes)
        version = add_policy_version(policy, written, actor=secretary)
        source = f"Direktionens protokol {day:%d-%m-%Y}, i arkivet"
        state_policy_approval(version, body=directorate.name, on=day, source=source, actor=secretary)
    words = "Ledelsen har godkendt retningslinjer for informationssikkerhed"
    requirement = add_requirement(directorate.authority, of="iso27001", code="5.1", words=words, actor=secretary)
    give_evidence(requirement, version=version, place="Hele dokumentet", actor=secretary)
