"""The pages of policies: what they show and refuse, who gets in, what is told of a closed item, and what they cost."""

from datetime import date

import page
import pypdfium2
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from sagsgang.bodies.models import Person
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.models import ConflictOfInterest
from sagsgang.policies import actions
from sagsgang.policies.models import Evidence, Policy, PolicyApproval, PolicyPart, PolicyVersion, Requirement
from sagsgang.policies.tests.factories import FIRST, NAME, SECOND, Town, enter, require, seed, write

CLOSED_WORDS = ("Sikkerhedshul", "Hemmelige ord")


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
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def of_policy(policy: Policy, name: str = "policy") -> str:
    return reverse(f"policies:{name}", args=[policy.pk])


def test_the_register_sorts_and_filters(town: Town) -> None:
    seed(town)
    enter(town, "Åbenhedspolitik", tier="policy", unit=None)
    client, address = as_user(town, "auditor"), reverse("policies:policies")

    def names(query: str) -> list[str]:
        return [row.policy.name for row in client.get(address + query).context["rows"]]

    assert names("") == [NAME, "Åbenhedspolitik"]
    assert names("?sort=name&order=desc") == ["Åbenhedspolitik", NAME]
    assert names("?sort=tier") == ["Åbenhedspolitik", NAME]
    assert names("?sort=approved&order=desc") == [NAME, "Åbenhedspolitik"]
    assert names("?tier=policy") == ["Åbenhedspolitik"]
    assert names(f"?unit={town.unit.pk}") == [NAME]
    assert names("?overdue=on") == [NAME]
    assert names("?tier=nothing&sort=nothing&unit=1") == [NAME, "Åbenhedspolitik"]
    assert "1 has an overdue review" in text(client, address)


def test_the_page_shows_who_approved_what_and_when(town: Town) -> None:
    policy = seed(town)

    shown = text(as_user(town, "director"), of_policy(policy))

    for words in (
        "approved as a whole by Direktionen", "Politik for password", "Elementer i Outlook", "superseded by version 2",
        "item 3 and its decision", reverse("meetings:item", args=[town.second.pk]), "Its review is overdue", "on the annual wheel",
    ):  # fmt: skip
        assert words in shown
    assert reverse("meetings:item", args=[town.first.pk]) in shown


@pytest.mark.parametrize("name", ["auditor", "owner", "colleague", "caseworker", "conflicted"])
def test_a_closed_item_is_told_without_words_to_who_may_not_read_it(town: Town, name: str) -> None:
    policy = seed(town)
    version = policy.versions.get(number=1)
    actions.give_evidence(require(town, "1"), version=version, place="", actor=town.keeper)
    if name == "conflicted":
        name = "director"
        person = Person.objects.create(authority=town.authority, name="Lone Krag", user=town.users[name])
        ConflictOfInterest.objects.create(item=town.first, person=person, noted_by=town.keeper)
    client = as_user(town, name)

    shown = text(client, of_policy(policy))
    matrix = text(client, reverse("policies:requirements") + "?on=2021-02-01")
    sheet = reverse("policies:evidence-file", args=[town.authority.pk]) + "?on=2021-02-01"
    file = client.get(sheet).content.decode()

    for page_of in (shown, matrix):
        assert "decided in a closed item" in page_of
        assert str(town.first.pk) not in page_of
    assert "besluttet i lukket punkt" in file
    assert [word for word in CLOSED_WORDS if word in shown + matrix + file] == []


@pytest.mark.parametrize("reach", ["unit", "closed"])
def test_what_is_not_open_to_all_is_named_to_its_readers_alone(town: Town, reach: str) -> None:
    policy = seed(town)
    above = enter(town, "Sikkerhedspolitik", tier="policy", unit=None)
    facts = actions.PolicyFacts(
        name=NAME, tier="guideline", parent=above, unit=town.unit, reach=reach,
        ground="security" if reach == "closed" else "",
    )  # fmt: skip
    actions.edit_policy(policy, facts, actor=town.keeper)
    row, version = require(town, "1"), policy.versions.get(number=2)
    actions.give_evidence(row, version=version, place="Bagdøre, side 16", actor=town.keeper)
    pages = [reverse("policies:policies"), reverse("policies:requirements"), of_policy(above)]
    sheet = reverse("policies:evidence-file", args=[town.authority.pk])
    at_item = reverse("policies:at-item", args=[town.second.pk])
    reads = {"secretary", "director", "owner"} | ({"auditor"} if reach == "unit" else set())

    for name in ("secretary", "director", "owner", "auditor", "colleague"):
        client = as_user(town, name)
        shown = [text(client, address) for address in pages] + [client.get(sheet).content.decode()]
        assert [NAME in one for one in shown] == [name in reads] * 4, name
        assert ["Bagdøre" in one for one in shown].count(True) == (2 if name in reads else 0), name
        assert "Direktionen" in shown[3]  # that it is met, by whom and when, is told to all
        assert client.get(of_policy(policy)).status_code == (200 if name in reads else 404)
        file = client.get(reverse("policies:open-policy-file", args=[version.pk]))
        assert file.status_code == 404  # there is none, and nobody learns whether
        assert (">2 in the register" in shown[0]) == (name in reads)
        if name in ("director", "auditor"):
            assert (NAME in text(client, at_item)) == (name in reads)
    log = AuditEntry.objects.filter(verb="read_closed").count()
    assert log == (3 if reach == "closed" else 0)


def test_elected_members_and_strangers_are_not_let_in(town: Town) -> None:
    policy = seed(town)
    client = as_user(town, "councillor")

    assert client.get(reverse("policies:policies")).status_code == 403
    assert client.get(of_policy(policy)).status_code == 404


@pytest.mark.parametrize(
    ("name", "writes"),
    [("secretary", True), ("owner", True), ("colleague", False), ("director", False), ("auditor", False)],
)
def test_the_owning_unit_and_the_directorates_secretary_write(town: Town, name: str, writes: bool) -> None:
    policy = seed(town)
    client = as_user(town, name)

    for act in ("edit-policy", "withdraw-policy", "add-policy-version", "give-evidence"):
        assert client.get(of_policy(policy, act)).status_code == (200 if writes else 403), act
    approve = reverse("policies:approve-policy-version", args=[policy.versions.get(number=2).pk])
    assert client.get(approve).status_code == (200 if writes else 403)


def test_requirements_are_kept_by_the_directorates_secretary_alone(town: Town) -> None:
    row = require(town, "1")
    address = reverse("policies:add-requirement", args=[town.authority.pk])
    typed = {"set": "iso27001", "code": "A.5.17", "words": "Adgangskoder er styret"}

    assert as_user(town, "owner").post(address, typed).status_code == 403
    client = as_user(town, "secretary")
    assert client.post(address, typed).status_code == 302
    assert client.post(address, typed).status_code == 422
    edit, away = (reverse(f"policies:{act}-requirement", args=[row.pk]) for act in ("edit", "withdraw"))
    assert client.post(edit, typed | {"code": "9"}).status_code == 302
    assert client.post(away).status_code == 302
    assert list(Requirement.objects.values_list("code", flat=True)) == ["A.5.17"]


def test_a_unit_enters_its_own_guideline_writes_it_and_has_it_approved(town: Town) -> None:
    client = as_user(town, "owner")
    town.users["owner"].appointments.create(body=town.dir, role="caseworker")
    add = reverse("policies:add-policy", args=[town.authority.pk])
    facts = {"name": f" {NAME} ", "tier": "guideline", "unit": town.unit.pk, "review_years": "2", "reach": "open"}
    refused = client.post(add, facts | {"unit": ""})
    unfounded = client.post(add, facts | {"reach": "closed"})
    entered = client.post(add, facts)
    policy = Policy.objects.get()
    file = SimpleUploadedFile("retningslinjer.txt", b"Brug en lang adgangskode.")
    typed = {"title": NAME, "valid_from": "2023-04-12", "changes": "En\n\n To ", "parts": "Password", "file": file}
    written = client.post(of_policy(policy, "add-policy-version"), typed)
    version = PolicyVersion.objects.get()
    approve = reverse("policies:approve-policy-version", args=[version.pk])
    choice = text(client, approve)
    approved = client.post(approve, {"part": "", "item": town.second.pk})
    again = client.post(approve, {"part": "", "item": town.second.pk})

    assert (refused.status_code, unfounded.status_code) == (422, 422)
    assert (entered.status_code, written.status_code) == (302, 302)
    assert (approved.status_code, again.status_code) == (302, 422)
    assert (policy.name, version.changes) == (NAME, "En\nTo")
    assert "item 3: Ajourførte retningslinjer" in choice and "item 4: closed item" in choice
    assert [word for word in CLOSED_WORDS if word in choice] == []
    policy.refresh_from_db()
    assert policy.review_on == date(2025, 4, 12)
    opened = client.get(reverse("policies:open-policy-file", args=[version.pk]))
    assert b"".join(opened.streaming_content) == b"Brug en lang adgangskode."  # type: ignore[attr-defined]
    assert client.get(reverse("policies:edit-policy-version", args=[version.pk])).status_code == 200
    assert client.post(reverse("policies:edit-policy-version", args=[version.pk]), typed).status_code == 422


def test_nobody_enters_an_approval_by_an_item_that_she_may_not_read(town: Town) -> None:
    version = write(town, enter(town), FIRST)
    address = reverse("policies:approve-policy-version", args=[version.pk])
    client = as_user(town, "owner")

    shown = text(client, address)
    answers = [client.post(address, {"item": item.pk}).status_code for item in (town.first, town.second)]
    searched = text(as_user(town, "secretary"), address + "?words=Sikkerhedshul")

    assert "item 3" not in shown and "item 4" not in shown
    assert answers == [422, 422]
    assert "item 4" not in searched  # what a search finds tells of what is closed


def test_an_approval_is_stated_and_taken_off(town: Town) -> None:
    policy = enter(town)
    version = write(town, policy, FIRST)
    client = as_user(town, "owner")
    address = reverse("policies:state-policy-approval", args=[version.pk])
    typed = {"body": "Direktionen", "on": "2021-01-27", "source": "Protokol 27-01-2021, punkt 4"}

    assert client.post(address, typed | {"source": ""}).status_code == 422
    assert client.post(address, typed | {"on": "2030-01-01"}).status_code == 422
    assert client.post(address, typed).status_code == 302
    assert "stated: Protokol 27-01-2021, punkt 4" in text(client, of_policy(policy))
    away = reverse("policies:withdraw-policy-approval", args=[version.approvals.get().pk])
    assert client.post(away).status_code == 302
    assert "no version is approved and valid" in text(client, of_policy(policy))


def test_evidence_is_given_and_taken_off(town: Town) -> None:
    policy, row = seed(town), require(town, "3.1")
    client, version = as_user(town, "owner"), policy.versions.get(number=2)
    typed = {"requirement": row.pk, "version": version.pk, "place": "side 16"}

    assert client.post(of_policy(policy, "give-evidence"), typed).status_code == 302
    assert client.post(of_policy(policy, "give-evidence"), typed).status_code == 422
    matrix = reverse("policies:requirements")
    assert "side 16" in text(client, matrix) and "each of them" in text(client, matrix)
    assert "no answering version was in force" in text(client, matrix + "?on=2023-04-11")
    assert client.get(matrix + "?on=nonsense").status_code == 200
    away = reverse("policies:withdraw-evidence", args=[Evidence.objects.get().pk])
    assert client.post(away).status_code == 302
    assert "nothing is entered" in text(client, matrix)


def test_the_export_is_a_table_for_excel_and_an_archive(town: Town, settings: Settings) -> None:
    settings.LANGUAGE_CODE = "da"
    policy = seed(town)
    row = actions.add_requirement(town.authority, of="nsis", code="3.1", words="=1+1; og mere", actor=town.keeper)
    require(town, "9")
    actions.give_evidence(row, version=policy.versions.get(number=1), place="kap. 4", actor=town.keeper)
    client = as_user(town, "auditor")

    def file(name: str) -> bytes:
        return client.get(reverse(f"policies:{name}", args=[town.authority.pk]) + "?on=2023-04-12").content

    lines = file("evidence-file").decode("utf-8-sig").splitlines()
    content = file("print-evidence")
    reports = [page.validate_pdf_bytes(content, profile=name) for name in ("ua1", "2a")]
    words = " ".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(content))

    assert file("evidence-file").startswith(b"\xef\xbb\xbf")
    assert len(lines) == 3
    assert lines[1].startswith(f'2023-04-12;NSIS;3.1;"\'=1+1; og mere";{NAME};2;2023-04-12;Direktionen;2023-04-12;')
    assert [found.rule_id for report in reports for found in report.failures] in ([], ["PDFA2A-STREAM-LENGTH-001"])
    assert "NSIS 3.1" in words
    assert "Direktionen 12. april 2023" in " ".join(words.split())


def test_the_pages_cost_the_same_with_three_rows_and_with_sixty(town: Town) -> None:
    policy = seed(town)
    client = as_user(town, "director")
    pages = [reverse("policies:policies"), reverse("policies:requirements"), of_policy(policy)]

    def fill(first: int, last: int) -> None:
        """So many more policies, requirements with evidence, and versions of the one; all of them approved at one item."""
        names = [f"Retningslinje {number}" for number in range(first, last)]
        decision = town.second.decisions.get()
        others = Policy.objects.bulk_create(
            Policy(authority=town.authority, name=name, tier="guideline", unit=town.unit) for name in names
        )
        versions = PolicyVersion.objects.bulk_create(
            [PolicyVersion(policy=one, number=1, title=one.name, valid_from=SECOND) for one in others]
            + [PolicyVersion(policy=policy, number=10 + n, title=NAME, valid_from=SECOND) for n in range(first, last)]
        )
        PolicyPart.objects.bulk_create(PolicyPart(version=one, position=1, name="Password") for one in versions)
        PolicyApproval.objects.bulk_create(
            PolicyApproval(version=one, decision=decision, recorded_by=town.keeper) for one in versions
        )
        needed = Requirement.objects.bulk_create(
            Requirement(authority=town.authority, set="own", code=name, words=name) for name in names
        )
        for some in (versions[: len(names)], versions[len(names) :]):
            Evidence.objects.bulk_create(
                Evidence(requirement=one, version=version) for one, version in zip(needed, some, strict=True)
            )

    def costs() -> list[int]:
        found = []
        for address in pages:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            found.append(len(captured))
        return found

    fill(0, 3)
    few = costs()
    fill(3, 60)
    many = costs()

    assert few == many
    assert max(many) <= 12, many
