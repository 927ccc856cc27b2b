"""What waits for the user, on one page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, signed_in
from sagsgang.cases.queries.tasks import kind_words, tasks_of


@signed_in
@require_safe
def tasks(request: StaffRequest) -> HttpResponse:
    lines = [(line, kind_words(line.kind)) for line in tasks_of(request.user)]
    late = sum(line.is_late for line, _words in lines)
    return render(request, "cases/tasks.html", {"lines": lines, "late": late, "here": "tasks"})
