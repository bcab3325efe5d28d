"""What a heading and the words below it say about its class, as words for the section model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.dictionary import tokens
from analyzer.document import Section
from analyzer.knowledge.outline import Outline

SURE, FAIR = 0.8, 0.5
"""From these confidences on the rules know a heading's class, and are more likely right than not."""
BODY, READ = 60, 240
"""So many characters of a section's own text are looked at, out of so many printed ones."""
NAMED = 3
"""A heading's words count so much more than those below it."""
WORDS = re.compile(r"[㐀-鿿〇A-Za-z]+|[0-9.]+")
DIGITS = re.compile(r"[0-9.]+")


def is_open(section: Section) -> bool:
    """Whether the rules leave the class of a heading open: none, or one they only guess."""
    return section.heading != "" and (not section.section or section.confidence < SURE) and ";" not in section.section


def features(sections: Sequence[Section], at: int, text: str, outline: Outline, *, alone: bool = False) -> str:
    """Words for `sections[at]`, joined by blanks; `alone`: without what the rules say of its neighbours."""
    section = sections[at]
    end = next((s.start for s in sections[at + 1 :] if s.start > section.body), section.end)
    own = outline.fold(text[section.body : min(section.body + READ, end, section.end)])
    below = words("".join(WORDS.findall(own))[:BODY])
    found = [bare(section.heading.removeprefix(section.number), outline), *(f"b:{word}" for word in below)]
    return " ".join([*found, *_place(sections, at, alone)])


def bare(heading: str, outline: Outline) -> str:
    """Words for a heading without its ordinal, and without a report round it."""
    named = words(outline.fold(heading))
    return " ".join([f"h:{word}" for word in named] * NAMED + [f"e:{word}" for word in named[-1:]])


def words(text: str) -> list[str]:
    """`text` (folded) in words, every number the same, without marks."""
    return [DIGITS.sub("0", word) for word in tokens(text) if WORDS.fullmatch(word)]


def _place(sections: Sequence[Section], at: int, alone: bool) -> list[str]:
    """Depth, place among those of the same parent, and the classes round it."""
    section = sections[at]
    row = [n for n, s in enumerate(sections) if s.parent == section.parent and s.heading]
    place = row.index(at)
    found = [f"d:{min(section.depth, 3)}", f"p:{4 * place // len(row)}"]
    found += ["p:last"] * (place == len(row) - 1) + ["p:first"] * (place == 0)
    if not alone:
        above = [s for s in sections if s.ordinal == section.parent]
        beside = {
            "u": above,
            "f": [sections[n] for n in row[:place][-1:]],
            "n": [sections[n] for n in row[place + 1 :][:1]],
        }
        found += [f"{name}:{s.section}" for name, near in beside.items() for s in near if s.confidence >= SURE]
    return found
