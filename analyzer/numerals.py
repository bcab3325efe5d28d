"""Numbers as Chinese reports print them: Arabic, full-width, Chinese and mixed numerals, 万 and 亿, percentages.

The words that bend a number (余, 多, 近, 约, 以上 …) are data (`units.csv`) and handed in as `Bound`s.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Number = int | Decimal
BoundKind = Literal["over", "under", "about", "above", "at_least", "below", "at_most"]

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "俩": 2}
DIGITS |= {c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
TENS = str.maketrans({"廿": "二十", "卅": "三十"})
PLACES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}

ARABIC = r"(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+)(?:[.．][0-9０-９]+)?"
CHINESE = "[" + "".join(DIGITS) + "".join(PLACES) + "".join(MYRIADS) + "廿卅]"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: its full `value` (None: a vague one as 数百), what its wording allows (`low`…`high`, None:
    open), whether it was bent."""

    value: Number | None
    low: Number | None
    high: Number | None
    approximate: bool


def plain(value: Decimal | int) -> Number:
    """An `int` where the value is integral."""
    return int(value) if value == int(value) else Decimal(value)


def parse_number(text: str) -> Number | None:
    """The whole of `text` as a number, or None: `1,203`, `２５`, `1.2万`, `3万5千`, `二十五`, `三点五`, `二〇一八`."""
    if text.isascii() and text.isdigit():
        return int(text)
    folded = unicodedata.normalize("NFKC", text).replace(" ", "").replace(",", "").translate(TENS)
    if not folded:
        return None
    sign = -1 if folded[0] in "-−负" else 1
    number = _unsigned(folded.lstrip("+-−负"))
    return None if number is None else plain(sign * number)


def _unsigned(text: str) -> Decimal | None:
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return Decimal(text)
    if len(text) > 1 and all(c in DIGITS for c in text):
        if len(text) < 4 and not set(text) & set("零〇○"):
            return None
        return Decimal("".join(str(DIGITS[c]) for c in text))
    whole, point, decimals = text.partition("点")
    if point and decimals and all(c in DIGITS for c in decimals) and (spoken := _spoken(whole)) is not None:
        return spoken + Decimal("0." + "".join(str(DIGITS[c]) for c in decimals))
    return _spoken(text)


def _spoken(text: str) -> Decimal | None:
    """Numerals with places: sections of 亿 and 万, each with 千 百 十; a last digit without place takes the next lower
    one (一万五 is 15000). None where two digits stand side by side (三四十 is no number)."""
    total, section, digits, scale = Decimal(0), Decimal(0), "", Decimal(0)
    for c in text:
        if c in MYRIADS:
            section += _digits(digits, Decimal(0) if section or total else None)
            if not section and not digits and not total:
                return None
            total = (total + section) * MYRIADS[c] if total and MYRIADS[c] > 10**4 else total + section * MYRIADS[c]
            section, digits, scale = Decimal(0), "", Decimal(MYRIADS[c])
        elif c in PLACES:
            section += _digits(digits, Decimal(1) if PLACES[c] == 10 or not digits else None) * PLACES[c]
            digits, scale = "", Decimal(PLACES[c])
        elif c in DIGITS and digits.strip("0"):
            return None
        elif c in DIGITS or (c.isascii() and (c.isdigit() or c == ".")):
            digits += str(DIGITS[c]) if c in DIGITS else c
            scale = Decimal(1) if c in "零〇○" else scale
        else:
            return None
    if not re.fullmatch(r"([0-9]+(\.[0-9]+)?)?", digits):
        return None
    rest = _digits(digits, Decimal(0))
    alone = len(digits) == 1 and scale >= 100
    return total + section + (rest * scale / 10 if alone else rest)


def _digits(digits: str, empty: Decimal | None) -> Decimal:
    if not digits:
        return empty if empty is not None else Decimal(0)
    return Decimal(digits) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits) else Decimal(0)


def place(value: Number, decimals: int = 0) -> Decimal:
    """Weight of the last place that is not zero: 100 for 5500, 1 for 755, 0.1 for 3.5."""
    number = Decimal(value).normalize()
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) and number else -decimals)


VAGUE = Quantity(None, None, None, True)
"""A number without a value: 几十, 数百."""


def bent(value: Number, kind: BoundKind | None, *, rounded: bool = False) -> Quantity:
    """`value` with the bounds its wording allows (handbook D2); `rounded` for 万 and 亿 forms, which stand for all
    that round to them. Integral values have inclusive integral bounds."""
    if kind is None and not rounded:
        return Quantity(value, value, value, False)
    step = place(value)
    if kind is None:
        half = step / 2 if rounded and step > 1 else Decimal(0)
        return Quantity(value, plain(value - half), plain(value + half - (1 if half else 0)), False)
    if kind == "over" and step == 1:
        return Quantity(value, value, None, True)
    least = min(step, Decimal(1)) if step >= 1 else step / 10
    bounds: dict[BoundKind, tuple[Decimal | int | None, Decimal | int | None]] = {
        "over": (value + least, value + step - least),
        "under": (value - step, value - least),
        "about": (value * Decimal("0.95"), value * Decimal("1.05")),
        "above": (value + least, None),
        "at_least": (value, None),
        "below": (None, value - least),
        "at_most": (None, value),
    }
    low, high = bounds[kind]
    return Quantity(value, None if low is None else plain(low), None if high is None else plain(high), True)
