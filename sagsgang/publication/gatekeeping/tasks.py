"""The gate's work, a file at a time: examined once for its bytes, and told to what is prepared. Safe to repeat."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.documents import storage
from sagsgang.gate.examining import examine
from sagsgang.gate.finding.folded import folded, shown
from sagsgang.gate.finding.name import Names, find_in
from sagsgang.gate.pieces import Kind, Piece, UnreadableError, Where
from sagsgang.gate.reading import opening
from sagsgang.publication.gatekeeping.looking import rules_mark
from sagsgang.publication.gatekeeping.things import Spot, Thing, digest_of, stored, thing_of
from sagsgang.publication.models import FileCheck, FindingState, GateFinding, Preparation, ReleaseCheck
from sagsgang.publication.rules.examining import UNREAD

MOST_ATTEMPTS = 3
_CARRIED = ("reason", "by_id", "at")


def checked_file(sha256: str) -> FileCheck:
    """The examination of a file in the house's store: the one there is, or a new one."""
    check, _is_new = FileCheck.objects.get_or_create(sha256=sha256, rules=rules_mark())
    if check.finished_at is None:
        _begin(check)
        with translation.override("da"):
            if check.attempts > MOST_ATTEMPTS:
                check.error = _("The file could not be examined. Save it anew, and upload that.")
            else:
                _examine(check, storage.house().path(sha256))
        check.finished_at = now()
        check.save()
    return check


def _begin(check: FileCheck) -> None:
    # A crash in the midst leaves this mark: the file that brings the worker down is given up in the end.
    check.attempts += 1
    check.started_at = now()
    check.save(update_fields=["attempts", "started_at"])


def _examine(check: FileCheck, path: Path) -> None:
    try:
        found = examine(path, own_domains=settings.OWN_DOMAINS)
    except UnreadableError as refusal:
        check.error = str(refusal)
        return
    except FileNotFoundError:
        check.error = _("The file is not in the house's store. Upload it again.")
        return
    check.pages, check.readable, check.tagged = found.pages, found.readable, found.tagged
    check.lacks = list(found.lacks)
    check.findings = [stored(finding) for finding in found.findings]


def things_in_file(spot: Spot, check: FileCheck) -> Iterator[Thing]:
    """What was found in a file, at the attachment that has it; a file that cannot be examined is a finding itself."""
    if check.error:
        yield Thing(spot, UNREAD, Where.TEXT, None, None, check.error, digest_of(UNREAD, spot.sha256))
    for kept in check.findings:
        yield thing_of(spot, kept)


def names_in_file(spot: Spot, names: Names) -> Iterator[Thing]:
    """Names of what is closed in a copy: in its words, and in what is hidden in it, remarked, or said of the file
    (properties, names of files inside it). Not in its pictures, nor who its authors are, which are found anyway.
    """
    if names.beginnings is None:
        return
    try:
        for piece in opening.read(storage.house().path(spot.sha256), ocr=False).pieces:
            if piece.kind != Kind.METADATA:
                yield from _names_in_piece(spot, piece, names)
    except (UnreadableError, FileNotFoundError):
        return  # said already of the file itself


def _names_in_piece(spot: Spot, piece: Piece, names: Names) -> Iterator[Thing]:
    plain = folded(piece.text)
    for one in find_in(plain, names):
        box = piece.box_of(one.start, one.end) if piece.box_of else None
        where = piece.where_of(one.start, one.end) if piece.where_of else piece.where
        digest = digest_of(Kind.NAME, shown(plain[one.start : one.end]))
        place = (box.left, box.bottom, box.right, box.top) if box else None
        yield Thing(spot, str(Kind.NAME), str(where), piece.page, place, piece.place, digest)


def write_things(preparation: Preparation, things: Iterable[Thing]) -> None:
    """Put what was found to the preparation; what somebody has accepted at the same item before stays accepted."""
    found = list(things)
    accepted = _accepted_before(preparation) if found else {}
    rows = [_row(preparation, thing, accepted.get((thing.spot.item_id, thing.kind, thing.digest))) for thing in found]
    GateFinding.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _accepted_before(preparation: Preparation) -> dict[tuple[UUID | None, str, str], GateFinding]:
    rows = GateFinding.objects.filter(preparation__meeting_id=preparation.meeting_id, state=FindingState.ACCEPTED)
    return {(row.item_id, row.kind, row.digest): row for row in rows.order_by("at")}


def _row(preparation: Preparation, thing: Thing, accepted: GateFinding | None) -> GateFinding:
    known: dict[str, Any] = {"state": FindingState.OPEN}
    if accepted is not None:
        known = {"state": FindingState.ACCEPTED} | {name: getattr(accepted, name) for name in _CARRIED}
    return GateFinding(
        preparation=preparation,
        key=thing.key,
        item_id=thing.spot.item_id,
        attachment_id=thing.spot.attachment_id,
        sha256=thing.spot.sha256,
        part=thing.spot.part,
        kind=thing.kind,
        where=thing.where,
        page=thing.page,
        box=list(thing.box) if thing.box else None,
        place=thing.place,
        digest=thing.digest,
        **known,
    )


def note_file(check: ReleaseCheck, spot: Spot, names: Names) -> None:
    """Examine one copy of a preparation, if that has not been done, and write what was found."""
    found = checked_file(spot.sha256)
    named = dict.fromkeys(names_in_file(spot, names))
    if any(thing.where == Where.METADATA for thing in named):
        # The copy is called by its public title, and the title is a finding itself.
        titled = check.preparation.findings.filter(item_id=spot.item_id, sha256="", kind=Kind.NAME)
        told = set(titled.values_list("digest", flat=True))
        named = {thing: None for thing in named if thing.where != Where.METADATA or thing.digest not in told}
    write_things(check.preparation, [*things_in_file(spot, found), *named])
    check.done += 1
    check.pages += found.pages or 0
    check.lacks = list(dict.fromkeys([*check.lacks, *found.lacks]))
    check.save(update_fields=["done", "pages", "lacks"])


def waiting_files(check: ReleaseCheck) -> list[Spot]:
    """The copies that are not looked through yet."""
    return [_spot(row) for row in check.files[check.done :]]


def _spot(row: dict[str, str]) -> Spot:
    return Spot(item_id=UUID(row["item"]), attachment_id=UUID(row["attachment"]), sha256=row["sha256"])


def finish(check: ReleaseCheck) -> None:
    """All of it has been looked through."""
    _end_in_files(check)
    check.finished_at = now()
    check.save(update_fields=["finished_at"])


def open_check(preparation_id: UUID) -> ReleaseCheck | None:
    """The check that is to be gone on with; None if it is finished, or its preparation is over."""
    rows = ReleaseCheck.objects.select_related("preparation").filter(finished_at=None, preparation__ended_at=None)
    return rows.filter(pk=preparation_id).first()


def _end_in_words(preparation: Preparation) -> None:
    """What waited in words is looked for anew."""
    preparation.findings.filter(state=FindingState.OPEN, sha256="").delete()


def _end_in_files(check: ReleaseCheck) -> None:
    """What waited or was accepted in a copy that would not leave any more: it is in the new copy, or was replaced."""
    copies = {row["sha256"] for row in check.files}
    rows = check.preparation.findings.exclude(sha256="")
    now_found = set(rows.filter(sha256__in=copies).values_list("attachment_id", "kind", "digest"))
    old = rows.exclude(sha256__in=copies).filter(state__in=[FindingState.OPEN, FindingState.ACCEPTED])
    again = [row.pk for row in old if (row.attachment_id, row.kind, row.digest) in now_found]
    rows.filter(pk__in=again).delete()
    old.filter(state=FindingState.OPEN).update(state=FindingState.REPLACED, at=now())


def is_known(sha256: str) -> bool:
    """Has the file been examined by the rules of today?"""
    return FileCheck.objects.filter(sha256=sha256, rules=rules_mark()).exclude(finished_at=None).exists()


@transaction.atomic
def begin(preparation: Preparation, *, mark: str, files: list[dict[str, str]], things: Iterable[Thing]) -> ReleaseCheck:
    """The check of a preparation from its beginning: what was found in its words, and the files that wait.

    A copy that is the same as before keeps what is ordered of it (`actions.mask_orders`).
    """
    before = ReleaseCheck.objects.select_for_update().filter(preparation=preparation).first()
    ordered = {_same(row): row["masking"] for row in (before.files if before else ()) if "masking" in row}
    facts = {
        "rules": mark,
        "files": [row | {"masking": ordered[_same(row)]} if _same(row) in ordered else row for row in files],
        "total": len(files),
        "done": 0,
        "pages": 0,
        "lacks": [],
        "finished_at": None,
    }
    check, _is_new = ReleaseCheck.objects.update_or_create(preparation=preparation, defaults=facts)
    _end_in_words(preparation)
    write_things(preparation, things)
    if not files:
        finish(check)
    return check


def _same(row: dict[str, Any]) -> tuple[str, str]:
    return row["attachment"], row["sha256"]
