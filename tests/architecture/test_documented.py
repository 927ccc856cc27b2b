"""What the texts promise is there: settings, the feature walk's files, the words of the glossary."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_setting_of_the_environment_is_explained() -> None:
    sources = [path for path in (ROOT / "sagsgang").rglob("*.py") if "tests" not in path.parts]
    used = {name for path in sources for name in re.findall(r'"((?:SAGSGANG_[A-Z_]+)|DATABASE_URL)"', path.read_text())}
    explained = set(re.findall(r"`((?:SAGSGANG_[A-Z_]+)|DATABASE_URL)`", (ROOT / "docs/settings.md").read_text()))

    assert used - explained == set()
    assert explained - used == set()


def test_the_feature_walk_names_files_that_exist() -> None:
    named = re.findall(r"`(sagsgang/[\w/.-]+)`", (ROOT / "docs/feature-walk.md").read_text())

    assert len(named) > 8
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_link_between_the_texts_leads_somewhere() -> None:
    texts = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")]
    links = [
        (text.name, target)
        for text in texts
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text.read_text())
        if not (text.parent / target).exists()
    ]

    assert links == []
