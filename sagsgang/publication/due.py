"""What time demands of publication: found by looking for what is missing or left over, safe to repeat."""

import time
from pathlib import Path

from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from procrastinate.exceptions import AlreadyEnqueued

from sagsgang.bodies.models import Body
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.kinds import PDF
from sagsgang.publication.actions.copy_rows import drop_unshown
from sagsgang.publication.actions.index_rows import index_unsearched
from sagsgang.publication.actions.plan import publish_plan, withdraw_plan
from sagsgang.publication.actions.timing import refuse_release, release_at_its_hour
from sagsgang.publication.calendars import has_other_roster, waiting_changes
from sagsgang.publication.disclosure import may_publish_plan
from sagsgang.publication.models import PlanPublication, Preparation, PublicFile, PublicMeeting, ReleaseState
from sagsgang.publication.tasks import read_released_files, render_meeting_pdf

# A file younger than this may belong to a release that is just being written.
YOUNG = 15 * 60  # seconds


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


def missing_pdfs_due() -> int:
    """Order the PDF of each current release that lacks it; answers how many were ordered."""
    missing = PublicMeeting.objects.filter(state=ReleaseState.CURRENT, pdf_sha256="")
    return sum(_ordered(str(release_id)) for release_id in missing.values_list("release_id", flat=True))


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


def stale_plans_due() -> int:
    """Let each published calendar follow its meetings; answers how many were renewed.

    What cannot go out (a CPR number in a notice) stays as it was: the page of the calendar says why. The calendar of a
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
