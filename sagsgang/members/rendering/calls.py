"""Whom the secretary may call for who is absent, as her page offers it, with what she typed where it was refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sagsgang.sittings.queries.calling import Call


@dataclass(frozen=True, slots=True)
class RefusedCall:
    """A call that was not made: why, and what was typed, by the names of the fields."""

    words: str
    typed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """One who may be called; `ground`: why she is passed over, as it was typed."""

    pk: UUID
    name: str
    ground: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownCall:
    """The form of a call; `is_list`: each one passed over needs a ground (R30). `refusal` is empty unless refused."""

    choices: tuple[ShownChoice, ...]
    is_list: bool
    refusal: str = ""


def shown_calls(calls: Mapping[UUID, Call], refused: RefusedCall | None) -> dict[UUID, ShownCall]:
    """The forms by who is absent; the refused one as it was sent."""
    made = {}
    for absent, call in calls.items():
        mine = refused if refused is not None and refused.typed.get("absent") == str(absent) else None
        typed = mine.typed if mine else {}
        choices = (
            ShownChoice(one.pk, one.name, typed.get(f"skipped_{one.pk}", ""), typed.get("substitute") == str(one.pk))
            for one in call.choices
        )
        made[absent] = ShownCall(tuple(choices), call.is_list, mine.words if mine else "")
    return made
