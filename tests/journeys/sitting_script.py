"""A whole meeting act by act, each done in a process that is killed first: for `test_kill_sitting`. Run by `manage shell`.

Every act has a fixed key, and looks up what it acts on: it can be sent anew by another process, as a browser does.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import connections

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.core import faults
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.models import (
    ActingChair,
    AgendaItem,
    ConflictOfInterest,
    Decision,
    Meeting,
    PointDecision,
    Presence,
    Substitution,
    Treatment,
)
from sagsgang.protocols import actions as protocols
from sagsgang.protocols.actions.final import digest_of
from sagsgang.protocols.models import ProtocolEntry
from sagsgang.sittings import actions
from sagsgang.sittings.models import Ballot, Method, Poll, Proposal, SittingAct, Turn
from sagsgang.sittings.tests.rooms import OPENED

type Act = Callable[[], object]

KEYS = UUID("b5b7a5f6-6e0a-4d0b-9a44-0d1f0f7c2b11")
DECIDED = {"text": "Ja.", "outcome": "approved", "points": (), "seen": 0}
MODELS = (
    SittingAct, AuditEntry, Presence, ActingChair, Treatment, ConflictOfInterest, Substitution, Poll, Ballot, Proposal, Turn,
    Decision, PointDecision, ProtocolEntry,
)  # fmt: skip


def play(name: str) -> None:
    """Print a line for each act: its point, how its process ended, and what the tables held before and after."""
    for point, act in {"sitting": sitting, "protocol": protocol}[name]():
        before = _alone(state)[1]
        died, _ = _alone(act, kill_at=point)
        after = _alone(state)[1]
        ended, _ = _alone(act)
        done = _alone(state)[1]
        again, _ = _alone(act)
        twice = _alone(state)[1]
        said = {"point": point, "died": died, "ended": ended, "again": again, "is_nothing": before == after}
        sys.stdout.write(json.dumps(said | {"is_done": done != before, "is_once": twice == done}) + "\n")


def _alone(act: Act, *, kill_at: str = "") -> tuple[int, str]:
    """Do it in a process of its own, with a connection of its own: its signal or (negated) its answer, and what it said."""
    connections.close_all()
    sys.stdout.flush()
    read, write = os.pipe()
    child = os.fork()
    if not child:
        faults._KILL_AT = kill_at
        try:
            os.write(write, str(act()).encode())
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(write)
    said = b""
    while part := os.read(read, 65536):
        said += part
    os.close(read)
    status = os.waitpid(child, 0)[1]
    return (os.WTERMSIG(status) if os.WIFSIGNALED(status) else -os.WEXITSTATUS(status)), said.decode()


def state() -> str:
    """Every row of what an act may write, in words."""
    rows = {model.__name__: list(model._base_manager.order_by("pk").values_list()) for model in MODELS}
    meetings = Meeting.objects.order_by("pk").values_list("opened_at", "adjourned_at", "acting_chair")
    return repr((rows, list(meetings)))


def _typed(name: str, minutes: float) -> dict[str, Any]:
    actor = User.objects.get(username="sekretær")
    return {"key": uuid5(KEYS, name), "at": OPENED + timedelta(minutes=minutes), "actor": actor}


def _meeting() -> Meeting:
    return Meeting.objects.select_related("body__authority").order_by("held_on")[0]


def _item(number: int) -> AgendaItem:
    return AgendaItem.objects.select_related("meeting__body").get(meeting=_meeting(), number=str(number))


def _member(number: int) -> Person:
    return Person.objects.get(name=f"M{number}")


def _listed(name: str) -> Person:
    return Person.objects.get(name=name)


def _turn(name: str) -> Turn:
    return Turn.history.select_related("item__meeting").get(pk=uuid5(KEYS, name))


def _poll(name: str) -> Poll:
    return Poll.history.select_related("meeting", "item__meeting").get(pk=uuid5(KEYS, name))


def _proposal(name: str) -> Proposal:
    return Proposal.history.select_related("item__meeting").get(pk=uuid5(KEYS, name))


def sitting() -> Iterator[tuple[str, Act]]:
    """The acts of the room, each verb once or more."""
    for verb, act in (*_presence(), *_floor(), *_deputies(), *_votes(), *_ends()):
        yield f"sitting.{verb}", act


def _presence() -> Iterator[tuple[str, Act]]:
    here = [f"M{number}" for number in range(1, 6)]
    yield (
        "open_meeting",
        lambda: actions.open_meeting(
            _meeting(), present=Person.objects.filter(name__in=here).values_list("pk", flat=True), **_typed("open", 0)
        ),
    )
    yield "note_arrival", lambda: actions.note_arrival(_meeting(), person=_member(6), **_typed("comes", 1))
    yield "note_departure", lambda: actions.note_departure(_meeting(), person=_member(6), **_typed("goes", 2))
    yield (
        "undo_departure",
        lambda: actions.undo_departure(
            Presence.history.select_related("meeting").filter(person=_member(6)).latest("since"), **_typed("stays", 2)
        ),
    )
    yield "note_all_present", lambda: actions.note_all_present(_meeting(), **_typed("all", 3))
    yield (
        "undo_stretch",
        lambda: actions.undo_stretch(
            Presence.history.select_related("meeting").filter(person=_member(7)).latest("since"), **_typed("undo", 4)
        ),
    )
    yield "name_acting_chair", lambda: actions.name_acting_chair(_meeting(), person=_member(2), **_typed("acting", 5))
    yield "leave_block", lambda: actions.leave_block(_item(5), **_typed("debated", 5))


def _floor() -> Iterator[tuple[str, Act]]:
    yield (
        "close_here",
        lambda: actions.close_here(_item(1), ground="personal", closing_reason="Helbred.", **_typed("shut", 6)),
    )
    yield (
        "open_here",
        lambda: actions.open_here(_item(1), reason="Ingen grund.", has_looked=True, **_typed("opened", 6)),
    )
    yield "take_off_here", lambda: actions.take_off_here(_item(5), reason="Mangler svar.", **_typed("taken off", 6))
    yield "take_up_item", lambda: actions.take_up_item(_item(1), **_typed("first", 6))
    yield "ask_floor", lambda: actions.ask_floor(_item(1), person=_member(3), **_typed("asks", 7))
    yield "ask_floor", lambda: actions.ask_floor(_item(1), name="Gæst", **_typed("guest", 7))
    yield "move_turn", lambda: actions.move_turn(_turn("guest"), position=1, **_typed("moved", 8))
    yield "give_floor", lambda: actions.give_floor(_turn("asks"), **_typed("given", 8))
    yield "end_turn", lambda: actions.end_turn(_turn("asks"), **_typed("ended", 9))
    yield "withdraw_turn", lambda: actions.withdraw_turn(_turn("guest"), **_typed("withdrawn", 9))


def _deputies() -> Iterator[tuple[str, Act]]:
    yield (
        "call_substitute",
        lambda: actions.call_substitute(
            _meeting(), absent=_member(7), substitute=_listed("Cilla Carlsen"), **_typed("called", 10)
        ),
    )
    yield "approve_substitutes", lambda: actions.approve_substitutes(_meeting(), **_typed("approved", 11))
    yield (
        "declare_conflict",
        lambda: actions.declare_conflict(
            _item(1), person=_member(4), by_self=True, substitute=_listed("Vera Vind"), **_typed("conflict", 12)
        ),
    )
    yield (
        "return_after_conflict",
        lambda: actions.return_after_conflict(_item(1), person=_member(4), **_typed("returns", 13)),
    )
    yield (
        "dismiss_substitute",
        lambda: actions.dismiss_substitute(
            Substitution.history.select_related("meeting").get(substitute=_listed("Cilla Carlsen")),
            **_typed("home", 14),
        ),
    )


def _votes() -> Iterator[tuple[str, Act]]:
    yield (
        "move_proposal",
        lambda: actions.move_proposal(
            _item(1), words="Bredere.", kind="amendment", moved_by=_member(2), **_typed("moves", 15)
        ),
    )
    yield "withdraw_proposal", lambda: actions.withdraw_proposal(_proposal("moves"), **_typed("drops", 16))
    yield "open_poll", lambda: actions.open_poll(_item(1), method=Method.SHOW, **_typed("hands", 17))
    yield "enter_ballots", lambda: actions.enter_ballots(_poll("hands"), counts={"for": 3}, **_typed("counted", 18))
    yield "withdraw_poll", lambda: actions.withdraw_poll(_poll("hands"), **_typed("anew", 19))
    yield "open_poll", lambda: actions.open_poll(_item(1), method=Method.ROLL_CALL, **_typed("names", 20))
    yield "enter_roll_call", lambda: actions.enter_roll_call(_poll("names"), **_typed("called out", 21))
    yield "close_poll", lambda: actions.close_poll(_poll("names"), **_typed("closed", 22))
    yield "decide_here", lambda: actions.decide_here(_item(1), facts=DECIDED, **_typed("decided", 23))


def _ends() -> Iterator[tuple[str, Act]]:
    yield "end_item", lambda: actions.end_item(_item(1), **_typed("over", 24))
    yield "put_constitution", lambda: actions.put_constitution(_meeting(), on_next=False, **_typed("constitution", 24))
    yield "take_up_item", lambda: actions.take_up_item(_item(4), **_typed("fourth", 24))
    yield (
        "declare_conflict",
        lambda: actions.declare_conflict(_item(4), person=_member(5), by_self=False, **_typed("another", 24)),
    )
    yield "demand_postponement", lambda: _postponed(4, "refused")
    yield "demand_postponement", lambda: _postponed(0, "followed")
    yield "end_item", lambda: actions.end_item(_item(4), **_typed("put off", 25))
    yield "take_up_block", lambda: actions.take_up_block(_meeting(), block=1, **_typed("block", 25))
    yield "adopt_without_vote", lambda: actions.adopt_without_vote(_item(2), **_typed("adopted", 26))
    yield "adjourn_meeting", lambda: actions.adjourn_meeting(_meeting(), **_typed("adjourned", 27))


def _postponed(against: int, name: str) -> object:
    return actions.demand_postponement(_item(4), person=_member(2), against=against, **_typed(name, 24))


def protocol() -> Iterator[tuple[str, Act]]:
    """The links of a protocol's chain, after the meeting was held."""
    secretary = User.objects.get(username="sekretær")
    one, two = (User.objects.get(username=f"medlem-{number}") for number in (1, 2))
    digest = digest_of(_meeting().pk)
    for kind, act in (
        ("final", lambda: _final(digest, secretary)),
        ("signature", lambda: protocols.sign_protocol(_meeting(), actor=one)),
        ("reservation", lambda: protocols.sign_protocol(_meeting(), reservation="Forbehold.", actor=two)),
        ("reminder", lambda: protocols.remind_signers(_meeting(), actor=secretary)),
        ("amendment", lambda: protocols.amend_protocol(_meeting(), words="Mere.", reason="Glemt.", actor=secretary)),
        ("approval", lambda: protocols.approve_protocol(_meeting(), at=_later(), actor=secretary)),
    ):
        yield f"protocol.{kind}", act


def _later() -> Meeting:
    return Meeting.objects.order_by("held_on")[1]


def _final(digest: str, actor: User) -> object:
    """Making it final twice is refused, which is what her browser is told when she sends it again."""
    if ProtocolEntry.objects.filter(meeting=_meeting(), kind="final").exists():
        return None
    return protocols.make_final(_meeting(), digest=digest, anyway=True, actor=actor)
