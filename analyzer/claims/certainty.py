"""Whether every word before a number is understood: only then is a contradiction with its cell sure."""

from __future__ import annotations

import re

from analyzer.claims.linking import Linker
from analyzer.claims.quantities import Figure
from analyzer.knowledge.language import Language

QUALIFIED = "qualified"
"""The note of a claim whose clause holds words that nobody here understands."""
WORD = re.compile(r"[^\W\d_]")
LITERAL = re.compile(r"[\u4e00-\u9fff]+")
CLASS = re.compile(r"\[[^\]]*\]")


class Certainty:
    """The words that change nothing (verbs, this year, this body), and the patterns before which any subject stands."""

    def __init__(self, language: Language, linker: Linker) -> None:
        self.neutral = re.compile(language.words["neutral"])
        self.first = re.compile(language.words["neutral_first"])
        self.running = re.compile(language.words["neutral_dated"])
        self.dated = re.compile(language.words["dated"])
        self.free = frozenset(language.free)
        self.expressions = {rule.entry.id: rule.entry.pattern for rule in linker.rules}
        self._own: dict[str, re.Pattern[str]] = {}

    def qualified(self, figure: Figure) -> bool:
        """Whether the clause holds words before the number that neither its pattern names nor are known to change
        nothing: they may narrow it to a part, or to something else (当场答复3件, 另一机关作出行政处罚3件)."""
        if figure.pattern is None or figure.pattern.id in self.free:
            return False
        rest = self.first.sub("，", figure.lead)
        if self.running.search(rest) and self.dated.search(figure.passage.text, figure.sentence[0], figure.left):
            rest = self.running.sub("，", rest)
        rest = self._words(figure.pattern.id).sub("，", rest)
        return WORD.search(self.neutral.sub("", rest)) is not None

    def _words(self, name: str) -> re.Pattern[str]:
        """The words that a pattern names, the longest first."""
        if name not in self._own:
            words = set(LITERAL.findall(CLASS.sub("", self.expressions[name])))
            self._own[name] = re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))) or r"(?!)")
        return self._own[name]
