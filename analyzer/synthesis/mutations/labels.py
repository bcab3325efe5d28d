"""The labels of a report as the kit needs them: cells by key, and the claims that a cell holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from analyzer.document import Document, Number
from analyzer.knowledge.forms import Forms
from analyzer.numerals import plain

PERIODS = ("this_year", "")
SMALL = Decimal("0.0001")
"""元 in 万元."""
_BLANK = re.compile(r"\s")
_FIRST = re.compile(r"[0-9０-９]|[一二两三四五六七八九十百千]+(?=[^是、])")


@dataclass(frozen=True, slots=True)
class Linked:
    """A labelled claim whose cells are known: where its number stands in the extracted text, what it states in its own
    unit (`low`…`high`, None: open), and the `factor` from its unit to that of its cells."""

    quote: str
    start: int
    keys: tuple[str, ...]
    value: Number
    low: Number | None
    high: Number | None
    factor: Decimal = Decimal(1)

    def fits(self, total: Number, *, scale: Decimal = Decimal(1)) -> bool:
        """Whether it states this number of its cells, its own number taken times `scale`."""
        shift = (Decimal(self.value) * scale - self.value) * self.factor
        low, high = (None if b is None else Decimal(b) * self.factor + shift for b in (self.low, self.high))
        return (low is None or total >= low) and (high is None or total <= high)


@dataclass(frozen=True, slots=True)
class Labels:
    """What `gold.json` says of a report, keys written out (`request.new/total`)."""

    standard: str
    year: int
    cells: Mapping[str, Number | None]
    claims: tuple[Linked, ...]
    sections: tuple[tuple[str, str], ...]
    traps: tuple[str, ...]
    level: str = ""
    kind: str = ""


def read_labels(gold: Mapping[str, Any], document: Document, forms: Forms) -> Labels:
    """The labels, their quotes found in the document's paragraphs; quotes that are not there are left out."""
    report = gold["report"]
    standard = str(report["standard"])
    cells: dict[str, Number | None] = {}
    for key, value in gold.get("cells", {}).items():
        for name in forms.resolve(standard, key)[:1]:
            cells[name] = _number(value)
    return Labels(
        standard=standard,
        year=int(report["year"]),
        cells=cells,
        claims=tuple(_claims(gold["claims"], Prose(document), cells, (forms, standard))),
        sections=tuple((_squeezed(s["heading"]), str(s["section"])) for s in gold.get("sections", [])),
        traps=tuple(_squeezed(trap["quote"]) for trap in gold.get("traps", [])),
        level=str(report.get("level", "")),
        kind=str(report.get("kind", "")),
    )


class Prose:
    """The paragraphs without white space, each character with its place in the extracted text."""

    def __init__(self, document: Document) -> None:
        self.offsets: list[int] = []
        letters: list[str] = []
        for block in document.paragraphs:
            for start, end in block.pieces:
                for at in range(start, end):
                    if not document.text[at].isspace():
                        letters.append(document.text[at])
                        self.offsets.append(at)
        self.text = "".join(letters)

    def find(self, quote: str, occurrence: int = 1) -> int | None:
        """Place of the quote (without white space) in `text`; None where it does not appear so often."""
        at = -1
        for _ in range(occurrence):
            at = self.text.find(quote, at + 1)
            if at < 0:
                return None
        return at


def _claims(
    given: Iterable[Mapping[str, Any]],
    prose: Prose,
    cells: Mapping[str, Number | None],
    form: tuple[Forms, str],
) -> Iterable[Linked]:
    forms, standard = form
    for claim in given:
        key = claim.get("expression") or claim.get("indicator") or ""
        keys = forms.resolve(standard, "+".join(key) if isinstance(key, list) else key) if key else ()
        told = claim.get("verdict") == "consistent" and claim.get("period", "this_year") in PERIODS
        value = _number(claim.get("value"))
        at = _place(claim, prose)
        if not keys or not told or value is None or at is None or any(k not in cells for k in keys):
            continue
        low, high = _number(claim.get("low")), _number(claim.get("high"))
        if low is None and high is None:
            low, high = (None, None) if claim.get("approximate") else (value, value)
        money = claim.get("unit") == "元" and forms.unit(standard, keys[0]).endswith("元")
        factor = SMALL if money and forms.unit(standard, keys[0]) != "元" else Decimal(1)
        linked = Linked(str(claim["quote"]), at, keys, value, low, high, factor)
        yield linked


def _place(claim: Mapping[str, Any], prose: Prose) -> int | None:
    """Where the number of a claim stands in the extracted text."""
    quote = _squeezed(claim["quote"])
    at = prose.find(quote, int(claim.get("occurrence") or 1))
    if at is None:
        return None
    inside = claim.get("number_at")
    if inside is None:
        found = _FIRST.search(quote)
        inside = found.start() if found else 0
    return prose.offsets[at + int(inside)]


def _number(value: Any) -> Number | None:
    """A number; None for a blank and for a mark that stands in its place."""
    try:
        return None if value is None else plain(Decimal(str(value)))
    except InvalidOperation:
        return None


def _squeezed(text: str) -> str:
    return _BLANK.sub("", text)


def total(cells: Mapping[str, Number | None], keys: Sequence[str]) -> Number | None:
    """The sum of cells, None where one of them is blank."""
    values = [cells[key] for key in keys]
    return None if None in values else plain(sum((Decimal(value or 0) for value in values), Decimal(0)))
