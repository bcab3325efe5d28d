"""A closed schema for the files of `data/`: frozen dataclasses are built from CSV rows or TOML entries,
and a key or value that does not fit fails at load, naming the file, the entry and what is allowed."""

from __future__ import annotations

import csv
import io
import tomllib
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from analyzer.errors import BadKnowledge

Entry = TypeVar("Entry")
SHIPPED = Path(__file__).resolve().parent.parent / "data"


class Source:
    """The shipped data files, each replaced by the file of the same name in `overlay` where there is one."""

    def __init__(self, overlay: Path | None = None) -> None:
        self.overlay = overlay
        self._parsed: dict[str, dict[str, Any]] = {}
        if overlay is not None and not overlay.is_dir():
            raise BadKnowledge(f"{overlay}: no such folder of domain data")
        for extra in sorted(overlay.iterdir()) if overlay is not None else []:
            if not (SHIPPED / extra.name).exists():
                allowed = ", ".join(sorted(p.name for p in SHIPPED.iterdir() if p.is_file()))
                raise BadKnowledge(f"{extra}: not a file of domain data; allowed: {allowed}")

    def path(self, name: str) -> Path:
        """Where the file `name` is read from."""
        if self.overlay is not None and (self.overlay / name).exists():
            return self.overlay / name
        return SHIPPED / name

    def text(self, name: str) -> str:
        """The file's text (UTF-8, with or without BOM)."""
        try:
            return self.path(name).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as problem:
            raise BadKnowledge(f"{self.path(name)}: cannot be read as UTF-8 text ({problem})") from None

    def rows(self, name: str, kind: type[Entry]) -> tuple[Entry, ...]:
        """One entry a row of a CSV file; a list in one field is joined by `;`."""
        reader = csv.DictReader(io.StringIO(self.text(name), newline=""), strict=True)
        try:
            lines = list(reader)
        except csv.Error as problem:
            raise BadKnowledge(f"{self.path(name)}:{reader.line_num}: {problem}") from None
        return tuple(
            build(kind, {k: v for k, v in line.items() if v != ""}, f"{name}:{number}")
            for number, line in enumerate(lines, start=2)
        )

    def toml(self, name: str) -> dict[str, Any]:
        """The whole TOML file, parsed once."""
        if name not in self._parsed:
            try:
                self._parsed[name] = tomllib.loads(self.text(name))
            except tomllib.TOMLDecodeError as problem:
                raise BadKnowledge(f"{self.path(name)}: {problem}") from None
        return self._parsed[name]

    def entries(self, name: str, kind: type[Entry], table: str) -> tuple[Entry, ...]:
        """One entry for each `[[table]]` of a TOML file."""
        found = self.toml(name).get(table, [])
        return tuple(build(kind, entry, f"{name}: {table} {n}") for n, entry in enumerate(found, start=1))


def build(kind: type[Entry], given: Mapping[str | None, Any], where: str) -> Entry:
    """`given` as a `kind`; keys are closed, fields without default are required."""
    assert is_dataclass(kind)
    known = _known(kind)
    unknown = sorted(str(k) for k in given if k not in known)
    if unknown:
        raise BadKnowledge(f"{where}: unknown key {', '.join(unknown)}; allowed: {', '.join(known)}")
    missing = [name for name, (_, required) in known.items() if required and name not in given]
    if missing:
        raise BadKnowledge(f"{where}: missing {', '.join(missing)}")
    values = {str(name): _value(known[str(name)][0], value, f"{where}: {name}") for name, value in given.items()}
    return typing.cast(Entry, kind(**values))


@cache
def _known(kind: type[Any]) -> dict[str, tuple[Any, bool]]:
    """The keys of an entry: the annotated type of each, and whether it is required."""
    hints = typing.get_type_hints(kind)
    return {f.name: (hints[f.name], _required(f)) for f in fields(kind)}


def _required(f: Field[Any]) -> bool:
    return f.default is MISSING and f.default_factory is MISSING


def _value(hint: Any, value: Any, where: str) -> Any:
    """`value` as the annotated type: text of a CSV field is converted, anything else must fit already."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is types.UnionType:
        options = [a for a in arguments if a is not type(None)]
        return _value(options[0], value, where)
    if origin is typing.Literal:
        return _member(value, arguments, where)
    if origin is tuple:
        items = value.split(";") if isinstance(value, str) else value
        if not isinstance(items, Sequence):
            raise BadKnowledge(f"{where}: a list is wanted, not {value!r}")
        return tuple(_value(arguments[0], item, where) for item in items)
    if origin in (dict, Mapping):
        if not isinstance(value, Mapping):
            raise BadKnowledge(f"{where}: a table is wanted, not {value!r}")
        return {k: _value(arguments[1], v, f"{where}.{k}") for k, v in value.items()}
    if is_dataclass(hint):
        return build(typing.cast(type, hint), value, where)
    return _plain(hint, value, where)


def _member(value: Any, allowed: tuple[Any, ...], where: str) -> Any:
    if value not in allowed:
        raise BadKnowledge(f"{where}: {value!r} is not allowed; one of {', '.join(map(str, allowed))}")
    return value


def _plain(hint: Any, value: Any, where: str) -> Any:
    try:
        if hint is bool and isinstance(value, str):
            return {"true": True, "false": False}[value]
        if hint is Decimal and not isinstance(value, bool):
            return Decimal(str(value))
        if hint is int and isinstance(value, str):
            return int(value)
    except (KeyError, ValueError, InvalidOperation):
        pass
    if hint is Any or (isinstance(value, hint) and not (hint is int and isinstance(value, bool))):
        return value
    raise BadKnowledge(f"{where}: {value!r} is no {getattr(hint, '__name__', hint)}")
