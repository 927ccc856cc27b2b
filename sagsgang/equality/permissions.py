"""Who may see and change headcounts.

The figures are HR's: whoever has the role of human resources in a body of the authority owns them. Before they are public,
the directorate's own people read the figures too, and who sees the whole house; the payroll's rows HR alone.
"""

from django.db.models import Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body, BodyKind, Role, roles_of, sees_whole_house
from sagsgang.equality.models import Count, CountFinding, DataIssue, Scheme, Target

_DIRECTORATE = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.DIRECTOR)
_RAISES = (Role.SECRETARY, Role.CHAIR, Role.DIRECTOR)


class EqualityAuthorities:
    """The authorities whose figures a user may see."""

    def visible_to(self, user: User, /) -> QuerySet[Authority]:
        """Those she owns, those in whose directorate she works, and all for who sees the whole house."""
        if sees_whole_house(user):
            return Authority.objects.all()
        owned = Body.objects.filter(appointments__user=user, appointments__role=Role.HR)
        led = Body.objects.filter(
            kind=BodyKind.DIRECTORATE, appointments__user=user, appointments__role__in=_DIRECTORATE
        )
        ways = Q(pk__in=owned.values("authority")) | Q(pk__in=led.values("authority"))
        return Authority.objects.filter(ways)


class CountRows:
    """The headcounts of those."""

    def visible_to(self, user: User, /) -> QuerySet[Count]:
        """With authority, scheme and who made and signed them."""
        rows = Count.objects.filter(authority__in=EqualityAuthorities().visible_to(user).values("pk"))
        return rows.select_related("authority", "scheme", "made_by", "signed_off_by")


class FindingRows:
    """The findings of those."""

    def visible_to(self, user: User, /) -> QuerySet[CountFinding]:
        """With their headcount."""
        rows = CountFinding.objects.filter(count__in=CountRows().visible_to(user).values("pk"))
        return rows.select_related("count__authority")


def may_see_count(user: User, count: Count) -> bool:
    """Who sees its authority here."""
    return True


def may_see_authority(user: User, authority: Authority) -> bool:
    """Who sees its figures."""
    return True


def may_keep_figures(user: User, authority: Authority) -> bool:
    """May she bring figures in? The owner: human resources."""
    held = [body for body, role in roles_of(user) if role == Role.HR and body is not None]
    return Body.objects.filter(pk__in=held, authority=authority).exists()


def may_keep_count(user: User, count: Count) -> bool:
    """The owner of its authority's figures."""
    return may_keep_figures(user, count.authority)


def may_read_rows(user: User, count: Count) -> bool:
    """The owner alone; neither the administrator nor the auditor."""
    return may_keep_figures(user, count.authority)


def may_accept_finding(user: User, finding: CountFinding) -> bool:
    """The owner."""
    return may_keep_figures(user, finding.count.authority)


def may_raise_issue(user: User, count: Count) -> bool:
    """May she say that printed figures are wrong? Their owner, and who keeps, chairs or directs the directorate."""
    if may_keep_figures(user, count.authority):
        return True
    held = [body for body, role in roles_of(user) if role in _RAISES and body is not None]
    return Body.objects.filter(pk__in=held, authority=count.authority, kind=BodyKind.DIRECTORATE).exists()


def may_raise_finding(user: User, finding: CountFinding) -> bool:
    """As `may_raise_issue`."""
    return may_raise_issue(user, finding.count)


class IssueRows:
    """The errors in the figures that she sees."""

    def visible_to(self, user: User, /) -> QuerySet[DataIssue]:
        """With their version, hold and report."""
        rows = DataIssue.objects.filter(count__in=CountRows().visible_to(user).values("pk"))
        return rows.select_related("count__authority", "hold", "report")


def may_accept_issue(user: User, issue: DataIssue) -> bool:
    """May she let an error go on? Who may raise one; never the one who raised it alone."""
    return issue.raised_by_id != user.pk and may_raise_issue(user, issue.count)


class SchemeRows:
    """The schemes of the authorities whose figures a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[Scheme]:
        """With authority and duty."""
        rows = Scheme.objects.filter(authority__in=EqualityAuthorities().visible_to(user).values("pk"))
        return rows.select_related("authority", "duty")


class TargetRows:
    """The standing targets of those."""

    def visible_to(self, user: User, /) -> QuerySet[Target]:
        """With authority, decision and policy."""
        rows = Target.objects.filter(authority__in=EqualityAuthorities().visible_to(user).values("pk"))
        return rows.select_related("authority", "decision__item", "policy_version__policy")


def may_keep_scheme(user: User, scheme: Scheme) -> bool:
    """The owner of the figures that are made under it."""
    return may_keep_figures(user, scheme.authority)


def may_keep_target(user: User, target: Target) -> bool:
    """The owner of the figures that it is measured by."""
    return may_keep_figures(user, target.authority)


def may_keep_national(user: User) -> bool:
    """National figures are of every authority: an administrator adds them."""
    return (None, Role.ADMIN) in roles_of(user)


def may_see_equality(user: User) -> bool:
    """Does she see any authority's figures?"""
    return EqualityAuthorities().visible_to(user).exists()
