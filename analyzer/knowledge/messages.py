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
