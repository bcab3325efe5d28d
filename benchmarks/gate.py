"""The gate: `tests/gate.json` holds what the product reaches on each corpus, and no change may fall below it.

    python -m benchmarks.gate                 measure, and pin what is reached: floors only rise
    python -m benchmarks.gate --lower         the same, where a floor has to come down; CHANGELOG.md must name it first
    python -m benchmarks.gate --every 4       how many reports of the synthetic corpus the test takes: each fourth

For each corpus the file holds its fingerprint (SHA-256 of its manifest), the floors with the misses of each report they
rest on, `today` over all of its reports, and the first score it ever got, which is never overwritten. Pinning also
writes the tables of figures in both READMEs, between the lines <!-- accuracy --> and <!-- /accuracy -->.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analyzer import knowledge
from analyzer.evaluation import Evaluation, evaluate
from analyzer.evaluation.judging import labelled

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests" / "gate.json"
CORPORA = {name: ROOT / "corpora" / name for name in ("real", "synthetic/test", "synthetic/fresh")}
GATED = {
    "sections.accuracy": 1,
    "sections.macro_f1": 1,
    "cells.right": 1,
    "cells.silent": -1,
    "claims.precision": 1,
    "claims.recall": 1,
    "claims.f1": 1,
    "value.accuracy": 1,
    "unit.accuracy": 1,
    "bounds.accuracy": 1,
    "period.accuracy": 1,
    "scope.accuracy": 1,
    "links.f1": 1,
    "verdicts.accuracy": 1,
    "sums.accuracy": 1,
    "traps.taken": -1,
    "findings.recall": 1,
    "findings.precision": 1,
    "alarms.per_report": -1,
    "alarms.per_clean_report": -1,
    "defects.recall": 1,
}
"""What is gated: 1 where more is better, -1 where less is."""
TASKS = {
    "sections": ("heading",),
    "cells": ("cell",),
    "claims": ("claim",),
    "links": ("link", "claim"),
    "verdicts": ("verdict",),
    "sums": ("sum",),
    "traps": ("trap",),
    "findings": ("finding",),
    "alarms": ("finding",),
    "defects": ("defect",),
}
"""Task of a figure → the tasks of the misses that lower it; a task not named here is its own."""
SHOWN = (
    "sections.accuracy",
    "sections.macro_f1",
    "cells.right",
    "cells.silent",
    "claims.precision",
    "claims.recall",
    "claims.f1",
    "value.accuracy",
    "period.accuracy",
    "links.f1",
    "verdicts.accuracy",
    "traps.taken",
    "findings.precision",
    "findings.recall",
    "defects.recall",
    "alarms.per_report",
    "alarms.per_clean_report",
)
"""What the READMEs tell, in this order."""
READMES = {"README.md": "en", "README.zh.md": "zh"}
HEADS = {
    "en": ("task", "test: first score", "test: today", "fresh: first score", "the real report"),
    "zh": ("任务", "test 首次", "test 现在", "fresh 首次", "一份真实报告"),
}
BLOCK = re.compile(r"(?<=<!-- accuracy -->\n).*?(?=<!-- /accuracy -->)", re.S)
SAMPLE = 80
"""About so many reports of a corpus are in the test."""
DIGITS = 6
Misses = Mapping[str, Mapping[str, int]]


def fingerprint(folder: Path) -> str:
    """SHA-256 of the manifest of a corpus: its own, or that of the folder above."""
    manifest = next(path for at in (folder, folder.parent) if (path := at / "manifest.csv").is_file())
    return hashlib.sha256(manifest.read_bytes()).hexdigest()


def figures(evaluation: Evaluation) -> dict[str, float]:
    """The gated figures there is something to measure for."""
    found = {f"{f.task}.{f.measure}": f.value for f in evaluation.figures}
    return {name: round(value, DIGITS) for name in GATED if (value := found.get(name)) is not None}


def misses(evaluation: Evaluation) -> dict[str, dict[str, int]]:
    """Misses of each report by task; reports without any have an empty entry."""
    counted: dict[str, dict[str, int]] = {}
    for report in evaluation.reports:
        own = counted.setdefault(report.report_id, {})
        for miss in report.misses:
            own[miss.task] = own.get(miss.task, 0) + 1
    return counted


def worse(name: str, value: float | None, floor: float) -> bool:
    """Whether a figure has fallen below its floor; one that is no longer measured has."""
    return value is None or GATED[name] * (value - floor) < -(10**-DIGITS) / 2


def drops(floors: Mapping[str, float], reached: Mapping[str, float]) -> list[str]:
    """The figures that have fallen."""
    return [name for name, floor in floors.items() if worse(name, reached.get(name), floor)]


def complaint(name: str, pinned: Mapping[str, Any], evaluation: Evaluation) -> str:
    """What has fallen, with the reports lost and gained; empty where nothing has."""
    reached, lines = figures(evaluation), list[str]()
    before, now = pinned["reports"], misses(evaluation)
    for figure in drops(pinned["floors"], reached):
        tasks = TASKS.get(figure.split(".")[0], (figure.split(".")[0],))
        lost, gained = _moved(before, now, tasks)
        lines.append(f"{name}: {figure} is {reached.get(figure)}, its floor {pinned['floors'][figure]}")
        lines.append(f"  lost: {', '.join(lost) or 'none'}")
        lines.append(f"  gained: {', '.join(gained) or 'none'}")
    return "\n".join(lines)


def _moved(before: Misses, now: Misses, tasks: Sequence[str]) -> tuple[list[str], list[str]]:
    """Reports with more misses of some tasks than before, and those with fewer."""
    lost: list[str] = []
    gained: list[str] = []
    for report in sorted({*before, *now}):
        counts = [sum(side.get(report, {}).get(task, 0) for task in tasks) for side in (before, now)]
        if counts[0] != counts[1] or (report in before) != (report in now):
            (lost if counts[1] > counts[0] else gained).append(f"{report} ({counts[0]} → {counts[1]})")
    return lost, gained


def pin(name: str, folder: Path, pinned: Mapping[str, Any], every: int) -> tuple[dict[str, Any], list[str]]:
    """A corpus measured anew: its entry, and the floors that would come down."""
    whole = evaluate(folder)
    sample = whole if every == 1 else evaluate(folder, every=every)
    print(f"corpus {name}: {len(whole.reports)} reports, {len(sample.reports)} of them in the test")
    today, reached = figures(whole), figures(sample)
    same = pinned.get("every") == every and pinned.get("sha256") == fingerprint(folder)
    fallen = drops(pinned.get("floors", {}), reached)
    first = list(pinned.get("first_scores", ()))
    if fingerprint(folder) not in [entry["sha256"] for entry in first]:
        first.append({"sha256": fingerprint(folder), "reports": len(whole.reports), "figures": today})
    entry = {
        "sha256": fingerprint(folder),
        "every": every,
        "first_scores": first,
        "today": {"reports": len(whole.reports), "figures": today, "intervals": _intervals(whole)},
        "floors": reached,
        "reports": misses(sample),
    }
    for figure, value in reached.items():
        old = pinned.get("floors", {}).get(figure)
        if old != value:
            print(f"  {figure}: {old} → {value}{'' if same else ' (the sample is another)'}")
    return entry, fallen


def _intervals(evaluation: Evaluation) -> dict[str, list[float]]:
    return {
        name: [round(f.low, DIGITS), round(f.high, DIGITS)]
        for f in evaluation.figures
        if (name := f"{f.task}.{f.measure}") in GATED and f.low is not None and f.high is not None
    }


def table(corpora: Mapping[str, Any], lang: str) -> str:
    """The figures of a README: first score and today's of the synthetic test corpus, the first of the fresh one, which
    nobody tunes on, and the real report's."""
    words = knowledge.load().wording
    test, fresh, real = (corpora.get(name, {}) for name in ("synthetic/test", "synthetic/fresh", "real"))
    lines = [f"| {' | '.join(HEADS[lang])} |", "| --- | --: | --: | --: | --: |"]
    for name in SHOWN:
        task, measure = name.split(".")
        today = test.get("today", {})
        told = [
            _told(name, _first(test, name)),
            _told(name, today.get("figures", {}).get(name), today.get("intervals", {}).get(name)),
            _told(name, _first(fresh, name)),
            _told(name, real.get("today", {}).get("figures", {}).get(name)),
        ]
        if any(told):
            said = f"{words.say(f'task.{task}', lang)}: {words.say(f'evaluation.{measure}', lang)}"
            lines.append(f"| {said} | {' | '.join(told)} |")
    return "\n".join(lines) + "\n"


def _first(corpus: Mapping[str, Any], name: str) -> float | None:
    """The first score that a corpus ever got."""
    firsts = [entry["figures"].get(name) for entry in corpus.get("first_scores", ())]
    return firsts[0] if firsts else None


def _told(name: str, value: float | None, interval: Sequence[float] = ()) -> str:
    if value is None:
        return ""
    scale, digits = (1, 2) if name.startswith("alarms") else (100, 1)
    spread = f" ({'–'.join(f'{scale * end:.{digits}f}' for end in interval)})" if interval else ""
    return f"{scale * value:.{digits}f}{spread}"


def named(figure: str, corpus: str, changelog: str) -> bool:
    """Whether a line of the change log names a lowered floor: the figure and its corpus."""
    return any(f"`{figure}`" in line and f"`{corpus}`" in line for line in changelog.splitlines())


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and pins; 1 where a floor would come down unasked or unnamed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lower", action="store_true", help="let floors come down that CHANGELOG.md names")
    parser.add_argument("--every", type=int, help="take each so many-th report of the synthetic corpus")
    options = parser.parse_args(arguments)
    gate = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {"corpora": {}, "lowered": []}
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    refused: list[dict[str, Any]] = []
    for name, folder in CORPORA.items():
        if not folder.is_dir():
            continue
        pinned = gate["corpora"].get(name, {})
        every = options.every or pinned.get("every") or max(1, len(labelled(folder)) // SAMPLE)
        every = 1 if name == "real" else every
        entry, fallen = pin(name, folder, pinned, every)
        for figure in fallen:
            allowed = options.lower and named(figure, name, changelog)
            step = {
                "corpus": name,
                "figure": figure,
                "from": pinned["floors"][figure],
                "to": entry["floors"].get(figure),
            }
            (gate["lowered"] if allowed else refused).append(step)
        gate["corpora"][name] = entry
    for step in refused:
        print(
            f"{step['corpus']}: {step['figure']} would come down from {step['from']} to {step['to']}", file=sys.stderr
        )
    if refused:
        print("nothing pinned: --lower, with a line in CHANGELOG.md naming `figure` and `corpus`", file=sys.stderr)
        return 1
    FILE.write_text(json.dumps(gate, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, lang in READMES.items():
        page = ROOT / name
        if page.is_file():
            text = page.read_text(encoding="utf-8")
            for old in BLOCK.findall(text):
                text = text.replace(f"-->\n{old}<!-- /", f"-->\n{table(gate['corpora'], lang)}<!-- /")
            page.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
