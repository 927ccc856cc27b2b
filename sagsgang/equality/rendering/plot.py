"""Women and men at each level, as a drawing that a newspaper could print: heads and per cent, and the national share."""

from collections.abc import Mapping
from html import escape

from django.utils.translation import gettext as _

from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.rules.national import NATIONAL_2020
from sagsgang.equality.rules.shares import percents_of
from sagsgang.equality.shapes import Figures

_WIDTH, _LEFT, _BAR, _STEP, _TOP = 720, 200, 26, 62, 34
_SCALE = _WIDTH - _LEFT - 20
_COLOURS = {"women": "#1d6b55", "men": "#c9d6e8", "other": "#8a8a8a"}


def draw_levels(levels: Mapping[int, Figures], heading: str) -> str:
    """An SVG with title, description and text; colours differ in brightness too, and every figure is written out."""
    rows = [(level, levels[level]) for level in sorted(levels)]
    height = _TOP + _STEP * len(rows) + 44
    said = "; ".join(_sentence(level, figures) for level, figures in rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        'aria-labelledby="plot-title plot-desc" font-family="inherit" font-size="14">',
        f'<title id="plot-title">{escape(heading)}</title><desc id="plot-desc">{escape(said)}</desc>',
        f'<text x="0" y="16" font-weight="bold">{escape(heading)}</text>',
    ]
    for at, (level, figures) in enumerate(rows):
        parts += _bar(_TOP + at * _STEP, level, figures)
    source = _("Vertical line: all municipalities, %(year)s. Source: %(source)s.") % {
        "year": NATIONAL_2020.year, "source": NATIONAL_2020.source,
    }  # fmt: skip
    parts.append(f'<text x="0" y="{height - 10}" font-size="12">{escape(source)}</text></svg>')
    return "".join(parts)


def _sentence(level: int, figures: Figures) -> str:
    return _("%(level)s: %(women)s women, %(men)s men, %(other)s others") % {
        "level": level_name(level), "women": figures.women, "men": figures.men, "other": figures.other,
    }  # fmt: skip


def _bar(top: int, level: int, figures: Figures) -> list[str]:
    heads = (figures.women, figures.men, figures.other)
    shares, x = percents_of(heads), float(_LEFT)
    words = level_name(level)
    parts = [f'<text x="0" y="{top + 18}">{escape(words[:1].upper() + words[1:])}</text>']
    for name, head, _share in zip(_COLOURS, heads, shares, strict=True):
        width = _SCALE * head / figures.heads if figures.heads else 0
        parts.append(
            f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}" fill="{_COLOURS[name]}" stroke="#fff"/>'
        )
        x += width
    if figures.heads:
        national = _LEFT + _SCALE * NATIONAL_2020.levels[level] / 100
        parts.append(
            f'<line x1="{national:.1f}" x2="{national:.1f}" y1="{top - 4}" y2="{top + _BAR + 4}" stroke="#000" '
            'stroke-width="2"/>'
        )
    label = _("Women %(women)s (%(women_share)s %%) · men %(men)s (%(men_share)s %%)") % {
        "women": figures.women, "women_share": shares[0], "men": figures.men, "men_share": shares[1],
    }  # fmt: skip
    if figures.other:
        label += " · " + _("others %(other)s (%(share)s %%)") % {"other": figures.other, "share": shares[2]}
    parts.append(f'<text x="{_LEFT}" y="{top + _BAR + 17}" font-size="13">{escape(label)}</text>')
    return parts
