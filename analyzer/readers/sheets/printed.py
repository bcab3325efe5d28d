"""A cell's value and its number format → the text that the sheet shows."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

Value = (
    str | int | float | Decimal | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta | None
)
_MARK = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<single>.)|[_*].|\[(?P<code>[^\]]*)\]', re.S)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[_*].|\[[^\]]*\]|[^;"\\_*\[])*', re.S)
_DIGITS = re.compile(r"[#0?](?:[#0?,.]*[#0?,])?\.?[#0?]*|\.[#0?]+")
_CURRENCY = re.compile(r"\$(?P<sign>[^-]*)")
LONGEST = 15
"""Significant digits that a sheet holds."""


def printed(value: Value, form: str = "General") -> str:
    """What a cell of this value and number format shows. A number is never made into something without figures
    (a zero shown as a dash), a negative one always has its sign, a day is shown as `YYYY-MM-DD`."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime):
        day = value.date().isoformat()
        return day if value.time() == datetime.time() else f"{day} {value.time().isoformat('minutes')}"
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return str(value)
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite() or exact.adjusted() > LONGEST:
        return str(value)
    said = _formatted(exact, form)
    return said if any(letter.isdigit() for letter in said) else _plain(exact)


def _plain(value: Decimal) -> str:
    """A number without a format: no exponent, no rounding errors."""
    scale = max(0, min(10, LONGEST - 1 - max(value.adjusted(), 0)))
    shown = f"{value.quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _formatted(value: Decimal, form: str) -> str:
    before, digits, after = _parsed(form, (value > 0) - (value < 0))
    percent = (before + after).count("%")
    shown = _number(abs(value) * 100**percent, digits) if digits else _plain(abs(value))
    return f"-{shown}{'%' * percent}" if value < 0 else f"{before}{shown}{after}"


@lru_cache(maxsize=256)
def _parsed(form: str, sign: int) -> tuple[str, str, str]:
    """What stands before a number of this sign, its digits, and what stands after them."""
    sections = _sections(form)
    number = 1 if sign < 0 and len(sections) > 1 else 2 if sign == 0 and len(sections) > 2 else 0
    section = sections[number]
    if "general" in section.lower():
        return "", "", ""
    pieces: list[str] = []
    literals: list[str] = []
    at = 0
    for mark in _MARK.finditer(section):
        pieces.append(section[at : mark.start()])
        literals.append(_literal(mark))
        pieces.append(chr(0xE000 + len(literals) - 1))
        at = mark.end()
    bare = "".join([*pieces, section[at:]])
    digits = _DIGITS.search(bare)
    if digits is None or "E+" in bare or "E-" in bare or "/" in bare:
        return "", "", ""
    whole = [_unfolded(part, literals) for part in (bare[: digits.start()], bare[digits.end() :])]
    return whole[0], digits[0], _DIGITS.sub("", whole[1])


def _sections(form: str) -> list[str]:
    """The parts of a format between semicolons: for positive, negative, zero, text."""
    sections: list[str] = []
    at = 0
    while at <= len(form):
        section = _SECTION.match(form, at)
        end = section.end() if section else at
        sections.append(form[at:end])
        at = end + 1
    return sections


def _literal(mark: re.Match[str]) -> str:
    """What a quoted or escaped part or a currency's code shows; blanks and fillers show nothing."""
    currency = _CURRENCY.match(mark["code"] or "")
    return mark["quoted"] or mark["single"] or (currency["sign"] if currency else "")


def _unfolded(part: str, literals: list[str]) -> str:
    return "".join(
        literals[ord(letter) - 0xE000] if 0 <= ord(letter) - 0xE000 < len(literals) else letter for letter in part
    )


def _number(value: Decimal, digits: str) -> str:
    whole, _, fraction = digits.partition(".")
    scaled = value.scaleb(-3 * (len(digits) - len(digits.rstrip(","))))
    fraction = fraction.rstrip(",")
    rounded = scaled.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    said, _, parts = f"{rounded:f}".partition(".")
    least = whole.count("0")
    said = said.zfill(least) if least else said.lstrip("0")
    if "," in whole.rstrip(","):
        said = f"{int(said or '0'):,}".zfill(least) if said else said
    while parts and fraction[len(parts) - 1] != "0" and parts[-1] == "0":
        parts = parts[:-1]
    return f"{said}.{parts}" if parts else said
