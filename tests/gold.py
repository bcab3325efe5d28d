"""The real report and its hand-made labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from analyzer.evaluation.places import squeeze

__all__ = ["REAL", "load", "squeeze"]

REAL = Path(__file__).parent.parent / "corpora" / "real" / "000_81756f01c13aa782"


def load(folder: Path = REAL) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return gold
