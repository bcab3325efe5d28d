"""Which frames a part is made of, so that a report neither repeats nor contradicts itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from analyzer.knowledge import templates
from analyzer.knowledge.grammar import Body, Frame, Grammar, Scoped
from analyzer.synthesis.draft import Sentence
from analyzer.synthesis.frames import Facts, realise

ONCE = frozenset({"basis", "period", "contact"})
"""Duties that a report fulfils once; since 2021 the fee is told of in one place too."""
SAID_OFTEN = 3
"""How often a report states the same number at most."""
MANY = frozenset({31, 92})
"""Patterns of the handbook whose numbers are of a different thing each time."""
TELLING = 3
"""How much rather a frame with numbers is taken than one without."""


class Chosen(NamedTuple):
    """A sentence with its frame's place in the grammar, by which a part is ordered."""

    place: int
    sentence: Sentence


@dataclass(slots=True)
class Selection:
    """What one report has said so far; draws further frames for it."""

    rng: Random
    grammar: Grammar
    body: Body
    standard: str
    facts: Facts
    used: set[str] = field(default_factory=set)
    said: Counter[str] = field(default_factory=Counter)
    patterns: set[int] = field(default_factory=set)
    met: set[str] = field(default_factory=set)

    def suits(self, entry: Scoped) -> bool:
        """Whether the report can use a title, heading, frame …"""
        return entry.suits(self.standard, self.body.level, self.body.kind)

    def pick(self, sections: Collection[str], count: int, *, duty: str = "") -> list[Chosen]:
        """Up to `count` sentences for a part of these classes, with `duty` only those that fulfil it."""
        here: set[str] = set()
        chosen: list[Chosen] = []
        for place, frame in self._shuffled(sections, duty):
            if len(chosen) == count:
                break
            sentence = self._usable(frame, here)
            if sentence is not None:
                self._keep(frame, sentence)
                here |= stated(sentence)
                chosen.append(Chosen(place, sentence))
        return chosen

    def whole(self, sections: Sequence[str]) -> list[Chosen]:
        """A sentence that says that nothing of the kind occurred, as all that the part says."""
        for place, frame in self._shuffled(sections, ""):
            if says_whole(frame) and set(sections) <= set(frame.section):
                sentence = realise(self.rng, frame, self.facts)
                if sentence is not None:
                    self._keep(frame, sentence)
                    return [Chosen(place, sentence)]
        return []

    def _shuffled(self, sections: Collection[str], duty: str) -> Iterator[tuple[int, Frame]]:
        """The frames that can stand there, those with numbers rather at the front."""
        ranked = []
        for place, frame in enumerate(self.grammar.frames):
            if not self.suits(frame) or set(sections).isdisjoint(frame.section) or (duty and duty not in frame.content):
                continue
            weight = frame.weight * (TELLING if frame.handbook else 1) * (1 + len(frame.sums))
            ranked.append((self.rng.random() ** (1 / weight), place, frame))
        ranked.sort(key=lambda entry: (-entry[0], entry[1]))
        return ((place, frame) for _, place, frame in ranked)

    def _usable(self, frame: Frame, here: set[str]) -> Sentence | None:
        if says_whole(frame) or (frame.once and frame.id in self.used) or self._told(frame):
            return None
        sentence = realise(self.rng, frame, self.facts)
        if sentence is None or self._repeats(sentence, here):
            return None
        return None if self._clashes(frame, sentence) else sentence

    def _told(self, frame: Frame) -> bool:
        """Whether the report has its period, contact … already."""
        single = ONCE | {"fees"} if self.standard == "2021" else ONCE
        return not self.met.isdisjoint(single.intersection(frame.content))

    def _repeats(self, sentence: Sentence, here: set[str]) -> bool:
        """Whether its first number, or half of them, stand in this part already, or one often enough in the report."""
        sources = [label.source for label in sentence.labels if label.source]
        if not sources:
            return False
        again = sum(source in here for source in sources)
        return sources[0] in here or 2 * again >= len(sources) or any(self.said[s] >= SAID_OFTEN for s in sources)

    def _clashes(self, frame: Frame, sentence: Sentence) -> bool:
        """Whether it states a number of its own of a kind that another frame has stated."""
        own = any(not label.source and label.parts is None for label in sentence.labels)
        return own and not self.patterns.isdisjoint(set(frame.handbook) - MANY)

    def _keep(self, frame: Frame, sentence: Sentence) -> None:
        self.used.add(frame.id)
        self.met.update(frame.content)
        self.said.update(stated(sentence))
        if any(not label.source and label.parts is None for label in sentence.labels):
            self.patterns.update(frame.handbook)


def stated(sentence: Sentence) -> set[str]:
    """The roles and cells whose numbers a sentence states."""
    return {label.source for label in sentence.labels if label.source}


def says_whole(frame: Frame) -> bool:
    """Whether the frame is the zero of a whole part."""
    return any(zero.source == "section" for zero in templates.zeros(frame.nodes))
