"""Figures in cells: read twice, held against how wide they are printed, unsure where anything speaks against them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from statistics import median

import numpy as np

from analyzer.readers.recognition.models import Character, Said
from analyzer.readers.recognition.rulings import Mask

SURE, RIVAL, MISSED = 0.9, 0.1, 0.25
"""Least probability of a character, and the most that speaks for another one or for one more."""
ADVANCE, ENOUGH = 0.74, 5
"""Width of a figure by its height where fewer than so many cells of several figures tell it."""
NARROWER, WIDER = 0.95, 0.45
"""By how many figures a cell may be narrower and wider than its figures take up."""
LEANING, BAR = -0.18, 0.5
"""How far the ink of a slanting stroke moves aside with each row, and the least width of a 7's bar by its own."""
MARK, STRAY, TALL = -0.25, 1.5, 12
"""The same for the mark that stands for none, how many pixels it may stray, and its least height."""
SHORT = 2
"""Characters of a text that may always be a misread figure, or a trace of a stamp."""
_VALUE = re.compile(r"[\d.,，。．:：·'’/／\\\-—－–_~+*%％OoQDＯ〇○lI|丨!iSsBZzgqb()（）\s]*")
_ALIKE = str.maketrans("OoQDＯ〇○lI|丨!i", "0000000111111")
_FIGURES = re.compile(r"[\d.,]+")
_STROKES = ("1", "7", "/")
"""What is one stroke, or nearly: a slanting one is a mark for none, not a figure."""


def is_value(text: str) -> bool:
    """Whether a cell holds a figure or a mark for none, or what may be one misread."""
    return len(text) <= SHORT or _VALUE.fullmatch(text) is not None


def figure(text: str) -> str:
    """What a value says, whatever it is set in: letters that look like figures are those."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("。", ".")
    return plain.translate(_ALIKE)


def clear(character: Character) -> bool:
    """Whether no other character is likely."""
    rival = max((share for text, share in character.others if text), default=0.0)
    return character.sure >= SURE and rival <= RIVAL


def certain(said: Said, again: Said) -> bool:
    """Whether two readings of a value agree and nothing speaks for another figure, or for one more."""
    if figure(said.text) != figure(again.text) or said.missed > MISSED:
        return False
    return all(_clear_figure(character) for character in said.characters)


def _clear_figure(character: Character) -> bool:
    """Whether no other figure is likely; letters that look like this one speak for it."""
    own, sure, rival = figure(character.text), character.sure, 0.0
    for text, share in character.others:
        if text and figure(text) == own:
            sure += share
        elif text:
            rival = max(rival, share)
    return sure >= SURE and rival <= RIVAL


class Fit:
    """How wide figures are on a page, from all its values: `read` holds the text of each with the ink of its line."""

    def __init__(self, read: Sequence[tuple[str, Mask]]) -> None:
        wide = [
            ink.shape[1] / ink.shape[0] / (len(text) - 0.15)
            for text, ink in read
            if len(text) > 1 and text.isdecimal() and ink.size
        ]
        self.known = len(wide) >= ENOUGH
        self.advance = median(wide) if self.known else ADVANCE

    def suits(self, text: str, ink: Mask) -> bool:
        """Whether ink of this size, in so many pieces side by side, can be these figures."""
        if text in _STROKES and not _stroke(text, ink):
            return False
        if not _FIGURES.fullmatch(text):
            return True
        points = sum(character in ".," for character in text)
        count = len(text) - points + points / 2
        room = ink.shape[1] / ink.shape[0] / self.advance
        slack = 0.0 if self.known else 0.5
        if points and text.count(".") + text.count(",") == len(text):
            return False
        columns = np.concatenate(([0], ink.any(axis=0).astype(np.int8), [0]))
        pieces = int((np.diff(columns) == 1).sum())
        return count - NARROWER - slack <= room <= count + WIDER + slack and pieces <= len(text)


def _stroke(text: str, ink: Mask) -> bool:
    """Whether ink stands upright as a 1 does, has the bar of a 7, or leans as the mark does."""
    rows = np.flatnonzero(ink.any(axis=1))
    if rows.size < 2:
        return False
    if text == "7":
        top = ink[rows[0] : rows[0] + max(2, rows.size // 4)].any(axis=0)
        return bool(top.sum() >= BAR * ink.any(axis=0).sum())
    return (_lean(ink)[0] < LEANING) == (text == "/")


def is_mark(text: str, ink: Mask) -> bool:
    """Whether what was read as a 1 is the mark for none: one straight stroke that leans more than any figure."""
    if text != "1" or np.count_nonzero(ink.any(axis=1)) < TALL:
        return False
    lean, stray = _lean(ink)
    return lean < MARK and stray < STRAY


def _lean(ink: Mask) -> tuple[float, float]:
    """By how many columns ink moves aside with each row, and how far it strays from that."""
    rows = np.flatnonzero(ink.any(axis=1))
    middles = np.array([np.flatnonzero(ink[row]).mean() for row in rows])
    slope, start = np.polyfit(rows, middles, 1)
    return float(slope), float(np.abs(slope * rows + start - middles).max())
