"""How figures are said in prose: units, bending words, traps, claim patterns, the words that set period and scope."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from analyzer.errors import BadKnowledge
from analyzer.knowledge.schema import Source, build
from analyzer.numerals import BoundKind

UnitKind = Literal["piece", "case", "time", "person", "thing", "money", "traffic", "weak"]
Link = Literal["firm", "optional", "suspect"]
STANDARDS = ("2014", "2019", "2021")
EXPRESSIONS = ("pattern", "without", "where")
TABLES = {"fragments", "words", "topics", "section_topics", "heads", "whole_sets", "totals", "free", "timeless"} | {
    *("vague", "traditional", "partition"),
}
"""What `language.toml` holds."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word; `not_before` (regex) are the continuations that make it part of another word."""

    word: str
    kind: UnitKind
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """A word that bends a number, by where it stands: before it, inside (before 万 or the unit), after the unit;
    `not_after` are the characters that make it part of another word (预约)."""

    word: str
    place: Literal["before", "inside", "after"]
    kind: BoundKind
    not_after: str = ""


@dataclass(frozen=True, slots=True)
class Trap:
    """Numbers that are no quantities; examples and misses mark the number with 【】."""

    id: str
    pattern: str
    examples: tuple[str, ...]
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way of claiming a figure.

    `pattern` is searched in the number's clause, where `#` stands for number and unit; `{name}` are fragments. `cues`
    are literal words of which one must stand in the clause. `target` gives the key for each standard (none: not
    linked). `topics` (`off_topics`: none of these before it), `sections`, `units` (kinds) narrow where it applies,
    `without` (regex) forbids words of the clause, `where` (regex) demands words of the sentence. `after` are ids of
    other patterns: it goes on with what they count, so one of them must have matched last in the sentence.
    `link`: a firm one may contradict its cell, an optional one
    only confirm it, a suspect one only raise a question. An example is a sentence with its number in 【】; `section|`
    before it sets the section it stands in.
    """

    id: str
    pattern: str
    examples: tuple[str, ...]
    handbook: tuple[int, ...] = ()
    cues: tuple[str, ...] = ()
    target: Mapping[str, str] | None = None
    topics: tuple[str, ...] = ()
    off_topics: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    units: tuple[UnitKind, ...] = ()
    without: str = ""
    where: str = ""
    after: tuple[str, ...] = ()
    link: Link = "firm"
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ZeroObject:
    """What a zero word may deny, or a word for it that stands before 均为0; `sections` narrow where it holds."""

    id: str
    pattern: str
    examples: tuple[str, ...]
    target: Mapping[str, str] | None = None
    sections: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Partition:
    """What numbers in a row may count that together make up a whole, one expression (regex) a member; `whole` of them
    are all of it where no word (其中) says otherwise, those that `always` are even then. Examples are the words of one
    member each."""

    id: str
    members: tuple[str, ...]
    whole: int
    examples: tuple[str, ...]
    misses: tuple[str, ...] = ()
    always: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """All of it; `words` are single expressions by name, `topics` what a passage is about, `heads` the cell of a
    section's zero by section and standard; patterns that are `timeless` are linked whatever year is named before."""

    units: tuple[Unit, ...]
    bounds: tuple[Bound, ...]
    vague: str
    traditional: str
    traps: tuple[Trap, ...]
    patterns: tuple[Pattern, ...]
    zeros: tuple[ZeroObject, ...]
    words: Mapping[str, str]
    topics: Mapping[str, str]
    section_topics: Mapping[str, str]
    heads: Mapping[str, Mapping[str, str]]
    whole_sets: tuple[tuple[str, ...], ...]
    partitions: tuple[Partition, ...]
    totals: tuple[str, ...]
    free: tuple[str, ...]
    timeless: tuple[str, ...]
    lexicon: tuple[tuple[str, int, str], ...]


def load(source: Source) -> Language:
    """The files of this part, checked. Expressions of an overlay are compiled at once; those that are shipped, which
    the tests compile, when they are first used."""
    stated = source.toml("language.toml")
    claims = source.toml("claims.toml")
    _closed(stated, TABLES, "language.toml")
    _closed(claims, {"claim", "zero"}, "claims.toml")
    fragments = _fragments(stated["fragments"])
    language = Language(
        units=source.rows("units.csv", Unit),
        bounds=source.rows("language_bounds.csv", Bound),
        vague=stated["vague"],
        traditional=stated["traditional"],
        traps=tuple(_expanded(trap, fragments) for trap in source.entries("language_traps.toml", Trap, "trap")),
        patterns=tuple(_expanded(entry, fragments) for entry in _entries(claims, "claim", Pattern)),
        zeros=tuple(_expanded(entry, fragments) for entry in _entries(claims, "zero", ZeroObject)),
        words={name: _expand(text, fragments, f"words {name}") for name, text in stated["words"].items()},
        topics={name: _expand(text, fragments, f"topics {name}") for name, text in stated["topics"].items()},
        section_topics=stated["section_topics"],
        heads=stated["heads"],
        whole_sets=tuple(tuple(keys) for keys in stated["whole_sets"]),
        partitions=tuple(build(Partition, entry, "language.toml: partition") for entry in stated["partition"]),
        totals=tuple(stated["totals"]),
        free=tuple(stated["free"]),
        timeless=tuple(stated["timeless"]),
        lexicon=_lexicon(source.text("lexicon.txt")),
    )
    _check(language)
    if source.overlay is not None:
        compile_all(language)
    return language


def compile_all(language: Language) -> None:
    """Compile every expression; raises `BadKnowledge` for one that cannot be."""
    stated = [(f"words {name}", text) for name, text in (*language.words.items(), *language.topics.items())]
    entries: tuple[Any, ...] = (*language.traps, *language.patterns, *language.zeros)
    for entry in entries:
        stated += [(entry.id, getattr(entry, name, "")) for name in EXPRESSIONS]
    stated += [(f"partition {entry.id}", member) for entry in language.partitions for member in entry.members]
    for where, text in stated:
        try:
            re.compile(text or "")
        except re.error as problem:
            raise BadKnowledge(f"language.toml or claims.toml: {where}: {problem}: {text}") from None


def _closed(given: Mapping[str, Any], allowed: set[str], where: str) -> None:
    unknown = sorted(set(given) - allowed)
    if unknown:
        raise BadKnowledge(f"{where}: unknown key {', '.join(unknown)}; allowed: {', '.join(sorted(allowed))}")


def _entries(stated: Mapping[str, Any], table: str, kind: type[Any]) -> list[Any]:
    return [
        build(kind, entry, f"claims.toml: {table} {entry.get('id', n)}") for n, entry in enumerate(stated[table], 1)
    ]


def _fragments(stated: Mapping[str, str]) -> dict[str, str]:
    """Each fragment with those before it filled in, as a group of its own."""
    ready: dict[str, str] = {}
    for name, text in stated.items():
        ready[name] = f"(?:{_expand(text, ready, f'fragments {name}')})"
    return ready


def _expand(text: str, fragments: Mapping[str, str], where: str) -> str:
    def fill(found: re.Match[str]) -> str:
        if found[1] not in fragments:
            raise BadKnowledge(f"language.toml: {where}: no fragment {found[1]}; there are: {', '.join(fragments)}")
        return fragments[found[1]]

    return re.sub(r"\{([a-z_]+)\}", fill, text)


def _expanded(entry: Any, fragments: Mapping[str, str]) -> Any:
    """The entry with the fragments of its expressions filled in."""
    values = {name: getattr(entry, name) for name in entry.__slots__}
    for name in EXPRESSIONS:
        if values.get(name):
            values[name] = _expand(values[name], fragments, entry.id)
    return type(entry)(**values)


def _lexicon(text: str) -> tuple[tuple[str, int, str], ...]:
    """Lines `word frequency tag`."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        fields = line.split()
        if not fields:
            continue
        if len(fields) != 3 or not fields[1].isdigit():
            raise BadKnowledge(f"lexicon.txt:{number}: wanted: word frequency tag")
        rows.append((fields[0], int(fields[1]), fields[2]))
    return tuple(rows)


def _check(language: Language) -> None:
    targets = [(entry.id, entry.target or {}) for entry in language.patterns]
    targets += [(entry.id, entry.target or {}) for entry in language.zeros]
    for name, target in targets:
        for standard in target:
            if standard not in STANDARDS:
                raise BadKnowledge(f"claims.toml: {name}: no standard {standard}; there are: {', '.join(STANDARDS)}")
    ids = [name for name, _ in targets] + [trap.id for trap in language.traps]
    for repeated in sorted({name for name in ids if ids.count(name) > 1}):
        raise BadKnowledge(f"claims.toml or language_traps.toml: the id {repeated} stands twice")
    known_ids = {pattern.id for pattern in language.patterns}
    for pattern in language.patterns:
        for name in (*pattern.after, *(language.timeless if pattern is language.patterns[0] else ())):
            if name not in known_ids:
                raise BadKnowledge(f"claims.toml: {pattern.id}: no claim {name} to go on with")
        for topic in (*pattern.topics, *pattern.off_topics):
            if topic not in language.topics:
                known = ", ".join(language.topics)
                raise BadKnowledge(f"claims.toml: {pattern.id}: no topic {topic}; there are: {known}")
