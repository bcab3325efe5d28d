"""A report as it is judged: its analysis, its labels, and the places both speak of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from analyzer.analysis import Analysis
from analyzer.document import Document, Finding, Span
from analyzer.evaluation.labels import Gold, Quote
from analyzer.evaluation.places import Paragraphs, overlap, squeeze
from analyzer.knowledge.forms import Forms

_ENDS = ("。", "；", "！", "？")
_LONGEST = 80


@dataclass(frozen=True, eq=False)
class Exhibit:
    """An analysis beside the labels of its report."""

    analysis: Analysis
    document: Document
    gold: Gold
    forms: Forms

    @cached_property
    def paragraphs(self) -> Paragraphs:
        """The paragraphs without white space."""
        return Paragraphs(self.document)

    @property
    def standard(self) -> str:
        """The form that the labels' keys belong to."""
        return str(self.gold.facts.get("standard") or "none")

    def cells(self, keys: str) -> tuple[str, ...]:
        """The cells that keys joined by `+` mean, sorted, so that a sum and its parts, with or without `/total`, are
        the same; a key the form does not hold is taken as it is."""
        parts = (self.forms.resolve(self.standard, key) or (key,) for key in keys.split("+") if key)
        return tuple(sorted(cell for part in parts for cell in part))

    def named(self, keys: str) -> frozenset[str]:
        """All cells that keys joined by `;` or `+` name."""
        return frozenset(cell for key in keys.split(";") for cell in self.cells(key.strip()))

    def meets(self, finding: Finding, quote: Quote) -> bool:
        """Whether a finding points at a quote, at one of its places."""
        stands = self.paragraphs.find(quote)
        spans = [span for span in (finding.span, finding.second) if span is not None]
        if stands:
            return any(overlap(self.paragraphs.covered(span), place) for span in spans for place in stands)
        wanted = squeeze(quote.text)
        cuts = [squeeze(self.analysis.cut(span)) for span in spans]
        return any(cut and (cut in wanted or wanted in cut) for cut in cuts)

    def sentence(self, at: range | Span | None) -> str:
        """The sentence about a place, without white space, cut where it is long."""
        places = self.paragraphs.covered(at) if isinstance(at, Span) else at
        if not places:
            return ""
        text = self.paragraphs.text
        start = max(text.rfind(end, 0, places.start) for end in _ENDS) + 1
        stops = [stop for end in _ENDS if (stop := text.find(end, places.stop)) >= 0]
        stop = min(stops, default=len(text)) + 1
        return text[max(start, places.start - _LONGEST) : min(stop, places.stop + _LONGEST)]
