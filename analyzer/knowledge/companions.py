"""Which files beside one another are one report: prose, and its table in a file of its own."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from analyzer.errors import BadKnowledge
from analyzer.knowledge.schema import Source, build

FILE = "companions.toml"
_REST = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Companions:
    """What the names of files say of belonging together."""

    sheets: tuple[str, ...]
    table: str
    annex: str
    count: str
    common: str

    def is_sheet(self, name: str) -> bool:
        """Whether a file is a spreadsheet by its name."""
        return name.lower().endswith(self.sheets)

    def is_table(self, name: str) -> bool:
        """Whether a file's name says that it holds a table or an annex and not the prose."""
        pattern = self._sheet if self.is_sheet(name) else self._part
        return bool(pattern.search(_folded(name)))

    def key(self, name: str) -> str:
        """What is left of a file's name without the words that tell a table from its prose: the body and the year."""
        return _REST.sub("", self._words.sub("", _folded(name)))

    @cached_property
    def _sheet(self) -> re.Pattern[str]:
        return re.compile(f"{self.table}|{self.annex}")

    @cached_property
    def _part(self) -> re.Pattern[str]:
        return re.compile(rf"{self.table}|.[\W_]*{self.annex}{self.count}\Z")

    @cached_property
    def _words(self) -> re.Pattern[str]:
        marked = f"(?:{self.table}|{self.annex}){self.count}"
        return re.compile(rf"\A{marked}|{self.table}{self.count}|{marked}\Z|{self.common}")


def _folded(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", stem).lower())


def load(source: Source) -> Companions:
    """`companions.toml`, checked; its cases are for the tests."""
    data: dict[str | None, object] = {key: value for key, value in source.toml(FILE).items() if key != "case"}
    companions = build(Companions, data, FILE)
    try:
        companions.key("a.b")
        companions.is_table("a.b")
        companions.is_table(f"a{companions.sheets[0]}")
    except (re.error, IndexError) as problem:
        raise BadKnowledge(f"{FILE}: {problem}") from None
    return companions
