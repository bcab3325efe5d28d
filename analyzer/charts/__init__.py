"""Result tables → figures. Each function returns a matplotlib `Figure` and touches no global state; nothing is shown.

The Chinese font is shipped and registered at import, so that no font has to be installed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from matplotlib.figure import Figure

from analyzer.charts.paper import FAMILY, Frames, style
from analyzer.charts.scores import scores
from analyzer.charts.sections import sections
from analyzer.charts.verdicts import verdicts
from analyzer.knowledge.wording import Wording

__all__ = ["CHARTS", "FAMILY", "FORMATS", "draw", "scores", "sections", "verdicts"]

CHARTS: Mapping[str, Callable[[Frames, Wording, str], Figure]] = {
    "scores": scores,
    "sections": sections,
    "verdicts": verdicts,
}
"""The charts by name, which is also that of their files."""
FORMATS: Mapping[str, Mapping[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None},
    "pdf": {"CreationDate": None},
}
"""Formats with the metadata left out, so that the same tables give the same bytes."""
RESOLUTION = 160


def draw(frames: Frames, folder: Path, formats: Sequence[str], wording: Wording, lang: str = "zh") -> list[Path]:
    """Writes every chart to `folder` as `<name>.<format>` ; raises `ValueError` for another format."""
    unknown = sorted(set(formats) - FORMATS.keys())
    if unknown:
        raise ValueError(f"no such format of charts: {', '.join(unknown)}; known: {', '.join(FORMATS)}")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, chart in CHARTS.items():
        figure = chart(frames, wording, lang)
        for ending in formats:
            path = folder / f"{name}.{ending}"
            with style():
                figure.savefig(path, dpi=RESOLUTION, metadata=dict(FORMATS[ending]))
            written.append(path)
    return written
