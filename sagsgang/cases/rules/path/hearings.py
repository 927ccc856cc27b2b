"""Has everybody been heard whom the law wants heard, before the first body decides? (R14)"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sagsgang.cases.models.path import Purpose
from sagsgang.cases.plans import Finding
from sagsgang.cases.rules.path.nearest import nearest, nearest_words
from sagsgang.cases.rules.path.route import (
    ADMINISTRATIVE,
    Answer,
    Place,
    Route,
    answers,
    lateness,
    required_concerns,
)
from sagsgang.cases.rules.path.words import day_words, near_words


def check_hearings(route: Route) -> Iterator[Finding]:
    """The elders' and the disability council are heard about what concerns them, also about closed cases."""
    decider = route.first_decider()
    if decider is None:
        return
    for answer in answers(route.plan):
        yield from _late(route, decider, answer)
    steps = [
        place
        for place in route.places
        if place.step.purpose == Purpose.HEARING and place.body.kind not in ADMINISTRATIVE
    ]
    asked = {hearing.concern for hearing in route.plan.hearings}
    for concern in required_concerns(route.plan):
        if concern in asked:
            continue
        # A step does not say whom it concerns: each stands for one concern.
        if not steps:
            yield _missing(route, decider, concern)
        elif (step := steps.pop(0)).stage >= decider.stage:
            sentence = _("%(council)s is heard after %(decider)s has treated the matter. Move the hearing before it.")
            words = {"council": step.name, "decider": decider.name}
            yield Finding(step.at, "R14", "error", _source(concern), sentence % words)


def _missing(route: Route, decider: Place, concern: str) -> Finding:
    words = {"council": _council(concern), "body": decider.name}
    if decider.on:
        words["safe"] = day_words(route.deadlines(decider, decider.on)[0])
        sentence = _(
            "%(council)s must be heard, and its answer be there by %(safe)s, before the material for %(body)s goes out."
        )
    else:
        sentence = _("%(council)s must be heard, and its answer be there before the material for %(body)s goes out.")
    advice = _("Ask for a hearing, or state why none is held.")
    return Finding(decider.at, "R14", "error", _source(concern), f"{sentence % words} {advice}")


def _late(route: Route, decider: Place, answer: Answer) -> Iterator[Finding]:
    if decider.on is None:
        return
    safe, outer = route.deadlines(decider, decider.on)
    severity = lateness(answer.on, (safe, outer), is_required=answer.is_required)
    if severity is None:
        return
    sentence = _(
        "The answer of %(council)s comes by %(answer)s, but the material for %(body)s %(day)s must be out by %(safe)s (if"
        " Saturday does not count) or %(outer)s (if it does)."
    ) % {
        "council": _council(answer.concern), "answer": near_words(answer.on, decider.on), "body": decider.name,
        "day": day_words(decider.on), "safe": near_words(safe, decider.on), "outer": near_words(outer, decider.on),
    }  # fmt: skip
    found = nearest(route, decider, safe_only=severity == "warning")
    message = f"{sentence} {nearest_words(decider, found)}"
    yield Finding(decider.at, "R14", severity, _source(answer.concern), message, found.day if found else None)


def _council(concern: str) -> str:
    """Who answers, as the sentence names it."""
    return {
        "elderly": pgettext("who is heard", "the elders' council"),
        "disability": pgettext("who is heard", "the disability council"),
        "staff": pgettext("who is heard", "the works council"),
    }.get(concern, pgettext("who is heard", "the body that is heard"))


def _source(concern: str) -> str:
    """The law of a hearing."""
    return {
        "elderly": _("Act on Legal Protection § 30"),
        "disability": _("Act on Legal Protection § 37 a"),
        "staff": _("the framework agreement on co-determination (MED)"),
    }.get(concern, _("good practice"))
