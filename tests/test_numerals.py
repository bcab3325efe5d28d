"""Numbers as reports print them, and the bounds of bent ones."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analyzer.numerals import BoundKind, bent, parse_number, place


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1203", 1203),
        ("1,203", 1203),
        ("11,398", 11398),
        ("２５", 25),
        ("４７７．３５", Decimal("477.35")),
        ("1.2万", 12000),
        ("23.9847万", 239847),
        ("3万5千", 35000),
        ("2亿", 200000000),
        ("3万亿", 3 * 10**12),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("廿三", 23),
        ("卅", 30),
        ("两", 2),
        ("两千", 2000),
        ("一百零五", 105),
        ("一百二", 120),
        ("一百二十", 120),
        ("一千零一十", 1010),
        ("一万五", 15000),
        ("二十万三千", 203000),
        ("二〇一八", 2018),
        ("一二〇", 120),
        ("壹佰贰拾", 120),
        ("零", 0),
        ("〇", 0),
        ("-3", -3),
    ],
)
def test_a_number(text: str, value: object) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "几十", "数百", "三五", "三四十", "两三", "万", "条", "1.2.3", "十项", "一是"])
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_integral_values_are_int_and_others_exact() -> None:
    assert type(parse_number("12.0")) is int
    assert parse_number("4.34") == Decimal("4.34")
    assert type(parse_number("4.34")) is Decimal


@pytest.mark.parametrize(
    ("value", "kind", "low", "high"),
    [
        (140, "over", 141, 149),
        (2100, "over", 2101, 2199),
        (755, "over", 755, None),
        (20, "over", 21, 29),
        (40, "under", 30, 39),
        (200, "about", 190, 210),
        (300, "above", 301, None),
        (300, "at_least", 300, None),
        (300, "below", None, 299),
        (300, "at_most", None, 300),
        (12, None, 12, 12),
    ],
)
def test_bounds(value: int, kind: BoundKind | None, low: int | None, high: int | None) -> None:
    quantity = bent(value, kind)
    assert (quantity.low, quantity.high) == (low, high)
    assert quantity.approximate is (kind is not None)


def test_a_myriad_form_stands_for_all_that_round_to_it() -> None:
    quantity = bent(13000, None, rounded=True)
    assert (quantity.low, quantity.high, quantity.approximate) == (12500, 13499, False)


@pytest.mark.parametrize(
    ("value", "weight"), [(5500, 100), (755, 1), (20, 10), (0, 1), (Decimal("3.5"), Decimal("0.1"))]
)
def test_weight_of_the_last_place(value: int | Decimal, weight: object) -> None:
    assert place(value) == weight
