"""Reads Chinese annual reports on government information disclosure and checks them against themselves.

`analyze` reads one report, `score_folder` many; `Results` holds the tables of a run, `charts` draws them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analyzer import charts
    from analyzer.analysis import Analysis
    from analyzer.batch import score_folder
    from analyzer.pipeline import analyze
    from analyzer.readers.limits import Limits
    from analyzer.results import Results

__all__ = ["Analysis", "Limits", "Results", "analyze", "charts", "score_folder"]

_HOMES = {
    "Analysis": "analysis",
    "Limits": "readers.limits",
    "Results": "results",
    "analyze": "pipeline",
    "score_folder": "batch",
}


def __getattr__(name: str) -> Any:
    """Public names are imported at first use: what they stand on takes seconds to load."""
    if name in _HOMES:
        return getattr(import_module(f"analyzer.{_HOMES[name]}"), name)
    if name == "charts":
        return import_module("analyzer.charts")
    if name == "__version__":
        from importlib.metadata import version

        return version("gongkai-analyzer")
    raise AttributeError(f"module 'analyzer' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
