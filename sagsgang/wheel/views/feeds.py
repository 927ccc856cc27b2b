"""Calendar files of the year, to be put once into one's own calendar; to be followed they have a secret address (`members`)."""

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, signed_in
from sagsgang.bodies.models import Body
from sagsgang.core.calendars import TYPE
from sagsgang.meetings.permissions import may_see_body
from sagsgang.wheel.queries.feeds import body_meetings, cycle_meetings, returns_for
from sagsgang.wheel.rendering.feeds import bodies_calendar, cycles_calendar, wheel_calendar


@signed_in
@require_safe
def wheel_file(request: StaffRequest) -> HttpResponse:
    return _file(wheel_calendar(returns_for(request.user, localdate())), "aarshjul")


@signed_in
@require_safe
def cycles_file(request: StaffRequest) -> HttpResponse:
    """All cycles of this year and the next, or the one that `cycle` names; an unknown one is an empty calendar."""
    asked = request.GET.get("cycle", "")[:10]
    return _file(cycles_calendar(cycle_meetings(request.user, localdate(), asked), asked), "rul")


@permitted(Body.objects, may_see_body)
@require_safe
def body_file(request: StaffRequest, body: Body) -> HttpResponse:
    return _file(bodies_calendar(body_meetings(request.user, localdate(), body), body.name), "moeder")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
