"""What the prose states: every quantity about the disclosure work, with its link to the statistics form.

Numbers and zero words are scanned with expressions first; only the clauses that hold one become a spaCy `Doc` (jieba
tokens), on which components confirm numerals, read context, link, and find how figures hang together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from analyzer.claims.passages import Passage, passages
from analyzer.document import Block, Breakdown, Claim, Claims, Document, Enumeration, Section, Span, Tables
from analyzer.knowledge.forms import Forms
from analyzer.knowledge.language import Language

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

    from analyzer.claims.components import Reading
    from analyzer.claims.grammar import Grammar
    from analyzer.claims.quantities import Figure

NO_FORM = "none"
Regions = Sequence[tuple[int, int]]
PAGE_LEAD, MARKUP = 4, "*_#<> \t\r\n\u3000\xa0"
"""A quote that a page break cuts begins behind it with so many characters at least; marks of a format are no break."""
ASIDE = re.compile("（[^（）]*）|<[^<>]*>")
LONE = 60
"""A section whose text is only a zero is no longer than this."""


class ClaimReader:
    """Reads claims; made once a process, since spaCy and the dictionary are loaded at the first report."""

    def __init__(self, language: Language, forms: Forms) -> None:
        self.language = language
        self.forms = forms

    @cached_property
    def _grammar(self) -> Grammar:
        from analyzer.claims.grammar import Grammar

        return Grammar(self.language, self.forms)

    @cached_property
    def _pipeline(self) -> Pipeline:
        from analyzer.claims.components import COMPONENTS
        from analyzer.claims.segmenter import pipeline

        nlp = pipeline(self.language)
        for name in COMPONENTS:
            nlp.add_pipe(name)
        return nlp

    def read(self, document: Document, sections: Sequence[Section], tables: Tables, year: int | None) -> Claims:
        """The claims of the prose outside `tables.regions`, linked to the form found, else to the year's."""
        from analyzer.claims.components import Page, Reading, window

        grammar = self._grammar
        standard = tables.standard if tables.standard != NO_FORM else self.forms.expected(year)
        pages = []
        for passage in passages(document.paragraphs, sections, tables.regions, grammar.folding):
            masked = grammar.quantities.mask(passage.text)
            figures = list(grammar.quantities.figures(passage, masked))
            if figures or grammar.zeros.verb.search(masked) or grammar.zeros.predicate.search(masked):
                pages.append(Page(passage, masked, figures))
        reading = Reading(grammar, standard, year, pages)
        doc = self._pipeline.make_doc(window(reading))
        doc._.reading = reading
        self._pipeline(doc)
        return _claims(reading, document, sections, tables.regions)


def _claims(reading: Reading, document: Document, sections: Sequence[Section], regions: Regions) -> Claims:
    figures = [figure for page in reading.pages for figure in page.figures]
    figures += _section_zeros(reading, document, (sections, regions), figures)
    figures.sort(key=lambda f: (f.passage.span(f.start, f.end).start, f.quote[1]))
    index = {id(figure): number for number, figure in enumerate(figures)}
    claims = tuple(_claim(figure, index, document) for figure in figures)
    breakdowns = tuple(
        Breakdown(
            index[id(split.total)],
            tuple(index[id(part)] for part in split.parts),
            split.complete,
            split.total.passage.span(
                min(split.total.quote[0], split.parts[0].quote[0]), max(split.total.right, split.parts[-1].right)
            ),
        )
        for split in reading.splits
    )
    listed = tuple(
        Enumeration(index[id(found.figure)], found.items, found.closed, found.span) for found in reading.items
    )
    return Claims(claims, breakdowns, listed)


def _whole(figure: Figure, document: Document) -> Span:
    """The quote in the text; where page furniture stands in it, only what follows, if words stand there too."""
    passage, (begin, end) = figure.passage, figure.quote
    span = passage.span(begin, end)
    if len(passage.block.pieces) > 1:
        number = passage.span(figure.left, figure.right).start
        breaks = [
            second
            for (_, first), (second, _) in pairwise(passage.block.pieces)
            if span.start < second <= number - PAGE_LEAD and document.text[first:second].strip(MARKUP)
        ]
        span = Span(breaks[-1], span.end) if breaks else span
    return span


def _claim(figure: Figure, index: dict[int, int], document: Document) -> Claim:
    passage, quantity = figure.passage, figure.quantity
    return Claim(
        span=_whole(figure, document),
        number=passage.span(figure.start, figure.end),
        sentence=passage.span(*figure.sentence),
        value=quantity.value,
        unit="".join(passage.printed(*figure.unit_at).split()) if figure.unit_at[1] else figure.unit,
        low=quantity.low,
        high=quantity.high,
        approximate=quantity.approximate,
        kind=figure.kind,
        period=figure.period or ("" if figure.indicator else "this_year"),
        scope=figure.scope,
        section=passage.place.section,
        indicator=figure.indicator,
        firm=figure.firm,
        pattern=figure.pattern.id if figure.pattern else figure.name,
        whole=index.get(id(figure.whole)) if figure.whole is not None else None,
        note=figure.note,
    )


def _section_zeros(
    reading: Reading, document: Document, parts: tuple[Sequence[Section], Regions], found: Sequence[Figure]
) -> list[Figure]:
    """One claim for each section whose whole text outside its tables is 无, on the section's head cell."""
    from analyzer.claims.quantities import Figure
    from analyzer.claims.zeros import ZERO

    zeros, (sections, regions) = reading.grammar.zeros, parts
    lone: dict[int, str] = {}
    ends: dict[int, int] = {}
    for section in sections:
        if not zeros.headed(section.section):
            continue
        text = _outside(document, section, regions)
        if 0 < len(text) <= LONE:
            lone[section.body], ends[section.body] = text, section.end
    taken = {(figure.passage.block.start, figure.passage.shift) for figure in found}
    made = []
    for passage in passages(_within(document, ends), sections, regions, reading.grammar.lone_zero) if lone else ():
        match = zeros.section.fullmatch(passage.text)
        if match is None or (passage.block.start, passage.shift) in taken or not _alone(passage, lone, ends):
            continue
        key = zeros.head(passage.place.section, reading.standard)
        end, whole = match.end(1), (0, len(passage.text))
        figure = Figure(passage, whole, 0, end, 0, end, ZERO)
        figure.kind, figure.quote, figure.name = "section_zero", whole, "section.zero"
        figure.indicator = key if key and reading.grammar.forms.resolve(reading.standard, key) else ""
        made.append(figure)
    return made


def _within(document: Document, ends: Mapping[int, int]) -> Iterator[Block]:
    """The paragraphs in these parts (begin: end) of the text."""
    for block in document.paragraphs:
        start, end = block.start, block.end
        for a, b in ends.items():
            if a < end and start < b:
                yield block
                break


def _outside(document: Document, section: Section, regions: Regions) -> str:
    """The text of a section without its tables, what belongs to the page, notes in brackets, marks and blanks."""
    kept, here = [], section.body
    for start, end in regions:
        if section.body < end and start < section.end:
            kept.append(document.said(here, max(here, start)))
            here = max(here, end)
    return ASIDE.sub("", re.sub(r"[\s*_#]", "", "".join([*kept, document.said(here, section.end)])))


def _alone(passage: Passage, lone: Mapping[int, str], ends: Mapping[int, int]) -> bool:
    """Whether the passage is all the text of a section."""
    start = passage.span(0, 1).start
    return any(a <= start < ends[a] and len(text) <= len(passage.text) + 2 for a, text in lone.items())
