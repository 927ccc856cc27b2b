"""What time demands of publication: found by looking for what is missing or left over, safe to repeat."""

import time
from pathlib import Path

from procrastinate.exceptions import AlreadyEnqueued

from sagsgang.bodies.models import Body
from sagsgang.core.errors import RuleBrokenError
from sagsgang.publication.actions.copy_rows import drop_unshown
from sagsgang.publication.actions.plan import publish_plan, withdraw_plan
from sagsgang.publication.calendars import waiting_changes
from sagsgang.publication.disclosure import may_publish_plan
from sagsgang.publication.models import PlanPublication, PublicMeeting, ReleaseState
from sagsgang.publication.tasks import render_meeting_pdf

# A file younger than this may belong to a release that is just being written.
YOUNG = 15 * 60  # seconds


def missing_pdfs_due() -> int:
    """Order the PDF of each current release that lacks it; answers how many were ordered."""
    missing = PublicMeeting.objects.filter(state=ReleaseState.CURRENT, pdf_sha256="")
    return sum(_ordered(str(release_id)) for release_id in missing.values_list("release_id", flat=True))


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
    if not waiting_changes(body, row.year):
        return False
    try:
        publish_plan(body, year=row.year, actor=row.published_by)
    except RuleBrokenError:
        return False
    return True
