"""`gate`: files examined for what is personal or left over, asked from outside. No database.

Exit codes: 0 nothing was found, 1 something was, 2 no file could be examined. A file that cannot be examined among
others has its sentence in its place, and the answer is 1: nobody may take it for clean.
"""

from argparse import Namespace
from pathlib import Path

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.gate.examining import Examined, Finding, examine_for
from sagsgang.gate.finding.everything import Wanted
from sagsgang.gate.masked import masked
from sagsgang.gate.pieces import Box, UnreadableError
from sagsgang.gate.words import kind_word, where_word
from sagsgang.site.commands.output import answer
from sagsgang.site.installation import say


def gate(arguments: Namespace) -> int:
    """Examine the files. Raises RuleBrokenError if the list of names cannot be read."""
    wanted = Wanted.of(_names(arguments.names), own_domains=arguments.domain)
    answers = [(path, _examined(path, wanted)) for path in arguments.files]
    answer(
        [_as_json(path, found) for path, found in answers],
        as_json=arguments.json,
        lines=lambda: [line for path, found in answers for line in _lines(path, found)],
    )
    if all(isinstance(found, str) for _path, found in answers):
        return 2
    return int(any(isinstance(found, str) or found.findings for _path, found in answers))


def _names(path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        return [line.strip() for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise RuleBrokenError(_("{path}: the list of names cannot be read.").format(path=path)) from error


def _examined(path: Path, wanted: Wanted) -> Examined | str:
    try:
        return examine_for(path, wanted)
    except UnreadableError as refusal:
        say(f"{path}: {refusal}")
        return str(refusal)


def _as_json(path: Path, found: Examined | str) -> dict[str, object]:
    if isinstance(found, str):
        return {"file": str(path), "error": found}
    return {
        "file": str(path),
        "pages": found.pages,
        "readable": found.readable,
        "tagged": found.tagged,
        "findings": [_finding(one) for one in found.findings],
        "lacks": list(found.lacks),
    }


def _finding(one: Finding) -> dict[str, object]:
    return {
        "kind": str(one.kind),
        "page": one.page,
        "box": _box(one.box),
        "text": one.text,
        "where": str(one.where),
        "place": one.place,
    }


def _box(box: Box | None) -> list[float] | None:
    return [box.left, box.bottom, box.right, box.top] if box else None


def _lines(path: Path, found: Examined | str) -> list[str]:
    """One line a finding, in columns; what was found is masked, since a screen and a log are read by others."""
    if isinstance(found, str):
        return [f"{path}: {found}"]
    rows = [
        (kind_word(one.kind), where_word(one.where), _place(one), masked(one.kind, one.text)) for one in found.findings
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    table = ["  " + "  ".join([*map(str.ljust, row, widths), row[3]]) for row in rows]
    return [f"{path}: {_summary(found)}", *table, *(f"  {lack}" for lack in found.lacks)]


def _summary(found: Examined) -> str:
    if not found.findings:
        said = _("nothing was found")
    else:
        said = _("found: {count}").format(count=len(found.findings))
    if found.pages is not None and not found.readable:
        said += "; " + _("has no text layer")
    if found.tagged is False:
        said += "; " + _("is not tagged for screen readers")
    return said


def _place(one: Finding) -> str:
    page = _("page {number}").format(number=one.page) if one.page else ""
    return ", ".join(filter(None, (page, one.place)))
