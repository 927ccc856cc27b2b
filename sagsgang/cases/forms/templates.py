"""What the editor of templates reads from a request. No saving."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sagsgang.cases.models import Fact, SectionKind


class TemplateSectionForm(forms.Form):
    """One section of a template."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind, capfirst(name)) for kind, name in SectionKind.choices])
    heading = forms.CharField(label=_("Heading"), max_length=200)
    help_text = forms.CharField(
        label=_("Help text"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands beside the section while it is written, and is never printed."),
    )  # fmt: skip
    is_required = forms.BooleanField(label=_("Must be filled in"), required=False)


class FactsForm(forms.Form):
    """Which facts must be known before a case comes on an agenda."""

    facts = forms.MultipleChoiceField(
        label=_("Must be known"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(fact, capfirst(name)) for fact, name in Fact.choices],
    )  # fmt: skip
