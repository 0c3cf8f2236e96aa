"""Charts as pictures: small, the same every time, legible to whoever cannot see them."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest

from harness.model import Chart
from harness.report import plots

NAMES = ("spelling", "cents or units", "decimal comma")
Y = (0.82, 0.8, 0.85)
LOW, HIGH = tuple(y - 0.02 for y in Y), tuple(y + 0.02 for y in Y)
MARKS = ("naive", "baseline", "reference")
CHARTS = {
    "bars": Chart(kind="bars", title="Probes", x=NAMES, y=(0.2, 0.001, 0.0), limit=0.01, y_label="change"),
    "columns": Chart(kind="bars", title="Histogram", x=(0.1, 0.2, 0.3), y=(4.0, 9.0, 1.0), x_label="p"),
    "line": Chart(kind="line", title="Curve", x=(0.0, 0.5, 1.0), y=Y, low=LOW, high=HIGH),
    "named line": Chart(kind="line", title="Curve", x=NAMES, y=Y),
    "intervals": Chart(kind="intervals", title="AUC", x=NAMES, y=Y, low=LOW, high=HIGH),
    "scale": Chart(kind="scale", title="Scale", x=MARKS, y=(0.62,), low=(0.0, 0.4, 0.85)),
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_the_same_chart_is_the_same_bytes(chart: Chart) -> None:
    assert plots.svg(chart, "A1-0") == plots.svg(chart, "A1-0")


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_is_small_and_loads_nothing(chart: Chart) -> None:
    drawn = plots.svg(chart, "A1-0")
    assert len(drawn) < 30_000
    assert set(re.findall(r'(?:href|src)="([^#][^"]*)"', drawn)) == set()
    assert set(re.findall(r"https?://[^\"]+", drawn)) == {"http://www.w3.org/2000/svg"}
    assert "<style" not in drawn
    assert "<metadata" not in drawn


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_is_told_in_words(chart: Chart) -> None:
    root = ElementTree.fromstring(plots.svg(chart, "A1-0"))
    namespace = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "A1-0-title A1-0-desc"
    assert root.findtext(f"{namespace}title") == chart.title
    told = root.findtext(f"{namespace}desc") or ""
    for value in chart.y:
        assert f"{value:g}" in told
    for name in chart.x:
        assert (name if isinstance(name, str) else f"{name:g}") in told


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_has_the_colours_of_the_page(chart: Chart) -> None:
    drawn = plots.svg(chart, "A1-0")
    assert "var(--accent" in drawn
    assert not re.search(r"(?<!, )#[0-9a-f]{6}", re.sub(r"#[\w]+-", "", drawn)), (
        "a colour that dark mode cannot reach"
    )


def test_bars_beyond_the_limit_have_another_colour_than_those_within() -> None:
    drawn = plots.svg(CHARTS["bars"], "A1-0")
    fills = re.findall(r'style="fill: var\(--(\w+)', drawn)
    assert fills[:3] == ["weak", "accent", "accent"]


def test_two_charts_on_a_page_share_no_id() -> None:
    first, second = (
        set(re.findall(r' id="([^"]+)"', plots.svg(CHARTS["line"], key))) for key in ("A1-0", "A1-1")
    )
    assert first
    assert not first & second


def test_every_reference_inside_a_chart_is_answered() -> None:
    for chart in CHARTS.values():
        drawn = plots.svg(chart, "A1-0")
        asked = set(re.findall(r'(?:url\(#|href="#)([^")]+)', drawn))
        assert asked <= set(re.findall(r' id="([^"]+)"', drawn))


def test_a_label_is_a_name_and_neither_markup_nor_mathematics() -> None:
    chart = Chart(
        kind="bars", title="t", x=("<b>&", "$\\frac{1$", "\x1b[1m", "x" * 500), y=(1.0, 2.0, 3.0, 4.0)
    )
    drawn = plots.svg(chart, "k")
    assert "&lt;b&gt;&amp;" in drawn
    assert "$\\frac{1$" in drawn
    assert "\\x1b[1m" in drawn
    assert "x" * 40 not in drawn


def test_values_that_are_not_numbers_are_said_and_not_drawn() -> None:
    drawn = plots.svg(Chart(kind="bars", title="t", x=("a", "b"), y=(math.nan, 0.5)), "k")
    assert "a: not a number; b: 0.5." in drawn


@pytest.mark.parametrize("kind", ["bars", "line", "intervals"])
def test_series_that_do_not_fit_are_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="same length"):
        plots.svg(Chart(kind=kind, title="t", x=("a", "b"), y=(1.0,)), "k")
    with pytest.raises(ValueError, match="finite"):
        plots.svg(Chart(kind=kind, title="t", x=("a",), y=(math.inf,)), "k")


def test_a_marker_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.\.1"):
        plots.svg(Chart(kind="scale", title="t", x=("a",), y=(1.5,), low=(0.0,)), "k")


def test_a_long_series_stays_small() -> None:
    n = 50_000
    ys = tuple(math.sin(i / 900) for i in range(n))
    chart = Chart(kind="line", title="t", x=tuple(float(i) for i in range(n)), y=ys)
    assert len(plots.svg(chart, "k")) < 30_000
    many = Chart(
        kind="bars",
        title="t",
        x=tuple(f"column {i}" for i in range(500)),
        y=tuple(float(i) for i in range(500)),
    )
    drawn = plots.svg(many, "k")
    assert len(drawn) < 30_000
    assert "and 476 more" in drawn
