"""The commands and their options; what costs time to import is imported inside them."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analyzer.cli.faults import FAILED
from analyzer.cli.options import later, not_yet, reading, shared
from analyzer.cli.words import WordedGroup, WrongUsage, say, texts
from analyzer.errors import MissingInput, NoResults, UnreadableReport
from analyzer.knowledge import messages

if TYPE_CHECKING:
    import pyarrow as pa

    from analyzer.readers.limits import Limits
    from analyzer.results import Results

LISTED = 20
WIDEST = 120


def _show_version(ctx: click.Context, option: click.Parameter, value: bool) -> None:
    if value:
        from analyzer import __version__

        click.echo(__version__)
        ctx.exit()


@click.group("analyzer", cls=WordedGroup)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
@shared
def cli() -> None:
    """The group of all commands."""


def _formats(ctx: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in value.split(","))
    known = ("png", "svg", "pdf") if option.name == "format" else ("csv", "xlsx", "parquet")
    for name in names:
        if name not in known:
            raise WrongUsage(say("fault.choice", name=option.opts[0], given=name, known=", ".join(known)))
        if name == "xlsx":
            not_yet("--formats xlsx", 4)
    return names


def _local(ctx: click.Context, option: click.Parameter, value: str) -> None:
    if value == "dask":
        not_yet("--engine dask", 5)


def _no_pages(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    if value not in (None, "none"):
        not_yet(f"--pages {value}", 4)


@cli.command("score")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("--out", metavar="DIR", required=True, type=click.Path(path_type=Path))
@click.option("--jobs", metavar="N", type=click.IntRange(min=1))
@click.option("--fresh", is_flag=True, expose_value=False)
@later("--resume", 5, is_flag=True)
@click.option("--knowledge", metavar="DIR", type=click.Path(path_type=Path))
@later("--rubric", 4, metavar="FILE")
@later("--decisions", 4, metavar="FILE")
@later("--roster", 5, metavar="FILE")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", expose_value=False, callback=_local)
@later("--scheduler", 5, metavar="ADDRESS")
@click.option("--formats", metavar="LIST", default="csv,parquet", callback=_formats)
@click.option("--pages", type=click.Choice(["none", "findings", "all"]), expose_value=False, callback=_no_pages)
@later("--memory", 5, metavar="MB")
@click.option("--no-charts", is_flag=True)
@reading
@shared
@click.pass_context
def score(ctx: click.Context, /, *, inputs: tuple[str, ...], out: Path, limits: Limits, **options: Any) -> None:
    """Analyse many reports into a result folder."""
    from analyzer.batch import score_folder

    with progress() as step:
        results = score_folder(
            [Path(name) for name in inputs],
            out,
            options["jobs"],
            lang=ctx.obj,
            knowledge=options["knowledge"],
            charts=not options["no_charts"],
            csv="csv" in options["formats"],
            limits=limits,
            progress=step,
        )
    ctx.exit(_summary(results))


@contextmanager
def progress() -> Iterator[Callable[[int, int, str], None]]:
    """A bar on a terminal; otherwise plain lines, at most a score of them."""
    if not sys.stderr.isatty():
        yield _line
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("summary.working"), total=None)
        yield lambda done, total, report: bar.update(task, completed=done, total=total)


def _line(done: int, total: int, report: str) -> None:
    if done == total or done % max(1, total // LISTED) == 0:
        click.echo(say("summary.line", done=done, total=total, report=report), err=True)


def _summary(results: Results) -> int:
    """Prints what came of a run; its exit status."""
    reports, run = results.reports, results.run
    failed = reports[reports["status"] == "failed"]
    for row in failed.head(LISTED).itertuples():
        click.echo(say("summary.failure", report=row.report_id, error=row.error), err=True)
    if len(failed) > LISTED:
        click.echo(say("summary.more", n=len(failed) - LISTED, path=results.folder / "reports.csv"), err=True)
    for missing in run["missing"]:
        click.echo(say(f"missing.{missing['reason']}", path=missing["path"]), err=True)
    counts = run["counts"]
    click.echo(say("summary.counts", **{name: counts[name] for name in ("ok", "failed", "skipped")}))
    click.echo(say("summary.findings", **{name: counts[name] for name in ("error", "warning", "info")}))
    click.echo(say("summary.tables", path=results.folder / "*.csv"))
    if (results.folder / "charts").is_dir():
        click.echo(say("summary.charts", path=results.folder / "charts"))
    return FAILED if len(failed) or run["missing"] else 0


@cli.command("show")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@later("--html", 4, metavar="FILE")
@click.option("--knowledge", metavar="DIR", type=click.Path(path_type=Path))
@reading
@shared
@click.pass_context
def show(ctx: click.Context, /, *, file: Path, knowledge: Path | None, limits: Limits) -> None:
    """Show one report in the terminal."""
    _require(file)
    try:
        with _uncollected():
            from analyzer import knowledge as domain
            from analyzer import pipeline, terminal

            known = domain.load(knowledge)
            parts = pipeline.parts_of(file, known, limits)
            analyses = pipeline.analyze_all(parts, knowledge=known, lang=ctx.obj, limits=limits)
    except MissingInput:
        raise WrongUsage(say("fault.file", path=file)) from None
    except UnreadableReport as problem:
        reason = messages.explain(texts(), problem, ctx.obj)
        raise UnreadableReport(say("fault.report", path=file, text=reason)) from None
    seen = sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, WIDEST) if seen else 80
    colour = seen and "NO_COLOR" not in os.environ
    for number, analysis in enumerate(analyses, start=1):
        if len(analyses) > 1:
            click.echo(say("show.one_of", n=number, count=len(analyses), title=analysis.report.title))
        click.echo(terminal.render(analysis, known, width=width, colour=colour), nl=False)


def _require(file: Path) -> None:
    """Raises `WrongUsage` for what is neither a file nor, by its name (`a.zip#b.docx`), a member of one."""
    if not file.is_file() and not ("#" in str(file) and Path(str(file).partition("#")[0]).is_file()):
        raise WrongUsage(say("fault.folder" if file.is_dir() else "fault.file", path=file))


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cyclic garbage: what one report needs lives to its end, and looking for more takes longer."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@cli.command("sql")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("query", metavar="QUERY")
@click.option("--csv", is_flag=True)
@shared
def sql(*, folder: Path, query: str, csv: bool) -> None:
    """SQL over the tables of a result folder."""
    from analyzer import store

    _print(store.sql(_results_in(folder), query), csv=csv)


@cli.command("charts")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--format", metavar="LIST", default="png", callback=_formats)
@shared
@click.pass_context
def draw(ctx: click.Context, /, *, folder: Path, format: tuple[str, ...]) -> None:
    """Draw the charts of a result folder again."""
    from analyzer.results import Results

    for path in Results.from_dir(_results_in(folder), lang=ctx.obj).draw(formats=format):
        click.echo(path)


def _results_in(folder: Path) -> Path:
    """`folder`, if a run has left its results there."""
    from analyzer import store

    try:
        store.require(folder)
    except NoResults:
        raise WrongUsage(say("fault.results", path=folder)) from None
    return folder


def _print(table: pa.Table, *, csv: bool) -> None:
    """An answer as CSV, or as a table as wide as it needs to be where no one looks on."""
    from analyzer.store import plain

    columns = [[plain(value) for value in column.to_pylist()] for column in table.columns]
    rows = list(zip(*columns, strict=True))
    if csv:
        from csv import writer

        lines = writer(sys.stdout, lineterminator="\n")
        lines.writerow(table.column_names)
        lines.writerows(rows)
        return
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    shown = Table(*(Column(Text(name)) for name in table.column_names))
    for row in rows:
        shown.add_row(*(Text(value) for value in row))
    Console(width=None if sys.stdout.isatty() else 100_000).print(shown)
