"""Heads of columns without rulings: the lines above the first row, each to its column, heads of several left out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from analyzer.readers.pages.heads import heads_of
from analyzer.readers.pages.labels import Word, word_of
from analyzer.readers.pages.model import Glyph

SIZE = 10.0
EDGES = (0.0, 100.0, 140.0, 180.0, 220.0)
TOP = 100.0
SPANS = ((115.0, 125.0), (155.0, 165.0), (195.0, 205.0))
Placed = tuple[str, float, float]


def word(text: str, middle: float, y: float, size: float = SIZE) -> Word:
    """A word round `middle` whose line's middle is y."""
    x = middle - len(text) * size / 2
    return word_of([Glyph(c, x + n * size, y - 6, x + (n + 1) * size, y + 6, size) for n, c in enumerate(text)])


def heads(*lines: Placed, edges: Sequence[float] = EDGES) -> list[str] | None:
    """The heads found for words (text, middle, y)."""
    found = heads_of([word(*line) for line in lines], edges, SPANS, TOP)
    return None if found is None else ["".join(glyph.text for glyph in place.glyphs) for place in found.places]


def row(y: float, *texts: str) -> list[Placed]:
    """A line with a word in each column of figures; an empty text leaves its place free."""
    return [(text, at, y) for text, at in zip(texts, (120, 160, 200), strict=True) if text]


def test_heads_of_one_line() -> None:
    assert heads(*row(90, "甲", "乙", "丙")) == ["", "甲", "乙", "丙"]


def test_heads_of_several_lines_read_downwards() -> None:
    assert heads(
        *row(74, "商业", "", ""), *row(80, "", "总计", "公益"), *row(86, "企业", "", ""), *row(92, "", "", "组织")
    ) == [
        "",
        "商业企业",
        "总计",
        "公益组织",
    ]


def test_a_column_without_a_head_leaves_doubt() -> None:
    assert heads(*row(90, "甲", "", "丙")) is None
    assert heads() is None


@pytest.mark.parametrize("above", ["行政复议", "复议"], ids=["wide", "narrow"])
@pytest.mark.parametrize("gap", [12, 14])
def test_a_head_of_several_columns_is_none_of_theirs(above: str, gap: float) -> None:
    leaves = row(90, "甲", "乙", "丙")
    assert heads((above, 160, 90 - gap), *leaves) == ["", "甲", "乙", "丙"]


def test_a_head_of_several_columns_above_heads_of_two_lines() -> None:
    leaves = [*row(78, "结果", "其他", ""), *row(90, "维持", "结果", ""), *row(84, "", "", "总计")]
    assert heads(("复议", 160, 64), *leaves) == ["", "结果维持", "其他结果", "总计"]


def test_what_stands_left_of_the_figures_heads_the_labels() -> None:
    assert heads(("项目", 50, 90), *row(90, "甲", "乙", "丙"))[0] == "项目"  # type: ignore[index]


@pytest.mark.parametrize(
    "lines",
    [row(45, "甲", "乙", "丙"), [("甲", 120.0, 90.0), ("乙", 160.0, 90.0), ("1", 200.0, 90.0)]],
    ids=["far above", "a figure"],
)
def test_lines_that_are_no_heads(lines: list[Placed]) -> None:
    assert heads(*lines) is None


def test_prose_above_the_heads_is_none_of_them() -> None:
    prose = ("本年度收到的申请和办理的结果如下表所示", 130.0, 70.0)
    found = heads(prose, *row(90, "甲", "乙", "丙"))
    assert found == ["", "甲", "乙", "丙"]


@pytest.mark.parametrize("at", [104, 120, 136], ids=["left", "middle", "right"])
def test_heads_stand_in_line_with_their_figures(at: float) -> None:
    spans = [(at - 4, at + 4), (at + 36, at + 44), (at + 76, at + 84)]
    edges = (0.0, at - 8, at + 20, at + 60, at + 88)
    lines = [word(text, 120 + 40 * n, 90) for n, text in enumerate(("结果", "其他", "总计"))]
    found = heads_of(lines, edges, spans, TOP)
    assert found is not None
    assert ["".join(glyph.text for glyph in place.glyphs) for place in found.places[1:]] == ["结果", "其他", "总计"]
