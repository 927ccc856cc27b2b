"""What has happened to each case so far: one story each, told with the acts that people have."""

from collections.abc import Callable
from datetime import date, time, timedelta

from sagsgang.bodies.calendar import deadline_days, is_working_day
from sagsgang.bodies.models import ClosingDay
from sagsgang.cases.actions.approval import give_review_copy, send_back, submit_for_approval
from sagsgang.cases.actions.attachments import edit_attachment, flag_attachments, stamp, supersede_attachment
from sagsgang.cases.actions.case import relate_cases
from sagsgang.cases.actions.hearings import ask_hearing, record_answer
from sagsgang.cases.actions.remarks import give_task, make_remark
from sagsgang.cases.models import Case, CaseAttachment, Concern, Section
from sagsgang.cases.permissions import levels_of
from sagsgang.cases.rules.path.route import lateness
from sagsgang.documents.access import Access, Ground
from sagsgang.meetings.actions import restore_meeting
from sagsgang.meetings.drafts import MeetingDraft
from sagsgang.meetings.models import MeetingKind
from sagsgang.site.demo.plan import PLACES
from sagsgang.site.demo_desk.analysis import analysed
from sagsgang.site.demo_desk.approving import approve
from sagsgang.site.demo_desk.desk import Desk


def with_faults(desk: Desk) -> None:
    """Being written: a decision told beforehand, an attachment that is not there, a point without *at*."""
    desk.write("spærringer")


def at_the_manager(desk: Desk) -> None:
    """Sent up, and waits for the manager; a colleague elsewhere reads along."""
    case = desk.write("heder")
    message = "Vil du se, om hegnene går fri af stien i lokalplanen?"
    give_review_copy(case, reader=desk.users["sagsbehandler-plan"], message=message, actor=desk.users["sagsbehandler"])
    submit_for_approval(
        case, comment="Borgerforeningen i Tværlund har ringet og er tilfreds med lågerne.", actor=desk.users["sagsbehandler"]
    )  # fmt: skip


def sent_back(desk: Desk) -> None:
    """The manager remarked on a passage, made a task of it, and sent the case back."""
    case = desk.write("sejlads")
    submit_for_approval(case, actor=desk.users["sagsbehandler"])
    manager = desk.users["chef-natur"]
    remark = make_remark(
        case,
        text="Det kan vi ikke vide. Skriv, hvad høringssvarene siger, og hvor mange der er imod.",
        section=_section(case, "Sagsfremstilling"),
        quote="Alle borgere er glade for forslaget.",
        actor=manager,
    )
    give_task(
        remark, owner=desk.users["sagsbehandler"], due_on=desk.after(5),
        text="Opgør svarene for og imod, og henvis til notatet.", actor=manager,
    )  # fmt: skip
    make_remark(
        case, text="Læg notatet med de 23 svar på sagen som bilag.", section=_section(case, "Høring"), quote="et notat",
        actor=manager,
    )  # fmt: skip
    comment = "God og klar sag. Ret de to steder, som jeg har skrevet bemærkninger til, og send den igen."
    send_back(case, comment=comment, level=levels_of(case.unit)[0].position, actor=manager)


def for_the_committee(desk: Desk) -> None:
    """Approved at every level, and waits for the committee's next agenda."""
    approve(desk.write("vejkanter"), comment="Flot. Husk skiltene på Tornstedvej.")


def with_a_collision(desk: Desk) -> None:
    """Approved; its finance committee meets so late that the council's material is only just in time."""
    case = desk.open("midtby")
    days = desk.proposed(case, "midtby")
    council = days[-1]
    assert council is not None
    extra = _too_close(desk, council)
    restore_meeting(
        desk.bodies["ØK"],
        MeetingDraft(held_on=extra, kind=MeetingKind.EXTRAORDINARY, starts=time(8, 0), place=PLACES["ØK"]),
        actor=desk.users["sekretær"],
    )
    desk.plan(case, "midtby", [*days[:-2], extra, council])
    desk.write_words(case, "midtby")
    relate_cases(case, other=desk.case("vejkanter"), note="Samme entreprise", actor=desk.users["sagsbehandler"])
    approve(case)


def _too_close(desk: Desk, council: date) -> date:
    """A day before the council on which a protocol can be ready only if Saturday counts (R5, R6)."""
    closed = frozenset(ClosingDay.objects.filter(authority=desk.authority).values_list("day", flat=True))
    deadlines = deadline_days(council, desk.bodies["KB"].agenda_days, closed)
    before = [council - timedelta(days=days) for days in range(1, 15)]
    working = [day for day in before if is_working_day(day, closed)]
    protocol = timedelta(days=desk.bodies["ØK"].protocol_days)
    only_just = [day for day in working if lateness(day + protocol, deadlines) == "warning"]
    too_late = [day for day in working if lateness(day + protocol, deadlines) == "error"]
    return (only_just or too_late[::-1])[0]


def closed(desk: Desk) -> None:
    """A purchase of land behind closed doors, half-way through its approval."""
    case = desk.write("bassin")
    for attachment in case.attachments.all():
        _edit(desk, attachment, title_is_public=False)
    approve(case, levels=1)


def with_many_files(desk: Desk) -> None:
    """Twelve attachments: one closed, one replaced by another, one that stays off the web."""
    case = desk.write("vådområde")
    files = {row.title: row for row in case.attachments.all()}
    for number, title in enumerate(files, start=1):
        document = {
            "document_id": str(3_700_400 + 7 * number),
            "document_number": f"{41_200 + 13 * number}/{desk.today:%y}",
        }
        _edit(desk, files[title], mark="H", **document)
    agreements = files["Foreløbige aftaler med lodsejere"]
    agreements.refresh_from_db()
    _edit(
        desk, agreements, access=Access.CLOSED, ground=Ground.PERSONAL, document_id="", document_number="", mark="",
        public_title="Aftaler", title_is_public=True,
    )  # fmt: skip
    supersede_attachment(
        files["Oversigtskort over projektområdet"], by=files["Oversigtskort med rettet projektgrænse"],
        actor=desk.users["sagsbehandler"],
    )  # fmt: skip
    birds = files["Registrering af fugle"].pk
    flag_attachments(case, pks=[birds], flag="on_web", on=False, actor=desk.users["sagsbehandler"])


def _edit(desk: Desk, attachment: CaseAttachment, **changed: object) -> None:
    names = (
        "title", "document_id", "document_number", "mark", "access", "ground", "public_title", "title_is_public",
        "in_packet", "on_web",
    )  # fmt: skip
    facts = {name: getattr(attachment, name) for name in names} | changed
    assert attachment.case.caseworker is not None
    edit_attachment(attachment, seen=stamp(attachment), actor=attachment.case.caseworker, **facts)


def with_a_reader(desk: Desk) -> None:
    """Read and remarked on by somebody of another unit; one council has answered."""
    case = desk.open("lokalplan")
    planner, reader = desk.users["sagsbehandler-plan"], desk.users["sagsbehandler"]
    hearing = ask_hearing(
        case, body=desk.bodies["HCR"], concern=Concern.DISABILITY,
        question="Rådet bedes udtale sig om adgangen til boligerne og om stierne.", answer_by=desk.after(14), actor=planner,
    )  # fmt: skip
    answer = "Handicaprådet er tilfreds med kravet om adgang uden trin og ønsker ledelinjer på hovedstien."
    record_answer(hearing, answer=answer, answered_on=desk.today, actor=planner)
    desk.plan(case, "lokalplan")
    desk.write_words(case, "lokalplan")
    message = "Stemmer afstanden til bækken med åbeskyttelseslinjen?"
    give_review_copy(case, reader=reader, message=message, actor=planner)
    make_remark(
        case, text="Afstanden er rigtig, men skriv også, at brinken ikke må hæves.",
        section=_section(case, "Sagsfremstilling"), quote="ikke bygges nærmere end 30 meter fra bækken", actor=reader,
    )  # fmt: skip


def asked_the_elders(desk: Desk) -> None:
    """The elders' council has been asked; the path waits for its answer."""
    case = desk.open("rehabilitering")
    ask_hearing(
        case, body=desk.bodies["ÆR"], concern=Concern.ELDERLY, question=desk.scripts["rehabilitering"].question,
        answer_by=desk.after(21), actor=desk.users["sagsbehandler-ældre"],
    )  # fmt: skip
    desk.plan(case, "rehabilitering")
    desk.write_words(case, "rehabilitering")


def without_a_hearing(desk: Desk) -> None:
    """It concerns the elderly and people with disabilities, and nobody has been asked."""
    desk.write("mad")


def out_of_balance(desk: Desk) -> None:
    """An economy block that does not balance yet: part of the appropriation has no coverage."""
    desk.write("faglokaler")


def collected(desk: Desk) -> None:
    """A collective case with four sub-matters, each with its own text, path and caseworker."""
    desk.write("øvrige")
    approve(desk.write("sikkerhed"))
    desk.write("forløb")
    submit_for_approval(desk.write("sygefravær"), actor=desk.users["hr"])
    desk.write("trepart")


def _section(case: Case, heading: str) -> Section:
    return Section.objects.select_related("presentation").get(presentation__case=case, heading=heading)


# The key of the case that a story begins with, and the story: in this order.
STORIES: tuple[tuple[str, Callable[[Desk], None]], ...] = (
    ("spærringer", with_faults),
    ("heder", at_the_manager),
    ("sejlads", sent_back),
    ("vejkanter", for_the_committee),
    ("midtby", with_a_collision),
    ("vådområde", with_many_files),
    ("naturdrift", analysed),
    ("bassin", closed),
    ("lokalplan", with_a_reader),
    ("rehabilitering", asked_the_elders),
    ("mad", without_a_hearing),
    ("faglokaler", out_of_balance),
    ("øvrige", collected),
)
