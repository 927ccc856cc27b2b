"""The look that all sites share: forms whose parts are tied together, and days in words."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from sagsgang.portal.ordering import danish_key


class Example(forms.Form):
    """One control of each kind."""

    name = forms.CharField(help_text="As in the register")
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date", "class": "narrow"}))
    agreed = forms.BooleanField()
    kind = forms.ChoiceField(choices=[("a", "A")])
    how = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    which = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_control_has_the_class_of_its_kind() -> None:
    html = Example().render()

    assert re.findall(r'<(?:input|select)[^>]* name="(\w+)"[^>]*class="([^"]*)"', html) == [
        ("name", "form-input"), ("day", "form-input narrow"), ("agreed", "form-checkbox"), ("kind", "form-select"),
        ("how", "form-radio"), ("how", "form-radio"), ("which", "form-checkbox"), ("which", "form-checkbox"),
    ]  # fmt: skip


def test_label_hint_error_and_control_are_tied_together() -> None:
    html = Example({})["name"].as_field_group()

    assert '<label class="form-label" for="id_name">Name</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert re.findall(r'<span class="form-[^>]*id="(\w+)"', html) == ["id_name_helptext", "id_name_error"]


def test_what_need_not_be_filled_in_says_so() -> None:
    assert "(optional)" in Example()["day"].as_field_group()
    assert "(optional)" not in Example()["name"].as_field_group()


def test_the_error_summary_leads_to_the_controls() -> None:
    html = render_to_string("core/form.html#summary", {"form": Example({"name": "x"})})

    targets = re.findall(r'href="#(\w+)"', html)
    assert targets == ["id_agreed", "id_kind", "id_how_0", "id_which_0"]
    assert all(f'id="{target}"' in Example().render() for target in targets)
    assert render_to_string("core/form.html#summary", {"form": Example()}).strip() == ""


@pytest.mark.parametrize(("filter_name", "words"), [("short_date", "14. april 2026"), ("month", "april 2026")])
def test_days_are_danish(filter_name: str, words: str) -> None:
    with translation.override("da"):
        page = Template("{% load look %}{{ day|" + filter_name + " }}").render(Context({"day": date(2026, 4, 14)}))

    assert page.lower() == words


def test_a_moment_is_of_the_day_that_it_is_here() -> None:
    moment = datetime(2026, 4, 14, 22, 30, tzinfo=UTC)

    page = Template("{% load look %}{{ moment|long_date }}").render(Context({"moment": moment}))

    assert page == "Wednesday, April 15, 2026"


def test_error_pages_need_no_request() -> None:
    for name in ("400.html", "403.html", "404.html", "500.html"):
        assert "<h1>" in render_to_string(name)


def test_danish_names_stand_in_danish_order() -> None:
    names = ["Årup", "Aaby", "Østerbro", "Ærø", "Zoo", "anna", "Bo", "Öland"]

    assert sorted(names, key=danish_key) == ["anna", "Bo", "Zoo", "Ærø", "Öland", "Østerbro", "Aaby", "Årup"]
