"""The story of the analysis: the directorate discussed it, and its remarks became changes in a new version."""

from datetime import date, time, timedelta
from decimal import Decimal

from sagsgang.bodies.calendar import is_working_day
from sagsgang.cases.actions.analysis import AnalysisFacts, save_analysis
from sagsgang.cases.actions.remarks import answer_remark, finish_task, give_task, make_remark
from sagsgang.cases.actions.versions import begin_draft
from sagsgang.cases.models import Case, Remark, Section
from sagsgang.meetings.actions import put_on_agenda, record_decision, restore_meeting, send_agenda
from sagsgang.meetings.drafts import MeetingDraft
from sagsgang.meetings.models import Meeting, MeetingKind, Outcome
from sagsgang.site.demo.plan import PLACES
from sagsgang.site.demo_desk.approving import approve
from sagsgang.site.demo_desk.desk import Desk

KEY = "naturdrift"
TEXT = "Sagsfremstilling"
SAVING = "Besparelsen er anslået til 740.000 kr. om året."
IDLE = "syv af de 19 store maskiner står stille mere end 200 dage om året"
GAIN = "kan stier og vejkanter i samme område passes på samme dag"


def analysed(desk: Desk) -> None:
    """Written, approved, treated by the directorate at a meeting of its own, and changed afterwards."""
    case = desk.open(KEY)
    held_on = _last_working_day(desk.today)
    later = desk.proposed(case, KEY)[1:]
    desk.plan(case, KEY, [held_on, *later])
    desk.write_words(case, KEY)
    _state(case, desk)
    approve(case)
    _treat(desk, case, held_on)
    _change(desk, case)


def _state(case: Case, desk: Desk) -> None:
    facts = AnalysisFacts(
        purpose="At vise, om naturplejen og vejdriften kan dele maskiner, værksted og bemanding uden ringere service.",
        expected_amount=Decimal(740_000),
        expected_benefit="Stier, rabatter og grønne områder i samme kvarter passes på samme dag, og borgerne har ét sted "
        "at henvende sig.",
        budget_year=desk.today.year + 2,
        owner=desk.users["chef-natur"],
        themes=("Fælles maskinpark", "Ét værksted", "Planlægning af sæsonarbejde"),
    )
    save_analysis(case, facts, seen="", actor=desk.users["sagsbehandler"])


def _last_working_day(today: date) -> date:
    return next(day for day in (today - timedelta(days=n) for n in range(14)) if is_working_day(day))


def _treat(desk: Desk, case: Case, held_on: date) -> None:
    """An extraordinary meeting of the directorate with this one matter."""
    secretary = desk.users["sekretær"]
    draft = MeetingDraft(
        held_on=held_on, kind=MeetingKind.EXTRAORDINARY, starts=time(8, 0), ends=time(9, 0), place=PLACES["DIR"]
    )
    meeting: Meeting = restore_meeting(desk.bodies["DIR"], draft, actor=secretary).meeting
    reason = "Analysen skal være drøftet, inden budgetmaterialet går videre til udvalgene."
    item = put_on_agenda(case, meeting=meeting, late_reason=reason, actor=secretary)
    send_agenda(meeting, anyway=True, actor=secretary)  # the worker has not looked through the file yet
    words = "Direktionen drøftede analysen.\nAnalysen tilrettes på baggrund af bemærkningerne, inden den går videre."
    record_decision(item, text=words, outcome=Outcome.DISCUSSED, seen=0, actor=secretary)


def _change(desk: Desk, case: Case) -> None:
    """Three remarks become tasks, of which two are done in a new version; a fourth is answered."""
    writer, manager = desk.users["sagsbehandler"], desk.users["chef-natur"]
    saving = _remark(desk, case, "direktør-teknik", SAVING, "Hvor meget er drift, og hvor meget er sparet anskaffelse?")
    idle = _remark(desk, case, "kommunaldirektør", IDLE, "Skriv, hvilke måneder det drejer sig om.")
    staff = _remark(
        desk, case, "direktør", GAIN, "Hvad betyder det for medarbejderne? Hovedudvalget skal kunne se det."
    )
    other = _remark(desk, case, "direktør", "", "Kan Egekøbing Havn indgå i fællesskabet?")
    answer_remark(
        other, answer="Havnen har sin egen bestyrelse og kan først tilbydes det i en senere fase.", actor=manager
    )
    first = give_task(
        saving, owner=writer, due_on=desk.after(4), text="Del beløbet i drift og anskaffelse.", actor=manager
    )
    second = give_task(idle, owner=writer, due_on=desk.after(4), text="Angiv månederne.", actor=manager)
    give_task(staff, owner=writer, due_on=desk.after(9), text="Skriv et afsnit om medarbejderne.", actor=manager)
    draft = begin_draft(case, actor=writer)
    desk.rewrite(
        draft, TEXT, old=SAVING, actor=writer,
        new="Besparelsen er anslået til 740.000 kr. om året, heraf 460.000 kr. til anskaffelser og 280.000 kr. til drift.",
    )  # fmt: skip
    desk.rewrite(draft, TEXT, old=IDLE, new=f"{IDLE}, især fra november til marts", actor=writer)
    finish_task(first, note="Beløbet er delt efter regnskabet for de seneste tre år.", actor=writer)
    finish_task(second, note="Månederne er skrevet ind.", actor=writer)


def _remark(desk: Desk, case: Case, by: str, quote: str, text: str) -> Remark:
    step = case.path.get(body=desk.bodies["DIR"])
    section = Section.objects.select_related("presentation").get(
        presentation__case=case, presentation__replaced_by=None, heading=TEXT
    )
    return make_remark(case, text=text, section=section, quote=quote, step=step, actor=desk.users[by])
