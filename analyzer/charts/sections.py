"""Sections present: each report against each class of section; of many reports the share of each class."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analyzer.charts import paper
from analyzer.charts.paper import PRESENCE, Frames
from analyzer.knowledge.wording import Wording, shorten

_STATES = tuple(PRESENCE)
_NO_SECTION = {"preamble", "unknown", ""}


def sections(frames: Frames, wording: Wording, lang: str = "zh") -> Figure:
    """Which classes of section each report has, and which required ones it lacks.

    Needs `reports` and `sections`; with `findings` it tells apart what stands without a heading. Classes that no report
    has or lacks are left out. Above `paper.MANY` reports: the share of the reports for each class.
    """
    with paper.style():
        title = wording.say("chart.sections", lang)
        reports = paper.analysed(frames)
        states = presence(frames, wording)
        if reports.empty or states.empty:
            return paper.notice(title, wording.say("chart.no_reports" if reports.empty else "show.no_sections", lang))
        heads = (title, paper.subtitle(frames, wording, lang))
        states.index = pd.Index(paper.names(reports, wording, lang))
        if len(states) > paper.MANY:
            figure = _shares(states, heads, wording, lang)
        elif len(states) <= paper.FEW:
            figure = _upright(states, heads, wording, lang)
        else:
            figure = _map(states, heads, wording, lang)
        shown = [state for state in _STATES if (states == state).any(axis=None)]
        paper.key(figure, [paper.patch(PRESENCE[state], wording.say(f"chart.{state}", lang)) for state in shown])
        return figure


def presence(frames: Frames, wording: Wording) -> pd.DataFrame:
    """`present`, `unheaded`, `missing` or `not_there` for each analysed report (rows) and class (columns)."""
    reports = paper.analysed(frames)
    ids = pd.Index(reports["report_id"])
    found = {
        "unheaded": _pairs(_unheaded(frames), "indicator"),
        "missing": _pairs(reports, "sections_missing"),
        "present": _pairs(frames.get("sections", pd.DataFrame()), "section"),
    }
    known = [name for name in wording.under("section_short") if name not in _NO_SECTION]
    seen = {name for pairs in found.values() for name in pairs["class"]} - _NO_SECTION
    classes = [*(c for c in known if c in seen), *sorted(seen - set(known))]
    states = np.full((len(ids), len(classes)), "not_there", dtype=object)
    for state, pairs in found.items():
        at = ids.get_indexer(pairs["report_id"]), pd.Index(classes).get_indexer(pairs["class"])
        inside = (at[0] >= 0) & (at[1] >= 0)
        states[at[0][inside], at[1][inside]] = state
    return pd.DataFrame(states, index=ids, columns=pd.Index(classes))


def _unheaded(frames: Frames) -> pd.DataFrame:
    findings = frames.get("findings", pd.DataFrame())
    return findings if findings.empty else findings[findings["rule"] == "section.unheaded"]


def _pairs(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """`report_id`, `class` for each id in a column of ids joined by `;`."""
    if frame.empty:
        return pd.DataFrame({"report_id": [], "class": []}, dtype=object)
    given = frame[["report_id", column]].rename(columns={column: "class"})
    return given.assign(**{"class": given["class"].fillna("").astype(str).str.split(";")}).explode("class")


def _squares(axes: Axes, states: pd.DataFrame) -> None:
    """A square for each state, rows downwards; a cross marks what is required and missing."""
    for (row, column), state in np.ndenumerate(states.to_numpy()):
        ink = PRESENCE[state]
        axes.add_patch(
            Rectangle(
                (column - 0.46, row - 0.42),
                *(0.92, 0.84),
                facecolor=ink.fill,
                hatch=ink.hatch,
                edgecolor="#8FB8D0" if ink.hatch else "none",
                linewidth=0,
            )
        )
        if state == "missing":
            axes.text(column, row, "×", ha="center", va="center_baseline", color=ink.text, fontsize=10)
    axes.set_xlim(-0.5, states.shape[1] - 0.5)
    axes.xaxis.tick_top()


def _map(states: pd.DataFrame, heads: tuple[str, str], wording: Wording, lang: str) -> Figure:
    labels = [wording.label("section_short", name, lang) for name in states.columns]
    upright = [label if label.isascii() else "\n".join(label) for label in labels]
    tall = max(paper.inches(label, paper.SMALL) if label.isascii() else 0.125 * len(label) for label in labels)
    names = [str(name) for name in states.index]
    heights = [len(states) * paper.ROW]
    figure, (axes,) = paper.page(heads, heights, left=paper.room(names), above=tall, foot=0.25)
    _squares(axes, states)
    paper.rows(axes, names)
    axes.set_xticks(range(len(labels)), upright, fontsize=paper.SMALL, linespacing=1.0)
    for tick, label in zip(axes.get_xticklabels(), labels, strict=True):
        tick.set_rotation(90 if label.isascii() else 0)
    for row, count in enumerate((states == "missing").sum(axis=1)):
        if count:
            paper.beside(axes, row, wording.say("chart.lacking", lang, n=count))
    return figure


def _upright(states: pd.DataFrame, heads: tuple[str, str], wording: Wording, lang: str) -> Figure:
    """Classes as rows under their full names, a column a report, the state in words."""
    labels = [wording.label("section", name, lang) for name in states.columns]
    heights = [len(labels) * paper.ROW * 1.1]
    figure, (axes,) = paper.page(heads, heights, left=paper.room(labels), above=0.2, foot=0.25)
    _squares(axes, states.T)
    for (column, row), state in np.ndenumerate(states.to_numpy()):
        if state != "missing":
            _word(axes, (column, row), state, wording.say(f"chart.{state}", lang))
    paper.rows(axes, labels)
    names = [str(name) if len(states) == 1 else shorten(str(name), 24) for name in states.index]
    starts = [column - 0.46 for column in range(len(names))]
    axes.set_xticks(starts, names, fontsize=paper.SMALL, color=paper.INK, ha="left")
    axes.set_xlim(-0.5, paper.FEW - 0.5)
    return figure


def _word(axes: Axes, place: tuple[int, int], state: str, text: str) -> None:
    ink = PRESENCE[state]
    patch = {"facecolor": ink.fill, "edgecolor": "none", "pad": 0.8} if ink.hatch else None
    colour = paper.PALE if state == "not_there" else ink.text
    axes.text(*place, text, ha="center", va="center_baseline", fontsize=7, color=colour, bbox=patch)


def _shares(states: pd.DataFrame, heads: tuple[str, str], wording: Wording, lang: str) -> Figure:
    labels = [wording.label("section", name, lang) for name in states.columns]
    figure, (axes,) = paper.page(heads, [len(labels) * paper.ROW * 1.25], left=paper.room(labels))
    at, done = np.arange(len(labels)), np.zeros(len(labels))
    for state, ink in PRESENCE.items():
        share = (states == state).mean().to_numpy() * 100
        axes.barh(at, share, 0.7, done, color=ink.fill, hatch=ink.hatch, edgecolor="white", linewidth=0.5)
        done += share
    paper.rows(axes, labels)
    axes.set_xlim(0, 100)
    paper.scale(axes, range(0, 101, 20), wording.say("chart.share_reports", lang))
    for row, share in enumerate((states == "missing").mean() * 100):
        if share:
            paper.beside(axes, row, wording.say("chart.lacking", lang, n=f"{share:.{int(share < 10)}f}%"))
    return figure
