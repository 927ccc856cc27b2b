"""The copies that would leave are made once, by the preparation; the release asks for the same."""

import pytest
from django.utils.timezone import now

from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents import storage
from sagsgang.documents.models import Examination, Scan
from sagsgang.meetings.models import Attachment
from sagsgang.meetings.tests.factories import House, make_house, meeting_with, open_item
from sagsgang.publication.actions import prepare_release, release_prepared
from sagsgang.publication.actions.snapshot import _copied
from sagsgang.publication.models import PublicFile, ReleaseKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def test_a_release_makes_no_copy_that_its_preparation_has_made(house: House) -> None:
    preparation = prepare_release(meeting_with(house, open_item()), kind=ReleaseKind.MINUTES, actor=house.secretary)
    made = _copied.cache_info().misses

    release_prepared(preparation, actor=house.second)

    assert _copied.cache_info().misses == made
    assert all(storage.released().holds(file.sha256) for file in PublicFile.objects.all())
    assert PublicFile.objects.exists()


def test_a_copy_that_was_dropped_meanwhile_is_made_again(house: House) -> None:
    preparation = prepare_release(meeting_with(house, open_item()), kind=ReleaseKind.MINUTES, actor=house.secretary)
    for file in storage.house().path("0" * 64).parents[1].rglob("*"):
        originals = set(Attachment.objects.values_list("version__sha256", flat=True))
        if file.is_file() and file.name not in originals:
            file.unlink()

    release_prepared(preparation, actor=house.second)

    assert all(storage.released().holds(file.sha256) for file in PublicFile.objects.all())


def test_a_virus_found_after_the_preparation_stops_the_release(house: House) -> None:
    meeting = meeting_with(house, open_item())
    preparation = prepare_release(meeting, kind=ReleaseKind.MINUTES, actor=house.secretary)
    version = Attachment.objects.filter(item__meeting=meeting).exclude(version=None)[0].version
    assert version
    Examination.objects.update_or_create(version=version, defaults={"scan": Scan.INFECTED, "finished_at": now()})

    with pytest.raises(RuleBrokenError, match="virus"):
        release_prepared(preparation, actor=house.second)
