"""Chart -> an SVG string. Same chart, same bytes; the page's own colours, light or dark.

Drawn by matplotlib with text left as text, then made part of a page by ``inline``.
"""

from __future__ import annotations

import io
import math
import threading
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from harness.model import Chart
from harness.report import figures, safe
from harness.report.inline import ACCENT, INK, MUTED, RULE, WEAK, inline

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 440  # CSS pixels: two side by side on a desk, one on a telephone, text legible on both
MOST_BARS = 24
MOST_POINTS = 400
LABEL_LIMIT = 28

SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "takehome",
    "text.parse_math": False,  # a column named "$x$" is a name, not mathematics
    "axes.unicode_minus": True,
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same layout on every machine
    "font.size": 12,
    "text.color": INK,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": MUTED,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
}
_LOCK = threading.Lock()  # matplotlib's settings are global, and a cohort is rendered by threads


def svg(chart: Chart, key: str) -> str:
    """The chart as an SVG element; ``key`` makes its ids unique on the page.

    Raises:
        ValueError: the chart's series do not fit its kind, or nothing finite is left to draw.
    """
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    draw, height = _plan(chart)
    out = io.StringIO()
    with _LOCK, matplotlib.rc_context(SETTINGS), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a glyph that DejaVu lacks is drawn by the browser's font
        figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        draw(axes, chart)
        metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(out, format="svg", transparent=True, metadata=metadata)
    return inline(out.getvalue(), key, title=safe.xml(chart.title, limit=200), text=in_words(chart))


def in_words(chart: Chart) -> str:
    """The chart for whoever cannot see it: every value, up to a limit."""
    if chart.kind == "scale":
        ticks = "; ".join(f"{_label(n)} at {figures.measure(v)}" for n, v in _ticks(chart))
        return f"This submission at {figures.measure(chart.y[0])} on a scale from 0 to 1. {ticks}."
    shown = [f"{_label(x)}: {_value(chart, i)}" for i, x in enumerate(chart.x[:MOST_BARS])]
    if len(chart.x) > MOST_BARS:
        shown.append(f"and {len(chart.x) - MOST_BARS} more")
    limit = "" if chart.limit is None else f" Dashed line at {figures.measure(chart.limit)}."
    return "; ".join(shown) + "." + limit


def _value(chart: Chart, i: int) -> str:
    if not math.isfinite(chart.y[i]):
        return "not a number"
    centre = figures.measure(chart.y[i])
    if not chart.low or not chart.high:
        return centre
    return f"{centre} ({figures.measure(chart.low[i])} to {figures.measure(chart.high[i])})"


def _plan(chart: Chart) -> tuple[Callable[[Axes, Chart], None], int]:
    """What draws this kind and how high it is; refuses series that cannot be drawn."""
    if chart.kind == "scale":
        if not chart.y or not 0.0 <= chart.y[0] <= 1.0 or len(chart.x) != len(chart.low):
            raise ValueError("a scale needs a marker within 0..1 and a place for every tick")
        return _scale, 112
    lengths = {len(chart.x), len(chart.y), *(len(s) for s in (chart.low, chart.high) if s)}
    if len(lengths) != 1 or bool(chart.low) != bool(chart.high):
        raise ValueError("a chart's series have the same length")
    if not any(math.isfinite(y) for y in chart.y):
        raise ValueError("a chart needs at least one finite value")
    if chart.kind == "line":
        return _line, 220
    rows = min(len(chart.x), MOST_BARS)
    if chart.kind == "intervals":
        return _intervals, 62 + 26 * rows
    return (_columns, 220) if _numeric(chart.x) else (_bars, 62 + 26 * rows)


def _bars(axes: Axes, chart: Chart) -> None:
    """Horizontal, first on top, its value at its end; beyond the dashed line is another colour."""
    names, values = chart.x[:MOST_BARS], [_finite(y) for y in chart.y[:MOST_BARS]]
    rows = range(len(values))
    axes.barh(rows, values, height=0.62, color=[_tone(v, chart.limit) for v in values])
    largest = max([*values, chart.limit or 0.0, 1e-9])
    for row, value in zip(rows, values, strict=True):
        shown = figures.measure(value) if math.isfinite(chart.y[row]) else "not a number"
        end = max(value, 0.0)
        if chart.limit is not None and 0 <= chart.limit - end < 0.15 * largest:
            end = chart.limit  # else the dashed line would strike the figure through
        axes.annotate(shown, (end, row), (4, 0), textcoords="offset points", va="center")
    axes.set_xlim(min(0.0, *values), largest * 1.16)
    _named_rows(axes, names)
    _dashed(axes.axvline, chart.limit)
    _dress(axes, x_label=chart.y_label, y_label=chart.x_label, grid="x")


def _columns(axes: Axes, chart: Chart) -> None:
    """Vertical, over a numeric axis: a histogram."""
    at = [float(x) for x in chart.x]
    gaps = [b - a for a, b in zip(sorted(at), sorted(at)[1:], strict=False) if b > a]
    values = [_finite(y) for y in chart.y]
    axes.bar(at, values, width=0.86 * min(gaps, default=1.0), color=ACCENT)
    _dashed(axes.axhline, chart.limit)
    _dress(axes, x_label=chart.x_label, y_label=chart.y_label, grid="y")


def _line(axes: Axes, chart: Chart) -> None:
    """A curve, with a band where low and high are given."""
    step = max(1, math.ceil(len(chart.x) / MOST_POINTS))
    xs = [float(x) for x in chart.x[::step]] if _numeric(chart.x) else list(range(len(chart.x)))[::step]
    if chart.low:
        axes.fill_between(xs, chart.low[::step], chart.high[::step], color=ACCENT, alpha=0.18, linewidth=0)
    if _corner_to_corner(chart):
        axes.plot([0, 1], [0, 1], color=MUTED, linewidth=1, linestyle=(0, (1, 2)))  # chance, or calibrated
    marker = "o" if len(xs) <= MOST_BARS else ""
    axes.plot(xs, chart.y[::step], color=ACCENT, linewidth=1.8, marker=marker, markersize=4)
    if not _numeric(chart.x):
        axes.set_xticks(xs, [_label(x, 12) for x in chart.x[::step]])
    _dashed(axes.axhline, chart.limit)
    _dress(axes, x_label=chart.x_label, y_label=chart.y_label, grid="y")


def _intervals(axes: Axes, chart: Chart) -> None:
    """A dot and its whiskers a row, first on top."""
    names, centres = chart.x[:MOST_BARS], chart.y[:MOST_BARS]
    low, high = chart.low[:MOST_BARS] or centres, chart.high[:MOST_BARS] or centres
    rows = range(len(centres))
    axes.hlines(rows, low, high, color=MUTED, linewidth=2)
    axes.scatter(centres, rows, s=42, zorder=3, color=[_tone(y, chart.limit) for y in centres])
    for row, (centre, right) in enumerate(zip(centres, high, strict=True)):
        if math.isfinite(centre) and math.isfinite(right):
            shown = figures.measure(centre)
            axes.annotate(shown, (right, row), (7, 0), textcoords="offset points", va="center")
    axes.margins(x=0.16)
    _named_rows(axes, names)
    _dashed(axes.axvline, chart.limit)
    _dress(axes, x_label=chart.y_label, y_label=chart.x_label, grid="x")


def _scale(axes: Axes, chart: Chart) -> None:
    """Where this submission stands between the landmarks; close landmarks take a lower row."""
    value = chart.y[0]
    axes.plot([0, 1], [0, 0], color=RULE, linewidth=8, solid_capstyle="round")
    axes.plot([0, value], [0, 0], color=ACCENT, linewidth=8, solid_capstyle="round")
    row_ends = [-1.0, -1.0, -1.0]
    for name, at in _ticks(chart):
        text = _label(name, 22)
        half = 0.0085 * len(text) + 0.01
        left = min(max(at - half, -0.04), 1.04 - 2 * half)
        row = next((r for r, end in enumerate(row_ends) if left > end), 2)
        row_ends[row] = left + 2 * half
        axes.plot([at, at], [-0.1, -0.3 - 0.42 * row], color=MUTED, linewidth=1)
        axes.text(left + half, -0.4 - 0.42 * row, text, ha="center", va="top", color=MUTED)
    axes.scatter([value], [0], s=110, color=ACCENT, zorder=3)
    axes.text(
        min(max(value, 0.16), 0.84),
        0.3,
        f"this submission {figures.measure(value)}",
        ha="center",
        va="bottom",
    )
    axes.set_xlim(-0.05, 1.05)
    axes.set_ylim(-1.65, 0.8)
    axes.axis("off")


def _ticks(chart: Chart) -> list[tuple[str | float, float]]:
    pairs = [(n, v) for n, v in zip(chart.x, chart.low, strict=False) if 0.0 <= v <= 1.0]
    return sorted(pairs, key=lambda pair: pair[1])


def _named_rows(axes: Axes, names: tuple[str | float, ...]) -> None:
    axes.set_yticks(range(len(names)), [_label(n) for n in names])
    axes.set_ylim(len(names) - 0.45, -0.55)


def _dashed(draw: Callable[..., Any], limit: float | None) -> None:
    if limit is not None and math.isfinite(limit):
        draw(limit, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))


def _dress(axes: Axes, *, x_label: str, y_label: str, grid: str) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.set_xlabel(_label(x_label, 60))
    axes.set_ylabel(_label(y_label, 60))
    axes.spines[["top", "right", "bottom" if grid == "y" else "left"]].set_visible(False)
    axes.spines[["left" if grid == "y" else "bottom"]].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(axis="x" if grid == "x" else "y", color=RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    for axis in (axes.xaxis, axes.yaxis):
        if isinstance(locator := axis.get_major_locator(), MaxNLocator):
            locator.set_params(nbins=5)


def _tone(value: float, limit: float | None) -> str:
    return WEAK if limit is not None and value > limit else ACCENT


def _corner_to_corner(chart: Chart) -> bool:
    return (chart.x[0], chart.y[0]) == (0, 0) and (chart.x[-1], chart.y[-1]) == (1, 1)


def _numeric(values: tuple[str | float, ...]) -> bool:
    return all(isinstance(v, int | float) and math.isfinite(v) for v in values)


def _finite(value: float) -> float:
    return value if math.isfinite(value) else 0.0


def _label(value: str | float, limit: int = LABEL_LIMIT) -> str:
    if not isinstance(value, str):
        return figures.measure(value) if math.isfinite(value) else "not a number"
    shown = safe.xml(value, limit=200)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
