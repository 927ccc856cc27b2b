"""Doors: a view gets an object only after it is visible and permitted."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from sagsgang.accounts.models import User
from sagsgang.core.doors import Door


class StaffRequest(HttpRequest):
    """A request that came through a door: its user is a `User`, not somebody anonymous."""

    user: User


class Visible[M: models.Model](Protocol):
    """A manager whose rows know who may see them."""

    def visible_to(self, user: User, /) -> models.QuerySet[M]: ...


def permitted[M: models.Model](
    rows: Visible[M], may: Callable[[User, M], bool]
) -> Callable[[Callable[[StaffRequest, M], HttpResponseBase]], Door]:
    """Load the row named in the address: to the login if nobody is, 404 if unseen, 403 if not permitted."""

    def decorate(view: Callable[[StaffRequest, M], HttpResponseBase]) -> Door:
        @wraps(view)
        def door(request: Any, pk: UUID) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            _remember(request.user)
            row = get_object_or_404(rows.visible_to(request.user), pk=pk)
            if not may(request.user, row):
                raise PermissionDenied
            return _for_her_alone(view(request, row))

        door.permission = may  # type: ignore[attr-defined]
        return door

    return decorate


def permitted_to(may: Callable[[User], bool]) -> Callable[[Callable[..., HttpResponseBase]], Door]:
    """For pages without a row of their own: to the login if nobody is, 403 if she may not."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Door:
        @wraps(view)
        def door(request: Any, **named: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            _remember(request.user)
            if not may(request.user):
                raise PermissionDenied
            return _for_her_alone(view(request, **named))

        door.permission = may  # type: ignore[attr-defined]
        return door

    return decorate


def signed_in(view: Callable[[StaffRequest], HttpResponseBase]) -> Door:
    """Let every user in: for pages that show each user her own."""

    @wraps(view)
    def door(request: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        _remember(request.user)
        return _for_her_alone(view(request))

    door.permission = "signed in"  # type: ignore[attr-defined]
    return door


def _remember(user: User) -> None:
    """From here to the end of the request, what is read of her roles is read once (`bodies.models.roles_of`)."""
    user.remembered = {}


def _for_her_alone(response: HttpResponseBase) -> HttpResponseBase:
    """What one user sees is kept by no cache between, and asked for anew each time."""
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
