"""`mask`: a copy of a file without what the gate finds of the named kinds. No database."""

from argparse import Namespace

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.gate.examining import Finding
from sagsgang.gate.masking.act import Masked
from sagsgang.gate.masking.act import mask as mask_file
from sagsgang.gate.pieces import Kind, UnreadableError
from sagsgang.site.commands.output import answer
from sagsgang.site.installation import say


def mask(arguments: Namespace) -> int:
    """Write the masked copy; 1 if something is left in it. Raises RuleBrokenError for what cannot be masked."""
    try:
        found = mask_file(arguments.file, _kinds(arguments.kinds), arguments.output)
    except (UnreadableError, OSError) as error:
        sentence = str(error) if isinstance(error, UnreadableError) else _("The file cannot be read or written.")
        raise RuleBrokenError(f"{arguments.file}: {sentence}") from error
    for sentence in found.said:
        say(sentence)
    facts = {
        "removed": [_row(one) for one in found.removed],
        "left": [_row(one) for one in found.left],
    }
    answer(facts, as_json=arguments.json, lines=lambda: _lines(found))
    return 1 if found.left else 0


def _kinds(words: str) -> set[Kind]:
    try:
        kinds = {Kind(word.strip()) for word in words.split(",") if word.strip()}
    except ValueError as error:
        known = ", ".join(Kind)
        raise RuleBrokenError(_("Unknown kind. The kinds are: {kinds}.").format(kinds=known)) from error
    if not kinds:
        raise RuleBrokenError(_("Say at least one kind."))
    return kinds


def _row(found: Finding) -> dict[str, object]:
    box = found.box
    return {
        "kind": str(found.kind),
        "page": found.page,
        "box": [box.left, box.bottom, box.right, box.top] if box is not None else None,
        "text": found.text,
        "where": str(found.where),
        "place": found.place,
    }


def _lines(found: Masked) -> list[str]:
    return [
        _("Removed: {count}").format(count=len(found.removed)),
        _("Left: {count}").format(count=len(found.left)),
        *(f"  {one.kind} · {one.where} · {one.page or one.place}" for one in found.left),
    ]
