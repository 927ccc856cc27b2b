"""One house for the access matrix: a user in each role, and a case in each state, with a marked word in every part.

The word of a part is found again in any answer that shows the part, and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import Model
from django.utils.timezone import localdate, now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Person, Role, Seat, Unit, UnitStaff
from sagsgang.cases.models import (
    Analysis,
    ApprovalEvent,
    ApprovalLevel,
    Case,
    CaseAttachment,
    CaseHold,
    CaseRelation,
    ChangeTask,
    Hearing,
    PathStep,
    Presentation,
    PresentationTemplate,
    Remark,
    ReviewCopy,
    Section,
)
from sagsgang.documents import storage
from sagsgang.documents.models import Document, DocumentVersion, Examination
from sagsgang.equality.models import (
    Count,
    CountFinding,
    DataIssue,
    LevelFigure,
    RawRow,
    Report,
    ReportPrint,
    Scheme,
    Target,
)
from sagsgang.followups.models import FollowUp
from sagsgang.goals.models import (
    GoalTag,
    Indicator,
    IndicatorLink,
    IndicatorValue,
    Involvement,
    LocalGoal,
    NotRelevant,
    Partnership,
    PolicyArea,
    PracticeExample,
    Project,
    ProjectNote,
    WorkLink,
)
from sagsgang.meetings.actions import note_conflict, put_on_agenda, record_decision, send_agenda
from sagsgang.meetings.models import (
    AccessRequest,
    AgendaItem,
    AgendaVersion,
    Meeting,
    MemberProposal,
    Presence,
    StandingItem,
    Substitution,
    UrgentDecision,
)
from sagsgang.planning.models import PlanRule
from sagsgang.policies.models import Evidence, Policy, PolicyApproval, PolicyVersion, Requirement
from sagsgang.protocols.models import Packet
from sagsgang.publication.actions import release_meeting, withdraw_release
from sagsgang.publication.models import (
    FiguresPreparation,
    FiguresRecord,
    GateFinding,
    Preparation,
    PublicFigures,
    Release,
)
from sagsgang.sittings.models import Poll, Proposal, Turn
from sagsgang.wheel.models import BriefingCard, CycleBriefing, Occurrence, Talk, WheelEntry

ROLES = (
    "anonymous", "stranger", "caseworker", "colleague", "approver", "deputy", "reader",
    "secretary", "member", "director", "hr", "auditor", "admin", "conflicted", "councillor", "granted",
)  # fmt: skip
STATES = ("draft", "approval", "placed", "sent", "decided")
CLOSED = {"approval", "decided"}

# The parts of the case's own papers, of what is put before the body, and of what the body did.
HOUSE_PARTS = ("remark", "task", "question", "answer", "purpose", "message", "comment", "oldtext", "goal")
PAPER_PARTS = ("text", "point", "account")
FILE_PARTS = ("filetitle", "filename", "bytes")
BODY_PARTS = ("reason", "decision", "dissent")
# What happened in the room, and who shall do what.
ROOM_PARTS = ("proposal", "followup")
# What a member of the council writes when she asks for access, and what the secretary answers.
ACCESS_PARTS = ("wish", "reply")

MATTER = "ordmatterrejst"


def word(part: str, state: str) -> str:
    """The mark of one part of the case in one state."""
    return f"ord{part}i{state}"


@dataclass(frozen=True, slots=True)
class World:
    """The users, and the rows of each state by what an address asks for."""

    users: dict[str, User]
    body: Body
    unit: Unit
    rows: dict[str, dict[str, Model]] = field(default_factory=dict)


def build_world() -> World:
    """Everything, once; no test changes it."""
    world = _people()
    for number, state in enumerate(STATES):
        rows = world.rows[state] = _everywhere(world)
        case = _case(world, state, rows)
        if state not in ("draft", "approval"):
            _on_agenda(world, case, state, rows, localdate() + timedelta(days=60 + 7 * number))
    return world


def _people() -> World:
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    users = {name: User.objects.create_user(f"rolle-{name}") for name in ROLES if name != "anonymous"}
    body, other, _heard = (
        Body.objects.create(
            authority=authority, kind=BodyKind.COMMITTEE, name=name, code=code, publish_policy="minutes"
        )
        for name, code in (("Miljø- og Teknikudvalget", "MTU"), ("Socialudvalget", "SU"), ("Ældrerådet", "ÆR"))
    )
    for name, role, place in (
        ("stranger", Role.SECRETARY, other), ("secretary", Role.SECRETARY, body), ("member", Role.MEMBER, body),
        ("conflicted", Role.MEMBER, body), ("director", Role.DIRECTOR, body), ("hr", Role.HR, body),
        ("auditor", Role.AUDITOR, None), ("admin", Role.ADMIN, None),
    ):  # fmt: skip
        Appointment.objects.create(user=users[name], role=role, body=place)
    person = Person.objects.create(authority=authority, name="Ulla Skov", user=users["conflicted"])
    Seat.objects.create(body=body, person=person)
    MemberProposal.objects.create(body=body, person=person, title=MATTER, words=MATTER)
    boss = Person.objects.create(authority=authority, name="Bo Lund", user=users["approver"])
    _council(authority, users)
    unit = Unit.objects.create(authority=authority, name="Natur og Miljø", manager=boss)
    for name in ("caseworker", "colleague"):
        UnitStaff.objects.create(unit=unit, user=users[name])
    ApprovalLevel.objects.create(
        unit=unit, position=1, name="Leder", approver=users["approver"], deputy=users["deputy"]
    )
    PresentationTemplate.objects.create(body=body)
    StandingItem.objects.create(body=body, title="Meddelelser")
    Meeting.objects.create(body=Body.objects.get(code="KB"), held_on=date(2020, 5, 26))  # it closes a cycle
    PlanRule.objects.create(body=body, year=localdate().year, rule="FREQ=MONTHLY;BYDAY=2TU")
    for title, gone in (("Årsberetning", None), ("Gammel beretning", now())):
        entry = WheelEntry.objects.create(
            authority=authority, body=body, unit=unit, title=title, rule="FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1",
            is_duty=True, law="§ 1", withdrawn_at=gone,
        )  # fmt: skip
        Occurrence.objects.create(entry=entry, origin_day=localdate(), day=localdate())
    _policy(unit, users)
    _goals(unit, users["secretary"])
    _headcount(authority, users["hr"])
    _figures(body, users)
    return World(users=users, body=body, unit=unit)


def _headcount(authority: Authority, keeper: User) -> None:
    """Equality figures with one finding; before they are signed off the payroll's rows are there."""
    count = Count.objects.create(authority=authority, snapshot_on=localdate(), version=1, made_by=keeper)
    LevelFigure.objects.create(count=count, level=1, women=2, men=3)
    RawRow.objects.create(count=count, row=2, key_hash="0" * 64, name="Ida Vang", level=1, sex="k", status="fast")
    CountFinding.objects.create(count=count, position=1, check_number=5, message="Niveau?", is_error=True)
    Scheme.objects.create(authority=authority, kind="targets", name="Måltal")
    Target.objects.create(authority=authority, level=1, sex="k", number=3, share=40, due_on=localdate())
    _report(count, keeper)


def _report(count: Count, keeper: User) -> None:
    """Their report as a case of nobody's, held by an error that somebody else than human resources raised."""
    case = Case.objects.create(authority=count.authority, title="Ligestillingsredegørelse")
    file = Document.objects.create(authority=count.authority, title="Tal")
    version = DocumentVersion.objects.create(
        document=file, number=1, sha256="0" * 64, name="tal.pdf", size=1, media_type="application/pdf"
    )
    attachment = CaseAttachment.objects.create(case=case, file=file, position=1, title="Tal", access="open")
    report = Report.objects.create(
        authority=count.authority, snapshot_on=count.snapshot_on, period_from=localdate(), period_to=localdate(),
        purposes="Følge", case=case, attachment=attachment, made_by=keeper,
    )  # fmt: skip
    ReportPrint.objects.create(report=report, count=count, version=version)
    raised_by = User.objects.exclude(pk=keeper.pk).order_by("username")[0]
    DataIssue.objects.create(
        report=report, count=count, words="Niveau 1?", raised_by=raised_by,
        hold=CaseHold.objects.create(case=case, attachment=attachment, words="Niveau 1?", raised_by=raised_by),
        follow_up=FollowUp.objects.create(case=case, words="Ret tallene", owner_role="Chef", given_by=raised_by),
    )  # fmt: skip


def _figures(body: Body, users: dict[str, User]) -> None:
    """Figures of the body: some that wait for a second person, and some that are out."""
    whose = {"authority_id": body.authority_id, "body_id": body.pk}
    of_days = {"kind": "equality", "period_start": localdate(), "period_end": localdate()}
    FiguresPreparation.objects.create(**whose, **of_days, title="Tal", digest="0" * 64, prepared_by=users["caseworker"])
    row = PublicFigures.objects.create(
        **of_days, authority=body.authority.name, figures_id=uuid4(), number=1, title="Tal", slug="tal",
        sha256="0" * 64, document="{}", released_at=now(),
    )  # fmt: skip
    FiguresRecord.objects.create(
        **whose, release_id=row.pk, figures_id=row.figures_id, prepared_by=users["caseworker"],
        released_by=users["director"], sha256="0" * 64, document="{}",
    )  # fmt: skip


def _policy(unit: Unit, users: dict[str, User]) -> None:
    """A guideline of the unit with a file, approved before this system, and the requirement that it answers."""
    authority, content = unit.authority, b"Retningslinjer"
    document = Document.objects.create(authority=authority, title="Retningslinjer")
    file = DocumentVersion.objects.create(
        document=document, number=1, sha256=storage.house().put(content), name="retningslinjer.txt",
        size=len(content), media_type="text/plain",
    )  # fmt: skip
    policy = Policy.objects.create(authority=authority, name="Retningslinjer", tier="guideline", unit=unit)
    version = PolicyVersion.objects.create(
        policy=policy, number=1, title="Retningslinjer", file=file, valid_from=date(2021, 1, 27)
    )
    PolicyApproval.objects.create(
        version=version, stated_body="Direktionen", stated_on=date(2021, 1, 27), source="Protokol",
        recorded_by=users["caseworker"],
    )  # fmt: skip
    requirement = Requirement.objects.create(authority=authority, set="own", code="1", words="Noget")
    Evidence.objects.create(requirement=requirement, version=version)


def _goals(unit: Unit, keeper: User) -> None:
    """A local goal, an area, and one of each kind of work; the project is the unit's."""
    authority = unit.authority
    LocalGoal.objects.create(authority=authority, name="Rent vand", valid_from=date(2024, 1, 1))
    PolicyArea.objects.create(authority=authority, name="Miljø")
    project = Project.objects.create(authority=authority, name="Vådområder", unit=unit)
    ProjectNote.objects.create(project=project, on=date(2024, 1, 1), state="running", author=keeper)
    indicator = Indicator.objects.create(
        authority=authority, name="Kvælstof", source="Måling", better="lower", unit=unit
    )
    IndicatorValue.objects.create(
        indicator=indicator, period="2023", on=date(2023, 12, 31), value=1, version=1, author=keeper
    )
    IndicatorLink.objects.create(indicator=indicator, project=project, on=date(2024, 1, 1), author=keeper)
    partnership = Partnership.objects.create(authority=authority, name="Søens venner", partners=["Foreningen"])
    Involvement.objects.create(authority=authority, name="Borgermøde", form="meeting")
    WorkLink.objects.create(partnership=partnership, to_project=project, author=keeper)
    PracticeExample.objects.create(
        authority=authority, project=project, title="Lodsejere", why="Alle kom med", learning="Spørg først",
        contact_role="Naturchef", author=keeper,
    )  # fmt: skip


def _council(authority: Authority, users: dict[str, User]) -> None:
    """Two members of the council without a seat in the body: one by her role, one by her seat."""
    council = Body.objects.create(
        authority=authority, kind=BodyKind.COUNCIL, name="Kommunalbestyrelsen", code="KB", publish_policy="minutes"
    )
    Appointment.objects.create(user=users["councillor"], role=Role.MEMBER, body=council)
    person = Person.objects.create(authority=authority, name="Karla Eng", user=users["granted"])
    Seat.objects.create(body=council, person=person)


def _room(meeting: Meeting, item: AgendaItem, world: World, state: str) -> dict[str, Model]:
    """What happened at the item in the room; nobody has opened the meeting."""
    person, other = Person.objects.get(name="Ulla Skov"), Person.objects.get(name="Karla Eng")
    return {
        "proposal": Proposal.objects.create(item=item, words=word("proposal", state)),
        "poll": Poll.objects.create(meeting=meeting, item=item, position=1, method="show", opened_at=now()),
        "turn": Turn.objects.create(item=item, name="En gæst", position=1),
        "stretch": Presence.objects.create(meeting=meeting, person=person, since=now()),
        "substitution": Substitution.objects.create(
            meeting=meeting, item=item, kind="conflict", absent=person, substitute=other
        ),
    }


def _grant(world: World, item: AgendaItem, state: str) -> AccessRequest:
    """Granted in every state: what is not sent stays shut in spite of it."""
    return AccessRequest.objects.create(
        item=item, user=world.users["granted"], granted=True, reason=word("wish", state), answer=word("reply", state),
        answered_by=world.users["secretary"], answered_at=now(),
    )  # fmt: skip


def _everywhere(world: World) -> dict[str, Model]:
    """Rows that are the same in every state."""
    return {
        "body": world.body,
        "unit": world.unit,
        "level": ApprovalLevel.objects.get(unit=world.unit),
        "template": PresentationTemplate.objects.get(body=world.body),
        "standing": StandingItem.objects.get(body=world.body),
        "rule": PlanRule.objects.get(body=world.body),
        "matter": MemberProposal.objects.get(body=world.body),
        "authority": world.body.authority,
        "policy": Policy.objects.get(),
        "policy version": PolicyVersion.objects.get(),
        "policy approval": PolicyApproval.objects.get(),
        "requirement": Requirement.objects.get(),
        "evidence": Evidence.objects.get(),
        "local goal": LocalGoal.objects.get(),
        "area": PolicyArea.objects.get(),
        "project": Project.objects.get(),
        "indicator": Indicator.objects.get(),
        "figure": IndicatorValue.objects.get(),
        "indicator link": IndicatorLink.objects.get(),
        "project note": ProjectNote.objects.get(),
        "partnership": Partnership.objects.get(),
        "involvement": Involvement.objects.get(),
        "work link": WorkLink.objects.get(),
        "example": PracticeExample.objects.get(),
        "headcount": Count.objects.get(),
        "headcount finding": CountFinding.objects.get(),
        "scheme": Scheme.objects.get(),
        "target": Target.objects.get(),
        "data issue": DataIssue.objects.get(),
        "figures prepared": FiguresPreparation.objects.get(),
        "figures released": PublicFigures.objects.get(),
        "entry": WheelEntry.objects.get(),
        "entry taken off": WheelEntry.history.get(withdrawn_at__isnull=False),
        "occurrence": Occurrence.objects.get(entry__withdrawn_at=None),
    }


def _case(world: World, state: str, rows: dict[str, Model]) -> Case:
    """An analysis of the unit on its way to the body, with everything that a case may hold."""
    writer = world.users["caseworker"]
    shut = {"access": "closed", "ground": "tender"} if state in CLOSED else {"access": "open"}
    facts: dict[str, Any] = {
        "authority": world.body.authority,
        "unit": world.unit,
        "caseworker": writer,
        "kind": "analysis",
    }
    case = Case.objects.create(title=f"Sag i tilstanden {state}", **facts, **shut)
    other = Case.objects.create(title="Beslægtet sag", **facts)
    rows["case"] = case
    rows["goal tag"] = GoalTag.objects.create(
        case=case, goal=8, relevance="primary", direction="counters", reason=word("goal", state), author=writer
    )
    rows["not relevant"] = NotRelevant.objects.create(case=case, reason="Ingen", author=writer)
    rows["relation"] = CaseRelation.objects.create(case=case, other=other)
    PathStep.objects.create(case=case, body=world.body, position=1, purpose="decision")
    old = _version(case, world, None, word("oldtext", state), shut)
    Presentation.objects.filter(pk=old.pk).update(frozen_at=now(), frozen_by="replaced")
    draft = _version(case, world, old, word("text", state), shut)
    rows["version"], rows["section"] = draft, draft.sections.get()
    draft.sections.get().points.create(position=1, verb="approve", text=f"at {word('point', state)}")
    for side in ("grant", "coverage"):
        _line(draft, side, state)
    remark = Remark.objects.create(
        case=case, presentation=draft, text=word("remark", state), author=world.users["approver"]
    )
    rows["remark"] = remark
    rows["task"] = ChangeTask.objects.create(
        remark=remark, owner=writer, given_by=writer, due_on=localdate(), text=word("task", state)
    )
    rows["hearing"] = Hearing.objects.create(
        case=case, body=Body.objects.get(code="ÆR"), concern="other", asked_on=localdate(), answer_by=localdate(),
        answered_on=localdate(), asked_by=writer, question=word("question", state), answer=word("answer", state),
    )  # fmt: skip
    Analysis.objects.create(case=case, purpose=word("purpose", state))
    rows["copy"] = ReviewCopy.objects.create(
        case=case, reader=world.users["reader"], asked_by=writer, message=word("message", state)
    )
    _attachment(case, state, rows)
    _approval(draft, state, world.users)
    return case


def _version(case: Case, world: World, old: Presentation | None, text: str, shut: dict[str, str]) -> Presentation:
    version = Presentation.objects.create(
        case=case, replaces=old, number=2 if old else 1, body=world.body, item_kind="B", created_by=case.caseworker
    )
    Section.objects.create(
        presentation=version, position=1, kind="recommendation", heading="Indstilling", html=f"<p>{text}</p>", **shut
    )
    return version


def _line(draft: Presentation, side: str, state: str) -> None:
    kind = "supplementary" if side == "grant" else ""
    draft.appropriations.create(position=1, side=side, kind=kind, account=word("account", state), year=2027, amount=1)


def _attachment(case: Case, state: str, rows: dict[str, Model]) -> None:
    content = word("bytes", state).encode()
    document = Document.objects.create(authority=case.authority, title=word("filetitle", state))
    version = DocumentVersion.objects.create(
        document=document, number=1, sha256=storage.house().put(content), name=f"{word('filename', state)}.txt",
        size=len(content), media_type="text/plain",
    )  # fmt: skip
    Examination.objects.create(version=version, scan="clean", finished_at=now())
    rows["paper"] = CaseAttachment.objects.create(
        case=case, file=document, position=1, title=word("filetitle", state), access="closed", ground="internal"
    )


def _approval(draft: Presentation, state: str, users: dict[str, User]) -> None:
    said: Iterable[tuple[str, int, str]] = ()
    if state != "draft":
        said = (("submitted", 0, "caseworker"),)
    if state not in ("draft", "approval"):
        said = (*said, ("approved", 1, "approver"), ("approved", 0, "approver"))
    for number, (verdict, level, by) in enumerate(said, start=1):
        ApprovalEvent.objects.create(
            presentation=draft, verdict=verdict, level=level, by=users[by], number=number, digest="0" * 64,
            comment=word("comment", state),
        )  # fmt: skip


def _on_agenda(world: World, case: Case, state: str, rows: dict[str, Model], day: date) -> None:
    """The case on an agenda; sent, and decided, as the state says. The conflicted member is noted at the item."""
    secretary = world.users["secretary"]
    meeting = Meeting.objects.create(body=world.body, held_on=day)
    closing = word("reason", state) if state in CLOSED else ""
    item = put_on_agenda(
        case, meeting=meeting, closing_reason=closing, public_title="Et punkt", anyway=True, actor=secretary
    )
    part = Case.objects.create(authority=case.authority, title="Delsag")
    subitem = put_on_agenda(part, meeting=meeting, parent=item, anyway=True, actor=secretary)
    gone = AgendaItem.objects.create(
        meeting=meeting, case=part, position=9, title="Taget af", access="open", withdrawn_at=now()
    )
    note_conflict(item, person=world.users["conflicted"].person, actor=secretary)
    if state != "placed":
        meeting = send_agenda(meeting, anyway=True, actor=secretary)
    if state == "decided":
        text, dissent = word("decision", state), word("dissent", state)
        record_decision(item, text=text, outcome="approved", seen=0, dissent=dissent, actor=secretary)
    rows |= {
        "meeting": meeting,
        "item": AgendaItem.objects.get(pk=item.pk),
        "subitem": subitem,
        "request": _grant(world, item, state),
        "taken off": gone,
        "urgent": UrgentDecision.objects.create(
            body=world.body,
            case=part,
            decided_by=world.users["conflicted"].person,
            decided_on=day,
            ground="Hast.",
            html="<p>Ja.</p>",
            recorded_by=secretary,
        ),
        "attachment": item.attachments.get(),
        **_room(meeting, item, world, state),
        "supplement": AgendaVersion.objects.create(meeting=meeting, number=9, sent_by=secretary, sent_at=now()),
        "packet": Packet.objects.create(meeting=meeting, ordered_by=secretary),
        "hold": CaseHold.objects.create(case=case, words="Et tal er forkert.", raised_by=secretary),
        "follow_up": FollowUp.objects.create(
            case=case,
            body=world.body,
            item=item,
            words=word("followup", state),
            owner_role="Leder",
            unit=world.unit,
            reports_to=world.body,
            given_by=secretary,
        ),
        **_briefing(world, item, state),
        "preparation": Preparation.objects.create(
            meeting_id=meeting.pk, kind="agenda", digest="0" * 64, prepared_by=secretary
        ),
    }
    if state == "sent":
        rows["finding"] = GateFinding.objects.create(
            preparation_id=rows["preparation"].pk,
            key="0" * 64,
            item_id=item.pk,
            attachment_id=rows["attachment"].pk,
            kind="cpr",
            where="text",
            page=1,
            digest="0" * 64,
        )
        director = world.users["director"]
        rows["release"] = release_meeting(meeting, kind="agenda", prepared_by=secretary, released_by=director)
        rows["withdrawn"] = _withdrawn(world, case, day)


def _briefing(world: World, item: AgendaItem, state: str) -> dict[str, Model]:
    """Månedsgrebet at the item, with a card and a talk of the conflicted member; the talk hangs on no case."""
    person = Person.objects.get(name="Ulla Skov")
    briefing = CycleBriefing.objects.create(body=world.body, cycle=f"2020-0{STATES.index(state) + 1}", item=item)
    card = BriefingCard.objects.create(briefing=briefing, director=person, theme="Et tema")
    card.cases.add(item.case)
    talk = Talk.objects.create(
        authority=world.body.authority, body=world.body, speaker=person, theme="Et oplæg", hook="goal", card=card
    )
    return {"briefing": briefing, "card": card, "talk": talk}


def _withdrawn(world: World, case: Case, day: date) -> Release:
    """A release of another meeting of the body, taken back: it has a breach checklist."""
    secretary, director = world.users["secretary"], world.users["director"]
    meeting = Meeting.objects.create(body=world.body, held_on=day + timedelta(days=100))
    other = Case.objects.create(authority=case.authority, title="Tilbagekaldt sag")
    AgendaItem.objects.create(meeting=meeting, case=other, position=1, number="1", title="Et punkt", access="open")
    release = release_meeting(meeting, kind="agenda", prepared_by=secretary, released_by=director)
    return withdraw_release(release.pk, reason="Forkert bilag.", actor=secretary)
