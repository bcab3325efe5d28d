"""Defects of wording: numbers never filled in, words of another body, sentences that are a defect."""

from __future__ import annotations

import re
from random import Random

from analyzer.knowledge.grammar import Flaw
from analyzer.synthesis.defects.base import Defect, Told, copied, forget, known, replace, shares, spoiled, words
from analyzer.synthesis.draft import Draft, Part, Place, Sentence
from analyzer.synthesis.frames import Facts, realise

FLAWS = (
    *("content.instruction", "content.body", "figure.missing", "number.missing", "ordinal.gap", "year.leftover"),
    *("standard.basis", "enumeration.count", "enumeration.duplicate", "section.empty", "period.range", "period.year"),
    *("sum.total", "sum.parts", "percentage.share", "percentage.sum", "percentage.growth", "text.contradiction"),
    *("year.heading", "claim.mismatch"),
)
"""Rules of which families may hold sentences that break them."""
KINDS: dict[str, tuple[int, ...]] = {
    "content.instruction": (28,),
    "content.body": (27,),
    "figure.missing": (21,),
    "number.missing": (22,),
    "ordinal.gap": (24,),
    "year.leftover": (6,),
    "standard.basis": (2, 3),
    "enumeration.count": (4,),
    "enumeration.duplicate": (43,),
    "period.range": (5,),
    "period.year": (5,),
}
"""Kinds of the handbook that such sentences are of; each sentence says its own."""


def _gaps(draft: Draft) -> list[tuple[Sentence, int]]:
    """Amounts printed right before their unit, that belong to no list."""
    before, units = words().find("gap_before"), words().gap_units
    return [
        (sentence, number)
        for _, sentence in draft.sentences()
        for number, label in enumerate(sentence.labels)
        if label.kind == "amount"
        and not label.approximate
        and sentence.text[label.number.end : label.number.end + 1] in units
        and before.search(sentence.text[: label.number.start])
        and sum(other.quote == label.quote for other in sentence.labels) == 1
        and not shares(sentence)
        and not any(number in (total.total, *total.parts) for total in sentence.totals)
    ]


def number_left_out(draft: Draft, rng: Random) -> Draft | None:
    """Kind 22: a unit without the number before it."""
    return _unfilled(copied(draft), rng, "", 22, "number.missing", "number_left_out")


def blank_left_in(draft: Draft, rng: Random) -> Draft | None:
    """Kind 28: the mark of a template where a number should be."""
    mark = rng.choice(words().blank_marks)
    return _unfilled(copied(draft), rng, mark, 28, "content.instruction", "blank_left_in")


def _unfilled(draft: Draft, rng: Random, *filled: object) -> Draft | None:
    mark, kind, rule, name = filled
    found = _gaps(draft)
    if not found:
        return None
    sentence, number = rng.choice(found)
    label = sentence.labels[number]
    at = label.number
    forget(sentence, number)
    replace(sentence, Place(at.start, at.end), str(mark))
    start = max(label.quote.start, at.start - 6)
    shown = sentence.text[start : at.start + len(str(mark)) + 1]
    return spoiled(draft, int(str(kind)), Told(str(rule), "", (shown,)), name=str(name))


def other_self(draft: Draft, rng: Random) -> Draft | None:
    """Kind 41, as far as one report shows it: a body calls itself what it is not."""
    new = copied(draft)
    names = words().self_town if new.body.kind == "department" else words().self_department
    if new.body.kind not in ("department",) and new.body.level != "township":
        return None
    own = [name for name in new.body.self if len(name) == len(names[0])]
    found = [
        (s, m)
        for part, s in new.sentences()
        if part.section != "preamble"
        for name in own
        for m in [re.search(re.escape(name), s.text)]
        if m is not None
    ]
    if not found or any(name in s.text for name in names for _, s in new.sentences()):
        return None
    sentence, match = rng.choice(found)
    replace(sentence, Place(*match.span()), rng.choice(names))
    told = Told("content.body", "", (sentence.text[match.start() : match.start() + 6],))
    return spoiled(new, 27, told, name="other_self")


def flaw(rule: str) -> Defect:
    """The defect that puts one of the family's own flawed sentences for a rule into the report."""

    def make(draft: Draft, rng: Random, facts: Facts) -> Draft | None:
        new = copied(draft)
        flaws = [f for f in facts.grammar.flaws if f.rule == rule and _suits(new, f)]
        rng.shuffle(flaws)
        for entry in flaws:
            part = next((p for p in new.parts if p.section in entry.section and p.paragraphs), None)
            sentence = realise(rng, entry, facts) if part is not None else None
            if part is not None and sentence is not None:
                _put(part, sentence)
                told = Told(rule, entry.indicator, (sentence.text.rstrip("。"),), sure=rule in SURE)
                return spoiled(new, entry.kind, told, name=f"flaw_{rule}")
        return None

    zone = "dates" if rule.startswith("period.") else f"flaw {rule}"
    return Defect(f"flaw_{rule}", KINDS.get(rule, ()), (rule,), zone, with_facts=make)


SURE = ("sum.total", "sum.parts", "text.contradiction", "period.year")


def _suits(draft: Draft, entry: Flaw) -> bool:
    standard = draft.expected if draft.standard == "none" else draft.standard
    if not entry.suits(standard, draft.body.level, draft.body.kind):
        return False
    if entry.rule == "content.body":
        return draft.body.kind == "department" or draft.body.level == "township"
    if entry.rule == "standard.basis":
        text = "".join(sentence.text for _, sentence in draft.sentences())
        return not any(newer.search(text) for _, _, newer in known().rulebook.superseded)
    return True


def _put(part: Part, sentence: Sentence) -> None:
    """At the end of a part's last paragraph, or as a paragraph of its own where it stands in brackets."""
    if sentence.text[:1] in "（(":
        part.paragraphs.append([sentence])
    else:
        part.paragraphs[-1].append(sentence)


DEFECTS = (
    Defect("number_left_out", (22,), ("number.missing",), "gaps", number_left_out),
    Defect("blank_left_in", (28,), ("content.instruction",), "gaps", blank_left_in),
    Defect("other_self", (27, 41), ("content.body",), "self", other_self),
    *(flaw(rule) for rule in FLAWS),
)
