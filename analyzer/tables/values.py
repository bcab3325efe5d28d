"""Printed numbers of a table cell, and what they are in the unit of the form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from analyzer.document import CellState, Number
from analyzer.knowledge.forms import Forms, Words

_ORDINAL = re.compile(r"[(（]?\d{1,2}[.、)）．,，]")
_BROKEN = re.compile(
    r"[\d,，.．\s+*~～—-]*\d[\d,，.．\s+*~～—-]*|[OoIl〇○?？]{1,2}|[*?？]{1,5}|#[A-Z][A-Z0-9/]{1,6}[!?]?"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


class Figures:
    """Reads what is printed in a value cell."""

    def __init__(self, words: Words) -> None:
        self._marks = frozenset(unicodedata.normalize("NFKC", mark) for mark in words.not_applicable)
        self._numberless = frozenset(words.numberless)
        self._plus, self._minus = frozenset(words.plus), frozenset(words.minus)
        self._units: Mapping[str, Decimal] = {**words.counts, **words.money}
        self._money = words.money
        signs = "|".join(re.escape(sign) for sign in sorted(self._plus | self._minus, key=len, reverse=True))
        units = "|".join(re.escape(unit) for unit in sorted(self._units, key=len, reverse=True))
        self._value = re.compile(rf"(?:[(]?({units})[)]?\s*)?({signs})?\s*({_NUMBER})\s*[(]?({units})?[)]?")
        around = "|".join(re.escape(word) for word in words.around)
        self._loose = re.compile(rf"(?:{around})*\d[\d,，.．]*(?:{around})*(?:{units})?")
        first = {mark[0] for mark in (*words.not_applicable, *self._marks, *words.plus, *words.minus, *self._units)}
        self._first = frozenset(first | set("0123456789０１２３４５６７８９－＋"))

    def is_unit(self, text: str) -> bool:
        """Whether `text` is nothing but a unit."""
        return text in self._units

    def is_value(self, text: str) -> bool:
        """Whether `text` is a number (with a unit or not) or a mark that stands for one."""
        if text.isdecimal():
            return True
        if text[:1] not in self._first:
            return False
        plain = unicodedata.normalize("NFKC", text).strip()
        return plain in self._marks or self._value.fullmatch(plain) is not None

    def is_broken(self, text: str, loose: bool) -> bool:
        """Whether `text` seems to be a number that cannot be read; `loose`: also with a word before or after it."""
        if _ORDINAL.fullmatch(text):
            return False
        if text in self._numberless:
            return True
        return _BROKEN.fullmatch(text) is not None or (loose and self._loose.fullmatch(text) is not None)

    def read(self, raw: str, unit: str, printed: str = "") -> tuple[CellState, Number | None]:
        """State and value of a cell whose unit on the form is `unit`; `printed` is the unit its column states."""
        text = raw.strip()
        if not text:
            return "blank", None
        if text.isdecimal() and (printed not in self._money or printed == unit):
            return "read", int(text)
        text = unicodedata.normalize("NFKC", text)
        if text in self._marks:
            return "not_applicable", None
        match = self._value.fullmatch(text)
        if match is None:
            return "unreadable", None
        before, sign, digits, own = match.groups()
        number = Decimal(digits.replace(",", ""))
        if sign in self._minus:
            number = -number
        return self._scaled(number, unit, own or before or printed)

    def _scaled(self, number: Decimal, unit: str, printed: str) -> tuple[CellState, Number | None]:
        if unit in self._money and printed in self._money:
            number *= self._money[printed] / self._money[unit]
        elif printed in self._money or (printed and unit in self._money):
            return "unreadable", None
        whole = number == number.to_integral_value()
        return "read", int(number) if whole else number.normalize()


@lru_cache(maxsize=8)
def figures(forms: Forms) -> Figures:
    """How the numbers of `forms` are read, compiled once."""
    return Figures(forms.words)
