"""What may happen to a file now. Pure: values in, a sentence or nothing out."""

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


def require_failed(*, finished: bool, error: str) -> None:
    """Only what has failed is examined again."""
    if not finished:
        raise RuleBrokenError(_("The file is still waiting to be processed."))
    if not error:
        raise RuleBrokenError(_("The file has been processed, and nothing went wrong."))
