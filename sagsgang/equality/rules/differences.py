"""What changed from one version of the figures to the next (check 10 of the domain). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.shapes import LEVELS, Figures, Headcount

_NOBODY = Figures(0, 0)


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that changed: whose, and the heads before and after."""

    place: str
    sex: str
    then: int
    now: int

    @property
    def words(self) -> str:
        """ "Level 1 (top managers), women: 4 → 2"."""
        return _("%(place)s, %(sex)s: %(then)s → %(now)s") % {
            "place": self.place, "sex": self.sex, "then": self.then, "now": self.now,
        }  # fmt: skip


def differences(then: Headcount, now: Headcount) -> list[Difference]:
    """Every figure that is another one now, level by level, then all leaders and all employees."""
    rows = [(level_name(level), then.levels.get(level), now.levels.get(level)) for level in LEVELS]
    rows += [(level_name(None), then.leaders, now.leaders), (_("all employees"), then.staff, now.staff)]
    return [change for name, before, after in rows for change in _changes(name, before, after)]


def _changes(name: str, before: Figures | None, after: Figures | None) -> Iterable[Difference]:
    if before is None and after is None:
        return
    old, new = before or _NOBODY, after or _NOBODY
    place = name[:1].upper() + name[1:]
    for words, field in ((_("women"), "women"), (_("men"), "men"), (_("others"), "other")):
        if getattr(old, field) != getattr(new, field):
            yield Difference(place, words, getattr(old, field), getattr(new, field))
