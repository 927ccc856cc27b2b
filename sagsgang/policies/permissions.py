"""Who may see and change what of the policies.

They are the house's own working rules: its staff and the auditor read those that are open to all, elected members have them
on their agendas. One of a unit's own is read by the unit, the directorate and who sees the whole house; a closed one by the
unit and the directorate, not by a role for the whole house. Nobody else learns its name; that some closed guideline answers a
requirement, and when it was approved, is no secret of it.
The staff of the unit that owns a policy writes it, and so does the secretary of a directorate. A decision in a closed item is
told by body and day alone, to everybody: where the item can be read, a link leads to it, and its page asks for itself.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Role, Unit, sees_whole_house
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import READS_CLOSED, ReadableRows, granted_to, items_shut_to
from sagsgang.policies.models import Evidence, Policy, PolicyApproval, PolicyVersion, Reach, Requirement

# Chair and members are staff in the administration's own bodies; elsewhere they are elected.
_OF_STAFF = (Role.SECRETARY, Role.CASEWORKER, Role.MANAGER, Role.DIRECTOR, Role.HR)
_OWN_BODIES = (BodyKind.DIRECTORATE, BodyKind.WORKS_COUNCIL)
# Who of a directorate reads what it approved, whatever its reach.
_OF_DIRECTORATE = (Role.SECRETARY, Role.DIRECTOR, Role.CHAIR, Role.MEMBER)


class PolicyHouses:
    """The authorities whose staff a user is of, or which she sees as a whole."""

    def visible_to(self, user: User, /) -> QuerySet[Authority]:
        """By a role in a body, by a unit that she works in or leads, or by a role for the whole house."""
        if sees_whole_house(user):
            return Authority.objects.all()
        roles = Q(role__in=_OF_STAFF) | Q(role__in=(Role.CHAIR, Role.MEMBER), body__kind__in=_OWN_BODIES)
        bodies = Body.objects.filter(pk__in=Appointment.objects.filter(roles, user=user).values("body"))
        ways = (
            Q(pk__in=bodies.order_by().values("authority")) | Q(units__staff__user=user) | Q(units__manager__user=user)
        )
        return Authority.objects.filter(pk__in=Authority.objects.filter(ways).order_by().values("pk"))


class PolicyRows:
    """The policies of those authorities that a user may read, withdrawn ones too."""

    def visible_to(self, user: User, /) -> QuerySet[Policy]:
        """With authority, unit and what it belongs under."""
        appointed = Appointment.objects.filter(user=user, role__in=_OF_DIRECTORATE)
        let_in = appointed.filter(body__kind=BodyKind.DIRECTORATE).order_by().values("body__authority")
        units = Unit.objects.filter(Q(staff__user=user) | Q(manager__user=user)).order_by().values("pk")
        reads = Q(reach=Reach.OPEN) | Q(authority__in=let_in) | Q(unit__in=units)
        if sees_whole_house(user):
            reads |= Q(reach=Reach.UNIT)
        rows = Policy.objects.filter(reads, authority__in=PolicyHouses().visible_to(user))
        return rows.select_related("authority", "unit", "parent", "wheel_entry")


class VersionRows:
    """Their versions."""

    def visible_to(self, user: User, /) -> QuerySet[PolicyVersion]:
        """With policy and file."""
        rows = PolicyVersion.objects.filter(policy__in=PolicyRows().visible_to(user).order_by().values("pk"))
        return rows.select_related("policy__authority", "policy__unit", "file")


class ApprovalRows:
    """The approvals that stand."""

    def visible_to(self, user: User, /) -> QuerySet[PolicyApproval]:
        """With version and policy."""
        rows = PolicyApproval.objects.filter(version__in=VersionRows().visible_to(user).order_by().values("pk"))
        return rows.select_related("version__policy__authority", "part", "decision__item__parent")


class RequirementRows:
    """The requirements of those authorities."""

    def visible_to(self, user: User, /) -> QuerySet[Requirement]:
        """With authority."""
        rows = Requirement.objects.filter(authority__in=PolicyHouses().visible_to(user))
        return rows.select_related("authority")


class EvidenceRows:
    """The evidence that stands."""

    def visible_to(self, user: User, /) -> QuerySet[Evidence]:
        """With requirement and policy."""
        rows = Evidence.objects.filter(version__in=VersionRows().visible_to(user).order_by().values("pk"))
        return rows.select_related("requirement", "version__policy__authority")


def may_see_policies(user: User) -> bool:
    """May she see the register? The staff of some authority, and who sees the whole house."""
    return PolicyHouses().visible_to(user).exists()


def may_see_house(user: User, house: Authority) -> bool:
    """Who sees the authority's policies may see them as a list and as an export."""
    return True


def may_see_policy(user: User, policy: Policy) -> bool:
    """Who sees the row."""
    return True


def may_see_version(user: User, version: PolicyVersion) -> bool:
    """Who sees the row."""
    return True


def may_keep_policies(user: User, authority: Authority) -> bool:
    """May she write every policy and the requirements? The secretary of a directorate of the authority."""
    kept = Body.objects.filter(authority=authority, kind=BodyKind.DIRECTORATE).order_by().values("pk")
    return Appointment.objects.filter(user=user, role=Role.SECRETARY, body__in=kept).exists()


def may_add_policy(user: User, authority: Authority) -> bool:
    """As `may_keep_policies`, and the staff of a unit, for that unit."""
    return user.units.filter(unit__authority=authority).exists() or may_keep_policies(user, authority)


def may_edit_policy(user: User, policy: Policy) -> bool:
    """The staff of the unit that owns it, and who keeps the policies."""
    is_hers = policy.unit_id is not None and user.units.filter(unit=policy.unit_id).exists()
    return is_hers or may_keep_policies(user, policy.authority)


def may_edit_version(user: User, version: PolicyVersion) -> bool:
    """Who may edit the policy."""
    return may_edit_policy(user, version.policy)


def may_withdraw_approval(user: User, approval: PolicyApproval) -> bool:
    """Who may edit the policy."""
    return may_edit_policy(user, approval.version.policy)


def may_edit_requirement(user: User, requirement: Requirement) -> bool:
    """Who keeps the policies."""
    return may_keep_policies(user, requirement.authority)


def may_withdraw_evidence(user: User, evidence: Evidence) -> bool:
    """Who may edit the policy that answers."""
    return may_edit_policy(user, evidence.version.policy)


def decided_items(user: User) -> QuerySet[AgendaItem]:
    """The items whose decisions she may read as a whole: open ones of her bodies, closed ones as their readers."""
    closed = Q(access="closed") | Q(parent__access="closed")
    appointed = Appointment.objects.filter(user=user, role__in=READS_CLOSED, body__isnull=False)
    appointed = appointed.exclude(role=Role.MEMBER, body__kind=BodyKind.WORKS_COUNCIL)
    let_in = Q(meeting__body__in=appointed.values("body")) | Q(pk__in=granted_to(user).order_by().values("pk"))
    shut = items_shut_to(user).order_by().values("pk")
    return ReadableRows().visible_to(user).filter(~closed | (let_in & ~Q(pk__in=shut)))


def readable_items(user: User, ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the items whose decision she may read; one query, none where nothing is asked."""
    return frozenset(decided_items(user).filter(pk__in=ids).values_list("pk", flat=True)) if ids else frozenset()
