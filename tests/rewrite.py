"""Writes whole reports for tests: prose with headings round the tables of `tests.layouts`, each in several formats."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

from tests import layouts

Prose = Sequence[tuple[str, Sequence[str]]]
"""Sections: a heading (empty for the preamble) and its paragraphs."""

WIDTH = 44
PAGE = 38


OVERVIEW = (
    "（一）主动公开。依法公开财政预决算、规划计划等信息，做好政策解读。",
    "（二）依申请公开。规范受理、审核、答复各环节。",
    "（三）政府信息管理。落实公开属性源头认定和保密审查制度。",
    "（四）政府信息公开平台建设。加强政府网站和政务新媒体管理。",
    "（五）监督保障。开展工作考核和社会评议，未发生责任追究情形。",
)


def report(title: Sequence[str], before: Prose, tables: str, after: Prose = (), *, form: str) -> tuple[str, bytes]:
    """File name and content of a report; `tables` stands as it is between the prose `before` and `after`, written in
    `form`: `html`, `md`, `txt` (a paragraph a line) or `layout` (wrapped lines, page numbers)."""
    write = {"html": _html, "md": _markdown, "txt": _plain, "layout": _wrapped}[form]
    name = {"html": "report.html", "md": "report.md"}.get(form, "report.txt")
    return name, write(title, before, tables, after).encode()


def _html(title: Sequence[str], before: Prose, tables: str, after: Prose) -> str:
    lines = [f'<p style="text-align:center"><b>{html.escape(line)}</b></p>' for line in title]
    body = "\n".join([*lines, _paragraphs(before), tables, _paragraphs(after)])
    head = f"<meta charset='utf-8'><title>{html.escape(''.join(title))}</title>"
    return f"<!DOCTYPE html><html><head>{head}</head><body><div><a>首页</a></div><div>{body}</div></body></html>"


def _paragraphs(prose: Prose) -> str:
    parts: list[str] = []
    for heading, paragraphs in prose:
        parts += [f"<p><strong>{html.escape(heading)}</strong></p>"] if heading else []
        parts += [f"<p>　　<span>{html.escape(text)}</span></p>" for text in paragraphs]
    return "\n".join(parts)


def _markdown(title: Sequence[str], before: Prose, tables: str, after: Prose) -> str:
    def flow(prose: Prose) -> list[str]:
        return [line for heading, texts in prose for line in ([f"## {heading}"] if heading else []) + list(texts)]

    return "\n\n".join([*("# " + line for line in title), *flow(before), tables.rstrip(), *flow(after)]) + "\n"


def _plain(title: Sequence[str], before: Prose, tables: str, after: Prose) -> str:
    def flow(prose: Prose) -> list[str]:
        return [line for heading, texts in prose for line in (heading, *texts) if line]

    return "\n".join([*title, *flow(before), tables.rstrip(), *flow(after)]) + "\n"


def _wrapped(title: Sequence[str], before: Prose, tables: str, after: Prose) -> str:
    def flow(prose: Prose) -> list[str]:
        lines: list[str] = []
        for heading, paragraphs in prose:
            lines += ["", "    " + heading] if heading else [""]
            for text in paragraphs:
                lines += re.findall(f".{{1,{WIDTH}}}", "　　" + text)
        return lines

    top = _paged([" " * 20 + line for line in title] + flow(before))
    return f"{top}{tables.rstrip()}\n{_paged(flow(after))}"


def _paged(lines: list[str]) -> str:
    pages = ["\n".join(lines[start : start + PAGE]) for start in range(0, len(lines), PAGE)]
    return "".join(f"{page}\n\n{' ' * 30}- {number} -\n\f" for number, page in enumerate(pages, start=1))


def six_parts(
    standard: str, cells: Mapping[str, layouts.Printed], layout: str, form: str, *, overview: Sequence[str] = OVERVIEW
) -> tuple[str, bytes]:
    """A report of a fictional county on the 2019 or 2021 form; without `overview` its prose states no figure."""
    year = {"2019": 2020, "2021": 2023}[standard]
    first: Prose = [("", [_preamble(year)]), ("一、总体情况", overview)]
    last: Prose = [
        ("五、存在的主要问题及改进情况", ["公开内容还不够丰富，今后将加强培训，提高公开质量。"]),
        ("六、其他需要报告的事项", ["本年度未收取信息处理费，无其他需要报告的事项。"]),
    ]
    title = ["柳溪县人民政府", f"{year}年政府信息公开工作年度报告"]
    return report(title, first, layouts.render(cells, standard, layout), last, form=form)


def _preamble(year: int) -> str:
    return (
        f"根据《中华人民共和国政府信息公开条例》第五十条规定，现公布柳溪县人民政府{year}年政府信息公开工作年度报告。"
        f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        "如有疑问，请与柳溪县人民政府办公室联系（电话：0000-1234567）。"
    )
