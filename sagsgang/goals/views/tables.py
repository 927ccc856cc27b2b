"""Lists that are sorted by their headings, and the authority whose list it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sagsgang.accounts.doors import StaffRequest
from sagsgang.bodies.models import Authority
from sagsgang.core.sorting import DanishKey
from sagsgang.goals.permissions import houses_of


@dataclass(frozen=True, slots=True)
class Column:
    """A column by which the table is sorted; `aria_sort` is "", "ascending" or "descending"."""

    label: str
    aria_sort: str
    query: str


@dataclass(frozen=True, slots=True)
class Table[T]:
    """The rows as the address sorts them, with their headings."""

    columns: list[Column]
    rows: list[T]


def table[T](
    request: StaffRequest,
    rows: list[T],
    labels: Mapping[str, str],
    keys: Mapping[str, Callable[[T], Any]],
    *,
    keep: tuple[str, ...] = ("authority",),
) -> Table[T]:
    """Sort by ``?sort=…&order=desc``; rows come in their usual order, and sorting keeps it among equals.

    A name in `labels` without a key is the usual order itself. What is no column of ours sorts nothing.
    """  # fmt: skip
    sort, is_down = request.GET.get("sort", ""), request.GET.get("order") == "desc"
    if sort not in labels:
        sort, is_down = next(iter(labels)), False
    key = keys.get(sort)
    shown = sorted(rows, key=key, reverse=is_down) if key else rows[::-1] if is_down else rows
    kept = {name: request.GET.get(name, "") for name in keep}
    columns = []
    for name, label in labels.items():
        aria = "" if name != sort else "descending" if is_down else "ascending"
        query = kept | {"sort": name, "order": "desc" if aria == "ascending" else "asc"}
        columns.append(Column(label, aria, urlencode({key: value for key, value in query.items() if value})))
    return Table(columns, shown)


def house_of(request: StaffRequest) -> tuple[Authority, list[Authority]]:
    """The authority that the address names, or the first; and all that she sees, where there are several."""
    houses = list(houses_of(request.user).order_by(DanishKey("name")))
    wished = request.GET.get("authority", "")
    found = next((house for house in houses if str(house.pk) == wished), houses[0])
    return found, houses if len(houses) > 1 else []
