"""`mask`: a copy of a file without what was found in it, examined again before anybody trusts it."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from sagsgang.gate.examining import Finding, examine
from sagsgang.gate.finding.everything import Wanted, find
from sagsgang.gate.finding.folded import Found, shown
from sagsgang.gate.masking.office import OfficeOrder, mask_office
from sagsgang.gate.masking.pdf import Order, mask_pdf, needle, still_there
from sagsgang.gate.masking.pictures import blackened
from sagsgang.gate.masking.spans import Finder
from sagsgang.gate.masking.strings import replaced
from sagsgang.gate.pieces import Box, Kind, UnreadableError, Where

_RAW = (Kind.CPR, Kind.PHONE, Kind.EMAIL, Kind.ACCOUNT)  # looked for in the unpacked bytes too
_NUMBERS = (Kind.CPR, Kind.PHONE, Kind.ACCOUNT)
_SHORTEST = 6  # signs of a number that is looked for by its figures alone
_ON_PAGE = (Where.TEXT, Where.HIDDEN, Where.COVERED, Where.IMAGE)
_ZIP = b"PK\x03\x04"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM", b"RIFF")

type Kept = Callable[[Kind, str], bool]


def nothing_kept(_kind: Kind, _text: str) -> bool:
    """Everything of the kinds is taken out."""
    return False


@dataclass(frozen=True, slots=True)
class Masked:
    """What was taken out, what is still found in the copy, and sentences on what else was changed."""

    removed: list[Finding]
    left: list[Finding]
    said: tuple[str, ...] = ()


def mask(
    path: Path,
    kinds: Collection[Kind],
    out: Path,
    *,
    names: Iterable[str] = (),
    areas: Sequence[tuple[int, Box]] = (),
    own_domains: Collection[str] = (),
    kept: Kept = nothing_kept,
) -> Masked:
    """Write a copy of a PDF, Office file, picture or text without what is found of these kinds, and examine the copy.

    `areas` are boxes by page (from 1, as the page is shown) that a user drew: what stands in them goes too. `names` and
    `own_domains` are what `examine` takes. `kept(kind, words)` says of something found that it stays as it is. The
    original is never written.

    Raises UnreadableError: the file cannot be opened or masked, or `out` is the file itself. Then `out` is not written.
    """
    if out.resolve() == path.resolve() or (out.exists() and out.samefile(path)):
        raise UnreadableError(_("The masked copy cannot be written over the file itself."))
    task = _Task(path, frozenset(kinds), tuple(names), tuple(own_domains), kept)
    before = task.look(path)
    draft = out.with_name(f".{out.name}.draft{path.suffix}")
    try:
        left, said = _write(task, draft, before, areas)
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    return Masked(_gone(before, left), left, tuple(said))


@dataclass(frozen=True, slots=True)
class _Task:
    """A file and what must go out of it."""

    path: Path
    kinds: frozenset[Kind]
    names: tuple[str, ...]
    own_domains: tuple[str, ...]
    kept: Kept

    def finder(self, before: Iterable[Finding] = ()) -> Finder:
        """What finds the wanted kinds in a text; the numbers that were found `before` also where nothing beside them
        says what they are, as a table's heading did.
        """
        wanted = Wanted.of(self.names, own_domains=self.own_domains)
        numbers = _numbers_of(before)

        def found_in(text: str) -> list[Found]:
            found = find(text, wanted)
            found += [
                Found(kind, match.start(), match.end())
                for kind, number in numbers
                for match in number.finditer(text)
                if not any(one.start < match.end() and match.start() < one.end for one in found)
            ]
            return [
                one
                for one in sorted(found, key=lambda one: one.start)
                if one.kind in self.kinds and not self.kept(one.kind, shown(text[one.start : one.end]))
            ]

        return found_in

    def look(self, file: Path) -> list[Finding]:
        """What the gate finds in a file, of the wanted kinds."""
        found = examine(file, names=self.names, own_domains=self.own_domains).findings
        return [one for one in found if one.kind in self.kinds and not self.kept(one.kind, one.text)]


def _numbers_of(before: Iterable[Finding]) -> list[tuple[Kind, re.Pattern[str]]]:
    texts = {(one.kind, one.text) for one in before if one.kind in _NUMBERS and len(one.text) >= _SHORTEST}
    return [(kind, re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")) for kind, text in sorted(texts)]


def _write(
    task: _Task, draft: Path, before: list[Finding], areas: Sequence[tuple[int, Box]]
) -> tuple[list[Finding], list[str]]:
    """Write the masked copy, by what the file is. Answers what is still found in it, and sentences."""
    with task.path.open("rb") as file:
        start = file.read(1024)
    said: list[str] = []
    if b"%PDF-" in start:
        return _write_pdf(task, draft, before, areas)
    if start.startswith(_ZIP):
        said = mask_office(task.path, draft, OfficeOrder(task.kinds, task.finder(before)))
    elif start.startswith(_PICTURES):
        draft.write_bytes(blackened(task.path.read_bytes(), _areas(before, areas)))
    elif b"\0" not in start:
        draft.write_text(replaced(_decoded(task.path.read_bytes()), task.finder(before)), encoding="utf-8")
    else:
        raise UnreadableError(_("Files of this kind cannot be masked."))
    return task.look(draft), said


def _write_pdf(
    task: _Task, draft: Path, before: list[Finding], areas: Sequence[tuple[int, Box]]
) -> tuple[list[Finding], list[str]]:
    """Edit the streams; what is found after that makes its page a picture, and then nothing of it can be left."""
    finder = task.finder()
    boxes = _areas([one for one in before if _needs_area(one, finder)], areas)
    order = Order(task.kinds, frozenset(one.where for one in before), boxes)
    needles = {needle(one.text) for one in before if one.kind in _RAW}
    for _attempt in range(2):
        said, pictured = mask_pdf(task.path, draft, order, finder)
        left = task.look(draft)
        walked, is_raw = still_there(draft, finder, needles)
        again = {one.page for one in left if one.page is not None and one.where in _ON_PAGE} | walked
        if not again - pictured:
            break
        seen = _areas([one for one in left if one.where in _ON_PAGE], ())
        order = replace(order, areas=_joined(boxes, seen), pictured=frozenset(pictured | {*again}))
    if not left and (is_raw or walked):
        # The gate no longer sees it, but it stands somewhere in the file: say so, with the first as what is left.
        left = [one for one in before if one.kind in _RAW][:1] or before[:1]
    return left, said


def _needs_area(found: Finding, finder: Finder) -> bool:
    """Words in pictures have no letters to take out: only their place is known."""
    return found.where in (Where.IMAGE, Where.COVERED) or (found.where in _ON_PAGE and not finder(found.text))


def _areas(found: Iterable[Finding], drawn: Sequence[tuple[int, Box]]) -> dict[int, list[Box]]:
    areas: dict[int, list[Box]] = {}
    for page, box in [*((one.page or 1, one.box) for one in found), *drawn]:
        if box is not None:
            areas.setdefault(page, []).append(box)
    return areas


def _joined(first: dict[int, list[Box]], second: dict[int, list[Box]]) -> dict[int, list[Box]]:
    return {page: [*first.get(page, []), *second.get(page, [])] for page in first.keys() | second.keys()}


def _gone(before: list[Finding], left: list[Finding]) -> list[Finding]:
    """What was found before and is not found any more; of equal ones, as many as there are fewer."""
    rest = [(one.kind, needle(one.text), one.page) for one in left]
    gone = []
    for one in before:
        key = (one.kind, needle(one.text), one.page)
        if key in rest:
            rest.remove(key)
        else:
            gone.append(one)
    return gone


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
