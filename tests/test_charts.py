"""Charts: Chinese renders from the shipped font alone, nothing overlaps, the numbers are those of the tables."""

from __future__ import annotations

import random
import time
import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont
from matplotlib.text import Text

from analyzer import charts
from analyzer.analysis import COLUMNS
from analyzer.charts import paper
from analyzer.charts.sections import presence
from analyzer.knowledge import wording
from analyzer.knowledge.schema import Source
from analyzer.knowledge.wording import Wording

REQUIRED = ("overview", "proactive_disclosure", "requests", "review_litigation", "problems", "other_matters")
OTHERS = ("organization", "key_areas", "interpretation", "response", "fees", "platform", "plans", "statistics")
PLACES = ("银川市西夏区", "武汉市硚口区", "信阳市浉河区", "西安市鄠邑区", "内蒙古自治区锡林郭勒盟苏尼特右旗", "上海市")
BODIES = (
    "人民政府",
    "贺兰山西路街道办事处",
    "人力资源和社会保障局（退役军人事务局）",
    "卫生健康委员会",
    "Bureau of $x_1$ Affairs",
)
VERDICTS = {"consistent": 12.0, "inconsistent": 1.5, "suspect": 1.0, "unverifiable": 14.0}
SIZES = [(1, "zh"), (2, "zh"), (3, "en"), (12, "zh"), (12, "en"), (36, "zh"), (60, "en")]


@pytest.fixture(scope="module")
def words() -> Wording:
    return wording.load(Source())


@pytest.fixture(autouse=True)
def a_missing_glyph_is_an_error() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph.*")
        yield


def report(number: int, **given: Any) -> dict[str, Any]:
    empty = dict.fromkeys(COLUMNS["reports"])
    return {**empty, "report_id": f"报告/{number:04d}.md", "status": "ok", **dict.fromkeys(VERDICTS, 0), **given}


def frames(*reports: dict[str, Any], sections: tuple[tuple[str, str], ...] = (), **more: pd.DataFrame) -> charts.Frames:
    rows = [(report_id, n, 1, "", ids, 1.0, 0, 1) for n, (report_id, ids) in enumerate(sections)]
    return {
        "reports": pd.DataFrame(reports, columns=list(COLUMNS["reports"])),
        "sections": pd.DataFrame(rows, columns=list(COLUMNS["sections"])),
        **more,
    }


def many(count: int) -> charts.Frames:
    """So many made-up reports: long names, names used twice, unknown bodies, scores not assessed, two failures."""
    chance = random.Random(count)
    reports, sections, unheaded = [], [], []
    for number in range(count):
        own = report(number, year=2015 + number % 10)
        own["agency"] = chance.choice(PLACES) + chance.choice(BODIES) if chance.random() < 0.95 else ""
        own["completeness"] = Decimal(chance.randint(300, 1000)) / 10
        if chance.random() < 0.9:
            own["consistency"], own["score"] = (
                Decimal(chance.randint(0, 1000)) / 10,
                Decimal(chance.randint(0, 1000)) / 10,
            )
            own["grade"] = chance.choice(["优", "不及格"])
        own |= {name: int(chance.expovariate(1 / mean)) for name, mean in VERDICTS.items()}
        have = [name for name in REQUIRED + OTHERS if chance.random() < (0.85 if name in REQUIRED else 0.4)]
        lost = [name for name in REQUIRED if name not in have]
        unheaded += [(own["report_id"], "section.unheaded", name) for name in lost[:1]]
        own["sections_missing"] = ";".join(lost[1:])
        sections += [(own["report_id"], name) for name in have]
        reports.append(own)
    failed = [report(count + n, status="failed", error="空") for n in range(2)] if count > 3 else []
    findings = pd.DataFrame(unheaded, columns=["report_id", "rule", "indicator"])
    return frames(*reports, *failed, sections=tuple(sections), findings=findings)


def boxes(figure: Figure) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Text and extent (x0, y0, x1, y1 in pixels) of all that is written on a figure."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    texts = [t for t in figure.findobj(Text) if isinstance(t, Text) and t.get_visible() and t.get_text().strip()]
    extents = [t.get_window_extent(canvas.get_renderer()) for t in texts]
    return [t.get_text() for t in texts], np.array([[e.x0, e.y0, e.x1, e.y1] for e in extents])


def written(figure: Figure) -> list[str]:
    return boxes(figure)[0]


def overlaps(texts: list[str], extents: np.ndarray[Any, Any], slack: float = 1.0) -> list[tuple[str, str]]:
    x0, y0, x1, y1 = extents.T
    across = np.minimum.outer(x1, x1) - np.maximum.outer(x0, x0)
    along = np.minimum.outer(y1, y1) - np.maximum.outer(y0, y0)
    both = np.triu((across > slack) & (along > slack), k=1)
    return [(texts[a], texts[b]) for a, b in np.argwhere(both)]


@pytest.mark.parametrize(("count", "lang"), SIZES)
@pytest.mark.parametrize("name", charts.CHARTS)
def test_texts_neither_overlap_nor_leave_the_page(words: Wording, name: str, count: int, lang: str) -> None:
    figure = charts.CHARTS[name](many(count), words, lang)
    texts, extents = boxes(figure)
    width, height = figure.get_size_inches() * figure.dpi
    outside = [
        text for text, (x0, y0, x1, y1) in zip(texts, extents, strict=True) if min(x0, y0, width - x1, height - y1) < 0
    ]
    assert not outside
    assert not overlaps(texts, extents)
    assert figure.get_figwidth() <= 8.27
    assert figure.get_figheight() <= 11.69


def test_without_the_shipped_font_a_glyph_is_missed() -> None:
    figure = Figure()
    figure.text(0.5, 0.5, "公开", fontfamily="DejaVu Sans")
    with pytest.raises(UserWarning, match="Glyph"):
        FigureCanvasAgg(figure).draw()


def test_the_search_for_overlaps_sees_one() -> None:
    figure = Figure()
    figure.text(0.5, 0.5, "abc")
    figure.text(0.51, 0.5, "def")
    assert overlaps(*boxes(figure)) == [("abc", "def")]


@pytest.mark.parametrize("name", charts.CHARTS)
def test_every_text_is_set_in_the_shipped_font(words: Wording, name: str) -> None:
    for count in (2, 12, 60):
        figure = charts.CHARTS[name](many(count), words, "zh")
        FigureCanvasAgg(figure).draw()
        fonts = {t.get_fontname() for t in figure.findobj(Text) if isinstance(t, Text) and t.get_text().strip()}
        assert fonts == {charts.FAMILY}
    assert Path(findfont(charts.FAMILY)) == paper.FONT


def test_the_font_holds_names_of_places_and_every_label(words: Wording) -> None:
    rare = "硚浉鄠塱崀洣䶮㵐㙍" + "".join(chr(code) for code in range(0x4E00, 0x9FA6))
    assert paper.printable(rare) == rare
    for phrase in words.phrases.values():
        assert paper.printable(phrase.zh + phrase.en) == " ".join((phrase.zh + phrase.en).split())
    assert paper.FONT.with_name("OFL.txt").is_file()
    assert paper.FONT.stat().st_size < 5.2e6


def test_what_the_font_lacks_is_shown_as_the_printers_sign(words: Wording) -> None:
    assert paper.printable("甲\U00020000乙\n丙\x1b[31m") == "甲〓乙 丙 [31m"
    strange = frames(report(1, agency="甲\U00020000\n乙😀", year=2020, score=50, completeness=50, consistency=50))
    assert "甲〓 乙〓 2020" in written(charts.scores(strange, words))


def test_dollar_signs_are_no_formula(words: Wording) -> None:
    assert "$x_1$局 2020" in written(charts.scores(frames(report(1, agency="$x_1$局", year=2020, score=1)), words))


def test_making_and_saving_changes_no_setting_of_the_user(words: Wording, tmp_path: Path) -> None:
    before = dict(mpl.rcParams)
    charts.draw(many(2), tmp_path, ["png"], words)
    assert dict(mpl.rcParams) == before


def test_scores_rank_and_say_what_was_not_assessed(words: Wording) -> None:
    reports = [
        report(n, agency=f"{n}局", year=2020, completeness=Decimal(90), consistency=score, score=score, grade="")
        for n, score in enumerate([Decimal("61.25"), None, Decimal(88), Decimal(70)])
    ]
    figure = charts.scores(frames(*reports), words)
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["2局 2020", "3局 2020", "0局 2020", "1局 2020"]
    assert [bar.get_width() for bar in axes.patches] == [88.0, 70.0, 61.25, 0.0]
    said = written(figure)
    assert said.count("未能评定") == 1
    assert any("其中 1 份未能评定" in text for text in said)


def test_one_report_shows_each_score_as_a_bar(words: Wording) -> None:
    one = report(1, agency="甲局", year=2020, completeness=Decimal(90), consistency=None, score=None, grade="")
    (axes,) = charts.scores(frames(one), words).axes
    assert [bar.get_width() for bar in axes.patches] == [0.0, 90.0, 0.0]
    assert written(charts.scores(frames(one), words)).count("未能评定") == 2


def test_many_scores_are_counted_in_tens(words: Wording) -> None:
    points = [0, 9.9, 10, 55, 55, 99, 100, *([75] * 40)]
    rows = [report(n, agency=f"{n}局", year=2020, completeness=p, consistency=p, score=p) for n, p in enumerate(points)]
    figure = charts.scores(frames(*rows, report(99, agency="末局", year=2020)), words)
    assert [bar.get_height() for bar in figure.axes[0].patches] == [2, 1, 0, 0, 0, 2, 0, 40, 0, 2, 1]
    assert figure.axes[1].get_yticklabels()[0].get_text() == "6局 2020"
    assert figure.axes[2].get_yticklabels()[-1].get_text() == "0局 2020"


def test_presence_of_sections(words: Wording) -> None:
    found = frames(
        report(1, sections_missing="fees;problems"),
        report(2),
        report(3, status="failed"),
        sections=(
            ("报告/0001.md", "overview;requests"),
            ("报告/0001.md", "preamble"),
            ("报告/0001.md", ""),
            ("报告/0003.md", "plans"),
        ),
        findings=pd.DataFrame({"report_id": ["报告/0002.md"], "rule": ["section.unheaded"], "indicator": ["requests"]}),
    )
    states = presence(found, words)
    assert states.loc["报告/0001.md"].drop("plans", errors="ignore").to_dict() == {
        "overview": "present",
        "requests": "present",
        "fees": "missing",
        "problems": "missing",
    }
    assert states.loc["报告/0002.md"].to_dict()["requests"] == "unheaded"
    assert states.loc["报告/0002.md"].to_dict()["overview"] == "not_there"
    assert list(states.columns).index("overview") < list(states.columns).index("fees")


def test_a_missing_section_carries_a_cross_and_is_counted(words: Wording) -> None:
    rows = [report(n, agency=f"{n}局", year=2020, sections_missing="fees;problems" if n == 2 else "") for n in range(5)]
    said = written(charts.sections(frames(*rows, sections=(("报告/0001.md", "overview"),)), words))
    assert said.count("×") == 2
    assert "缺 2" in said


def test_shares_of_sections_add_up(words: Wording) -> None:
    rows = [report(n, agency=f"{n}局", year=2020, sections_missing="fees" if n < 10 else "") for n in range(40)]
    figure = charts.sections(frames(*rows, sections=tuple((f"报告/{n:04d}.md", "fees") for n in range(20, 40))), words)
    shares = [bar.get_width() for bar in figure.axes[0].patches]
    assert shares == pytest.approx([50, 0, 25, 25])
    assert "缺 25%" in written(figure)


def test_verdicts_are_stacked_worst_first(words: Wording) -> None:
    rows = [
        report(n, agency=f"{n}局", year=2020, consistent=4, inconsistent=wrong, suspect=1, unverifiable=2)
        for n, wrong in enumerate([0, 3, 1, 2])
    ]
    (axes,) = charts.verdicts(frames(*rows), words).axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["1局 2020", "3局 2020", "2局 2020", "0局 2020"]
    first = [bar.get_width() for bar in axes.patches][::4]
    assert first == [4, 3, 1, 2]


def test_many_verdicts_are_summed(words: Wording) -> None:
    wrong = [0] * 30 + [1] * 5 + [5] * 4 + [20]
    rows = [report(n, agency=f"{n}局", year=2020, consistent=1, inconsistent=w) for n, w in enumerate(wrong)]
    figure = charts.verdicts(frames(*rows), words)
    assert [bar.get_width() for bar in figure.axes[0].patches] == [40, 45, 0, 0]
    assert [bar.get_height() for bar in figure.axes[1].patches] == [30, 5, 0, 0, 4, 0, 1]
    assert "≥11" in written(figure)


@pytest.mark.parametrize(
    ("name", "rows", "said"),
    [
        ("scores", [], "没有可供作图的报告"),
        ("sections", [], "没有可供作图的报告"),
        ("verdicts", [], "没有可供作图的报告"),
        ("scores", [report(1, agency="甲局", year=2020)], "未能评定"),
        ("verdicts", [report(1, agency="甲局", year=2020)], "正文中没有读出可核对的数字"),
        ("sections", [report(1, agency="甲局", year=2020)], "没有读出章节。"),
        ("scores", [report(1, status="failed")], "没有可供作图的报告"),
    ],
)
def test_nothing_to_show_is_said(words: Wording, name: str, rows: list[dict[str, Any]], said: str) -> None:
    assert said in written(charts.CHARTS[name](frames(*rows), words, "zh"))


def test_names_are_told_apart(words: Wording) -> None:
    long = "内蒙古自治区锡林郭勒盟苏尼特右旗人力资源和社会保障局"
    table = frames(
        report(1, agency="甲局", year=2020),
        report(2, agency="甲局", year=2020.0),
        report(3, agency="甲局", year=2021),
        report(4, agency=None, year=2021),
        report(5, agency=long, year=None),
    )["reports"]
    assert paper.names(table, words, "zh") == [
        "报告/0001.md",
        "报告/0002.md",
        "甲局 2021",
        "报告/0004.md",
        "内蒙古自治区锡…源和社会保障局",
    ]


@pytest.mark.parametrize("name", charts.CHARTS)
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_the_longest_names_and_largest_numbers_fit(words: Wording, name: str, count: int) -> None:
    full = {"completeness": 100, "consistency": 100, "score": 100, "grade": "不及格", **dict.fromkeys(VERDICTS, 98765)}
    rows = [
        report(n, agency="国" * 60 + f"{n}局", year=2020, sections_missing="fees;plans", **full) for n in range(count)
    ]
    figure = charts.CHARTS[name](frames(*rows, sections=(("报告/0000.md", ";".join(REQUIRED)),)), words, "en")
    texts, extents = boxes(figure)
    assert not overlaps(texts, extents)
    assert extents[:, 2].max() <= figure.get_figwidth() * figure.dpi
    assert extents[:, 0].min() >= 0


def test_draw_writes_every_chart_in_every_format_the_same_each_time(words: Wording, tmp_path: Path) -> None:
    table = many(5)
    first = charts.draw(table, tmp_path / "a", ["png", "svg", "pdf"], words, "en")
    second = charts.draw(table, tmp_path / "b", ["png", "svg", "pdf"], words, "en")
    endings = ["png", "svg", "pdf"]
    assert [path.name for path in first] == [
        f"{name}.{e}" for name in ("scores", "sections", "verdicts") for e in endings
    ]
    assert [a.read_bytes() for a in first] == [b.read_bytes() for b in second]


def test_draw_refuses_another_format(words: Wording, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="gif; known: png, svg, pdf"):
        charts.draw(many(1), tmp_path, ["png", "gif"], words)


def test_three_thousand_reports_are_drawn_in_seconds(words: Wording, tmp_path: Path) -> None:
    table = many(3000)
    start = time.perf_counter()
    charts.draw(table, tmp_path, ["png"], words)
    assert time.perf_counter() - start < 15


def test_hues_differ_in_grey() -> None:
    def grey(colour: str) -> float:
        red, green, blue = mpl.colors.to_rgb(colour)
        return 0.299 * red + 0.587 * green + 0.114 * blue

    for palette in (paper.VERDICTS, paper.PRESENCE):
        plain = sorted(grey(ink.fill) for ink in palette.values() if not ink.hatch)
        assert min(np.diff(plain)) > 0.15
        assert all(abs(grey(ink.fill) - grey(ink.text)) > 0.4 for ink in palette.values())


@pytest.mark.parametrize("name", charts.CHARTS)
@pytest.mark.parametrize("count", [2, 40])
def test_tables_from_disk_draw_the_same(words: Wording, name: str, count: int, tmp_path: Path) -> None:
    table = many(count)
    expected = written(charts.CHARTS[name](table, words, "zh"))
    nullable = {key: frame.convert_dtypes() for key, frame in table.items()}
    assert written(charts.CHARTS[name](nullable, words, "zh")) == expected
    for key, frame in table.items():
        frame.to_csv(tmp_path / f"{key}.csv", index=False, encoding="utf-8-sig")
    read = {key: pd.read_csv(tmp_path / f"{key}.csv") for key in table}
    assert written(charts.CHARTS[name](read, words, "zh")) == expected
