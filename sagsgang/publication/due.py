"""What time demands of publication: found by looking for what is missing or left over, safe to repeat."""

import time
from pathlib import Path

from procrastinate.exceptions import AlreadyEnqueued

from sagsgang.publication.actions.copy_rows import drop_unshown
from sagsgang.publication.models import PublicMeeting, ReleaseState
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
