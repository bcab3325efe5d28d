"""Training: labelled words to a calibrated scikit-learn model, its file without pickle, and its numbers."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from analyzer.classifier.weights import Weights, archive
from analyzer.errors import BadModel

TRUSTED = ("sklearn.calibration._CalibratedClassifier", "sklearn.calibration._TemperatureScaling")
"""Types that a calibrated classifier needs and skops does not know; no other is let in."""
FOLDS = 5
STEP = 0.0001


@dataclass(frozen=True, slots=True)
class Example:
    """Words joined by blanks, the class they have, and the group (heading, sentence) that must not stand on both sides
    of a split; `open` says that the rules leave it to the model."""

    words: str
    label: str
    group: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is trained: words seen less often than `least` are left out, `most` words at most.

    A small `strictness` keeps coefficients small; the solver stops at `tolerance` (one thread: the same
    sums on any number of cores). Coefficients below `smallest` become 0, the others have `places` decimals.
    `precision` is what the answers above the threshold must reach on the tuning family; it is never below `surest`."""

    least: int = 2
    most: int = 6000
    strictness: float = 10.0
    tolerance: float = 1e-4
    smallest: float = 0.05
    places: int = 2
    precision: float = 0.99
    surest: float = 0.8


def fit(examples: Sequence[Example], settings: Settings) -> Any:
    """A pipeline of tf-idf and calibrated logistic regression; classes of fewer than two groups are left out."""
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline
    from threadpoolctl import threadpool_limits

    kept = _usable(examples)
    words = TfidfVectorizer(
        token_pattern=r"(?u)\S+", lowercase=False, min_df=settings.least, max_features=settings.most, dtype=np.float64
    )
    matrix = words.fit_transform([example.words for example in kept])
    words._stop_words_id = 0
    labels = np.array([example.label for example in kept])
    plain = LogisticRegression(C=settings.strictness, tol=settings.tolerance, max_iter=2000)
    classes = CalibratedClassifierCV(plain, method="temperature", cv=folds(kept), ensemble=False)
    with threadpool_limits(1):
        classes.fit(matrix, labels)
    classes.cv = None
    _round(classes.calibrated_classifiers_[0], settings)
    return Pipeline([("words", words), ("classes", classes)])


def _usable(examples: Sequence[Example]) -> list[Example]:
    """The examples of classes that stand in more than one fold, so that each is learnt wherever it is asked for."""
    dealt = _dealt(examples)
    folds = Counter(label for label, _ in {(e.label, dealt[e.group]) for e in examples})
    kept = [example for example in examples if folds[example.label] > 1]
    return kept if len(kept) == len(examples) else _usable(kept)


def folds(examples: Sequence[Example]) -> list[tuple[Any, Any]]:
    """Splits in which no group stands on both sides."""
    dealt = _dealt(examples)
    places = np.array([dealt[example.group] for example in examples])
    return [(np.flatnonzero(places != n), np.flatnonzero(places == n)) for n in range(FOLDS) if (places == n).any()]


def _dealt(examples: Sequence[Example]) -> dict[str, int]:
    """A fold for each group: class by class, the rarest first, each group goes where its class has fewest."""
    groups: dict[str, dict[str, None]] = {}
    for example in examples:
        groups.setdefault(example.label, {})[example.group] = None
    fold: dict[str, int] = {}
    for _, own in sorted(groups.items(), key=lambda entry: (len(entry[1]), entry[0])):
        used = Counter(fold[group] for group in own if group in fold)
        for group in own:
            if group not in fold:
                fold[group] = min(range(FOLDS), key=lambda n: (used[n], n))
                used[fold[group]] += 1
    return fold


def _round(calibrated: Any, settings: Settings) -> None:
    """Numbers that are the same wherever the same sums are made, and few."""
    model = calibrated.estimator
    small = np.abs(model.coef_) < settings.smallest
    model.coef_ = np.where(small, 0.0, np.round(model.coef_, settings.places)) + 0.0
    model.intercept_ = np.round(model.intercept_, settings.places) + 0.0
    model.n_iter_ = np.zeros_like(model.n_iter_)
    calibrated.calibrators[0].beta_ = float(np.round(calibrated.calibrators[0].beta_, 3))


def export(pipeline: Any, threshold: float = 0.0) -> Weights:
    """The numbers of a trained pipeline."""
    words, classes = pipeline.named_steps["words"], pipeline.named_steps["classes"]
    calibrated = classes.calibrated_classifiers_[0]
    model = calibrated.estimator
    return Weights(
        tuple(map(str, classes.classes_)),
        {str(word): int(place) for word, place in words.vocabulary_.items()},
        np.round(words.idf_, 4).astype(np.float32),
        model.coef_.T.astype(np.float32),
        model.intercept_.astype(np.float32),
        float(calibrated.calibrators[0].beta_),
        threshold,
    )


def threshold(weights: Weights, examples: Sequence[Example], settings: Settings, *, silent: str = "") -> float:
    """The least probability from which on the answers to `examples` (`silent` apart, which changes nothing) are right
    as often as the settings ask, 1.0 where there is none."""
    answers = [(*weights.best(example.words)[::-1], example) for example in examples]
    told = sorted(((p, key == e.label) for p, key, e in answers if key != silent), key=lambda pair: -pair[0])
    best, right = 1.0, 0
    for number, (probability, correct) in enumerate(told, start=1):
        right += correct
        last = number == len(told) or told[number][0] < probability
        if last and right >= settings.precision * number:
            best = probability
    return max(settings.surest, float(np.floor(best / STEP) * STEP)) if best < 1.0 else 1.0


def with_threshold(weights: Weights, value: float) -> Weights:
    """The same model with another threshold."""
    return replace(weights, threshold=value)


def dump(pipeline: Any) -> bytes:
    """A trained pipeline as a skops file, the same bytes for the same training."""
    import skops.io

    with zipfile.ZipFile(io.BytesIO(skops.io.dumps(pipeline))) as made:
        schema = json.loads(made.read("schema.json"))
        renamed = _renumbered(schema)
        members = {new: made.read(old) for old, new in renamed.items()}
    return archive({"schema.json": json.dumps(schema, separators=(",", ":")).encode(), **members})


def _renumbered(schema: Any) -> dict[str, str]:
    """Change the addresses in a skops schema, which differ from run to run, to numbers; the files' new names."""
    numbers = count(1)
    files: dict[str, str] = {}
    known: dict[int, int] = {}
    pending = [schema]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(reversed(node))
        elif isinstance(node, dict):
            if "__id__" in node:
                plain = node.get("__loader__") == "JsonNode"
                node["__id__"] = next(numbers) if plain else known.setdefault(node["__id__"], next(numbers))
            if isinstance(node.get("file"), str):
                node["file"] = files.setdefault(node["file"], f"{len(files) + 1}.npy")
            pending.extend(reversed(node.values()))
    return files


def load(path: Path) -> Any:
    """The trained pipeline of a file that `dump` made; raises `BadModel` for a file of any other kind, and for one that
    holds types other than those of scikit-learn and numpy that skops trusts and the two of `TRUSTED`."""
    import skops.io

    try:
        foreign = sorted(set(skops.io.get_untrusted_types(file=path)) - set(TRUSTED))
        if not foreign:
            return skops.io.load(path, trusted=list(TRUSTED))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as problem:
        raise BadModel(f"{path}: {problem}") from None
    raise BadModel(f"{path}: {', '.join(foreign)}")
