"""An error in a case that somebody has found: the case is held, and somebody, by role, gets it to mend."""

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.cases.actions.holds import raise_hold
from sagsgang.cases.models import Case, CaseAttachment, CaseHold
from sagsgang.followups.actions.give import FollowUpFacts, give_follow_up


@transaction.atomic
def hold_case(
    case: Case, *, wrong: str, attachment: CaseAttachment | None, facts: FollowUpFacts, actor: User
) -> CaseHold:
    """Hold the case because of what is `wrong`, in an attachment or in the case itself, with the follow-up of it.

    The same twice is once. Raises `RuleBrokenError`; then nothing is written.
    """
    hold = raise_hold(case, words=wrong, attachment=attachment, actor=actor)
    give_follow_up(case, facts, actor=actor)
    return hold
