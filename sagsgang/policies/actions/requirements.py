"""Write the requirements, and which policies answer them."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.policies.models import Evidence, PolicyVersion, Requirement


@transaction.atomic
def add_requirement(authority: Authority, *, of: str, code: str, words: str, actor: User) -> Requirement:
    """Enter one of the set `of`. Raises `RuleBrokenError` if its code is taken."""
    _require_free(authority, of, code, None)
    row = Requirement.objects.create(authority=authority, set=of, code=code, words=words)
    record(actor, "add_requirement", row)
    return row


@transaction.atomic
def edit_requirement(requirement: Requirement, *, of: str, code: str, words: str, actor: User) -> None:
    """Write it anew. Raises `RuleBrokenError` if its code is taken."""
    _require_free(requirement.authority, of, code, requirement)
    Requirement.objects.filter(pk=requirement.pk).update(set=of, code=code, words=words)
    record(actor, "edit_requirement", requirement)


@transaction.atomic
def withdraw_requirement(requirement: Requirement, *, actor: User) -> None:
    """It is asked no more; the row stays."""
    Requirement.objects.filter(pk=requirement.pk).update(withdrawn_at=now())
    record(actor, "withdraw_requirement", requirement)


@transaction.atomic
def give_evidence(requirement: Requirement, *, version: PolicyVersion, place: str, actor: User) -> Evidence:
    """The policy answers the requirement from this version on. Raises `RuleBrokenError` if that is said already."""
    Requirement.objects.select_for_update(of=("self",), no_key=True).get(pk=requirement.pk)
    if Evidence.objects.filter(requirement=requirement, version=version).exists():
        raise RuleBrokenError(gettext("This version is named for the requirement already."))
    row = Evidence.objects.create(requirement=requirement, version=version, place=place)
    record(actor, "give_evidence", version.policy, evidence=str(row.pk), requirement=str(requirement.pk))
    return row


@transaction.atomic
def withdraw_evidence(evidence: Evidence, *, actor: User) -> None:
    """It answers no more; the row stays."""
    Evidence.objects.filter(pk=evidence.pk).update(withdrawn_at=now())
    record(actor, "withdraw_evidence", evidence.version.policy, evidence=str(evidence.pk))


def _require_free(authority: Authority, of: str, code: str, own: Requirement | None) -> None:
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)  # a name is asked for and taken in one
    same = Requirement.objects.filter(authority=authority, set=of, code__iexact=code)
    if (same.exclude(pk=own.pk) if own else same).exists():
        raise RuleBrokenError(gettext("The set has a requirement of this code already."))
