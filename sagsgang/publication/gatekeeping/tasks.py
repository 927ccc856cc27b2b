"""The gate's work, a file at a time: examined once for its bytes, and told to what is prepared. Safe to repeat."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.documents import storage
from sagsgang.documents.extract import PAGE_BREAK
from sagsgang.documents.kinds import PDF
from sagsgang.gate.examining import examine
from sagsgang.gate.finding.folded import folded
from sagsgang.gate.finding.name import Names, find_in
from sagsgang.gate.pieces import Kind, UnreadableError, Where
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


def names_in_file(spot: Spot, words: str, media_type: str, names: Names) -> Iterator[Thing]:
    """Names of what is closed in the words of a file (pages divided by form feeds), with their place if it is a PDF."""
    if names.beginnings is None:
        return
    for number, page in enumerate(words.split(PAGE_BREAK), start=1):
        plain = folded(page)
        for found in dict.fromkeys(plain[one.start : one.end] for one in find_in(plain, names)):
            digest = digest_of(Kind.NAME, found)
            box = _box_of(spot.sha256, number, found) if media_type == PDF else None
            yield Thing(spot, str(Kind.NAME), str(Where.TEXT), number if media_type == PDF else None, box, "", digest)


def _box_of(sha256: str, number: int, words: str) -> tuple[float, ...] | None:
    """Where the words stand first on a page; None if they are divided."""
    try:
        pdf = pypdfium2.PdfDocument(storage.house().path(sha256))
    except pypdfium2.PdfiumError:
        return None
    try:
        page = pdf[number - 1]
        if page.get_rotation():
            return None
        text = page.get_textpage()
        hit = text.search(words, match_case=False).get_next()
        if hit is None or not text.count_rects(*hit):
            return None
        left, bottom, _right, _top = page.get_mediabox()
        a, b, c, d = text.get_rect(0)
        return tuple(round(value, 1) for value in (a - left, b - bottom, c - left, d - bottom))
    except pypdfium2.PdfiumError:
        return None
    finally:
        pdf.close()


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


def note_file(check: ReleaseCheck, spot: Spot, media_type: str, words: str, names: Names) -> None:
    """Examine one copy of a preparation, if that has not been done, and write what was found."""
    found = checked_file(spot.sha256)
    write_things(check.preparation, [*things_in_file(spot, found), *names_in_file(spot, words, media_type, names)])
    check.done += 1
    check.pages += found.pages or 0
    check.lacks = list(dict.fromkeys([*check.lacks, *found.lacks]))
    check.save(update_fields=["done", "pages", "lacks"])


def waiting_files(check: ReleaseCheck) -> list[tuple[Spot, str]]:
    """The copies that are not looked through yet, each with its media type."""
    rows = check.files[check.done :]
    return [(_spot(row), row["media_type"]) for row in rows]


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
    """The check of a preparation from its beginning: what was found in its words, and the files that wait."""
    facts = {
        "rules": mark,
        "files": files,
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
