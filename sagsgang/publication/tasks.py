"""Slow work that follows from a release. Tasks decide nothing and may run twice."""

from dataclasses import replace
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sagsgang.documents import storage
from sagsgang.documents.extract import PAGE_BREAK, NoTextError, file_words, pdf_words
from sagsgang.documents.kinds import PDF
from sagsgang.documents.tasks import FOUND_LATER
from sagsgang.gate.finding.name import Names
from sagsgang.publication.canonical import ReleaseDocument
from sagsgang.publication.figures.places import read_now, worn_figures
from sagsgang.publication.figures.tree import FiguresDocument
from sagsgang.publication.gatekeeping import tasks as gatekeeping
from sagsgang.publication.gatekeeping.looking import looked_for
from sagsgang.publication.indexing import entries
from sagsgang.publication.models import (
    EntryKind,
    FiguresPrint,
    FilePage,
    PublicFigures,
    PublicFile,
    PublicMeeting,
    PublicPrint,
    ReadFile,
    Release,
    ReleaseKind,
    ReleaseState,
    SearchEntry,
)
from sagsgang.publication.rendering.figures_pdf import figures_pdf
from sagsgang.publication.rendering.pdf import meeting_pdf
from sagsgang.publication.rendering.reading import paragraphs_of


@app.task(queue="documents", retry=3)
def render_meeting_pdf(release_id: str) -> None:
    """Print the public PDF of a release, if it is still the current one."""
    release = Release.objects.get(pk=release_id)
    if release.document is None:
        return
    content = ReleaseDocument.from_text(release.document)
    document = content.meeting
    if content.kind != ReleaseKind.ARCHIVE:  # a draft says on paper, too, that it is one
        document = replace(document, kind=content.kind)
    pdf = meeting_pdf(document, made_at=content.released_at, public=True, base_url=settings.BASE_URL)
    sha256 = storage.released().put(pdf.content)
    with transaction.atomic():
        # The row is gone if the release was ended meanwhile; then the file must not stay either.
        shown = PublicMeeting.objects.filter(release=release).update(pdf_sha256=sha256)
        if shown:
            named = {"release": release, "authority": release.authority}
            PublicPrint.objects.get_or_create(sha256=sha256, defaults=named)
    if not shown:
        storage.released().drop(sha256)


@app.task(queue="documents", retry=3)
def render_figures_pdf(release_id: str) -> None:
    """Print released figures, if they are still current, with the words that their references have now."""
    row = PublicFigures.objects.filter(pk=release_id, state=ReleaseState.CURRENT).first()
    if row is None:
        return
    content = FiguresDocument.from_text(row.document or "")
    report = read_now(content.report, "default", f"{settings.BASE_URL.rstrip('/')}/")
    pdf = figures_pdf(replace(content, report=report), is_worn=row.pk in worn_figures([row], "default"))
    sha256 = storage.released().put(pdf.content)
    with transaction.atomic():
        # Ended meanwhile, or something in it was taken back after it was read: then the file must not stay.
        shown = PublicFigures.objects.select_for_update().filter(pk=row.pk, state=ReleaseState.CURRENT).exists()
        is_true = shown and read_now(content.report, "default", f"{settings.BASE_URL.rstrip('/')}/") == report
        if is_true:
            FiguresPrint.objects.update_or_create(figures=row, defaults={"sha256": sha256})
            PublicPrint.objects.get_or_create(sha256=sha256, defaults={"figures": row, "authority": row.authority})
    if not is_true:
        storage.released().drop(sha256)


def order_figures_print(release_id: UUID) -> bool:
    """Put the print of figures into the queue, in the caller's transaction; False if it waits there already."""
    try:
        with transaction.atomic():
            key = f"figures-{release_id}"
            render_figures_pdf.configure(lock=key, queueing_lock=key).defer(release_id=str(release_id))
    except AlreadyEnqueued:
        return False
    return True


@app.task(queue="documents", retry=3)
def read_released_files(release_id: str) -> None:
    """Make the reading view of a release's PDF files, from the released bytes, if it is still the current one."""
    files = PublicFile.objects.filter(item__meeting__release=UUID(release_id), media_type=PDF, pages=None)
    for pk, sha256 in files.order_by("pk").values_list("pk", "sha256"):
        path = storage.released().path(sha256)
        if not path.is_file():
            continue
        text = copy_words(sha256, PDF)
        texts = text.split(PAGE_BREAK) if text else []
        pages = [
            FilePage(file_id=pk, number=number, text="\n".join(paragraphs_of(text)))
            for number, text in enumerate(texts, start=1)
        ]
        with transaction.atomic():
            # The row is gone if the release was ended meanwhile, and the pages must not stay without it.
            if PublicFile.objects.select_for_update().filter(pk=pk, sha256=sha256, pages=None).exists():
                FilePage.objects.filter(file=pk).delete()
                FilePage.objects.bulk_create(pages, batch_size=200)
                PublicFile.objects.filter(pk=pk).update(pages=len(pages))


@app.task(queue="documents", retry=3)
def index_released_files(release_id: str) -> None:
    """Read the files of a release that are not searched yet, and make their entries, if they are still released."""
    waiting = PublicFile.objects.filter(item__meeting__release=UUID(release_id), search_entries=None).order_by("pk")
    for pk, sha256, media_type in waiting.values_list("pk", "sha256", "media_type"):
        copy_words(sha256, media_type)
        with transaction.atomic():
            # The row is gone if the release was ended meanwhile; it is held so that it does not go now.
            is_held = PublicFile.objects.select_for_update().filter(pk=pk, sha256=sha256).exists()
            if is_held and not SearchEntry.objects.filter(file=pk).exists():
                index_known_file(PublicFile.objects.select_related("item__parent", "item__meeting").get(pk=pk))


def copy_words(sha256: str, media_type: str) -> str:
    """The words of the copy that is, or would be, released, read once and kept in the house; "" if it has none.

    The pages of a PDF are divided by form feeds.
    """
    known = ReadFile.objects.filter(pk=sha256).first()
    if known is not None:
        return storage.house().get(known.text_sha256).decode()
    path = storage.house().path(sha256)
    try:
        text = pdf_words(path).text if media_type == PDF else file_words(path, media_type)
    except (NoTextError, FileNotFoundError):
        text = ""
    ReadFile.objects.get_or_create(sha256=sha256, defaults={"text_sha256": storage.house().put(text.encode())})
    return text


def index_known_file(file: PublicFile) -> bool:
    """Make the entries of a released file whose words have been read; False if they have not.

    `file` comes with item, its parent and its meeting.
    """
    if not ReadFile.objects.filter(pk=file.sha256).exists():
        return False
    item, meeting = file.item, file.item.meeting
    paged = file.media_type == PDF
    words = entries.file_words(file.title, copy_words(file.sha256, file.media_type), paged=paged)
    # After the item and its sub-items, which have the places before.
    place = (item.parent or item).position * 1000 + 500 + min(file.position, 499)
    rows = [
        SearchEntry(
            id=uuid5(file.pk, f"{EntryKind.FILE} {no}"),
            authority=file.authority,
            kind=EntryKind.FILE,
            body_id=meeting.body_id,
            meeting=meeting,
            item=item,
            file=file,
            held_on=meeting.held_on,
            year=meeting.held_on.year,
            state=meeting.kind,
            position=place,
            title=piece.title,
            strong=piece.strong,
            text=piece.text,
            parts=piece.parts,
            words=piece.words,
            first_page=piece.first_page,
        )
        for no, piece in enumerate(words)
    ]
    SearchEntry.objects.bulk_create(rows, batch_size=50)
    return True


@app.task(queue="documents", retry=3)
def check_release(preparation_id: str) -> None:
    """Look through the files of what is prepared, one after the other; a crash goes on where it stopped."""
    look_through(UUID(preparation_id))


def look_through(preparation_id: UUID) -> None:
    """What the job does; at once, where somebody waits for it."""
    check = gatekeeping.open_check(preparation_id)
    if check is None:
        return
    names = Names.of(looked_for(check.preparation.meeting_id))
    for spot in gatekeeping.waiting_files(check):
        gatekeeping.note_file(check, spot, names)
    gatekeeping.finish(check)


def order_check(preparation_id: UUID) -> bool:
    """Put the check of a preparation into the queue, in the caller's transaction; False if it waits there already."""
    key = f"gate-{preparation_id}"
    try:
        with transaction.atomic():
            check_release.configure(lock=key, queueing_lock=key).defer(preparation_id=str(preparation_id))
    except AlreadyEnqueued:
        return False
    return True


def order_file(sha256: str) -> bool:
    """Put the examination of a file into the queue, behind what people wait for; False if it waits there already."""
    try:
        with transaction.atomic():
            check_file.configure(queueing_lock=f"gate-{sha256}", priority=FOUND_LATER).defer(sha256=sha256)
    except AlreadyEnqueued:
        return False
    return True


@app.task(queue="documents", retry=3)
def check_file(sha256: str) -> None:
    """Examine one file of the house for what must not leave it, so that who laid it on is told."""
    gatekeeping.checked_file(sha256)
