"""Which class of sections.csv a heading names, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from analyzer.knowledge.outline import Outline

CERTAIN, STRONG, FAIR, HINT = 1.0, 0.9, 0.7, 0.4
CONFIDENCE = {1: HINT, 2: FAIR, 3: 0.85, 4: STRONG, 5: STRONG}
LONG = 26
MOST = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A keyword found in a heading."""

    start: int
    end: int
    section: str
    weight: int


@lru_cache(maxsize=4096)
def classify(heading: str, outline: Outline) -> tuple[str, float]:
    """Ids of the classes that `heading` (without its ordinal) names, joined by `;`, and a confidence of 0 to 1.

    A heading that is a known one as a whole is certain. In others keywords are weighed: between two connectives
    the strongest counts, of equals the last (a Chinese noun phrase ends with its head)."""
    folded = outline.fold(heading)
    whole = known(folded, outline)
    if whole:
        return whole, CERTAIN
    parts = [max(part, key=lambda hit: (hit.weight, hit.end)) for part in _parts(folded, outline)]
    return _joined(parts, len(folded))


def known(folded: str, outline: Outline) -> str:
    """Ids of the class that the whole folded heading certainly names, a year or a self-name at its front left out."""
    bare = outline.bare(folded)
    return outline.known(bare) or outline.known(outline.patterns.lead.regex.sub("", bare))


def _hits(folded: str, outline: Outline) -> list[Hit]:
    hits = [
        Hit(found.start(), found.end(), entry.section, entry.weight)
        for entry in outline.keywords
        for found in entry.regex.finditer(folded)
    ]
    return [
        hit
        for hit in hits
        if not any(o.weight > hit.weight and o.start <= hit.start and hit.end <= o.end for o in hits)
    ]


def _parts(folded: str, outline: Outline) -> list[list[Hit]]:
    """The keywords of a heading in order, grouped by the connectives between them."""
    hits = _hits(folded, outline)
    cuts = [
        found.start()
        for found in outline.patterns.connective.regex.finditer(folded)
        if not any(hit.start < found.start() < hit.end for hit in hits)
    ]
    bounds = [-1, *cuts, len(folded)]
    groups = ([h for h in hits if a < h.end <= b] for a, b in pairwise(bounds))
    return [group for group in groups if group]


def _joined(parts: list[Hit], length: int) -> tuple[str, float]:
    if not parts:
        return "", 0.0
    best = max(part.weight for part in parts)
    kept = [part for part in parts if part.weight > 1 or best == 1]
    ids = tuple(dict.fromkeys(part.section for part in kept))[:MOST]
    weakest = min(max(p.weight for p in kept if p.section == i) for i in ids)
    confidence = CONFIDENCE[weakest] - (0.1 if length > LONG else 0.0) - 0.05 * (len(ids) - 1)
    return ";".join(ids), round(confidence, 2)
