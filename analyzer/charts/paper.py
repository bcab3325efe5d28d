"""What all charts share: the shipped font, a palette fit for grey and colour blindness, a page laid out in inches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Patch
from matplotlib.textpath import text_to_path

from analyzer.knowledge.schema import SHIPPED
from analyzer.knowledge.wording import Wording, one_line, shorten

FONT = SHIPPED / "fonts" / "GongkaiSansSC-Regular.otf"
FAMILY = "Gongkai Sans SC"
font_manager.fontManager.addfont(str(FONT))

Frames = Mapping[str, pd.DataFrame]
"""The result tables by name, with the columns of the outside contract."""

MANY = 36
"""Up to so many reports each has a row of its own on one A4 page."""
FEW = 3
"""Up to so many reports each has room for all its words."""
EXTREMES = 12
"""So many rows are shown of the first and the last of many."""
WIDTH, ROW, SIDE, RIGHT = 7.5, 0.235, 0.3, 0.95
TITLE, TEXT, SMALL = 14, 9, 8
INK, PALE, LINE = "#222222", "#5F5F5F", "#D5D5D5"
NAME_COLUMNS = 30
GETA = "\u3013"
"""Printers' sign for a character that the font lacks."""

_RC: Any = {
    "font.family": [FAMILY],
    "font.size": TEXT,
    "axes.unicode_minus": False,
    "text.parse_math": False,
    "text.color": INK,
    "axes.labelcolor": PALE,
    "xtick.color": PALE,
    "ytick.color": INK,
    "hatch.linewidth": 0.6,
    "svg.fonttype": "path",
    "svg.hashsalt": "gongkai-analyzer",
}


@dataclass(frozen=True, slots=True)
class Ink:
    """How one kind of thing is filled; `text` is the colour of a number printed on it."""

    fill: str
    text: str = INK
    hatch: str = ""


VERDICTS = {
    "consistent": Ink("#6FB1DC"),
    "inconsistent": Ink("#9C2F17", "white"),
    "suspect": Ink("#F3C652", hatch="////"),
    "unverifiable": Ink("#E6E6E6"),
}
PRESENCE = {
    "present": Ink("#6FB1DC"),
    "unheaded": Ink("#D3E9F7", hatch="////"),
    "missing": Ink("#9C2F17", "white"),
    "not_there": Ink("#EFEFEF"),
}
BAR, BAR_PALE = "#6FB1DC", "#CFCFCF"


@contextmanager
def style() -> Iterator[None]:
    """The settings under which figures are made and saved; what was set before comes back."""
    with mpl.rc_context(_RC):
        yield


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(FT2Font(str(FONT)).get_charmap())


def printable(text: str) -> str:
    """`text` on one line, with the printers' sign for each character that the font lacks."""
    line = one_line(text)
    return line if line.isascii() else "".join(c if ord(c) in _glyphs() else GETA for c in line)


def inches(text: str, size: float) -> float:
    """Width of one line of text at a font size in points."""
    font = font_manager.FontProperties(fname=str(FONT), size=size)
    width: float = text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]
    return width / 72


def names(reports: pd.DataFrame, wording: Wording, lang: str) -> list[str]:
    """A short name for each report: body and year, cut in the middle where long; where two are the same, their ids."""
    unknown = wording.say("chart.unknown_agency", lang)
    found = [
        _name(str(agency) if pd.notna(agency) and agency else unknown, year)
        for agency, year in zip(reports["agency"], reports["year"], strict=True)
    ]
    twice = pd.Series(found).duplicated(keep=False) | pd.Series([name.startswith(unknown) for name in found])
    ids = [shorten(printable(str(report_id)), NAME_COLUMNS + 5) for report_id in reports["report_id"]]
    return [own if again else name for name, own, again in zip(found, ids, twice, strict=True)]


def _name(agency: str, year: object) -> str:
    known = pd.notna(year) and str(year).strip() != ""  # type: ignore[call-overload]
    return shorten(printable(agency), NAME_COLUMNS) + (f" {int(float(str(year)))}" if known else "")


def analysed(frames: Frames) -> pd.DataFrame:
    """The reports that were analysed, in their order."""
    reports = frames["reports"]
    return reports[reports["status"] == "ok"].reset_index(drop=True)


def subtitle(frames: Frames, wording: Wording, lang: str, *remarks: str) -> str:
    """How many reports the chart rests on, what is remarked of them, and how many failed."""
    good = len(analysed(frames))
    failed = len(frames["reports"]) - good
    said = wording.say("chart.one_report", lang) if good == 1 else wording.say("chart.reports", lang, n=f"{good:,}")
    left = [wording.say("chart.failed", lang, n=f"{failed:,}")] if failed else []
    return " · ".join([said, *(remark for remark in remarks if remark), *left])


def page(
    heads: tuple[str, str], heights: Sequence[float], *, left: float, above: float = 0.0, foot: float = 0.5
) -> tuple[Figure, list[Axes]]:
    """A figure of the page's width: title, subtitle, the line of `key`, then an axes for each of `heights` (inches).

    `left` is the room for labels beside the axes, `above` and `foot` more room above the first and below the last.
    """
    head, gap = 1.0 + above, 0.78
    total = head + sum(heights) + gap * (len(heights) - 1) + foot
    figure = Figure(figsize=(WIDTH, total), facecolor="white")
    figure.text(SIDE / WIDTH, 1 - 0.18 / total, heads[0], fontsize=TITLE, va="top")
    figure.text(SIDE / WIDTH, 1 - 0.5 / total, heads[1], fontsize=TEXT, va="top", color=PALE)
    found, top = [], total - head
    for height in heights:
        axes = figure.add_axes((left / WIDTH, (top - height) / total, 1 - (left + RIGHT) / WIDTH, height / total))
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0, labelsize=SMALL)
        found.append(axes)
        top -= height + gap
    return figure, found


def key(figure: Figure, handles: Sequence[object]) -> None:
    """The legend, on its line under the head."""
    figure.legend(
        handles=list(handles),
        loc="upper left",
        bbox_to_anchor=(SIDE / WIDTH, 1 - 0.73 / figure.get_figheight()),
        ncols=len(handles),
        frameon=False,
        fontsize=SMALL,
        handlelength=1.2,
        handleheight=0.9,
        columnspacing=1.4,
        borderpad=0,
        borderaxespad=0,
    )


def patch(ink: Ink, label: str) -> Patch:
    """An entry of the legend for a fill."""
    return Patch(facecolor=ink.fill, hatch=ink.hatch, edgecolor="#777777", linewidth=0.4, label=label)


def room(labels: Sequence[str], size: float = SMALL) -> float:
    """Inches to leave for labels beside the axes."""
    return max([1.0, *(inches(label, size) + 0.12 + SIDE for label in labels)])


def height(count: int) -> float:
    """Inches for so many rows, closer together where there are many."""
    return min(count * ROW * 1.15, max(9.0, count * 0.2))


def rows(axes: Axes, labels: Sequence[str]) -> None:
    """One row a label, the first on top."""
    axes.set_yticks(range(len(labels)), labels, fontsize=SMALL)
    axes.set_ylim(len(labels) - 0.5, -0.5)


def scale(axes: Axes, ticks: Sequence[float], label: str) -> None:
    """The horizontal scale with light grid lines, and what it counts."""
    axes.set_xticks(list(ticks), [f"{tick:,g}" for tick in ticks], fontsize=SMALL)
    axes.set_xlabel(label, fontsize=SMALL, loc="right", labelpad=3)
    axes.grid(axis="x", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)


def counts(axes: Axes, at: Sequence[float], sizes: Sequence[int]) -> None:
    """Upright bars carry their counts instead of a scale."""
    for x, size in zip(at, sizes, strict=True):
        axes.annotate(f"{size:,}", (x, size), xytext=(0, 2), textcoords="offset points", ha="center", fontsize=7)
    axes.set_yticks([])
    axes.set_ylim(0, max(1, *sizes) * 1.14)
    axes.axhline(0, color=LINE, linewidth=0.8)


def headline(axes: Axes, text: str) -> None:
    """The title of one panel, flush left with the axes."""
    axes.set_title(text, loc="left", fontsize=TEXT + 1, pad=7)


def beside(axes: Axes, row: float, text: str, *, pale: bool = False) -> None:
    """A remark on the right of a row, outside the axes."""
    axes.annotate(
        text,
        (1, row),
        xycoords=("axes fraction", "data"),
        xytext=(9, 0),
        textcoords="offset points",
        va="center",
        fontsize=SMALL,
        color=PALE if pale else INK,
    )


def notice(title: str, text: str) -> Figure:
    """A chart that has nothing to show says so."""
    figure = Figure(figsize=(WIDTH, 2.2), facecolor="white")
    figure.text(SIDE / WIDTH, 1 - 0.18 / 2.2, title, fontsize=TITLE, va="top")
    figure.text(0.5, 0.4, text, fontsize=TITLE - 2, color=PALE, ha="center", va="center")
    return figure
