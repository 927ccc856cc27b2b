"""Who must have had the matter before it is decided, and who decides (R12, R22)."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from sagsgang.bodies.models import BodyKind
from sagsgang.cases.models.path import Purpose
from sagsgang.cases.plans import Finding, PlanStep
from sagsgang.cases.rules.path.nearest import Nearest, nearest
from sagsgang.cases.rules.path.route import Place, Route, lay_out
from sagsgang.cases.rules.path.words import agenda_source, day_words

_PREPARING = (Purpose.RECOMMENDATION, Purpose.STATEMENT, Purpose.HEARING, Purpose.DECISION)


def check_statement(route: Route) -> Iterator[Finding]:
    """R12: before the council decides a matter that touches the economy, the finance committee has given its statement."""
    target = _council_decides(route) if route.plan.economy or route.plan.budget else None
    if target is None:
        return
    finance = [place for place in route.places if place.body.kind == BodyKind.FINANCE and place.stage < target.stage]
    source = _("Local Government Act § 18(2)")
    if not finance:
        found, name = _finance_meeting(route, target)
        sentence = _(
            "The matter touches the economy, so %(finance)s must give its statement before %(council)s decides. Add"
            " %(finance)s to the path before %(council)s."
        ) % {"finance": name, "council": target.name}
        message = f"{sentence} {_finance_words(target, found)}"
        yield Finding(target.at, "R12", "error", source, message, found.day if found else None)
    elif all(place.step.purpose == Purpose.ORIENTATION for place in finance):
        sentence = _(
            "%(finance)s is only informed. The matter touches the economy, so it must give its statement before"
            " %(council)s decides."
        ) % {"finance": finance[-1].name, "council": target.name}
        yield Finding(finance[-1].at, "R12", "warning", source, sentence)


def _council_decides(route: Route) -> Place | None:
    """The council's decision; of the budget, its first reading: the committee has made the proposal (§ 37)."""
    council = [place for place in route.places if place.body.kind == BodyKind.COUNCIL]
    deciding = [place for place in council if place.step.purpose == Purpose.DECISION]
    others = [place for place in council if place.step.purpose in _PREPARING]
    chosen = deciding or others
    if not chosen:
        return None
    return chosen[0] if route.plan.budget else chosen[-1]


def _finance_meeting(route: Route, target: Place) -> tuple[Nearest | None, str]:
    """The finance committee's last meeting that reaches the council from the steps before, and the committee's name."""
    bodies = [body for body in route.plan.bodies.values() if body.kind == BodyKind.FINANCE]
    start = next(place.at for place in route.places if place.stage == target.stage)
    steps = route.plan.steps
    for body in bodies:
        added = PlanStep(body.code, None, Purpose.STATEMENT)
        after = (replace(steps[start], is_parallel=False), *steps[start + 1 :])
        longer = lay_out(replace(route.plan, steps=(*steps[:start], added, *after)))
        if found := nearest(longer, longer.places[start], in_order_only=True):
            return found, body.name or body.code
    name = bodies[0].name or bodies[0].code if bodies else _("the finance committee")
    return None, name


def _finance_words(target: Place, found: Nearest | None) -> str:
    if found is None:
        return _("No meeting in the plan lies in time for that: move %(council)s to a later meeting.") % {
            "council": target.name
        }
    if found.is_safe:
        return _("Nearest meeting that can be reached safely: %(day)s.") % {"day": day_words(found.day)}
    return _("Nearest meeting that can be reached, but only just: %(day)s.") % {"day": day_words(found.day)}


def check_after_decision(route: Route) -> Iterator[Finding]:
    """R6: whoever recommends, states, is heard or decides stands before the body that has the last word."""
    decisions = [place for place in route.places if place.step.purpose == Purpose.DECISION]
    council = [place for place in decisions if place.body.kind == BodyKind.COUNCIL]
    if not decisions:
        return
    decider = (council or decisions)[-1]
    for place in route.places:
        if place.stage > decider.stage and place.step.purpose in _PREPARING:
            is_statement = place.body.kind == BodyKind.FINANCE and route.plan.economy
            rule, source = (
                ("R12", _("Local Government Act § 18(2)")) if is_statement else ("R6", agenda_source(place.body))
            )
            sentence = _(
                "%(body)s stands after %(decider)s, which decides the matter. Move %(body)s before %(decider)s, or let it"
                " be informed only."
            ) % {"body": place.name, "decider": decider.name}
            yield Finding(place.at, rule, "error", source, sentence)


def check_works_council(route: Route) -> Iterator[Finding]:
    """R22: the works council stands outside the Local Government Act; it discusses, and does not decide the matter."""
    for place in route.places:
        if place.body.kind == BodyKind.WORKS_COUNCIL and place.step.purpose == Purpose.DECISION:
            sentence = _("%(body)s discusses the matter and does not decide it. Choose discussion or hearing.")
            source = _("the framework agreement on co-determination (MED)")
            yield Finding(place.at, "R22", "warning", source, sentence % {"body": place.name})
