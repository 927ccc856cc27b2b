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
    "copying",
    "watermark",
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

    assert [write for path in sources for write in row_writes(path)] == writes_of_the_audit_log()


def writes_of_the_audit_log() -> list[str]:
    """`record` and `record_all` write the audit log themselves, for the actions above them."""
    lines = (SOURCE / "core/models.py").read_text().splitlines()
    return [
        f"core/models.py:{number} .{verb}()"
        for verb in ("create", "bulk_create")
        for number, line in enumerate(lines, 1)
        if f"AuditEntry.objects.{verb}(" in line
    ]


def test_the_guard_sees_a_write() -> None:
    assert any(row_writes(path) for path in (SOURCE / "meetings" / "actions").glob("*.py"))
