"""Goals of the demo: local goals and areas, projects with partners and citizens, and half of the cases assessed."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.cases.models import Case
from sagsgang.goals.actions import (
    Assessment,
    InvolvementFacts,
    LocalGoalFacts,
    PartnershipFacts,
    ProjectFacts,
    add_area,
    add_local_goal,
    add_project_note,
    add_work,
    ask_for_goals,
    assess_goal,
    lay_in_areas,
    link_work,
)
from sagsgang.goals.models import LocalGoal, Project
from sagsgang.goals.rules import parse_goal
from sagsgang.meetings.models import AgendaItem, Decision
from sagsgang.site.demo_doors.hall import Hall

# Name, what it serves, and the words of it.
LOCAL: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Et liv i trivsel for alle børn", ("3", "4"), "Hvert barn har venner, lærer noget og kan lide at gå i skole."),
    ("Sunde år hele livet", ("3",), "Flere ældre klarer sig selv, og færre venter på genoptræning."),
    ("Rent vand i søer og fjord", ("6.6", "14", "15.1"), "Søer og fjord er i god tilstand senest i 2033."),
    ("En kommune på vej mod klimaneutralitet", ("7", "13"), "Udledningen er halveret i 2030."),
    ("Levende landsbyer", ("11",), "Der er liv, bosætning og fællesskaber uden for de store byer."),
    ("Arbejde og uddannelse til flere", ("4", "8", "10"), "Alle unge er i gang, og virksomhederne kan finde folk."),
)  # fmt: skip

# Areas beyond the usual ones, with the goals that their matters usually touch.
MORE_AREAS = (
    ("Børn og skole", (4,)),
    ("Klima", (13, 7)),
    ("Trafik", (11, 13)),
    ("Kultur og fritid", (11,)),
    ("Ældre", (3,)),
)

# By the policy area of a case: what it usually furthers, and what it may counter.
TOUCHES: dict[str, tuple[str, str]] = {
    "Børn og skole": ("4", "10"), "Skoler": ("4", "12"), "Kultur og fritid": ("11.4", ""), "Ældre": ("3", "10"),
    "Trafik": ("11.2", "13"), "Veje og trafik": ("9.1", "13"), "Klima": ("13", ""), "Miljø": ("12.5", ""),
    "Natur og vandområder": ("6.6", ""), "Natur og vådområder": ("15.1", "8"), "Plan": ("11.3", "15"),
    "Plan og byggeri": ("11.3", "12"), "Byggeri": ("11", "12"), "Ejendomme": ("7.3", ""), "Sundhed": ("3", ""),
    "Social og handicap": ("10.2", ""), "Beskæftigelse": ("8.5", ""), "Erhverv": ("8", "13"), "Økonomi": ("16.6", "4"),
    "Landdistrikter": ("11.a", ""), "Bosætning": ("11", "15"), "Forsyning": ("6", ""), "Udbud": ("12.7", ""),
    "Personale": ("8.8", ""), "Idræt og fritid": ("3", "13"), "Kultur": ("11.4", ""), "IT og informationssikkerhed": ("16", ""),
}  # fmt: skip
FURTHERS_LOCAL = {
    "Børn og skole": 0, "Skoler": 0, "Ældre": 1, "Sundhed": 1, "Natur og vandområder": 2, "Natur og vådområder": 2,
    "Klima": 3, "Bosætning": 4, "Landdistrikter": 4, "Kultur og fritid": 4, "Beskæftigelse": 5, "Erhverv": 5,
}  # fmt: skip
REASONS = {
    "furthers": "Sagen er et skridt i den retning, som målet peger.",
    "neutral": "Målet er berørt, men sagen flytter det ikke.",
    "counters": "Løsningen trækker den modsatte vej; det er vejet af i sagsfremstillingen.",
}

# Name, area, purpose, expected effect, goals (- = counters), states by days before today.
PROJECTS: tuple[tuple[str, tuple[str, ...], str, str, tuple[str, ...], tuple[tuple[int, str, str], ...]], ...] = (
    ("Vådområder langs åen", ("Miljø", "Klima"), "At tage lavbundsjord ud af drift og holde på vand og kvælstof.",
     "Mindre kvælstof i fjorden fra 2030.", ("6.6", "15.1", "-8"), ((200, "planned", "Forundersøgelsen er i gang."),
     (60, "delayed", "Jordfordelingen tager længere tid end ventet."))),
    ("Skolernes grønne tage", ("Børn og skole", "Klima"), "At skifte tage og spare på varmen samtidig.",
     "En fjerdedel mindre varme på de fem ældste skoler.", ("7.3", "13"), ((90, "running", "To skoler er færdige."),)),
    ("Bosætning i landsbyerne", ("Bosætning",), "At gøre det let at bygge og flytte ind i de mindre byer.",
     "Flere børnefamilier i landsbyerne inden for otte år.", ("11.a", "-15"), ((120, "running", "Fire grunde er solgt."),)),
    ("Genoptræning hjemme", ("Omsorg", "Sundhed"), "At flytte genoptræning hjem til borgeren.",
     "Kortere ventetid og færre genindlæggelser.", ("3", "3.8"), ((45, "running", "Halvdelen af holdene kører."),)),
    ("Cykelstier til skolerne", ("Trafik", "Infrastruktur"), "At ni ud af ti børn kan cykle trygt til skole.",
     "Flere børn cykler, og færre bliver kørt.", ("11.2", "3.6"), ((300, "planned", ""), (30, "delayed", "Et ejerskifte forsinker."))),
    ("Unge i gang", ("Uddannelse",), "At finde en vej for hver ung uden job eller uddannelse.",
     "Højst fem procent af de unge står uden for i 2029.", ("8.6", "4.4"), ((75, "running", ""),)),
    ("Kulturhuset i den gamle hal", ("Kultur og fritid", "Bosætning"), "At give foreningerne et fælles sted.",
     "Et sted, som bruges hver dag hele året.", ("11.4",), ((400, "running", ""), (150, "done", "Huset åbnede i foråret."))),
    ("Fælles indkøb uden engangsplast", ("Miljø",), "At købe ind uden engangsplast, hvor der er andet at vælge.",
     "Halvt så meget plastaffald fra kommunens køkkener.", ("12.5", "12.7"), ((250, "stopped", "Udbuddet blev annulleret."),)),
)  # fmt: skip
PARTNERSHIPS = (
    (
        "Vand på tværs",
        ("Vandrådet", "Landboforeningen", "Naturforeningen"),
        "Fælles plan for lodsejere og lavbundsjord.",
        0,
    ),
    ("Virksomheder for unge", ("Erhvervsforeningen", "Produktionsskolen"), "Ti praktikpladser om året.", 5),
    ("Foreningernes hus", ("Idrætssamvirket", "Kulturforeningen"), "Foreningerne driver huset, kommunen ejer det.", 6),
)
INVOLVEMENTS = (
    ("Borgermøde om vådområderne", "meeting", 84, "Stien langs åen blev lagt om efter lodsejernes forslag.", 0),
    ("Børnenes cykelkort", "workshop", 212, "Tre kryds kom med i planen, fordi børnene pegede på dem.", 4),
    ("Spørgeskema om landsbyerne", "survey", 1306, "Sankthanshave og bedre bredbånd kom øverst på listen.", 2),
    ("Panelet for kulturhuset", "panel", 24, "", 6),
)


def keep_goals(hall: Hall) -> None:
    """All of it in the house's own name, through the acts of the pages; nothing where it is there already."""
    directorate, secretary = hall.body("DIR"), hall.secretary("DIR")
    authority = directorate.authority
    if LocalGoal.objects.filter(authority=authority).exists():
        return
    since = date(hall.today.year - 2, 1, 1)
    local = [
        add_local_goal(
            authority, LocalGoalFacts(name=name, serves=serves, text=words, valid_from=since), actor=secretary
        )
        for name, serves, words in LOCAL
    ]
    lay_in_areas(authority, actor=secretary)
    for name, goals in MORE_AREAS:
        add_area(authority, name=name, goals=goals, actor=secretary)
    _work(hall, authority, secretary)
    _assess_cases(authority, local, secretary)
    ask_for_goals(hall.body("ØK"), kinds=["B"], only_grants=True, since=hall.today, actor=secretary)


def _work(hall: Hall, authority: Authority, secretary: User) -> None:
    areas = {area.name: area for area in authority.policy_areas.all()}
    projects = []
    for name, of, purpose, effect, goals, states in PROJECTS:
        facts = ProjectFacts(
            name=name, purpose=purpose, expected_effect=effect, owner_role="Projektleder",
            is_public=True, areas=[areas[one] for one in of], starts_on=hall.today - timedelta(days=states[0][0] + 60),
            ends_on=hall.today + timedelta(days=500) if states[-1][1] not in ("done", "stopped") else None,
        )  # fmt: skip
        project: Project = add_work(authority, facts, actor=secretary)
        for days, state, words in states:
            add_project_note(project, on=hall.today - timedelta(days=days), state=state, words=words, actor=secretary)
        for place, goal in enumerate(goals):
            _assess(project, goal.removeprefix("-"), "counters" if goal[0] == "-" else "furthers", place, secretary)
        projects.append(project)
    for name, partners, agreement, at in PARTNERSHIPS:
        facts_of = PartnershipFacts(
            name=name, partners=partners, agreement=agreement, starts_on=hall.today - timedelta(days=300)
        )
        link_work(add_work(authority, facts_of, actor=secretary), projects[at], actor=secretary)
    for days, (name, form, count, outcome, at) in enumerate(INVOLVEMENTS):
        held = hall.today - timedelta(days=40 + 30 * days)
        told = InvolvementFacts(name=name, form=form, participants=count, outcome=outcome, starts_on=held, ends_on=held)
        link_work(add_work(authority, told, actor=secretary), projects[at], actor=secretary)
    _decisions(authority, projects, hall.today, secretary)


def _decisions(authority: Authority, projects: list[Project], today: date, secretary: User) -> None:
    """Each of the first projects belongs to the newest decided matter of its area."""
    decided = Exists(Decision.objects.filter(item=OuterRef("pk")))
    for project, area in zip(
        projects, ("Natur og vandområder", "Børn og skole", "Plan", "Ældre", "Trafik"), strict=False
    ):
        items = AgendaItem.objects.filter(
            decided, case__authority=authority, case__policy_area=area, withdrawn_at=None, access="open",
            meeting__held_on__lte=today,
        )  # fmt: skip
        item = items.order_by("-meeting__held_on", "position").first()
        if item is not None:
            link_work(project, item, actor=secretary)
            link_work(project, item.case, actor=secretary)


def _assess_cases(authority: Authority, local: list[LocalGoal], secretary: User) -> None:
    """Every second case of the areas that touch a goal; which way hangs on its place among them, not on chance."""
    cases = Case.objects.filter(authority=authority, policy_area__in=TOUCHES).order_by("created_at", "title")
    for place, case in enumerate(cases):
        if place % 2:
            continue
        first, second = TOUCHES[case.policy_area]
        direction = "counters" if place % 14 == 0 else "neutral" if place % 10 == 0 else "furthers"
        _assess(case, first, direction, place, secretary)
        if second and place % 4 == 0:
            _assess(case, second, "counters" if direction == "furthers" else "furthers", place + 1, secretary)
        own = FURTHERS_LOCAL.get(case.policy_area)
        if own is not None and place % 6 == 0:
            facts = Assessment(
                local_goal=local[own], relevance="primary", direction="furthers", reason=REASONS["furthers"]
            )
            assess_goal(case, facts, actor=secretary)


def _assess(matter: Case | Project, goal: str, direction: str, place: int, actor: User) -> None:
    number, target = parse_goal(goal)
    relevance = ("primary", "high", "some")[place % 3]
    facts = Assessment(goal=number, target=target, relevance=relevance, direction=direction, reason=REASONS[direction])
    assess_goal(matter, facts, actor=actor)
