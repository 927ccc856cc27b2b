"""Every page of the staff site, asked for by every role in every state of a case (domain 2.1; leak rules 11 and 12).

The table says who gets in: a page, a redirect within the house, a form that is refused or a method that is not
allowed is in; login, 403 and 404 is out. A route that is not in the table fails. No answer, in or out, shows a word
to who may not read it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker, Settings

from sagsgang.bodies.models import Person
from sagsgang.cases.models import Presentation
from sagsgang.meetings.models import AgendaItem, ConflictOfInterest
from tests.journeys.access_world import (
    ACCESS_PARTS,
    BODY_PARTS,
    CLOSED,
    FILE_PARTS,
    HOUSE_PARTS,
    MATTER,
    PAPER_PARTS,
    ROLES,
    ROOM_PARTS,
    STATES,
    World,
    build_world,
    word,
)

pytestmark = pytest.mark.django_db

type Roles = frozenset[str]


def roles(*names: str) -> Roles:
    return frozenset(names)


NOBODY = roles()
HOUSE = roles(*ROLES) - {"anonymous"}
LOG = roles("auditor", "admin")

# The case: who writes it, who approves it, who reads it, who sees that it is there.
WRITE = roles("caseworker", "colleague")
APPROVE = roles("approver", "deputy")
KEEP = roles("secretary")
READ = WRITE | APPROVE | KEEP | {"reader", "director"}
SEE = READ | LOG
LEVELS = roles("approver", "admin")  # the approver manages the unit

# The body: who sees it, who prepares its agendas, who reads what is closed there.
BODY = roles("secretary", "member", "conflicted", "director", "hr") | LOG
PREPARE = roles("secretary", "director")
READ_CLOSED = PREPARE | {"member"}
FOLLOW = READ_CLOSED | {"conflicted"}

# The staff of some body or unit of the authority, and who sees the whole house; no elected member as such.
STAFF = WRITE | KEEP | LOG | roles("approver", "director", "hr", "stranger")
GOALS = KEEP | roles("stranger", "admin")  # who keeps the goals of the authority
WORK = WRITE | KEEP | roles("director", "stranger")  # who enters its projects, partnerships and involvements
WORK_KINDS = ("partnership", "involvement")
GOAL_LISTS = (
    "goals", "goal", "tags-file", "local-goals", "areas", "projects", "projects-file", "partnerships", "involvements",
    "indicators", "indicators-file", "dashboard", "dashboard-rows", "dashboard-file", "dashboard-data",
)  # fmt: skip
INDICATOR_ACTS = ("edit-indicator", "withdraw-indicator", "import-figures", "write-figure", "link-indicator")
PROJECT_ACTS = ("edit-project", "withdraw-project", "note-project", "assess-project", "link-project")
POLICY_ACTS = ("edit-policy", "withdraw-policy", "restore-policy", "add-policy-version", "give-evidence")

# Acts of one door each, by the row that they name.
ROOM_ACTS = (
    "open-meeting", "adjourn-meeting", "name-acting-chair", "note-arrival", "note-departure", "note-all-present",
    "call-substitute", "approve-substitutes", "take-up-block", "put-constitution",
)  # fmt: skip
ITEM_ACTS = (
    "take-up-item", "end-item", "declare-conflict", "return-after-conflict", "move-proposal", "decide-here",
    "open-poll", "adopt-without-vote", "ask-floor", "demand-postponement", "take-off-here",
    "leave-block",
)  # fmt: skip
DECISION_ACTS = (
    "enter-dissent", "withdraw-dissent", "halt-decision", "withdraw-halt", "return-item", "withdraw-return",
    "state-parties", "state-extract", "name-speaker", "remove-speaker",
)  # fmt: skip
COMPOSING_ACTS = ("compose-agenda", "reorder-agenda", "put-standing-items", "send-supplement")
SEATED = roles("conflicted", "granted")  # who has a seat in the body, and who is called as a substitute at the item
SEAT_PAGES = ("material", "mark-all-read", "undo-mark-all-read", "report-absence", "withdraw-absence")
FOLLOW_UP_ACTS = ("begin", "note", "finish", "reopen")
PROTOCOL_ACTS = ("write-note", "make-final", "remind-signers", "approve-protocol", "amend-protocol")
PLAN_ACTS = ("move-meeting", "change-meeting", "cancel-meeting", "undo-cancellation", "remove-meeting")

# The year: who has a role in a body, and the staff of a unit.
YEAR = BODY | WRITE | {"stranger", "councillor"}
CARD_ACTS = (
    "edit-card", "withdraw-card", "restore-card", "state-card-outcome", "open-case-of-card", "give-follow-up-of-card",
)  # fmt: skip

# The council: its members ask to read other committees' items; one of them was let in at each item of the body.
COUNCIL = roles("councillor", "granted")
GRANTED = roles("granted")


@dataclass(frozen=True, slots=True)
class Route:
    """The row that the address names ("" = none), and who gets in, state by state."""

    row: str
    into: dict[str, Roles]


def case(into: Roles, row: str = "case") -> Route:
    return Route(row, dict.fromkeys(STATES, into))


def item(placed: Roles, sent: Roles | None = None, decided: Roles | None = None, row: str = "item") -> Route:
    """Only what is on an agenda has a row; with one set of roles it is the same in the three states."""
    return Route(row, {"placed": placed, "sent": placed if sent is None else sent, "decided": decided or placed})


def once(into: Roles, row: str = "") -> Route:
    """The same whatever state a case is in: asked for once."""
    return Route(row, {"sent": into})


TABLE = {
    "accounts:login": once(roles(*ROLES)),
    "accounts:logout": once(roles(*ROLES)),
    # Cases
    "cases:cases": once(HOUSE),
    "cases:open-case": once(WRITE),
    "cases:case": case(SEE),
    "cases:history": case(SEE),
    "cases:edit-case": case(WRITE),
    "cases:relate-cases": case(WRITE),
    "cases:unrelate-cases": case(WRITE, row="relation"),
    "cases:add-reference": case(WRITE),
    "cases:path": case(READ),
    "cases:compose-path": case(WRITE | KEEP),
    # Words
    "cases:presentation": case(READ),
    "cases:arrange-sections": case(WRITE | APPROVE),
    "cases:choose-template": case(WRITE | APPROVE),
    "cases:save-section": case(WRITE | APPROVE, row="section"),
    "cases:save-economy": case(WRITE | APPROVE),
    "cases:read-word": case(WRITE),
    "cases:download-word": case(READ),
    "cases:lint": case(READ),
    "cases:versions": case(READ),
    "cases:version": case(READ, row="version"),
    "cases:compare-versions": case(READ, row="version"),
    "cases:templates": once(KEEP, row="body"),
    "cases:edit-template": once(KEEP, row="template"),
    # Attachments
    "cases:attachments": case(READ),
    "cases:attachment-states": case(READ),
    "cases:upload-attachments": case(WRITE),
    "cases:flag-attachments": case(WRITE),
    "cases:link-draft": case(WRITE),
    "cases:attachment": case(READ, row="paper"),
    "cases:open-attachment": case(READ, row="paper"),
    "cases:download-attachment": case(READ, row="paper"),
    "cases:edit-attachment": case(WRITE, row="paper"),
    "cases:move-attachment": case(WRITE, row="paper"),
    "cases:replace-attachment": case(WRITE, row="paper"),
    "cases:supersede-attachment": case(WRITE, row="paper"),
    "cases:reinstate-attachment": case(WRITE, row="paper"),
    "cases:withdraw-attachment": case(WRITE, row="paper"),
    "cases:restore-attachment": case(WRITE, row="paper"),
    "cases:examine-attachment-again": case(WRITE, row="paper"),
    # Approval and remarks
    "cases:approval": case(READ),
    "cases:submit-for-approval": case(WRITE),
    "cases:approve-case": case(APPROVE),
    "cases:send-back": case(APPROVE),
    "cases:reopen-case": case(WRITE),
    "cases:give-review-copy": case(WRITE | APPROVE),
    "cases:withdraw-review-copy": case(WRITE | APPROVE, row="copy"),
    "cases:make-remark": case(READ),
    "cases:withdraw-remark": case(READ, row="remark"),
    "cases:answer-remark": case(WRITE | APPROVE | KEEP, row="remark"),
    "cases:give-task": case(WRITE | APPROVE | KEEP, row="remark"),
    "cases:finish-task": case(WRITE, row="task"),
    "cases:tasks": once(HOUSE),
    "cases:units": once(HOUSE),
    "cases:edit-levels": once(LEVELS, row="unit"),
    "cases:add-level": once(LEVELS, row="unit"),
    "cases:edit-level": once(LEVELS, row="level"),
    "cases:move-level": once(LEVELS, row="level"),
    "cases:remove-level": once(LEVELS, row="level"),
    # Hearings and analyses
    "cases:hearings": case(READ),
    "cases:ask-hearing": case(WRITE),
    "cases:skip-hearing": case(WRITE),
    "cases:record-answer": case(WRITE, row="hearing"),
    "cases:upload-answer": case(WRITE, row="hearing"),
    "cases:waive-hearing": case(WRITE, row="hearing"),
    "cases:withdraw-hearing": case(WRITE, row="hearing"),
    "cases:analysis": case(READ),
    "cases:save-analysis": case(WRITE),
    "cases:analyses": once(HOUSE),
    # Meetings
    "meetings:home": once(HOUSE),
    "meetings:body": once(BODY, row="body"),
    "meetings:change-body": once(KEEP | {"admin"}, row="body"),
    "meetings:waiting-cases": once(KEEP, row="body"),
    "meetings:put-on-agenda": once(KEEP, row="body"),
    "meetings:meeting": item(BODY, row="meeting"),
    "meetings:mark-absence": item(KEEP, row="meeting"),
    "meetings:mark-presence": item(KEEP, row="meeting"),
    "meetings:add-collective-item": item(KEEP, row="meeting"),
    "meetings:send-agenda": item(KEEP, row="meeting"),
    "meetings:item": item(BODY, BODY | GRANTED, BODY | GRANTED),
    "meetings:record-decision": item(KEEP),
    "meetings:mark-absence-at-item": item(KEEP),
    "meetings:mark-presence-at-item": item(KEEP),
    "meetings:take-off-agenda": item(KEEP),
    "meetings:put-back-on-agenda": item(KEEP, row="taken off"),
    "meetings:renew-item": item(KEEP),
    "meetings:state-closing": item(KEEP),
    "meetings:carry-forward": item(KEEP),
    "meetings:promote-subitem": item(KEEP, row="subitem"),
    # The version before was never sent: there is nothing that anybody may compare with.
    "meetings:compare-item": item(NOBODY),
    "meetings:note-conflict": item(KEEP),
    "meetings:withdraw-conflict": item(KEEP),
    "meetings:attachment": item(PREPARE, READ_CLOSED | GRANTED, READ_CLOSED | GRANTED, row="attachment"),
    # Access on request: what is not sent cannot be asked for.
    "meetings:other-committees": once(COUNCIL),
    "meetings:request-access": item(NOBODY, COUNCIL, COUNCIL),
    "meetings:access-requests": once(KEEP, row="body"),
    "meetings:answer-access": item(KEEP, row="request"),
    "meetings:withdraw-access": item(KEEP | GRANTED, row="request"),
    # Releases
    # The meeting while it is held, and its protocol
    "sittings:desk": item(KEEP, row="meeting"),
    "sittings:votes-file": once(BODY, row="body"),
    "sittings:follow": item(FOLLOW, row="meeting"),
    "sittings:follow-part": item(FOLLOW, row="meeting"),
    "sittings:line": item(FOLLOW, row="meeting"),
    **{f"sittings:{name}": item(KEEP, row="meeting") for name in ROOM_ACTS},
    **{f"sittings:{name}": item(KEEP) for name in ITEM_ACTS},
    "sittings:change-access": item(KEEP),
    "sittings:undo-stretch": item(KEEP, row="stretch"),
    "sittings:undo-departure": item(KEEP, row="stretch"),
    "sittings:dismiss-substitute": item(KEEP, row="substitution"),
    "sittings:withdraw-proposal": item(KEEP, row="proposal"),
    **{f"sittings:{name}": item(KEEP, row="poll") for name in ("enter-ballots", "close-poll", "withdraw-poll")},
    **{f"sittings:{name}": item(KEEP, row="turn") for name in ("give-floor", "end-turn", "withdraw-turn", "move-turn")},
    # She who was granted access is also called as a substitute at the item: she reads and signs that part.
    "protocols:protocol": item(PREPARE, FOLLOW | GRANTED, FOLLOW | GRANTED, row="meeting"),
    "protocols:sign-protocol": item(FOLLOW, FOLLOW | GRANTED, FOLLOW | GRANTED, row="meeting"),
    **{f"protocols:{name}": item(KEEP, row="meeting") for name in PROTOCOL_ACTS},
    "protocols:last-protocol": item(PREPARE, FOLLOW, FOLLOW),
    "protocols:approve-last-protocol": item(KEEP),
    **{f"protocols:{name}": item(BODY, row="meeting") for name in ("prints", "print-agenda", "order-packet")},
    "protocols:order-packet-for": item(KEEP, row="meeting"),
    "protocols:print-supplement": item(BODY, row="supplement"),
    "protocols:print-protocol": item(PREPARE, FOLLOW, FOLLOW, row="meeting"),
    "protocols:print-extract": item(PREPARE, FOLLOW, FOLLOW - {"conflicted"}),
    **{f"protocols:{name}": item(KEEP, row="packet") for name in ("packet", "packet-file")},
    # Decisions and what hangs on them
    **{f"meetings:{name}": item(KEEP) for name in DECISION_ACTS},
    "meetings:change-speaker": item(NOBODY),  # none is named by the row
    # The agenda as it is composed
    **{f"meetings:{name}": item(KEEP, row="meeting") for name in COMPOSING_ACTS},
    "meetings:agenda-versions": item(BODY, row="meeting"),
    "meetings:edit-line": item(KEEP),
    "meetings:state-late-reason": item(KEEP),
    **{
        f"meetings:{name}": once(KEEP, row="body")
        for name in ("standing-items", "add-standing-item", "use-usual-items")
    },
    **{f"meetings:{name}-standing-item": once(KEEP, row="standing") for name in ("edit", "move", "remove")},
    "meetings:record-urgent-decision": once(KEEP, row="body"),
    "meetings:withdraw-urgent-decision": once(KEEP, row="urgent"),
    "meetings:phrases": once(KEEP, row="body"),
    "meetings:withdraw-phrase": once(KEEP, row="body"),
    # The members' own pages: for who has a seat
    "members:my-meetings": once(HOUSE),
    "members:calendar": once(HOUSE),
    "members:my-proposals": once(HOUSE),
    "members:raise-matter": once(roles("conflicted"), row="body"),
    "members:withdraw-matter": once(roles("conflicted"), row="matter"),
    **{f"meetings:{name}": once(KEEP, row="matter") for name in ("member-proposal", "take-up-matter", "answer-matter")},
    "members:make-calendar-key": once(HOUSE),
    "members:revoke-calendar-key": once(HOUSE),
    **{f"members:{name}": item(SEATED, row="meeting") for name in SEAT_PAGES},
    **{f"members:{name}": item(NOBODY, SEATED, SEATED) for name in ("read-item", "mark-read", "mark-unread")},
    "members:absences": item(KEEP, row="meeting"),
    "members:call-ahead": item(KEEP, row="meeting"),
    "members:cancel-call": item(KEEP, row="meeting"),
    "members:withdraw-absence-for": item(KEEP, row="meeting"),
    # Follow-ups
    "followups:follow-ups": once(HOUSE),
    "followups:late-count": once(HOUSE),
    "followups:unit-follow-ups": once(WRITE | {"approver"}, row="unit"),
    "followups:body-follow-ups": once(BODY, row="body"),
    "followups:at-item": item(BODY, BODY | GRANTED, BODY | GRANTED),
    "followups:at-case": case(SEE),
    "followups:give-follow-up": item(WRITE | KEEP),
    "followups:give-follow-up-on-case": case(WRITE),
    "followups:raise-hold": case(READ),
    "followups:lift-hold": item(WRITE | KEEP, row="hold"),
    "followups:give-follow-up-on-remark": case(WRITE | APPROVE | KEEP, row="remark"),
    "followups:follow-up": item(READ, READ | BODY | GRANTED, READ | BODY | GRANTED, row="follow_up"),
    **{f"followups:{name}-follow-up": item(WRITE | {"approver"} | KEEP, row="follow_up") for name in FOLLOW_UP_ACTS},
    **{f"followups:{name}-follow-up": item(WRITE | KEEP, row="follow_up") for name in ("change", "drop")},
    "followups:report-follow-up": item(KEEP, row="follow_up"),
    **{
        f"members:{name}": once(NOBODY, row="token")  # the key of nobody's calendar
        for name in ("calendar-feed", "wheel-feed", "cycles-feed", "bodies-feed")
    },
    # The plan
    "planning:plan": once(BODY, row="body"),
    "publication:plan": once(BODY, row="body"),
    **{f"planning:{name}": once(KEEP, row="body") for name in ("add-rule", "generate-year", "call-extraordinary")},
    **{f"publication:{name}": once(KEEP, row="body") for name in ("publish-plan", "withdraw-plan")},
    **{f"planning:{name}": item(KEEP, row="meeting") for name in PLAN_ACTS},
    **{f"planning:{name}": once(KEEP, row="rule") for name in ("change-rule", "remove-rule")},
    # The wheel: whoever works in the house reads it, and who works nowhere is told so on its page
    "wheel:wheel": once(HOUSE),
    "wheel:print-wheel": once(YEAR, row="authority"),
    **{f"wheel:{name}": once(BODY, row="body") for name in ("body-wheel", "print-body-wheel")},
    # A directorate's secretary keeps the organisation's wheel; there is no directorate here (wheel/tests/test_views_wheel)
    **{f"wheel:{name}": once(NOBODY, row="authority") for name in ("turn-wheel", "add-entry")},
    "wheel:add-body-entry": once(KEEP, row="body"),
    "wheel:entry": once(YEAR, row="entry"),
    **{f"wheel:{name}": once(KEEP, row="entry") for name in ("edit-entry", "withdraw-entry")},
    "wheel:restore-entry": once(KEEP, row="entry taken off"),
    **{f"wheel:{name}-occurrence": once(KEEP, row="occurrence") for name in ("move", "drop", "take-up")},
    "wheel:open-case-of-occurrence": once(KEEP, row="occurrence"),
    "wheel:finish-occurrence": once(KEEP | WRITE, row="occurrence"),
    # Equality figures: human resources own them, and read the payroll's rows alone
    "equality:figures": once(roles("hr") | LOG),
    "equality:count": once(roles("hr") | LOG, row="headcount"),
    **{f"equality:{name}": once(roles("hr"), row="authority") for name in ("import-count", "type-count")},
    **{f"equality:{name}": once(roles("hr") | LOG, row="authority") for name in ("series", "schemes", "targets")},
    **{f"equality:{name}": once(roles("hr"), row="authority") for name in ("seed-schemes", "add-scheme", "set-target")},
    **{f"equality:{name}-scheme": once(roles("hr"), row="scheme") for name in ("edit", "switch")},
    **{f"equality:{name}-target": once(roles("hr"), row="target") for name in ("change", "withdraw")},
    "equality:national": once(roles("hr") | LOG),
    "equality:keep-national": once(roles("admin")),
    **{f"equality:{name}": once(roles("hr"), row="headcount") for name in ("count-rows", "sign-off")},
    "equality:accept-finding": once(roles("hr"), row="headcount finding"),
    # Their report; a directorate's secretary and directors raise errors too, and there is no directorate here
    **{
        f"equality:{name}": once(roles("hr"), row="headcount")
        for name in ("make-report", "renew-report", "raise-issue")
    },
    "equality:raise-finding": once(roles("hr"), row="headcount finding"),
    "equality:accept-issue": once(roles("hr"), row="data issue"),
    # The register of duties, and the calendar files of the year
    "wheel:duties": once(HOUSE),
    "wheel:reminders": once(HOUSE),
    "wheel:duty": once(YEAR, row="entry"),
    "wheel:seed-duties": once(NOBODY, row="authority"),
    **{f"wheel:{name}": once(HOUSE) for name in ("wheel-file", "cycles-file")},
    "wheel:body-file": once(BODY, row="body"),
    # The cycles, månedsgrebet and its cards, the short talks: the body's own people
    "wheel:cycles": once(YEAR),
    "wheel:cycle": once(YEAR, row="cycle"),
    **{f"wheel:{name}": item(FOLLOW | LOG, row="briefing") for name in ("briefing", "briefing-lists")},
    "wheel:briefing-at-item": item(BODY),
    "wheel:return-in-cycle": item(KEEP),
    "wheel:add-card": item(FOLLOW, row="briefing"),
    **{f"wheel:{name}": item(KEEP | {"conflicted"}, row="card") for name in CARD_ACTS},
    "wheel:wish-body-year": once(KEEP | {"admin"}, row="body"),
    "wheel:talks": once(FOLLOW | LOG, row="body"),
    "wheel:wish-talk": once(FOLLOW, row="body"),
    "wheel:talk": item(FOLLOW | LOG, row="talk"),
    **{
        f"wheel:{name}": item(KEEP | {"conflicted"}, row="talk")
        for name in ("edit-talk", "withdraw-talk", "restore-talk", "keep-remarks")
    },
    **{f"wheel:{name}": item(KEEP, row="talk") for name in ("place-talk", "take-talk-off")},
    # What leaves
    "publication:releases": item(BODY, row="meeting"),
    **{f"publication:{name}": item(KEEP, row="meeting") for name in ("prepare-release", "state-no-parties")},
    "publication:release-prepared": item(PREPARE, row="preparation"),
    **{f"publication:{name}": item(PREPARE, row="preparation") for name in ("approve-release", "cancel-release")},
    **{f"publication:{name}": item(PREPARE, row="preparation") for name in ("gate", "gate-line")},
    **{
        f"publication:{name}": item(KEEP, row="preparation")
        for name in ("accept-findings", "mask-findings", "renew-preparation")
    },
    "publication:finding-picture": once(NOBODY, row="finding"),  # a text has no picture; of a PDF: test_gate_release
    "publication:case-file-gate": case(READ, row="paper"),
    "publication:item-files-gate": item(BODY, BODY | GRANTED, BODY | GRANTED),
    "publication:withdraw-release": once(PREPARE, row="release"),
    **{
        f"publication:{name}": once(PREPARE | {"admin"}, row="withdrawn")
        for name in ("answer-breach", "close-breach", "print-breach")
    },
    "publication:open-breaches": once(HOUSE),
    # Figures: who has a part in releases of the authority, and human resources, sees that page; these are of the body
    "publication:figures": once(PREPARE | roles("stranger", "hr") | LOG),
    "publication:prepare-figures": once(KEEP | roles("stranger", "hr"), row="authority"),
    **{f"publication:{name}": once(PREPARE, row="figures prepared") for name in ("release-figures", "cancel-figures")},
    "publication:withdraw-figures": once(PREPARE, row="figures released"),
    # What is closed, and what becomes of it
    "publication:closed-decisions": once(KEEP, row="body"),
    "publication:close-item": item(KEEP),
    "publication:review-closing": item(KEEP),
    "publication:set-review": item(KEEP),
    # Letters to those who follow
    "following:outbox": once(roles("secretary", "stranger", "admin")),
    "publication:waiting": once(HOUSE),
    "publication:body-releases": once(BODY, row="body"),
    # Policies: the house's staff reads, the owning unit writes. What a directorate's secretary keeps: there is no directorate
    # here (policies/tests/test_views_policies)
    **{f"policies:{name}": once(STAFF) for name in ("policies", "requirements")},
    **{f"policies:{name}": once(STAFF, row="authority") for name in ("print-evidence", "evidence-file")},
    "policies:add-policy": once(WRITE, row="authority"),
    "policies:policy": once(STAFF, row="policy"),
    "policies:at-item": item(BODY),
    **{f"policies:{name}": once(WRITE, row="policy") for name in POLICY_ACTS},
    "policies:open-policy-file": once(STAFF, row="policy version"),
    **{
        f"policies:{name}": once(WRITE, row="policy version")
        for name in ("edit-policy-version", "approve-policy-version", "state-policy-approval")
    },
    "policies:withdraw-policy-approval": once(WRITE, row="policy approval"),
    "policies:withdraw-evidence": once(WRITE, row="evidence"),
    "policies:add-requirement": once(NOBODY, row="authority"),
    **{f"policies:{name}": once(NOBODY, row="requirement") for name in ("edit-requirement", "withdraw-requirement")},
    # Goals: the house's staff reads them; an assessment of a case is read and written as the case is
    **{f"goals:{name}": once(STAFF, row="goal number" if name == "goal" else "") for name in GOAL_LISTS},
    "goals:target-texts": once(GOALS),
    "goals:local-goal": once(STAFF, row="local goal"),
    **{f"goals:{name}": once(GOALS, row="local goal") for name in ("edit-local-goal", "withdraw-local-goal")},
    **{f"goals:{name}": once(GOALS, row="area") for name in ("edit-area", "withdraw-area")},
    **{f"goals:{name}": once(GOALS, row="authority") for name in ("add-local-goal", "add-area", "lay-in-areas")},
    **{f"goals:{name}": once(WORK, row="authority") for name in ("add-project", "add-partnership", "add-involvement")},
    "goals:add-indicator": once(WORK, row="authority"),
    **{f"goals:{name}": once(STAFF, row="indicator") for name in ("indicator", "indicator-file", "indicator-data")},
    **{f"goals:{name}": once(WORK, row="indicator") for name in INDICATOR_ACTS},
    "goals:indicator-figure": once(STAFF, row="figure"),
    **{f"goals:{name}": once(WORK, row="figure") for name in ("correct-figure", "withdraw-figure")},
    "goals:unlink-indicator": once(WORK, row="indicator link"),
    "goals:project": once(STAFF, row="project"),
    **{f"goals:{name}": once(WORK, row="project") for name in PROJECT_ACTS},
    "goals:withdraw-note": once(WORK, row="project note"),
    "goals:partnership": once(STAFF, row="partnership"),
    "goals:involvement": once(STAFF, row="involvement"),
    **{f"goals:{name}-{kind}": once(WORK, row=kind) for name in ("edit", "withdraw", "link") for kind in WORK_KINDS},
    "goals:unlink-work": once(WORK, row="work link"),
    **{f"goals:{name}": once(STAFF) for name in ("examples", "examples-file", "print-examples")},
    "goals:example": once(STAFF, row="example"),
    **{f"goals:{name}": once(WORK, row="example") for name in ("edit-example", "withdraw-example", "restore-example")},
    "goals:mark-project": once(WORK, row="project"),
    "goals:mark-case": case(KEEP | {"director"}),
    "goals:case-goals": case(READ),
    **{f"goals:{name}": case(WRITE | KEEP) for name in ("assess-case", "state-not-relevant")},
    **{f"goals:{name}": case(WRITE | KEEP, row="goal tag") for name in ("edit-assessment", "withdraw-assessment")},
    "goals:withdraw-not-relevant": case(WRITE | KEEP, row="not relevant"),
    "goals:assess-item": item(WRITE | KEEP),
    "goals:policy-goals": once(STAFF, row="policy"),
    "goals:assess-policy": once(WRITE, row="policy"),
    "goals:missing-assessments": once(BODY, row="body"),
    "goals:ask-for-assessments": once(KEEP | {"admin"}, row="body"),
    # The log
    **{f"reports:{name}": once(HOUSE) for name in ("overview", "figures")},
    "reports:audit-log": once(LOG),
    "reports:audit-log-file": once(LOG),
    "reports:closed-readings": once(LOG),
    "reports:closed-readings-file": once(LOG),
    "reports:subject-chain": once(LOG, row="item"),
    "reports:body-years": once(roles("secretary", "director", "auditor", "stranger")),
    **{
        f"reports:{name}": once(roles("secretary", "director", "auditor"), row="body")
        for name in ("body-year", "body-year-rows", "print-body-year", "body-year-file")
    },
}


def readers(part: str, state: str) -> Roles:
    """Who may be shown the words of a part in a state."""
    if part in ACCESS_PARTS:
        return KEEP | GRANTED
    if part in HOUSE_PARTS or state in ("draft", "approval"):
        return READ
    if state == "placed":
        return READ | PREPARE
    if part in PAPER_PARTS + ROOM_PARTS and state not in CLOSED:
        return READ | BODY | GRANTED
    return READ | READ_CLOSED | GRANTED


WORDS = {MATTER: KEEP | {"conflicted"}} | {
    word(part, state): readers(part, state)
    for state in STATES
    for part in (*HOUSE_PARTS, *PAPER_PARTS, *FILE_PARTS, *BODY_PARTS, *ROOM_PARTS, *ACCESS_PARTS)
}


@cache
def forbidden_to(role: str) -> re.Pattern[bytes]:
    words = [word for word, allowed in WORDS.items() if role not in allowed]
    return re.compile("|".join(words).encode() if words else b"(?!)")


def named_routes(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, str]]:
    """Name and pattern of every address under /intern/."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if space or str(entry.pattern).startswith("intern/"):
                yield from named_routes(entry, entry.namespace or space)
        elif isinstance(entry, URLPattern) and space:
            yield f"{space}:{entry.name}", str(entry.pattern)


ROUTES = sorted({name for name, _pattern in named_routes(get_resolver("sagsgang.site.urls_all"))})


@pytest.fixture(scope="module")
def house_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("access")


@pytest.fixture(autouse=True)
def own_files(house_files: Path, settings: Settings) -> None:
    """The files of the one house that every test of this module looks at."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.HOUSE_FILES = house_files


@dataclass(frozen=True, slots=True)
class Visitors:
    """The house, and a client for each role."""

    world: World
    clients: dict[str, Client]


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: DjangoDbBlocker, house_files: Path) -> Iterator[Visitors]:
    """Built once, and taken back when the module is done."""
    with (
        django_db_blocker.unblock(),
        override_settings(HOUSE_FILES=house_files, RELEASED_FILES=house_files / "released"),
        transaction.atomic(),
    ):
        world = build_world()
        clients = {role: Client() for role in ROLES}
        for role, user in world.users.items():
            clients[role].force_login(user)
        yield Visitors(world, clients)
        transaction.set_rollback(True)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: was she let in, and everything that was said."""

    status: int
    location: str
    said: bytes

    @property
    def is_in(self) -> bool:
        at_login = self.location.startswith(reverse("accounts:login") + "?next=")
        return self.status not in (401, 403, 404) and not at_login


def ask(client: Client, method: str, address: str) -> Answer:
    """One request; what it writes is taken back. Straight to the site: the client keeps no cookie and no context of it."""
    path, _mark, query = address.partition("?")
    environ = client._base_environ(PATH_INFO=path, QUERY_STRING=query, REQUEST_METHOD=method.upper())  # type: ignore[attr-defined]
    with transaction.atomic():
        response: HttpResponseBase = client.handler(environ)
        content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        transaction.set_rollback(True)
    said = b"\n".join([content, *(f"{name}: {value}".encode() for name, value in response.headers.items())])
    return Answer(response.status_code, response.headers.get("Location", ""), said)


def address_of(name: str, world: World, state: str) -> str:
    row = TABLE[name].row
    if not row:
        return reverse(name)
    if row == "cycle":
        return reverse(name, args=["2020-05"])
    if row == "goal number":
        return reverse(name, args=[8])
    if row == "token":
        return reverse(name, args=["x" * 43])
    found = world.rows[state][row]
    if name == "reports:subject-chain":
        return reverse(name, args=[found._meta.label, found.pk])
    address = reverse(name, args=[found.pk])
    if name == "cases:compare-versions":
        address += f"?with={Presentation.objects.get(pk=found.pk).replaces_id}"
    return address


def test_every_route_is_in_the_table() -> None:
    assert sorted(set(ROUTES) - TABLE.keys()) == []
    assert sorted(TABLE.keys() - set(ROUTES)) == []


# The pages that show the words: these are asked for by everybody in every state each time, the others in their strictest
# state, by all who must stay out and some who get in; the rest of the product is of the long run.
SHOWING = (
    "cases:case", "cases:presentation", "cases:version", "cases:open-attachment", "cases:attachments",
    "cases:approval", "cases:hearings", "cases:analysis", "meetings:meeting", "meetings:item",
    "meetings:attachment", "meetings:compare-item", "meetings:access-requests", "meetings:answer-access",
    "protocols:protocol", "followups:at-item", "goals:case-goals",
)  # fmt: skip
STRICTEST = ("decided", "sent")


def visits() -> Iterator[object]:
    for name, route in TABLE.items():
        strictest = next(state for state in STRICTEST if state in route.into)
        for state in route.into:
            is_quick = name in SHOWING or state == strictest
            yield pytest.param(name, state, marks=() if is_quick else pytest.mark.long, id=f"{name}-{state}")


def visited(name: str, state: str, *, by_all: bool) -> Roles:
    """Who asks: everybody, or everybody who must stay out and, of those who get in, the three who may be told least."""
    into = TABLE[name].into[state]
    if by_all or name in SHOWING:
        return frozenset(ROLES)
    told_least = sorted(into, key=lambda role: (sum(role in allowed for allowed in WORDS.values()), role))
    return (frozenset(ROLES) - into) | frozenset(told_least[:3])


@pytest.mark.parametrize("by_all", [False, pytest.param(True, marks=pytest.mark.long)], ids=["least", "all"])
@pytest.mark.parametrize(("name", "state"), list(visits()))
def test_who_gets_in_and_what_is_said(name: str, state: str, by_all: bool, visitors: Visitors) -> None:
    route = TABLE[name]
    address = address_of(name, visitors.world, state)
    asking = visited(name, state, by_all=by_all)
    let_in, leaks = set(), set()
    for role in sorted(asking):
        client = visitors.clients[role]
        answer = ask(client, "get", address)
        if answer.status == 405:
            answer = ask(client, "post", address)
        if answer.is_in:
            let_in.add(role)
        leaks |= {(role, found.decode()) for found in forbidden_to(role).findall(answer.said)}

    into = route.into[state] & asking
    assert (sorted(let_in - into), sorted(into - let_in), sorted(leaks)) == ([], [], [])


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_is_out_cannot_send_a_form_either(name: str, visitors: Visitors) -> None:
    route = TABLE[name]
    state = next(state for state in STRICTEST if state in route.into)
    address = address_of(name, visitors.world, state)

    answers = {role: ask(visitors.clients[role], "post", address) for role in set(ROLES) - route.into[state]}

    # 405: the address takes no form from anybody.
    assert [role for role, answer in answers.items() if answer.is_in and answer.status != 405] == []


def test_every_word_can_be_read_somewhere(visitors: Visitors) -> None:
    """The marks are where they should be: a word that stands nowhere would prove nothing."""
    said = b""
    for name in (*SHOWING, "cases:versions", "cases:compare-versions", "meetings:member-proposal"):
        for state in TABLE[name].into:
            address = address_of(name, visitors.world, state)
            said += b"".join(ask(visitors.clients[role], "get", address).said for role in ("colleague", "secretary"))

    shown = {found.decode() for found in re.findall(rb"ord[a-z]+i[a-z]+", said)}
    shown |= {MATTER} if MATTER.encode() in said else set()

    unsaid = {word(part, state) for part in BODY_PARTS for state in STATES if state != "decided"}
    unsaid |= {word(part, state) for part in ACCESS_PARTS + ROOM_PARTS for state in ("draft", "approval")}
    assert set(WORDS) - shown == unsaid | {word("comment", "draft")}


def test_a_director_with_a_conflict_of_interest_reads_nothing_closed_of_the_case(visitors: Visitors) -> None:
    """She is let in by her office, and shut out by the note: pages, drafts and files (leak rule 11)."""
    world, client = visitors.world, visitors.clients["director"]
    with transaction.atomic():
        person = Person.objects.create(authority=world.body.authority, name="Lone Krag", user=world.users["director"])
        item = AgendaItem.objects.get(pk=world.rows["decided"]["item"].pk)
        ConflictOfInterest.objects.create(item=item, person=person, noted_by=world.users["secretary"])

        answers = {
            name: ask(client, "get", address_of(name, world, "decided"))
            for name in (*SHOWING, "cases:download-word", "cases:versions", "cases:compare-versions")
        }
        transaction.set_rollback(True)

    assert [name for name, answer in answers.items() if re.search(rb"ord[a-z]+idecided", answer.said)] == []
