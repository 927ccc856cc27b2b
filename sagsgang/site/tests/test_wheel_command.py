"""`sagsgang wheel`: the wheel of a body in a file, and what is said of what cannot be."""

import json
from argparse import Namespace
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import parse

import pytest

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body, BodyKind
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import Meeting
from sagsgang.site.commands.arguments import parser
from sagsgang.site.commands.wheel import wheel
from sagsgang.wheel.actions import EntryFacts, add_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Body:
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    body = Body.objects.create(authority=authority, kind=BodyKind.COUNCIL, name="Kommunalbestyrelsen", code="KB")
    Meeting.objects.create(body=body, held_on=date(2023, 5, 23))
    facts = EntryFacts(title="Budget & <regnskab>", rule="FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=10", body=body)
    add_entry(authority, facts, actor=User.objects.create_user("sekretær"))
    return body


def run(output: Path, *, body: str = "kb", year: str = "2023", form: str = "svg") -> int:
    words = ["wheel", "--body", body, "--year", year, "--format", form, "-o", str(output)]
    arguments: Namespace = parser().parse_args(words)
    return wheel(arguments)


def test_the_drawing_has_title_description_and_text(council: Body, tmp_path: Path) -> None:
    target = tmp_path / "hjul.svg"

    assert run(target, body="Kommunalbestyrelsen") == 0

    root = parse(target).getroot()
    space = "{http://www.w3.org/2000/svg}"
    assert (root.tag, root[0].tag, root[1].tag) == (f"{space}svg", f"{space}title", f"{space}desc")
    assert "2023" in [element.text for element in root.iter(f"{space}text")]
    assert any("Budget & <regnskab>" in str(element.get("aria-label")) for element in root.iter())


def test_print_and_values(council: Body, tmp_path: Path) -> None:
    run(tmp_path / "hjul.pdf", form="pdf")
    run(tmp_path / "hjul.json", form="json")

    found = json.loads((tmp_path / "hjul.json").read_text())
    assert (tmp_path / "hjul.pdf").read_bytes().startswith(b"%PDF-")
    assert [(entry["date"], entry["title"]) for entry in found["entries"]] == [("2023-10-10", "Budget & <regnskab>")]
    assert found["meetings"] == [{"body": "Kommunalbestyrelsen", "date": "2023-05-23"}]


@pytest.mark.parametrize(
    "wrong", [{"body": "XX"}, {"body": " "}, {"year": "1999"}, {"year": "næste"}, {"year": "2101"}, {"body": "%"}]
)
def test_what_cannot_be_is_refused_and_nothing_is_written(council: Body, tmp_path: Path, wrong: dict[str, str]) -> None:
    target = tmp_path / "hjul.svg"
    target.write_text("før")

    with pytest.raises(RuleBrokenError):
        run(target, **wrong)

    assert (target.read_text(), [path.name for path in tmp_path.iterdir()]) == ("før", ["hjul.svg"])


def test_a_folder_that_is_not_there_and_a_code_of_two_houses_are_told(council: Body, tmp_path: Path) -> None:
    with pytest.raises(RuleBrokenError):
        run(tmp_path / "ingen" / "hjul.svg")
    other = Authority.objects.create(name="Bøgekøbing Kommune", slug="boegekoebing")
    Body.objects.create(authority=other, kind=BodyKind.COUNCIL, name="Byrådet", code="KB")

    with pytest.raises(RuleBrokenError, match=r"Byrådet \(Bøgekøbing Kommune\)"):
        run(tmp_path / "hjul.svg")


def test_an_empty_wheel_is_drawn_in_the_first_and_the_last_year(council: Body, tmp_path: Path) -> None:
    assert [run(tmp_path / f"{year}.svg", year=year) for year in ("2000", "2100")] == [0, 0]
