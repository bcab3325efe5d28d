"""What is written beside a model: its settings and corpora, its figures, and the card that people read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sklearn

from analyzer.classifier import NONE
from analyzer.classifier.fitting import Example, Settings
from analyzer.classifier.weights import Weights
from analyzer.knowledge.schema import Source
from analyzer.training.examples import Family
from analyzer.training.measures import WAYS, Figures

BINS = 5
TEXTS = "model_card.toml"


@dataclass(frozen=True, slots=True)
class Trained:
    """A model with all that is known of it: figures by family and way, and whether the product uses it."""

    task: str
    weights: Weights
    figures: Mapping[str, Mapping[str, Figures]]
    used: bool
    settings: Settings
    families: Sequence[Family]
    learnt: Sequence[Example]
    tuned: Sequence[Example]


def write(folder: Path, trained: Trained) -> None:
    """`train.toml`, `metrics.json` and `CARD.md` in the model's folder."""
    texts = {"train.toml": _settings(trained), "metrics.json": _metrics(trained), "CARD.md": _card(trained)}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _settings(trained: Trained) -> str:
    lines = [
        f"task = {json.dumps(trained.task)}",
        f"scikit_learn = {json.dumps(sklearn.__version__)}",
        "",
        "[settings]",
    ]
    lines += [f"{name} = {value}" for name, value in asdict(trained.settings).items()]
    for family in trained.families:
        lines += ["", f"[corpora.{family.name}]", f"reports = {family.reports}", f'sha256 = "{family.fingerprint}"']
    return "\n".join([*lines, ""])


def _metrics(trained: Trained) -> str:
    found = {
        "task": trained.task,
        "used": trained.used,
        "threshold": round(trained.weights.threshold, 4),
        "classes": len(trained.weights.classes),
        "words": len(trained.weights.words),
        "examples": {"train": len(trained.learnt), "tune": len(trained.tuned)},
        "open": _open(trained),
        "calibration": _calibration(trained),
        "ablation": trained.figures,
    }
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def _open(trained: Trained) -> dict[str, int]:
    """What the model says of the tuning examples that the rules leave open; that there is no cell is nothing said."""
    counts = Counter[str]()
    for example in trained.tuned:
        if example.open:
            key, probability = trained.weights.best(example.words)
            told = probability >= trained.weights.threshold and key != NONE
            counts["abstained" if not told else "right" if key == example.label else "wrong"] += 1
    return {name: counts[name] for name in ("right", "wrong", "abstained")}


def _calibration(trained: Trained) -> list[dict[str, Any]]:
    """Over the tuning examples, by bin of probability: how many, mean probability, share that is right."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for example in trained.tuned:
        key, probability = trained.weights.best(example.words)
        bins[min(BINS - 1, int(probability * BINS))].append((probability, key == example.label))
    return [
        {
            "low": at / BINS,
            "n": len(found),
            "probability": round(sum(p for p, _ in found) / len(found), 3),
            "right": round(sum(right for _, right in found) / len(found), 3),
        }
        for at, found in enumerate(bins)
        if found
    ]


def _card(trained: Trained) -> str:
    texts = Source().toml(TEXTS)
    card: str = texts["card"]
    return card.format(
        **texts[trained.task],
        **_open(trained),
        state=texts["on" if trained.used else "off"],
        open=sum(example.open for example in trained.tuned),
        learnt=_told(trained.families[0]),
        tuned=_told(trained.families[1]),
        examples=len(trained.learnt),
        classes=len(trained.weights.classes),
        words=len(trained.weights.words),
        threshold=f"{trained.weights.threshold:.2f}",
        precision=f"{trained.settings.precision:.0%}",
        surest=trained.settings.surest,
        ablation="\n".join(_tables(trained)),
        calibration="\n".join(_reliability(trained)),
    )


def _reliability(trained: Trained) -> list[str]:
    rows = _calibration(trained)
    return [
        "| probability | examples | mean | right |",
        "| --- | --- | --- | --- |",
        *(f"| from {row['low']:.1f} | {row['n']} | {row['probability']} | {row['right']} |" for row in rows),
    ]


def _told(family: Family) -> str:
    return f"`corpora/synthetic/{family.name}` ({family.reports} reports)"


def _tables(trained: Trained) -> list[str]:
    lines = []
    for name, ways in trained.figures.items():
        measures = list(ways["rules"])
        lines += [f"On `{name}`:", "", "| | rules alone | model alone | both |", "| --- | --- | --- | --- |"]
        lines += [f"| {m} | {' | '.join(_value(ways[way][m]) for way in WAYS)} |" for m in measures] + [""]
    return lines


def _value(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"
