"""`generate`: labelled synthetic reports."""

from __future__ import annotations

from pathlib import Path

import click

from analyzer.cli.commands import cli, progress
from analyzer.cli.options import shared
from analyzer.cli.words import WrongUsage, say
from analyzer.errors import UnusableOutput

STANDARDS = ("none", "2014", "2019", "2021")
TEXTS = ("html", "md", "txt")
FORMATS = (
    *TEXTS,
    "mhtml",
    "docx",
    "xlsx",
    "zip",
    "pdf",
    "scan",
    "png",
    "jpg",
    "tif",
    "doc",
    "wps",
    "rtf",
    "odt",
    "ofd",
)


def _listed(ctx: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    """Names joined by commas, each one of those the option knows."""
    known = FORMATS if option.name == "format" else STANDARDS
    names = tuple(name.strip().lower() for name in value.split(","))
    for name in names:
        if name not in known:
            raise WrongUsage(say("fault.choice", name=option.opts[0], given=name, known=", ".join(known)))
    return names


@cli.command("generate")
@click.option("--count", metavar="N", type=click.IntRange(min=1), required=True)
@click.option("--seed", metavar="S", required=True)
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), required=True)
@click.option("--family", type=click.Choice(["train", "tune", "test", "fresh"]), default="train")
@click.option("--standard", metavar="LIST", default=",".join(STANDARDS), callback=_listed)
@click.option("--format", metavar="LIST", default=",".join(TEXTS), callback=_listed)
@click.option("--defects", type=click.Choice(["none", "one", "several", "mixed", "each"]), default="mixed")
@shared
def generate(
    *, count: int, seed: str, out: Path, family: str, standard: tuple[str, ...], format: tuple[str, ...], defects: str
) -> None:
    """Write labelled synthetic reports."""
    from analyzer import synthesis
    from analyzer.synthesis.corpus import seal

    missing = synthesis.lacking(format)
    if missing:
        raise WrongUsage(say(f"generate.needs_{missing}"))
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UnusableOutput(f"{out}: {problem.strerror or problem}") from None
    made = synthesis.generate(count, seed, family=family, standards=standard, formats=format, defects=defects)
    flawed = 0
    with progress() as step:
        for number, report in enumerate(made, start=1):
            synthesis.write(report, out)
            flawed += bool(report.gold["defects"])
            step(number, count, report.name)
    given = {"--standard": (standard, STANDARDS), "--format": (format, TEXTS)}
    lists = [f" {name} {','.join(own)}" for name, (own, usual) in given.items() if own != usual]
    command = f"analyzer generate --family {family} --count {count} --seed {seed} --defects {defects}{''.join(lists)}"
    seal(out, family, command)
    click.echo(say("generate.written", n=count, flawed=flawed, path=out))
