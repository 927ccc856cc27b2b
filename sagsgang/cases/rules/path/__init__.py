"""Is a path possible? Each rule of the path (domain R1–R14) in a file of its own; all of them pure."""

from sagsgang.cases.plans import Finding, PathPlan
from sagsgang.cases.rules.path.deciders import check_after_decision, check_statement, check_works_council
from sagsgang.cases.rules.path.hearings import check_hearings
from sagsgang.cases.rules.path.meetings import check_agenda_days, check_meetings, check_order
from sagsgang.cases.rules.path.readings import check_readings, check_twice
from sagsgang.cases.rules.path.route import lay_out

_CHECKS = (
    check_meetings,
    check_agenda_days,
    check_order,
    check_after_decision,
    check_readings,
    check_twice,
    check_statement,
    check_hearings,
    check_works_council,
)


def check_path(plan: PathPlan) -> list[Finding]:
    """Everything that speaks against the path, step by step; an empty list if it can be followed.

    An error cannot stand; a warning is possible but risky. Every step's body must be among `plan.bodies`.
    """
    route = lay_out(plan)
    return sorted((finding for check in _CHECKS for finding in check(route)), key=lambda finding: finding.step)


__all__ = ["check_path"]
