"""Defects of years, periods, dates, the basis cited, and of what the preamble must state."""

from __future__ import annotations

import re
from datetime import date
from random import Random

from analyzer.synthesis.defects.base import Defect, Told, copied, replace, spoiled, words
from analyzer.synthesis.defects.sections import content, lost
from analyzer.synthesis.draft import Draft, Part, Place, Sentence

EARLY = ("department", "vertical")
"""Kinds that since 2019 publish by 31 January."""


def _periods(draft: Draft) -> list[tuple[Sentence, re.Match[str]]]:
    """The sentences that state the period of the statistics."""
    pattern = words().find("period")
    found = [(s, pattern.search(s.text)) for _, s in draft.sentences() if "period" in s.content]
    return [(s, match) for s, match in found if match is not None]


def period_of_last_year(draft: Draft, rng: Random) -> Draft | None:
    """Kind 5: the period of the statistics is that of the year before."""
    new = copied(draft)
    found = [(s, m) for s, m in _periods(new) if str(new.year) in m[0]]
    if len(found) != 1:
        return None
    sentence, match = found[0]
    replace(sentence, Place(*match.span()), match[0].replace(str(new.year), str(new.year - 1)))
    words_ = sentence.text[match.start() : match.end()]
    return spoiled(new, 5, Told("period.year", "", (words_,), sure=True), name="period_of_last_year")


def period_too_short(draft: Draft, rng: Random) -> Draft | None:
    """Kind 5: the period ends before the year does."""
    new = copied(draft)
    found = [(s, m) for s, m in _periods(new) if m.group(5, 6) == ("12", "31")]
    if len(found) != 1:
        return None
    sentence, match = found[0]
    replace(sentence, Place(*match.span(6)), str(rng.randint(15, 28)))
    words_ = sentence.text[match.start() : match.end()]
    return spoiled(new, 5, Told("period.range", "", (words_,)), name="period_too_short")


def _without(draft: Draft, duty: str, kind: int | str, name: str) -> Draft | None:
    """The draft without the sentences that fulfil a duty, where they fulfil no other that must be told apart."""
    new, before = copied(draft), content(draft)
    if duty not in before:
        return None
    for part in new.parts:
        for paragraph in part.paragraphs:
            paragraph[:] = [s for s in paragraph if duty not in s.content]
        part.paragraphs[:] = [paragraph for paragraph in part.paragraphs if paragraph]
        if not part.paragraphs and part.heading and not part.tables:
            return None
    told = lost(before, new)
    return spoiled(new, kind, *told, name=name) if len(told) == 1 else None


def no_period(draft: Draft, rng: Random) -> Draft | None:
    """The report does not say which period its figures cover."""
    return _without(draft, "period", "", "no_period")


def no_contact(draft: Draft, rng: Random) -> Draft | None:
    """The report gives neither address nor telephone nor mail."""
    pattern = words().find("contact")
    new = _without(draft, "contact", "", "no_contact")
    return None if new is None or any(pattern.search(s.text) for _, s in new.sentences()) else new


def no_fees(draft: Draft, rng: Random) -> Draft | None:
    """Part six says nothing of the fee for processing information."""
    return _without(draft, "fees", 39, "no_fees") if draft.expected == "2021" else None


def aspect_missing(draft: Draft, rng: Random) -> Draft | None:
    """Kind 39: the overview leaves out one of its five aspects."""
    if draft.expected != "2021":
        return None
    patterns = [re.compile(pattern) for pattern in words().aspects]
    duties = list(
        zip(("proactive_disclosure", "requests", "management", "platform", "supervision"), patterns, strict=True)
    )
    rng.shuffle(duties)
    for duty, pattern in duties:
        new = _less_aspect(draft, duty, pattern)
        if new is not None:
            return new
    return None


def _less_aspect(draft: Draft, duty: str, pattern: re.Pattern[str]) -> Draft | None:
    """The overview without all that speaks of an aspect."""
    new, before, inside = copied(draft), content(draft), False
    dropped: list[Part] = []
    for part in new.parts:
        inside = "overview" in part.section.split(";") if part.depth == 1 else inside
        if not inside:
            continue
        for paragraph in part.paragraphs:
            paragraph[:] = [s for s in paragraph if duty not in s.content and not pattern.search(s.text)]
        part.paragraphs[:] = [paragraph for paragraph in part.paragraphs if paragraph]
        if part.depth == 2 and (not part.paragraphs or pattern.search(part.heading)):
            dropped.append(part)
        elif pattern.search(part.heading) or (part.depth == 1 and not part.paragraphs):
            return None
    new.parts[:] = [p for p in new.parts if not any(p is other for other in dropped)]
    _renumber(new)
    told = lost(before, new)
    aspects = [one for one in told if one.rule == "content.aspects"]
    return spoiled(new, 39, *aspects, name="aspect_missing") if aspects and len(told) == 1 else None


def _renumber(draft: Draft) -> None:
    """Sub-headings again numbered without gaps, in the style of the first of each part."""
    counts = 0
    numbers = _styles(draft)
    for part in draft.parts:
        counts = 0 if part.depth == 1 else counts + 1
        if part.depth == 2 and part.number and counts <= len(numbers):
            part.number = numbers[counts - 1]


def _styles(draft: Draft) -> list[str]:
    """The numbers of sub-headings of the part that had most of them, filled up from the first."""
    numeral = re.compile(r"[0-9]+|[一二三四五六七八九十]+")
    first = next((p.number for p in draft.parts if p.depth == 2 and p.number), "")
    found = numeral.search(first)
    if found is None:
        return []
    count = sum(part.depth == 2 for part in draft.parts)
    digits = found[0].isascii()
    names = [str(n) if digits else "一二三四五六七八九十"[n - 1] for n in range(1, min(count, 10) + 1)]
    return [numeral.sub(name, first, count=1) for name in names]


def old_format_cited(draft: Draft, rng: Random) -> Draft | None:
    """Kind 2: the format of 2019 is cited in a report on that of 2021."""
    return _cited(draft, "format", 2021)


def old_decree_cited(draft: Draft, rng: Random) -> Draft | None:
    """Kind 2: the decree of the Regulation of 2008 is cited after 2019."""
    return _cited(draft, "decree", 2019)


def _cited(draft: Draft, what: str, since: int) -> Draft | None:
    new = copied(draft)
    fresh, old = getattr(words(), f"{what}_new"), getattr(words(), f"{what}_old")
    found = [s for _, s in new.sentences() if fresh in s.text]
    if draft.year < since or len(found) != 1:
        return None
    sentence = found[0]
    at = sentence.text.find(fresh)
    replace(sentence, Place(at, at + len(fresh)), old)
    told = Told("standard.basis", "", (sentence.text[max(at - 2, 0) : at + len(old)],))
    return spoiled(new, 2, told, name=f"old_{what}_cited")


def sentence_of_last_year(draft: Draft, rng: Random) -> Draft | None:
    """Kind 6: a sentence that tells of the report's own work begins with the year before."""
    new = copied(draft)
    opening = re.compile(words().year_opening.replace("{year}", str(new.year)))
    found = [
        (s, m)
        for part, s in new.sentences()
        if part.section not in ("preamble", "problems", "plans")
        for m in [opening.search(s.text)]
        if m is not None and _own_figures(s, m) and s.text.count(str(new.year)) == 1
    ]
    if not found:
        return None
    sentence, match = rng.choice(found)
    at = sentence.text.index(str(new.year), match.start())
    replace(sentence, Place(at, at + 4), str(new.year - 1))
    for label in sentence.labels:
        label.period = "last_year" if label.period == "this_year" else label.period
    told = Told("year.leftover", "", (sentence.text[at : at + 12],))
    return spoiled(new, 6, told, name="sentence_of_last_year")


def _own_figures(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the sentence that begins there states a number of the year's work, and is all of its frame."""
    end = sentence.text.find("。", match.end())
    own = [label for label in sentence.labels if match.start() <= label.quote.start]
    whole = end in (-1, len(sentence.text) - 1) and match.start() == 0
    return whole and any(label.source and label.period == "this_year" for label in own)


def published_late(draft: Draft, rng: Random) -> Draft | None:
    """Kind 37: the date below the report is after its deadline."""
    month = 2 if draft.body.kind in EARLY and draft.year >= 2019 else 4
    return _dated(draft, date(draft.year + 1, month, rng.randint(2, 27)), 37, "deadline.late", "published_late")


def published_early(draft: Draft, rng: Random) -> Draft | None:
    """Kind 38: the date below the report lies before the end of the year it counts."""
    return _dated(draft, date(draft.year, 12, rng.randint(3, 28)), 38, "deadline.early", "published_early")


def _dated(draft: Draft, day: date, kind: int, rule: str, name: str) -> Draft | None:
    new = copied(draft)
    pattern = words().find("closing_date")
    found = [(n, m) for n, line in enumerate(new.closing) for m in [pattern.search(line)] if m]
    if len(found) != 1:
        return None
    number, match = found[0]
    line = new.closing[number]
    *words_, last = re.split(r"\d+", match[0])
    printed = "".join(f"{w}{n}" for w, n in zip(words_, (day.year, day.month, day.day), strict=True)) + last
    new.closing[number] = line[: match.start()] + printed + line[match.end() :]
    new.published = day.isoformat()
    return spoiled(new, kind, Told(rule, "", (printed,)), name=name)


DEFECTS = (
    Defect("period_of_last_year", (5,), ("period.year",), "dates", period_of_last_year),
    Defect("period_too_short", (5,), ("period.range",), "dates", period_too_short),
    Defect("no_period", (), ("content.period",), "dates", no_period),
    Defect("no_contact", (), ("content.contact",), "contact", no_contact),
    Defect("no_fees", (39,), ("content.fees",), "parts", no_fees),
    Defect("aspect_missing", (39,), ("content.aspects",), "parts", aspect_missing),
    Defect("old_format_cited", (2,), ("standard.basis",), "basis", old_format_cited),
    Defect("old_decree_cited", (2,), ("standard.basis",), "basis", old_decree_cited),
    Defect("sentence_of_last_year", (6,), ("year.leftover",), "years", sentence_of_last_year),
    Defect("published_late", (37,), ("deadline.late",), "deadline", published_late),
    Defect("published_early", (38,), ("deadline.early",), "deadline", published_early),
)
