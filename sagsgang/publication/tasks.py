"""Slow work that follows from a release. Tasks decide nothing and may run twice."""

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from sagsgang.documents import storage
from sagsgang.publication.canonical import ReleaseDocument
from sagsgang.publication.models import PublicMeeting, PublicPrint, Release
from sagsgang.publication.rendering.pdf import meeting_pdf


@app.task(queue="documents", retry=3)
def render_meeting_pdf(release_id: str) -> None:
    """Print the public PDF of a release, if it is still the current one."""
    release = Release.objects.get(pk=release_id)
    if release.document is None:
        return
    content = ReleaseDocument.from_text(release.document)
    pdf = meeting_pdf(content.meeting, made_at=content.released_at, public=True, base_url=settings.BASE_URL)
    sha256 = storage.released().put(pdf.content)
    with transaction.atomic():
        # The row is gone if the release was ended meanwhile; then the file must not stay either.
        shown = PublicMeeting.objects.filter(release=release).update(pdf_sha256=sha256)
        if shown:
            named = {"release": release, "authority": release.authority}
            PublicPrint.objects.get_or_create(sha256=sha256, defaults=named)
    if not shown:
        storage.released().drop(sha256)
