"""Many reports: each analysed by itself, in as many processes as asked for, into one result folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from multiprocessing import active_children, get_context
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

import analyzer
from analyzer import classifier, packed, readers
from analyzer import knowledge as domain
from analyzer.analysis import COLUMNS, Analysis, Row, failed_row, report_row
from analyzer.errors import MissingInput, UnreadableReport
from analyzer.intake import Intake, Source, gather, readable
from analyzer.knowledge import Knowledge, edition, messages, schema
from analyzer.pipeline import analyze_all
from analyzer.readers import Limits, soffice
from analyzer.results import Results, claim_output
from analyzer.store import Store

__all__ = ["score_folder"]

Outcome = Mapping[str, Sequence[Row]]
"""The rows that one report adds to each table."""
Parts = Sequence[tuple[str, bytes]]
"""A source, read: named byte strings."""
Progress = Callable[[int, int, str], None]
PART = 200
"""Reports in one part of the dataset; the same for any number of processes."""
CHUNK = 8
"""Reports at most that a process takes at once; an interruption waits for them."""
WORTH = 40
"""Text reports that outweigh the start of another process."""
TEXTS, PICTURES = (".txt", ".md", ".htm", ".html"), (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
CONVERTED = (".rtf", ".odt")
"""What only LibreOffice reads."""
HEAVY = 50_000
"""Bytes of a PDF or Office file that cost as much as a text report."""
COUNTED = ("ok", "failed", "error", "warning", "info")
STATUS, SEVERITY = COLUMNS["reports"].index("status"), COLUMNS["findings"].index("severity")
_TABLES = ("sections", "cells", "claims", "checks", "findings", "scores", "deductions")


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every report of a run: the overlay of domain data, the language, the limits of reading."""

    overlay: Path | None
    lang: str
    limits: Limits


def score_folder(
    inputs: Path | str | Iterable[Path | str],
    out: Path | str | None = None,
    jobs: int | None = None,
    *,
    lang: str = "zh",
    knowledge: Path | str | None = None,
    charts: bool = True,
    csv: bool = True,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Results:
    """All reports in files, folders or globs, analysed; a report that cannot be read is a row with `status` failed.

    Without `out` the results stand in a temporary folder that lives as long as they do. `limits` are what reading one
    report may cost. `progress` is called with the reports done, their number in all, and the `report_id` just done. An
    interruption is raised again after what was finished has been written. Raises `MissingInput` where there is nothing
    to read, `UnusableOutput` where `out` cannot be written.
    """
    given = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    terms = Terms(Path(knowledge) if knowledge is not None else None, lang, limits or Limits())
    known = domain.load(terms.overlay)
    intake = _intake(given, out, known, terms)
    folder = Path(out if out is not None else mkdtemp(prefix="analyzer-"))
    counts: Counter[str] = Counter()
    try:
        claim_output(folder)
        with Store(folder / "store") as facts:
            facts.add({"skipped": _skipped(intake, lang)})
            outcomes = _outcomes(intake.sources, jobs, terms)
            interrupted = _fill(facts, outcomes, len(intake.sources), counts, progress=progress)
        results = Results(folder, lang=lang, words=known.wording)
        run = {"interrupted": interrupted, **_account(given, intake, counts)}
        _write(results, {**_edition(terms), **run}, csv=csv, charts=charts and out is not None and not interrupted)
        if interrupted:
            raise KeyboardInterrupt
    except BaseException:
        if out is None:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        packed.forget()
    if out is None:
        finalize(results, shutil.rmtree, folder, ignore_errors=True)
    return results


def _intake(given: Sequence[Path | str], out: Path | str | None, known: Knowledge, terms: Terms) -> Intake:
    """What the inputs hold; raises `MissingInput` if that is nothing."""
    kept, most = Path(out) if out is not None else None, terms.limits.megabytes
    found = gather(given, out=kept, reads=readers.reads, companions=known.companions, megabytes=most)
    if found.sources:
        return found
    say = messages.load(schema.Source()).say
    lines = [say(f"missing.{reason}", terms.lang, path=path) for path, reason in found.missing]
    if not lines and found.skipped:
        path, why = found.skipped[0]
        lines = [say("fault.passed", terms.lang, path=path, reason=say(f"skipped.{why}", terms.lang))]
    raise MissingInput("; ".join(lines) or say("fault.nothing", terms.lang))


def _skipped(intake: Intake, lang: str) -> list[Row]:
    say = messages.load(schema.Source()).say
    return [(path, say(f"skipped.{reason}", lang)) for path, reason in intake.skipped]


def _fill(
    facts: Store, outcomes: Iterator[Outcome], total: int, counts: Counter[str], *, progress: Progress | None
) -> bool:
    """Writes the outcomes in parts as they come; True if someone interrupted."""
    done = 0
    part: dict[str, list[Row]] = {}
    try:
        for outcome in outcomes:
            done += 1
            for table, rows in outcome.items():
                part.setdefault(table, []).extend(rows)
            _count(outcome, counts)
            if done % PART == 0:
                facts.add(part)
                part = {}
            if progress:
                progress(done, total, outcome["reports"][0][0])
    except KeyboardInterrupt:
        facts.add(part)
        return True
    facts.add(part)
    return False


def _count(outcome: Outcome, counts: Counter[str]) -> None:
    counts.update(row[STATUS] for row in outcome["reports"])
    counts.update(row[SEVERITY] for row in outcome.get("findings", ()))


def _outcomes(sources: Sequence[Source], jobs: int | None, terms: Terms) -> Iterator[Outcome]:
    """What each source gives, in the order of the sources, from this process or from `jobs` others."""
    workers = min(jobs, len(sources)) if jobs else min(_processors(), len(sources), sum(map(_effort, sources)) // WORTH)
    if workers <= 1:
        yield from map(partial(_outcome, terms=terms), sources)
        return
    done = 0
    others = set(active_children())
    heavy = sum(map(_effort, sources)) // len(sources)
    chunk = max(1, min(CHUNK // max(heavy, 1), len(sources) // (4 * workers)))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin) as pool:
        try:
            parts = [sources[at : at + chunk] for at in range(0, len(sources), chunk)]
            with _undisturbed():
                answers = [pool.submit(_tasks, part, terms) for part in parts][::-1]
            while answers:
                for outcome in answers.pop().result():
                    done += 1
                    yield outcome
        except (KeyboardInterrupt, GeneratorExit):
            for worker in set(active_children()) - others:
                worker.terminate()
            raise
        except BrokenProcessPool:
            lost = messages.load(schema.Source()).say("fault.worker", terms.lang)
            yield from (_failure(source, "", lost) for source in islice(sources, done, None))
        finally:
            pool.shutdown(cancel_futures=True)


def _effort(source: Source) -> int:
    """About how many text reports a source costs: pages to be drawn or recognised take longer than text."""
    effort = 0
    for part in source.parts:
        name = part.name.lower()
        if name.endswith((*PICTURES, *CONVERTED)):
            effort += WORTH
        else:
            effort += 1 if name.endswith(TEXTS) or part.inside else 1 + part.size // HEAVY
    return effort


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _undisturbed() -> Iterator[None]:
    """An interruption waits; the processes that begin meanwhile never hear of one, not even while they start."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """A worker leaves an interruption to the process that started it, which ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)


def _end(number: int, frame: object) -> None:
    """Leaves what a worker is at, so that whatever it started is stopped and what it wrote for itself removed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit


def _tasks(sources: Sequence[Source], terms: Terms) -> list[Outcome]:
    """What some sources give, from a worker, which is gone at once when it is ended."""
    try:
        return [_outcome(source, terms=terms) for source in sources]
    except SystemExit:
        soffice.forget()
        os._exit(1)


def _outcome(source: Source, *, terms: Terms) -> Outcome:
    """All rows of one report; whatever goes wrong with it is a row too."""
    texts, lang, sha256 = messages.load(schema.Source()), terms.lang, ""
    try:
        parts = source.read(terms.limits.megabytes)
        sha256 = fingerprint(parts)
        made = analyze_all(parts, knowledge=domain.load(terms.overlay), lang=lang, limits=terms.limits)
        return _rows(made, source, sha256)
    except (UnreadableReport, MissingInput) as problem:
        return _failure(source, sha256, messages.explain(texts, problem, lang))
    except Exception as problem:  # one report must never take the others with it
        return _failure(source, sha256, f"{type(problem).__name__}: {problem}")


def _rows(made: Sequence[Analysis], source: Source, sha256: str) -> Outcome:
    """The rows of the reports in one source; those after the first are called `file#2`, `file#3`."""
    rows: dict[str, list[Row]] = {table: [] for table in ("reports", *_TABLES, "texts")}
    for number, analysis in enumerate(made, start=1):
        name = source.report_id if number == 1 else f"{source.report_id}#{number}"
        rows["reports"].append(report_row(analysis, report_id=name, path=source.path, sha256=sha256))
        rows["texts"].append((name, analysis.text))
        for table in _TABLES:
            rows[table] += analysis.rows(table, name)
    return rows


def _failure(source: Source, sha256: str, error: str) -> Outcome:
    line = " ".join(error.split())
    return {"reports": [failed_row(report_id=source.report_id, path=source.path, sha256=sha256, error=line)]}


def fingerprint(parts: Parts) -> str:
    """SHA-256 (hex) of a source: of the one file's bytes, or of several files' fingerprints, one a line."""
    each = [hashlib.sha256(content).hexdigest() for _, content in parts]
    return each[0] if len(each) == 1 else hashlib.sha256("\n".join(each).encode()).hexdigest()


def _account(given: Sequence[Path | str], intake: Intake, counts: Counter[str]) -> dict[str, Any]:
    return {
        "inputs": [readable(str(path)) for path in given],
        "counts": {**{name: counts[name] for name in COUNTED}, "skipped": len(intake.skipped)},
        "missing": [missing._asdict() for missing in intake.missing],
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _edition(terms: Terms) -> dict[str, Any]:
    rules = edition.fingerprint(schema.Source(terms.overlay))
    made_with = {"version": analyzer.__version__, "rules": rules, "models": classifier.fingerprint(classifier.SHIPPED)}
    return {**made_with, "lang": terms.lang, "knowledge": str(terms.overlay or ""), "limits": asdict(terms.limits)}


def _write(results: Results, run: dict[str, Any], *, csv: bool, charts: bool) -> None:
    results.write(run=run, csv=csv)
    shutil.rmtree(results.folder / "charts", ignore_errors=True)
    if charts:
        results.draw()
