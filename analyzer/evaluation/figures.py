"""Counts of reports → precision, recall, F1 and shares, each with its interval by bootstrap over the reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.evaluation.tally import Judged, Key

Array = npt.NDArray[np.float64]
DRAWS, SEED, LEVEL = 1000, 20211, 0.95
VERDICTS = ("consistent", "inconsistent", "suspect", "unverifiable")
CELLS = ("exact", "blank", "marked", "silent", "lost")
CLEAN = ("report", "clean", "")
"""Key under which each clean report counts one."""
CLEAN_ALARMS = ("report", "clean_alarms", "")
"""Key under which the false alarms of clean reports count."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its interval; `n` is what it is a share of, None where there was nothing to measure."""

    task: str
    measure: str
    value: float | None
    low: float | None
    high: float | None
    n: int


class Sums:
    """Counts summed over reports, in as many draws at once as there are rows of weights."""

    def __init__(self, keys: Sequence[Key], sums: Array) -> None:
        self._sums = sums
        self._at = {key: number for number, key in enumerate(keys)}
        self.keys = keys

    def of(self, task: str, measure: str, name: str = "") -> Array:
        """One count; zero where it never occurs."""
        at = self._at.get((task, measure, name))
        found: Array = np.zeros(len(self._sums)) if at is None else self._sums[:, at]
        return found

    def all(self, task: str, measure: str) -> Array:
        """A count over all names."""
        own = [number for key, number in self._at.items() if key[:2] == (task, measure)]
        summed: Array = self._sums[:, own].sum(axis=1)
        return summed

    def names(self, *tasks: str) -> list[str]:
        """The names that tasks count, sorted."""
        return sorted({key[2] for key in self.keys if key[0] in tasks and key[2]})


Ratio = tuple[Array, Array]
"""Numerator and denominator of a figure."""
Measure = Callable[[Sums], Ratio]


def _share(task: str, right: Sequence[str], whole: Sequence[str], name: str | None = None) -> Measure:
    def measure(sums: Sums) -> Ratio:
        def total(measures: Sequence[str]) -> Array:
            given = [sums.all(task, m) if name is None else sums.of(task, m, name) for m in measures]
            summed: Array = np.sum(given, axis=0)
            return summed

        return total(right), total(whole)

    return measure


def _prf(task: str, name: str | None = None, false: str = "false") -> dict[str, Measure]:
    return {
        "precision": _share(task, ["right"], ["right", false], name),
        "recall": _share(task, ["right"], ["right", "missed"], name),
        "f1": _share(task, ["right", "right"], ["right", "right", false, "missed"], name),
    }


def _macro(sums: Sums) -> Ratio:
    """Mean F1 over the classes that occur, as labels or as found."""
    total, classes = np.zeros(1), np.zeros(1)
    for name in sums.names("section"):
        right, rest = sums.of("section", "right", name), np.zeros(1)
        for measure in ("missed", "false"):
            rest = rest + sums.of("section", measure, name)
        seen = right + rest > 0
        total = total + np.where(seen, 2 * right / np.where(seen, 2 * right + rest, 1), 0)
        classes = classes + seen
    return total, classes


def _alarms(sums: Sums) -> Ratio:
    return sums.all("alarm", "false"), sums.of("report", "n")


def _clean_alarms(sums: Sums) -> Ratio:
    return sums.of(*CLEAN_ALARMS), sums.of(*CLEAN)


def _error(sums: Sums) -> Ratio:
    """Expected calibration error: the mean distance of confidence from being right, weighed by bins."""
    n = sums.all("calibration", "n")
    apart = [
        np.abs(sums.of("calibration", "right", name) - sums.of("calibration", "confidence", name))
        for name in sums.names("calibration")
    ]
    return (np.sum(apart, axis=0) if apart else np.zeros_like(n)), n


MEASURES: dict[tuple[str, str], Measure] = {
    ("facts", "accuracy"): _share("fact", ["right"], ["right", "wrong"]),
    ("sections", "accuracy"): _share("heading", ["right"], ["right", "wrong"]),
    ("sections", "macro_f1"): _macro,
    ("sections", "calibration_error"): _error,
    ("cells", "right"): _share("cell", ["exact", "blank"], CELLS),
    **{("cells", name): _share("cell", [name], CELLS) for name in CELLS},
    **{("claims", name): measure for name, measure in _prf("claim").items()},
    **{(name, "accuracy"): _share(name, ["right"], ["right", "wrong"]) for name in ("value", "unit", "bounds")},
    **{(name, "accuracy"): _share(name, ["right"], ["right", "wrong"]) for name in ("period", "scope")},
    **{("links", name): measure for name, measure in _prf("link").items()},
    ("verdicts", "accuracy"): _share("verdict", ["right"], ["right", "wrong"]),
    **{(f"verdict {v}", name): measure for v in VERDICTS for name, measure in _prf("verdict", v).items()},
    ("traps", "taken"): _share("trap", ["wrong"], ["right", "wrong"]),
    ("sums", "accuracy"): _share("sum", ["right"], ["right", "wrong"]),
    ("findings", "recall"): _share("rule", ["recalled"], ["recalled", "missed"]),
    ("findings", "precision"): _share("alarm", ["right"], ["right", "false"]),
    ("alarms", "per_report"): _alarms,
    ("alarms", "per_clean_report"): _clean_alarms,
    ("defects", "recall"): _share("defect", ["caught"], ["caught", "missed"]),
}
"""Task and measure → its numerator and denominator."""


def rule_measures(rule: str) -> dict[str, Measure]:
    """Recall over the labels of a rule, precision over its findings above info, and over its infos."""
    return {
        "recall": _share("rule", ["recalled"], ["recalled", "missed"], rule),
        "precision": _share("alarm", ["right"], ["right", "false"], rule),
        "note_precision": _share("note", ["right"], ["right", "false"], rule),
    }


def matrix(reports: Sequence[Judged]) -> tuple[tuple[Key, ...], Array]:
    """Counts as reports × keys, with each report, its being clean and its alarms then counted beside them."""
    rows = [_counts(report) for report in reports]
    keys = tuple(sorted({key for row in rows for key in row}))
    at = {key: number for number, key in enumerate(keys)}
    table = np.zeros((len(rows), len(keys)))
    for number, row in enumerate(rows):
        for key, count in row.items():
            table[number, at[key]] = count
    return keys, table


def _counts(report: Judged) -> dict[Key, float]:
    own: dict[Key, float] = {**report.counts, ("report", "n", ""): 1}
    if report.facts["clean"] == "true":
        own[CLEAN] = 1
        own[CLEAN_ALARMS] = sum(count for key, count in report.counts.items() if key[:2] == ("alarm", "false"))
    return own


class Sample:
    """Reports from which figures are drawn; the draws are the same for every figure and every run."""

    def __init__(self, keys: tuple[Key, ...], table: Array, *, draws: int = DRAWS) -> None:
        size = len(table)
        self.whole = Sums(keys, table.sum(axis=0, keepdims=True))
        self.drawn = None
        if draws and size > 1:
            weights = np.random.default_rng(SEED).multinomial(size, [1 / size] * size, draws)
            self.drawn = Sums(keys, weights @ table)

    def figure(self, task: str, measure: str, ratio: Measure) -> Figure:
        """A figure with its interval; without one where there is one report only."""
        value, n = _value(*ratio(self.whole))
        low, high = _interval(*ratio(self.drawn)) if self.drawn is not None else (None, None)
        return Figure(task, measure, value, low, high, n)

    def figures(self) -> tuple[Figure, ...]:
        """All figures that do not ask for a rule or a defect by name."""
        return tuple(self.figure(*name, ratio) for name, ratio in MEASURES.items())


def _value(above: Array, below: Array) -> tuple[float | None, int]:
    n = int(below[0])
    return (float(above[0] / below[0]) if n else None), n


def _interval(above: Array, below: Array) -> tuple[float | None, float | None]:
    seen = np.broadcast_to(below, above.shape) > 0
    if not seen.any():
        return None, None
    drawn = above[seen] / np.broadcast_to(below, above.shape)[seen]
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
