"""`verify` finds every single row of released figures that was changed, added or taken away behind the triggers' back."""

from datetime import date

import pytest
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.equality.models import Count, LevelFigure
from sagsgang.publication.actions.figures import prepare_figures, release_figures, withdraw_figures
from sagsgang.site.heads import verify_chains
from sagsgang.site.tests.tampering import Table
from sagsgang.site.tests.test_verify_tampering import not_found

FIGURES = Table("pub.figures", "id", "number", ("previous", "sha256", "seal"))
DAYS = (date(2023, 4, 12), date(2024, 4, 12), date(2025, 4, 12))


@pytest.mark.django_db
def test_forty_random_tamperings_of_figures_are_found() -> None:
    anna, bo = (User.objects.create_user(name) for name in ("anna", "bo"))
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    for day in DAYS:
        count = Count.objects.create(
            authority=authority, snapshot_on=day, version=1, made_by=anna, signed_off_at=now(), signed_off_by=anna
        )
        LevelFigure.objects.create(count=count, level=3, women=201, men=64)
        last = release_figures(prepare_figures(authority, "equality", day, day, actor=anna), actor=bo)
    withdraw_figures(last.pk, reason="Et tal var forkert.", actor=bo)
    assert verify_chains().is_whole

    missed = not_found(FIGURES, 40)

    # What a print's file is called follows from nothing else in the database.
    assert [what for what in missed if "pdf_sha256" not in what] == []
    assert verify_chains().is_whole
