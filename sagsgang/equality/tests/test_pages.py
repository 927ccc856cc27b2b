"""Headcounts in the house: brought in, read by whom, looked through, corrected in a new version, signed off."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Person, Role, Seat
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.equality import actions
from sagsgang.equality.actions import CountFacts
from sagsgang.equality.models import Count, RawRow
from sagsgang.equality.reading import read_headcount

pytestmark = pytest.mark.django_db

DAY = date(2023, 4, 12)
HEAD = "medarbejdernr;navn;enhed;niveau;køn;status"


@dataclass(frozen=True)
class Town:
    authority: Authority
    directorate: Body
    hr: User
    director: User
    admin: User


@pytest.fixture
def town(settings: Settings) -> Town:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    directorate = Body.objects.create(authority=authority, code="DIR", name="Direktionen", kind=BodyKind.DIRECTORATE)
    for name, title in (("Christian Bertelsen", "Kommunaldirektør"), ("Lene Mehlsen Thomsen", "Velfærdsdirektør")):
        Seat.objects.create(body=directorate, person=Person.objects.create(authority=authority, name=name, title=title))
    users = {name: User.objects.create_user(name) for name in ("hr", "direktør", "administrator")}
    Appointment.objects.create(user=users["hr"], body=directorate, role=Role.HR)
    Appointment.objects.create(user=users["direktør"], body=directorate, role=Role.DIRECTOR)
    Appointment.objects.create(user=users["administrator"], body=None, role=Role.ADMIN)
    return Town(authority, directorate, *users.values())


def extract(top: int, below: int) -> bytes:
    rows = [f"1;Christian Bertelsen;Direktion;{top};m;fast", f"2;Lene Mehlsen Thomsen;Direktion;{top};k;fast"]
    rows += [f"{10 + at};Chef {at};Miljø;{below};{'km'[at % 2]};fast" for at in range(4)]
    rows += [f"{20 + at};Leder {at};Skole;3;{'kkm'[at % 3]};fast" for at in range(9)]
    return "\r\n".join([HEAD, *rows]).encode("cp1252")


def bring(client: Client, town: Town, content: bytes, name: str = "udtræk.csv") -> int:
    client.force_login(town.hr)
    data = {"snapshot_on": "2023-04-12", "source_system": "SD Løn", "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("equality:import-count", args=[town.authority.pk]), data).status_code


def kept(town: Town, content: bytes) -> Count:
    facts = CountFacts(snapshot_on=DAY, source_system="SD Løn")
    return actions.keep_count(town.authority, facts, read_headcount(content), actor=town.hr)


def test_swapped_levels_are_found_corrected_and_signed_off(client: Client, town: Town) -> None:
    assert bring(client, town, extract(2, 1)) == 302
    first = Count.objects.get()
    page = client.get(reverse("equality:count", args=[first.pk])).content.decode()
    assert "Kommunaldirektør Christian Bertelsen" in page
    assert "Chef 0" not in page
    assert client.post(reverse("equality:sign-off", args=[first.pk])).status_code == 422
    assert bring(client, town, extract(1, 2)) == 302
    second = Count.objects.get(version=2)
    assert not second.findings.filter(is_error=True).exists()
    assert client.post(reverse("equality:sign-off", args=[second.pk])).status_code == 302
    second.refresh_from_db()
    assert second.signed_off_by == town.hr
    assert not RawRow.objects.exists()
    assert AuditEntry.objects.filter(verb="sign_off_headcount").count() == 1


def test_a_wrong_file_is_refused_and_nothing_is_stored(client: Client, town: Town) -> None:
    for content in (b"a;b\r\n1;2", extract(1, 2) + b"\r\n1;Christian Bertelsen;Direktion;1;m;fast", b"%PDF", b""):
        assert bring(client, town, content) == 422
    assert not Count.objects.exists()
    assert not RawRow.objects.exists()


def test_columns_are_mapped_by_their_letters(client: Client, town: Town) -> None:
    client.force_login(town.hr)
    content = b"A1;B1;C1\r\n7;1;k\r\n8;2;m"
    data: dict[str, object] = {
        "snapshot_on": "2023-04-12",
        "source_system": "SD",
        "file": SimpleUploadedFile("x.csv", content),
    }
    data |= {"column_key": "A", "column_level": "b", "column_sex": "C"}
    assert client.post(reverse("equality:import-count", args=[town.authority.pk]), data).status_code == 302
    assert Count.objects.get().figures.get(level=1).women == 1


def test_rows_are_read_by_their_owner_alone_and_numbers_are_hashed(client: Client, town: Town) -> None:
    count = kept(town, extract(1, 2))
    address = reverse("equality:count-rows", args=[count.pk])
    client.force_login(town.hr)
    page = client.get(address, {"level": "2", "sex": "k"}).content.decode()
    assert "Chef 0" in page
    assert "Chef 1" not in page
    for other in (town.director, town.admin):
        client.force_login(other)
        assert client.get(reverse("equality:count", args=[count.pk])).status_code == 200
        assert client.get(address).status_code == 403
    assert {len(row.key_hash) for row in RawRow.objects.all()} == {64}


def test_each_figure_leads_to_its_rows(client: Client, town: Town) -> None:
    count = kept(town, extract(1, 2))
    client.force_login(town.hr)
    page = client.get(reverse("equality:count", args=[count.pk])).content.decode()
    for level in (0, 1, 2, 3):
        for sex in "kmx":
            assert f"?level={level}&amp;sex={sex}" in page
    assert "<desc" in page


def test_an_error_is_accepted_with_a_reason(client: Client, town: Town) -> None:
    count = kept(town, extract(2, 1))
    client.force_login(town.hr)
    for finding in count.findings.filter(is_error=True):
        address = reverse("equality:accept-finding", args=[finding.pk])
        assert client.post(address, {"reason": " "}).status_code == 422
        assert client.post(address, {"reason": "Efterprøvet med direktionen."}).status_code == 302
    actions.sign_off(count, actor=town.hr)
    with pytest.raises(RuleBrokenError):
        actions.accept_finding(count.findings.all()[0], reason="mere", actor=town.hr)


def test_a_change_after_the_signing_off_is_shown_as_a_change(town: Town) -> None:
    actions.sign_off(kept(town, extract(1, 2)), actor=town.hr)
    again = kept(town, extract(1, 2).replace(b"Chef 0;Milj\xf8;2;k", b"Chef 0;Milj\xf8;2;m"))
    assert {finding.check_number for finding in again.findings.all()} >= {10}


def test_figures_are_typed(client: Client, town: Town) -> None:
    client.force_login(town.hr)
    data = {"snapshot_on": "2023-04-12"} | {
        f"{sex}_{level}": level for level in (1, 2, 3) for sex in ("women", "men", "other")
    }
    address = reverse("equality:type-count", args=[town.authority.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, data).status_code == 302
    assert Count.objects.get().figures.get(level=0).women == 6


def test_pages_ask_a_fixed_number_of_queries(
    client: Client, town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    count = kept(town, extract(2, 1))
    client.force_login(town.hr)
    with django_assert_num_queries(11):
        client.get(reverse("equality:count", args=[count.pk]))
    with django_assert_num_queries(9):
        client.get(reverse("equality:figures"))
