"""When figures may be released. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


def require_nothing_found(found: Sequence[tuple[str, str]]) -> None:
    """Figures are about nobody: what the gate finds in their words is taken out where they are made."""
    if found:
        places = "; ".join(_("%(kind)s in “%(place)s”") % {"kind": kind, "place": place} for place, kind in found)
        raise RuleBrokenError(
            _("The release is stopped by the gate: %(places)s. Correct the words where they were written.")
            % {"places": places}
        )


def require_figures_as_prepared(*, same: bool) -> None:
    """What goes out is what was looked at."""
    if not same:
        raise RuleBrokenError(_("The figures have changed since they were prepared. Prepare them again."))


def require_news(*, is_out: bool) -> None:
    """The same figures are not released twice."""
    if is_out:
        raise RuleBrokenError(_("Exactly these figures are out already."))


def require_figures_reason(*, is_correction: bool, reason: str) -> None:
    """Who corrects figures that the public has read says why, to the public."""
    if is_correction and not reason.strip():
        raise RuleBrokenError(
            _("Figures of this period are out, and say something else. Write why, for the public to read.")
        )


def require_not_ended(*, is_open: bool) -> None:
    """A preparation is used once."""
    if not is_open:
        raise RuleBrokenError(_("This preparation is over: it has been released, or somebody has prepared a new one."))
