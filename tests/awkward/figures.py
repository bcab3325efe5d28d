"""The figures of made-up reports, which keep the forms' sums, and the prose that tells some of them again."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

from analyzer.synthesis.copies import Copy, Passage
from analyzer.synthesis.forms import KINDS, RESULTS
from tests.printed import FORMS, tables

Printed = dict[str, str]
EDGES = ("request.new", "request.carried_in", "request.concluded", "request.carried_out")
CARE = "加强信息发布审核，落实先审后发制度，定期清理历史文件，公开内容更加规范、准确、及时，为群众办事提供便利。"
ORDINALS = "一二三四五六七八"


def requests(rng: random.Random, standard: str, most: int) -> dict[str, int]:
    """The table of requests; hardly two numbers beside one another are the same."""
    columns = [column.indicator for column in FORMS.applicants(standard)]
    rows = [row.indicator for row in FORMS.rows(standard, "requests")]
    cells: dict[str, int] = {}
    for column in columns[:-1]:
        own = {row: rng.randint(1, most) if rng.random() < 0.85 else 0 for row in rows if row not in EDGES}
        own["request.concluded"] = sum(own.values())
        own["request.carried_in"], own["request.carried_out"] = rng.randint(1, most), rng.randint(1, most)
        over = own["request.carried_in"] - own["request.concluded"] - own["request.carried_out"]
        if over > 0:
            own["request.carried_in"] -= over
        own["request.new"] = own["request.concluded"] + own["request.carried_out"] - own["request.carried_in"]
        cells |= {f"{row}/{column}": value for row, value in own.items()}
    for row in rows:
        cells[f"{row}/{columns[-1]}"] = sum(cells[f"{row}/{column}"] for column in columns[:-1])
    return cells


def review(rng: random.Random, most: int) -> dict[str, int]:
    """The 15 numbers of review and litigation."""
    cells: dict[str, int] = {}
    for kind in KINDS:
        own = {f"{kind}.{result}": rng.randint(0, most) for result in RESULTS[:-1]}
        cells |= own | {f"{kind}.total": sum(own.values())}
    return cells


def active(rng: random.Random, standard: str) -> dict[str, int | Decimal]:
    """The tables of section two."""
    cells: dict[str, int | Decimal] = {}
    for cell in FORMS.cells(standard):
        if cell.table == "active_disclosure":
            money = cell.key.endswith("amount")
            cells[cell.key] = Decimal(rng.randint(1000, 99999)) / 100 if money else rng.randint(1, 2999)
    return cells


def numbers(seed: int, standard: str, *, most: int = 60) -> Printed:
    """What is printed in each cell of a form of 2019 or 2021."""
    rng = random.Random(seed)
    cells = {**active(rng, standard), **requests(rng, standard, most), **review(rng, 30)}
    return {key: str(value) for key, value in cells.items()}


def title(agency: str, year: int) -> list[str]:
    return [f"{agency}{year}年政府信息公开工作年度报告"]


def copy(
    agency: str,
    year: int,
    printed: Mapping[str, str],
    *,
    standard: str = "2021",
    review: str = "horizontal",
    notes: Mapping[int, list[str]] | None = None,
) -> Copy:
    """A report of six parts; `notes` are paragraphs behind the table of part two, three or four."""
    told = {key: value.replace(",", "") for key, value in printed.items()}
    new, done = told.get("request.new/total", ""), told.get("request.concluded/total", "")
    behind = notes or {}
    texts = {
        1: [
            f"{agency}认真贯彻落实《中华人民共和国政府信息公开条例》，全年主动公开政府信息{year % 100 * 37}条，其中"
            "通过政府网站公开的占大多数，发布政策解读材料共计18篇，回应社会关切问题9次。",
            f"本年度新收政府信息公开申请{new}件，办结{done}件，均按照法定时限答复申请人。",
            CARE,
        ],
        5: [
            "一是公开的主动性有待提高，部分科室对公开工作认识不足；二是政策解读形式比较单一，图文解读所占比例不高。",
            "下一步将加强业务培训，全年计划组织培训2次，进一步丰富解读形式，提高解读质量，方便公众理解和办事。",
        ],
        6: ["本年度没有收取信息处理费，也没有其他需要报告的事项。"],
    }
    parts = {1: "总体情况", 5: "存在的主要问题及改进情况", 6: "其他需要报告的事项"}
    sheets = dict(zip((2, 3, 4), tables(printed, standard, "html", review), strict=True))  # type: ignore[arg-type]
    passages = []
    for number in range(1, 7):
        heading = f"{ORDINALS[number - 1]}、{parts.get(number) or sheets[number].title}"
        own = [sheets[number]] if number in sheets else []
        passages.append(Passage(heading, texts.get(number, []), sheets=own))
        if behind.get(number):
            passages.append(Passage("", behind[number]))
    return Copy(title(agency, year), passages)
