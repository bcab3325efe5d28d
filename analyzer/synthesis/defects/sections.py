"""Defects of the report's parts: one is missing, empty, printed twice, out of order; numbers jump."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

from analyzer.synthesis.defects.base import Defect, Told, copied, known, replace, spoiled, words
from analyzer.synthesis.draft import Draft, Part, Place, Sentence
from analyzer.synthesis.figures import chinese

NUMERAL = re.compile(r"[0-9]+|[一二三四五六七八九十]+")
NUMERALS = "零一二三四五六七八九十"
ASPECTS = ("proactive_disclosure", "requests", "management", "platform", "supervision")
TABLED = "statistics"
FEES, PERIOD, CONTACT = "fees", "period", "contact"


def tops(draft: Draft) -> list[Part]:
    """The parts of the first depth that have a heading."""
    return [part for part in draft.parts if part.depth == 1 and part.heading]


def below(draft: Draft, part: Part) -> list[Part]:
    """The sub-headings of a part."""
    at = next(n for n, other in enumerate(draft.parts) if other is part)
    found: list[Part] = []
    for other in draft.parts[at + 1 :]:
        if other.depth <= part.depth:
            break
        found.append(other)
    return found


def required(draft: Draft) -> set[str]:
    """The classes that the year demands, but the tables."""
    return set(known().outline.required(draft.year)) - {TABLED}


def content(draft: Draft) -> set[str]:
    """The duties that the sentences fulfil; the aspects only in the overview."""
    told: set[str] = set()
    overview = False
    for part in draft.parts:
        overview = "overview" in part.section.split(";") if part.depth == 1 else overview
        for sentence in part.sentences():
            told |= {duty for duty in sentence.content if overview or duty not in ASPECTS}
    return told


def lost(before: set[str], draft: Draft) -> list[Told]:
    """What must be reported of duties that no sentence fulfils any more."""
    gone = before - content(draft)
    told = [Told(f"content.{name}") for name in (PERIOD, CONTACT) if name in gone]
    if draft.expected == "2021":
        told += [Told("content.fees")] if FEES in gone else []
        told += [Told("content.aspects")] if gone & set(ASPECTS) and _has(draft, "overview") else []
    return told


def _has(draft: Draft, section: str) -> bool:
    return any(section in part.section.split(";") for part in tops(draft))


def section_missing(draft: Draft, rng: Random) -> Draft | None:
    """Kind 39: a part that the year demands is not there, and no other speaks of its matter."""
    new = copied(draft)
    found = [p for p in tops(new) if p.section in required(new) and not p.tables and _only(new, p)]
    if not found or len(tops(new)) < 4:
        return None
    part, before = rng.choice(found), content(new)
    gone = [part, *below(new, part)]
    numbers = [p.number for p in tops(new)]
    new.parts[:] = [p for p in new.parts if not any(p is other for other in gone)]
    for other, number in zip(tops(new), numbers, strict=False):
        other.number = number if other.number else other.number
    told = Told("section.missing", part.section)
    return spoiled(new, 39, told, *lost(before, new), name="section_missing")


def _only(draft: Draft, part: Part) -> bool:
    """Whether nothing else in the report is of the class of a part."""
    own = [part, *below(draft, part)]
    rest = [p for p in draft.parts if not any(p is other for other in own)]
    classes = {c for p in rest for c in p.section.split(";")}
    spoken = {c for p in rest for s in p.sentences() for c in s.sections}
    text = "\n".join(s.text for p in rest for s in p.sentences())
    return part.section not in classes | spoken and not known().outline.mentions(text, part.section)


def section_unheaded(draft: Draft, rng: Random) -> Draft | None:
    """Kind 39 in small: a demanded part has lost its heading and runs on from the part before it."""
    new = copied(draft)
    found = [(a, b) for a, b in pairwise(tops(new)) if _can_run_on(new, a, b)]
    if not found or len(tops(new)) < 4:
        return None
    before, part = rng.choice(found)
    numbers = [p.number for p in tops(new)]
    before.paragraphs += part.paragraphs
    new.parts[:] = [p for p in new.parts if p is not part]
    for other, number in zip(tops(new), numbers, strict=False):
        other.number = number if other.number else other.number
    return spoiled(new, 39, Told("section.unheaded", part.section), name="section_unheaded")


def _can_run_on(draft: Draft, before: Part, part: Part) -> bool:
    """Whether a part is known by its sentences alone, and the one before it has room for them."""
    bare = not (below(draft, before) or below(draft, part) or part.tables or before.tables)
    own = part.section not in ("other_matters", "overview")
    said = [label for s in part.sentences() if s.sections[:1] == (part.section,) for label in s.labels]
    told = own and any(label.kind != "section_zero" for label in said)
    return bare and told and part.section in required(draft) and bool(before.paragraphs)


def section_empty(draft: Draft, rng: Random) -> Draft | None:
    """Kind 40: a demanded heading with nothing below it."""
    new = copied(draft)
    found = [p for p in tops(new) if p.section in required(new) and not p.tables and not below(new, p)]
    if not found:
        return None
    part, before = rng.choice(found), content(new)
    part.paragraphs = []
    told = Told("section.empty", part.section, (part.head,))
    return spoiled(new, 40, told, *lost(before, new), name="section_empty")


def heading_twice(draft: Draft, rng: Random) -> Draft | None:
    """Kind 29: a heading is printed a second time inside its part."""
    new = copied(draft)
    found = [p for p in tops(new) if len(p.paragraphs) > 1 and not below(new, p) and not p.tables]
    if not found:
        return None
    part = rng.choice(found)
    cut = rng.randint(1, len(part.paragraphs) - 1)
    again = Part(part.section, part.heading, part.number, part.depth, part.paragraphs[cut:])
    del part.paragraphs[cut:]
    new.parts.insert(next(n for n, p in enumerate(new.parts) if p is part) + 1, again)
    return spoiled(new, 29, Told("section.repeated", part.section, (part.head,)), name="heading_twice")


def order_changed(draft: Draft, rng: Random) -> Draft | None:
    """Two of the six parts of the form change places."""
    new = copied(draft)
    if new.expected not in ("2019", "2021"):
        return None
    order, found = known().forms.standard(new.expected).sections, tops(new)
    if [p.section for p in found] != list(order):
        return None
    at = rng.choice((0, 1, 2, 4))
    first, second = found[at], found[at + 1]
    first.number, second.number = second.number, first.number
    groups = [[p, *below(new, p)] for p in found]
    groups[at], groups[at + 1] = groups[at + 1], groups[at]
    start = [p for p in new.parts if not p.heading]
    new.parts[:] = start + [p for group in groups for p in group]
    told = Told("section.order", second.section, (second.head,))
    return spoiled(new, "", told, name="order_changed")


def heading_numbers_jump(draft: Draft, rng: Random) -> Draft | None:
    """Kind 23: from one heading on the numbers are one too high."""
    new = copied(draft)
    found = [p for p in tops(new) if NUMERAL.search(p.number)]
    if len(found) < 3:
        return None
    at = rng.randint(1, len(found) - 1)
    for n, part in enumerate(found[at:], start=at + 2):
        digits = (NUMERAL.findall(part.number) or ["0"])[0].isascii()
        part.number = NUMERAL.sub(str(n) if digits else _numeral(n), part.number)
    words_ = found[at].head, found[at - 1].head
    return spoiled(new, 23, Told("ordinal.heading", "", words_), name="heading_numbers_jump")


def _numeral(n: int) -> str:
    return NUMERALS[n] if n <= 10 else chinese(n)


def list_gap(draft: Draft, rng: Random) -> Draft | None:
    """Kind 24: a list 一是 … 二是 … without one of its numbers."""
    new = copied(draft)
    ordinal = words().find("ordinal")
    found = [(s, list(ordinal.finditer(s.text))) for _, s in new.sentences()]
    found = [(s, items) for s, items in found if _runs([m[1] for m in items])]
    if not found:
        return None
    sentence, items = rng.choice(found)
    at = rng.randint(1, len(items) - 1)
    for item in items[at:]:
        _renumber(sentence, item.start(1), NUMERALS[NUMERALS.index(item[1]) + 1])
    start = items[at].start(1)
    told = Told("ordinal.gap", "", (sentence.text[start : start + 6], sentence.text))
    return spoiled(new, 24, told, name="list_gap")


def _runs(numerals: list[str]) -> bool:
    """Whether a list of at least two runs from one without a gap, so that each can be the next higher."""
    return 2 <= len(numerals) < 9 and numerals == list(NUMERALS[1 : len(numerals) + 1])


def _renumber(sentence: Sentence, at: int, numeral: str) -> None:
    sentence.text = sentence.text[:at] + numeral + sentence.text[at + 1 :]


def parts_count(draft: Draft, rng: Random) -> Draft | None:
    """Kind 4: the report is said to have more parts than it has."""
    new = copied(draft)
    for part, sentence in new.sentences():
        found = words().find("parts_count").search(sentence.text) if part.section == "preamble" else None
        if found is None or len(tops(new)) < 4:
            continue
        wrong = _numeral(len(tops(new)) + rng.choice((2, 3)))
        replace(sentence, Place(*found.span(1)), wrong)
        return spoiled(new, 4, Told("enumeration.count", "", (sentence.text[found.start() :][:4],)), name="parts_count")
    return None


def year_of_heading(draft: Draft, rng: Random) -> Draft | None:
    """Kind 6: a heading that names the year before."""
    new = copied(draft)
    named = [p for p in new.parts if str(new.year) in p.heading]
    part = rng.choice(named) if named else None
    if part is None:
        return None
    part.heading = part.heading.replace(str(new.year), str(new.year - 1))
    return spoiled(new, 6, Told("year.heading", "", (part.head,)), name="year_of_heading")


DEFECTS = (
    Defect("section_missing", (39,), ("section.missing",), "parts", section_missing),
    Defect("section_unheaded", (39,), ("section.unheaded",), "parts", section_unheaded),
    Defect("section_empty", (40,), ("section.empty",), "parts", section_empty),
    Defect("heading_twice", (29,), ("section.repeated",), "parts", heading_twice),
    Defect("order_changed", (), ("section.order",), "parts", order_changed),
    Defect("heading_numbers_jump", (23,), ("ordinal.heading",), "parts", heading_numbers_jump),
    Defect("list_gap", (24,), ("ordinal.gap",), "lists", list_gap),
    Defect("parts_count", (4,), ("enumeration.count",), "parts", parts_count),
    Defect("year_of_heading", (6,), ("year.heading",), "headings", year_of_heading),
)
