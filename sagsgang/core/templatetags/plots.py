"""A plot on a page: the picture in two widths, of which a screen shows the one that fits, and its numbers as a table."""

from django import template
from django.utils.safestring import mark_safe

from sagsgang.core.plots import NARROW, WIDE, Plot, draw_plot, table_of

register = template.Library()


@register.inclusion_tag("core/plot.html")
def plot(drawn: Plot, key: str) -> dict[str, object]:
    """The figure; `key` is unique on the page."""
    return {
        "plot": drawn,
        "key": key,
        "table": table_of(drawn),
        # The pen escapes every word that it writes.
        "narrow": mark_safe(draw_plot(drawn, width=NARROW, key=f"{key}-narrow")),  # noqa: S308
        "wide": mark_safe(draw_plot(drawn, width=WIDE, key=f"{key}-wide")),  # noqa: S308
    }
