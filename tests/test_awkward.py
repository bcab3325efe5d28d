"""Awkward PDF files: every cell is read as printed or marked, none is silently something else."""

from __future__ import annotations

import json
import re
import unicodedata
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analyzer import knowledge
from analyzer.document import Cell
from analyzer.pipeline import analyze_document, divided
from analyzer.readers import read

HERE = Path(__file__).resolve().parent / "awkward"
NAMES = sorted(path.stem for path in (HERE / "expected").glob("*.json"))
MARKED = ("doubtful", "unreadable")
MARKS = ("/", "—", "-", "无")
UNREAD = {
    "word_borderless": "the rest of a cut label behind which rows stay text, in a table without rulings",
}
"""Files whose cells are not all read as yet, and why."""


def known_faults(names: dict[str, str]) -> list[Any]:
    """All names; those with known faults may fail."""
    return [
        pytest.param(name, marks=pytest.mark.xfail(reason=UNREAD[name])) if name in names else name for name in NAMES
    ]


@cache
def known() -> knowledge.Knowledge:
    return knowledge.load()


@cache
def expected(name: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((HERE / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    return said


@cache
def analysed(name: str) -> Any:
    if expected(name).get("recognised"):
        pytest.importorskip("rapidocr")
    content = (HERE / "files" / f"{name}.pdf").read_bytes()
    document = read([(f"{name}.pdf", content)], known().layout)
    parts = divided(document, known())
    return document, [analyze_document(part, knowledge=known(), name=f"{name}.pdf") for part in parts]


def is_right(cell: Cell | None, printed: str) -> bool:
    """Whether a cell was read as it is printed."""
    if cell is None:
        return False
    if not printed:
        return cell.state == "blank"
    if printed in MARKS:
        return cell.state == "not_applicable"
    number = re.sub(r"[^\d.]", "", unicodedata.normalize("NFKC", printed))
    return cell.state == "read" and cell.value is not None and Decimal(cell.value) == Decimal(number)


def verdicts(name: str, number: int = 0) -> dict[str, list[str]]:
    """The cells that are right, marked and wrong in the first report of a file, or a further one."""
    found = {cell.key: cell for cell in analysed(name)[1][number].cells}
    sorts: dict[str, list[str]] = {"right": [], "marked": [], "wrong": []}
    for key, printed in expected(name)["second" if number else "cells"].items():
        cell = found.get(key)
        sort = "right" if is_right(cell, printed) else "marked" if cell and cell.state in MARKED else "wrong"
        sorts[sort].append(f"{key}: {printed!r} {cell.state if cell else 'missing'} {cell.raw if cell else ''}")
    return sorts


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_is_wrong_unmarked(name: str) -> None:
    assert verdicts(name)["wrong"] == []


@pytest.mark.parametrize("name", known_faults(UNREAD))
def test_the_cells_are_read(name: str) -> None:
    """Marking is no way out: no more cells are marked (or wrong) than the file says may be."""
    sorts = verdicts(name)
    assert sorts["wrong"] == []
    assert len(sorts["marked"]) <= expected(name).get("may_mark", 0)


@pytest.mark.parametrize("name", NAMES)
def test_prose_is_whole_and_what_belongs_to_the_page_is_gone(name: str) -> None:
    document = analysed(name)[0]
    paragraphs = [block.text for block in document.paragraphs]
    said = expected(name)
    assert [text for text in said["prose"] if text not in paragraphs] == []
    assert [text for text in said["never"] if any(text in paragraph for paragraph in paragraphs)] == []


@pytest.mark.parametrize("name", NAMES)
def test_reports_of_one_file_are_told_apart(name: str) -> None:
    assert len(analysed(name)[1]) == 1 + ("second" in expected(name))
    if "second" in expected(name):
        assert verdicts(name, 1)["wrong"] == verdicts(name, 1)["marked"] == []
