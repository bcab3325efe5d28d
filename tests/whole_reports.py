"""A whole report of a fictional county for tests, printed in any format."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from analyzer.synthesis.copies import Copy, Passage
from analyzer.synthesis.files import Setting, write
from analyzer.synthesis.forms import Look
from tests.printed import PRINTING, Printed, tables

PAGES = {page.id: page for page in PRINTING.page}
USUAL = {
    "html": "html.page",
    "pipe": "md.levels",
    "tabs": "txt.plain",
    "lines": "txt.plain",
    "strokes": "txt.plain",
    "raw_text": "txt.plain",
    "layout_text": "txt.layout",
}
"""The page that a way of writing tables is mostly seen on."""

OVERVIEW = (
    "（一）主动公开。依法公开财政预决算、规划计划等信息，做好政策解读。",
    "（二）依申请公开。规范受理、审核、答复各环节。",
    "（三）政府信息管理。落实公开属性源头认定和保密审查制度。",
    "（四）政府信息公开平台建设。加强政府网站和政务新媒体管理。",
    "（五）监督保障。开展工作考核和社会评议，未发生责任追究情形。",
)
TITLE = ("柳溪县人民政府", "{year}年政府信息公开工作年度报告")


def six_parts(
    standard: str, cells: Mapping[str, Printed], layout: str, *, overview: Sequence[str] = OVERVIEW
) -> tuple[str, bytes]:
    """A report on the 2019 or 2021 form; without `overview` its prose states no figure."""
    year = {"2019": 2020, "2021": 2023}[standard]
    middle = [
        Passage(f"{number}、{sheet.title}", sheets=[sheet])
        for number, sheet in zip("二三四", tables(cells, standard, layout), strict=True)
    ]
    parts = [
        Passage("", [_preamble(year)]),
        Passage("一、总体情况", overview),
        *middle,
        Passage("五、存在的主要问题及改进情况", ["公开内容还不够丰富，今后将加强培训，提高公开质量。"]),
        Passage("六、其他需要报告的事项", ["本年度未收取信息处理费，无其他需要报告的事项。"]),
    ]
    return printed(Copy([line.format(year=year) for line in TITLE], parts), layout)


def printed(copy: Copy, layout: str) -> tuple[str, bytes]:
    """File name and content of a report on the usual page."""
    return write(random.Random(0), copy, Setting(PAGES[USUAL[layout]], Look(layout)), PRINTING.site)


def _preamble(year: int) -> str:
    return (
        f"根据《中华人民共和国政府信息公开条例》第五十条规定，现公布柳溪县人民政府{year}年政府信息公开工作年度报告。"
        f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        "如有疑问，请与柳溪县人民政府办公室联系（电话：0000-1234567）。"
    )
