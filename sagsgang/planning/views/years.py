"""The year in an address, beside the id that a door opens."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.timezone import localdate

from sagsgang.accounts.doors import StaffRequest
from sagsgang.core.doors import Door


def of_a_year(door: Door) -> Door:
    """A door knows the id alone; the year stays in the address, where `year_of` finds it."""

    @wraps(door)
    def view(request: Any, pk: UUID, year: int | None = None) -> HttpResponseBase:
        return door(request, pk)

    return view


def year_of(request: StaffRequest) -> int:
    """The year that the address names, else the current one."""
    named = request.resolver_match.kwargs.get("year") if request.resolver_match else None
    return named if isinstance(named, int) else localdate().year
