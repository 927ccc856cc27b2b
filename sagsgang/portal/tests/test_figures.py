"""Released figures, read by the public: list, page, files; what is taken back is gone from all of them at once."""

import json
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.core.plots import Event, Line, LinePlot, Point
from sagsgang.portal.tests.factories import FIGURES_DAY as DAY
from sagsgang.portal.tests.factories import (
    bytes_of,
    make_body,
    make_draft,
    make_item,
    release,
    release_figures_of,
    withdraw,
)
from sagsgang.publication.actions import figures as acts
from sagsgang.publication.figures.asking import Asked, Maker
from sagsgang.publication.figures.makers import MAKERS
from sagsgang.publication.figures.tree import (
    FigureCell,
    FigurePlot,
    FigureSection,
    FiguresReport,
    FigureTable,
    item_ref,
)
from sagsgang.publication.models import FiguresPrint, PublicBody, PublicItem
from sagsgang.publication.tasks import render_figures_pdf

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]


def test_figures_are_read_and_taken_back(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    assert "No figures" in client.get("/en/tal/").content.decode()
    body = make_body()
    release(body, make_draft(make_item()))
    row = release_figures_of(body)
    own = f"/tal/{row.figures_id}/"
    address = f"{own}{row.slug}/"
    assert address in client.get("/tal/").content.decode()
    assert address in client.get("/tal/sitemap.xml").content.decode()
    assert "/tal/sitemap.xml" in client.get("/sitemap.xml").content.decode()
    assert client.get(own).headers["Location"] == address
    with django_assert_num_queries(1 + 3, using="public"):  # the row, and the snapshot in which it is rendered
        answer = client.get(address)
    page = answer.content.decode()
    assert "20" in page and "<svg" in page and "Kvinder" in page and " style=" not in page
    assert f"{own}tabel-1.csv" in page and f"{own}tal.pdf" in page
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    english = client.get(f"/en{address}").content.decode()
    assert 'lang="da"' in english and "Released figures" in english
    lines = client.get(f"{own}tabel-1.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].count(";") == 5 and lines[1].endswith(";20;5;25;80;32")
    assert client.get(f"{own}tabel-9.csv").status_code == 404
    tree = json.loads(client.get(f"{own}tal.json").content)
    assert tree["report"]["sections"][0]["table"]["rows"][0][1]["value"] == 20
    assert bytes_of(client.get(f"{own}tal.pdf")).startswith(b"%PDF")

    acts.withdraw_figures(row.pk, reason="Hemmelig grund.", actor=User.objects.get(username="den anden"))
    gone = client.get(address)
    assert gone.status_code == 410 and "201" not in gone.content.decode() and "Hemmelig" not in gone.content.decode()
    assert address not in client.get("/tal/").content.decode()
    files = [client.get(f"{own}{name}").status_code for name in ("tal.pdf", "tal.json", "tabel-1.csv")]
    assert files == [404, 404, 404]


def test_what_is_called_by_a_meeting_goes_with_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    body = make_body()
    meeting = release(body, make_draft(make_item("1", "Ny cykelsti"), make_item("2", "Nyt springvand")))
    first = PublicItem.objects.get(title="Ny cykelsti")

    def make(asked: Asked) -> FiguresReport:
        link = item_ref(first.pk)
        line = LinePlot(
            "CO2", (Line("Ton", (Point(DAY, 5), Point(date(2026, 6, 1), 3))),), events=(Event(DAY, "x", link),)
        )
        table = FigureTable("Sager", ("Sag", "Mål"), ((FigureCell(link=link), FigureCell(text="11")),))
        section = FigureSection("Mål", plot=FigurePlot.of(line), table=table)
        return FiguresReport("goals", asked.authority.name, "Mål 2025", "", DAY, DAY, (section,))

    monkeypatch.setitem(MAKERS, "goals", Maker("goals", lambda _authority: [], make))
    authority = Authority.objects.get()
    one, two = (User.objects.create_user(name) for name in ("a", "b"))
    row = acts.release_figures(acts.prepare_figures(authority, "goals", DAY, DAY, body=body, actor=one), actor=two)
    render_figures_pdf(str(row.pk))
    address, own = f"/tal/{row.figures_id}/{row.slug}/", f"/tal/{row.figures_id}/"
    before = client.get(address)
    assert before.content.decode().count("Ny cykelsti") >= 3
    assert (
        address
        in client.get(f"/organer/{PublicBody.objects.get().pk}/{PublicBody.objects.get().slug}/").content.decode()
    )
    name = FiguresPrint.objects.get(figures=row).sha256
    assert "It is the published version" in client.get(f"/kontrol/{name}/").content.decode()

    withdraw(meeting)
    after = client.get(address)
    assert "Ny cykelsti" not in after.content.decode() and after.headers["ETag"] != before.headers["ETag"]
    assert all("cykelsti" not in client.get(f"{own}{name}").content.decode() for name in ("tal.json", "tabel-1.csv"))
    assert client.get(f"{own}tal.pdf").status_code == 503
    render_figures_pdf(str(row.pk))
    assert client.get(f"{own}tal.pdf").status_code == 200
