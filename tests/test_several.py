"""Two reports in one file: told apart where the second is a report by itself, and never otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer import knowledge, readers
from analyzer.batch import score_folder
from analyzer.cli import main
from analyzer.document import Document
from analyzer.pipeline import analyze, analyze_all, divided
from tests.whole_reports import six_parts

KNOWN = knowledge.load()
TOWN = "青石镇人民政府2022年政府信息公开工作年度报告"
BUREAU = "白鹭县财政局2022年政府信息公开工作年度报告"


def report(title: str, *, count: int = 20, year: int = 2022) -> str:
    """A short report without tables: title and six sections."""
    return f"""{title}

本报告根据《中华人民共和国政府信息公开条例》编制，统计期限为{year}年1月1日至{year}年12月31日。

一、总体情况

全年主动公开政府信息{count}条，围绕群众关心的事项做好公开和解读。

二、主动公开政府信息情况

通过网站公开信息{count}条，没有制发规范性文件。

三、收到和处理政府信息公开申请情况

全年未收到政府信息公开申请。

四、政府信息公开行政复议、行政诉讼情况

全年没有发生行政复议和行政诉讼。

五、存在的主要问题及改进情况

公开内容还不够丰富，今后将加强培训。

六、其他需要报告的事项

本年度没有收取信息处理费。
"""


def document(text: str, name: str = "a.txt") -> Document:
    return readers.read([(name, text.encode())], KNOWN.layout)


def titles(text: str, name: str = "a.txt") -> list[str]:
    """The first line of each report that stands in a file."""
    return [part.text.strip().split("\n")[0].strip("# ") for part in divided(document(text, name), KNOWN)]


def page(*texts: str) -> str:
    lines = "".join(f"<p>{line}</p>" for text in texts for line in text.split("\n") if line)
    return f"<html><head><title>年报汇编</title></head><body><div>{lines}</div></body></html>"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (TOWN, BUREAU),
        (TOWN, TOWN.replace("2022", "2021")),
        ("青石镇人民政府\n\n2022年政府信息公开工作年度报告", "白鹭县财政局\n\n2022年政府信息公开工作年度报告"),
        ("青石镇2022年政府信息公开年报", "白鹭县财政局二〇二二年政府信息公开年报"),
    ],
)
def test_a_second_whole_report_is_one_of_its_own(first: str, second: str) -> None:
    both = report(first), report(second)
    heads = [title.split("\n")[0] for title in (first, second)]
    assert titles("\n\n".join(both)) == heads
    assert titles(page(*both), "a.html") == heads
    assert titles("\n\n".join(f"# {text}" for text in both), "a.md") == heads
    pages = [text.replace("三、收到", "\f三、收到").replace("五、存在", "\f五、存在") for text in both]
    assert titles("\f".join(pages)) == heads


def test_three_reports_are_three() -> None:
    third = "白鹭县水利局2022年政府信息公开工作年度报告"
    assert titles("\n".join(map(report, (TOWN, BUREAU, third)))) == [TOWN, BUREAU, third]


@pytest.mark.parametrize(
    "text",
    [
        report(TOWN),
        f"{TOWN}\n\n{report(TOWN)}",
        f"年度报告汇编\n\n{TOWN}\n\n{BUREAU}\n\n{report(TOWN)}",
        f"{report(TOWN)}\n\n附件：\n\n{BUREAU}\n",
        f"{report(TOWN)}\n\n相关链接\n\n{TOWN.replace('2022', '2021')}\n\n{TOWN.replace('2022', '2020')}\n",
        report(TOWN).replace("六、其他", f"{TOWN.replace('2022', '2021')}\n\n六、其他"),
        report(TOWN).replace("二、主动", f"{BUREAU}\n\n二、主动"),
        f"{report(TOWN)}\n\n{BUREAU}\n\n我局认真落实公开要求，全年公开信息3条，各项工作取得成效。\n",
        f"{report(TOWN)}\n\n{report('青石镇2022年政府工作报告')}",
        f"{report(TOWN)}\n\n{report('青石镇人民政府办公室2022年政府信息公开工作年度报告'.replace('办公室', ''))}",
    ],
    ids=["one", "cover", "contents", "annex", "links", "before_six", "before_two", "no_parts", "work", "same"],
)
def test_a_title_that_is_only_named_divides_nothing(text: str) -> None:
    assert len(titles(text)) == 1


def test_the_parts_hold_all_text_and_every_place_in_it() -> None:
    whole = document(f"{report(TOWN)}\f{report(BUREAU)}")
    first, second = divided(whole, KNOWN)
    assert first.text + second.text == whole.text
    assert len(first.blocks) + len(second.blocks) == len(whole.blocks)
    for part in (first, second):
        for block in part.paragraphs:
            assert "".join(part.text[a:b] for a, b in block.pieces) == block.text
    assert {block.page for block in second.paragraphs} == {2}
    assert len(second.pages) == 2


def test_tables_go_with_their_report() -> None:
    (_, one), (_, two) = six_parts("2021", {}, "html"), six_parts("2019", {}, "html")
    text = one.decode().replace("</body>", "").replace("</html>", "")
    text += two.decode().partition("<body")[2].partition(">")[2]
    parts = divided(document(text, "a.html"), KNOWN)
    assert [len(list(part.grids)) for part in parts] == [
        len(list(document(x.decode(), "a.html").grids)) for x in (one, two)
    ]
    for part in parts:
        for grid in part.grids:
            assert all(part.text[c.start : c.end].split() == c.text.split() for row in grid.rows for c in row)


def test_analyze_gives_the_first_and_names_the_others() -> None:
    content = f"{report(TOWN)}\n{report(BUREAU, count=7)}".encode()
    first = analyze(content)
    assert (first.report.agency, first.others) == ("青石镇人民政府", (BUREAU,))
    assert not [claim for claim in first.claims if claim.value == 7]
    both = analyze_all([("a.txt", content)], knowledge=KNOWN)
    assert [one.report.agency for one in both] == ["青石镇人民政府", "白鹭县财政局"]
    assert {claim.value for claim in both[1].claims if claim.unit == "item"} <= {7, 0}
    assert analyze(report(TOWN)).others == ()


def test_each_is_a_row_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(f"{report(TOWN)}\n{report(BUREAU)}", encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(report(TOWN), encoding="utf-8")
    results = score_folder(tmp_path / "in", tmp_path / "out", charts=False)
    assert results.reports["report_id"].tolist() == ["a.txt", "a.txt#2", "b.txt"]
    assert results.reports["agency"].tolist() == ["青石镇人民政府", "白鹭县财政局", "青石镇人民政府"]
    assert results.reports["sha256"].nunique() == 2
    assert results.run["counts"]["ok"] == 3
    assert (tmp_path / "out" / "texts" / "a.txt#2.txt").is_file()
    texts = {
        name: (tmp_path / "out" / "texts" / f"{name}.txt").read_text(encoding="utf-8") for name in ("a.txt", "a.txt#2")
    }
    claims = results.claims[results.claims["report_id"].isin(list(texts))]
    assert set(claims["report_id"]) == set(texts)
    places = zip(claims["report_id"], claims["start"].tolist(), claims["end"].tolist(), claims["quote"], strict=True)
    assert all(texts[name][start:end] == quote for name, start, end, quote in places)


def test_show_shows_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{report(TOWN)}\n{report(BUREAU)}", encoding="utf-8")
    assert main(["show", str(path)]) == 0
    shown = capsys.readouterr().out
    assert shown.index(TOWN) < shown.index(BUREAU)
