"""Good practice: who marks and who reads, what a search finds, what a file holds, and what the pages cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from sagsgang.cases.models import Case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.goals import actions
from sagsgang.goals.actions import practice
from sagsgang.goals.actions.practice import ExampleFacts
from sagsgang.goals.models import PolicyArea, PracticeExample, Project
from sagsgang.goals.tests.factories import Town, assess, make_case, project

LIST = "goals:examples"


@pytest.fixture(autouse=True)
def english(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"


def as_user(town: Town, name: str) -> Client:
    client = Client()
    client.force_login(town.users[name])
    return client


def mark(town: Town, matter: Case | Project, **facts: object) -> PracticeExample:
    """By the secretary; about wetlands unless said otherwise."""
    written = {
        "title": "Vådområder sammen med lodsejerne", "why": "Alle lodsejere kom med.",
        "learning": "Begynd med køkkenborde, før kortene tegnes.", "contact_role": "Naturchef", "goals": (6, 15),
    } | facts  # fmt: skip
    return practice.mark_example(matter, ExampleFacts(**written), actor=town.secretary)  # type: ignore[arg-type]


def address(name: str, *key: object) -> str:
    return reverse(f"goals:{name}", args=[getattr(one, "pk", one) for one in key])


def test_a_case_and_a_project_are_marked_changed_taken_off_and_put_back(town: Town) -> None:
    case, other = make_case(town), project(town, owner_role="Planchef")
    assess(town, case)
    client = as_user(town, "director")
    typed = {"title": "Jordfordeling", "why": "Den lykkedes", "learning": "Spørg først", "contact_role": "Naturchef"}

    offered = client.get(address("mark-case", case)).context["form"].initial
    refused = client.post(address("mark-case", case), typed | {"learning": "  "})
    marked = client.post(address("mark-case", case), typed | {"goals": ["6", "13"]})
    row = PracticeExample.objects.get()
    assert (offered["title"], offered["goals"]) == (case.title, [6])
    assert (refused.status_code, b"Spurgt" in refused.content, b"Jordfordeling" in refused.content) == (
        422,
        False,
        True,
    )
    assert (marked.status_code, row.goals, row.author) == (302, [6, 13], town.users["director"])
    assert client.get(address("mark-case", case)).status_code == 302  # to the example that is there
    assert client.post(address("mark-case", case), typed).status_code == 422
    assert client.post(address("mark-project", other), typed | {"title": "Projektet"}).status_code == 302
    assert client.post(address("edit-example", row), typed | {"title": "Ny titel"}).status_code == 302
    assert client.post(address("withdraw-example", row)).status_code == 302
    assert [one.title for one in PracticeExample.objects.all()] == ["Projektet"]
    assert b"Put it back" in client.get(address("example", row)).content
    assert as_user(town, "caseworker").get(address("example", row)).status_code == 403
    assert client.post(address("restore-example", row)).status_code == 302
    assert {one.title for one in PracticeExample.objects.all()} == {"Ny titel", "Projektet"}
    practice.withdraw_example(row, actor=town.secretary)
    mark(town, case)
    with pytest.raises(RuleBrokenError):
        practice.restore_example(row, actor=town.secretary)
    for name, code in (("caseworker", 403), ("councillor", 404), ("auditor", 403)):
        assert as_user(town, name).get(address("mark-project", other)).status_code == code, name
    verbs = set(AuditEntry.objects.filter(actor=town.users["director"]).values_list("verb", flat=True))
    assert {"mark_example", "edit_example", "withdraw_example", "restore_example"} <= verbs


def test_who_may_not_read_the_case_learns_of_no_example_of_it(town: Town) -> None:
    case = make_case(town, "Salg af Svanegården", access="closed", ground="property", unit=None, caseworker=None)
    hidden = mark(town, case, title="Et hemmeligt salg", learning="Hold prisen for jer selv.")
    mark(town, project(town))
    seen = {}
    for name in ("secretary", "caseworker", "director"):
        client = as_user(town, name)
        page = client.get(reverse(LIST), {"words": ""})
        searched = client.get(reverse(LIST), {"words": "hemmelige"})
        files = [client.get(reverse(f"goals:{file}")) for file in ("examples-file", "print-examples")]
        one = client.get(address("example", hidden)).status_code
        assert "hemmeligt" not in files[0].content.decode()  # in nobody's file: it travels on
        assert files[1].content.startswith(b"%PDF")
        seen[name] = (page.context["found"].total, searched.context["found"].total, one)

    readable = {name: Case.objects.filter(pk=case.pk, practice_examples=hidden).exists() for name in seen}
    assert readable  # the row is there for all of them
    assert seen["caseworker"] == (1, 0, 404)
    assert seen["secretary"] == (2, 1, 200)
    assert AuditEntry.objects.filter(verb="read_closed", actor=town.users["caseworker"]).count() == 0
    assert AuditEntry.objects.filter(verb="read_closed", actor=town.secretary).count() == 1


def test_words_are_found_by_their_stem_and_facets_narrow(town: Town) -> None:
    actions.lay_in_areas(town.authority, actor=town.secretary)
    climate = PolicyArea.objects.filter(authority=town.authority).first()
    assert climate is not None
    mark(town, project(town), areas=[climate])
    mark(
        town,
        project(town, "Grønne tage"),
        title="Tage på skoler",
        why="Det gav varme.",
        learning="Regn på det.",
        goals=(7,),
    )
    client = as_user(town, "auditor")

    def titles(**wish: str) -> list[str]:
        return sorted(one.row.title for one in client.get(reverse(LIST), wish).context["found"].shown)

    both = ["Tage på skoler", "Vådområder sammen med lodsejerne"]
    assert titles() == both
    assert titles(words="lodsejer") == both[1:]  # another form of the word
    assert titles(words="skole") == both[:1]
    assert titles(words='"') == [] and titles(words="\x00") == both  # any input is a query
    assert (titles(goal="7"), titles(area=climate.name), titles(goal="nonsense", year="x")) == (both[:1], both[1:], [])
    assert titles(year=str(PracticeExample.objects.all()[0].created_at.year)) == both
    found = client.get(reverse(LIST)).context["found"]
    assert [(facet.value, facet.count) for facet in found.goals] == [("6", 1), ("7", 1), ("15", 1)]
    file = client.get(reverse("goals:examples-file"), {"goal": "7"}).content.decode("utf-8-sig").splitlines()
    assert len(file) == 2 and file[1].startswith("Tage på skoler;Det gav varme.;Regn på det.;")


def test_the_pages_cost_the_same_with_three_and_with_sixty(town: Town) -> None:
    client = as_user(town, "director")
    one = mark(town, project(town))
    case = make_case(town)
    pages = [reverse(LIST) + "?words=lodsejer", address("example", one), address("case-goals", case)]

    def fill(first: int, last: int) -> None:
        made = Project.objects.bulk_create(
            Project(authority=town.authority, name=f"Projekt {number}") for number in range(first, last)
        )
        PracticeExample.objects.bulk_create(
            PracticeExample(
                authority=town.authority, project=row, title=row.name, why="Lodsejere", learning="Noget",
                contact_role="Chef", author=town.secretary, goals=[6],
            )
            for row in made
        )  # fmt: skip

    def costs() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            found.append(len(captured))
        return found

    fill(0, 3)
    few = costs()
    fill(3, 60)
    assert few == costs()
    assert max(few) <= 12, few
