"""The form to follow something, and the one that changes how often letters come."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sagsgang.portal.followed import PLACE, Followed, followed, is_plain

# One plain address, as the database holds it to be: nothing that a header would read as more than one.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
PACES = [
    ("at_once", _("At once, each time something is released")),
    ("daily", _("Once a day, at 7 in the morning")),
]


class FollowForm(forms.Form):
    """What to follow, where letters go, and how often. `followed` is what it names, once it is valid."""

    kind = forms.CharField(widget=forms.HiddenInput, max_length=6)
    target = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("Place"),
        help_text=_("The name of a road, a school or a village, as it stands in agendas and minutes."),
        required=False,
        max_length=300,
    )
    address = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Used for these letters only, and deleted when you stop them."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    pace = forms.ChoiceField(label=_("How often"), choices=PACES, initial="at_once", widget=forms.RadioSelect)

    followed: Followed | None = None

    def fix_words(self, *, fixed: bool) -> None:
        """Show the words as a field for a place only; those of a search are carried along."""
        if fixed or self["kind"].value() != PLACE:
            self.fields["words"].widget = forms.HiddenInput()
        else:
            self.fields["words"].required = True

    def clean_address(self) -> str:
        """Plain ASCII; the name of a Danish domain as the mail servers know it."""
        name, _at, domain = str(self.cleaned_data["address"]).rpartition("@")
        try:
            address = f"{name}@{domain.encode('idna').decode()}"
        except UnicodeError:
            address = ""
        if not _ADDRESS.fullmatch(address) or len(address) > 254:
            raise forms.ValidationError(gettext("Write one e-mail address, and nothing else."))
        return address

    def clean(self) -> dict[str, Any]:
        """The body, the case, the place or the search must be one that can be followed."""
        facts = super().clean() or {}
        self.followed = followed(facts.get("kind", ""), facts.get("target"), facts.get("words", ""))
        if self.followed is not None:
            return facts | {"target": self.followed.target, "words": self.followed.words}
        words = " ".join(facts.get("words", "").split())
        if facts.get("kind") != PLACE:
            self.add_error(None, gettext("What you want to follow is not shown here any more."))
        elif not words:
            self.add_error("words", gettext("Write the name of a place."))
        elif not is_plain(words):
            self.add_error("words", gettext("Write the name of a place in plain letters, without addresses of pages."))
        return facts


class PaceForm(forms.Form):
    """One thing that is followed, and how often letters are to come; without a pace it is to end."""

    following = forms.UUIDField()
    pace = forms.ChoiceField(choices=PACES, required=False)
