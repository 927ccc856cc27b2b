"""National figures: an administrator adds a year, or corrects one, with its source."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.equality.models import NationalFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalFacts:
    """Women per hundred leaders; names as the columns of `NationalFigure`, None for what the source does not say."""

    year: int
    source: str
    address: str = ""
    level_1: int | None = None
    level_2: int | None = None
    level_3: int | None = None
    leaders: int | None = None
    people: int | None = None


@transaction.atomic
def keep_national(facts: NationalFacts, *, actor: User) -> NationalFigure:
    """Keep the year's figures, in the place of what was there. Raises `RuleBrokenError` if they say nothing."""
    if all(share is None for share in (facts.level_1, facts.level_2, facts.level_3, facts.leaders)):
        raise RuleBrokenError(_("Write at least one figure."))
    values = asdict(facts) | {"source": facts.source.strip(), "recorded_by": actor}
    row, is_new = NationalFigure.objects.update_or_create(year=facts.year, defaults=values)
    record(actor, "add_national_figure" if is_new else "correct_national_figure", row, year=row.year)
    return row
