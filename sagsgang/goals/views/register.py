"""The register of goals, the page of one, and the file with all assessments that the reader may see."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted_to
from sagsgang.cases.actions.reading import log_closed_readings
from sagsgang.goals.catalogue import UNGoal, un_goal, un_goals
from sagsgang.goals.models import Direction, GoalTag, LocalGoal, LocalGoalMapping
from sagsgang.goals.permissions import may_keep_goals, may_read_in_targets, may_see_goals
from sagsgang.goals.queries.choices import target_words
from sagsgang.goals.queries.tags import closed_cases, in_order, shown, tags_of, weights
from sagsgang.goals.rendering.files import tags_csv
from sagsgang.goals.shapes import ShownTag, Weight
from sagsgang.goals.views.tables import Table, house_of, table


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One of the seventeen with what is assessed against it."""

    goal: UNGoal
    weight: Weight
    local: int


@permitted_to(may_see_goals)
@require_safe
def goals(request: StaffRequest) -> HttpResponse:
    authority, houses = house_of(request)
    by_goal, _by_local = weights(tags_of(request.user, authority))
    serving = LocalGoalMapping.objects.filter(local_goal__authority=authority, local_goal__withdrawn_at=None)
    local = dict(serving.order_by().values_list("goal").annotate(count=Count("local_goal", distinct=True)))
    lines = [GoalLine(goal, by_goal.get(goal.number, Weight()), local.get(goal.number, 0)) for goal in un_goals()]
    labels = {
        "goal": gettext("Goal"),
        "total": gettext("Assessments"),
        "furthers": pgettext("direction of a goal", "furthers").capitalize(),
        "neutral": pgettext("direction of a goal", "neutral").capitalize(),
        "counters": pgettext("direction of a goal", "counters").capitalize(),
        "local": gettext("Local goals"),
    }
    keys = {
        "total": lambda line: line.weight.total,
        "furthers": lambda line: line.weight.furthers,
        "neutral": lambda line: line.weight.neutral,
        "counters": lambda line: line.weight.counters,
        "local": lambda line: line.local,
    }
    context = {
        "authority": authority,
        "authorities": houses,
        "table": table(request, lines, labels, keys),
        "total": sum(line.weight.total for line in lines),
        "may_keep": may_keep_goals(request.user, authority),
        "may_read_in": may_read_in_targets(request.user),
    }
    return render(request, "goals/goals.html", context)


def tag_table(request: StaffRequest, tags: list[GoalTag]) -> Table[ShownTag]:
    """Assessments by relevance first, or as the headings sort them. Who reads the words of closed cases is in the log."""
    log_closed_readings(closed_cases(tags), actor=request.user)
    labels = {
        "relevance": gettext("Relevance"),
        "matter": gettext("Matter"),
        "goal": gettext("Goal or target"),
        "direction": gettext("Direction"),
        "at": gettext("Assessed on"),
    }
    keys = {
        "matter": lambda row: row.matter.casefold(),
        "goal": lambda row: row.goal_words.casefold(),
        "direction": lambda row: row.direction_words,
        "at": lambda row: row.at,
    }
    return table(request, shown(tags), labels, keys, keep=("authority", "direction"))


@permitted_to(may_see_goals)
@require_safe
def goal(request: StaffRequest, number: int) -> HttpResponse:
    if not 1 <= number <= len(un_goals()):
        raise Http404
    authority, houses = house_of(request)
    rows = tags_of(request.user, authority).filter(goal=number)
    direction = request.GET.get("direction", "")
    if direction not in Direction.values:
        direction = ""
    tags = in_order(rows.filter(direction=direction) if direction else rows)
    words = target_words()
    chosen = un_goal(number)
    local = LocalGoal.objects.filter(authority=authority, mappings__goal=number, mappings__withdrawn_at=None).distinct()
    context = {
        "goal": chosen,
        "authority": authority,
        "authorities": houses,
        "direction": direction,
        "table": tag_table(request, tags),
        "local_goals": [(row, is_valid(row, localdate())) for row in local],
        "targets": [(target, words.get(target, "")) for target in chosen.targets],
        "has_words": bool(words),
        "may_read_in": may_read_in_targets(request.user),
    }
    return render(request, "goals/goal.html", context)


def is_valid(row: LocalGoal, day: date) -> bool:
    """Is the local goal valid on the day?"""
    return row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)


@permitted_to(may_see_goals)
@require_safe
def tags_file(request: StaffRequest) -> HttpResponse:
    authority, _houses = house_of(request)
    content = tags_csv(in_order(tags_of(request.user, authority)))
    return csv_answer(content, f"Verdensmål {localdate().isoformat()}, {authority.name}.csv")


def csv_answer(content: bytes, name: str) -> HttpResponse:
    """A file to keep."""
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
