"""What the command line says: click's help and usage in our own words, in the language of the call."""

from __future__ import annotations

from functools import cache

import click

from analyzer.knowledge import messages
from analyzer.knowledge.schema import Source
from analyzer.knowledge.wording import Wording


@cache
def texts() -> Wording:
    """`messages.toml`."""
    return messages.load(Source())


def say(key: str, **values: object) -> str:
    """A text of `messages.toml` in the language of the running command."""
    context = click.get_current_context(silent=True)
    return texts().say(key, str(context.obj) if context and context.obj else "zh", **values)


class _Help(click.HelpFormatter):
    """Click's help with our words for its headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, f"{say('heading.Usage')}: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(say(f"heading.{heading}"))


class _Context(click.Context):
    formatter_class = _Help


class Worded(click.Command):
    """A command whose help stands in `messages.toml` under its name, an option's under `name.option`."""

    context_class = _Context

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's help; its options are worded on the way."""
        _word(self)
        super().format_help_text(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The command's help again, for the list of commands."""
        return say(f"{self.name}.help")


class WordedGroup(Worded, click.Group):
    """A group of such commands."""

    command_class = Worded

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command asked for; raises `WrongUsage` naming those there are."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise WrongUsage(say("fault.command", name=args[0], known=" ".join(self.commands)))
        return super().resolve_command(ctx, args)


class WrongUsage(click.UsageError):
    """Wrong usage, said in our words already."""


def _word(command: click.Command) -> None:
    command.help = say(f"{command.name}.help")
    for option in command.params:
        if isinstance(option, click.Option):
            own = f"{command.name}.{option.name}"
            option.help = say(own if own in texts().phrases and option.name != "help" else f"any.{option.name}")
