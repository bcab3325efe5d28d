"""Numbers with their units, read from folded text: what is a quantity, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analyzer.claims.passages import Passage
from analyzer.document import ClaimKind, Period, Scope
from analyzer.knowledge.language import Language, Pattern, Unit
from analyzer.numerals import CHINESE, MYRIADS, VAGUE, BoundKind, Quantity, bent, parse_number

MASK = "□"
ARABIC = r"(?<![0-9A-Za-z.])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|(?<![0-9A-Za-z.])[0-9]+(?:\.[0-9]+)?"
SCALE = "[" + "".join(MYRIADS) + "千" + "百]"
NUMBER = rf"(?:{ARABIC})(?:{SCALE}+(?:[0-9]+{SCALE})*)?"
SMALL = 5
"""Up to here 不少于 and 至少 ask for something; results are larger."""
REQUIRED = 16
"""So far before a number stands the word that asks for it."""
HANZI_DIGIT = re.compile(CHINESE)
ONE, NOTHING = ("一", "1"), Quantity(0, 0, 0, False)
NONE_REACH = 6
"""无一起 is no case at all."""


@dataclass(slots=True, eq=False)
class Figure:
    """A number on its way to a claim, with offsets in its passage: `start`…`end` the number, `left` its bending words
    before it, `right` one past unit and bending words behind it; patterns are tried on `lead` and `tail` (`filler`: the
    words left out between lead and number); one that is `apart` counts for each of several and is no cell's number;
    `stated` is the year that is its own (2021年、2022年分别为3件、5件).
    """

    passage: Passage
    sentence: tuple[int, int]
    start: int
    end: int
    left: int
    right: int
    quantity: Quantity
    unit: str = ""
    unit_kind: str = ""
    unit_at: tuple[int, int] = (0, 0)
    kind: ClaimKind = "amount"
    bracket: int = -1
    lead: str = ""
    tail: str = ""
    filler: str = ""
    apart: bool = False
    stated: str = ""
    quote: tuple[int, int] = (0, 0)
    topics: tuple[str, ...] = ()
    period: Period = "this_year"
    scope: Scope = ""
    indicator: str = ""
    pattern: Pattern | None = None
    name: str = ""
    firm: bool = True
    note: str = ""
    whole: Figure | None = None
    window: int = field(default=-1)

    @property
    def chinese(self) -> bool:
        """Whether the number begins with a Chinese numeral, whose borders the tokens must confirm."""
        return HANZI_DIGIT.match(self.passage.text, self.start) is not None


class QuantityGrammar:
    """The expressions of `Language` for numbers, compiled once."""

    def __init__(self, language: Language) -> None:
        self.units: dict[str, Unit] = {unit.word: unit for unit in language.units}
        self.bounds: dict[tuple[str, str], BoundKind] = {(b.place, b.word): b.kind for b in language.bounds}
        self.number = re.compile(self._expression(language))
        self.before = re.compile(rf"(?:{_bounds(language, 'before')})$")
        starts = "".join(sorted({c for c in CHINESE if c not in "[]"})) + "0-9" + language.words["trap_starts"]
        self.traps = re.compile(rf"(?=[{starts}])(?:" + "|".join(trap.pattern for trap in language.traps) + ")")
        self.vague_starts = language.words["vague_starts"]
        self.none = re.compile(language.words["none_before"])
        self.requirement = re.compile(language.words["requirement"])
        self.requirement_context = re.compile(language.words["requirement_context"])

    def _expression(self, language: Language) -> str:
        units = "|".join(
            f"{u.word}(?!{u.not_before})" if u.not_before else u.word
            for u in sorted(language.units, key=lambda u: -len(u.word))
        )
        inside, after = _bounds(language, "inside"), _bounds(language, "after")
        apart = rf"(?<!{language.words['blank_not_after']})[0-9]{{1,3}}(?: [0-9]{{3}})+(?=(?:{inside})?(?:{units}))"
        fraction = language.words["fraction"]
        point = rf"(?<={fraction}){CHINESE}+点{CHINESE}+"
        number = rf"(?:{language.vague})|{apart}|{NUMBER}|{point}|{CHINESE}+"
        return (
            rf"(?=[0-9{language.words['vague_starts']}]|{CHINESE})(?P<fraction>{language.words['fraction']})?(?P<number>{number})"
            rf"(?P<inside>{inside})?(?P<myriad>{SCALE}+)?(?P<inside2>{inside})?"
            rf"(?:(?:(?P<percent>{language.words['percent']})|(?P<point>{language.words['point']})"
            rf"|(?P<unit>{units}))(?P<after>{after})?|(?P<bare>(?=[，。；）]|、[^，。；0-9]{{0,16}}[0-9]|$)))"
        )

    def mask(self, text: str) -> str:
        """`text` with dates, document numbers, titles and the like made unreadable, length kept."""
        return self.traps.sub(lambda m: MASK * (m.end() - m.start()), text)

    def figures(self, passage: Passage, masked: str) -> Iterator[Figure]:
        """Every number of the passage with a unit or percent sign, and bare ones before a mark."""
        for start, end in passage.sentences:
            for found in self.number.finditer(masked, start, end):
                figure = self._figure(passage, (start, end), found, masked)
                if figure is not None and not self._required(figure, masked):
                    yield figure

    def _figure(self, passage: Passage, sentence: tuple[int, int], found: re.Match[str], masked: str) -> Figure | None:
        text = found["number"]
        if found["bare"] is not None and not found["fraction"] and (found["inside"] or not text[0].isdigit()):
            return None
        vague = not text[0].isdigit() and parse_number(text) is None
        if vague and text[0] not in self.vague_starts:
            return None
        start, end = found.start(), found.end("myriad" if found["myriad"] else "number")
        before = self.before.search(masked, max(sentence[0], start - 4), start)
        quantity = VAGUE if vague else self._bent(found, before[0] if before else "")
        left = before.start() if before else start
        figure = Figure(passage, sentence, start, end, left, found.end(), quantity)
        if (
            quantity.value == 1
            and text in ONE
            and self.none.search(masked, max(sentence[0], start - NONE_REACH), start)
        ):
            figure.quantity = NOTHING
        if found["percent"] or found["point"] or found["fraction"]:
            figure.kind, figure.unit, figure.unit_kind = "share", found["percent"] or found["point"] or "%", "percent"
        elif found["unit"]:
            figure.unit, figure.unit_kind = found["unit"], self.units[found["unit"]].kind
            figure.unit_at = found.span("unit")
        return figure

    def _bent(self, found: re.Match[str], before: str) -> Quantity:
        scaled = found["number"] + (found["myriad"] or "")
        value = parse_number(scaled)
        assert value is not None
        rounded = scaled[-1] in MYRIADS and scaled[0].isdigit()
        words = (("inside", found["inside"] or found["inside2"]), ("before", before), ("after", found["after"]))
        kind = next((self.bounds[place, word] for place, word in words if word), None)
        return bent(value, kind, rounded=rounded)

    def _required(self, figure: Figure, masked: str) -> bool:
        """Whether the number is a minimum or maximum that is asked for, not a result."""
        if not self.requirement.search(masked, max(figure.sentence[0], figure.start - REQUIRED), figure.start):
            return False
        value = figure.quantity.value
        small = value is not None and value <= SMALL
        return small or self.requirement_context.search(masked, *figure.sentence) is not None


def _bounds(language: Language, place: str) -> str:
    chosen = sorted((b for b in language.bounds if b.place == place), key=lambda b: -len(b.word))
    return "|".join(f"(?<![{b.not_after}]){b.word}" if b.not_after else b.word for b in chosen)
