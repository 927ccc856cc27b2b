"""A body's settings are changed by its secretary or an administrator, within the law, and leave a trace."""

import pytest
from django.urls import reverse

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, Role
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.queries.proposals import cutoff_days
from sagsgang.meetings.tests.factories import House, signed_in_as

CHOSEN = {
    "publish_policy": "minutes", "publish_draft": "on", "agenda_days": "5", "material_days": "4", "protocol_days": "2",
    "numbering": "year", "signers": "chair", "remote_allowed": "on", "publish_figures": "on",
}  # fmt: skip


def test_the_secretary_changes_the_settings_of_her_body(house: House) -> None:
    client, url = signed_in_as(house.secretary), reverse("meetings:change-body", args=[house.body.pk])
    home = reverse("meetings:body", args=[house.body.pk])

    page, before = client.get(url), client.get(home).content.decode()
    response = client.post(url, CHOSEN)
    client.post(url, CHOSEN)

    body = Body.objects.get(pk=house.body.pk)
    assert (page.status_code, response.status_code, url in before) == (200, 302, True)
    assert (body.publish_draft, body.publish_figures, body.agenda_days, body.protocol_days) == (True, True, 5, 2)
    assert (body.numbering, body.signers, body.remote_allowed) == ("year", "chair", True)
    entry = AuditEntry.objects.get(verb="change_body")
    assert entry.data == {
        "settings": [
            "agenda_days", "numbering", "protocol_days", "publish_draft", "publish_figures", "remote_allowed", "signers"
        ]
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"agenda_days": "0"},
        {"material_days": "-1"},
        {"agenda_days": "900"},
        {"protocol_days": ""},
        {"publish_policy": "agenda"},
        {"publish_policy": "agenda", "publish_draft": ""},
        {"publish_policy": "everything"},
        {"signers": ""},
    ],
)
def test_what_the_law_or_reason_forbids_is_said_in_the_form(wrong: dict[str, str], house: House) -> None:
    url = reverse("meetings:change-body", args=[house.body.pk])

    response = signed_in_as(house.secretary).post(url, CHOSEN | wrong)

    assert response.status_code == 422
    assert Body.objects.get(pk=house.body.pk).agenda_days == 4


def test_others_do_not(house: House) -> None:
    url = reverse("meetings:change-body", args=[house.body.pk])
    admin = User.objects.create_user("admin")
    Appointment.objects.create(user=admin, role=Role.ADMIN)

    statuses = [
        signed_in_as(user).get(url).status_code
        for user in (admin, house.director, house.member, house.hr, house.auditor, house.stranger)
    ]

    assert statuses == [200, 403, 403, 403, 403, 404]


def test_the_last_day_for_members_proposals_is_set_here(house: House) -> None:
    client, url = signed_in_as(house.secretary), reverse("meetings:change-body", args=[house.body.pk])

    assert client.post(url, CHOSEN | {"proposal_days": "61"}).status_code == 422
    assert client.post(url, CHOSEN | {"proposal_days": "0"}).status_code == 302
    client.post(url, CHOSEN)  # not said: as it is

    assert cutoff_days(house.body) == 0
