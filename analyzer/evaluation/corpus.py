"""A folder of labelled reports → `Evaluation`, in this process or in others beside it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from analyzer import knowledge as domain
from analyzer.analysis import Analysis
from analyzer.errors import MissingInput, UnreadableReport
from analyzer.evaluation.evaluation import Evaluation
from analyzer.evaluation.judging import Analyse, Labelled, judged, labelled
from analyzer.evaluation.tally import Judged
from analyzer.knowledge import Knowledge, messages
from analyzer.knowledge.schema import Source
from analyzer.pipeline import Part

Progress = Callable[[int, int, str], None]
WORTH = 40
"""Reports that outweigh the start of another process."""
CHUNK = 8


def evaluate(
    folder: Path | str,
    *,
    knowledge: Path | str | None = None,
    jobs: int | None = None,
    lang: str = "zh",
    every: int = 1,
    analyse: Analyse | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Every labelled report in `folder` and below (a folder with `report.*` and `gold.json`), analysed and judged.

    `knowledge` is a folder that overlays the shipped domain data; `every` takes each so many-th report in the order of
    paths; `analyse` analyses a report in another way than the product (in this process only); `progress` is called with
    the reports done, their number, and the one just done. A report that cannot be analysed is judged as one that gave
    nothing. Raises `MissingInput` where there are no labelled reports, `BadLabels`
    for labels that cannot be read.
    """
    root = Path(folder)
    found = labelled(root)[::every] if root.is_dir() else ()
    if not found:
        raise MissingInput(messages.load(Source()).say("evaluate.nothing", lang, path=folder))
    overlay = Path(knowledge) if knowledge is not None else None
    outcomes: Iterator[Judged]
    if analyse:
        known = domain.load(overlay)
        outcomes = (judged(report, known, lang, analyse) for report in found)
    else:
        outcomes = _all(found, jobs, overlay, lang)
    reports = []
    for report in outcomes:
        reports.append(report)
        if progress:
            progress(len(reports), len(found), report.report_id)
    return Evaluation(tuple(reports), str(folder))


def _all(reports: Sequence[Labelled], jobs: int | None, overlay: Path | None, lang: str) -> Iterator[Judged]:
    work = partial(_one, overlay=overlay, lang=lang)
    workers = min(jobs, len(reports)) if jobs else min(_processors(), len(reports) // WORTH)
    if workers <= 1:
        yield from map(work, reports)
        return
    chunk = max(1, min(CHUNK, len(reports) // (4 * workers)))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin) as pool:
        done = 0
        try:
            for report in pool.map(work, reports, chunksize=chunk):
                done += 1
                yield report
        except BrokenProcessPool:
            known = domain.load(overlay)
            yield from (judged(report, known, lang, partial(_lost, lang=lang)) for report in reports[done:])
        finally:
            pool.shutdown(cancel_futures=True)


def _lost(parts: Sequence[Part], known: Knowledge, *, lang: str) -> Analysis:
    raise UnreadableReport(messages.load(Source()).say("fault.worker", lang))


def _one(report: Labelled, *, overlay: Path | None, lang: str) -> Judged:
    return judged(report, domain.load(overlay), lang)


def _begin() -> None:
    """A worker leaves an interruption to the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
