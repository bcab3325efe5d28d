"""A trained model as its numbers: what prediction needs, without the library that trained it.

Words are counted, weighted and scaled to length one; a class's score is linear in them; the scores become probabilities
by the sharpness that calibration found. The file is an archive of plain numpy arrays.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analyzer.errors import BadModel

Array = NDArray[np.float32]
ARRAYS = frozenset({"classes", "words", "rarity", "coefficients", "intercepts", "sharpness", "threshold"})
EPOCH = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True, eq=False)
class Weights:
    """`rarity` is a weight a word, `coefficients` a row a word and a column a class; a class whose probability stays
    below `threshold` is not named."""

    classes: tuple[str, ...]
    words: Mapping[str, int]
    rarity: Array
    coefficients: Array
    intercepts: Array
    sharpness: float
    threshold: float

    def probabilities(self, text: str) -> Array:
        """The probability of each class for words joined by blanks."""
        counts = sorted(Counter(self.words[word] for word in text.split() if word in self.words).items())
        places = np.array([place for place, _ in counts], dtype=np.intp)
        values = np.array([count for _, count in counts], dtype=np.float64) * self.rarity[places]
        scores = self.intercepts.astype(np.float64)
        if len(places):
            scores = scores + (values / np.sqrt(values @ values)) @ self.coefficients[places]
        raised = np.exp(self.sharpness * (scores - scores.max()))
        return np.asarray(raised / raised.sum(), dtype=np.float32)

    def best(self, text: str, allowed: Iterable[str] | None = None) -> tuple[str, float]:
        """The likeliest class (of those `allowed`) and its probability among them; ("", 0.0) where none is allowed."""
        found = self.probabilities(text)
        chosen = range(len(self.classes)) if allowed is None else sorted(map(self.places.__getitem__, set(allowed)))
        if not chosen:
            return "", 0.0
        own = found[chosen]
        best, total = int(own.argmax()), float(own.sum())
        return self.classes[chosen[best]], (float(own[best]) / total if total else 0.0)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The column of each class."""
        return {name: place for place, name in enumerate(self.classes)}


def dump(weights: Weights) -> bytes:
    """The file of a model, the same bytes for the same numbers."""
    arrays = {
        "classes": _text(weights.classes),
        "words": _text(sorted(weights.words, key=weights.words.__getitem__)),
        "rarity": weights.rarity,
        "coefficients": weights.coefficients,
        "intercepts": weights.intercepts,
        "sharpness": np.float64(weights.sharpness),
        "threshold": np.float64(weights.threshold),
    }
    members = {}
    for name, array in arrays.items():
        member = io.BytesIO()
        np.lib.format.write_array(member, np.asanyarray(array), allow_pickle=False)
        members[f"{name}.npy"] = member.getvalue()
    return archive(members)


def archive(members: Mapping[str, bytes]) -> bytes:
    """A compressed zip file with these members and no date of today."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            made.writestr(entry, content, compresslevel=9)
    return file.getvalue()


def load(path: Path) -> Weights:
    """The model of a file that `dump` made; raises `BadModel` for any other."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if set(arrays) != ARRAYS:
            raise ValueError(", ".join(sorted(ARRAYS ^ set(arrays))))
        return _checked(arrays)
    except (OSError, ValueError, EOFError, AttributeError, zipfile.BadZipFile) as problem:
        raise BadModel(f"{path}: {problem}") from None


def _checked(arrays: Mapping[str, NDArray[np.generic]]) -> Weights:
    classes, words = (bytes(arrays[name].astype(np.uint8)).decode().split("\n") for name in ("classes", "words"))
    weights = Weights(
        tuple(classes),
        {word: place for place, word in enumerate(words)},
        arrays["rarity"].astype(np.float32),
        arrays["coefficients"].astype(np.float32),
        arrays["intercepts"].astype(np.float32),
        float(arrays["sharpness"].astype(np.float64)),
        float(arrays["threshold"].astype(np.float64)),
    )
    shapes = (weights.rarity.shape, weights.coefficients.shape, weights.intercepts.shape)
    if shapes != ((len(words),), (len(words), len(classes)), (len(classes),)):
        raise ValueError(f"{len(words)} words, {len(classes)} classes, {shapes}")
    return weights


def _text(lines: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)
