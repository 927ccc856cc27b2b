"""A released attachment that was wrong and was mended since: the public reads so, where the right one is open."""

import pytest
from django.test import Client
from django.utils import translation
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.cases.models import CaseAttachment, CaseHold, Lifting
from sagsgang.documents import actions as documents
from sagsgang.documents import storage
from sagsgang.documents.access import Access
from sagsgang.documents.intake import TakenFile
from sagsgang.documents.tests.files import pdf_bytes
from sagsgang.meetings.models import Attachment
from sagsgang.portal.tests.factories import PDF, clerk, make_body, make_draft, release
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.models import PublicItem

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]


@pytest.mark.parametrize(
    ("access", "on_web", "is_told"), [("open", True, True), ("closed", True, False), ("open", False, False)]
)
def test_the_page_says_erstattet_unless_what_replaces_it_is_kept_back(
    client: Client, access: str, on_web: bool, is_told: bool
) -> None:
    release(make_body(), make_draft())
    second = User.objects.create_user("anden")
    laid = Attachment.objects.filter(access=Access.OPEN, on_web=True, version__media_type=PDF).select_related(
        "version"
    )[0]
    assert laid.version
    ground = "personal" if access == "closed" else ""
    kept = CaseAttachment.objects.create(
        case=laid.item.case,
        file=laid.version.document,
        position=1,
        title="Kort",
        access=access,
        ground=ground,
        on_web=on_web,
    )
    content = pdf_bytes("Kortet er rettet")
    taken = TakenFile(storage.house().put(content), "kort.pdf", len(content), PDF)
    right = documents.add_version(laid.version.document, taken=taken, actor=clerk())
    CaseHold.objects.create(
        case=laid.item.case, attachment=kept, words="Kortet viser en forkert vej", raised_by=clerk(),
        lifting=Lifting.MENDED, lifted_words="Kortet er rettet", lifted_by=clerk(), lifted_at=now(), mended_in=right,
    )  # fmt: skip

    with translation.override("da"):  # the language in which the house works
        release_meeting(
            laid.item.meeting, kind="minutes", prepared_by=clerk(), released_by=second, public_reason="Rettet kort."
        )

    item = PublicItem.objects.get(meeting__release__state="current", title=laid.item.title)
    page = client.get(f"/punkter/{item.pk}/", follow=True).content.decode()
    assert "(erstattet)" in page if is_told else "erstattet" not in page
    assert "forkert vej" not in page
