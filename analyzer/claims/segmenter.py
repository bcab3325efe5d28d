"""The spaCy pipeline: a blank Chinese tokenizer over jieba with the product's lexicon, and the components that read
figures, zeros, links and structure from the windows of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc

from analyzer import dictionary
from analyzer.knowledge.language import Language

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline


def pipeline(language: Language) -> Pipeline:
    """A blank `zh` pipeline that segments with jieba."""
    dictionary.load(language.lexicon)
    return spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})


def borders(doc: Doc) -> set[int]:
    """Offsets at which a token of `doc` begins or ends."""
    starts = {token.idx for token in doc}
    return starts | {token.idx + len(token) for token in doc}
