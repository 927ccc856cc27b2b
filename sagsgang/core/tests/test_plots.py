"""Plots: drawn as clean SVG, every number in the table, nothing hidden told by a length."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from django.utils import translation

from sagsgang.core.plots import (
    NARROW,
    WIDE,
    Absent,
    Bar,
    BarPlot,
    Event,
    HeatMap,
    HeatRow,
    Line,
    LinePlot,
    Mark,
    Plot,
    Point,
    draw_plot,
    table_of,
    told_of,
)
from sagsgang.core.plots.words import split_words, width_of

EVIL = "<b>\"&'</b>"
SHARES = BarPlot(
    "Ledere", "Niveau", ("Kvinder", "Mænd"),
    (Bar("Topchefer", (3, 5), 32.0), Bar(EVIL, (Absent.HIDDEN, 17), 51.0)),
    form="shares", mark_words="Alle kommuner", source="Lønsystemet",
)  # fmt: skip
SERIES = LinePlot(
    "CO2",
    (Line("Ton", (Point(date(2020, 1, 1), 5200.5), Point(date(2021, 1, 1), Absent.MISSING), Point(date(2022, 1, 1), 10))),),
    unit="ton", decimals=1, target=Mark("mål", 5, date(2030, 1, 1)), baseline=Mark("udgangspunkt", 5200.5),
    events=(Event(date(2021, 6, 1), "Klimaplan", "/sag/1"), Event(date(2021, 6, 2), EVIL)),
)  # fmt: skip
MAP = HeatMap(
    "Mål", "Udvalg", tuple(f"Udvalget for meget lange ting {n}" for n in range(20)),
    (HeatRow("Miljø", tuple(range(20)), ("/a?b=1&c=2", *("" for _n in range(19)))),),
)  # fmt: skip


@pytest.mark.parametrize("plot", [SHARES, SERIES, MAP])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_it_is_drawn_within_its_frame_without_style(plot: Plot, width: int) -> None:
    with translation.override("da"):
        svg = draw_plot(plot, width=width, key="k")
    root = ET.fromstring(svg)
    names = {part.tag.rpartition("}")[2] for part in root.iter()}
    assert names <= {"svg", "title", "desc", "text", "rect", "line", "circle", "polyline", "a"}
    assert not any(key in ("style", "onclick") for part in root.iter() for key in part.attrib)
    assert root.attrib["viewBox"].startswith(f"0 0 {width} ")
    assert root.attrib["aria-labelledby"] == "k-title"
    has_links = "<a " in svg
    assert root.attrib["role"] == ("group" if has_links else "img")
    for part in root.iter("{http://www.w3.org/2000/svg}text"):
        assert float(part.attrib["font-size"]) >= 12
        assert 0 <= float(part.attrib["x"]) <= width
    for part in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(part.attrib["x"]) + float(part.attrib["width"]) <= width + 1


def test_every_number_stands_in_the_table_and_in_the_words() -> None:
    with translation.override("da"):
        bars, series, heat = (table_of(plot) for plot in (SHARES, SERIES, MAP))
        assert bars.headings == ("Niveau", "Kvinder", "Mænd", "Alle kommuner")
        assert [[cell.text for cell in row] for row in bars.rows] == [
            ["Topchefer", "3", "5", "32"],
            [EVIL, "*", "17", "51"],
        ]
        assert "Kvinder 3, Mænd 5" in told_of(SHARES)
        assert [[cell.text for cell in row] for row in series.rows] == [
            ["1. januar 2020", "5.200,5", ""],
            ["1. januar 2021", "–", ""],
            ["1. juni 2021", "", "Klimaplan"],
            ["2. juni 2021", "", EVIL],
            ["1. januar 2022", "10,0", ""],
            ["1. januar 2030", "", "Mål: 5,0"],
            ["Udgangspunkt", "", "5.200,5"],
        ]
        assert series.rows[2][-1].href == "/sag/1"
        assert [cell.text for cell in heat.rows[0]] == ["Miljø", *map(str, range(20))]
        assert all(f">{number}</text>" in draw_plot(MAP, width=NARROW) for number in range(20))


def test_a_hidden_number_is_not_told_by_the_length_of_another() -> None:
    def pictured(shown: int) -> list[dict[str, str]]:
        bars = (Bar("a", (30, 20)), Bar("b", (Absent.HIDDEN, shown)))
        root = ET.fromstring(draw_plot(BarPlot("t", "h", ("k", "m"), bars, form="stacked")))
        return [part.attrib for part in root.iter("{http://www.w3.org/2000/svg}rect")]

    assert pictured(17) == pictured(40)


def test_wrong_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="values"):
        BarPlot("t", "h", ("k", "m"), (Bar("a", (1,)),), form="stacked")
    with pytest.raises(ValueError, match="too many"):
        BarPlot("t", "h", ("k", "m"), ())
    with pytest.raises(ValueError, match="columns"):
        HeatMap("t", "h", ("a",), (HeatRow("r", (1, 2)),))
    for empty in (BarPlot("t", "h", ("k",), ()), LinePlot("t", (Line("a", ()),)), HeatMap("t", "h", (), ())):
        assert "<svg" in draw_plot(empty)


@pytest.mark.parametrize(
    "words", ["Børne- og Undervisningsudvalget", "Beskæftigelsesudvalgsformandskabet", "a" * 300, ""]
)
def test_lines_fit(words: str) -> None:
    lines = split_words(words, 12, 60)
    assert all(width_of(line, 12) <= 61 for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == words.replace("-", "").replace(" ", "")
