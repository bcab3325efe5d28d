"""What the text announces and what then stands there: counts of problems, the number of parts, the body itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.document import Check, Outcome, Section, Span
from analyzer.numerals import parse_number
from analyzer.reconcile.case import NUMERALS, Case, squeeze

SOON = 16
"""Most characters between a count and the first item of its list."""
TABLED = "statistics"
BETWEEN = "、"
LETTER = re.compile(r"\w")
STOP = re.compile("[，,。；;\n]")


def check_announced(case: Case) -> Iterator[Check]:
    """All checks of what is announced."""
    yield from _lists(case)
    yield from _parts(case)
    yield from _bodies(case)


def _value(text: str) -> int | None:
    number = parse_number(text)
    return number if isinstance(number, int) else None


def _lists(case: Case) -> Iterator[Check]:
    """So many problems, and the items 一是 … 二是 … that follow at once."""
    items = case.find("ordinal")
    for match in case.find("problems_count"):
        count = _value(match[1])
        first = next((n for n, item in enumerate(items) if item.start(1) >= match.end()), None)
        if (
            count is None
            or first is None
            or items[first].start(1) - match.end() > SOON
            or items[first][1] != NUMERALS[1]
        ):
            continue
        section = case.section_at(case.place(match.start()))
        last = 1
        for item in items[first + 1 :]:
            if _value(item[1]) != last + 1 or case.section_at(case.place(item.start(1))) is not section:
                break
            last += 1
        yield _counted(case, match, count, last)


def _counted(case: Case, match: re.Match[str], count: int, found: int) -> Check:
    span = case.span(*match.span())
    told = case.at(span) | {"actual": str(count), "expected": str(found)}
    outcome: Outcome = "holds" if found == count else "suspect"
    return Check("enumeration.count", outcome, "", found, count, "", span, None, told)


def _parts(case: Case) -> Iterator[Check]:
    """The number of parts that the preamble announces, against the outermost headings, a repeated one told once."""
    tops = list({squeeze(s.heading): s for s in case.sections if s.depth == 1 and s.heading}.values())
    numbered = [s for s in tops if s.number and s.section != TABLED]
    for match in case.find("parts_count"):
        count = _value(match[1])
        if count is None or not _ahead(case, match, tops):
            continue
        if len(numbered) < 3:
            named = match[0].count(BETWEEN) + 1
            whole = len(tops) == named or case.rulebook.patterns["parts_end"].search(match[0])
            if named >= 3 and not numbered and whole and count != len(tops):
                yield _counted(case, match, count, named)
            continue
        fits = (
            count in {len(numbered), len(numbered) + 1, len(tops)} if len(tops) > len(numbered) else count == len(tops)
        )
        yield _counted(case, match, count, count if fits else len(numbered))


def _ahead(case: Case, match: re.Match[str], tops: list[Section]) -> bool:
    """Whether the words stand before the second part."""
    return len(tops) < 2 or case.place(match.start()) < tops[1].start


@dataclass(frozen=True, slots=True)
class Own:
    """What a report calls its own body."""

    names: str

    def holds(self, name: str) -> bool:
        """Whether a name, perhaps shortened, is that of the body: its characters stand there in this order."""
        rest = iter(self.names)
        return all(letter in rest for letter in name)


def _bodies(case: Case) -> Iterator[Check]:
    """Another body that acts as the author would."""
    report = case.report
    own = [Own(name) for name in (report.agency, report.title) if name]
    wanted = _kind(case)
    if not report.agency or not wanted:
        return
    other = "department" if wanted == "town" else "town"
    for pattern, group in (("actor", wanted), ("stranger", other)):
        for match in case.find(pattern):
            name = match[group]
            if name and not any(known.holds(name) for known in own):
                yield _other(case, _clause(case, match), name)
    yield from _strange(case, report.agency + report.title, wanted)


def _clause(case: Case, match: re.Match[str]) -> Span:
    """The clause in which a body acts."""
    start, stop = LETTER.search(case.prose, match.start()), STOP.search(case.prose, match.end())
    return case.span(start.start() if start else match.start(), stop.start() if stop else len(case.prose))


def _kind(case: Case) -> str:
    """The kind of the reporting body: `town`, `department`, or empty where others may act in its report."""
    if case.report.level == "township" or case.rulebook.patterns["town_body"].search(case.report.agency):
        return "town"
    return "department" if case.report.kind == "department" else ""


def _strange(case: Case, names: str, wanted: str) -> Iterator[Check]:
    """A body that calls itself, or its head, what it is not: the first place of each word."""
    seen: set[str] = set()
    named = case.rulebook.patterns["town_word"].search(names) is not None
    for match in (*case.find("self"), *case.find("leader")):
        town = match["town"]
        wrong = (wanted != "town" or town not in names) if town else wanted == "town"
        if wrong and named == (wanted == "town") and match[0] not in seen:
            seen.add(match[0])
            yield _other(case, case.span(match.start(), match.end()), match[0])


def _other(case: Case, span: Span, name: str) -> Check:
    place = case.report.title_span
    return Check("content.body", "suspect", "", case.report.agency, name, "", span, place, case.at(span))
