"""Kill -9 at every named point of the way from case to agenda: afterwards all of it is there, or nothing."""

import re
import signal
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sagsgang.cases.models import Case, CaseAttachment, PathStep, Presentation, Section
from sagsgang.cases.tests.factories import Town, make_town
from sagsgang.core.models import AuditEntry
from sagsgang.meetings import actions
from sagsgang.meetings.drafts import AttachmentDraft, CaseDraft, ItemDraft, MeetingDraft, SectionDraft, StepDraft
from sagsgang.meetings.models import AgendaItem, AgendaVersion, Attachment, Decision, PlannedStep, PointDecision
from sagsgang.meetings.tests.agenda import DIR_DAY, MTU_DAY, approved_case, attach, decide, meeting_of
from sagsgang.meetings.tests.factories import kept_file
from tests.journeys.test_kill import ROOT, run

FOLDER = ROOT / "sagsgang/meetings/actions"
BEGIN = """
from sagsgang.accounts.models import User
from sagsgang.cases.models import Case
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, Meeting
actor = User.objects.get(username="dir_secretary")
directorate, committee = Meeting.objects.order_by("held_on")
"""

pytestmark = pytest.mark.long


@dataclass(frozen=True)
class Act:
    """An act as another process does it, and the ground it is done on."""

    prepare: Callable[[Town], None]
    code: str


def a_case(town: Town) -> None:
    attach(approved_case(town), "Kort")
    meeting_of(town.dir, DIR_DAY)
    meeting_of(town.mtu, MTU_DAY)


def an_agenda(town: Town) -> None:
    a_case(town)
    for case in (Case.objects.get(), approved_case(town, "Anden sag")):
        meeting = town.dir.meetings.get()
        actions.put_on_agenda(case, meeting=meeting, late_reason="Prøve", actor=town.dir_secretary)


def a_late_item(town: Town) -> None:
    a_case(town)
    meeting = town.dir.meetings.get()
    actions.put_on_agenda(Case.objects.get(), meeting=meeting, late_reason="Prøve", actor=town.dir_secretary)
    actions.send_agenda(meeting, actor=town.dir_secretary)
    late = approved_case(town, "Sen sag")
    actions.put_on_agenda(late, meeting=meeting, late_reason="Haster", actor=town.dir_secretary)


def a_decision(town: Town) -> None:
    an_agenda(town)
    decide(AgendaItem.objects.get(number="1"), town, dissent="Imod.")


def a_sub_item(town: Town) -> None:
    sub = ItemDraft(
        "1", "Ligestilling", CaseDraft("Ligestilling"), path=(StepDraft("DIR", DIR_DAY), StepDraft("MTU", MTU_DAY)),
        sections=(SectionDraft("presentation", "Sagsfremstilling", "<p>Ord.</p>"),),
        attachments=(AttachmentDraft(1, "Bilag", "open", file=kept_file(b"ord", "ord.txt")),),
    )  # fmt: skip
    items = (ItemDraft("1", "Øvrige punkter", CaseDraft("Øvrige punkter"), subitems=(sub,)),)
    actions.restore_meeting(town.dir, MeetingDraft(held_on=DIR_DAY, items=items), actor=town.dir_secretary)
    meeting_of(town.mtu, MTU_DAY)


ACTS = {
    "agenda": Act(
        a_case, "actions.put_on_agenda(Case.objects.get(), meeting=directorate, late_reason='x', actor=actor)"
    ),
    "send": Act(an_agenda, "actions.send_agenda(directorate, actor=actor)"),
    "supplement": Act(a_late_item, "actions.send_supplement(directorate, reason='Haster.', actor=actor)"),
    "carry": Act(
        a_decision,
        "actions.carry_forward(AgendaItem.objects.get(number='1'), meeting=committee, late_reason='x', actor=actor)",
    ),
    "decide": Act(
        an_agenda,
        "from sagsgang.meetings.actions import PointFacts\n"
        "actions.record_decision(AgendaItem.objects.get(number='1'), text='Ja.', outcome='', seen=0,"
        " points=(PointFacts(1, '1.', 'approved', 'Ja.'),), actor=actor)",
    ),
    "promote": Act(
        a_sub_item,
        "actions.promote_subitem(AgendaItem.objects.get(parent__isnull=False), title='Ligestilling', actor=actor)",
    ),
}
POINTS = sorted(
    {
        point
        for path in FOLDER.glob("*.py")
        for point in re.findall(r'\breached\("([^"]+)"\)', path.read_text())
        if point.partition(".")[0] in ACTS
    }
)


def rows() -> dict[str, int]:
    models = (
        AgendaItem, AgendaVersion, Attachment, PlannedStep, Decision, PointDecision, Case, CaseAttachment, PathStep, Presentation, Section, AuditEntry,
    )  # fmt: skip
    frozen = Presentation.objects.exclude(frozen_by="").count()
    sent = AgendaItem.objects.filter(meeting__agenda_sent_at__isnull=False).count()
    first = AgendaItem.objects.exclude(first_sent_in=None).count()
    return {model.__name__: model.objects.count() for model in models} | {
        "frozen": frozen,
        "sent": sent,
        "first": first,
    }


def test_every_act_has_its_points() -> None:
    assert {point.partition(".")[0] for point in POINTS} == set(ACTS)


@pytest.mark.parametrize("point", POINTS)
def test_the_act_is_all_or_nothing(wall: None, point: str) -> None:
    act = ACTS[point.partition(".")[0]]
    act.prepare(make_town())
    before = rows()

    killed = run("manage", "shell", "-c", BEGIN + act.code, kill_at=point)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert rows() == before

    again = run("manage", "shell", "-c", BEGIN + act.code)

    assert again.returncode == 0, again.stderr
    assert rows() != before
