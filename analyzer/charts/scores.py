"""Scores per report: ranked bars; of many reports the distribution, the highest and the lowest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analyzer.charts import paper
from analyzer.charts.paper import Frames, Ink
from analyzer.knowledge.wording import Wording

DIMENSIONS = {"completeness": "completeness", "consistency": "consistency", "overall": "score"}
"""Dimension → its column in `reports`."""
_MARKS = {"completeness": ("o", "white"), "consistency": ("D", paper.INK)}
_EDGES = np.arange(0, 101, 10)
_APART = 115


def scores(frames: Frames, wording: Wording, lang: str = "zh") -> Figure:
    """Overall score as bars, completeness and consistency as marks; the best on top, what was not assessed last.

    Needs `reports`. Above `paper.MANY` reports: the distributions, the highest and the lowest.
    """
    with paper.style():
        ranked = _ranked(paper.analysed(frames), wording, lang)
        if ranked.empty:
            return paper.notice(wording.say("chart.scores", lang), wording.say("chart.no_reports", lang))
        if not ranked[list(DIMENSIONS)].notna().any(axis=None):
            return paper.notice(wording.say("chart.scores", lang), wording.say("chart.not_assessed", lang))
        heads = (wording.say("chart.scores", lang), _subtitle(frames, ranked, wording, lang))
        if len(ranked) > paper.MANY:
            return _many(ranked, heads, wording, lang)
        if len(ranked) <= paper.FEW:
            return _few(ranked, heads, wording, lang)
        figure, (axes,) = paper.page(heads, [paper.height(len(ranked))], left=paper.room(list(ranked["name"])))
        _bars(axes, ranked, wording, lang)
        paper.key(figure, _legend(wording, lang))
        return figure


def _ranked(reports: pd.DataFrame, wording: Wording, lang: str) -> pd.DataFrame:
    """Name, grade and the three scores of each report as floats, best first; ties in the order of the reports."""
    frame = pd.DataFrame({"name": paper.names(reports, wording, lang), "grade": reports["grade"].fillna("")})
    for dimension, column in DIMENSIONS.items():
        frame[dimension] = pd.to_numeric(reports[column], errors="coerce").astype(float)
    order = ["overall", "completeness"]
    return frame.sort_values(order, ascending=False, kind="stable", na_position="last").reset_index(drop=True)


def _subtitle(frames: Frames, ranked: pd.DataFrame, wording: Wording, lang: str) -> str:
    unassessed = int(ranked["overall"].isna().sum())
    remark = wording.say("chart.unassessed", lang, n=f"{unassessed:,}") if unassessed else ""
    return paper.subtitle(frames, wording, lang, remark)


def _few(ranked: pd.DataFrame, heads: tuple[str, str], wording: Wording, lang: str) -> Figure:
    """A panel a report, with a bar for each score."""
    order = ["overall", *_MARKS]
    labels = [wording.label("dimension", dimension, lang) for dimension in order]
    figure, panels = paper.page(heads, [len(order) * paper.ROW] * len(ranked), left=paper.room(labels))
    for axes, (_, report) in zip(panels, ranked.iterrows(), strict=True):
        values = report[order].astype(float).to_numpy()
        axes.barh(range(len(order)), np.nan_to_num(values), height=0.62, color=[paper.BAR, *[paper.BAR_PALE] * 2])
        axes.set_xlim(0, 100)
        paper.rows(axes, labels)
        paper.scale(axes, range(0, 101, 20), "")
        paper.headline(axes, report["name"])
        for row, value in enumerate(values):
            _score(axes, row, float(value), "" if row else report["grade"], wording.say("chart.not_assessed", lang))
    panels[-1].set_xlabel(wording.say("chart.points", lang), fontsize=paper.SMALL, loc="right", labelpad=3)
    return figure


def _score(axes: Axes, row: int, value: float, grade: str, unassessed: str) -> None:
    known = not np.isnan(value)
    paper.beside(axes, row, f"{value:.1f} {grade}" if known else unassessed, pale=not known)


def _bars(axes: Axes, ranked: pd.DataFrame, wording: Wording, lang: str) -> None:
    at = np.arange(len(ranked))
    axes.barh(at, ranked["overall"].fillna(0), height=0.62, color=paper.BAR)
    for dimension, (marker, face) in _MARKS.items():
        axes.plot(
            ranked[dimension],
            at,
            marker,
            markersize=5.2,
            markerfacecolor=face,
            markeredgecolor=paper.INK,
            clip_on=False,
        )
    axes.set_xlim(0, 100)
    paper.rows(axes, list(ranked["name"]))
    paper.scale(axes, range(0, 101, 20), wording.say("chart.points", lang))
    for row, (value, grade) in enumerate(zip(ranked["overall"], ranked["grade"], strict=True)):
        _score(axes, row, value, grade, wording.say("chart.not_assessed", lang))


def _legend(wording: Wording, lang: str) -> list[object]:
    marks = [
        Line2D(
            *([], []),
            linestyle="",
            marker=marker,
            markersize=5.2,
            markerfacecolor=face,
            markeredgecolor=paper.INK,
            label=wording.label("dimension", dimension, lang),
        )
        for dimension, (marker, face) in _MARKS.items()
    ]
    return [paper.patch(Ink(paper.BAR), wording.label("dimension", "overall", lang)), *marks]


def _many(ranked: pd.DataFrame, heads: tuple[str, str], wording: Wording, lang: str) -> Figure:
    best, worst = _extremes(ranked)
    listed = [best, worst] if len(best) else []
    heights = [1.6, *(len(part) * paper.ROW for part in listed)]
    shown = [*(name for part in listed for name in part["name"])]
    figure, panels = paper.page(heads, heights, left=paper.room(shown), above=0.3)
    _distribution(panels[0], ranked, wording, lang)
    for axes, part, which in zip(panels[1:], listed, ("highest", "lowest"), strict=True):
        _bars(axes, part, wording, lang)
        paper.headline(axes, wording.say(f"chart.{which}", lang, n=len(part)))
    paper.key(figure, _legend(wording, lang))
    return figure


def _extremes(ranked: pd.DataFrame) -> Sequence[pd.DataFrame]:
    assessed = ranked[ranked["overall"].notna()]
    size = min(paper.EXTREMES, len(assessed) // 2)
    return [part.reset_index(drop=True) for part in (assessed.head(size), assessed.tail(size))]


def _distribution(axes: Axes, ranked: pd.DataFrame, wording: Wording, lang: str) -> None:
    """Reports in each ten points of the overall score, and apart from them those not assessed."""
    overall = ranked["overall"].dropna()
    counts, _ = np.histogram(overall, bins=_EDGES)
    left = len(ranked) - len(overall)
    axes.bar(_EDGES[:-1] + 5, counts, width=9.2, color=paper.BAR)
    axes.bar([_APART], [left], width=9.2, color=paper.BAR_PALE, hatch="////", edgecolor="#999999", linewidth=0)
    paper.counts(axes, [*(_EDGES[:-1] + 5), _APART], [*counts, left])
    axes.set_xlim(0, _APART + 6)
    said = [*(f"{edge}" for edge in _EDGES), wording.say("chart.not_assessed", lang)]
    axes.set_xticks([*_EDGES, _APART], said, fontsize=paper.SMALL)
    axes.set_ylabel(wording.say("chart.count_reports", lang), fontsize=paper.SMALL)
    title = wording.say("chart.distribution", lang)
    if len(overall):
        title += f" · {wording.say('chart.median', lang, value=f'{overall.median():.1f}')}"
    paper.headline(axes, title)
