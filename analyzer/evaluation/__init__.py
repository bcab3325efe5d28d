"""Labelled reports → how right the product is: precision, recall and every miss, by task, rule and kind of report."""

from __future__ import annotations

from analyzer.evaluation.corpus import evaluate
from analyzer.evaluation.drafting import draft
from analyzer.evaluation.evaluation import Evaluation
from analyzer.evaluation.figures import Figure
from analyzer.evaluation.rendering import render

__all__ = ["Evaluation", "Figure", "draft", "evaluate", "render"]
