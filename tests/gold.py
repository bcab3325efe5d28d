"""Compare an analysis with a labelled report (`gold.json`): claims match where their numbers stand at the same place
in the text without white space."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from analyzer.analysis import Analysis
from analyzer.document import Claim

REAL = Path(__file__).parent.parent / "corpora" / "real" / "000_81756f01c13aa782"


def load(folder: Path = REAL) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return gold


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def number_offset(quote: str) -> int:
    """Where the number (or the zero word) begins in a quote without white space."""
    found = re.search(r"[0-9０-９]|[一二两三四五六七八九十百千]+(?=[处项名次个余多件条])|[无未没零]", quote)
    return found.start() if found else 0


def places(text: str, quote: str) -> list[int]:
    """All places of a quote's number in the text without white space."""
    whole, part = squeeze(text), squeeze(quote)
    return [m.start() + number_offset(part) for m in re.finditer(re.escape(part), whole)]


def claim_place(analysis: Analysis, claim: Claim) -> int:
    return len(squeeze(analysis.text[: claim.number.start]))


def claim_at(analysis: Analysis, quote: str) -> Claim | None:
    wanted = set(places(analysis.text, quote))
    return next((c for c in analysis.claims if claim_place(analysis, c) in wanted), None)


def misses(analysis: Analysis, label: dict[str, Any]) -> str:
    """What is wrong with the claim found for a label; empty when nothing is."""
    claim = claim_at(analysis, label["quote"])
    if claim is None:
        return f"{label['quote']}: not found"
    links = {label["indicator"] or "", *label.get("indicator_accept", [])}
    verdicts = {label["verdict"], *label.get("accept", [])}
    wrong = [
        f"{name} {got!r} not {want!r}"
        for name, got, want, right in (
            ("value", claim.value, label["value"], claim.value == label["value"]),
            ("unit", claim.unit, label["unit"], claim.unit == label["unit"]),
            ("approximate", claim.approximate, label["approximate"], claim.approximate == label["approximate"]),
            ("indicator", claim.indicator, links, claim.indicator in links),
            ("verdict", claim.verdict, verdicts, claim.verdict in verdicts),
            ("period", claim.period, label["period"], claim.period == label["period"]),
        )
        if not right
    ]
    return f"{label['quote']}: {'; '.join(wrong)}" if wrong else ""
