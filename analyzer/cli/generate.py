"""`generate`: labelled synthetic reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.cli.commands import cli, progress
from analyzer.cli.options import shared
from analyzer.cli.words import WrongUsage, say
from analyzer.errors import UnusableOutput

if TYPE_CHECKING:
    from analyzer.synthesis import Wish

STANDARDS = ("none", "2014", "2019", "2021")
TEXTS = ("html", "md", "txt")
FORMATS = (
    *(*TEXTS, "mhtml", "docx", "xlsx", "zip", "pdf", "scan", "png", "jpg", "tif"),
    *("doc", "wps", "rtf", "odt", "ofd"),
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
@click.option("--count", metavar="N", type=click.IntRange(min=1))
@click.option("--seed", metavar="S")
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), required=True)
@click.option("--family", type=click.Choice(["train", "tune", "test", "fresh"]), default="train")
@click.option("--standard", metavar="LIST", default=",".join(STANDARDS), callback=_listed)
@click.option("--format", metavar="LIST", default=",".join(TEXTS), callback=_listed)
@click.option("--defects", type=click.Choice(["none", "one", "several", "mixed", "each"]), default="mixed")
@click.option("--same", is_flag=True)
@click.option("--paper", metavar="NAME", default="")
@click.option("--scanner", metavar="NAME", default="")
@click.option("--of", metavar="DIR", type=click.Path(path_type=Path))
@shared
def generate(
    *,
    count: int | None,
    seed: str | None,
    out: Path,
    family: str,
    standard: tuple[str, ...],
    format: tuple[str, ...],
    defects: str,
    same: bool,
    paper: str,
    scanner: str,
    of: Path | None,
) -> None:
    """Write labelled synthetic reports."""
    from analyzer import synthesis
    from analyzer.synthesis.corpus import seal

    wish = synthesis.Wish(format, paper, scanner, same)
    _possible(wish, out)
    if of is not None:
        made, total = synthesis.printed_again(of, wish), 0
    else:
        for name, value in (("--count", count), ("--seed", seed)):
            if value is None:
                raise WrongUsage(say("fault.missing", name=name))
        assert count is not None
        assert seed is not None
        made = synthesis.generate(count, seed, family=family, standards=standard, defects=defects, wish=wish)
        total = count * (len(format) if same else 1)
    written = flawed = 0
    with progress() as step:
        for written, report in enumerate(made, start=1):
            synthesis.write(report, out)
            flawed += bool(report.gold.get("defects"))
            step(written, max(total, written), report.name)
    lists = {"--standard": (standard, STANDARDS), "--format": (format, TEXTS)}
    said = [f" {name} {','.join(own)}" for name, (own, usual) in lists.items() if own != usual]
    said += [f" {name} {value}" for name, value in (("--paper", paper), ("--scanner", scanner)) if value]
    said += [" --same"] if same else []
    command = f"analyzer generate --family {family} --count {count} --seed {seed} --defects {defects}{''.join(said)}"
    seal(out, "" if of else family, command)
    click.echo(say("generate.written", n=written, flawed=flawed, path=out))


def _possible(wish: Wish, out: Path) -> None:
    """Whether all that is asked for is there, said before anything is made."""
    from analyzer import synthesis
    from analyzer.knowledge import printing
    from analyzer.knowledge.schema import Source

    known = printing.load(Source())
    for name, own, ids in (
        ("--paper", wish.paper, [each.id for each in known.paper]),
        ("--scanner", wish.scanner, [each.id for each in known.scan]),
    ):
        if own and own not in ids:
            raise WrongUsage(say("fault.choice", name=name, given=own, known=", ".join(ids)))
    missing = synthesis.lacking(wish.formats)
    if missing:
        raise WrongUsage(say(f"generate.needs_{missing}"))
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UnusableOutput(f"{out}: {problem.strerror or problem}") from None
