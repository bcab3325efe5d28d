"""Whether a text is an annual report on government information disclosure at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from analyzer.document import Document, Section
from analyzer.knowledge.outline import Outline
from analyzer.sections.headings import SURE
from analyzer.sections.titles import find_title, named_titles

CORE = ("proactive_disclosure", "requests", "review_litigation", "fees", "problems", "other_matters")
AHEAD = 10
ARTICLES = 4
ENOUGH = 3
SCANT = 15


def is_report(document: Document, sections: Sequence[Section], outline: Outline) -> bool:
    """Whether the text is an annual report on government information disclosure."""
    return not refusal(document, sections, outline)


def refusal(document: Document, sections: Sequence[Section], outline: Outline) -> str:
    """Why the text is no annual report, or empty: `subject` (nothing about disclosure), `statute`, `other` (another
    kind of paper), `news`, `empty` (a title only), `unlike` (no title and too little that a report would say)."""
    patterns, text = outline.patterns, document.text
    if not patterns.subject.finds(text) and not patterns.subject.finds(document.title):
        return "subject"
    core = {i for s in sections if s.confidence >= SURE for i in s.section.split(";")} & set(CORE)
    if len(patterns.statute.regex.findall(text)) >= ARTICLES and len(core) < ENOUGH:
        return "statute"
    title = find_title(document, outline) or next(named_titles([document.title], outline), None)
    if title is None:
        return _untitled(document, core, outline)
    relayed = patterns.relayed.finds(text[title.end : title.end + 400])
    if len(core) < ENOUGH and relayed and patterns.news.finds(title.text):
        return "news"
    if _demands(text, outline) and len(core) < ENOUGH and not _said(text, outline):
        return "other"
    return "empty" if len(text[title.end :].strip()) < SCANT else ""


def _untitled(document: Document, core: set[str], outline: Outline) -> str:
    """The reason against a text without the title of a report."""
    patterns = outline.patterns
    if len(core) > ENOUGH:
        return ""
    short = [outline.fold(b.text) for b in document.paragraphs if b.text.strip()][:AHEAD]
    heads = [h for h in (*short, outline.fold(document.title)) if 4 <= len(h) <= outline.lengths.title]
    joined = [a + b for a, b in pairwise(short) if len(a + b) <= outline.lengths.title]
    if any(patterns.other_title.finds(head) for head in (*heads, *joined)) or _demands(document.text, outline):
        return "other"
    said = _said(document.text, outline)
    account = patterns.account.finds(document.text)
    if patterns.relayed.finds(document.text[:400]) and len(core) < ENOUGH:
        return "news"
    if len(core) >= ENOUGH or (account and (core or said > 1)) or said >= ENOUGH:
        return ""
    return "unlike"


def _said(text: str, outline: Outline) -> int:
    """How many of the core sections some sentence speaks to."""
    return sum(outline.mentions(text, section) for section in CORE)


def _demands(text: str, outline: Outline) -> bool:
    return outline.patterns.demand.finds(text)
