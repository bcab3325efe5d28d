"""Bytes → text → document: encodings, formats told from content, bad input, places that stay exact."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.document import Block, Document, Grid
from analyzer.errors import BadKnowledge, UnreadableReport
from analyzer.knowledge import layout as layouts
from analyzer.knowledge.schema import SHIPPED, Source
from analyzer.readers import read, read_text, reads
from analyzer.readers.kinds import kind_of

LAYOUT = layouts.load(Source())
SEED = Path(__file__).resolve().parent.parent / "corpora" / "real" / "000_81756f01c13aa782" / "report.md"
TEXT = (
    "某某县水利局2021年政府信息公开工作年度报告\n\n一、总体情况\n\n"
    "2021年，我局主动公开政府信息73条，收到政府信息公开申请2件，均已按时答复。\n\n"
    "二、存在的主要问题\n\n公开的内容还不够全面，下一步将加强对工作人员的培训。\n"
)
PAGE = "<html><head><meta charset='{}'><title>年报</title></head><body><div>{}</div></body></html>"


def texts(document: Document) -> list[str]:
    return [block.text for block in document.paragraphs]


def one(content: bytes, name: str = "report.txt") -> Document:
    return read([(name, content)], LAYOUT)


def assert_places(document: Document) -> None:
    """Every paragraph and cell is what the text says at its place, in order and without overlap."""
    last = 0
    for block in document.blocks:
        assert block.start >= last
        last = block.end
        if isinstance(block, Block):
            assert "".join(document.text[a:b] for a, b in block.pieces) == block.text
            assert block.text == block.text.strip() != ""
        else:
            assert len({len(row) for row in block.rows}) <= 1
            for row in block.rows:
                assert all(block.start <= cell.start <= cell.end <= block.end for cell in row)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be", "big5"]
)
def test_the_same_text_in_any_encoding(encoding: str) -> None:
    text = TEXT if encoding != "big5" else TEXT.translate(str.maketrans("县总况条动开务处对", "縣總況條動開務處對"))
    written = text.encode(encoding, "ignore" if encoding == "big5" else "strict")
    expected = written.decode(encoding).removeprefix("\ufeff")
    assert one(written).text == expected


def test_marked_big_endian_is_read() -> None:
    assert one(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")).text == TEXT


@pytest.mark.parametrize(("real", "declared"), [("utf-8", "gb2312"), ("gb18030", "utf-8"), ("utf-16", "gbk")])
def test_a_declared_charset_that_is_wrong_does_no_harm(real: str, declared: str) -> None:
    page = PAGE.format(declared, "".join(f"<p>{line}</p>" for line in TEXT.split("\n") if line))
    assert texts(one(page.encode(real), "a.html")) == [line for line in TEXT.split("\n") if line]


def test_rare_characters_of_names_survive_in_gb18030() -> None:
    text = "㑇塘镇、硚口区、鄠邑区和𪨶山乡的政府信息公开工作年度报告，主动公开信息20条。"
    assert one(text.encode("gb18030")).text == text


def test_a_utf8_file_cut_in_the_middle_of_a_character_is_still_utf8() -> None:
    content = TEXT.encode()
    assert one(content[:-2]).text.startswith(TEXT[:100])


def test_line_ends_become_one_kind() -> None:
    assert one(TEXT.replace("\n", "\r\n").encode()).text == TEXT
    assert read_text(TEXT.replace("\n", "\r"), LAYOUT).text == TEXT


@pytest.mark.parametrize(
    ("content", "key", "says"),
    [
        (b"", "empty", "empty"),
        (b" \n\t\r\n", "empty", "empty"),
        (codecs.BOM_UTF8, "empty", "empty"),
        (b"%PDF-1.7\n1 0 obj <<>> stream", "damaged", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)) * 4, "damaged", "damaged"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(range(256)) * 4, "foreign", "RAR"),
        (bytes(range(256)) * 20, "binary", "binary"),
        ("年报。".encode(), "no_text", "no text"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(content: bytes, key: str, says: str) -> None:
    with pytest.raises(UnreadableReport) as caught:
        one(content, "town/a.txt")
    message = str(caught.value)
    assert message.startswith("town/a.txt: ")
    assert says in message
    assert "\n" not in message
    assert caught.value.key == key  # type: ignore[attr-defined]


def test_a_page_that_only_shows_a_picture_says_so() -> None:
    page = "<html><body><div id='zoom'><p>年报</p><img src='/upload/2021.jpg' width='800'></div></body></html>"
    with pytest.raises(UnreadableReport, match="picture"):
        one(page.encode(), "a.html")


def test_content_decides_before_the_suffix() -> None:
    page = PAGE.format("utf-8", "".join(f"<p>{line}</p>" for line in TEXT.split("\n") if line)).encode()
    assert one(page, "a.txt").format == "html"
    assert one(page, "a.md").format == "html"
    assert one(TEXT.encode(), "a.html").format == "txt"
    assert texts(one(TEXT.encode(), "a.html")) == texts(one(page, "a.html"))
    assert one(TEXT.replace("一、", "## 一、").encode(), "a.txt").format == "md"
    fragment = "<p>一、总体情况</p><p>全年公开信息20条。</p><p>二、其他</p><p>无。</p>"
    assert one(fragment.encode(), "a.txt").format == "html"


def test_html_inside_markdown_stays_markdown() -> None:
    text = (
        "# 年度报告\n\n<div align=center>某某局</div>\n\n<table><tr><td>规章</td><td>0</td></tr></table>\n\n**无。**\n"
    )
    document = one(text.encode(), "a.md")
    assert document.format == "md"
    assert document.text == text
    assert_places(document)


def test_text_given_directly_is_read_like_a_file() -> None:
    assert read_text(TEXT, LAYOUT) == one(TEXT.encode())
    assert texts(read_text("<html><body><p>全年公开20条。</p></body></html>", LAYOUT)) == ["全年公开20条。"]
    with pytest.raises(UnreadableReport):
        read_text("  \n ", LAYOUT)


def test_names_that_are_reports() -> None:
    assert all(
        reads(name) for name in ["a.md", "B.TXT", "年报.html", "x/y.htm", "a.PDF", "b.docx", "c.wps", "d.ofd", "e.jpg"]
    )
    assert not any(
        reads(name) for name in ["a.csv", "b.xlsx", "c.zip", "gold.json", "README.md", "CARD.md", "a.md.bak", "noname"]
    )


def test_two_parts_make_one_report() -> None:
    table = "统计指标\t单位\t统计数\n收到申请数\t件\t2\n"
    document = read([("a.txt", TEXT.encode()), ("b.txt", table.encode())], LAYOUT)
    assert_places(document)
    (grid,) = document.grids
    assert document.text[grid.start : grid.end] == table.strip()
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["统计指标", "单位", "统计数"],
        ["收到申请数", "件", "2"],
    ]
    assert texts(document) == texts(one(TEXT.encode()))


def test_the_seed_is_whole_again() -> None:
    document = one(SEED.read_bytes(), "report.md")
    assert_places(document)
    joined = texts(document)
    for words in ["“能上网的尽上网”", "党工委会议扩大", "1次，发布环保督查", "围绕西夏区政府网站", "只注重对办事依据"]:
        assert any(words in text for text in joined), words
    assert len([block for block in document.paragraphs if block.level]) == 14
    (grid,) = document.grids
    assert len(grid.rows) == 66
    assert {len(row) for row in grid.rows} == {3}
    assert grid.rows[1][0].text == "一、主动公开情况"
    assert grid.rows[5][2].text == ""


def test_each_pattern_matches_its_examples_and_no_near_miss() -> None:
    for entry in LAYOUT.patterns:
        pattern = entry.compiled()
        found = pattern.search if entry.kind in layouts.INSIDE else pattern.match
        assert entry.examples
        assert not [line for line in entry.examples if not found(line)], entry.kind
        assert not [line for line in entry.near_misses if found(line)], entry.kind


def test_layout_data_is_closed(tmp_path: Path) -> None:
    text = (SHIPPED / layouts.LAYOUT).read_text(encoding="utf-8")
    (tmp_path / layouts.LAYOUT).write_text(text.replace('kind = "zero"', 'kind = "naught"', 1), encoding="utf-8")
    with pytest.raises(BadKnowledge, match="naught"):
        layouts.load(Source(tmp_path))
    (tmp_path / layouts.LAYOUT).write_text(text + "\n[extra]\n", encoding="utf-8")
    with pytest.raises(BadKnowledge, match="extra"):
        layouts.load(Source(tmp_path))


PIECES = [
    "一、",
    "（一）",
    "2021年",
    "公开信息",
    "20条",
    "，",
    "。",
    "无。",
    "第3页",
    "- 3 -",
    "目录",
    "……1",
    "##",
    "**",
    "<b>",
    "</b>",
]
PIECES += [
    "<br>",
    "|",
    "\t",
    "\n",
    "\n\n",
    "\f",
    " ",
    "　",
    "&nbsp;",
    "\\",
    "`",
    "$",
    "---",
    "<table>",
    "<tr><td>",
    "</table>",
    "☐",
]
PIECES += [
    "![图](a.png)",
    "[链接](http://x.cn/a)",
    "<p>",
    "</p>",
    "“",
    "”",
    "(",
    ")",
    "0",
    "\u200b",
    "*",
    "_",
    ">",
    "- ",
    "\xa0\xa0",
]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_places_are_exact_whatever_the_text(text: str) -> None:
    try:
        document = read_text(text, LAYOUT)
    except UnreadableReport:
        return
    if document.format != "html":
        assert document.text == text.removeprefix("\ufeff")
    assert_places(document)
    assert all(0 <= place <= len(document.text) for place in (*document.pages, *document.pictures))
    assert all(isinstance(block, Block | Grid) for block in document.blocks)


def test_a_text_that_names_the_mark_of_a_pdf_is_a_text() -> None:
    assert kind_of("附件的文件头为%PDF-1.7，请下载后打开。".encode()) == "text"
    assert kind_of(b"\n\xef\xbb\xbf%PDF-1.4\n1 0 obj\n<<>>\nendobj\n") == "pdf"
