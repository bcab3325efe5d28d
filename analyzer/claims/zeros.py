"""Zeros said in words: 未收到, 无行政复议, 均为0, a section that is only 无."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analyzer.claims.passages import Passage
from analyzer.claims.quantities import Figure
from analyzer.knowledge.language import Language, ZeroObject
from analyzer.numerals import Quantity

REACH = 34
STOP = re.compile("[，；。：！？]")
CLAUSE = ("figure", "channel")
"""Predicates that deny what their own clause names, nothing before it."""
ZERO = Quantity(0, 0, 0, False)


@dataclass(frozen=True, slots=True)
class Denied:
    """A zero object found in a passage."""

    entry: ZeroObject
    start: int
    end: int


class ZeroGrammar:
    """The zero words and what they may deny, compiled once."""

    def __init__(self, language: Language) -> None:
        words = language.words
        self.verb = re.compile(words["zero_verb"])
        self.predicate = re.compile(words["zero_predicate"])
        self.gap = re.compile(words["zero_gap"])
        self.block = re.compile(words["zero_block"])
        self.cause = re.compile(words["zero_cause"])
        self.section = re.compile(words["zero_section"])
        self.entries = {f"z{n}": entry for n, entry in enumerate(language.zeros)}
        self.objects = re.compile("|".join(f"(?P<{name}>{e.pattern})" for name, e in self.entries.items()))
        self.heads: Mapping[str, Mapping[str, str]] = language.heads

    def denied(self, passage: Passage, text: str, start: int, end: int) -> list[Denied]:
        """The objects named in `text[start:end]`, causes (因政府信息公开申请引发的) left out."""
        region = self.cause.sub(lambda m: "□" * (m.end() - m.start()), text[start:end])
        sections = passage.place.section.split(";")
        found = []
        for m in self.objects.finditer(region):
            entry = self.entries[m.lastgroup or ""]
            if not entry.sections or not set(entry.sections).isdisjoint(sections):
                end = max(stop for _, stop in m.regs)
                found.append(Denied(entry, start + m.start(), start + end))
        return found

    def figures(self, passage: Passage, masked: str, amounts: Sequence[Figure]) -> Iterator[tuple[Figure, ZeroObject]]:
        """A figure for each object that a zero word denies; `amounts` that are one of these zeros are marked spent."""
        for start, end in passage.sentences:
            seen: set[str] = set()
            for word, objects in self._statements(passage, masked, (start, end), amounts):
                for thing in objects:
                    if thing.entry.id in seen:
                        continue
                    seen.add(thing.entry.id)
                    yield _figure(passage, (start, end), word, thing), thing.entry
                for amount in amounts:
                    if objects and word[0] <= amount.start < word[1]:
                        amount.name = SPENT

    def _statements(
        self, passage: Passage, masked: str, sentence: tuple[int, int], amounts: Sequence[Figure]
    ) -> Iterator[tuple[tuple[int, int], list[Denied]]]:
        start, end = sentence
        for verb in self.verb.finditer(masked, start, end):
            close = _clause_end(masked, verb.end(), end)
            objects = self.denied(passage, masked, verb.start(), close)
            if objects and self._denies(masked, verb, objects[0].start):
                yield verb.span(), objects
        last = start
        for predicate in self.predicate.finditer(masked, start, end):
            begin = max(masked.rfind(mark, start, predicate.start()) for mark in "，；：") + 1
            if predicate.lastgroup == "figure":
                begin = max([begin, *(amount.right for amount in amounts if amount.right <= predicate.start())])
            objects = self.denied(passage, masked, max(begin, last), predicate.end())
            last = predicate.end()
            if not objects and predicate.lastgroup not in CLAUSE:
                objects = self.denied(passage, masked, start, predicate.end())
            several = len({thing.entry.id for thing in objects}) > 1
            counted = any(predicate.start() <= amount.start < predicate.end() for amount in amounts)
            if predicate.lastgroup != "figure" or several or not counted:
                yield predicate.span(), _of_kind(objects, predicate.lastgroup)

    def _denies(self, masked: str, verb: re.Match[str], first: int) -> bool:
        """Whether the zero word reaches as far as the first object."""
        between = masked[verb.end() : first]
        near = self.gap.fullmatch(between) if verb.end() - verb.start() == 1 else len(between) <= REACH
        return bool(near) and not self.block.search(between)

    def headed(self, section: str) -> bool:
        """Whether a section is of the kind whose whole text may be a zero."""
        return not self.heads.keys().isdisjoint(section.split(";"))

    def head(self, section: str, standard: str) -> str:
        """The head cell of a section whose whole text is a zero."""
        for part in section.split(";"):
            if part in self.heads:
                return self.heads[part].get(standard, "")
        return ""


SPENT = "spent"
"""The name of a plain 0 whose objects became zero claims of their own."""


def _of_kind(objects: list[Denied], group: str | None) -> list[Denied]:
    """The objects a predicate can deny: 未收取 only fees, 未发布 only channels."""
    return objects if group in (None, "figure") else [o for o in objects if o.entry.id.startswith(f"zero.{group}")]


def _clause_end(text: str, start: int, end: int) -> int:
    stop = STOP.search(text, start, end)
    return stop.start() if stop else end


def _figure(passage: Passage, sentence: tuple[int, int], word: tuple[int, int], thing: Denied) -> Figure:
    figure = Figure(passage, sentence, word[0], word[1], word[0], word[1], ZERO)
    figure.kind = "zero"
    figure.quote = (min(word[0], thing.start), max(word[1], thing.end))
    return figure
