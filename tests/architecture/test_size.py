"""A file has one subject, a function fits a glance, nothing is called utils, every public act says what it does."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "sagsgang"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
VAGUE = {"utils", "util", "helpers", "helper", "service", "services", "manager", "managers", "common", "misc"}
RELATIVE = [str(path.relative_to(SOURCE)) for path in FILES]


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("name", RELATIVE)
def test_files_and_functions_are_small(name: str) -> None:
    path = SOURCE / name

    assert len(path.read_text().splitlines()) <= 500
    assert [f.name for f in functions(path) if (f.end_lineno or 0) - f.lineno >= 50] == []


def test_no_file_is_a_junk_drawer() -> None:
    assert [name for name in RELATIVE if Path(name).stem in VAGUE] == []


def test_every_public_act_has_a_docstring_and_takes_its_actor_by_name() -> None:
    acts = [f for path in FILES if "actions" in parts(path) and "tests" not in parts(path) for f in _public(path)]

    assert [f.name for f in acts if not ast.get_docstring(f)] == []
    assert [f.name for f in acts if "actor" in {a.arg for a in f.args.args} and f.name not in POSITIONAL] == []


# Parts of one restore hand the actor on among themselves; `record_both` takes its words in the order of `record`.
POSITIONAL = {"restore_decisions", "record_both"}


def parts(path: Path) -> set[str]:
    return set(path.relative_to(SOURCE).with_suffix("").parts)


def _public(path: Path) -> list[ast.FunctionDef]:
    return [
        node
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
