"""What the domain's data state themselves: the examples of headings and of patterns, as examples for the models."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer import dictionary
from analyzer.claims import ClaimReader
from analyzer.classifier import NONE, figures, headings
from analyzer.classifier.fitting import Example
from analyzer.document import Block, Document, Section, Tables
from analyzer.knowledge import Knowledge
from analyzer.knowledge.language import Pattern
from analyzer.knowledge.outline import Outline

MARKED = re.compile("【(.+?)】")
PLACE = "overview"
"""The section of an example that names none."""


def stated_headings(known: Knowledge) -> tuple[Example, ...]:
    """The headings that are certainly of one class, each without a report round it."""
    dictionary.load(known.language.lexicon)
    return tuple(
        Example(headings.bare(text, known.outline), entry.section, text)
        for entry in known.outline.headings
        if ";" not in entry.section
        for text in entry.examples
    )


def stated_claims(known: Knowledge) -> tuple[Example, ...]:
    """The sentences of the patterns, with the cell that the marked number states on each form."""
    reader, outline = ClaimReader(known.language, known.forms), known.outline
    made: list[Example] = []
    for pattern in known.language.patterns:
        for text in pattern.examples:
            for form in known.forms.standards:
                made += _marked(reader, pattern, text, (form.id, outline))
    return tuple(made)


def _marked(reader: ClaimReader, pattern: Pattern, text: str, form: tuple[str, Outline]) -> Iterator[Example]:
    """The claim that the mark in an example shows, if the example is read so on this form."""
    standard, outline = form
    place, _, sentence = text.rpartition("|")
    mark = MARKED.search(sentence)
    if mark is None:
        return
    prose = MARKED.sub(lambda found: found[1], sentence)
    document = Document(prose, (Block(prose, ((0, len(prose)),)),), "text")
    tree = (Section(1, 1, "", place or PLACE, 1.0, 0, len(prose), 0),)
    said = reader.read(document, tree, Tables(standard, ()), None).claims
    key = (pattern.target or {}).get(standard, "")
    for at, claim in enumerate(said):
        inside = mark.start() <= claim.number.start < mark.start() + len(mark[1])
        if inside and claim.kind == "amount" and claim.period == "this_year" and "+" not in key:
            known = key if reader.forms.resolve(standard, key) else ""
            words = figures.features(said, at, prose, form)
            yield Example(words, known or NONE, figures.clause(claim, prose, outline))
