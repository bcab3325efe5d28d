"""The trained models: the class of a heading that the rules leave open, the cell of a claim that no pattern knows.

They speak where the rules are silent or unsure, and abstain where they are unsure themselves. They are found beside the
package in a checkout (`models/`) and inside it when it is installed; without them the rules decide alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer import dictionary
from analyzer.classifier import figures, headings
from analyzer.document import Claim, Claims, Section
from analyzer.knowledge import Knowledge

if TYPE_CHECKING:
    from analyzer.classifier.weights import Weights

__all__ = ["MODEL", "NONE", "RULES", "SHIPPED", "TASKS", "Classifier", "Models", "fingerprint"]

TASKS = ("sections", "claims")
FILE = "weights.npz"
MODEL = "model"
"""The pattern of a claim that the model linked."""
NONE = "-"
"""The class of a number that states no cell."""
COUNTED = frozenset({"piece", "case", "time", "thing", ""})
"""Kinds of unit that may stand for one another."""


@dataclass(frozen=True, slots=True)
class Models:
    """Which models to use: those of `folder` (a folder for each of `TASKS`; None: none at all).

    `alone` lets them decide everything, to measure what they know without the rules."""

    folder: Path | None
    alone: bool = False


def fingerprint(models: Models) -> str:
    """SHA-256 (hex) over what the product reads of its models, empty where there are none."""
    paths = [models.folder / task / FILE for task in TASKS] if models.folder is not None else []
    there = [path.read_bytes() for path in paths if path.is_file()]
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in there)).hexdigest() if there else ""


def _shipped() -> Path | None:
    package = Path(__file__).resolve().parent.parent
    found = (folder / "models" for folder in (package, package.parent))
    return next((folder for folder in found if any((folder / task / FILE).is_file() for task in TASKS)), None)


SHIPPED = Models(_shipped())
RULES = Models(None)


class Classifier:
    """Both models over one edition of the domain data; read when first asked."""

    def __init__(self, models: Models, known: Knowledge) -> None:
        self.models, self.known, self.forms = models, known, known.forms
        self._kinds = {unit.word: unit.kind for unit in known.language.units}
        self._keys: dict[tuple[str, str], tuple[str, ...]] = {}

    def sections(self, sections: tuple[Section, ...], text: str) -> tuple[Section, ...]:
        """`sections` with a class where the rules only guess and the model is sure, its probability as confidence; what
        the rules are fairly sure of it can only confirm."""
        alone = self.models.alone
        asked = [n for n, s in enumerate(sections) if (s.heading if alone else headings.is_open(s))]
        weights = self._sections if asked else None
        if weights is None:
            return sections
        named = list(sections)
        for at in asked:
            before = sections[at]
            words = headings.features(sections, at, text, self.known.outline, alone=alone)
            section, probability = weights.best(words)
            free = not before.section or before.confidence < headings.FAIR or before.section == section
            if alone or (free and probability >= weights.threshold):
                named[at] = before._replace(section=section, confidence=round(probability, 2))
        return tuple(named)

    def claims(self, said: Claims, text: str, standard: str) -> Claims:
        """`said` with links that may confirm, where no pattern knew the claim and the model is sure."""
        alone = self.models.alone
        asked = [
            n for n, claim in enumerate(said.claims) if (claim.kind == "amount" if alone else figures.is_open(claim))
        ]
        weights = self._claims if asked else None
        if weights is None:
            return said
        linked = list(said.claims)
        for at in asked:
            words = figures.features(said.claims, at, text, (standard, self.known.outline), alone=alone)
            key, probability = weights.best(words, self._candidates(said.claims, at, standard))
            if alone:
                linked[at] = linked[at]._replace(indicator="" if key == NONE else key, pattern=MODEL)
            elif key != NONE and probability >= weights.threshold:
                linked[at] = linked[at]._replace(indicator=key, firm=False, pattern=MODEL, note="")
        return replace(said, claims=tuple(linked))

    def _candidates(self, claims: Sequence[Claim], at: int, standard: str) -> list[str]:
        """The keys of the form that a claim can mean by its unit, without those linked in its sentence; and none."""
        claim = claims[at]
        taken = {c.indicator for c in claims if c.sentence == claim.sentence and not self.models.alone}
        kind = self._kinds.get(claim.unit, "")
        return [NONE, *(key for key in self._fitting(standard, "" if kind in COUNTED else kind) if key not in taken)]

    def _fitting(self, standard: str, kind: str) -> tuple[str, ...]:
        """The classes of the claim model that the form has, by the kind of their unit (empty: all that is counted)."""
        if (standard, kind) not in self._keys:
            keys = self._claims.classes if self._claims else ()
            units = {key: self._kinds.get(self.forms.unit(standard, key), "") for key in keys}
            fits = (kind,) if kind else COUNTED
            own = (key for key in keys if units[key] in fits and self.forms.resolve(standard, key))
            self._keys[standard, kind] = tuple(own)
        return self._keys[standard, kind]

    @cached_property
    def _sections(self) -> Weights | None:
        return self._load("sections")

    @cached_property
    def _claims(self) -> Weights | None:
        return self._load("claims")

    def _load(self, task: str) -> Weights | None:
        path = self.models.folder / task / FILE if self.models.folder is not None else None
        if path is None or not path.is_file():
            return None
        from analyzer.classifier import weights

        dictionary.load(self.known.language.lexicon)
        return weights.load(path)
