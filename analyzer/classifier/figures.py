"""What stands round a number, as words for the claim model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.classifier.headings import WORDS, words
from analyzer.document import Claim
from analyzer.knowledge.outline import Outline

CLAUSE = re.compile("[，；：。、（）！？,;:()!?]")
NEAR = 3
"""How often the words of a number's own clause are counted."""
FAR = 40
"""So many characters before the clause are looked at."""
BEHIND = 12
"""So many characters behind the number and its unit are looked at."""
OLD = "2014"


def is_open(claim: Claim) -> bool:
    """Whether the rules neither linked a number of this year nor recognised it as one without a cell."""
    return not claim.pattern and claim.kind == "amount" and claim.period == "this_year"


def features(claims: Sequence[Claim], at: int, text: str, form: tuple[str, Outline], *, alone: bool = False) -> str:
    """Words for `claims[at]`, joined by blanks; `form` is the standard, and the outline whose folding is used; `alone`:
    without what the rules linked beside it.

    The same words mean other cells, or none, on the form of 2014 and on the later ones: each has words of its own."""
    claim, (standard, outline) = claims[at], form
    clauses = _clauses(claim, text, outline)
    own, earlier = words(clauses[-1]), words("，".join(clauses[:-1])[-FAR:])
    behind = words(CLAUSE.split(outline.fold(text[claim.number.end : claim.sentence.end][: 2 * BEHIND])[:BEHIND])[0])
    found = [f"l:{word}" for word in own] * NEAR + [f"z:{'_'.join(own[-2:])}"]
    found += [*(f"m:{word}" for word in earlier), *(f"r:{word}" for word in behind), f"c:{claim.unit or '-'}"]
    found += [f"s:{part}" for part in claim.section.split(";") if part]
    letter = "o" if standard == OLD else "n"
    return " ".join(f"{letter}{word}" for word in (*found, *_beside(claims, at, alone)))


def clause(claim: Claim, text: str, outline: Outline) -> str:
    """The words of the number's own clause before it, else those of the last clause that has any."""
    return _clauses(claim, text, outline)[-1]


def _clauses(claim: Claim, text: str, outline: Outline) -> list[str]:
    """The clauses of the sentence before the number; the last one has words, where there are any."""
    found = CLAUSE.split(outline.fold(text[claim.sentence.start : claim.number.start]))
    while len(found) > 1 and not WORDS.search(found[-1]):
        found.pop()
    return found


def _beside(claims: Sequence[Claim], at: int, alone: bool) -> list[str]:
    """Where the number stands in its sentence, and what those before it are linked to."""
    claim = claims[at]
    same = [c for c in claims[max(0, at - 8) : at] if c.sentence.start == claim.sentence.start]
    found = [f"i:{min(len(same), 3)}"]
    if claim.whole is not None:
        found.append("w:" + ("" if alone else claims[claim.whole].indicator))
    if same and not alone:
        found.append(f"p:{same[-1].indicator}")
    return found
