"""The few errors a caller may want to tell apart; each message says what is wrong, where, and what to do."""

from collections.abc import Sequence

NAMED = 5
"""Members of an archive that an error names."""


class UnreadableReport(ValueError):
    """A file that cannot be read as a report: empty, binary, no report, or of a format no reader knows."""


class Unreadable(UnreadableReport):
    """What keeps a file from being read, as a `key` for messages in other languages, with the values they need."""

    def __init__(self, key: str, name: str, message: str, **values: str) -> None:
        super().__init__(f"{name}: {message}" if name else message)
        self.key, self.values = key, {"name": name, **values}


def damaged(name: str) -> Unreadable:
    """What to raise for a file that is damaged."""
    return Unreadable("damaged", name, "damaged or incomplete; download or save it again")


def locked(name: str) -> Unreadable:
    """What to raise for a file under a password."""
    return Unreadable("locked", name, "locked by a password; save it without one")


def without_extra(name: str, extra: str) -> Unreadable:
    """What to raise for a file that is read by what an extra installs."""
    message = f'needs the extra "{extra}": pip install "gongkai-analyzer[{extra}]"'
    return Unreadable("extra", name, message, extra=extra)


def several(name: str, reports: Sequence[str]) -> Unreadable:
    """What to raise for an archive of several reports where one is wanted; the first are named."""
    names = "; ".join(reports[:NAMED]) + (" …" if len(reports) > NAMED else "")
    count = str(len(reports))
    return Unreadable("several", name, f"it holds {count} reports; name one: {names}", count=count, names=names)


def bare(name: str) -> Unreadable:
    """What to raise for an archive without reports where one is wanted."""
    return Unreadable("nothing", name, "an archive without any report")


class UnknownStandard(ValueError):
    """A statistics form that `standards.toml` does not hold."""


class BadKnowledge(ValueError):
    """A file of domain data that breaks its schema; the message names file, entry and allowed keys."""


class BadModel(ValueError):
    """A file of a trained model that is not one of ours, or holds what is not trusted."""


class MissingInput(ValueError):
    """An input path that does not exist or cannot be opened."""


class NotBuiltYet(ValueError):
    """An option of the contract whose part of the product does not stand yet."""


class NoResults(MissingInput):
    """A folder that holds no results of an earlier run."""


class UnusableOutput(ValueError):
    """An output folder that cannot be written."""


class ForeignOutput(UnusableOutput):
    """An output folder that holds, under a name of ours, what no run has put there."""


class BadQuery(ValueError):
    """A query that DuckDB cannot answer over the result tables."""


class BadLabels(ValueError):
    """A file of labels (`gold.json`) that cannot be read or lacks what it must hold; the message names both."""
