"""What the wording itself shows: lists with a gap, figures that do not follow, numbers left out, statements missing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.document import Check, Outcome, Section, Span
from analyzer.knowledge.rulebook import Aspect
from analyzer.numerals import CHINESE, parse_number
from analyzer.reconcile.case import NUMERALS, Case, numeral
from analyzer.reconcile.tabulation import ROOT

LATEST = "2021"
"""The form that asks for five aspects and for the fee."""
CLAUSE = 16
"""Characters before announcing words in which their clause may begin."""
ITEM = 14
"""Characters of a list's item that are quoted."""
STOP = re.compile("[。；;\n]")
SENTENCE = re.compile("[。\n]")
EDGES = "，。；、：）,;:)\n"
"""Marks between clauses."""
AFTER = 3
"""Paragraphs after an announced figure in which it may begin."""


def check_phrases(case: Case) -> Iterator[Check]:
    """All checks of wording."""
    yield from _ordinals(case)
    yield from _figures(case)
    yield from _gaps(case)
    yield from _contents(case)


@dataclass(slots=True)
class _Run:
    """A list under way: the number and place of its last item, and the place where it began."""

    last: int
    item: re.Match[str]
    first: re.Match[str]


def _ordinals(case: Case) -> Iterator[Check]:
    """Lists 一是 … 二是 …: an item that follows the one before its predecessor; a heading ends all lists."""
    runs: list[_Run] = []
    current: Section | None = None
    gaps, match = 0, None
    for match in case.find("ordinal"):
        number = parse_number(match[1]) if len(match[1]) > 1 else NUMERALS.index(match[1])
        section = case.section_at(case.place(match.start(1)))
        if section is not current:
            runs, current = [], section
        if not isinstance(number, int):
            continue
        if number == 1:
            runs.append(_Run(1, match, match))
            continue
        _close(case, runs, number, match)
        if not runs:
            continue
        run = runs[-1]
        if number > run.last + 1 and not _elsewhere(case, run.item, match, range(run.last + 1, number)):
            gaps += 1
            yield _gap(case, run.item, match, run.last + 1)
        run.last, run.item = number, match
    if match is not None and not gaps:
        yield Check("ordinal.gap", "holds", span=case.span(match.start(1), match.end()))


def _close(case: Case, runs: list[_Run], number: int, match: re.Match[str]) -> None:
    """End the inner lists where an item goes on with an outer one."""
    while len(runs) > 1 and runs[-1].last != number - 1:
        inner = runs[-1]
        outer = next((run for run in runs[:-1] if run.last == number - 1), None)
        if outer is None or _apart(case, outer, inner, match):
            return
        runs.pop()


def _apart(case: Case, outer: _Run, inner: _Run, match: re.Match[str]) -> bool:
    """Whether an item stands in one sentence with a list that began after the outer list's last sentence ended."""
    ended = SENTENCE.search(case.prose, outer.item.end(1), inner.first.start(1))
    return ended is not None and SENTENCE.search(case.prose, inner.item.end(1), match.start(1)) is None


def _elsewhere(case: Case, before: re.Match[str], after: re.Match[str], lost: range) -> bool:
    """Whether the missing item stands between under another form (二、, （二）, 第二, 二加强)."""
    between = case.prose[before.end() : after.start()]
    number = numeral(lost[0])
    return re.search(rf"(?:^|[第。；;：:，,、\s（(其]){number}(?!{CHINESE})", between, re.MULTILINE) is not None


def _item(case: Case, match: re.Match[str]) -> Span:
    """The beginning of a list's item, not beyond its first stop."""
    stop = STOP.search(case.prose, match.end(), match.end() + ITEM)
    return case.span(match.start(1), stop.start() if stop else match.end() + ITEM)


def _gap(case: Case, before: re.Match[str], after: re.Match[str], lost: int) -> Check:
    span, second = _item(case, after), _item(case, before)
    mark = after[0][after[0].index(after[1]) :]
    told = case.both(span, second) | {"lost": numeral(lost) + mark[len(after[1]) :]}
    return Check("ordinal.gap", "violated", "", lost, parse_number(after[1]), "", span, second, told)


def _figures(case: Case) -> Iterator[Check]:
    """Announced figures (see the chart below) and annexed tables that are not there."""
    places = sorted([grid.start for grid in case.document.grids] + [start for start, _ in case.tables.regions])
    places = sorted(places + list(case.document.pictures))
    for match in case.find("figure"):
        span = case.span(*match.span())
        yield _figure(case, span, _follows(case, match.end(), span, places), "")
    for match in case.find("annex"):
        yield _figure(case, case.span(*match.span()), bool(places), ROOT if case.tables.standard == "none" else "")


def _follows(case: Case, end: int, span: Span, places: Sequence[int]) -> bool:
    """Whether a table, a picture or a caption stands soon after the words, or a picture in their section."""
    later = [block for block, offset in zip(case.blocks, case.offsets, strict=True) if offset >= end][:AFTER]
    caption = case.rulebook.patterns["caption"]
    if any(caption.match(block.text) for block in later):
        return True
    section = case.section_at(span.start)
    limit = later[-1].end if len(later) == AFTER else len(case.document.text)
    stop = min(limit, section.end) if section else limit
    return any(span.start <= place <= stop for place in places)


def _figure(case: Case, span: Span, found: bool, root: str) -> Check:
    if found:
        return Check("figure.missing", "holds", span=span)
    sentence = Span(_clause(case.document.text, span.start), span.end, span.page)
    return Check(
        "figure.missing", "violated", span=span, values=case.at(span) | {"quote": case.quote(sentence)}, root=root
    )


def _gaps(case: Case) -> Iterator[Check]:
    """Units without their number, and words of the template that were left in."""
    patterns = case.rulebook.patterns
    bare = {bisect_right(case.offsets, match.start()) - 1 for match in case.find("bare_unit")}
    for number in sorted(bare):
        text = case.blocks[number].text
        for match in patterns["number_missing"].finditer(text):
            span = case.blocks[number].locate(_clause(text, match.end() - 2), match.end())
            yield Check("number.missing", "violated", span=span, values=case.at(span))
    for match in case.find("instruction"):
        span = case.span(*match.span())
        yield Check("content.instruction", "violated", span=span, values=case.at(span))


def _clause(text: str, at: int) -> int:
    """Where the clause begins that holds a place, at most some characters before it."""
    start = max(at - CLAUSE, 0)
    stop = max(text.rfind(mark, start, at) for mark in EDGES) + 1
    return stop or start


def _contents(case: Case) -> Iterator[Check]:
    """Statements that a report should hold."""
    patterns = case.rulebook.patterns
    text = case.prose + "\n" + case.document.title
    yield Check("content.contact", "holds" if patterns["contact"].search(text) else "violated")
    if case.report.standard_expected == LATEST:
        yield from _aspects(case)
        yield _fees(case)


def _aspects(case: Case) -> Iterator[Check]:
    """The five aspects of the overview."""
    spans = [s for s in case.sections if "overview" in s.section.split(";") and s.heading]
    if not spans:
        return
    text = "\n".join(case.prose[case.position(s.start) : case.position(s.end)] for s in spans)
    aspects = case.rulebook.aspects
    lost = [aspect for aspect, pattern in aspects if not pattern.search(text)]
    values = _names(lost)
    numbers = (len(aspects), len(aspects) - len(lost))
    span = Span(spans[0].start, max(spans[0].body, spans[0].start + 1))
    yield Check("content.aspects", "violated" if lost else "holds", "", *numbers, "", span, None, values)


def _names(aspects: Sequence[Aspect]) -> dict[str, str]:
    zh = ";".join(aspect.name.zh for aspect in aspects)
    return {"names": zh, "names_en": ";".join(aspect.name.en for aspect in aspects)}


def _fees(case: Case) -> Check:
    """What part six says about the fee; a part that says there is nothing else leaves it open."""
    if case.rulebook.patterns["fee_statement"].search(case.prose):
        return Check("content.fees", "holds")
    others = [s for s in case.sections if "other_matters" in s.section.split(";") and s.heading]
    nothing = case.rulebook.patterns["nothing"]
    text = case.prose
    silent = any(nothing.search(text[case.position(s.body) : case.position(s.end)].strip()) for s in others)
    outcome: Outcome = "suspect" if silent else "violated"
    reason = "none_stated" if silent else ""
    span = Span(others[0].start, max(others[0].body, others[0].start + 1)) if others else None
    return Check("content.fees", outcome, "", None, None, reason, span)
