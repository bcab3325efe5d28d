"""Whether a text is an annual report on government information disclosure at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analyzer.document import Document, Section
from analyzer.knowledge.outline import Outline
from analyzer.sections.headings import SURE
from analyzer.sections.titles import find_title, named_titles

STOP = re.compile("[。，：:；]")
CORE = ("proactive_disclosure", "requests", "review_litigation", "fees", "problems", "other_matters")
AHEAD = 10
ARTICLES = 4
ENOUGH = 3
SCANT = 15
SURE_TITLE = 4
HEADLINE = 90
ACCOUNT = 1500
PER = 1500
FEWEST = 2


def is_report(document: Document, sections: Sequence[Section], outline: Outline) -> bool:
    """Whether the text is an annual report on government information disclosure."""
    return not refusal(document, sections, outline)


def refusal(document: Document, sections: Sequence[Section], outline: Outline) -> str:
    """Why the text is no annual report, or empty: `subject` (nothing about disclosure), `statute`, `other` (another
    kind of paper), `news`, `empty` (a title only), `unlike` (no title and too little that a report would say)."""
    patterns, text = outline.patterns, outline.simplified(document.text)
    if not patterns.subject.finds(text) and not patterns.subject.finds(document.title):
        return "subject"
    core = _classes(sections) & set(CORE)
    title = find_title(document, outline) or next(named_titles([document.title], outline), None)
    if title is not None and len(core) >= ENOUGH:
        return ""
    if len(patterns.statute.regex.findall(text)) >= ARTICLES and len(core) < ENOUGH:
        return "statute"
    if title is None or not title.worth:
        return _untitled(document, sections, text, outline)
    relayed = patterns.relayed.finds(text[title.end : title.end + 400])
    if relayed and patterns.news.finds(title.text):
        return "news"
    if title.worth < SURE_TITLE and _demands(text, outline) and not _said(text, outline):
        return "other"
    if len(text[title.end :].strip()) < SCANT:
        return "empty"
    body = text[title.end :]
    spoken = patterns.subject.finds(body) or patterns.account.finds(body) or _said(body, outline)
    return "" if spoken else "unlike"


def _untitled(document: Document, sections: Sequence[Section], text: str, outline: Outline) -> str:
    """The reason against a text without the title of a report."""
    patterns, classes = outline.patterns, _classes(sections)
    core = classes & set(CORE)
    if len(core) > ENOUGH:
        return ""
    if _headed(document, sections, outline) or _demands(text, outline):
        return "other"
    if patterns.relayed.finds(text[:400]) and len(core) < ENOUGH:
        return "news"
    count = len(patterns.subject.regex.findall(text))
    account = patterns.account.finds(text[:ACCOUNT])
    if PER * count < len(text) or (count < FEWEST and not account):
        return "unlike"
    said = _said(text, outline)
    return "" if len(core) > 1 or said > 1 or (account and (core or said or "overview" in classes)) else "unlike"


def _headed(document: Document, sections: Sequence[Section], outline: Outline) -> bool:
    """Whether a line before the first section, or two of them together, is the title of another kind of paper."""
    patterns = outline.patterns
    first = min((s.start for s in sections if s.heading), default=len(document.text) + 1)
    early = [b.text for b in document.paragraphs if b.start < first and b.text.strip()][:AHEAD]
    short = [outline.fold(text) for text in early if len(text) <= HEADLINE and not STOP.search(text)]
    joined = [a + b for a, b in pairwise(short)]
    heads = [h for h in (*short, *joined, outline.fold(document.title)) if 4 <= len(h) <= outline.lengths.title]
    return any(
        patterns.other_title.finds(h) or (patterns.title_end.finds(h) and not patterns.subject.finds(h)) for h in heads
    )


def _classes(sections: Sequence[Section]) -> set[str]:
    return {i for s in sections if s.confidence >= SURE for i in s.section.split(";")}


def _said(text: str, outline: Outline) -> int:
    """How many of the core sections some sentence speaks to."""
    return sum(outline.mentions(text, section) for section in CORE)


def _demands(text: str, outline: Outline) -> bool:
    return outline.patterns.demand.finds(text)
