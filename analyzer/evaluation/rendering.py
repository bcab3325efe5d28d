"""An evaluation as plain text: figures, groups, rules, defects, the worst reports, every miss with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analyzer.evaluation.evaluation import Evaluation
from analyzer.evaluation.figures import CELLS, VERDICTS, Figure
from analyzer.knowledge.wording import Wording, columns, one_line, shorten

WIDTH = 100
LISTED = 60
"""Misses that are printed; the rest stand in the files."""
WORST = 10
_FOUND = ("claims", "links", *(f"verdict {verdict}" for verdict in VERDICTS), "findings")
_SHARES = (
    ("sections", "accuracy"),
    ("sections", "macro_f1"),
    ("sections", "calibration_error"),
    *(("cells", name) for name in ("right", *CELLS)),
    *((name, "accuracy") for name in ("value", "unit", "bounds", "period", "scope", "verdicts", "sums", "facts")),
    ("traps", "taken"),
    ("defects", "recall"),
)
_MEANS = ("macro_f1", "calibration_error")
_RATES = (("alarms", "per_report"), ("alarms", "per_clean_report"))
_GROUPED = (
    ("sections", "macro_f1"),
    ("cells", "silent"),
    ("claims", "f1"),
    ("links", "f1"),
    ("verdicts", "accuracy"),
    ("findings", "recall"),
    ("alarms", "per_report"),
)


def render(evaluation: Evaluation, words: Wording, lang: str = "zh") -> str:
    """An evaluation in lines of at most `WIDTH` columns; the same evaluation gives the same text. Figures by defect are
    left to `Evaluation.groups`."""
    view = _View(evaluation, words, lang)
    parts = (_head, _found, _shares, _groups, _rules, _defects, _confused, _worst, _misses)
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part(view)))) + "\n"


@dataclass(frozen=True)
class _View:
    evaluation: Evaluation
    words: Wording
    lang: str

    def say(self, key: str, **values: object) -> str:
        return self.words.say(f"evaluation.{key}", self.lang, **values)

    def name(self, task: str) -> str:
        """A task's name; `verdict x` is that verdict's."""
        verdict = task.partition(" ")[2]
        if verdict:
            return "  " + self.words.label("verdict", verdict, self.lang)
        return self.words.label("task", task, self.lang)

    def heads(self, *names: str) -> list[str]:
        return [self.say(name) for name in names]

    def figure(self, task: str, measure: str) -> Figure | None:
        return next((f for f in self.evaluation.figures if (f.task, f.measure) == (task, measure)), None)


def _table(rows: Sequence[Sequence[str]], *, left: int = 1) -> Iterator[str]:
    """Rows under their heads; the first `left` columns flush left, numbers flush right."""
    sizes = [max(columns(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell + " " * (size - columns(cell)) if at < left else " " * (size - columns(cell)) + cell
            for at, (cell, size) in enumerate(zip(row, sizes, strict=True))
        ]
        yield f"  {'  '.join(cells)}".rstrip()


def _per_cent(value: float | None) -> str:
    return "-" if value is None or value != value else f"{100 * value:.1f}"


def _interval(figure: Figure, scale: float = 100, digits: int = 1) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"{scale * figure.low:.{digits}f}–{scale * figure.high:.{digits}f}"


def _head(view: _View) -> Iterator[str]:
    evaluation = view.evaluation
    yield view.say("head", n=len(evaluation.reports), folder=evaluation.folder)
    if evaluation.failed:
        yield view.say("failed", n=len(evaluation.failed))
        for report in evaluation.failed[:LISTED]:
            yield f"  {shorten(report.report_id, 40)}: {shorten(one_line(report.error), WIDTH - 44)}"
    yield view.say("one" if len(evaluation.reports) == 1 else "intervals")


def _found(view: _View) -> Iterator[str]:
    rows = [view.heads("task", "precision", "recall", "f1", "interval", "of")]
    for task in _FOUND:
        own = {measure: view.figure(task, measure) for measure in ("precision", "recall", "f1")}
        last = own["f1"] or own["recall"]
        recall = own["recall"]
        shown = [_per_cent(figure.value) if figure else "" for figure in own.values()]
        n = recall.n if recall else 0
        if n or (own["precision"] and own["precision"].n):
            rows.append([view.name(task), *shown, _interval(last) if last else "", f"{n:,}"])
    yield view.say("found")
    yield from _table(rows)


def _shares(view: _View) -> Iterator[str]:
    rows = [view.heads("task", "measure", "share", "interval", "of")]
    for task, measure in _SHARES:
        figure = view.figure(task, measure)
        if figure and figure.n:
            of = f"{figure.n:,}" if measure in _MEANS else f"{round((figure.value or 0) * figure.n):,}/{figure.n:,}"
            rows.append([view.name(task), view.say(measure), _per_cent(figure.value), _interval(figure), of])
    for task, measure in _RATES:
        figure = view.figure(task, measure)
        if figure and figure.n:
            value = "-" if figure.value is None else f"{figure.value:.3f}"
            rows.append([view.name(task), view.say(measure), value, _interval(figure, 1, 3), f"{figure.n:,}"])
    yield view.say("shares")
    yield from _table(rows, left=2)


def _groups(view: _View) -> Iterator[str]:
    frame = view.evaluation.groups
    heads = [view.say(f"short_{task}") for task, _ in _GROUPED]
    for group in frame.loc[frame["group"] != "defect", "group"].unique():
        own = frame[frame["group"] == group]
        rows = [[view.say(f"by_{group}"), view.say("reports"), *heads]]
        for name in own["name"].unique():
            values = own[own["name"] == name].set_index(["task", "measure"])["value"]
            count = int(own.loc[own["name"] == name, "reports"].iloc[0])
            shown = [
                f"{values[key]:.2f}" if key[0] == "alarms" and values[key] == values[key] else _per_cent(values[key])
                for key in _GROUPED
            ]
            rows.append([_group_name(view, group, name), f"{count:,}", *shown])
        yield from _table(rows)
        yield ""
    if len(frame):
        yield view.say("groups_note")


def _group_name(view: _View, group: str, name: str) -> str:
    if group == "clean":
        return view.say(f"clean_{name or 'unknown'}")
    label = view.words.label(group, name, view.lang) if group in ("standard", "level", "kind") else name
    return shorten(label or view.say("unknown"), 30)


def _rules(view: _View) -> Iterator[str]:
    heads = view.heads("rule", "positives", "recalled", "fired", "false", "notes", "recall", "interval", "precision")
    rows = [heads]
    for rule in view.evaluation.rules.to_dict("records"):
        counts = [f"{rule[name]:,}" for name in ("positives", "recalled", "fired", "false", "notes")]
        low, high = rule["recall_low"], rule["recall_high"]
        spread = "" if low is None or low != low else f"{100 * low:.0f}–{100 * high:.0f}"
        rows.append([str(rule["rule"]), *counts, _per_cent(rule["recall"]), spread, _per_cent(rule["precision"])])
    if len(rows) > 1:
        yield view.say("rules")
        yield from _table(rows)


def _defects(view: _View) -> Iterator[str]:
    found = view.evaluation.defects.to_dict("records")
    rows = [view.heads("defect", "injected", "caught", "recall")]
    rows += [[str(d["kind"]), f"{d['injected']:,}", f"{d['caught']:,}", _per_cent(d["recall"])] for d in found]
    if found:
        yield view.say("defects")
        yield from _table(rows)


def _confused(view: _View) -> Iterator[str]:
    """Pairs of classes taken for one another; the whole matrix stands in the chart and in the figures."""
    matrix = view.evaluation.confusion
    pairs = [
        (int(count), str(row), str(column))
        for row in matrix.index
        for column, count in matrix.loc[row].items()
        if count and row != column
    ]
    rows = [view.heads("expected", "got", "count")]
    for count, row, column in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))[:WORST]:
        rows.append([_classes(view, row), _classes(view, column), f"{count:,}"])
    if pairs:
        yield view.say("confused")
        yield from _table(rows, left=2)


def _classes(view: _View, ids: str) -> str:
    if ids == "-":
        return view.say("no_heading")
    return "; ".join(view.words.label("section", name, view.lang) for name in ids.split(";"))


def _worst(view: _View) -> Iterator[str]:
    frame = view.evaluation.worst
    frame = frame[frame["misses"] > 0].head(WORST)
    tasks = ("heading", "cell", "claim", "link", "verdict", "finding")
    rows = [[view.say("report"), view.say("misses"), *(view.words.label("task", task, view.lang) for task in tasks)]]
    for row in frame.to_dict("records"):
        counts = [str(row[task] or "") for task in tasks]
        rows.append([shorten(str(row["report_id"]), 36), str(row["misses"]), *counts])
    if len(frame):
        yield view.say("worst")
        yield from _table(rows)


def _misses(view: _View) -> Iterator[str]:
    misses = view.evaluation.misses
    if misses.empty:
        yield view.say("no_misses")
        return
    yield view.say("all_misses", n=f"{len(misses):,}")
    last = ""
    for miss in misses.head(LISTED).to_dict("records"):
        if miss["report_id"] != last:
            last = str(miss["report_id"])
            yield f"  {shorten(last, WIDTH - 2)}"
        yield from _miss(view, miss)
    if len(misses) > LISTED:
        yield view.say("more_misses", n=f"{len(misses) - LISTED:,}")


def _miss(view: _View, miss: Mapping[Any, object]) -> Iterator[str]:
    task = view.words.label("task", str(miss["task"]), view.lang)
    outcome = view.words.label("outcome_of_label", str(miss["outcome"]), view.lang)
    facts = _joined([f"{miss['indicator']}", f"“{miss['quote']}”" if miss["quote"] else ""])
    sides = " → ".join(str(side) or "-" for side in (miss["expected"], miss["found"]))
    yield shorten(f"    {task} · {outcome} · {sides}", WIDTH)
    for line in filter(None, (facts, str(miss["sentence"]))):
        yield shorten(f"      {one_line(line)}", WIDTH)


def _joined(words: Iterable[str]) -> str:
    return " ".join(filter(None, words))
