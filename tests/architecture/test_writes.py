"""Only actions and tasks write."""

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "sagsgang"
WRITES = {
    "create", "bulk_create", "bulk_update", "delete", "save", "get_or_create", "update_or_create", "create_user",
}  # fmt: skip
MAY_WRITE = {"actions", "tasks", "migrations", "tests", "identity"}
# Object files and documents have a `.save()` of their own; these modules know no rows.
NO_ROWS = {
    "word_file",
    "copies",
    "pdf",
    "files",
    "storage",
    "row_headers",
    "provision",
    "grids",
    "joining",
    "draw_place",
    "attached",
}
# An app without models: it saves files.
NO_MODELS = {"gate"}


def row_writes(path: Path) -> list[str]:
    return [
        f"{path.relative_to(SOURCE)}:{node.lineno} .{node.func.attr}()"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]


def parts(path: Path) -> set[str]:
    return set(path.relative_to(SOURCE).with_suffix("").parts)


def test_only_actions_write() -> None:
    sources = [
        path
        for path in SOURCE.rglob("*.py")
        if not (MAY_WRITE | NO_ROWS) & parts(path) and path.relative_to(SOURCE).parts[0] not in NO_MODELS
    ]

    assert [write for path in sources for write in row_writes(path)] == [
        "core/models.py:NN .create()".replace("NN", line_of_the_audit_log())
    ]


def line_of_the_audit_log() -> str:
    """`record` itself writes the audit log, for the actions above it."""
    lines = (SOURCE / "core/models.py").read_text().splitlines()
    return str(next(n for n, line in enumerate(lines, 1) if "AuditEntry.objects.create(" in line))


def test_the_guard_sees_a_write() -> None:
    assert any(row_writes(path) for path in (SOURCE / "meetings" / "actions").glob("*.py"))
