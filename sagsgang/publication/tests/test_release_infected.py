"""A file in which a virus was found leaves the house by no door."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.models import Examination, Scan
from sagsgang.meetings.models import Attachment
from sagsgang.meetings.tests.factories import House, make_house, meeting_with, open_item, signed_in_as
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.models import Release, ReleaseKind


@pytest.fixture
def house(db: None) -> House:
    return make_house()


def test_an_infected_file_is_neither_handed_out_nor_released(house: House) -> None:
    meeting = meeting_with(house, open_item())
    attachment = Attachment.objects.get(item__meeting=meeting, position=1)
    assert attachment.version
    client = signed_in_as(house.secretary)
    address = reverse("meetings:attachment", args=[attachment.pk])
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"kort"  # type: ignore[attr-defined]
    Examination.objects.create(version=attachment.version, scan=Scan.INFECTED, finished_at=now())

    with pytest.raises(RuleBrokenError, match="virus"):
        release_meeting(meeting, kind=ReleaseKind.MINUTES, prepared_by=house.secretary, released_by=house.second)

    assert client.get(address).status_code == 404
    assert Release.objects.count() == 0
