"""What a body decides for itself: when it sends, how it counts, who signs, and what the public may read."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.calendar import MOST_DAYS
from sagsgang.bodies.models import Body, Numbering, PublishPolicy, Signers
from sagsgang.bodies.rules import MOST_PROTOCOL_DAYS, BodySettings
from sagsgang.meetings.rules.proposals import MOST_PROPOSAL_DAYS

_POLICIES = [
    (PublishPolicy.NONE, _("Nothing")),
    (PublishPolicy.AGENDA, _("Agendas")),
    (PublishPolicy.MINUTES, _("Agendas and minutes")),
]


def _days(label: object, most: int, help_text: object = "") -> forms.IntegerField:
    narrow = forms.NumberInput(attrs={"class": "narrow", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=most, widget=narrow, help_text=help_text)  # type: ignore[arg-type]


class BodySettingsForm(forms.Form):
    """The settings of one body; what is not allowed together is said by `bodies.rules.require_settings`."""

    publish_policy = forms.ChoiceField(
        label=_("What the public may read, at the most"),
        widget=forms.RadioSelect,
        choices=_POLICIES,
        help_text=_("It holds for what is released from now on. What is out stays until it is withdrawn."),
    )
    publish_draft = forms.BooleanField(
        label=_("The protocol may go out before it is final"),
        required=False,
        help_text=_("The public sees that it is a draft."),
    )
    publish_figures = forms.BooleanField(
        label=_("Its yearly report may go out"),
        required=False,
        help_text=_("It counts what is public. Two persons let each report out."),
    )
    agenda_days = _days(_("The agenda goes out, working days before the meeting"), MOST_DAYS)
    material_days = _days(_("The material goes out, working days before the meeting"), MOST_DAYS)
    protocol_days = _days(_("Days from the meeting until its protocol can go on to the next body"), MOST_PROTOCOL_DAYS)
    proposal_days = forms.IntegerField(
        label=_("Members raise matters for a meeting until, days before it"),
        min_value=0,
        max_value=MOST_PROPOSAL_DAYS,
        required=False,
        widget=forms.NumberInput(attrs={"class": "narrow", "inputmode": "numeric"}),
        help_text=_("Calendar days. What comes later is late, and reaches the meeting after."),
    )
    numbering = forms.ChoiceField(
        label=_("The items of its agendas are counted"),
        widget=forms.RadioSelect,
        choices=Numbering.choices,
        help_text=_("Numbers of what is sent never change."),
    )
    signers = forms.ChoiceField(label=_("Who signs the protocol?"), widget=forms.RadioSelect, choices=Signers.choices)
    remote_allowed = forms.BooleanField(label=_("Members may attend remotely"), required=False)

    def __init__(self, data: Mapping[str, object] | None, body: Body, *, proposal_days: int) -> None:
        initial = {name: getattr(body, name) for name in self.base_fields if name != "proposal_days"}
        super().__init__(data, initial=initial | {"proposal_days": proposal_days})

    def settings(self) -> BodySettings:
        """What was chosen, of a valid form."""
        return BodySettings(**{name: value for name, value in self.cleaned_data.items() if name != "proposal_days"})

    @property
    def chosen_cutoff(self) -> int | None:
        """The last day for members' proposals as it was typed; None = as it is."""
        days: int | None = self.cleaned_data["proposal_days"]
        return days
