"""Years and dates: the period of the statistics, years left over from another report, the basis cited, the deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from analyzer.document import Check, Outcome, Span
from analyzer.reconcile.case import DIGIT, Case, squeeze

EARLY, LATE = (1, 1), (12, 31)
FIRST = (2008, 5, 1)
"""The day on which the Regulation of 2008 came into force: the first reports count from it."""
KEY = 30
"""Most characters between the words that announce the period and its first date."""
HEAD = 1500
"""Characters from the start in which a report states its period."""
YEAR = 366
CLAUSE = re.compile("[，,。；;\n]")
LOOSE = frozenset({"problems", "plans", "statistics"})


def check_dates(case: Case) -> Iterator[Check]:
    """All checks of years and dates."""
    yield from _periods(case)
    if case.report.year is not None:
        yield from _headings(case, case.report.year)
        yield from _sentences(case, case.report.year)
        yield from _basis(case, case.report.year)
        yield from _deadline(case, case.report.year)


def _periods(case: Case) -> Iterator[Check]:
    """The period the figures cover, against the title's year and the calendar."""
    year, found = case.report.year, False
    for match in case.find("period"):
        start, end = _days(match)
        if not _is_period(case, match, start, end):
            continue
        found = True
        span, title = case.span(*match.span()), case.report.title_span
        other = year is not None and start[0] != year
        told = case.at(span) | {"year": str(year or start[0]), "title": f"（“{case.quote(title)}”）" if title else ""}
        if year is not None:
            sure = other and start[0] == end[0] and _titled(case, year)
            outcome: Outcome = "violated" if sure else "suspect" if other else "holds"
            yield Check("period.year", outcome, "", year, start[0], "", span, title, told)
        if not other:
            whole = (start[1:] == EARLY or start == FIRST) and end == (start[0], *LATE)
            yield Check("period.range", "holds" if whole else "suspect", span=span, values=told)
    yield Check("content.period", "holds" if found else "violated")


def _days(match: re.Match[str]) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    year, month, day, other, month2, day2 = match.groups()
    return (int(year), int(month), int(day)), (int(other or year), int(month2), int(day2))


def _is_period(case: Case, match: re.Match[str], start: tuple[int, int, int], end: tuple[int, int, int]) -> bool:
    """Whether a range of dates is the period of the statistics: announced so, or most of a year near the start."""
    lead = case.prose[max(match.start() - KEY, 0) : match.start()].rpartition("\n")[2]
    if case.rulebook.patterns["period_key"].search(lead.rpartition("。")[2]):
        return True
    return match.start() < HEAD and (start[1:] == EARLY or start == FIRST) and end[1] == LATE[0]


def _titled(case: Case, year: int) -> bool:
    """Whether the title itself names the year."""
    return str(year) in re.sub(r"\s", "", case.report.title)


def _headings(case: Case, year: int) -> Iterator[Check]:
    """Years in headings."""
    comparison = case.rulebook.patterns["comparison"]
    for section in case.sections:
        heading = squeeze(section.heading)
        for match in case.rulebook.patterns["year_heading"].finditer(heading):
            stated = int(match[1])
            ahead = stated == year + 1 and not LOOSE.isdisjoint(section.section.split(";"))
            if stated == year or ahead or comparison.search(heading):
                continue
            if stated == year + 1 or stated > year + 5:
                continue
            span = Span(section.start, max(section.body, section.start + 1))
            told = {"quote": heading, "heading": "", "year": str(year)}
            yield Check("year.heading", "suspect", "", year, stated, "", span, None, told)


def _sentences(case: Case, year: int) -> Iterator[Check]:
    """Results of the year, or its plans, told under another year."""
    plans = {match.start(1): match for match in case.find("year_plan")}
    told = {match.start(1): match for match in case.find("year_work") if int(match[1]) == year - 1}
    told |= {match.start(1): match for match in case.find("year_sentence")} | plans
    for start, match in sorted(told.items()):
        stated = int(match[1])
        if stated >= year or _compared(case, match, year):
            continue
        stop = CLAUSE.search(case.prose, match.end())
        span = case.span(start, stop.start() if stop else match.end())
        if start not in plans and not LOOSE.isdisjoint(case.classes_at(span.start)):
            continue
        yield Check("year.leftover", "suspect", "", year, stated, "", span, None, case.at(span) | {"year": str(year)})


def _compared(case: Case, match: re.Match[str], year: int) -> bool:
    """Whether a sentence, or the next, goes on to the report's own year, or else speaks of several years."""
    patterns, start = case.rulebook.patterns, match.start(1)
    stops = [at for at in (case.prose.find(mark, match.end()) for mark in "。\n") if at >= 0]
    sentence = case.prose[start : min(stops, default=len(case.prose))]
    following = case.prose[start + len(sentence) + 1 :][: len(str(year))]
    counted = DIGIT.search(sentence.replace(match[1], ""))
    if str(year) in sentence or (counted and following == str(year)):
        return True
    return patterns["comparison"].search(patterns["own_comparison"].sub("", sentence)) is not None


def _basis(case: Case, year: int) -> Iterator[Check]:
    """Superseded rules cited as what the report rests on."""
    for entry, pattern, newer in case.rulebook.superseded:
        match = pattern.search(case.prose) if year >= entry.since else None
        if match is None or newer.search(case.prose):
            continue
        span = case.span(*match.span())
        told = {"old": entry.names.zh, "old_en": entry.names.en, "year": str(year)}
        yield Check("standard.basis", "violated", span=span, values=case.at(span) | told)


def _deadline(case: Case, year: int) -> Iterator[Check]:
    """The date of publication; only what is surely late or early is said."""
    published = _date(case.report.published)
    if published is None:
        return
    due, sure = _due(case, year)
    place = _in_text(case, published)
    if place is None:
        sure = False
        if abs((published - due).days) > YEAR:
            return
    numbers = (due.isoformat(), published.isoformat())
    reason = "" if sure else "date" if place is None else "level"
    if published > due:
        yield Check("deadline.late", "violated" if sure else "suspect", "", *numbers, reason, place)
    elif date(year, 12, 1) <= published < date(year, 12, 31):
        yield Check("deadline.early", "suspect", "", *numbers, "", place)
    else:
        yield Check("deadline.late", "holds", "", *numbers)


def _due(case: Case, year: int) -> tuple[date, bool]:
    """The last day, and whether it binds this body: since 2019 departments publish by 31 January, governments by
    31 March; before, everybody by 31 March; local rules set the date for towns, the later one is taken."""
    kind, level = case.report.kind, case.report.level
    early = year >= 2019 and kind in ("department", "vertical")
    return date(year + 1, 1 if early else 3, 31), level not in ("township", "") and kind not in ("", "institution")


def _date(text: str) -> date | None:
    found = re.match(r"(20\d\d)\D+(\d{1,2})\D+(\d{1,2})", text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _in_text(case: Case, day: date) -> Span | None:
    """Where the report's own prose gives the date."""
    found = re.search(rf"{day.year}\D{{1,3}}0?{day.month}\D{{1,3}}0?{day.day}(?!\d)", case.prose)
    return case.span(*found.span()) if found else None
