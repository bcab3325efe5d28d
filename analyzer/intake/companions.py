"""Files that are one report together: the prose, and behind it the tables that stand beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyzer.intake.search import Found
from analyzer.knowledge.companions import Companions

Group = tuple[Found, ...]


def together(found: Sequence[Found], companions: Companions | None) -> tuple[list[Group], list[Found]]:
    """The files of each source, in the order of the first of each, and the spreadsheets without any prose.

    A table joins every file of the prose it belongs to (the same report in two formats is two reports); where it could
    belong to more than one report it joins none.
    """
    if companions is None:
        return [(each,) for each in found], []
    folders: dict[tuple[str, ...], list[Found]] = {}
    for each in found:
        folders.setdefault(each.folder, []).append(each)
    tables: dict[int, list[Found]] = {}
    joined: set[int] = set()
    for files in folders.values():
        for table, prose in _pairs(files, companions):
            joined.add(id(table))
            for each in prose:
                tables.setdefault(id(each), []).append(table)
    left = [each for each in found if id(each) not in joined]
    alone = [each for each in left if companions.is_sheet(each.file.name) and not each.given]
    passed = {id(each) for each in alone}
    return [(each, *tables.get(id(each), ())) for each in left if id(each) not in passed], alone


def _pairs(files: Sequence[Found], companions: Companions) -> list[tuple[Found, list[Found]]]:
    """Each table of a folder with the files of its prose."""
    may = [each for each in files if companions.is_sheet(each.file.name) or companions.is_table(each.file.name)]
    if not may or len(files) < 2:
        return []
    bodies: dict[str, dict[str, list[Found]]] = {}
    known = {id(each) for each in may}
    for each in files:
        if id(each) not in known:
            own = companions.key(each.file.name)
            bodies.setdefault(own, {}).setdefault(_stem(each), []).append(each)
    pairs = [(table, _prose(table, bodies, companions)) for table in may]
    return [(table, prose) for table, prose in pairs if prose]


def _prose(table: Found, bodies: Mapping[str, Mapping[str, list[Found]]], companions: Companions) -> list[Found]:
    """The files of the one report that a table belongs to; empty where there is none, or more than one."""
    name, key = table.file.name, companions.key(table.file.name)
    same = bodies.get(key, {})
    if _stem(table) in same and companions.is_sheet(name):
        return same[_stem(table)]
    if not companions.is_table(name):
        return []
    if not key:
        same = {stem: files for stems in bodies.values() for stem, files in stems.items()}
    return next(iter(same.values())) if len(same) == 1 else []


def _stem(found: Found) -> str:
    return found.file.name.rpartition(".")[0].lower()
