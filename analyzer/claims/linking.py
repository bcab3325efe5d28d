"""From a number in its clause to the cell it states, by the patterns of `claims.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add

from analyzer.claims.quantities import Figure
from analyzer.knowledge.forms import Forms
from analyzer.knowledge.language import Language, Pattern

CARRIED = "request.carried"
"""Patterns of cases carried over name another year and still state this year's cells."""


@dataclass(frozen=True)
class Rule:
    """A pattern ready to run; its expressions are compiled when its cue first turns up."""

    entry: Pattern
    topics: frozenset[str]
    off_topics: frozenset[str]
    sections: frozenset[str]
    units: frozenset[str]

    @classmethod
    def of(cls, entry: Pattern) -> Rule:
        """With the lists of the entry as sets."""
        sets = (entry.topics, entry.off_topics, entry.sections, entry.units)
        return cls(entry, *(frozenset(names) for names in sets))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What the clause must hold."""
        return re.compile(self.entry.pattern)

    @cached_property
    def without(self) -> re.Pattern[str] | None:
        """What the clause must not hold."""
        return re.compile(self.entry.without) if self.entry.without else None

    @cached_property
    def where(self) -> re.Pattern[str] | None:
        """What the sentence must hold."""
        return re.compile(self.entry.where) if self.entry.where else None


class Linker:
    """All patterns, found by the cue words of a clause and tried in the order of the file."""

    def __init__(self, language: Language) -> None:
        self.rules = [Rule.of(entry) for entry in language.patterns]
        self.always = [number for number, entry in enumerate(language.patterns) if not entry.cues]
        self.timeless = frozenset(language.timeless)
        self.subjects = frozenset(name for entry in language.patterns for name in entry.after)
        self.cues: dict[str, dict[str, list[int]]] = {}
        for number, entry in enumerate(language.patterns):
            for cue in entry.cues:
                self.cues.setdefault(cue[:2], {}).setdefault(cue, []).append(number)

    def match(self, figure: Figure, masked: str, earlier: Sequence[Figure] = ()) -> Pattern | None:
        """The first pattern that fits; the quote grows over the words it needed behind the number."""
        clause = f"{figure.lead}#{figure.tail}"
        subject = self._subject(figure, earlier)
        sections = figure.passage.place.section.split(";")
        kind, topics = figure.unit_kind, figure.topics
        for number in self._cued(clause):
            rule, after = self.rules[number], self.rules[number].entry.after
            if after and subject not in after:
                continue
            if rule.units and kind and kind not in rule.units:
                continue
            if rule.topics and rule.topics.isdisjoint(topics):
                continue
            if topics and topics[0] in rule.off_topics:
                continue
            if rule.sections and rule.sections.isdisjoint(sections):
                continue
            found = rule.pattern.search(clause)
            if found is None and after:
                found = rule.pattern.search(f"{figure.lead}{figure.filler}#{figure.tail}")
            if found is None or (rule.without and rule.without.search(clause)):
                continue
            if rule.where and not rule.where.search(masked[figure.sentence[0] : figure.sentence[1]]):
                continue
            spare = found.end() - found.string.index("#") - 1
            if spare > 0 and figure.quote[1] == figure.right:
                figure.quote = (figure.quote[0], min(figure.right + spare, figure.sentence[1]))
            return rule.entry
        return None

    def _subject(self, figure: Figure, earlier: Sequence[Figure]) -> str:
        """The pattern of what the sentence counted last; a number without words goes on with its neighbour only."""
        near = earlier if figure.lead or figure.filler else earlier[-1:]
        known = (f.pattern.id for f in reversed(near) if f.pattern is not None)
        return next((name for name in known if name in self.subjects), "")

    def _cued(self, clause: str) -> list[int]:
        """The patterns of which a cue word stands in the clause, in the order of the file."""
        numbers = set(self.always)
        for opening in self.cues.keys() & {*clause, *map(add, clause, clause[1:])}:
            for cue, known in self.cues[opening].items():
                if cue in clause:
                    numbers.update(known)
        return sorted(numbers)


def target(pattern_target: object, standard: str, forms: Forms) -> str:
    """The key a pattern means on this form, empty where the form has no such cell."""
    if not isinstance(pattern_target, dict):
        return ""
    key = str(pattern_target.get(standard, ""))
    return key if key and forms.resolve(standard, key) else ""


def link(figures: Sequence[Figure], masked: str, linker: Linker, standard: str, forms: Forms) -> None:
    """Set pattern, indicator, firmness of the amounts of one sentence; only this year's are linked."""
    earlier: list[Figure] = []
    for figure in figures:
        if figure.kind != "amount":
            continue
        figure.pattern = linker.match(figure, masked, earlier)
        earlier.append(figure)
        if figure.pattern is None:
            continue
        key = target(figure.pattern.target, standard, forms)
        if figure.pattern.id.startswith(CARRIED) and "plans" not in figure.passage.place.section:
            figure.period = "this_year"
        timely = figure.period == "this_year" or figure.pattern.id in linker.timeless
        if key and timely and not figure.apart:
            figure.indicator = key
            figure.firm = figure.pattern.link == "firm"
            figure.note = "" if figure.firm else figure.pattern.link
