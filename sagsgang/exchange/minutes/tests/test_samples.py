"""The shared samples by their own scorer: a fall of the share of facts found, or one invention more, is a break."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from sagsgang.exchange.minutes.as_json import to_json
from sagsgang.exchange.minutes.errors import UnreadableError
from sagsgang.exchange.minutes.reading import read_file, read_minutes
from sagsgang.exchange.minutes.tests.shared import SHARED, needs_shared

pytestmark = needs_shared
SAMPLES = sorted((SHARED / "samples" / "minutes").glob("*.txt"))


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "samples" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_nearly_all_facts_are_found_and_none_is_invented() -> None:
    score = scorer().Score()
    for entry in json.loads((SHARED / "samples" / "facts.json").read_text(encoding="utf-8"))["entries"]:
        path = (SHARED / "samples" / Path(entry["file"])).resolve()
        scorer().score_entry(score, entry, json.loads(json.dumps(to_json(read_file(path)))))

    assert score.invented.total() == 0
    assert score.found.total() >= 0.97 * score.asked.total(), score.misses


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_cut_anywhere_is_read_or_refused_with_a_sentence(path: Path) -> None:
    data = path.read_bytes()
    for end in range(1, len(data), 200):
        try:
            read_minutes(data[:end])
        except UnreadableError as error:
            assert error.sentence.endswith(".")
