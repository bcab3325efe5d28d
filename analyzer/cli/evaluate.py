"""`evaluate` and `label`: how right the product is on labelled reports, and how labels begin."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analyzer.cli.commands import cli, progress
from analyzer.cli.faults import FAILED
from analyzer.cli.options import reading, shared
from analyzer.cli.words import WrongUsage, say, texts
from analyzer.errors import MissingInput, UnreadableReport, UnusableOutput
from analyzer.knowledge import messages

if TYPE_CHECKING:
    from analyzer.evaluation import Evaluation
    from analyzer.readers.limits import Limits

FIGURES, MISSES = "figures.json", "misses.csv"


@cli.command("evaluate")
@click.argument("folder", metavar="GOLD_DIR", type=click.Path(path_type=Path))
@click.option("--json", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--jobs", metavar="N", type=click.IntRange(min=1))
@click.option("--knowledge", metavar="DIR", type=click.Path(path_type=Path))
@shared
@click.pass_context
def measure(ctx: click.Context, /, *, folder: Path, json: Path | None, out: Path | None, **options: Any) -> None:
    """Measure on labelled reports."""
    for path in filter(None, (json.parent if json else None, out)):
        _ready(path)
    from analyzer import knowledge as domain
    from analyzer.evaluation import evaluate, render

    with progress() as step:
        evaluation = evaluate(folder, lang=ctx.obj, progress=step, **options)
    click.echo(render(evaluation, domain.load(options["knowledge"]).wording, ctx.obj), nl=False)
    written = [_figures(evaluation, json)] if json else []
    if out:
        written += _all(evaluation, out, ctx.obj)
    for path in written:
        click.echo(say("evaluate.written", path=path))
    ctx.exit(FAILED if evaluation.failed else 0)


def _ready(folder: Path) -> None:
    """Makes a folder for what will be written, before anything is worked out."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UnusableOutput(f"{folder}: {problem.strerror or problem}") from None


def _figures(evaluation: Evaluation, path: Path) -> Path:
    path.write_text(json.dumps(evaluation.as_dict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _all(evaluation: Evaluation, out: Path, lang: str) -> list[Path]:
    """Charts, misses and figures in a folder."""
    from analyzer import charts, knowledge

    misses = out / MISSES
    evaluation.misses.to_csv(misses, index=False, encoding="utf-8-sig", lineterminator="\n")
    frames = {"confusion": evaluation.confusion, "reliability": evaluation.reliability}
    drawn = charts.draw_evaluation(frames, out, ("png",), knowledge.load().wording, lang)
    return [_figures(evaluation, out / FIGURES), misses, *drawn]


@cli.command("label")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True)
@reading
@shared
@click.pass_context
def label(ctx: click.Context, /, *, file: Path, force: bool, limits: Limits) -> None:
    """Draft the labels of a report."""
    if not file.is_file():
        raise WrongUsage(say("fault.folder" if file.is_dir() else "fault.file", path=file))
    gold = file.parent / "gold.json"
    if gold.exists() and not force:
        raise WrongUsage(say("label.exists", path=gold))
    from analyzer.evaluation import draft

    try:
        labels = draft(file, limits=limits)
    except (UnreadableReport, MissingInput) as problem:
        reason = messages.explain(texts(), problem, ctx.obj)
        raise UnreadableReport(say("fault.report", path=file, text=reason)) from None
    gold.write_text(json.dumps(labels, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo(say("label.drafted", path=gold))
    click.echo(say("label.draft"))
    if file.stem != "report":
        click.echo(say("label.name", name=file.name))
