"""Four examples of good practice in the demo: three projects and an open, decided case."""

from django.db.models import Exists, OuterRef

from sagsgang.bodies.models import Authority
from sagsgang.cases.models import Case
from sagsgang.goals.actions.practice import ExampleFacts, mark_example
from sagsgang.goals.models import PolicyArea, PracticeExample, Project
from sagsgang.meetings.models import AgendaItem, Decision
from sagsgang.site.demo_doors.hall import Hall

# The project that is the example, its title, why, what others can learn, contact, areas, goals.
OF_PROJECTS = (
    ("Vådområder langs åen", "Lodsejerne med fra første dag",
     "Alle 14 lodsejere skrev under på forundersøgelsen, og ingen klagede over den plan, som udvalget vedtog.",
     "Begynd ved køkkenbordet, før kortene er tegnet. Lad den samme medarbejder følge lodsejeren hele vejen.\n"
     "Sæt et halvt år af til at bytte jord, det tager længere tid end anlægget.",
     "Naturchef", ("Miljø", "Klima"), (6, 15)),
    ("Skolernes grønne tage", "Skift taget, når det alligevel skal skiftes",
     "To skoler fik nyt tag, isolering og regnvandsbassin for under fem procent mere end et almindeligt tag.",
     "Læg vedligehold og klima i samme udbud. Mål varmen et år før, ellers kan besparelsen ikke vises bagefter.",
     "Ejendomschef", ("Børn og skole", "Klima"), (7, 13)),
    ("Cykelstier til skolerne", "Børnene tegnede kortet",
     "212 børn tegnede, hvor de er bange. Tre kryds kom med i planen, som ingen måling havde peget på.",
     "Spørg børnene i timerne, ikke på et borgermøde. Fortæl dem bagefter, hvad der blev gjort, og hvad der ikke gjorde.",
     "Trafikplanlægger", ("Trafik",), (11, 3)),
)  # fmt: skip
OF_A_CASE = (
    "En sag, som kunne læses på fem minutter",
    "Udvalget afgjorde sagen på ét møde, fordi valget stod på den første side og tallene i én tabel.",
    "Skriv indstillingen først. Læg alt det, som kun nogle skal bruge, i bilag, og sig på hvilken side det står.",
    "Sekretariatschef",
)


def keep_practice(hall: Hall) -> None:
    """Marked by the directorate's secretary; nothing where something is marked already."""
    authority, secretary = hall.body("DIR").authority, hall.secretary("DIR")
    if PracticeExample.history.filter(authority=authority).exists():
        return
    for name, title, why, learning, contact, areas, goals in OF_PROJECTS:
        facts = ExampleFacts(
            title=title, why=why, learning=learning, contact_role=contact, goals=goals,
            areas=list(PolicyArea.objects.filter(authority=authority, name__in=areas)),
        )  # fmt: skip
        mark_example(Project.objects.get(authority=authority, name=name), facts, actor=secretary)
    case = _decided_case(authority)
    if case is not None:
        title, why, learning, contact = OF_A_CASE
        facts = ExampleFacts(title=title, why=why, learning=learning, contact_role=contact, goals=(16,))
        mark_example(case, facts, actor=secretary)


def _decided_case(authority: Authority) -> Case | None:
    decided = Exists(Decision.objects.filter(item=OuterRef("pk")))
    items = AgendaItem.objects.filter(decided, access="open", withdrawn_at=None, parent=None)
    rows = Case.objects.filter(authority=authority, access="open", agenda_items__in=items)
    return rows.order_by("title", "pk").first()
