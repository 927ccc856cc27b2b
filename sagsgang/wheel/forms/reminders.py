"""Where reminders are sent, and whether they are wanted."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User


class RemindersForm(forms.Form):
    """Her own wish; without an address no letter is sent."""

    is_wanted = forms.BooleanField(label=_("Remind me by mail of what is due on the annual wheel"), required=False)
    address = forms.EmailField(
        label=_("Your e-mail address"), required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, user: User, *, is_wanted: bool) -> None:
        super().__init__(data, initial={"is_wanted": is_wanted, "address": user.email})
