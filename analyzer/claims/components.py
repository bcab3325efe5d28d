"""The pipeline's components: each takes the `Doc` of a report's candidate clauses and works on its `Doc._.reading`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from analyzer.claims.certainty import QUALIFIED
from analyzer.claims.context import (
    BREAK,
    Setting,
    Topics,
    clauses,
    default_topic,
    distribute,
    doubles,
    growth,
    topics_named,
)
from analyzer.claims.items import Items, enumerations
from analyzer.claims.linking import link, target
from analyzer.claims.outcomes import outcomes
from analyzer.claims.passages import Passage
from analyzer.claims.quantities import Figure
from analyzer.claims.rows import set_apart, share_units, turns
from analyzer.claims.segmenter import borders
from analyzer.claims.settling import Said, settle_page, settle_sentence
from analyzer.claims.structure import Split, recount_channels, shares, splits, stretches, unlink_general
from analyzer.claims.zeros import SPENT

if TYPE_CHECKING:
    from analyzer.claims.grammar import Grammar


@dataclass(slots=True)
class Page:
    """A passage with what is read from it."""

    passage: Passage
    masked: str
    figures: list[Figure]

    def sentences(self) -> list[list[Figure]]:
        """Its figures, sentence by sentence."""
        return [list(group) for _, group in groupby(self.figures, key=lambda f: f.sentence)]


@dataclass(slots=True)
class Reading:
    """One report on its way through the pipeline; `windows` are (offset in the Doc, page, offset in the passage)."""

    grammar: Grammar
    standard: str
    year: int | None
    pages: list[Page]
    windows: list[tuple[int, int, int]] = field(default_factory=list)
    splits: list[Split] = field(default_factory=list)
    items: list[Items] = field(default_factory=list)


Doc.set_extension("reading", default=None, force=True)


def window(reading: Reading) -> str:
    """The clauses that hold a Chinese numeral, which tokens must confirm, one a line; fills `reading.windows`."""
    lines: list[str] = []
    offset = 0
    for number, page in enumerate(reading.pages):
        text, done = page.passage.text, 0
        for figure in page.figures:
            if not figure.chinese:
                continue
            if figure.start < done:
                figure.window = len(reading.windows) - 1
                continue
            start = max(text.rfind(mark, 0, figure.left) for mark in "，；：。") + 1
            stop = BREAK.search(text, figure.right)
            done = stop.start() if stop else len(text)
            figure.window = len(reading.windows)
            reading.windows.append((offset, number, start))
            lines.append(text[start:done])
            offset += done - start + 1
    return "\n".join(lines)


@Pipeline.component("claim_quantities")
def quantities(doc: Doc) -> Doc:
    """Drop Chinese numerals that are part of a word by jieba's tokens (一站式, 统一, 第一)."""
    reading: Reading = doc._.reading
    edges = borders(doc)
    for page in reading.pages:
        page.figures = [f for f in page.figures if not f.chinese or _stands_alone(f, reading, edges)]
    return doc


def _stands_alone(figure: Figure, reading: Reading, edges: set[int]) -> bool:
    offset, _, start = reading.windows[figure.window]
    shift = offset - start
    begins = figure.start + shift in edges or figure.left + shift in edges
    ends = figure.right + shift in edges or figure.end + shift in edges
    return begins and ends


@Pipeline.component("claim_contexts")
def contexts(doc: Doc) -> Doc:
    """Clause, topic, period and scope of every figure; changes become `growth`."""
    reading: Reading = doc._.reading
    cues, rows = reading.grammar.cues, reading.grammar.rows
    for page in reading.pages:
        if not page.figures:
            continue
        default, named = default_topic(page.passage, cues), topics_named(page.figures, page.masked, cues)
        more: list[Figure] = []
        for sentence in page.sentences():
            clauses(sentence, page.masked, cues)
            distribute(sentence, page.masked, cues)
            if "各" in page.masked:
                twins = doubles(sentence, page.masked, cues)
                more += twins
                sentence += twins
            share_units(sentence, page.masked, rows)
            set_apart(sentence, page.masked, rows)
            turned = turns(sentence, page.masked, rows)
            topics, setting = Topics(sentence, named, default), Setting(sentence, reading.year, cues)
            for figure in sentence:
                figure.topics = topics.at(figure)
                if growth(figure, cues):
                    figure.kind = "growth"
                figure.period, figure.scope = setting.period(figure), setting.scope(figure)
            for old, new in turned:
                old.period, new.period = "last_year", old.period if old.period in ("plan", "") else "this_year"
        if more:
            page.figures = sorted([*page.figures, *more], key=lambda f: (f.start, f.lead))
    return doc


@Pipeline.component("claim_links")
def links(doc: Doc) -> Doc:
    """The cell of every amount, then what counts as a claim at all."""
    reading: Reading = doc._.reading
    grammar = reading.grammar
    place, said = (reading.standard, grammar.forms), Said(grammar.settling)
    for page in reading.pages:
        for sentence in page.sentences():
            link(sentence, page.masked, grammar.linker, reading.standard, grammar.forms)
            unlink_general(sentence, page.masked, grammar.splits)
            settle_sentence(sentence, page.masked, grammar.settling, place)
            said.hear(sentence, page.masked)
        settle_page(page.figures, page.masked, grammar.settling, place)
        page.figures = _kept(page, grammar)
        for figure in page.figures:
            if figure.indicator and figure.firm and grammar.certainty.qualified(figure):
                figure.note = QUALIFIED
    return doc


def _kept(page: Page, grammar: Grammar) -> list[Figure]:
    """The figures about disclosure, and those that stand in one row with them, as parts of what they count."""
    kept: list[Figure] = []
    for figure in page.figures:
        joined = (
            bool(kept)
            and figure.kind == "amount"
            and figure.unit == kept[-1].unit
            and grammar.rows.joined(page.masked, kept[-1], figure)
        )
        if joined or grammar.filter.keeps(figure, page.masked):
            kept.append(figure)
    return kept


@Pipeline.component("claim_zeros")
def zeros(doc: Doc) -> Doc:
    """Zeros said in words, one figure for each object denied."""
    reading: Reading = doc._.reading
    grammar = reading.grammar
    for page in reading.pages:
        found = []
        for figure, entry in grammar.zeros.figures(page.passage, page.masked, page.figures):
            setting = Setting([figure], reading.year, grammar.cues)
            figure.period, figure.scope = setting.period(figure), setting.scope(figure)
            key = target(entry.target, reading.standard, grammar.forms)
            figure.indicator = key if figure.period == "this_year" else ""
            figure.name = entry.id
            found.append(figure)
        kept = [f for f in page.figures if f.name != SPENT and not _denied(f, found)]
        page.figures = sorted([*kept, *found], key=lambda f: (f.start, f.quote[1]))
    return doc


def _denied(figure: Figure, zeros: Sequence[Figure]) -> bool:
    """Whether a numeral is only the 一 of a zero that is told already (无一起行政复议)."""
    nothing = figure.chinese and figure.quantity.value == 0
    return nothing and any(zero.quote[0] <= figure.start < zero.quote[1] for zero in zeros)


@Pipeline.component("claim_structure")
def structure(doc: Doc) -> Doc:
    """Totals with parts, shares with their base, lists with their count."""
    reading: Reading = doc._.reading
    grammar = reading.grammar
    for page in reading.pages:
        told: list[Figure] = []
        sentences = page.sentences()
        for stretch in stretches(sentences, page.masked, grammar.splits):
            found = splits(stretch, page.masked, grammar.splits)
            recount_channels(found, *grammar.recount)
            reading.splits.extend(found)
        for sentence in sentences:
            shares(sentence, grammar.splits)
            reading.items.extend(enumerations(sentence, page.masked, grammar.items))
            told.extend(outcomes(sentence, page.masked, grammar.outcomes, (reading.standard, grammar.forms)))
        page.figures = sorted([*page.figures, *told], key=lambda f: (f.start, f.quote[1])) if told else page.figures
    return doc


COMPONENTS = ("claim_quantities", "claim_contexts", "claim_links", "claim_zeros", "claim_structure")


class ClaimFilter:
    """Which numbers with a unit say something about the disclosure work."""

    def __init__(self, words: dict[str, str]) -> None:
        self.thing = re.compile(words["thing_context"])
        self.places = re.compile(words["places"])
        self.published = re.compile(words["foreign_never"])
        self.foreign = re.compile(words["foreign"])
        self.single = re.compile(words["single"])
        self.bare = re.compile(words["bare_context"])
        self.slogan = re.compile(words["slogan"])
        self.money = re.compile(words["money_context"])

    def keeps(self, figure: Figure, masked: str) -> bool:
        """Linked figures stay; of the others, those whose words are about disclosure."""
        if figure.pattern is not None and (figure.indicator or figure.unit_kind not in ("", "weak")):
            return True
        clause = f"{figure.lead}#{figure.tail}"
        if not figure.unit:
            return self.bare.search(figure.lead) is not None
        if figure.chinese and figure.quantity.value == 0 and figure.quantity.high == 0:
            return False
        if figure.chinese and figure.quantity.value == 1 and not figure.quantity.approximate:
            lead = masked[max(figure.sentence[0], figure.left - 14) : figure.left]
            if not self.single.search(lead):
                return False
        if figure.unit_kind == "money":
            return self.money.search(masked, *figure.sentence) is not None
        if figure.unit_kind == "weak" or self._is_foreign(figure, clause):
            return False
        if self.slogan.search(masked, figure.sentence[0], figure.right):
            return False
        return figure.unit_kind != "thing" or bool(self.thing.search(clause)) or not self.places.search(clause)

    def _is_foreign(self, figure: Figure, clause: str) -> bool:
        """Whether the number counts people's lives (households, patients), not what is published about them."""
        if figure.unit_kind == "piece" or not self.foreign.search(clause):
            return False
        return figure.unit_kind == "person" or not self.published.search(clause)
