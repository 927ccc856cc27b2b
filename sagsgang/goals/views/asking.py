"""Which assessments a body asks for, and the cases on their way to it that lack one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body
from sagsgang.cases.models import ItemKind
from sagsgang.goals import actions
from sagsgang.goals.forms import RequestForm
from sagsgang.goals.permissions import AskingBodies, may_ask_for_goals, may_see
from sagsgang.goals.queries.missing import missing_at
from sagsgang.goals.views.acting import acted, posted
from sagsgang.goals.views.tables import table
from sagsgang.meetings.views.acts import Act


@permitted(AskingBodies(), may_see)
@require_safe
def missing_assessments(request: StaffRequest, body: Body) -> HttpResponse:
    labels = {
        "day": gettext("Meeting"),
        "title": gettext("Case"),
        "kind": gettext("Kind"),
        "unit": gettext("Unit"),
    }
    keys = {
        "title": lambda row: row.title.casefold(),
        "kind": lambda row: row.kind,
        "unit": lambda row: row.unit.casefold(),
    }
    asks = getattr(body, "goal_request", None)
    context = {
        "body": body,
        "authority": body.authority,
        "asks": asks if asks is not None and asks.kinds else None,
        "kinds": [ItemKind(kind).label for kind in asks.kinds] if asks is not None else [],
        "table": table(request, missing_at(body, request.user, localdate()), labels, keys),
        "may_ask": may_ask_for_goals(request.user, body),
    }
    return render(request, "goals/missing.html", context)


@permitted(AskingBodies(), may_ask_for_goals)
@require_http_methods(["GET", "POST"])
def ask_for_assessments(request: StaffRequest, body: Body) -> HttpResponse:
    form = RequestForm(posted(request), getattr(body, "goal_request", None))
    act = Act(
        heading=gettext("Which assessments does {body} ask for?").format(body=body.name),
        words=gettext("Asking holds nothing back. It stands on the goals page of the case, and on the list of those that lack one."),
        button=gettext("Save"),
        back=reverse("goals:missing-assessments", args=[body.pk]),
    )  # fmt: skip
    return acted(
        request, act, form, lambda: actions.ask_for_goals(body, **form.cleaned_data, actor=request.user),
        gettext("It is saved."),
    )  # fmt: skip
