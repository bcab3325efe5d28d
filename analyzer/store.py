"""The facts of analysed reports as a Parquet dataset, one folder a table, and SQL over it.

`texts` (the extracted text) and `skipped` (files passed over) stand beside the result tables of `analysis.COLUMNS`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from analyzer.analysis import COLUMNS, Row
from analyzer.errors import BadQuery, NoResults

__all__ = ["TABLES", "Store", "dataset", "plain", "read", "require", "schema", "sql"]

TABLES: dict[str, tuple[str, ...]] = {
    **COLUMNS,
    "skipped": ("path", "reason"),
    "texts": ("report_id", "text"),
}
"""Columns of each table of the dataset, in order."""

_FIGURES = frozenset({"confidence", "value", "table_value", "low", "high", "points", "possible"})
_SCORES = frozenset({"completeness", "consistency", "score"})
_PLACES = frozenset({"start", "end", "start2", "end2", "number_start", "number_end", "page", "row", "column"})
_COUNTS = frozenset({"year", "ordinal", "depth", "whole", "cells_expected", "cells_filled", "claims", "findings"})
_VERDICTS = frozenset({"consistent", "inconsistent", "suspect", "unverifiable", "not_assessable"})
_TRUTHS = frozenset({"approximate", "firm"})
_TEMPORARY = ".new"


def schema(table: str) -> pa.Schema:
    """Types of a table's columns: places and counts are int64, figures float64, yes or no bool, all else text."""
    return pa.schema([(name, _type(name)) for name in TABLES[table]])


def _type(name: str) -> pa.DataType:
    if name in _PLACES | _COUNTS | _VERDICTS:
        return pa.int64()
    if name in _FIGURES | _SCORES:
        return pa.float64()
    return pa.bool_() if name in _TRUTHS else pa.string()


def plain(value: object) -> str:
    """A value as the CSV tables print it: 28 for 28.0, no exponent, empty for unknown."""
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        text = format(Decimal(repr(float(value))) if isinstance(value, float) else value, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text
    return str(value)


class Store:
    """Writes one dataset: parts gather in a folder beside `folder`, which takes its place when the run is over.

    A part holds a whole group of reports and is written under a temporary name first, so no reader ever sees half
    of one. Leaving the block with an error other than an interruption keeps the dataset that stood before.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._new = folder.with_name(folder.name + _TEMPORARY)
        self._parts = 0

    def __enter__(self) -> Store:
        shutil.rmtree(self._new, ignore_errors=True)
        for table in TABLES:
            (self._new / table).mkdir(parents=True)
        return self

    def add(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """One part of every table that has rows, in the order of its columns."""
        for table, lines in rows.items():
            if lines:
                self._write(table, lines)
        self._parts += 1

    def _write(self, table: str, rows: Sequence[Row]) -> None:
        types = schema(table)
        columns = [_array(column, field.type) for column, field in zip(zip(*rows, strict=True), types, strict=True)]
        part = self._new / table / f"part-{self._parts:06d}.parquet"
        temporary = part.with_name(part.name + _TEMPORARY)
        pq.write_table(pa.table(columns, schema=types), temporary, compression="zstd")
        os.replace(temporary, part)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None or issubclass(kind, KeyboardInterrupt):
            shutil.rmtree(self.folder, ignore_errors=True)
            os.replace(self._new, self.folder)
        else:
            shutil.rmtree(self._new, ignore_errors=True)


def _array(column: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if kind == pa.float64():
        return pa.array([None if value is None else float(value) for value in column], kind)
    if kind == pa.string():
        return pa.array([value if value is None or isinstance(value, str) else plain(value) for value in column], kind)
    return pa.array(column, kind)


def dataset(folder: Path, table: str) -> ds.Dataset:
    """A table of the dataset in `folder`, unread."""
    return ds.dataset(folder / table, schema=schema(table), format="parquet", exclude_invalid_files=False)


def read(folder: Path, table: str) -> pa.Table:
    """A whole table of the dataset in `folder`, in the order in which it was written."""
    return dataset(folder, table).to_table()


def sql(folder: Path, query: str) -> pa.Table:
    """The answer to a DuckDB query over the tables of a result folder.

    The query sees these tables and nothing else: no file, no network.
    Raises `NoResults` or, for a wrong query, `BadQuery`.
    """
    import duckdb

    store = require(folder)
    with duckdb.connect(":memory:", config={"enable_external_access": "false", "lock_configuration": "true"}) as engine:
        for table in TABLES:
            engine.register(table, dataset(store, table))
        try:
            answer = engine.sql(query)
            return pa.table({}) if answer is None else answer.to_arrow_table()
        except duckdb.Error as problem:
            raise BadQuery(" ".join(str(problem).split())) from None


def require(folder: Path) -> Path:
    """The dataset of a result folder; raises `NoResults` where there is none."""
    if not complete(folder):
        raise NoResults(f"{folder}: not a folder of results; `analyzer score` writes one")
    return folder / "store"


def complete(folder: Path) -> bool:
    """Whether the dataset of a run stands in a folder."""
    return all((folder / "store" / table).is_dir() for table in TABLES)
