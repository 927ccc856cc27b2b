"""How every form of the house looks: labels, hints and errors in the markup of the design system."""

from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Renders a field as label, hint, error and control, tied together for a screen reader."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"
