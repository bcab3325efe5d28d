"""Labelled reports → how right the product is: precision, recall and every miss, by task, rule and kind of report."""

from __future__ import annotations

from analyzer.evaluation.corpus import evaluate
from analyzer.evaluation.evaluation import Evaluation
from analyzer.evaluation.figures import Figure

__all__ = ["Evaluation", "Figure", "evaluate"]
