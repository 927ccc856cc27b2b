"""The pen: SVG elements with presentation attributes only, since a page allows no inline style. Every text is escaped."""

from collections.abc import Iterable, Sequence
from html import escape

NARROW, WIDE = 360, 720
"""The two widths of a drawing: of a telephone, and of a page or a sheet. Words have the same size in both."""

SIZE, SMALL = 14, 12
INK, QUIET, RULE, PAPER = "#1a1a1a", "#575757", "#bfbfbf", "#ffffff"
TONES = ("#0b3d75", "#6f9fd4", "#c9dcf1", "#8a8a8a")
ON_TONES = (PAPER, INK, INK, INK)
"""The colour of words upon each tone; the tones differ in brightness."""
STEP = 18
"""From one line of words to the next."""

type Parts = list[str]


def number(value: float) -> str:
    """A place in the drawing, as short as it can be."""
    return f"{value:.1f}".removesuffix(".0")


def element(name: str, within: str | None = None, **attributes: object) -> str:
    """`within` is markup; None for an empty element. An attribute that is None is left out; "_" in a name is "-"."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(number(value) if isinstance(value, float) else str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}/>" if within is None else f"<{name}{written}>{within}</{name}>"


def words_at(x: float, y: float, words: str, *, size: int = SIZE, anchor: str | None = None, bold: bool = False,
             fill: str = INK, turned: bool = False) -> str:  # fmt: skip
    """One line of words whose foot stands at `y`; `turned` reads upwards."""
    return element(
        "text", escape(words), x=float(x), y=float(y), font_size=size, fill=fill, text_anchor=anchor,
        font_weight="bold" if bold else None,
        transform=f"rotate(-90 {number(x)} {number(y)})" if turned else None,
    )  # fmt: skip


def lines_at(x: float, y: float, lines: Sequence[str], **look: object) -> Parts:
    """Several lines of words, the first at `y`."""
    return [words_at(x, y + at * STEP, line, **look) for at, line in enumerate(lines)]  # type: ignore[arg-type]


def box(x: float, y: float, width: float, height: float, fill: str, stroke: str | None = None) -> str:
    """A rectangle."""
    return element(
        "rect", x=float(x), y=float(y), width=float(width), height=float(height), fill=fill, stroke=stroke
    )  # fmt: skip


def stroke(x1: float, y1: float, x2: float, y2: float, *, colour: str = RULE, width: float = 1.0,
           dashes: str | None = None) -> str:  # fmt: skip
    """A straight line."""
    return element(
        "line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), stroke=colour, stroke_width=width,
        stroke_dasharray=dashes,
    )  # fmt: skip


def linked(parts: Iterable[str], href: str) -> str:
    """The parts as a link, if there is an address."""
    within = "".join(parts)
    return element("a", within, href=href) if href else within


def sheet(parts: Iterable[str], *, width: int, height: float, key: str, title: str, told: str, has_links: bool) -> str:
    """The whole drawing. `key` makes its ids unique on the page; `told` says in words what the picture shows."""
    ids = f"{key}-title", f"{key}-desc"
    named = element("title", escape(title), id=ids[0]) + element("desc", escape(told), id=ids[1])
    return element(
        "svg", named + "".join(parts), xmlns="http://www.w3.org/2000/svg", class_="plot-drawing",
        viewBox=f"0 0 {width} {number(height)}", width=width, height=float(height),
        # What is a picture to a screen reader has no links in it.
        role="group" if has_links else "img", aria_labelledby=ids[0], aria_describedby=ids[1],
        font_family="IBM Plex Sans, DejaVu Sans, sans-serif",
    )  # fmt: skip
