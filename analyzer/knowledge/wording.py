"""What the product itself prints, writes and draws, in Chinese and English; how wide it is, how it is shortened."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from analyzer.errors import BadKnowledge
from analyzer.knowledge.schema import SHIPPED, Source, build

Lang = Literal["zh", "en"]
PHRASES, CODEBOOK = "wording.toml", "codebook.csv"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_WIDE = frozenset("WF")
_NO_WIDTH = frozenset({"Mn", "Me", "Cf", "Cc"})
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\u3000\ufeff]+")
_PIECE = re.compile(r"[（“‘《〈【]*(?:[!-~]+|.)[，。、；：！？”’）》〉】…]*|\s+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One label or sentence; `{names}` in it are filled in when it is said."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a result table means."""

    table: str
    column: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Wording:
    """All labels by their dotted key (`verdict.suspect`), and the codebook of the result tables."""

    phrases: Mapping[str, Phrase] = field(default_factory=dict)
    codebook: tuple[Column, ...] = ()

    def say(self, key: str, lang: str = "zh", **values: object) -> str:
        """The phrase of this key with `values` filled in; raises `BadKnowledge` for an unknown key."""
        try:
            phrase = self.phrases[key]
        except KeyError:
            near = ", ".join(self.under(key.partition(".")[0])) or ", ".join(sorted(self.groups()))
            raise BadKnowledge(f"{PHRASES}: no phrase {key!r}; known: {near}") from None
        text = phrase.en if lang == "en" else phrase.zh
        return text.format(**values) if values else text

    def label(self, group: str, name: str, lang: str = "zh") -> str:
        """The phrase of `group.name`, or `name` itself where the group holds no such (a class that an overlay adds)."""
        return self.say(f"{group}.{name}", lang) if f"{group}.{name}" in self.phrases else name

    def under(self, group: str) -> tuple[str, ...]:
        """Names in a group, in the order of the file."""
        return tuple(key.partition(".")[2] for key in self.phrases if key.startswith(f"{group}."))

    def groups(self) -> frozenset[str]:
        """The groups there are."""
        return frozenset(key.partition(".")[0] for key in self.phrases)


def load(source: Source) -> Wording:
    """`wording.toml` and `codebook.csv`, checked: both languages, the same placeholders, no key that is not shipped."""
    phrases = _phrases(source.toml(PHRASES))
    if source.path(PHRASES).parent != SHIPPED:
        _same_keys(phrases, _phrases(Source().toml(PHRASES)))
    return Wording(phrases, source.rows(CODEBOOK, Column))


def _phrases(data: Mapping[str, Any]) -> dict[str, Phrase]:
    found: dict[str, Phrase] = {}
    for group, entries in data.items():
        if not isinstance(entries, Mapping):
            raise BadKnowledge(f"{PHRASES}: {group}: a table of phrases is wanted, not {entries!r}")
        for name, entry in entries.items():
            found[f"{group}.{name}"] = _phrase(entry, f"{PHRASES}: {group}.{name}")
    return found


def _phrase(entry: Any, where: str) -> Phrase:
    if not isinstance(entry, Mapping):
        raise BadKnowledge(f"{where}: zh and en are wanted, not {entry!r}")
    phrase = build(Phrase, entry, where)
    if not (phrase.zh.strip() and phrase.en.strip()):
        raise BadKnowledge(f"{where}: empty in one language")
    if set(_PLACEHOLDER.findall(phrase.zh)) != set(_PLACEHOLDER.findall(phrase.en)):
        raise BadKnowledge(f"{where}: the placeholders differ between zh and en")
    return phrase


def _same_keys(given: Mapping[str, Phrase], shipped: Mapping[str, Phrase]) -> None:
    unknown, missing = sorted(given.keys() - shipped.keys()), sorted(shipped.keys() - given.keys())
    if unknown:
        raise BadKnowledge(f"{PHRASES}: unknown key {', '.join(unknown)}; allowed: {', '.join(shipped)}")
    if missing:
        raise BadKnowledge(f"{PHRASES}: missing {', '.join(missing)}")


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide character, none for a combining or control one."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def one_line(text: str) -> str:
    """`text` without line breaks, control and direction characters, white space drawn together."""
    return _CONTROL.sub(" ", text).strip()


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns; words of Latin letters stay whole where they can, and no line begins
    with a closing mark."""
    lines, room = [""], width
    for piece in _PIECE.findall(one_line(text)):
        needed = columns(piece)
        if needed > room and lines[-1]:
            lines.append("")
            room = width
        while needed > width:
            head = _fitting(piece, width)
            lines[-1:] = [head, ""]
            piece = piece[len(head) :]
            needed = columns(piece)
        if lines[-1] or piece != " ":
            lines[-1] += piece
            room -= needed
    return [line.rstrip() for line in lines if line.strip()]


def shorten(text: str, width: int) -> str:
    """`text` in at most `width` columns (3 or more); what is too much is cut from its middle."""
    if columns(text) <= width:
        return text
    room = width - 1
    head = _fitting(text, room - room // 2)
    return f"{head}…{_fitting(text[::-1], room - columns(head))[::-1]}"


def _fitting(text: str, width: int) -> str:
    """The longest beginning of `text` in at most `width` columns."""
    for index, character in enumerate(text):
        width -= _columns(character)
        if width < 0:
            return text[:index]
    return text
