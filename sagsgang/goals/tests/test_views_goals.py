"""The pages of goals: what they show and to whom, what they refuse, and what they cost."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from sagsgang.bodies.models import Person
from sagsgang.cases.models import Case, PathStep
from sagsgang.core.models import AuditEntry
from sagsgang.goals import actions
from sagsgang.goals.actions import InvolvementFacts, PartnershipFacts
from sagsgang.goals.models import GoalTag, NotRelevant, Project, TargetText, WorkLink
from sagsgang.goals.tests.factories import Town, assess, local_goal, make_case, make_item, project
from sagsgang.meetings.models import ConflictOfInterest
from sagsgang.policies.models import Policy

SECRET = "Afskedigelse af en leder"


@pytest.fixture(autouse=True)
def english(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture(autouse=True)
def in_2026() -> object:
    with time_machine.travel("2026-03-02 12:00"):
        yield


def as_user(town: Town, name: str) -> Client:
    client = Client()
    client.force_login(town.users[name])
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def at(name: str, *args: object, query: str = "") -> str:
    return reverse(f"goals:{name}", args=args) + query


def closed_case(town: Town) -> Case:
    case = make_case(town, SECRET, access="closed", ground="personal")
    assess(town, case, "8.5", direction="counters", reason="Hemmelig grund")
    return case


def lists(town: Town) -> list[str]:
    names = ("goals", "tags-file", "local-goals", "areas", "projects", "projects-file", "partnerships", "involvements")
    return [at(name) for name in names] + [at("goal", 8)]


def test_an_assessment_is_written_changed_and_taken_off_on_the_page_of_the_case(town: Town) -> None:
    case, own = make_case(town), local_goal(town)
    actions.lay_in_areas(town.authority, actor=town.secretary)
    client, page = as_user(town, "caseworker"), at("case-goals", case.pk)

    before = text(client, page)
    assert "6. Clean water and sanitation" in before  # suggested from its area
    assert not GoalTag.objects.exists()

    refused = client.post(at("assess-case", case.pk), {"goal": "", "relevance": "", "reason": "Fordi vandet renses"})
    assert refused.status_code == 422
    assert "Choose the goal." in refused.content.decode()
    assert "Fordi vandet renses" in refused.content.decode()

    said = {"relevance": "primary", "direction": "furthers", "reason": "Vandet bliver rent"}
    assert client.post(at("assess-case", case.pk), said | {"goal": "6.6"}).status_code == 302
    assert client.post(at("assess-case", case.pk), said | {"goal": str(own.pk)}).status_code == 302
    again = client.post(at("assess-case", case.pk), said | {"goal": "6.6"})
    assert "assessed against this goal already" in again.content.decode()
    shown = text(client, page)
    assert "6.6 (Clean water and sanitation)" in shown
    assert "Rent vand i Svanesø" in shown

    tag = GoalTag.objects.get(target="6.6")
    client.post(at("edit-assessment", tag.pk), {"goal": "15", "relevance": "some", "direction": "counters"})
    tag.refresh_from_db()
    assert (tag.goal, tag.target, tag.direction) == (15, "", "counters")
    assert client.post(at("withdraw-assessment", tag.pk)).status_code == 302
    assert [one.local_goal for one in GoalTag.objects.all()] == [own]
    verbs = list(AuditEntry.objects.filter(subject=f"cases.Case:{case.pk}").values_list("verb", flat=True))
    assert {"assess_goal", "edit_assessment", "withdraw_assessment"} <= set(verbs)


def test_a_body_asks_and_is_answered_without_holding_anything_back(town: Town) -> None:
    case, other = make_case(town), make_case(town, "Ny vej til havnen")
    PathStep.objects.filter(case=other).update(purpose="orientation")
    secretary, caseworker = as_user(town, "secretary"), as_user(town, "caseworker")
    awaited = at("missing-assessments", town.dir.pk)
    assert "asks for no assessment" in text(secretary, awaited)

    said = {"kinds": ["B"], "since": "2026-03-01"}
    assert secretary.post(at("ask-for-assessments", town.dir.pk), said).status_code == 302
    assert [row.title for row in secretary.get(awaited).context["table"].rows] == [case.title]
    assert "Direktionen would like to know" in text(caseworker, at("case-goals", case.pk))

    empty = caseworker.post(at("state-not-relevant", case.pk), {"reason": " "})
    assert "Write why no goal is relevant." in empty.content.decode()
    caseworker.post(at("state-not-relevant", case.pk), {"reason": "Den rent interne sag"})
    assert secretary.get(awaited).context["table"].rows == []
    page = text(caseworker, at("case-goals", case.pk))
    assert "because: Den rent interne sag" in page
    assert "would like to know" not in page

    assess(town, case)  # takes its place
    assert not NotRelevant.objects.exists()
    GoalTag.objects.all().update(withdrawn_at="2026-03-02T12:00Z")
    item = make_item(town, case, date(2026, 4, 14), kind="B", step=case.path.get())
    assert [row.title for row in secretary.get(awaited).context["table"].rows] == [case.title]
    assess(town, item)
    assert secretary.get(awaited).context["table"].rows == []
    secretary.post(at("ask-for-assessments", town.dir.pk), said | {"kinds": [], "only_grants": "on"})
    assert "asks for no assessment" in text(secretary, awaited)


def test_what_is_closed_is_told_to_its_readers_alone(town: Town) -> None:
    case = closed_case(town)
    item = make_item(
        town, case, date(2026, 2, 10), access="closed", ground="personal", decided=True, title="Fratrædelse for H"
    )
    work = project(town)
    for to in (case, item):
        actions.link_work(work, to, actor=town.secretary)
    actions.ask_for_goals(town.dir, kinds=["B"], only_grants=False, since=date(2026, 1, 1), actor=town.secretary)
    unsaid = make_case(town, SECRET + " 2", access="closed", ground="personal")
    tag = GoalTag.objects.get()

    for name, sees in (
        ("caseworker", True), ("secretary", True), ("director", True), ("auditor", False), ("admin", False),
        ("other", False), ("conflicted", False),
    ):  # fmt: skip
        client = as_user(town, "director" if name == "conflicted" else name)
        if name == "conflicted":
            person = Person.objects.create(authority=town.authority, name="Lone Krag", user=town.users["director"])
            for at_item in (item, make_item(town, unsaid, date(2026, 4, 1))):
                ConflictOfInterest.objects.create(item=at_item, person=person, noted_by=town.secretary)
        shown = {
            one: " ".join(client.get(one).content.decode().split())
            for one in (at("goals"), at("goal", 8), at("tags-file"))
        }
        assert (SECRET in shown[at("goal", 8)], SECRET in shown[at("tags-file")]) == (sees, False), name
        reads = AuditEntry.objects.filter(verb="read_closed", actor=client.session["_auth_user_id"]).exists()
        assert reads == (sees or name == "conflicted"), name  # that is the director, who read it before
        assert ("1 assessment" in shown[at("goals")]) == sees
        assert ("Hemmelig grund" in "".join(shown.values())) == sees
        assert client.get(at("case-goals", case.pk)).status_code in ((200,) if sees else (403, 404))
        assert (client.get(at("edit-assessment", tag.pk)).status_code == 200) == (sees and name != "director")
        told = text(client, at("project", work.pk))
        # Auditor, administrator and who has a conflict see that the case is there, as on every page of cases.
        assert (case.title in told) == (name != "other")
        assert (str(item.pk) in told) == (name in ("secretary", "director"))
        assert item.title not in told  # its own page says it, and keeps the log
        if name != "other":
            body = client.get(at("missing-assessments", town.dir.pk))
            assert (unsaid.title in body.content.decode()) == (name in ("secretary", "director"))


def test_a_closed_case_is_read_with_a_trace(town: Town) -> None:
    case = closed_case(town)

    text(as_user(town, "colleague"), at("case-goals", case.pk))

    assert AuditEntry.objects.filter(subject=f"cases.Case:{case.pk}", verb="read_closed").count() == 1


def test_elected_members_and_strangers_are_not_let_in(town: Town) -> None:
    case, work = make_case(town), project(town)
    client = as_user(town, "councillor")

    assert [client.get(address).status_code for address in lists(town)] == [403] * 9
    assert client.get(at("case-goals", case.pk)).status_code == 404
    assert client.get(at("project", work.pk)).status_code == 404
    assert as_user(town, "other").get(at("case-goals", case.pk)).status_code == 404


@pytest.mark.parametrize(
    ("name", "keeps", "works"),
    [("secretary", True, True), ("director", False, True), ("admin", True, False), ("caseworker", False, True),
     ("auditor", False, False)],
)  # fmt: skip
def test_who_writes_goals_and_who_writes_projects(town: Town, name: str, keeps: bool, works: bool) -> None:
    own, work = local_goal(town), project(town, unit=town.unit)
    client = as_user(town, name)

    def may(route: str, pk: object) -> bool:
        return client.get(at(route, pk)).status_code == 200

    house = town.authority.pk
    assert [may(one, house) for one in ("add-local-goal", "add-area", "lay-in-areas")] == [keeps] * 3
    assert [may(one, own.pk) for one in ("edit-local-goal", "withdraw-local-goal")] == [keeps] * 2
    assert (client.get(at("target-texts")).status_code == 200) == keeps
    assert [may(one, house) for one in ("add-project", "add-partnership", "add-involvement")] == [works] * 3
    acts = ("edit-project", "withdraw-project", "note-project", "assess-project", "link-project")
    assert [may(one, work.pk) for one in acts] == [works] * 5


def test_a_project_is_entered_followed_linked_and_fetched(town: Town) -> None:
    case = make_case(town)
    item = make_item(town, case, date(2026, 2, 10), decided=True)
    areas = actions.lay_in_areas(town.authority, actor=town.secretary)
    client = as_user(town, "secretary")
    facts = {
        "name": "Vådområder", "purpose": "Mindre kvælstof", "unit": town.unit.pk, "areas": [areas[3].pk, areas[0].pk],
        "starts_on": "2026-05-01", "ends_on": "2026-04-01", "expected_effect": "Klarere vand i 2035",
    }  # fmt: skip

    refused = client.post(at("add-project", town.authority.pk), facts)
    assert "The last day lies before the first." in refused.content.decode()
    assert "Klarere vand i 2035" in refused.content.decode()
    client.post(at("add-project", town.authority.pk), facts | {"ends_on": "2027-04-01"})
    work = Project.objects.get()
    twice = client.post(at("add-project", town.authority.pk), facts | {"name": "VÅDOMRÅDER", "ends_on": ""})
    assert "one of this name already" in twice.content.decode()

    note = at("note-project", work.pk)
    assert "has not come yet" in client.post(note, {"on": "2026-03-03", "state": "running"}).content.decode()
    client.post(note, {"on": "2026-02-01", "state": "running", "words": "I gang"})
    client.post(note, {"on": "2026-03-01", "state": "delayed", "words": "Lodsejerne tøver"})
    for to in (case, item):
        assert client.post(at("link-project", work.pk) + "?words=jordfordeling", {"to": str(to.pk)}).status_code == 302
    assess(town, work, "6")
    assess(town, work, "15", direction="counters")
    shown = text(client, at("project", work.pk))
    for words in ("Delayed", "across areas", "Lodsejerne tøver", "furthers one goal and counters another", case.title):
        assert words in shown
    assert reverse("meetings:item", args=[item.pk]) in shown
    assert "11. Sustainable cities" in shown  # suggested from its area Bosætning
    assert "Vådområder" in text(client, at("case-goals", case.pk))
    sheet = client.get(at("projects-file")).content.decode("utf-8-sig")
    assert "Vådområder;Mindre kvælstof;" in sheet
    assert "2026-03-01;Lodsejerne tøver" in sheet

    newest = work.notes.first()
    assert newest is not None
    client.post(at("withdraw-note", newest.pk))
    assert "On track" in text(client, at("projects"))
    client.post(at("unlink-work", WorkLink.objects.get(case=case).pk))
    assert list(WorkLink.objects.values_list("item", flat=True)) == [item.pk]
    client.post(at("withdraw-project", work.pk))
    assert client.get(at("project", work.pk)).status_code == 404


def test_partnerships_and_involvements_are_entered_and_linked(town: Town) -> None:
    work, client = project(town), as_user(town, "director")
    house = town.authority.pk

    client.post(at("add-partnership", house), {"name": "Svanesøens venner", "partners": "Foreningen\n\nBanken A/S\n"})
    client.post(at("add-involvement", house), {"name": "Borgermøde i Svaneby", "form": "meeting", "participants": "84"})
    partnership, involvement = town.authority.partnerships.get(), town.authority.involvements.get()
    assert (partnership.partners, involvement.participants) == (["Foreningen", "Banken A/S"], 84)
    for kind, row in (("partnership", partnership), ("involvement", involvement)):
        client.post(at(f"link-{kind}", row.pk), {"to": str(work.pk)})
        assert work.name in text(client, at(kind, row.pk))
        assert client.get(at(f"{kind}s")).context["table"].rows[0].projects == 1
        assert row.name in text(client, at("project", work.pk))
    bad = client.post(
        at("edit-involvement", involvement.pk), {"name": "Borgermøde", "form": "meeting", "participants": "-1"}
    )
    assert bad.status_code == 422
    client.post(at("edit-partnership", partnership.pk), {"name": "Venner af søen", "partners": "Foreningen"})
    client.post(at("withdraw-involvement", involvement.pk))
    assert [row.name for row in client.get(at("partnerships")).context["table"].rows] == ["Venner af søen"]
    assert "No involvement of citizens is entered yet." in text(client, at("involvements"))


def test_local_goals_areas_and_targets_are_kept(town: Town) -> None:
    client, house = as_user(town, "secretary"), town.authority.pk

    bad = client.post(
        at("add-local-goal", house), {"name": "Rent vand", "serves": "6, 6.9", "valid_from": "2026-01-01"}
    )
    assert "“6.9” is no goal or target" in bad.content.decode()
    client.post(at("add-local-goal", house), {"name": "Rent vand", "serves": "6; 6.6", "valid_from": "2026-01-01"})
    own = town.authority.local_goals.get()
    client.post(at("edit-local-goal", own.pk), {"name": "Rent vand", "serves": "6.6 15", "valid_from": "2026-01-01", "valid_to": "2026-02-01"})  # fmt: skip
    assert [str(one) for one in own.mappings.all()] == ["6.6", "15"]
    assert "Not valid today" in text(client, at("local-goal", own.pk))
    assert str(own.pk) not in text(client, at("assess-project", project(town).pk))
    assert "Rent vand" in text(client, at("goal", 15))

    client.post(at("lay-in-areas", house))
    client.post(at("lay-in-areas", house))
    assert town.authority.policy_areas.count() == 7
    area = town.authority.policy_areas.get(name="Sundhed")
    client.post(at("edit-area", area.pk), {"name": "Sundhed og forebyggelse", "goals": ["2", "3"]})
    assert [one.goal for one in area.usual_goals.all()] == [2, 3]
    taken = client.post(at("add-area", house), {"name": "omsorg"})
    assert "one of this name already" in taken.content.decode()
    client.post(at("withdraw-area", area.pk))
    assert town.authority.policy_areas.count() == 6

    def read_in(content: str) -> str:
        file = SimpleUploadedFile("delmaal.csv", content.encode())
        return client.post(at("target-texts"), {"file": file, "source": "FN 2015"}, follow=True).content.decode()

    assert "Row 3, column A: “3.14” is no target." in read_in("Nummer;Dansk\n3.4;Færre dør\n3.14;Forkert\n")
    assert not TargetText.objects.exists()
    assert "The words are read in." in read_in("Nummer;Dansk\n3.4;Færre dør\n3.d;Varsling\n")
    read_in("Nummer;Dansk\n3.4;Færre dør tidligt\n")
    assert sorted(TargetText.objects.values_list("danish", flat=True)) == ["Færre dør tidligt", "Varsling"]
    assert "Færre dør tidligt" in text(client, at("goal", 3))


def test_the_goals_of_a_policy_and_of_a_sub_item(town: Town) -> None:
    policy = Policy.objects.create(authority=town.authority, name="Klimapolitik", tier="policy", unit=town.unit)
    client, case = as_user(town, "caseworker"), make_case(town)
    above = make_item(town, case, date(2026, 3, 10))
    sub = make_item(town, case, date(2026, 3, 10), parent=above, number="2", title="Udtagning af lavbundsjorde")
    said = {"goal": "13", "relevance": "primary", "direction": "neutral", "reason": ""}

    client.post(at("assess-policy", policy.pk), said)
    client.post(at("assess-item", sub.pk), said | {"goal": "15.3"})

    assert "13. Climate action" in text(client, at("policy-goals", policy.pk))
    assert "15.3 (Life on land)" in text(client, at("case-goals", case.pk))
    rows = client.get(at("goal", 15)).context["table"].rows
    assert [(row.kind, row.matter) for row in rows] == [("item", "Udtagning af lavbundsjorde")]
    assert client.get(at("goal", 18)).status_code == 404


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def fill(town: Town, count: int, *, start: int = 0) -> Project:
    actions.lay_in_areas(town.authority, actor=town.secretary)
    areas = list(town.authority.policy_areas.all())
    first = Project.objects.filter(name="Projekt 0").first()
    for number in range(start, start + count):
        case = make_case(town, f"Sag {number}")
        own = local_goal(town, f"Lokalt mål {number}")
        work = project(town, f"Projekt {number}", areas=areas[:2])
        first = first or work
        actions.add_project_note(work, on=date(2026, 3, 1), state="running", words="", actor=town.secretary)
        actions.link_work(first, case, actor=town.secretary)
        for matter in (case, work):
            assess(town, matter, "8")
            actions.assess_goal(
                matter, actions.Assessment(local_goal=own, relevance="some", direction="neutral"), actor=town.secretary
            )
        for facts in (PartnershipFacts(name=f"P {number}", partners=["A"]), InvolvementFacts(name=f"I {number}", form="panel")):  # fmt: skip
            row = actions.add_work(town.authority, facts, actor=town.secretary)
            actions.link_work(row, first, actor=town.secretary)
            actions.link_work(row, Case.objects.get(title="Sag 0"), actor=town.secretary)
    assert first is not None
    return first


def test_the_pages_cost_the_same_however_much_they_hold(town: Town) -> None:
    actions.ask_for_goals(town.dir, kinds=["B"], only_grants=True, since=date(2026, 1, 1), actor=town.secretary)
    first = fill(town, 1)
    case = Case.objects.get()
    addresses = [
        *lists(town),
        at("project", first.pk),
        at("case-goals", case.pk),
        at("missing-assessments", town.dir.pk),
        at("local-goal", town.authority.local_goals.get().pk),
        at("partnership", town.authority.partnerships.get().pk),
    ]
    client = as_user(town, "secretary")
    before = {address: queries_of(client, address) for address in addresses}

    fill(town, 4, start=1)

    assert {address: queries_of(client, address) for address in addresses} == before
    assert {address: count for address, count in before.items() if count > 12} == {}


def test_what_a_search_holds_that_no_text_does_is_looked_for_without_it(town: Town) -> None:
    work, client = project(town), as_user(town, "secretary")
    case = make_case(town)
    item = make_item(town, case, date(2026, 2, 10), access="closed", ground="personal", decided=True)
    words = "?words=%00Jord%00&authority=%00&direction=%00&area=%00"

    addresses = (at("link-project", work.pk), at("examples"), at("goal", 8), at("projects"), at("goals"))
    assert [client.get(address + words).status_code for address in addresses] == [200] * 5
    form = text(client, at("link-project", work.pk))
    assert "3. closed item" in form and f"3. {item.title}" not in form
    assert as_user(town, "caseworker").get(reverse("cases:open-case") + "?parent=" + "x" * 36).status_code == 200


def test_an_assessment_of_what_was_taken_off_the_agenda_stands_in_nobodys_way(town: Town) -> None:
    case = make_case(town)
    above = make_item(town, make_case(town, "Samlesag"), date(2026, 4, 14))
    assess(town, make_item(town, case, date(2026, 4, 14), parent=above, number="1"))
    actions.ask_for_goals(town.dir, kinds=["B"], only_grants=False, since=date(2026, 1, 1), actor=town.secretary)
    awaited, client = at("missing-assessments", town.dir.pk), as_user(town, "secretary")
    assert case.title not in text(client, awaited)

    type(above).objects.filter(pk=above.pk).update(withdrawn_at="2026-03-01T12:00Z")

    assert case.title in text(client, awaited)
    assert actions.state_not_relevant(case, reason="Intern", actor=town.secretary).case == case


def test_names_are_asked_for_and_taken_in_one(town: Town) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        local_goal(town)
        actions.add_area(town.authority, name="Kultur", goals=[4], actor=town.secretary)
        project(town)
    assert sum("FOR NO KEY UPDATE" in query["sql"] for query in asked) == 3
