"""Charts of an evaluation: readable with few and with many classes, in both languages; the frames' numbers."""

from __future__ import annotations

import random
import warnings
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from analyzer import charts
from analyzer.charts.evaluation import MOST
from analyzer.knowledge import wording
from analyzer.knowledge.schema import Source
from analyzer.knowledge.wording import Wording
from tests.test_charts import boxes, overlaps, written

BINS = ["low", "high", "n", "confidence", "right"]


@pytest.fixture(scope="module")
def words() -> Wording:
    return wording.load(Source())


@pytest.fixture(autouse=True)
def a_missing_glyph_is_an_error() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph.*")
        yield


def frames(classes: list[str], seed: int = 1) -> charts.Frames:
    chance = random.Random(seed)
    rows = [[chance.randint(5, 4000) if a == b else chance.choice([0] * 9 + [3]) for b in classes] for a in classes]
    bins = [(n / 10, n / 10 + 0.1, chance.randint(1, 9000), n / 10 + 0.07, chance.random()) for n in range(3, 10)]
    return {
        "confusion": pd.DataFrame(rows, index=pd.Index(classes), columns=pd.Index(classes)),
        "reliability": pd.DataFrame(bins, columns=BINS),
    }


def many(words: Wording) -> list[str]:
    """Every class, two dozen merged ones, a heading that is not there, a class of an overlay."""
    own = [name for name in words.under("section") if name != "preamble"]
    return [*own, *(f"{a};{b}" for a in own[:8] for b in own[9:12]), "-", "annex_of_ours"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("name", "count"), [("confusion", 2), ("confusion", 60), ("reliability", 2)])
def test_texts_neither_overlap_nor_leave_the_page(words: Wording, name: str, count: int, lang: str) -> None:
    figure = charts.EVALUATION[name](frames(many(words)[:count]), words, lang)
    texts, extents = boxes(figure)
    width, height = figure.get_size_inches() * figure.dpi
    outside = [
        text for text, (x0, y0, x1, y1) in zip(texts, extents, strict=True) if min(x0, y0, width - x1, height - y1) < 0
    ]
    assert not outside
    assert not overlaps(texts, extents)
    assert figure.get_figwidth() <= 8.27
    assert figure.get_figheight() <= 11.69


def test_the_confusion_matrix_shows_the_counts_on_both_axes(words: Wording) -> None:
    table = pd.DataFrame([[7, 2], [0, 31]], index=["fees", "plans"], columns=["fees", "requests"])
    figure = charts.EVALUATION["confusion"]({"confusion": table}, words, "en")
    texts = written(figure)
    assert {"7", "2", "31"} <= set(texts)
    assert texts.count("Fees") == texts.count("Plans") == texts.count("Requests") == 2
    # 31 plans were taken for requests
    assert "40 headings, 17.5% classed right" in texts


def test_merged_classes_beyond_the_page_are_drawn_together(words: Wording) -> None:
    data = frames(many(words))
    figure = charts.EVALUATION["confusion"](data, words, "en")
    assert len(figure.axes[0].get_yticks()) == MOST
    assert f"{int(data['confusion'].to_numpy().sum()):,} headings" in " ".join(written(figure))


def test_reliability_tells_the_mean_distance(words: Wording) -> None:
    bins = pd.DataFrame([(0.5, 0.6, 1, 0.5, 1.0), (0.9, 1.0, 3, 0.9, 1.0)], columns=BINS)
    texts = written(charts.EVALUATION["reliability"]({"reliability": bins}, words, "en"))
    assert "4 headings, mean distance 20.0%; lines: 95% intervals" in texts


@pytest.mark.parametrize("name", charts.EVALUATION)
def test_without_headings_a_chart_says_so(words: Wording, name: str) -> None:
    nothing = {"confusion": pd.DataFrame(), "reliability": pd.DataFrame(columns=BINS)}
    assert "没有可供作图的标题" in written(charts.EVALUATION[name](nothing, words, "zh"))


def test_the_same_frames_give_the_same_bytes(words: Wording, tmp_path: Path) -> None:
    data = frames(["fees", "plans", "fees;plans"])
    first, second = (
        charts.draw_evaluation(data, tmp_path / name, ("png", "svg"), words) for name in ("first", "second")
    )
    assert [path.name for path in first] == ["confusion.png", "confusion.svg", "reliability.png", "reliability.svg"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
