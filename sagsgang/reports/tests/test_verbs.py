"""Every act that the code writes into the audit log has words; found in the source, so that a new one cannot be forgotten."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils import translation

from sagsgang.reports.rendering.verbs import verbs

SOURCE = Path(__file__).parents[2]
FILES = sorted(path for path in SOURCE.rglob("*.py") if "tests" not in path.parts and "migrations" not in path.parts)

# What an f-string makes: the states of `meetings.actions.presence`.
MADE = {"mark_{state}": {"mark_absent", "mark_present"}}

type Verb = tuple[str, str]  # act, or "?" where it cannot be read; place in the source


def writers_of(tree: ast.AST, known: dict[str, int]) -> dict[str, int]:
    """The functions of a module that hand an act on to `record`, with the place of the act among their arguments."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    writers = dict(known)
    for _ in range(3):  # a writer of a writer is one too
        for function in functions:
            for call in calls(function, writers):
                handed = argument(call, writers[name_of(call)])
                places = [arg.arg for arg in function.args.args]
                if isinstance(handed, ast.Name) and handed.id in places:
                    writers[function.name] = places.index(handed.id)
    return writers


def written_verbs(path: Path, known: dict[str, int]) -> Iterator[Verb]:
    """The acts in a module's calls of `record` and of what hands an act on to it."""
    tree = ast.parse(path.read_text())
    writers = writers_of(tree, known)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in writers]
    handed_on = {id(call) for function in functions for call in calls(function, writers)}
    for call in calls(tree, writers):
        for verb in verbs_in(argument(call, writers[name_of(call)])):
            if verb != "?" or id(call) not in handed_on:
                yield verb, f"{path.relative_to(SOURCE)}:{call.lineno}"


def calls(tree: ast.AST, writers: dict[str, int]) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node) in writers]


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def argument(call: ast.Call, place: int) -> ast.expr | None:
    named = next((word.value for word in call.keywords if word.arg == "verb"), None)
    return call.args[place] if len(call.args) > place else named


def verbs_in(argument: ast.expr | None) -> set[str]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return {argument.value}
    if isinstance(argument, ast.IfExp):
        return verbs_in(argument.body) | verbs_in(argument.orelse)
    if isinstance(argument, ast.JoinedStr):
        return MADE.get(ast.unparse(argument)[2:-1], {"?"})
    return {"?"}


@cache
def all_written() -> list[Verb]:
    """Public functions that hand an act on are called from other files too."""
    known = {"record": 1}
    for path in FILES:
        if "record(" in path.read_text():
            found = writers_of(ast.parse(path.read_text()), known)
            known |= {name: place for name, place in found.items() if not name.startswith("_")}
    return [found for path in FILES if "actions" in str(path) for found in written_verbs(path, known)]


def test_the_search_finds_the_acts() -> None:
    found = {verb for verb, _place in all_written()}

    assert {"record_decision", "mark_absent", "upload_attachment", "put_on_agenda", "read_closed", "read_log"} <= found


def test_every_act_in_the_code_can_be_read() -> None:
    assert [place for verb, place in all_written() if verb == "?"] == []


def test_every_act_has_words() -> None:
    with translation.override("en"):
        known = verbs()

    assert sorted({verb for verb, _place in all_written()} - known.keys()) == []


def test_no_words_are_left_of_acts_that_are_gone() -> None:
    with translation.override("en"):
        known = verbs()

    assert sorted(known.keys() - {verb for verb, _place in all_written()}) == []
