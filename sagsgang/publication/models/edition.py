"""The mark of everything that is public, in one row: it moves with every change in `pub`."""

import uuid

from django.db import models


class PublicEdition(models.Model):
    """One row, `id` 1, moved by triggers of the database (migration 0011); never written by hand."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.UUIDField(default=uuid.uuid4)

    class Meta:
        db_table = 'pub"."edition'
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="edition_one_row")]

    def __str__(self) -> str:
        return str(self.version)
