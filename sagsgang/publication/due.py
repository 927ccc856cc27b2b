"""What time demands of publication: found by looking for what is missing or left over, safe to repeat."""

import time
from pathlib import Path

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from procrastinate.exceptions import AlreadyEnqueued

from sagsgang.bodies.models import Body
from sagsgang.cases.models import CaseAttachment
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.kinds import PDF
from sagsgang.documents.models import DocumentVersion, Scan
from sagsgang.meetings.queries.reviewing import closed_items, without_extract
from sagsgang.publication.actions.copy_rows import drop_unshown
from sagsgang.publication.actions.index_rows import index_unsearched
from sagsgang.publication.actions.mask_orders import defer, orders_of
from sagsgang.publication.actions.plan import publish_plan, withdraw_plan
from sagsgang.publication.actions.timing import refuse_release, release_at_its_hour
from sagsgang.publication.calendars import has_other_roster, waiting_changes
from sagsgang.publication.disclosure import may_publish_plan
from sagsgang.publication.gatekeeping.looking import rules_mark
from sagsgang.publication.models import (
    FileCheck,
    PlanPublication,
    Preparation,
    PublicFigures,
    PublicFile,
    PublicMeeting,
    ReleaseCheck,
    ReleaseState,
)
from sagsgang.publication.tasks import (
    order_check,
    order_figures_print,
    order_file,
    read_released_files,
    render_meeting_pdf,
)

# A file younger than this may belong to a release that is just being written.
YOUNG = 15 * 60  # seconds
MOST_FILES = 100  # looked at by the gate of one round; the next round finds the next ones


def release_due() -> int:
    """Let out what has come to its hour; answers how many went out.

    What may not go out (the words changed, the gate found something, nobody approved) stays, and says so.
    """
    waiting = Preparation.objects.filter(ended_at=None, release_at__lte=now(), refused="")
    return sum(_went_out(row) for row in waiting.select_related("prepared_by", "approved_by").order_by("release_at"))


def _went_out(preparation: Preparation) -> bool:
    try:
        return release_at_its_hour(preparation) is not None
    except RuleBrokenError as refusal:
        refuse_release(preparation, why=str(refusal))
    except OSError:
        refuse_release(preparation, why=gettext("A file could not be read, so it did not go out at its hour."))
    return False


def closed_decisions_due() -> int:
    """How many closed decisions the public has neither an extract nor a reason of (R18); named to their secretaries."""
    return without_extract(closed_items()).count()


def missing_pdfs_due() -> int:
    """Order the PDF of each current release, of a meeting or of figures, that lacks it; answers how many were ordered."""
    meetings = PublicMeeting.objects.filter(state=ReleaseState.CURRENT, pdf_sha256="")
    figures = PublicFigures.objects.filter(state=ReleaseState.CURRENT, shown_print=None)
    ordered = sum(_ordered(str(release_id)) for release_id in meetings.values_list("release_id", flat=True))
    return ordered + sum(order_figures_print(pk) for pk in figures.values_list("pk", flat=True))


def unread_files_due() -> int:
    """Order the reading view of each current release that has a PDF file without one; answers how many were ordered."""
    unread = PublicFile.objects.filter(item__meeting__state=ReleaseState.CURRENT, media_type=PDF, pages=None)
    return sum(_reading_ordered(str(pk)) for pk in set(unread.values_list("item__meeting__release_id", flat=True)))


def unsearched_due() -> int:
    """Make what is released be found: meetings from before there was a search, and files that are not read yet.

    Answers how many meetings were taken up.
    """
    return index_unsearched()


def _reading_ordered(release_id: str) -> bool:
    try:
        read_released_files.configure(queueing_lock=f"read-{release_id}").defer(release_id=release_id)
    except AlreadyEnqueued:
        return False
    return True


def _ordered(release_id: str) -> bool:
    try:
        render_meeting_pdf.configure(queueing_lock=f"pdf-{release_id}").defer(release_id=release_id)
    except AlreadyEnqueued:
        return False
    return True


def unshown_files_due(folder: Path) -> int:
    """Take away released copies that no public row names: what a crash between commit and removal left behind."""
    old = {path.name for path in folder.glob("??/*") if path.stat().st_mtime < time.time() - YOUNG}
    return drop_unshown(old)


def unfinished_checks_due() -> int:
    """Go on with each check of a preparation, and each masking of a file, whose job is lost; answers how many were
    ordered.
    """
    checks = ReleaseCheck.objects.filter(preparation__ended_at=None)
    unfinished = sum(order_check(pk) for pk in checks.filter(finished_at=None).values_list("pk", flat=True))
    waiting = [(pk, attachment) for pk in checks.values_list("pk", flat=True) for attachment, _order in orders_of(pk)]
    return unfinished + sum(defer(pk, attachment) for pk, attachment in waiting)


def unchecked_files_due() -> int:
    """Order the gate's look at files that were laid on cases, so that who did is told; answers how many were ordered."""
    laid_on = CaseAttachment.objects.filter(withdrawn_at=None, file__isnull=False).values("file")
    done = FileCheck.objects.filter(sha256=OuterRef("sha256"), rules=rules_mark()).exclude(finished_at=None)
    rows = DocumentVersion.objects.filter(~Exists(done), document__in=laid_on).order_by("created_at", "pk")
    ready = rows.exclude(examination__scan=Scan.INFECTED).exclude(examination__finished_at=None)
    return sum(order_file(sha256) for sha256 in set(ready.values_list("sha256", flat=True)[:MOST_FILES]))


def stale_plans_due() -> int:
    """Let each published calendar follow its meetings; answers how many were renewed.

    What the gate finds something in stays as it was until somebody looks: the page of the calendar says why. The calendar of a
    body that publishes nothing any more is taken back.
    """
    published = PlanPublication.objects.filter(ended_at=None).select_related("published_by")
    bodies = Body.objects.in_bulk([row.body_id for row in published])
    return sum(_renewed(row, bodies[row.body_id]) for row in published)


def _renewed(row: PlanPublication, body: Body) -> bool:
    if not may_publish_plan(body):
        withdraw_plan(body, year=row.year, actor=row.published_by)
        return True
    if not waiting_changes(body, row.year) and not has_other_roster(body, localdate()):
        return False
    try:
        publish_plan(body, year=row.year, actor=row.published_by)
    except RuleBrokenError:
        return False
    return True
