"""Indicators of the demo: eight series brought in from files, a figure that was corrected, and decisions that were to move some."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef

from sagsgang.accounts.models import User
from sagsgang.documents.tables import number_of, read_sheet
from sagsgang.goals.actions.indicator_series import FileFacts, digest_of, import_figures, standing_of, write_figure
from sagsgang.goals.actions.indicators import IndicatorFacts, add_indicator, link_indicator
from sagsgang.goals.models import Indicator, LocalGoal, PolicyArea, Project
from sagsgang.goals.rules.periods import period_of
from sagsgang.goals.rules.series import columns_of, figures_of
from sagsgang.meetings.models import AgendaItem, Decision
from sagsgang.site.demo_doors.hall import Hall


@dataclass(frozen=True, slots=True)
class Told:
    """An indicator as the demo tells it: figures from the oldest to the newest, of periods that end before today.

    `target` is to be reached so many years ahead. `decided` are the policy areas of the matters whose newest decisions were to
    move it, with what was expected; `project` one of the demo's projects.
    """

    name: str
    measures: str
    unit: str
    better: str
    source: str
    kind: str
    figures: str
    target: str
    ahead: int
    serves: tuple[str, ...]
    local: str
    area: str
    owner: str
    decimals: int = 1
    decided: tuple[tuple[str, str], ...] = ()
    project: str = ""


TOLD = (
    Told("CO₂-udledning pr. indbygger", "Udledningen fra energi, transport, landbrug og affald i kommunen, delt med antallet "
         "af indbyggere.", "ton", "lower", "Energi- og CO₂-regnskabet (opdigtede tal)", "year",
         "7,9 7,7 7,6 7,2 6,4 6,6 6,1 5,8 5,3", "3,5", 4, ("13", "7"), "En kommune på vej mod klimaneutralitet", "Klima",
         "Klimachef", decided=(("Klima", "0,3 ton mindre pr. indbygger"), ("Trafik", "færre korte bilture")),
         project="Skolernes grønne tage"),
    Told("Kvælstof til fjorden", "Kvælstof fra oplandet, målt ved åens udløb og rettet for nedbør.", "ton", "lower",
         "Vandrådets målinger (opdigtede tal)", "year", "412 405 431 398 391 377 380 362 351", "290", 5, ("6.6", "14"),
         "Rent vand i søer og fjord", "Miljø", "Naturchef", decimals=0,
         decided=(("Natur og vandområder", "12 ton mindre om året"), ("Natur og vådområder", "")),
         project="Vådområder langs åen"),
    Told("Unge uden job og uddannelse", "Unge mellem 15 og 24 år, som ved kvartalets udgang hverken er i job eller "
         "uddannelse.", "%", "lower", "Ungeregisteret (opdigtede tal)", "quarter",
         "8,4 8,6 8,1 7,9 7,7 7,9 7,2 7,0 6,8 6,9 6,5 6,1", "5", 3, ("8.6", "4.4"), "Arbejde og uddannelse til flere",
         "Uddannelse", "Leder af Ungeindsatsen", decided=(("Beskæftigelse", "100 flere unge i gang på to år"),),
         project="Unge i gang"),
    Told("Sygefravær blandt kommunens ansatte", "Sygedage i procent af de dage, som er aftalt. Barsel og barns sygedag er "
         "ikke talt med.", "%", "lower", "Lønsystemet (opdigtede tal)", "month",
         "5,9 6,4 6,1 5,6 5,2 5,0 4,4 4,9 5,3 5,6 5,5 5,7", "4,8", 1, ("8.8", "3"), "", "Sundhed", "HR-chef",
         decided=(("Personale", "et halvt procentpoint mindre"),)),
    Told("Ventetid på genoptræning", "Dage fra udskrivning til første træning, midterste borger.", "dage", "lower",
         "Sundhedsafdelingens opgørelse (opdigtede tal)", "quarter", "19 18 21 20 17 15 14 12 11 11", "7", 2, ("3.8",),
         "Sunde år hele livet", "Sundhed", "Sundhedschef", decimals=0, decided=(("Ældre", "en uge kortere ventetid"),),
         project="Genoptræning hjemme"),
    Told("Elever med højt fravær", "Elever, som er væk mere end ti procent af skoleåret.", "%", "lower",
         "Skolernes fraværstal (opdigtede tal)", "year", "14,8 15,2 17,9 16,4 15,9 15,1 14,2", "10", 3, ("4",),
         "Et liv i trivsel for alle børn", "Børn og skole", "Skolechef", decided=(("Børn og skole", ""),)),
    Told("Genanvendt husholdningsaffald", "Den del af affaldet fra husholdninger, som bliver til nye varer.", "%",
         "higher", "Affaldsregisteret (opdigtede tal)", "year", "31,2 33,5 36,1 38,8 44,9 47,3 50,1 49,6", "60", 4,
         ("12.5", "11.6"), "", "Miljø", "Forsyningschef", project="Fælles indkøb uden engangsplast"),
    Told("Indbyggere i landsbyerne", "Indbyggere ved årets udgang i byer med færre end 500.", "", "higher",
         "Folkeregisteret (opdigtede tal)", "year", "6.412 6.377 6.340 6.321 6.298 6.305 6.333 6.351 6.389 6.402", "6.600", 6,
         ("11.a",), "Levende landsbyer", "Bosætning", "Planchef", decimals=0,
         decided=(("Plan", "60 nye boliger"),), project="Bosætning i landsbyerne"),
)  # fmt: skip


def keep_indicators(hall: Hall) -> None:
    """Through the acts of the pages, each series from a file; nothing where there are indicators already."""
    authority, secretary = hall.body("DIR").authority, hall.secretary("DIR")
    if Indicator.objects.filter(authority=authority).exists():
        return
    for place, told in enumerate(TOLD):
        periods = list(_periods(told.kind, len(told.figures.split()), hall.today))
        indicator = _entered(hall, told, periods, secretary)
        _bring_in(indicator, told, periods, hall.today, secretary)
        _link(indicator, told, hall.today, secretary)
        if place == 1:
            standing = standing_of(indicator)[periods[4]]
            write_figure(
                indicator, period=periods[4], value=standing.value - 6, note="Rettet: en måling var talt med to gange.",
                actor=secretary,
            )  # fmt: skip


def _entered(hall: Hall, told: Told, periods: list[str], secretary: User) -> Indicator:
    authority = hall.body("DIR").authority
    first = _number(told.figures.split()[0])
    facts = IndicatorFacts(
        name=told.name, measures=told.measures, measured_in=told.unit, better=told.better, source=told.source,
        decimals=told.decimals, owner_role=told.owner, serves=told.serves,
        area=PolicyArea.objects.filter(authority=authority, name=told.area).first(),
        local_goals=list(LocalGoal.objects.filter(authority=authority, name=told.local)),
        baseline_value=first, baseline_on=period_of(periods[0]).on, target_value=_number(told.target),
        target_on=date(hall.today.year + told.ahead, 12, 31), is_public=True,
    )  # fmt: skip
    return add_indicator(authority, facts, actor=secretary)


def _bring_in(indicator: Indicator, told: Told, periods: list[str], today: date, secretary: User) -> None:
    rows = [f"{period};{figure};" for period, figure in zip(periods, told.figures.split(), strict=True)]
    content = "\r\n".join(["Periode;Værdi;Note", *rows]).encode("utf-8-sig")
    sheet = read_sheet(content)
    figures = figures_of(sheet, columns_of(sheet), measured_in=told.unit, today=today)
    file = FileFacts(f"{told.name}.csv", hashlib.sha256(content).hexdigest())
    seen = digest_of(standing_of(indicator).values())
    import_figures(indicator, figures, file, seen=seen, actor=secretary)


def _link(indicator: Indicator, told: Told, today: date, secretary: User) -> None:
    """The newest open decision of each area, and the project."""
    decided = Exists(Decision.objects.filter(item=OuterRef("pk")))
    for area, expected in told.decided:
        items = AgendaItem.objects.filter(
            decided, meeting__body__authority=indicator.authority_id, case__policy_area=area, withdrawn_at=None,
            access="open", parent=None, case__access="open", meeting__held_on__lte=today,
        ).select_related("meeting", "parent")  # fmt: skip
        item = items.order_by("-meeting__held_on", "position").first()
        if item is not None:
            link_indicator(indicator, item, on=None, expected=expected, actor=secretary)
    project = Project.objects.filter(authority=indicator.authority_id, name=told.project).first()
    if project is not None:
        link_indicator(indicator, project, on=project.starts_on, actor=secretary)


def _periods(kind: str, count: int, today: date) -> Iterator[str]:
    """So many periods that are over, the oldest first, as files write them."""
    for ago in range(count, 0, -1):
        if kind == "year":
            yield str(today.year - ago)
        elif kind == "quarter":
            at = today.year * 4 + (today.month - 1) // 3 - ago
            yield f"{at // 4}K{at % 4 + 1}"
        else:
            at = today.year * 12 + today.month - 1 - ago
            yield f"{at // 12}M{at % 12 + 1:02}"


def _number(words: str) -> Decimal:
    return number_of(words) or Decimal(0)
