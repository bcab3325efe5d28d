"""All labelled reports of a folder, judged: figures, rules, defects, confusion, calibration, misses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analyzer.evaluation.figures import Figure, Sample, matrix, rule_measures
from analyzer.evaluation.judging import GROUPS
from analyzer.evaluation.parts import BINS
from analyzer.evaluation.tally import Judged, Miss

if TYPE_CHECKING:
    import pandas as pd

LEAST = 5
"""Groups of fewer reports stand without intervals."""


@dataclass(frozen=True)
class Evaluation:
    """Labelled reports, judged. `figures` holds every figure over all of them, `groups` the same by group.

    Frames: `rules`, `defects`, `confusion` (class labelled × class found), `reliability` (bins of confidence), `worst`
    (a row a report: facts, error, counts of misses), `misses` (a row each with its sentence).
    """

    reports: tuple[Judged, ...]
    folder: str = ""

    @cached_property
    def sample(self) -> Sample:
        """Counts over all reports, and their draws."""
        return Sample(*matrix(self.reports))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure over all reports."""
        return self.sample.figures()

    def value(self, task: str, measure: str) -> float | None:
        """One figure over all reports; None: nothing to measure. Raises `KeyError` for an unknown one."""
        for figure in self.figures:
            if (figure.task, figure.measure) == (task, measure):
                return figure.value
        raise KeyError(f"{task} {measure}")

    @property
    def failed(self) -> tuple[Judged, ...]:
        """The reports that could not be analysed."""
        return tuple(report for report in self.reports if report.error)

    @cached_property
    def groups(self) -> pd.DataFrame:
        """Figures by group: `group`, `name`, `reports`, then those of `Figure`; not for what all share."""
        import pandas as pd

        rows = [
            {"group": group, "name": name, "reports": len(own), **asdict(figure)}
            for group, name, own in self._grouped()
            for figure in Sample(*matrix(own), draws=0).figures()
        ]
        return pd.DataFrame(rows, columns=["group", "name", "reports", *_FIGURE])

    def _grouped(self) -> Iterator[tuple[str, str, list[Judged]]]:
        for group in GROUPS:
            names = sorted({report.facts[group] for report in self.reports})
            for name in names if len(names) > 1 else ():
                yield group, name, [report for report in self.reports if report.facts[group] == name]
        for kind in sorted({kind for report in self.reports for kind in report.defects}, key=_natural):
            yield "defect", kind, [report for report in self.reports if kind in report.defects]

    @cached_property
    def rules(self) -> pd.DataFrame:
        """By rule: labels (`positives`), those recalled; findings above info (`fired`), those no label explains
        (`false`); infos (`notes`), those no label explains (`notes_false`)."""
        import pandas as pd

        whole, rows = self.sample.whole, []
        for rule in whole.names("rule", "alarm", "note"):
            own = {name: self.sample.figure(rule, name, measure) for name, measure in rule_measures(rule).items()}
            counted = (("rule", "recalled"), ("alarm", "false"), ("note", "false"))
            recalled, false, unasked = (int(whole.of(*key, rule)[0]) for key in counted)
            counts = (own["recall"].n, recalled, own["precision"].n, false, own["note_precision"].n, unasked)
            rates = (own["recall"].value, own["recall"].low, own["recall"].high, own["precision"].value)
            rows.append((rule, *counts, *rates))
        return pd.DataFrame(rows, columns=_RULE)

    @cached_property
    def defects(self) -> pd.DataFrame:
        """By kind of injected defect (number in the handbook, name): how many there are, how many were caught."""
        import pandas as pd

        whole, rows = self.sample.whole, []
        for kind in sorted(whole.names("defect"), key=_natural):
            caught, missed = (int(whole.of("defect", name, kind)[0]) for name in ("caught", "missed"))
            rows.append((kind, caught + missed, caught, caught / (caught + missed)))
        return pd.DataFrame(rows, columns=["kind", "injected", "caught", "recall"])

    @cached_property
    def confusion(self) -> pd.DataFrame:
        """Labelled class (rows) × class found (columns), counts of headings."""
        import pandas as pd

        cells = {
            (key[1], key[2]): int(self.sample.whole.of(*key)[0])
            for key in self.sample.whole.keys
            if key[0] == "confusion"
        }
        expected, found = (sorted({pair[side] for pair in cells}) for side in (0, 1))
        values = [[cells.get((row, column), 0) for column in found] for row in expected]
        return pd.DataFrame(values, index=pd.Index(expected, name="expected"), columns=pd.Index(found, name="found"))

    @cached_property
    def reliability(self) -> pd.DataFrame:
        """By bin of confidence: `low`, `high`, headings (`n`), their mean `confidence`, the share that is `right`."""
        import pandas as pd

        whole, rows = self.sample.whole, []
        for number in range(BINS):
            n, right, confidence = (
                float(whole.of("calibration", name, str(number))[0]) for name in ("n", "right", "confidence")
            )
            if n:
                rows.append((number / BINS, (number + 1) / BINS, int(n), confidence / n, right / n))
        return pd.DataFrame(rows, columns=["low", "high", "n", "confidence", "right"])

    @cached_property
    def misses(self) -> pd.DataFrame:
        """Every miss: report, task, outcome, indicator, what was expected and found, the words and their sentence."""
        import pandas as pd

        rows = [(report.report_id, *miss) for report in self.reports for miss in report.misses]
        return pd.DataFrame(rows, columns=["report_id", *Miss._fields])

    @cached_property
    def worst(self) -> pd.DataFrame:
        """Reports by the number of their misses, most first: all facts, error, misses by task."""
        import pandas as pd

        rows = [
            {"report_id": r.report_id, **r.facts, "defects": ";".join(r.defects), "error": r.error, **_missed(r)}
            for r in self.reports
        ]
        frame = pd.DataFrame(rows, columns=["report_id", *GROUPS, "defects", "error", "misses", *_TASKS])
        return frame.sort_values("misses", ascending=False, kind="stable").reset_index(drop=True)

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, fit for JSON; the same reports give the same."""
        frames = {name: _records(getattr(self, name)) for name in ("rules", "defects", "reliability", "groups")}
        confusion = self.confusion
        return {
            "reports": len(self.reports),
            "failed": [{"report_id": report.report_id, "error": report.error} for report in self.failed],
            "figures": [asdict(figure) for figure in self.figures],
            **frames,
            "confusion": {
                str(row): {str(c): int(n) for c, n in confusion.loc[row].items() if n} for row in confusion.index
            },
            "worst": _records(self.worst.head(20)),
            "misses": _records(self.misses),
        }


_RULE = ["rule", "positives", "recalled", "fired", "false", "notes", "notes_false"]
_RULE += ["recall", "recall_low", "recall_high", "precision"]
_FIGURE = ("task", "measure", "value", "low", "high", "n")
_TASKS = ("heading", "cell", "claim", "link", "verdict", "finding")


def _missed(report: Judged) -> dict[str, int]:
    counts = {task: sum(miss.task == task for miss in report.misses) for task in _TASKS}
    return {"misses": len(report.misses), **counts}


def _natural(name: str) -> tuple[int, str]:
    number = name.partition(" ")[0]
    return (int(number) if number.isdigit() else 10**6, name)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values, without NaN."""
    columns: Sequence[str] = list(frame.columns)
    return [
        {name: None if value != value else getattr(value, "item", lambda v=value: v)() for name, value in row.items()}
        for row in (dict(zip(columns, values, strict=True)) for values in frame.itertuples(index=False, name=None))
    ]
