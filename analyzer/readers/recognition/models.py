"""The models that find text on a picture and read it, run from the files that the package `rapidocr` carries."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzer.readers.encoding import Unreadable

Image = NDArray[Any]
"""Bytes: rows × columns × 3, or rows × columns where it is grey."""
HEIGHT, STEP, BATCH = 48, 8, 8
"""What the model of reading wants: lines of this height; it gives one result for each `STEP` columns."""
WIDEST = 2400
OTHERS = 6
"""How many characters are looked at where one is read."""
TEXT, BOX, GROWTH, SMALLEST = 0.3, 0.5, 1.6, 3.0
"""Finding text: probability of a pixel and of a box, how far boxes are grown, and their least side in pixels."""


class Character(NamedTuple):
    """A character read: its middle from the left of the picture in pixels, its probability, and the likeliest others
    at its place with theirs."""

    text: str
    at: float
    sure: float
    others: tuple[tuple[str, float], ...] = ()


class Said(NamedTuple):
    """A line as read; `missed` is the greatest probability of a character where none was read."""

    characters: tuple[Character, ...] = ()
    missed: float = 0.0

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join([character.text for character in self.characters])


class Models:
    """The three models, loaded once a process."""

    def __init__(self) -> None:
        import onnxruntime

        found = find_spec("rapidocr")
        if found is None or found.origin is None:
            raise ImportError("rapidocr")
        folder = Path(found.origin).parent / "models"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1 if multiprocessing.parent_process() else 2
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        files = [sorted(folder.glob(f"*_{part}_*.onnx"))[-1] for part in ("det", "rec", "cls")]
        self._find, self._read, self._turn = (
            onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"]) for file in files
        )
        said = self._read.get_modelmeta().custom_metadata_map["character"].splitlines()
        self.characters = ["", *said, " "]

    def find(self, image: Image) -> NDArray[Any]:
        """Probability of text for each pixel of a picture."""
        import cv2

        height, width = image.shape[:2]
        wide, high = max(32, round(width / 32) * 32), max(32, round(height / 32) * 32)
        found = _run(self._find, _normal(cv2.resize(image, (wide, high), interpolation=cv2.INTER_AREA))[None])
        return np.asarray(cv2.resize(found[0, 0], (width, height)), np.float32)

    def read(self, lines: Sequence[Image]) -> list[Said]:
        """What stands on pictures of one line each."""
        import cv2

        scaled = []
        for line in lines:
            width = max(1, min(WIDEST, round(line.shape[1] * HEIGHT / line.shape[0])))
            how = cv2.INTER_AREA if line.shape[0] > HEIGHT else cv2.INTER_CUBIC
            scaled.append(_normal(cv2.resize(line, (width, HEIGHT), interpolation=how)))
        said = [Said()] * len(lines)
        order = sorted(range(len(lines)), key=lambda number: scaled[number].shape[2])
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            widest = max(64, max(scaled[number].shape[2] for number in chosen))
            batch = np.zeros((len(chosen), 3, HEIGHT, -(-widest // STEP) * STEP), np.float32)
            for row, number in enumerate(chosen):
                batch[row, :, :, : scaled[number].shape[2]] = scaled[number]
            found = _run(self._read, batch)
            for row, number in enumerate(chosen):
                line = lines[number]
                said[number] = self._decoded(found[row], batch.shape[3] / found.shape[1] * line.shape[0] / HEIGHT)
        return said

    def upside_down(self, lines: Sequence[Image]) -> list[float]:
        """The probability of each line that it stands upside down."""
        import cv2

        batch = np.zeros((len(lines), 3, HEIGHT, 192), np.float32)
        for row, line in enumerate(lines):
            width = max(1, min(192, round(line.shape[1] * HEIGHT / line.shape[0])))
            batch[row, :, :, :width] = _normal(cv2.resize(line, (width, HEIGHT)))
        return [float(each) for each in _run(self._turn, batch)[:, 1]]

    def _decoded(self, found: NDArray[Any], step: float) -> Said:
        """Steps × characters → text: equal neighbours are one, the first character is none."""
        best = found.argmax(axis=1)
        runs = [(index, len(list(run))) for index, run in groupby(best.tolist())]
        characters, missed, at = [], 0.0, 0
        for number, (index, length) in enumerate(runs):
            if index == 0:
                beside = {runs[n][0] for n in (number - 1, number + 1) if 0 <= n < len(runs)}
                missed = max(missed, _most(found[at : at + length], beside | {0}))
            else:
                peak = at + int(found[at : at + length, index].argmax())
                likely = np.argpartition(found[peak], -OTHERS)[-OTHERS:]
                others = tuple((self.characters[n], float(found[peak, n])) for n in likely if n != index)
                middle = (at + length / 2) * step
                characters.append(Character(self.characters[index], middle, float(found[peak, index]), others))
            at += length
        return Said(tuple(characters), missed)


def _most(found: NDArray[Any], but: set[int]) -> float:
    """The greatest probability of any character but these."""
    edges = [-1, *sorted(but), found.shape[1]]
    return max(float(found[:, a + 1 : b].max()) for a, b in pairwise(edges) if b - a > 1)


def _run(session: Any, batch: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(session.run(None, {session.get_inputs()[0].name: batch})[0], np.float32)


def _normal(image: Image) -> NDArray[Any]:
    return ((image.astype(np.float32) / 255 - 0.5) / 0.5).transpose(2, 0, 1)


@cache
def _loaded() -> Models:
    return Models()


def models(name: str) -> Models:
    """The models; raises `UnreadableReport` for the file `name` where the extra is not installed."""
    try:
        import cv2  # noqa: F401

        return _loaded()
    except ImportError:
        message = 'a picture of text needs the extra "ocr": pip install "gongkai-analyzer[ocr]"'
        raise Unreadable("extra", name, message, extra="ocr") from None
