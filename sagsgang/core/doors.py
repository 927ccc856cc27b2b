"""The door that stands open. Doors that ask who comes lie in `accounts.doors`."""

from collections.abc import Callable

from django.http import HttpResponseBase

type Door = Callable[..., HttpResponseBase]


def public(view: Door) -> Door:
    """Mark a view as open to everyone."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view
