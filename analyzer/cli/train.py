"""`train`: the shipped models, trained again from labelled reports."""

from __future__ import annotations

from pathlib import Path

import click

from analyzer.cli.commands import cli
from analyzer.cli.options import shared
from analyzer.cli.words import WrongUsage, say

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@cli.command("train")
@click.option("--corpora", metavar="DIR", type=click.Path(path_type=Path), default=CHECKOUT / "corpora" / "synthetic")
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), default=CHECKOUT / "models")
@shared
def train(*, corpora: Path, out: Path) -> None:
    """Train both models and judge them."""
    from analyzer.training import FAMILIES
    from analyzer.training import train as make

    for name in FAMILIES:
        if not (corpora / name).is_dir():
            raise WrongUsage(say("train.missing", path=corpora / name))
    for trained in make(corpora, out, lambda key, what: click.echo(say(f"train.{key}", what=what), err=True)):
        click.echo(say("train.trained", task=trained.task, path=out / trained.task))
        for family, ways in trained.figures.items():
            for name in ways["rules"]:
                rules, alone, both = (_shown(ways[way][name]) for way in ("rules", "model", "both"))
                click.echo(say("train.figure", family=family, name=name, rules=rules, model=alone, both=both))
        click.echo(say("train.used" if trained.used else "train.off", task=trained.task))


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"
