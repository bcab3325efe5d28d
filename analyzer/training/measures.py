"""What each model is worth: rules alone, model alone and both, on labelled reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from analyzer.analysis import Analysis
from analyzer.classifier import RULES, Models
from analyzer.evaluation import Evaluation, evaluate
from analyzer.knowledge import Knowledge
from analyzer.pipeline import Part, analyze_parts

Figures = Mapping[str, float | None]
WAYS = ("rules", "model", "both")
MEASURES = {
    "sections": (("sections", "macro_f1"), ("sections", "accuracy"), ("sections", "calibration_error")),
    "claims": (("links", "f1"), ("links", "precision"), ("links", "recall")),
}
"""By task what is measured; a model stays while the first is better with it than without."""
SHARED = (("verdicts", "accuracy"), ("findings", "recall"), ("alarms", "per_clean_report"))


def ablation(folder: Path, models: Path, task: str) -> dict[str, Figures]:
    """Figures by way: rules alone, the model of `models` (which holds that of `task` only) alone, both."""
    ways = dict(zip(WAYS, (RULES, Models(models, alone=True), Models(models)), strict=True))
    return {way: _figures(evaluate(folder, analyse=partial(_analyse, used)), task) for way, used in ways.items()}


def _analyse(used: Models, parts: Sequence[Part], known: Knowledge) -> Analysis:
    return analyze_parts(parts, knowledge=known, models=used)


def _figures(found: Evaluation, task: str) -> Figures:
    names = (*MEASURES[task], *SHARED)
    values = {f"{name} {measure}": found.value(name, measure) for name, measure in names}
    return {name: None if value is None else round(value, 4) for name, value in values.items()}


def better(judged: Sequence[Mapping[str, Figures]], task: str) -> bool:
    """Whether rules and model together beat the rules alone on one of the corpora, on none of them do worse, and raise
    no more false alarms anywhere. Where both are as often right, the better calibrated beats the other."""
    alarms = " ".join(SHARED[-1])
    gains = [_gain(figures, task) for figures in judged]
    louder = any((figures["both"][alarms] or 0.0) > (figures["rules"][alarms] or 0.0) for figures in judged)
    return max(gains) > (0.0, 0.0) and min(gains) >= (0.0, 0.0) and not louder


def _gain(figures: Mapping[str, Figures], task: str) -> tuple[float, float]:
    """What the model adds to the rules: in being right, and in the error of their confidence taken away."""
    first = " ".join(MEASURES[task][0])
    error = f"{task} calibration_error"
    right = (figures["both"][first] or 0.0) - (figures["rules"][first] or 0.0)
    return right, (figures["rules"].get(error) or 0.0) - (figures["both"].get(error) or 0.0)
