"""What the command line says: help and one-line errors, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from analyzer.knowledge.schema import Source, build
from analyzer.knowledge.wording import Phrase, Wording

FILE = "messages.toml"


def load(source: Source) -> Wording:
    """`messages.toml`, checked; its keys are dotted (`[score]` with `help = {…}` is `score.help`)."""
    tables: Mapping[str, Mapping[str, Mapping[str | None, object]]] = source.toml(FILE)
    return Wording(
        {
            f"{group}.{name}": build(Phrase, entry, f"{FILE}: {group}.{name}")
            for group, entries in tables.items()
            for name, entry in entries.items()
        }
    )


def explain(texts: Wording, problem: Exception, lang: str) -> str:
    """One line for why a file is no readable report; an error with a `key` is said in `lang`, any other as it is."""
    key = f"unreadable.{getattr(problem, 'key', '')}"
    if key in texts.phrases:
        return texts.say(key, lang, **getattr(problem, "values", {}))
    return " ".join(str(problem).split())
