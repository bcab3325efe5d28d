"""Lines of figures in a cell: one number or several."""

from __future__ import annotations

import pytest

from analyzer.readers.pages.model import Box, Glyph
from analyzer.readers.pages.rows import is_wrapped

CELL = Box(100, 0, 133, 40)


def line(text: str, x: float, y: float) -> list[Glyph]:
    return [Glyph(each, x + 8 * n, y, x + 8 * n + 8, y + 8) for n, each in enumerate(text)]


@pytest.mark.parametrize(
    ("first", "second", "wrapped"),
    [
        (("6", 118), ("5", 102), True),
        (("6", 118), ("5", 118), False),
        (("6", 110), ("15", 102), False),
        (("6", 124), ("15", 116), False),
        (("6", 102), ("5", 102), False),
        (("123", 104), ("4", 104), True),
    ],
)
def test_a_number_whose_first_line_is_indented(
    first: tuple[str, float], second: tuple[str, float], wrapped: bool
) -> None:
    assert is_wrapped([line(*first, 10), line(*second, 22)], CELL) is wrapped
