"""Training: labelled reports of the training family → the two models, their thresholds, figures and cards."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from analyzer import knowledge as domain
from analyzer.classifier import FILE, NONE, TASKS, fitting, weights
from analyzer.classifier.fitting import Example, Settings
from analyzer.training import cards
from analyzer.training.cards import Trained
from analyzer.training.examples import Family, family
from analyzer.training.measures import ablation, better
from analyzer.training.stated import stated_claims, stated_headings

__all__ = ["FAMILIES", "SETTINGS", "Trained", "train"]

LEARN, TUNE, JUDGES = "train", "tune", ("test", "fresh")
FAMILIES = (LEARN, TUNE)
"""The folders that training needs; `JUDGES` may be missing."""
SETTINGS = {"sections": Settings(), "claims": Settings(strictness=30.0)}
SKOPS = "model.skops"
Tell = Callable[[str, str], None]
"""Told of each step: a key of the messages' `train`, and what it is about."""


def _silent(key: str, what: str) -> None:
    return


def train(
    corpora: Path, out: Path, tell: Tell = _silent, *, settings: Mapping[str, Settings] = SETTINGS
) -> tuple[Trained, ...]:
    """Train both models on `corpora/train`, set their thresholds on `corpora/tune`, judge them on `corpora/test` and
    `fresh` where there are any (else on `tune`), and write each into a folder of `out`. A model that does not beat the
    rules there is written without the file that the product reads. Raises `MissingInput` where a family is missing.
    """
    known = domain.load()
    families = []
    for name in FAMILIES:
        tell("reading", str(corpora / name))
        families.append(family(corpora / name, known))
    judged = [corpora / name for name in (TUNE, *JUDGES) if (corpora / name).is_dir()]
    made = []
    for task in TASKS:
        tell("fitting", task)
        made.append(_one(task, settings[task], families, (judged, out)))
    return tuple(made)


def _one(task: str, settings: Settings, families: Sequence[Family], places: tuple[Sequence[Path], Path]) -> Trained:
    """`places` are the folders of labelled reports to judge by, and where to write to."""
    judged, out = places
    learnt, tuned = (_examples(found, task) for found in families)
    fitted = fitting.fit(learnt, settings)
    numbers = fitting.export(fitted)
    least = fitting.threshold(numbers, tuned, settings, silent=NONE if task == "claims" else "")
    numbers = fitting.with_threshold(numbers, least)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / task).mkdir()
        (Path(folder) / task / FILE).write_bytes(weights.dump(numbers))
        figures = {path.name: ablation(path, Path(folder), task) for path in judged}
    used = better([figures[path.name] for path in judged[1:] or judged], task)
    trained = Trained(task, numbers, figures, used, settings, families, learnt, tuned)
    made = out / task
    made.mkdir(parents=True, exist_ok=True)
    (made / SKOPS).write_bytes(fitting.dump(fitted))
    (made / FILE).unlink(missing_ok=True)
    if used:
        (made / FILE).write_bytes(weights.dump(numbers))
    cards.write(made, trained)
    return trained


def _examples(found: Family, task: str) -> tuple[Example, ...]:
    """Those of a task; to the training family's come those that the domain's data state."""
    examples = found.sections if task == "sections" else found.claims
    if found.name != LEARN:
        return examples
    more = stated_headings if task == "sections" else stated_claims
    return (*examples, *more(domain.load()))
