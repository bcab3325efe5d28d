"""Every error as one line and an exit status."""

from __future__ import annotations

import click

from analyzer.cli.words import WrongUsage, texts
from analyzer.errors import (
    BadKnowledge,
    BadLabels,
    BadModel,
    BadQuery,
    ForeignOutput,
    MissingInput,
    NotBuiltYet,
    UnreadableReport,
    UnusableOutput,
)

FAILED, USAGE, INTERRUPTED = 1, 2, 130

FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (ForeignOutput, "fault.foreign"),
    (UnusableOutput, "fault.output"),
    (BadQuery, "fault.query"),
    (BadKnowledge, "fault.knowledge"),
    (BadLabels, "fault.labels"),
    (BadModel, "fault.model"),
)


def fault(problem: Exception, lang: str) -> tuple[str, int]:
    """One line for what went wrong, and the exit status; what none of us foresaw is raised again."""
    if isinstance(problem, click.ClickException):
        return _misuse(problem, lang), USAGE
    text = " ".join(str(problem).split())
    for kind, key in FAULTS:
        if isinstance(problem, kind):
            return texts().say(key, lang, text=text), USAGE
    if isinstance(problem, MissingInput | NotBuiltYet):
        return text, USAGE
    if isinstance(problem, UnreadableReport):
        return text, FAILED
    if isinstance(problem, OSError):
        return texts().say("fault.disk", lang, text=text), FAILED
    raise problem


def _misuse(problem: click.ClickException, lang: str) -> str:
    say = texts().say
    if isinstance(problem, WrongUsage):
        return problem.message
    if isinstance(problem, click.NoSuchOption):
        return say("fault.option", lang, name=problem.option_name)
    if isinstance(problem, click.BadOptionUsage):
        return say("fault.empty", lang, name=problem.option_name)
    if isinstance(problem, click.BadParameter) and problem.param is not None:
        option = problem.param
        name = option.opts[0] if isinstance(option, click.Option) else option.metavar
        if isinstance(problem, click.MissingParameter):
            return say("fault.missing", lang, name=name)
        if isinstance(option.type, click.Choice):
            given, known = problem.message.split("'")[1], " ".join(map(str, option.type.choices))
            return say("fault.choice", lang, name=name, given=given, known=known)
        if isinstance(option.type, click.IntRange):
            return say("fault.number", lang, name=name, least=option.type.min)
        return say("fault.value", lang, name=name, text=problem.message)
    return say("fault.usage", lang, text=problem.format_message())
