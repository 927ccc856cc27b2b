"""What the pages of publication read from a request. No saving."""

from sagsgang.publication.forms.breach import BreachForm
from sagsgang.publication.forms.closed import CloseForm, ReviewDayForm, ReviewForm
from sagsgang.publication.forms.figures import PrepareFiguresForm
from sagsgang.publication.forms.releasing import NoPartiesForm, PrepareForm, WithdrawForm

__all__ = [
    "BreachForm",
    "CloseForm",
    "NoPartiesForm",
    "PrepareFiguresForm",
    "PrepareForm",
    "ReviewDayForm",
    "ReviewForm",
    "WithdrawForm",
]
