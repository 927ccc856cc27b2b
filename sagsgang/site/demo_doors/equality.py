"""Equality in the demo: schemes, three yearly headcounts, the case of the newest, its correction, and two targets."""

from datetime import date, timedelta

from sagsgang.equality.actions import (
    CountFacts,
    ReportFacts,
    TargetFacts,
    accept_finding,
    keep_count,
    make_report,
    raise_issue,
    renew_report,
    seed_schemes,
    set_target,
    sign_off,
)
from sagsgang.equality.models import Count, Report, Scheme, Target
from sagsgang.equality.reading import read_headcount
from sagsgang.followups.actions import FollowUpFacts
from sagsgang.site.demo.payroll import payroll
from sagsgang.site.demo_doors.hall import Hall

COUNTS = 3  # years
SOURCE = "Lønsystemet (opdigtede ansatte)"
PATH = (("DIR", "discussion"), ("HU", "discussion"), ("ØK", "recommendation"), ("KB", "decision"))
PURPOSES = """følge udviklingen i kommunens ledelse
vise, hvor langt der er til måltallene
samle god praksis"""
# By the number of the check.
WHY = {
    7: "Der har været flere ansættelser end normalt. Hver af dem er set efter.",
    8: "Tallene er set efter og rigtige.",
    10: "Forskellen er de seks daglige ledere, som manglede på niveau 3.",
}
WRONG = "Seks daglige ledere i Dagtilbud Åen er talt med som medarbejdere. De hører til på niveau 3."
MEND = "Træk tallene igen, når de seks daglige ledere står som ledere i lønsystemet."
# Level, sex, number, share and what is done about it.
TARGETS = (
    (1, "k", 3, 50, "Ledige stillinger i direktionen slås åbent op."),
    (2, "m", 6, 40, "Der er både kvinder og mænd blandt dem, der indkaldes til samtale."),
)
DECIDED = "Kommunalbestyrelsen, før Sagsgang blev taget i brug (opdigtet)"


def keep_equality(hall: Hall) -> None:
    """Once: what somebody has begun stays."""
    authority, hr = hall.desk.authority, hall.user("hr")
    if not Scheme.objects.filter(authority=authority).exists():
        seed_schemes(authority, actor=hr)
    if not Target.history.filter(authority=authority).exists():
        for level, sex, number, share, status in TARGETS:
            facts = TargetFacts(
                level=level, sex=sex, number=number, share=share, due_on=date(hall.today.year + 2, 12, 31),
                status=status, decided_words=DECIDED,
            )  # fmt: skip
            set_target(authority, facts, actor=hr)
    if not Count.objects.filter(authority=authority).exists():
        counts = [_counted(hall, years_ago, lacks_leaders=not years_ago) for years_ago in range(COUNTS - 1, -1, -1)]
        _report(hall, counts[-1])


def counted_on(today: date, years_ago: int = 0) -> date:
    """The day of the count: the first of May, when the newest extract has been looked through."""
    newest = date(today.year, 5, 1)
    if today - newest < timedelta(days=14):
        newest = newest.replace(year=newest.year - 1)
    return newest.replace(year=newest.year - years_ago)


def _counted(hall: Hall, years_ago: int, *, lacks_leaders: bool = False) -> Count:
    """A file is brought in, what the checks found is answered, and the figures are signed off."""
    hr, day = hall.user("hr"), counted_on(hall.today, years_ago)
    facts = CountFacts(snapshot_on=day, source_system=SOURCE, extracted_on=day + timedelta(days=3))
    file = payroll(hall.desk.town, on=day, years_ago=years_ago, lacks_leaders=lacks_leaders)
    count = keep_count(hall.desk.authority, facts, read_headcount(file), actor=hr)
    for finding in count.findings.all():
        if reason := WHY.get(finding.check_number):
            accept_finding(finding, reason=reason, actor=hr)
    return sign_off(count, actor=hr)


def _report(hall: Hall, count: Count) -> None:
    hr, day = hall.user("hr"), count.snapshot_on
    facts = ReportFacts(
        title=f"Status for ligestilling i ledelsen {day.year}", purposes=PURPOSES, unit=hall.desk.units["HRP"],
        period_from=day.replace(year=day.year - 1), period_to=day - timedelta(days=1),
    )  # fmt: skip
    report = make_report(count, facts, actor=hr)
    hall.desk.lay_path(report.case, PATH, actor=hr)


def mend_equality(hall: Hall) -> None:
    """The secretary sees an error in the figures that are out; the case is held until HR has brought in what is right."""
    report = Report.objects.filter(authority=hall.desk.authority).order_by("-snapshot_on").first()
    if report is None or report.issues.exists():
        return
    hr, directorate = hall.user("hr"), hall.body("DIR")
    facts = FollowUpFacts(
        words=MEND, owner_role="HR-chef", owner=hr, before_step=report.case.path.get(body=directorate),
        reports_to=directorate,
    )  # fmt: skip
    issue = raise_issue(report, wrong=WRONG, facts=facts, level=3, actor=hall.secretary("DIR"))
    renew_report(_counted(hall, 0), mends=[issue.pk], actor=hr)
