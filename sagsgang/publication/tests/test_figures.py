"""Figures leave by a release: two persons, protected numbers, a chain, a correction that says why, and a withdrawal."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Role
from sagsgang.core.chains import chain_states
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.core.plots import Absent, Event, Line, LinePlot, Point
from sagsgang.documents import storage
from sagsgang.equality.models import Count, LevelFigure, Target
from sagsgang.publication.actions.figures import (
    cancel_figures,
    outgoing_figures,
    prepare_figures,
    release_figures,
    withdraw_figures,
)
from sagsgang.publication.chains import FIGURES
from sagsgang.publication.disclosure import disclose_figures
from sagsgang.publication.figures.tree import (
    FigureCell,
    FigurePlot,
    FiguresDocument,
    FigureSection,
    FiguresReport,
    FigureTable,
    Place,
    item_ref,
    resolved,
)
from sagsgang.publication.models import FiguresPreparation, FiguresPrint, FiguresRecord, PublicFigures, PublicPrint
from sagsgang.publication.tasks import render_figures_pdf

DAY = date(2025, 12, 31)


@dataclass(frozen=True)
class Town:
    authority: Authority
    hr: User
    secretary: User
    director: User


@pytest.fixture
def town(db: None) -> Town:
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    body = Body.objects.create(authority=authority, code="DIR", name="Direktionen", kind=BodyKind.DIRECTORATE)
    users = []
    for name, role in (("hr", Role.HR), ("sekretær", Role.SECRETARY), ("direktør", Role.DIRECTOR)):
        users.append(User.objects.create_user(name))
        Appointment.objects.create(user=users[-1], body=body, role=role)
    return Town(authority, *users)


def counted(town: Town, levels: dict[int, tuple[int, int]], *, version: int = 1) -> Count:
    """A headcount that somebody has vouched for."""
    count = Count.objects.create(
        authority=town.authority, snapshot_on=DAY, version=version, made_by=town.hr, source_system="Løn",
        signed_off_at=now(), signed_off_by=town.hr,
    )  # fmt: skip
    for level, (women, men) in levels.items():
        LevelFigure.objects.create(count=count, level=level, women=women, men=men, other=1)
    return count


def prepare(town: Town, actor: User, reason: str = "") -> FiguresPreparation:
    """The first person's part."""
    return prepare_figures(town.authority, "equality", DAY, DAY, public_reason=reason, actor=actor)


def told(row: PublicFigures) -> list[list[object]]:
    """The numbers of the released table."""
    table = FiguresDocument.from_text(row.document or "").report.sections[0].table
    assert table
    return [[cell.value for cell in line[1:5]] for line in table.rows]


def test_two_persons_release_and_one_takes_back(town: Town) -> None:
    counted(town, {1: (2, 5), 2: (21, 17), 3: (201, 64)})
    prepared = prepare(town, town.hr)
    with pytest.raises(RuleBrokenError, match=r"[Tt]o forskellige"):
        release_figures(prepared, actor=town.hr)
    row = release_figures(prepared, actor=town.director)

    assert told(row)[0][0] == Absent.HIDDEN and told(row)[2][2] == 265
    assert (row.number, row.previous, "2025" in row.title) == (1, "", True)
    assert FiguresRecord.objects.get().released_by == town.director
    with pytest.raises(RuleBrokenError):
        release_figures(prepared, actor=town.director)
    with pytest.raises(RuleBrokenError):  # exactly these are out
        prepare(town, town.hr)

    render_figures_pdf(str(row.pk))
    printed = FiguresPrint.objects.get(figures=row).sha256
    assert storage.released().get(printed).startswith(b"%PDF")

    counted(town, {1: (3, 5), 2: (21, 17), 3: (201, 64)}, version=2)
    with pytest.raises(RuleBrokenError):  # a correction says why
        prepare(town, town.hr)
    again = prepare(town, town.secretary, "En leder manglede.")
    counted(town, {1: (9, 5), 2: (21, 17), 3: (201, 64)}, version=3)
    with pytest.raises(RuleBrokenError):  # changed since it was prepared
        release_figures(again, actor=town.director)
    Count.objects.filter(version=3).update(signed_off_at=None, signed_off_by=None)
    newer = release_figures(again, actor=town.director)
    row.refresh_from_db()
    assert (row.state, row.document, row.title) == ("superseded", None, "")
    assert not FiguresPrint.objects.exists() and PublicPrint.objects.get().sha256 == printed
    assert (newer.number, newer.previous, newer.figures_id) == (2, row.sha256, row.figures_id)
    # Two women became three: what was left out stays left out, or the difference would tell of one person.
    assert told(newer)[0][0] == Absent.HIDDEN

    with pytest.raises(RuleBrokenError):
        withdraw_figures(newer.pk, reason=" ", actor=town.director)
    withdraw_figures(newer.pk, reason="Forkert dag.", actor=town.director)
    newer.refresh_from_db()
    assert (newer.state, newer.document, newer.slug) == ("withdrawn", None, "")
    state = chain_states(FIGURES)["Egekøbing Kommune"]
    assert (state.length, state.broken) == (2, None)
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"prepare_figures", "release_figures", "withdraw_figures"} <= verbs


def test_released_days_are_a_series_and_stay_protected_wherever_they_are_told(town: Town) -> None:
    """2 women at level 1 in 2023 are left out of both reports; an unreleased day is in none; a target is told if it is decided."""
    days = (date(2023, 4, 12), date(2024, 4, 12), DAY)
    for day, top in zip(days, ((2, 5), (4, 5), (5, 5)), strict=True):
        Count.objects.filter(pk=counted(town, {1: top, 2: (21, 17), 3: (201, 64)}).pk).update(snapshot_on=day)
    for number, words in ((5, "Byrådet 12-12-2024"), (6, "")):
        Target.objects.create(
            authority=town.authority, level=1, sex="k", number=number, share=40 + number, due_on=date(2027, number, 1),
            decided_words=words,
        )  # fmt: skip

    def released(day: date) -> FiguresReport:
        prepared = prepare_figures(town.authority, "equality", day, day, public_reason="Rettet", actor=town.hr)
        row = release_figures(prepared, actor=town.director)
        return FiguresDocument.from_text(row.document or "").report

    first = released(days[0])
    last = released(DAY)
    own, series, beside, targets = (section.table for section in last.sections)
    assert own and series and beside and targets
    assert [row[0].text for row in series.rows] == ["12. april 2023"] * 4 + ["31. december 2025"] * 4
    assert first.sections[0].table
    assert [[cell.value for cell in row[2:6]] for row in series.rows[:4]] == [
        [cell.value for cell in row[1:5]] for row in first.sections[0].table.rows
    ]
    assert series.rows[0][2].value == series.rows[0][5].value == Absent.HIDDEN
    assert [row[0].text for row in beside.rows] == ["2017", "2020"]
    assert [(row[2].value, row[5].value) for row in targets.rows] == [(5, 50)]

    # Corrected by one: what the series told of the day counts as told.
    newer = counted(town, {1: (2, 5), 2: (22, 17), 3: (201, 64)}, version=2)
    Count.objects.filter(pk=newer.pk).update(snapshot_on=days[0])
    again = released(days[0]).sections[0].table
    assert again and again.rows[1][1].value == Absent.HIDDEN


def test_a_day_is_told_with_the_levels_it_was_told_with(town: Town) -> None:
    """Without level 3 the total is 11 women: 11 - 9 would be the two of level 1 that both reports leave out."""
    counted(town, {1: (2, 4), 2: (9, 8), 3: (3, 20)})
    row = release_figures(prepare(town, town.hr), actor=town.director)
    [day] = FiguresDocument.from_text(row.document or "").report.days
    assert (day.on, day.levels, day.rows[0][0], day.rows[1][0]) == (DAY, (1, 2, 3), None, 9)
    Count.objects.filter(pk=counted(town, {1: (2, 4), 2: (9, 8)}, version=2).pk).update(snapshot_on=DAY)
    with pytest.raises(RuleBrokenError, match=r"other levels|andre niveauer"):
        prepare(town, town.hr, "Niveau 3 var forkert.")
    later = date(2026, 12, 31)
    Count.objects.filter(pk=counted(town, {1: (9, 9)}, version=3).pk).update(snapshot_on=later)
    [told_now] = outgoing_figures(town.authority, "equality", later, later).report.days  # and no series tells it
    assert told_now.on == later


def test_what_the_gate_finds_stops_it(town: Town) -> None:
    count = counted(town, {1: (20, 5), 2: (21, 17)})
    Count.objects.filter(pk=count.pk).update(source_system="Løn, spørg 010190-1234")
    with pytest.raises(RuleBrokenError, match="CPR"):
        prepare(town, town.hr)
    assert not FiguresPreparation.objects.exists()


@pytest.mark.parametrize("days", [1, 30])
def test_the_pages_of_the_house(
    town: Town, client: Client, days: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    counted(town, {1: (20, 5), 2: (21, 17)})
    for at in range(1, days):
        Count.objects.create(
            authority=town.authority, snapshot_on=date(2024, 1, at), version=1, made_by=town.hr, signed_off_at=now(),
            signed_off_by=town.hr,
        )  # fmt: skip
    page, address = reverse("publication:figures"), reverse("publication:prepare-figures", args=[town.authority.pk])
    address += f"?kind=equality&start={DAY}&end={DAY}"
    client.force_login(town.secretary)
    with django_assert_num_queries(11):
        assert address.replace("&", "&amp;") in client.get(page).text
    preview = client.get(address).text
    assert "<svg" in preview and not re.search(r"\b201\b", preview) and "style=" not in preview
    assert client.get(address.replace("equality", "goals-of-nobody")).status_code == 404
    assert client.get(address.replace(str(DAY), "2020-01-01")).status_code == 200  # a sentence: there are none
    assert not FiguresPreparation.objects.exists() and client.post(address).status_code == 302
    prepared = FiguresPreparation.objects.get()
    release = reverse("publication:release-figures", args=[prepared.pk])
    assert client.post(release).status_code == 422  # she prepared it herself
    client.force_login(town.director)
    assert client.get(release).status_code == 200
    assert client.post(release).status_code == 302
    row = PublicFigures.objects.get()
    assert row.title in client.get(page).text
    withdraw = reverse("publication:withdraw-figures", args=[row.pk])
    assert client.get(withdraw).status_code == 200
    assert client.post(withdraw, {"reason": ""}).status_code == 422
    assert client.post(withdraw, {"reason": "Forkert."}).status_code == 302
    again = prepare(town, town.secretary)
    cancel = reverse("publication:cancel-figures", args=[again.pk])
    assert [client.post(cancel).status_code, client.post(cancel).status_code] == [302, 302]
    with pytest.raises(RuleBrokenError):
        cancel_figures(again, actor=town.secretary)


def test_what_is_not_released_leaves_no_trace() -> None:
    out, kept = item_ref(uuid4()), item_ref(uuid4())
    cells = tuple((FigureCell(text="Hemmelig titel", link=link), FigureCell(value=3)) for link in (out, kept))
    points = (Point(DAY, 1), Point(date(2026, 1, 1), 2, href=kept))
    events = tuple(Event(DAY, "Hemmelig titel", link) for link in (out, kept))
    report = FiguresReport(
        "goals", "Egekøbing", "Mål", "", DAY, DAY,
        (
            FigureSection(
                "Beslutninger",
                plot=FigurePlot.of(LinePlot("CO2", (Line("Ton", points),), events=events)),
                table=FigureTable("Sager", ("Sag", "Antal"), cells),
            ),
        ),
    )  # fmt: skip
    left = disclose_figures(report, {out})
    assert "Hemmelig" not in repr(left) and kept not in repr(left) and out in repr(left)
    now_read = resolved(left, {out: Place("Ny cykelsti", "/punkter/1/")})
    table = now_read.sections[0].table
    assert table and [cell.text for row in table.rows for cell in row] == ["Ny cykelsti", ""]
    assert "Ny cykelsti" not in repr(resolved(left, {}))
    with pytest.raises(ValueError, match="reference"):
        disclose_figures(resolved(report, {out: Place("x", "https://ude.example")}), set())
