"""What returns in the demo: the wheel with its duties, månedsgrebet with two directors' cards, and a short talk."""

from sagsgang.bodies.models import Seat
from sagsgang.meetings.models import Meeting
from sagsgang.site.demo_doors.hall import Hall
from sagsgang.wheel.actions import EntryFacts, StepWish, add_entry, seed_duties, turn_wheel
from sagsgang.wheel.actions.briefing import put_briefing
from sagsgang.wheel.actions.cards import CardFacts, add_card
from sagsgang.wheel.actions.occurrences import finish_occurrence
from sagsgang.wheel.actions.talks import TalkFacts, wish_talk
from sagsgang.wheel.actions.wishes import YearWishes, wish_body_year
from sagsgang.wheel.models import CycleBriefing, Occurrence, Talk, TalkHook, WheelEntry
from sagsgang.wheel.queries.year import year_of

# Title, rule, body, owner, and the bodies that a matter of it passes.
RETURNING: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("Budgetprocedure og tidsplan", "FREQ=YEARLY;BYMONTH=1;BYDAY=4TU", "KB", "Økonomichef", ("DIR", "ØK", "KB")),
    ("Budgetopfølgning pr. 31. marts", "FREQ=YEARLY;BYMONTH=4;BYDAY=-1TU", "", "Økonomichef", ("DIR", "ØK")),
    ("Budgetopfølgning pr. 31. august", "FREQ=YEARLY;BYMONTH=9;BYDAY=-1TU", "", "Økonomichef", ("DIR", "ØK")),
    ("Drøftelse af udvalgets budget", "FREQ=YEARLY;BYMONTH=6;BYDAY=2WE", "MTU", "Direktør for teknik", ()),
    ("Kvalitetsstandarder på ældreområdet", "FREQ=YEARLY;BYMONTH=11;BYDAY=2TH", "SSU", "Chef for sundhed", ()),
    ("Sygefravær og arbejdsmiljø", "FREQ=YEARLY;BYMONTH=2,8;BYDAY=2MO", "HU", "HR-chef", ()),
    ("Takster for det kommende år", "FREQ=YEARLY;BYMONTH=12;BYDAY=2TU", "", "Økonomichef", ("ØK", "KB")),
    ("Materiale til det politiske rul", "CYCLE;DAYS=-7", "DIR", "Sekretariatschef", ()),
)  # fmt: skip
DONE = "Kommunalbestyrelsens protokol, i arkivet (opdigtet)"
CARDS = (
    (
        "Flere borgere med hjemmehjælp end ventet",
        "Tallene fra første halvår er kommet.",
        "SSU",
        "Budgettet holder ikke.",
    ),
    (
        "Klimatilpasning i de lave bydele",
        "Vinteren nærmer sig, og to projekter er forsinket.",
        "MTU",
        "Oversvømmelser.",
    ),
)


def turn_the_year(hall: Hall) -> None:
    """The known duties and what returns besides, with the gange of this year and the next."""
    directorate = hall.body("DIR")
    authority, secretary = directorate.authority, hall.secretary("DIR")
    if not WheelEntry.history.filter(authority=authority).exists():
        seed_duties(authority, actor=secretary)
        for title, rule, code, owner, path in RETURNING:
            facts = EntryFacts(
                title=title,
                rule=rule,
                body=hall.body(code) if code else None,
                owner_role=owner,
                lead_days=60,
                steps=tuple(StepWish(hall.body(step), _purpose(step, path[-1])) for step in path),
            )
            add_entry(authority, facts, actor=secretary)
    for year in (hall.today.year, hall.today.year + 1):
        turn_wheel(authority, year=year, actor=secretary)
    _be_done(hall)


def _be_done(hall: Hall) -> None:
    """The duties of the year that are over are done, but for the newest one: it is overdue."""
    past = Occurrence.objects.filter(
        entry__authority=hall.desk.authority, entry__is_duty=True, day__lt=hall.today, dropped_at=None, gone_at=None
    )
    for row in past.order_by("-day", "pk")[1:]:
        if row.done_on is None:
            finish_occurrence(row, on=row.day, evidence=DONE, actor=hall.secretary("DIR"))


def _purpose(step: str, last: str) -> str:
    if step == last:
        return "decision"
    return "discussion" if step == "DIR" else "recommendation"


def brief(hall: Hall) -> None:
    """Månedsgrebet on the next agenda that opens a cycle, with the cards of two directors, and a talk that is wished."""
    directorate, secretary = hall.body("DIR"), hall.secretary("DIR")
    wish_body_year(directorate, YearWishes(briefs_cycles=True, attaches_wheel=True), actor=secretary)
    if CycleBriefing.objects.filter(body=directorate).exists():
        return
    briefing = _put_first(hall)
    directors = [seat.person for seat in Seat.objects.filter(body=directorate).on(hall.today).select_related("person")]
    if briefing is None or len(directors) < len(CARDS):
        return
    for director, (theme, why, committee, risk) in zip(directors, CARDS, strict=False):
        card = add_card(
            briefing,
            CardFacts(director=director, theme=theme, why_now=why, committee=hall.body(committee), risk=risk),
            actor=secretary,
        )
    if not Talk.objects.filter(body=directorate).exists():
        facts = TalkFacts(
            speaker=director,
            theme=theme,
            hook=TalkHook.POLICY,
            hook_words="Klimahandleplanen",
            note="Hvad vi ved.\nHvad vi ikke ved.\nHvad udvalget bliver spurgt om.",
        )
        wish_talk(directorate, facts, card=card, actor=secretary)


def _put_first(hall: Hall) -> CycleBriefing | None:
    """On the first meeting to come that opens a cycle and whose agenda can take it."""
    directorate, secretary = hall.body("DIR"), hall.secretary("DIR")
    for year in (hall.today.year, hall.today.year + 1):
        for cycle in year_of(directorate.authority, year, entries=()).plan.cycles:
            open_meetings = Meeting.objects.filter(
                body=directorate, held_on=cycle.start, held_on__gt=hall.today, cancelled_at=None, agenda_sent_at=None
            )
            if meeting := open_meetings.first():
                return put_briefing(meeting, cycle, actor=secretary)
    return None
