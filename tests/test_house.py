"""The house rules: import ladder, sizes, domain words in data, nothing of one machine."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "analyzer").rglob("*.py"))
LADDER = [
    {"errors", "numerals", "dictionary"},
    {"document", "knowledge", "packed"},
    {"analysis"},
    {"intake", "readers", "sections", "tables", "claims", "reconcile", "score", "classifier"}
    | {"charts", "pages", "workbook", "terminal"},
    {"pipeline"},
    {"store"},
    {"series"},
    {"results"},
    {"batch", "synthesis", "evaluation"},
    {"training"},
    {"cli"},
    {"__main__"},
]
RUNG = {room: number for number, rooms in enumerate(LADDER) for room in rooms}
HANZI = re.compile(r"[\u3400-\u9fff]{2,}")
NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿卅")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def room_of(path: Path) -> str:
    first = path.relative_to(ROOT / "analyzer").parts[0]
    return first.removesuffix(".py")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported_rooms(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        rooms = (name.split(".")[1] for name in names if name.startswith("analyzer."))
        yield from (room for room in rooms if room != "__version__")


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def positional(function: Function) -> int:
    names = [a.arg for a in function.args.posonlyargs + function.args.args]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def chinese_literals(path: Path) -> Iterator[str]:
    """String constants with Chinese words in them; the digits' own alphabet is no word."""
    tree = tree_of(path)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield from (
                f"line {node.lineno}: {word}" for word in HANZI.findall(node.value) if not set(word) <= NUMERALS
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_from_lower_rungs(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    assert room in RUNG, f"{room} has no place on the ladder"
    wrong = {other for other in imported_rooms(path) if other != room and RUNG.get(other, 99) >= RUNG[room]}
    if {room, *wrong} <= {"document", "knowledge"}:
        wrong = set()
    assert not wrong, f"{room} may not import {', '.join(sorted(wrong))}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 400
    assert not [f"{f.name}: {length(f)} lines" for f in functions(path) if length(f) > 45]
    assert not [f"{f.name}: {positional(f)} parameters" for f in functions(path) if positional(f) > 5]


def test_the_median_function_is_short() -> None:
    assert statistics.median(length(f) for path in MODULES for f in functions(path)) <= 15


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_chinese_words_stand_in_data_not_in_code(path: Path) -> None:
    assert not list(chinese_literals(path))


def text_files() -> list[Path]:
    tops = ["analyzer", "tests", "benchmarks", "docs", ".ci"]
    inside = [p for top in tops for p in (ROOT / top).rglob("*") if "__pycache__" not in p.parts]
    suffixes = {".py", ".md", ".toml", ".csv", ".txt", ".html", ""}
    beside = [p for p in ROOT.iterdir() if p.suffix in suffixes and p.name != ".git"]
    return sorted(p for p in inside + beside if p.is_file() and p.suffix in suffixes)


def test_nothing_names_a_path_of_one_machine() -> None:
    machine = re.compile(r"(?<![\w.:/-])/(?:home|root|work|Users|tmp|mnt)/\w")
    found = [f"{p.relative_to(ROOT)}" for p in text_files() if machine.search(p.read_text(encoding="utf-8-sig"))]
    assert not found


def test_the_pinned_versions_name_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = re.compile(r"[a-z0-9-]+==[\w.+!-]+( ; [^/]+)?")
    assert lines
    assert not [line for line in lines if not pinned.fullmatch(line)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('x = "公开"', ["line 1: 公开"]),
        ('x = f"{a}公开"', ["line 1: 公开"]),
        ('"""公开"""\nx = 1\n"""公开条例"""', []),
        ('x = "公"', []),
        ('x = "一二三"', []),
    ],
)
def test_the_search_for_chinese_literals_sees_them(source: str, expected: list[str], tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text(source, encoding="utf-8")
    assert list(chinese_literals(sample)) == expected
