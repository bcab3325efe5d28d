"""The command line: arguments in, one library call, files and lines out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from itertools import pairwise
from typing import NoReturn

import click
from click.exceptions import NoArgsIsHelpError

from analyzer.cli import evaluate as _evaluate  # noqa: F401  (adds its commands to `cli`)
from analyzer.cli import generate as _generate  # noqa: F401
from analyzer.cli import train as _train  # noqa: F401
from analyzer.cli.commands import cli
from analyzer.cli.faults import INTERRUPTED, USAGE, fault
from analyzer.cli.words import texts

__all__ = ["main", "run"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line; its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = _language(given)
    try:
        status = cli.main(given, prog_name="analyzer", standalone_mode=False, obj=lang)
        return status if isinstance(status, int) else 0
    except NoArgsIsHelpError as problem:
        with problem.ctx or click.Context(cli, obj=lang) as context:
            click.echo(cli.get_help(context), err=True)
        return USAGE
    except click.Abort:
        click.echo(texts().say("fault.interrupted", lang), err=True)
        return INTERRUPTED
    except (click.ClickException, ValueError, OSError) as problem:
        text, status = fault(problem, lang)
        click.echo(texts().say("fault.error", lang, text=text), err=True)
        return status


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, known before anything else is read, so that every error is said in it."""
    pairs = [*pairwise(arguments), *(tuple(a.partition("=")[::2]) for a in arguments)]
    return next((value for name, value in pairs if name == "--lang" and value in ("zh", "en")), "zh")


def run() -> NoReturn:
    """The `analyzer` program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(main())
