"""Everything that time demands, of every app. Safe to run twice, or to miss."""

from django.conf import settings

from sagsgang.documents.due import unexamined_versions_due
from sagsgang.publication.due import missing_pdfs_due, unshown_files_due


def run_due() -> dict[str, int]:
    """Look everywhere once; answers how much was found of each."""
    return {
        "pdfs_ordered": missing_pdfs_due(),
        "files_dropped": unshown_files_due(settings.RELEASED_FILES),
        "examinations_ordered": unexamined_versions_due(),
    }
