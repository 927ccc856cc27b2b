"""What a body's agendas ask of the year."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Body
from sagsgang.core.models import Row


class BodyYear(Row):
    """A body's wishes: månedsgrebet on its first agenda of each cycle, and a frozen copy of the wheel beside it."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="year_wishes")
    briefs_cycles = models.BooleanField(_("månedsgrebet on the first agenda of each cycle"), default=False)
    attaches_wheel = models.BooleanField(
        _("a copy of the annual wheel on the first agenda of each cycle"), default=False
    )
    talk_slots = models.PositiveSmallIntegerField(_("short talks at a meeting, at most"), default=2)

    class Meta:
        verbose_name = _("the body's year")

    def __str__(self) -> str:
        return str(self.body_id)
