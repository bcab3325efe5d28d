"""Defects that are put into a clean draft, each with the label that says what a careful reader must find.

`DEFECTS` holds them by name; `inject` puts some into a draft. Not made, of the 44 kinds of the handbook's part 5:

| kind | why |
| --- | --- |
| 25 (title garbled, cut, without agency) | a reader of one report cannot tell the right title; no rule speaks of it |
| 26 (title's year) | as 5; which year the report is of, and so which of its claims are this year's, nobody could say |
| 30 (no facts, no number) | a matter of judgement |
| 36 (unit or scope missing) | a number without its unit states no less |
| 42 (0 documents beside 2960 pieces) | two notions of publication, both true |
| 44 (document number in the wrong issuer's name) | needs knowledge of all documents |

Of kind 29 only headings are made (a paragraph printed twice breaks no rule), of 41 a name of another kind of body.
B5, B7 to B9, C2, C3, C6 and D9, D10 compare two reports; D7 is made where the text gives both years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random

from analyzer.knowledge.grammar import Grammar
from analyzer.synthesis.arithmetic import broken
from analyzer.synthesis.defects import cells, claims, dates, forms, leftovers, sections, sums
from analyzer.synthesis.defects.base import Defect, body, form_equations, numbers
from analyzer.synthesis.details import Details
from analyzer.synthesis.draft import Draft
from analyzer.synthesis.frames import Facts

__all__ = ["DEFECTS", "Defect", "by_kind", "by_rule", "inject", "possible"]

_MODULES = (cells, claims, sums, sections, dates, forms, leftovers)
DEFECTS: Mapping[str, Defect] = {defect.name: defect for module in _MODULES for defect in module.DEFECTS}


def by_kind(kind: int) -> list[str]:
    """Names of the defects of a kind of the handbook."""
    return [name for name, defect in DEFECTS.items() if kind in defect.kinds]


def by_rule(rule: str) -> list[str]:
    """Names of the defects that a rule must report first."""
    return [name for name, defect in DEFECTS.items() if defect.rules[:1] == (rule,)]


def inject(draft: Draft, wanted: Iterable[str] | int, rng: Random, grammar: Grammar | None = None) -> Draft:
    """The draft with the named defects, or with as many as wanted of any kind, those left out that cannot be made in it
    or would touch what another one touched. `grammar` (the draft's family) is needed by those that write sentences."""
    count = wanted if isinstance(wanted, int) else len(DEFECTS)
    names = _shuffled(rng) if isinstance(wanted, int) else list(wanted)
    zones: set[str] = set()
    for name in names:
        if len(zones) >= count:
            break
        defect = DEFECTS[name]
        if defect.zone in zones:
            continue
        spoiled = possible(draft, defect, rng, grammar)
        if spoiled is not None and _apart(draft, spoiled):
            draft = spoiled
            zones.add(defect.zone)
    return draft


def possible(draft: Draft, defect: Defect, rng: Random, grammar: Grammar | None = None) -> Draft | None:
    """The draft with this defect; None where it cannot be made in it."""
    if defect.make is not None:
        return defect.make(draft, rng)
    if defect.with_facts is None or grammar is None:
        return None
    return defect.with_facts(draft, rng, _facts(draft, grammar))


def _facts(draft: Draft, grammar: Grammar) -> Facts:
    """What the report states, as its frames were filled."""
    cells = {key: value for key, value in numbers(draft).items() if value is not None}
    details = Details(Random(draft.year), grammar.fills, draft.body, draft.year)
    return Facts(grammar, draft.expected, {**cells, **draft.numbers}, details.fill)


def _shuffled(rng: Random) -> list[str]:
    """Names in random order, families of defects alternating."""
    groups: list[Sequence[str]] = [[d.name for d in module.DEFECTS] for module in _MODULES]
    order = [(rng.random(), name) for group in groups for name in rng.sample(list(group), len(group))]
    return [name for _, name in sorted(order)]


def _apart(before: Draft, after: Draft) -> bool:
    """Whether a new defect leaves the words and cells of the earlier ones as they were."""
    text = "".join(s.text for _, s in after.sentences()) + "".join(p.head for p in after.parts) + "".join(after.closing)
    earlier = [*before.findings, *before.others]
    if not all(quote in text for entry in earlier for quote in entry["covers"]["quotes"]):
        return False
    touched = {key for entry in before.defects for key in entry["cells"]}
    return all(before.cells.get(key) == after.cells.get(key) for key in touched) and not _mended(before, after)


def _mended(before: Draft, after: Draft) -> bool:
    """Whether an identity that an earlier defect broke holds again."""
    codes = {entry["rule"].removeprefix("identity.") for entry in before.defects}
    return bool(codes & (_broken(before) - _broken(after))) if before.cells != after.cells else False


def _broken(draft: Draft) -> set[str]:
    return {equation.code for equation in broken(form_equations(draft), numbers(draft), body(draft))}
