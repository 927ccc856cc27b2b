"""What is typed on a card of månedsgrebet, and of what is made of it. No saving."""

from collections.abc import Mapping

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.bodies.models import Body, Person, Unit
from sagsgang.cases.actions.case import CaseFacts
from sagsgang.core.forms import offer_rows
from sagsgang.documents.access import Access, Ground
from sagsgang.followups.actions import FollowUpFacts
from sagsgang.wheel.actions.cards import CardFacts
from sagsgang.wheel.models import BriefingCard

type Data = Mapping[str, object] | None

_WIDE = {"class": "wide"}


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CardForm(forms.Form):
    """A director's card. `directors` are those in whose name the writer may lay it."""

    director = forms.ModelChoiceField(label=_("Director"), queryset=Person.objects.none(), empty_label=None)
    theme = forms.CharField(label=_("Theme"), max_length=300, widget=forms.TextInput(attrs=_WIDE))
    why_now = forms.CharField(label=_("Why now"), required=False, max_length=4000, widget=_lines(3))
    committee = forms.ModelChoiceField(
        label=_("Committee"), queryset=Body.objects.none(), required=False,
        empty_label=pgettext_lazy("committee", "None"), help_text=_("The one that treats the theme."),
    )  # fmt: skip
    risk = forms.CharField(label=_("Risk"), required=False, max_length=4000, widget=_lines(2))
    goals = forms.CharField(
        label=_("Goals touched"), required=False, max_length=300, widget=forms.TextInput(attrs=_WIDE),
        help_text=_("Political goals, strategies, global goals."),
    )  # fmt: skip

    def __init__(
        self, data: Data, directors: QuerySet[Person], committees: QuerySet[Body], card: BriefingCard | None = None
    ) -> None:
        initial = {name: getattr(card, name) for name in self.base_fields} if card else None
        super().__init__(data, initial=initial)
        offer_rows(self, "director", directors)
        offer_rows(self, "committee", committees)

    @property
    def facts(self) -> CardFacts:
        """What a valid form says."""
        return CardFacts(**self.cleaned_data)


class OutcomeForm(forms.Form):
    """What came of a card."""

    outcome = forms.CharField(label=_("What came of it"), required=False, max_length=4000, widget=_lines(3))


class CardCaseForm(forms.Form):
    """The case that is opened from a card."""

    title = forms.CharField(label=_("Title of the case"), max_length=500, widget=forms.TextInput(attrs=_WIDE))
    unit = forms.ModelChoiceField(
        label=_("Responsible unit"), queryset=Unit.objects.none(), empty_label=None,
        help_text=_("Its staff writes the case."),
    )  # fmt: skip
    access = forms.ChoiceField(label=_("Access"), choices=Access, initial=Access.OPEN, widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label=_("Ground for closing"), required=False,
        choices=[("", _("– choose if the case is closed –")), *(g for g in Ground.choices if g[0] != Ground.UNKNOWN)],
    )  # fmt: skip

    def __init__(self, data: Data, card: BriefingCard) -> None:
        super().__init__(data, initial={"title": card.theme})
        units = Unit.objects.filter(authority=card.briefing.body.authority_id)
        offer_rows(self, "unit", units)

    @property
    def facts(self) -> CaseFacts:
        """What a valid form says."""
        return CaseFacts(**self.cleaned_data)


class CardFollowUpForm(forms.Form):
    """The follow-up that is given from a card."""

    words = forms.CharField(label=_("What shall be done"), max_length=4000, widget=_lines(3))
    owner_role = forms.CharField(
        label=_("Who follows up, by role"), max_length=200, widget=forms.TextInput(attrs=_WIDE),
        help_text=_("For example: Head of Children and Schools. Write a role and not a name: people come and go."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("To be done by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    is_reported = forms.BooleanField(label=_("Is reported back to the body"), required=False, initial=True)

    def __init__(self, data: Data, card: BriefingCard) -> None:
        super().__init__(data, initial={"words": card.theme, "owner_role": card.director.title, "is_reported": True})
        self._body = card.briefing.body

    @property
    def facts(self) -> FollowUpFacts:
        """What a valid form says."""
        said = self.cleaned_data
        return FollowUpFacts(
            words=said["words"], owner_role=said["owner_role"], due_on=said["due_on"],
            reports_to=self._body if said["is_reported"] else None,
        )  # fmt: skip
