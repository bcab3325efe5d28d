"""Whole reports as files: prose with headings round the tables, in each of the formats that reports come in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.synthesis.forms import Sheet
from analyzer.synthesis.typesetting import set_table

LINE, PAGE = 44, 38
"""Characters of a wrapped line, lines of a page."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading as printed (empty: none) with its paragraphs, and the tables that stand behind them."""

    heading: str
    paragraphs: Sequence[str] = ()
    depth: int = 1
    sheets: Sequence[Sheet] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """What is to be printed: the lines of the title, then the parts."""

    title: Sequence[str]
    parts: Sequence[Part]


def write(copy: Copy, form: str, layout: str) -> tuple[str, bytes]:
    """File name and content in `form`: `html`, `md`, `txt` (a paragraph a line) or `layout` (wrapped lines, page
    numbers), its tables in `layout`."""
    writer = {"html": _html, "md": _markdown, "txt": _plain, "layout": _wrapped}[form]
    name = {"html": "report.html", "md": "report.md"}.get(form, "report.txt")
    return name, writer(copy, layout).encode()


def _tables(part: Part, layout: str) -> Iterator[str]:
    return (set_table(model, layout) for sheet in part.sheets for model in sheet.models)


def _html(copy: Copy, layout: str) -> str:
    lines = [f'<p style="text-align:center"><b>{html.escape(line)}</b></p>' for line in copy.title]
    for part in copy.parts:
        lines += [f"<p><strong>{html.escape(part.heading)}</strong></p>"] if part.heading else []
        lines += [f"<p>　　<span>{html.escape(text)}</span></p>" for text in part.paragraphs]
        lines += _tables(part, layout)
    body = "\n".join(lines)
    head = f"<meta charset='utf-8'><title>{html.escape(''.join(copy.title))}</title>"
    return f"<!DOCTYPE html><html><head>{head}</head><body><div>{body}</div></body></html>"


def _markdown(copy: Copy, layout: str) -> str:
    lines = ["# " + line for line in copy.title]
    for part in copy.parts:
        lines += [f"{'#' * (part.depth + 1)} {part.heading}"] if part.heading else []
        lines += [*part.paragraphs, *_tables(part, layout)]
    return "\n\n".join(lines) + "\n"


def _plain(copy: Copy, layout: str) -> str:
    lines = list(copy.title)
    for part in copy.parts:
        lines += [part.heading] if part.heading else []
        lines += [*part.paragraphs, *_tables(part, layout)]
    return "\n".join(lines) + "\n"


def _wrapped(copy: Copy, layout: str) -> str:
    lines = [" " * 20 + line for line in copy.title]
    for part in copy.parts:
        lines += ["", "    " + part.heading] if part.heading else [""]
        for text in part.paragraphs:
            lines += re.findall(f".{{1,{LINE}}}", "　　" + text)
        for table in _tables(part, layout):
            lines += ["", *table.split("\n"), ""]
    return _paged(lines)


def _paged(lines: list[str]) -> str:
    pages = ["\n".join(lines[start : start + PAGE]) for start in range(0, len(lines), PAGE)]
    return "".join(f"{page}\n\n{' ' * 30}- {number} -\n\f" for number, page in enumerate(pages, start=1))
