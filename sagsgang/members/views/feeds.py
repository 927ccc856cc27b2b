"""The year behind the same secret address as one's meetings: the wheel, the cycles, the meetings of one's bodies."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from sagsgang.bodies.models import Body
from sagsgang.core.doors import public
from sagsgang.members.models import CalendarKey
from sagsgang.members.queries.calendar import holder_of
from sagsgang.members.views.calendar import fed
from sagsgang.wheel.queries.feeds import body_meetings, cycle_meetings, returns_for
from sagsgang.wheel.rendering.feeds import bodies_calendar, cycles_calendar, wheel_calendar


@public
@require_safe
def wheel_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The returns of the wheel that she sees."""
    key = _key(token)
    rows = list(returns_for(key.user, localdate()))
    return fed(request, wheel_calendar(rows), max([key.created_at, *(row.modified_at for row in rows)]))


@public
@require_safe
def cycles_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """All cycles of this year and the next; `rul` names one ("2023-05")."""
    key = _key(token)
    asked = request.GET.get("rul", "")[:10]
    rows = cycle_meetings(key.user, localdate(), asked)
    return fed(request, cycles_calendar(rows, asked), max([key.created_at, *(row.changed for row in rows)]))


@public
@require_safe
def bodies_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The meetings of the bodies that she sees; `organ` names one of them. What she does not see is not there."""
    key = _key(token)
    asked = request.GET.get("organ", "")
    body = _body(key, asked) if asked else None
    rows = list(body_meetings(key.user, localdate(), body))
    changed = max([key.created_at, *(row.modified_at for row in rows)])
    return fed(request, bodies_calendar(rows, body.name if body else ""), changed)


def _key(token: str) -> CalendarKey:
    """Whose calendar it is; every other address gives the same 404."""
    key = holder_of(token)
    if key is None:
        raise Http404
    return key


def _body(key: CalendarKey, asked: str) -> Body:
    try:
        return Body.objects.visible_to(key.user).get(pk=UUID(asked))
    except (ValueError, Body.DoesNotExist) as error:
        raise Http404 from error
