"""How things look on every site: icons, controls in the design system's classes, dates in words. No domain words."""

from datetime import date, datetime, time
from functools import lru_cache

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

register = template.Library()

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-checkbox"),
    (forms.RadioSelect, "form-radio"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-input"),
)


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the design system beside words that say the same; a screen reader passes it by."""
    return format_html(
        '<svg class="icon-svg {}" focusable="false" aria-hidden="true"><use href="{}#{}"></use></svg>',
        classes, static("dkfds/img/all-svg-icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def root() -> str:
    """Where the site begins; of the portal in English, where its English pages begin."""
    return get_script_prefix()


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's control in the class of its kind; a class of the widget's own is kept."""
    widget = field.field.widget
    kind = next(classes for known, classes in _CLASSES if isinstance(widget, known))
    return field.as_widget(attrs={"class": f"{kind} {widget.attrs.get('class', '')}".strip()})


@register.simple_tag
def choice_control(choice: BoundWidget) -> SafeString:
    """One radio button or checkbox of a group."""
    choice.data["attrs"]["class"] = f"form-{choice.data['type']}"
    return choice.tag()


@register.filter
def has_choices(field: BoundField) -> bool:
    """Is it a group of radio buttons or checkboxes?"""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Is it one checkbox, whose label follows it?"""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def first_control(field: BoundField) -> str:
    """The id to which a link in the error summary leads."""
    return field.id_for_label or (f"{field.auto_id}_0" if has_choices(field) else field.auto_id)


@register.filter(expects_localtime=True)
def long_date(value: date) -> str:
    """The day in words with its weekday: "tirsdag den 14. april 2026"."""
    return gettext("%(weekday)s, %(day)s") % {"weekday": _in_words(value, "l"), "day": short_date(value)}


@register.filter(expects_localtime=True)
def short_date(value: date) -> str:
    """The day in words: "14. april 2026"."""
    return _in_words(value, "DATE_FORMAT")


def _in_words(value: date, form: str) -> str:
    return _day_words(value.date() if isinstance(value, datetime) else value, form, get_language())


@lru_cache(maxsize=4096)
def _day_words(day: date, form: str, language: str | None) -> str:
    """`language` is the one that is active; it is named so that each has its own words."""
    return date_format(day, form)


@register.filter(expects_localtime=True)
def month(value: date) -> str:
    """The month in words: "april 2026"."""
    return date_format(value, "YEAR_MONTH_FORMAT")


@register.filter(expects_localtime=True)
def clock(value: time | datetime | None) -> str:
    """The time of day: "16.00" in Danish, "16:00" in English."""
    return time_format(value, "H:i" if get_language() == "en" else "H.i") if value else ""
