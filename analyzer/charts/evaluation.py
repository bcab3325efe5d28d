"""How right the product is: classes of sections taken for one another, confidence against being right."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from analyzer.charts import paper
from analyzer.charts.paper import Frames
from analyzer.knowledge.wording import Wording, shorten

MOST = 26
"""So many classes are shown on each side; merged ones that occur least are drawn together."""
_NONE, _REST = "-", "…"
_RIGHT = LinearSegmentedColormap.from_list("right", ["#FFFFFF", "#6FB1DC"])
_WRONG = LinearSegmentedColormap.from_list("wrong", ["#FFFFFF", "#9C2F17"])
_DARK = 0.55
_INK = "#2F6F9F"
_Z = 1.96
Shares = npt.NDArray[np.float64]


def confusion(frames: Frames, wording: Wording, lang: str = "zh") -> Figure:
    """Labelled classes (rows) against those found (columns): counts, shaded by their share of the row.

    Needs `confusion` (labelled × found, counts). What is right lies on the diagonal, in blue; what is not, in red.
    """
    with paper.style():
        title = wording.say("chart.confusion", lang)
        table = _square(frames["confusion"], wording)
        total = int(table.to_numpy().sum()) if len(table) else 0
        if not total:
            return paper.notice(title, wording.say("chart.no_headings", lang))
        right = int(np.trace(table.to_numpy()))
        heads = (title, wording.say("chart.headings_right", lang, n=f"{total:,}", right=f"{right / total:.1%}"))
        labels = [_label(name, wording, lang, short=False) for name in table.index]
        brief = [_label(name, wording, lang, short=True) for name in table.columns]
        turned = lang == "en"
        upright = brief if turned else ["\n".join(label) for label in brief]
        tall = max(paper.inches(label, paper.SMALL) if turned else 0.125 * len(label) for label in brief)
        figure, (axes,) = paper.page(heads, [len(table) * paper.ROW], left=paper.room(labels), above=tall, foot=0.3)
        _fill(axes, table)
        paper.rows(axes, labels)
        axes.set_xlim(-0.5, len(table) - 0.5)
        axes.xaxis.tick_top()
        rotation = 90 if turned else 0
        axes.set_xticks(range(len(upright)), upright, fontsize=paper.SMALL, linespacing=1.0, rotation=rotation)
        for row, count in enumerate(table.sum(axis=1)):
            paper.beside(axes, row, f"{count:,}", pale=True)
        return figure


def _square(table: pd.DataFrame, wording: Wording) -> pd.DataFrame:
    """The matrix with the same classes on both sides, in the order of the sections."""
    both = pd.Index(table.index).union(pd.Index(table.columns))
    full = table.reindex(index=both, columns=both, fill_value=0)
    size = (full.sum(axis=0) + full.sum(axis=1)).sort_values(ascending=False, kind="stable")
    merged = [name for name in size.index if ";" in str(name)]
    room = max(0, MOST - (len(both) - len(merged)))
    if len(merged) > room:
        pooled = dict.fromkeys(merged[max(0, room - 1) :], _REST)
        full = full.rename(index=pooled, columns=pooled)
        full = full.groupby(level=0).sum().T.groupby(level=0).sum().T
    known = [*wording.under("section"), "unknown"]
    order = sorted(full.index, key=lambda name: (str(name) in (_REST, _NONE), ";" in str(name), _rank(name, known)))
    return full.loc[order, order]


def _rank(name: object, known: list[str]) -> tuple[int, str]:
    first = str(name).split(";")[0]
    return (known.index(first) if first in known else len(known), str(name))


def _label(name: object, wording: Wording, lang: str, *, short: bool) -> str:
    if name in (_NONE, _REST):
        return wording.say("chart.no_heading" if name == _NONE else "chart.other_merged", lang)
    parts = [wording.label("section_short", part, lang) for part in str(name).split(";")]
    parts = [wording.label("section", part, lang) if part == "unknown" else part for part in parts]
    return shorten("+".join(parts), 14 if short else 30)


def _fill(axes: Axes, table: pd.DataFrame) -> None:
    counts = table.to_numpy(dtype=float)
    shares = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    colours = _WRONG(np.sqrt(shares))
    on = np.arange(len(table))
    colours[on, on] = _RIGHT(shares[on, on])
    axes.imshow(colours, aspect="auto", interpolation="nearest")
    for (row, column), count in np.ndenumerate(counts):
        if count:
            dark = row != column and np.sqrt(shares[row, column]) > _DARK
            ink, size = ("white" if dark else paper.INK), 7 if count < 1000 else 6
            axes.text(column, row, f"{count:.0f}", ha="center", va="center_baseline", color=ink, fontsize=size)
    axes.set_xticks(np.arange(len(table)) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(table)) - 0.5, minor=True)
    axes.grid(which="minor", color=paper.LINE, linewidth=0.5)
    axes.tick_params(which="minor", length=0)


def reliability(frames: Frames, wording: Wording, lang: str = "zh") -> Figure:
    """The share of headings classed right for each ten points of confidence, with its 95 % interval, and how many
    headings there are.

    Needs `reliability` (`low`, `high`, `n`, `confidence`, `right`). On the broken line confidence is what it says.
    """
    with paper.style():
        title, bins = wording.say("chart.reliability", lang), frames["reliability"]
        if bins.empty:
            return paper.notice(title, wording.say("chart.no_headings", lang))
        n = bins["n"].sum()
        error = float((bins["n"] * (bins["right"] - bins["confidence"]).abs()).sum() / n)
        heads = (title, wording.say("chart.headings_error", lang, n=f"{int(n):,}", error=f"{error:.1%}"))
        figure, (upper, lower) = paper.page(heads, [3.6, 1.2], left=0.9, above=0.1)
        _against(upper, bins)
        upper.set_ylabel(wording.say("chart.share_right", lang), fontsize=paper.SMALL)
        middle = ((bins["low"] + bins["high"]) * 50).tolist()
        lower.bar(middle, bins["n"], width=9, color=paper.BAR)
        paper.counts(lower, middle, bins["n"].astype(int).tolist())
        lower.set_ylabel(wording.say("chart.count_headings", lang), fontsize=paper.SMALL)
        lower.set_xlim(0, 100)
        lower.set_xticks(range(0, 101, 20))
        lower.set_xlabel(wording.say("chart.confidence", lang), fontsize=paper.SMALL, loc="right", labelpad=3)
        return figure


def _interval(share: Shares, n: Shares) -> tuple[Shares, Shares]:
    """The 95 % interval of shares (0–1) seen in `n` cases each, after Wilson."""
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return middle - half, middle + half


def _against(axes: Axes, bins: pd.DataFrame) -> None:
    axes.plot([0, 100], [0, 100], color=paper.PALE, linewidth=0.8, linestyle=(0, (4, 3)))
    right = bins["right"].to_numpy(dtype=float)
    low, high = _interval(right, bins["n"].to_numpy(dtype=float))
    spread = np.clip([right - low, high - right], 0, None) * 100
    axes.errorbar(
        bins["confidence"] * 100, right * 100, spread, fmt="o", color=_INK, markersize=6, elinewidth=1.2, clip_on=False
    )
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 104)
    ticks = list(range(0, 101, 20))
    axes.set_xticks(ticks)
    axes.set_yticks(ticks)
    axes.grid(color=paper.LINE, linewidth=0.6)
    axes.set_axisbelow(True)
