"""A case is held by hand because of an error, with the follow-up of it, and goes on when somebody answers for it."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sagsgang.accounts.models import User
from sagsgang.cases.models import CaseHold, Lifting
from sagsgang.cases.tests.factories import Town, add_step, make_case, signed_in_as
from sagsgang.documents.tests.files import pdf_bytes
from sagsgang.followups.models import FollowUp
from sagsgang.followups.tests.factories import DUE, HEAD


def lay_on(case_pk: object, user: User) -> None:
    upload = SimpleUploadedFile("Kort.pdf", pdf_bytes("Kort"))
    signed_in_as(user).post(reverse("cases:upload-attachments", args=[case_pk]), {"uploads": [upload]})


def test_a_case_is_held_by_hand_and_goes_on_with_a_reason(town: Town) -> None:
    case = make_case(town)
    add_step(case, town.mtu, date(2026, 4, 20))
    lay_on(case.pk, town.writer)
    attachment = case.attachments.get()
    writer, stranger = signed_in_as(town.writer), signed_in_as(town.stranger)
    raising, page = (reverse(name, args=[case.pk]) for name in ("followups:raise-hold", "cases:case"))
    typed = {
        "wrong": "Kortet viser en forkert vej", "attachment": str(attachment.pk), "words": "Retter kortet",
        "owner_role": HEAD, "due_on": DUE.isoformat(),
    }  # fmt: skip
    assert raising in writer.get(page).content.decode()
    assert stranger.get(raising).status_code in (403, 404)
    refused = writer.post(raising, typed | {"due_on": ""})
    assert refused.status_code == 422
    assert "Kortet viser en forkert vej" in refused.content.decode()
    assert (CaseHold.objects.count(), FollowUp.objects.count()) == (0, 0)

    for _twice in range(2):
        assert writer.post(raising, typed).status_code == 302

    hold, follow_up = CaseHold.objects.get(), FollowUp.objects.get()
    assert (hold.attachment, hold.raised_by, follow_up.owner_role) == (attachment, town.writer, HEAD)
    lifting = reverse("followups:lift-hold", args=[hold.pk])
    assert lifting in writer.get(page).content.decode()
    assert signed_in_as(town.manager).get(lifting).status_code == 403  # she approves, and does not write the case
    assert writer.post(lifting, {"lifting": "mended", "words": "Ny fil"}).status_code == 422  # there is none
    assert writer.post(lifting, {"lifting": "accepted", "words": "Vejen er uden betydning"}).status_code == 302
    hold.refresh_from_db()
    assert (hold.lifting, hold.lifted_by) == (Lifting.ACCEPTED, town.writer)
    said = writer.get(page).content.decode()
    assert "Vejen er uden betydning" in said
    assert lifting not in said
    assert writer.get(lifting).status_code == 404
