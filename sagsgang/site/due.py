"""Everything that time demands, of every app. Safe to run twice, or to miss."""

from django.conf import settings

from sagsgang.publication.due import missing_pdfs_due, unshown_files_due


def run_due() -> dict[str, int]:
    """Look everywhere once; answers how much was found of each."""
    return {"pdfs_ordered": missing_pdfs_due(), "files_dropped": unshown_files_due(settings.RELEASED_FILES)}
