"""Result tables → figures. Each function returns a matplotlib `Figure` and touches no global state; nothing is shown.

The Chinese font is shipped and registered at import, so that no font has to be installed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from matplotlib.figure import Figure

from analyzer.charts.evaluation import confusion, reliability
from analyzer.charts.paper import FAMILY, Frames, style
from analyzer.charts.scores import scores
from analyzer.charts.sections import sections
from analyzer.charts.verdicts import verdicts
from analyzer.knowledge.wording import Wording

__all__ = ["CHARTS", "EVALUATION", "FAMILY", "FORMATS", "draw", "draw_evaluation", "scores", "sections", "verdicts"]

Chart = Callable[[Frames, Wording, str], Figure]

CHARTS: Mapping[str, Chart] = {
    "scores": scores,
    "sections": sections,
    "verdicts": verdicts,
}
"""The charts by name, which is also that of their files."""
EVALUATION: Mapping[str, Chart] = {"confusion": confusion, "reliability": reliability}
"""The charts of an evaluation on labelled reports."""
FORMATS: Mapping[str, Mapping[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None},
    "pdf": {"CreationDate": None},
}
"""Formats with the metadata left out, so that the same tables give the same bytes."""
RESOLUTION = 160


def draw(frames: Frames, folder: Path, formats: Sequence[str], wording: Wording, lang: str = "zh") -> list[Path]:
    """Writes every chart to `folder` as `<name>.<format>` ; raises `ValueError` for another format."""
    return _draw({name: chart(frames, wording, lang) for name, chart in CHARTS.items()}, folder, formats)


def draw_evaluation(
    frames: Frames, folder: Path, formats: Sequence[str], wording: Wording, lang: str = "zh"
) -> list[Path]:
    """The same for the charts of an evaluation; `frames` holds its `confusion` and `reliability`."""
    return _draw({name: chart(frames, wording, lang) for name, chart in EVALUATION.items()}, folder, formats)


def _draw(figures: Mapping[str, Figure], folder: Path, formats: Sequence[str]) -> list[Path]:
    unknown = sorted(set(formats) - FORMATS.keys())
    if unknown:
        raise ValueError(f"no such format of charts: {', '.join(unknown)}; known: {', '.join(FORMATS)}")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, figure in figures.items():
        for ending in formats:
            path = folder / f"{name}.{ending}"
            with style():
                figure.savefig(path, dpi=RESOLUTION, metadata=dict(FORMATS[ending]))
            written.append(path)
    return written
