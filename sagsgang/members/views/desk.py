"""Her meetings: what comes, what was sent, what she has read, and what waits for her."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, signed_in
from sagsgang.members.permissions import has_seat
from sagsgang.members.queries.desk import my_meetings as meetings_of
from sagsgang.members.queries.desk import protocols_to_sign
from sagsgang.members.queries.material import materials_of
from sagsgang.members.rendering.desk import shown_meetings


@signed_in
@require_safe
def my_meetings(request: StaffRequest) -> HttpResponse:
    today = localdate()
    rows = list(meetings_of(request.user, today))
    signing = protocols_to_sign(request.user)
    coming, recent = shown_meetings(rows, materials_of(request.user, rows), today, signing)
    context = {
        "here": "my-meetings",
        "coming": coming,
        "recent": recent,
        "signing": signing,
        "has_seat": bool(rows) or has_seat(request.user),
    }
    return render(request, "members/my_meetings.html", context)
