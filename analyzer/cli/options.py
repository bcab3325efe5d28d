"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

import click

from analyzer.cli.words import say
from analyzer.errors import NotBuiltYet

Command = Callable[..., Any]
LIMITS = {"max_pages": "pages", "max_mb": "megabytes", "max_megapixels": "megapixels", "timeout": "seconds"}
"""Options of `reading` and the limits they set."""


def shared(command: Command) -> Command:
    """The options that every command has; `--lang` is read before all others, by `main`."""
    command = click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False)(command)
    return click.help_option("--help")(command)


def reading(command: Command) -> Command:
    """What the reading of a report may cost; the command gets it as `limits`."""

    @wraps(command)
    def limited(*arguments: Any, no_ocr: bool, **options: Any) -> Any:
        from analyzer.readers.limits import Limits

        given = {limit: options.pop(name) for name, limit in LIMITS.items()}
        bounds = {limit: most for limit, most in given.items() if most is not None}
        return command(*arguments, limits=Limits(ocr=not no_ocr, **bounds), **options)

    for name, metavar in (("timeout", "SECONDS"), ("max-megapixels", "N"), ("max-mb", "N"), ("max-pages", "N")):
        limited = click.option(f"--{name}", metavar=metavar, type=click.IntRange(min=1))(limited)
    return click.option("--no-ocr", is_flag=True)(limited)


def later(name: str, part: int, **attributes: Any) -> Callable[[Command], Command]:
    """An option of the contract that comes with a later part: whoever gives it is told so."""

    def refuse(ctx: click.Context, option: click.Parameter, value: object) -> None:
        if value not in (None, False):
            not_yet(name.partition("/")[0], part)

    return click.option(name, expose_value=False, callback=refuse, **attributes)


def not_yet(what: str, part: int) -> NoReturn:
    """Says that something comes with a later part."""
    raise NotBuiltYet(say("any.later", what=what, part=part))
