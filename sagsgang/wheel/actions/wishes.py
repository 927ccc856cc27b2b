"""What a body's agendas ask of the year."""

from dataclasses import dataclass

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.core.models import Plain, record
from sagsgang.wheel.models import BodyYear


@dataclass(frozen=True, slots=True)
class YearWishes:
    """Names as the columns of `BodyYear`."""

    briefs_cycles: bool = False
    attaches_wheel: bool = False
    talk_slots: int = 2


@transaction.atomic
def wish_body_year(body: Body, wishes: YearWishes, *, actor: User) -> BodyYear:
    """Say what the body wishes; agendas that have gone out stay as they are."""
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    row = BodyYear.objects.filter(body=body).first() or BodyYear(body=body)
    values = {name: getattr(wishes, name) for name in YearWishes.__slots__}
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    row.save()
    if changed:
        record(actor, "wish_body_year", body, parts=list[Plain](changed))
    return row
