"""`mask`: a copy of a file without what was found in it, examined again before anybody trusts it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from sagsgang.gate.examining import Finding, examine
from sagsgang.gate.finding.everything import Wanted, find
from sagsgang.gate.finding.folded import Found
from sagsgang.gate.masking.office import OfficeOrder, mask_office
from sagsgang.gate.masking.pdf import Order, mask_pdf, needle, still_there
from sagsgang.gate.masking.pictures import blackened
from sagsgang.gate.masking.spans import Finder
from sagsgang.gate.masking.strings import replaced
from sagsgang.gate.pieces import Box, Kind, UnreadableError, Where

_RAW = (Kind.CPR, Kind.PHONE, Kind.EMAIL, Kind.ACCOUNT)  # looked for in the unpacked bytes too
_ON_PAGE = (Where.TEXT, Where.HIDDEN, Where.COVERED, Where.IMAGE)
_ZIP = b"PK\x03\x04"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM", b"RIFF")


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
) -> Masked:
    """Write a copy of a PDF, Office file, picture or text without what is found of these kinds, and examine the copy.

    `areas` are boxes by page (from 1, as the page is shown) that a user drew: what stands in them goes too. `names` and
    `own_domains` are what `examine` takes. The original is never written.

    Raises UnreadableError: the file cannot be opened or masked, or `out` is the file itself. Then `out` is not written.
    """
    if out.resolve() == path.resolve() or (out.exists() and out.samefile(path)):
        raise UnreadableError(_("The masked copy cannot be written over the file itself."))
    task = _Task(path, frozenset(kinds), tuple(names), tuple(own_domains))
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

    def finder(self) -> Finder:
        """What finds the wanted kinds in a text."""
        wanted = Wanted.of(self.names, own_domains=self.own_domains)

        def found_in(text: str) -> list[Found]:
            return [found for found in find(text, wanted) if found.kind in self.kinds]

        return found_in

    def look(self, file: Path) -> list[Finding]:
        """What the gate finds in a file, of the wanted kinds."""
        return [one for one in examine(file, names=self.names).findings if one.kind in self.kinds]


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
        said = mask_office(task.path, draft, OfficeOrder(task.kinds, task.finder()))
    elif start.startswith(_PICTURES):
        draft.write_bytes(blackened(task.path.read_bytes(), _areas(before, areas)))
    elif b"\0" not in start:
        draft.write_text(replaced(_decoded(task.path.read_bytes()), task.finder()), encoding="utf-8")
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
