"""How numbers are printed, and what their wording allows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from analyzer.document import Number
from analyzer.knowledge.grammar import Bend

DIGITS = "零一二三四五六七八九"
SPOKEN = 100
"""From here on numbers are printed in digits."""
MYRIAD = 10_000


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed: text before, the number, text between number and unit, text after the unit; the value the
    print states and the bounds it allows (None: open)."""

    before: str
    digits: str
    between: str
    after: str
    value: Number
    low: Number | None
    high: Number | None
    approximate: bool = False


def printed(value: Number, style: str, around: str = "", bend: Bend = "over") -> Printed:
    """`value` in a style, bent by the word `around` of the kind `bend` where a rounded number fits it, else exact."""
    if around and isinstance(value, int):
        bent = _bent(value, style, around, bend)
        if bent is not None:
            return bent
    if style == "wan" and isinstance(value, int) and value >= MYRIAD:
        return _myriads(value)
    return Printed("", _digits(value, style), "", "", value, value, value)


def percent(part: Number, whole: Number, decimals: int) -> Decimal:
    """The share of `part` in `whole` in percent, rounded half up."""
    exact = Decimal(part) * 100 / Decimal(whole)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def chinese(value: int) -> str:
    """A numeral below 100; 2 is 两, as before a measure word."""
    tens, ones = divmod(value, 10)
    if value == 2:
        return "两"
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def _digits(value: Number, style: str) -> str:
    if style == "zh" and isinstance(value, int) and 0 < value < SPOKEN:
        return chinese(value)
    if style == "comma" and value >= 1000:
        return f"{value:,}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _myriads(value: int) -> Printed:
    """In 万, cut to two decimals: stands for all that rounds to it."""
    rounded = (Decimal(value) / MYRIAD).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    stated = int(rounded * MYRIAD)
    return Printed("", f"{rounded:f}万", "", "", stated, *rounding(stated))


def rounding(stated: int) -> tuple[int, int]:
    """The least and most that a number told in 万 or 亿 stands for."""
    half = place(stated) // 2
    return stated - half, stated + max(half - 1, 0)


def place(value: int) -> int:
    """Weight of the last digit that is not zero."""
    step = 1
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def _bent(value: int, style: str, around: str, bend: Bend) -> Printed | None:
    """A rounded number with its word, None where no natural one fits."""
    if value < 11:
        return None
    step = 10 if value < 1000 else 100
    if style == "wan" and value >= MYRIAD:
        step = 1000
    down = value - value % step
    stated = {"under": down + step, "about": _nearest(value, step)}.get(bend, down)
    low, high = _bounds(stated, bend)
    fits = stated > 0 and (low is None or low <= value) and (high is None or value <= high)
    if not fits or place(stated) == 1:
        return None
    digits = f"{(Decimal(stated) / MYRIAD).normalize():f}万" if style == "wan" and stated >= MYRIAD else ""
    digits = digits or _digits(stated, style)
    if bend == "over":
        return Printed("", digits, around, "", stated, low, high, True)
    if bend == "at_least":
        return Printed("", digits, "", around, stated, low, high, True)
    return Printed(around, digits, "", "", stated, low, high, True)


def _nearest(value: int, step: int) -> int:
    return (value + step // 2) // step * step


def _bounds(stated: int, bend: Bend) -> tuple[Number | None, Number | None]:
    """What `stated` bent by `around` allows (handbook D2)."""
    step = place(stated)
    if bend == "over":
        return stated + 1, stated + step - 1
    if bend == "under":
        return stated - step, stated - 1
    if bend == "about":
        return _whole(Decimal(stated) * Decimal("0.95")), _whole(Decimal(stated) * Decimal("1.05"))
    if bend == "at_least":
        return stated, None
    return stated + 1, None


def _whole(value: Decimal) -> Number:
    return int(value) if value == int(value) else value.normalize()
