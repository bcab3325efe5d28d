"""Ordinals of headings as Word's own numbering: what a list would print, and its XML.

A heading's ordinal becomes one of the list only where the list prints the same; a wrong or missing ordinal stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analyzer.numerals import parse_number

_ORDINAL = re.compile(r"\d+|[一二三四五六七八九十]+")
LEVELS = 2


@dataclass
class Numbering:
    """The list of one document: for each level the words round the ordinal, as the first heading has them."""

    forms: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    counts: list[int] = field(default_factory=lambda: [0] * LEVELS)

    def takes(self, printed: str, depth: int) -> bool:
        """Whether the list prints this ordinal for the next heading of a depth (from 1); it then counts on."""
        found = _ORDINAL.search(printed)
        if found is None or depth > LEVELS:
            return False
        kind = "decimal" if found[0].isdecimal() else "chineseCountingThousand"
        form = (printed[: found.start()], printed[found.end() :], kind)
        if self.forms.setdefault(depth, form) != form or parse_number(found[0]) != self.counts[depth - 1] + 1:
            return False
        self.counts[depth - 1] += 1
        self.counts[depth:] = [0] * (LEVELS - depth)
        return True

    def xml(self, number: int, styles: tuple[str, ...] = ()) -> str:
        """The list as a `w:abstractNum`; `styles` are the styles whose paragraphs its levels number."""
        levels = []
        for depth, (before, after, kind) in sorted(self.forms.items()):
            style = f"<w:pStyle w:val='{styles[depth - 1]}'/>" if styles else ""
            text = f"{before}%{depth}{after}".replace("'", "&apos;")
            levels.append(
                f"<w:lvl w:ilvl='{depth - 1}'><w:start w:val='1'/><w:numFmt w:val='{kind}'/>{style}"
                f"<w:suff w:val='nothing'/><w:lvlText w:val='{text}'/><w:lvlJc w:val='left'/>"
                "<w:pPr><w:ind w:left='0' w:firstLine='640'/></w:pPr></w:lvl>"
            )
        inner = f"<w:multiLevelType w:val='multilevel'/>{''.join(levels)}"
        return f"<w:abstractNum w:abstractNumId='{number}'>{inner}</w:abstractNum>"
