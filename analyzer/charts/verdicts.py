"""Verdicts on the figures in the prose: stacked bars per report; of many reports their sum and the worst."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analyzer.charts import paper
from analyzer.charts.paper import VERDICTS, Frames
from analyzer.knowledge.wording import Wording

_ORDER = list(VERDICTS)
_STEPS = (0, 1, 2, 3, 4, 6, 11)
"""Lower ends of the classes of contradictions in a report: 0, 1, 2, 3, 4-5, 6-10, 11 and more."""


def verdicts(frames: Frames, wording: Wording, lang: str = "zh") -> Figure:
    """Claims by verdict for each report, most contradictions on top.

    Needs `reports`. Above `paper.MANY` reports: all claims, the contradictions in a report, the reports with the most.
    """
    with paper.style():
        title, reports = wording.say("chart.verdicts", lang), paper.analysed(frames)
        if reports.empty:
            return paper.notice(title, wording.say("chart.no_reports", lang))
        counts = reports[_ORDER].apply(pd.to_numeric, errors="coerce").fillna(0).astype(int)
        if not counts.to_numpy().any():
            return paper.notice(title, wording.say("chart.no_claims", lang))
        counts.index = pd.Index(paper.names(reports, wording, lang))
        counts = counts.sort_values(["inconsistent", "suspect"], ascending=False, kind="stable")
        total = wording.say("chart.figures", lang, n=f"{int(counts.to_numpy().sum()):,}")
        heads = (title, paper.subtitle(frames, wording, lang, total))
        if len(counts) > paper.MANY:
            figure = _many(counts, heads, wording, lang)
        else:
            left = paper.room([str(name) for name in counts.index])
            figure, (axes,) = paper.page(heads, [paper.height(len(counts))], left=left)
            _bars(axes, counts, wording, lang)
        paper.key(figure, [paper.patch(ink, wording.label("verdict", name, lang)) for name, ink in VERDICTS.items()])
        return figure


def _bars(axes: Axes, counts: pd.DataFrame, wording: Wording, lang: str) -> None:
    totals = counts.sum(axis=1).to_numpy()
    limit = max(1, int(totals.max()))
    at, done = np.arange(len(counts)), np.zeros(len(counts))
    for name, ink in VERDICTS.items():
        size = counts[name].to_numpy()
        axes.barh(at, size, 0.66, done, color=ink.fill, hatch=ink.hatch, edgecolor="white", linewidth=0.6)
        for row, (start, value) in enumerate(zip(done, size, strict=True)):
            if value / limit >= 0.024 * len(f"{value:,}"):
                _number(axes, start + value / 2, row, f"{value:,}", name)
        done += size
    axes.set_xlim(0, limit)
    paper.rows(axes, [str(name) for name in counts.index])
    ticks = [tick for tick in MaxNLocator(5, integer=True).tick_values(0, limit) if 0 <= tick <= limit]
    paper.scale(axes, ticks, wording.say("chart.count_claims", lang))
    for row, total in enumerate(totals):
        paper.beside(axes, row, f"{total:,}", pale=True)


def _number(axes: Axes, x: float, row: int, text: str, verdict: str) -> None:
    ink = VERDICTS[verdict]
    patch = {"facecolor": ink.fill, "edgecolor": "none", "pad": 0.8} if ink.hatch else None
    axes.text(x, row, text, ha="center", va="center_baseline", fontsize=7, color=ink.text, bbox=patch)


def _many(counts: pd.DataFrame, heads: tuple[str, str], wording: Wording, lang: str) -> Figure:
    worst = counts[counts["inconsistent"] > 0].head(paper.EXTREMES)
    heights = [0.9, 1.6, *([len(worst) * paper.ROW * 1.1] if len(worst) else [])]
    labels = [wording.label("verdict", name, lang) for name in _ORDER]
    figure, panels = paper.page(heads, heights, left=paper.room([*labels, *map(str, worst.index)]), above=0.3)
    _sums(panels[0], counts, labels)
    paper.headline(panels[0], wording.say("chart.all_verdicts", lang))
    _spread(panels[1], counts["inconsistent"].to_numpy(), wording, lang)
    if len(worst):
        _bars(panels[2], worst, wording, lang)
        paper.headline(panels[2], wording.say("chart.most_inconsistent", lang, n=len(worst)))
    return figure


def _sums(axes: Axes, counts: pd.DataFrame, labels: list[str]) -> None:
    sums = counts[_ORDER].sum().to_numpy()
    for row, (name, value) in enumerate(zip(_ORDER, sums, strict=True)):
        ink = VERDICTS[name]
        axes.barh(row, value, 0.7, color=ink.fill, hatch=ink.hatch, edgecolor="white", linewidth=0)
        said = f"{value:,} · {value / sums.sum():.1%}"
        axes.annotate(said, (value, row), xytext=(5, 0), textcoords="offset points", va="center", fontsize=paper.SMALL)
    paper.rows(axes, labels)
    axes.set_xlim(0, max(sums) * 1.2)
    axes.set_xticks([])


def _spread(axes: Axes, found: np.ndarray[tuple[int, ...], np.dtype[np.int64]], wording: Wording, lang: str) -> None:
    """Reports by the number of their contradictions."""
    sizes = np.bincount(np.searchsorted(_STEPS, found, side="right") - 1, minlength=len(_STEPS))
    ends = [*(low - 1 for low in _STEPS[1:]), None]
    said = [
        f"≥{low}" if end is None else f"{low}" if low == end else f"{low}–{end}"
        for low, end in zip(_STEPS, ends, strict=True)
    ]
    at = np.arange(len(sizes))
    axes.bar(at, sizes, 0.8, color=["#BBDDF2" if low == 0 else VERDICTS["inconsistent"].fill for low in _STEPS])
    paper.counts(axes, at.tolist(), sizes.tolist())
    axes.set_xticks(at, said, fontsize=paper.SMALL)
    axes.set_ylabel(wording.say("chart.count_reports", lang), fontsize=paper.SMALL)
    paper.headline(axes, wording.say("chart.inconsistent_per_report", lang))
