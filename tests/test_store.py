from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analyzer import store
from analyzer.analysis import COLUMNS, Row
from analyzer.errors import BadQuery, NoResults
from analyzer.store import Store, plain


def row(table: str, **values: Any) -> Row:
    """A row of a table with some columns filled."""
    assert values.keys() <= set(store.TABLES[table])
    return tuple(values.get(column) for column in store.TABLES[table])


def cell(report_id: str, value: int | Decimal | None, **values: Any) -> Mapping[str, list[Row]]:
    given = {"report_id": report_id, "indicator": "request.new", "applicant": "total", "state": "read"}
    return {"cells": [row("cells", value=value, **(given | values))]}


def filled(folder: Path, *parts: Mapping[str, list[Row]]) -> Path:
    with Store(folder / "store") as facts:
        for part in parts:
            facts.add(part)
    return folder


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (28, "28"),
        (28.0, "28"),
        (477.35, "477.35"),
        (Decimal("13000"), "13000"),
        (Decimal("1E+4"), "10000"),
        (Decimal("46.50"), "46.5"),
        (1e16, "10000000000000000"),
        (0.0000001, "0.0000001"),
        (-0.0, "0"),
        (0, "0"),
        (100, "100"),
        (None, ""),
        (float("nan"), ""),
        (True, "true"),
        (False, "false"),
        ("28.0", "28.0"),
    ],
)
def test_numbers_are_printed_plain(value: object, printed: str) -> None:
    assert plain(value) == printed


def test_every_table_has_the_columns_of_the_result_tables_in_their_order() -> None:
    for table, columns in COLUMNS.items():
        assert store.schema(table).names == list(columns)


def test_what_was_added_is_read_in_the_order_of_writing(tmp_path: Path) -> None:
    parts = [cell(f"{n}.md", n) for n in range(12)]
    folder = filled(tmp_path, *parts)
    table = store.read(store.require(folder), "cells")
    assert table.column("report_id").to_pylist() == [f"{n}.md" for n in range(12)]
    assert table.column("value").to_pylist() == list(range(12))


def test_decimals_text_and_unknown_keep_their_kind(tmp_path: Path) -> None:
    folder = filled(tmp_path, cell("a.md", Decimal("477.35"), raw="477.35万元", start=3), cell("b.md", None))
    table = store.read(store.require(folder), "cells")
    assert table.column("value").to_pylist() == [477.35, None]
    assert table.column("raw").to_pylist() == ["477.35万元", None]
    assert table.column("start").to_pylist() == [3, None]


def test_expected_and_actual_may_be_numbers_or_words(tmp_path: Path) -> None:
    rows = [row("checks", expected=Decimal("2E+1"), actual=28), row("checks", expected="2018", actual=None)]
    folder = filled(tmp_path, {"checks": rows})
    table = store.read(store.require(folder), "checks")
    assert table.column("expected").to_pylist() == ["20", "2018"]
    assert table.column("actual").to_pylist() == ["28", None]


def test_a_new_run_replaces_the_old_one(tmp_path: Path) -> None:
    filled(tmp_path, cell("a.md", 1), cell("b.md", 2))
    filled(tmp_path, cell("b.md", 3))
    assert store.read(tmp_path / "store", "cells").column("report_id").to_pylist() == ["b.md"]


def test_an_error_keeps_what_stood_before_and_leaves_nothing_behind(tmp_path: Path) -> None:
    filled(tmp_path, cell("a.md", 1))
    with pytest.raises(ValueError, match="zip"):
        filled(tmp_path, cell("b.md", 2), {"cells": [("too", "short")]})
    assert store.read(tmp_path / "store", "cells").column("report_id").to_pylist() == ["a.md"]
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_readers_see_the_old_tables_until_a_run_is_over(tmp_path: Path) -> None:
    filled(tmp_path, cell("a.md", 1))
    with Store(tmp_path / "store") as facts:
        facts.add(cell("b.md", 2))
        assert store.sql(tmp_path, "SELECT report_id FROM cells").to_pylist() == [{"report_id": "a.md"}]


def test_sql_sees_every_table(tmp_path: Path) -> None:
    filled(tmp_path, cell("a.md", 20), cell("b.md", 22))
    assert store.sql(tmp_path, "SELECT sum(value) AS s FROM cells").to_pylist() == [{"s": 42}]
    names = {line["name"] for line in store.sql(tmp_path, "SHOW TABLES").to_pylist()}
    assert names == set(store.TABLES)
    for table in store.TABLES:
        assert store.sql(tmp_path, f"SELECT * FROM {table}").column_names == list(store.TABLES[table])


def test_sql_works_in_a_folder_with_awkward_characters(tmp_path: Path) -> None:
    folder = tmp_path / "结果 [1]'s *"
    folder.mkdir()
    filled(folder, cell("a.md", 20))
    assert store.sql(folder, "SELECT value FROM cells").to_pylist() == [{"value": 20}]


@pytest.mark.parametrize(
    "query",
    [
        "SELEC 1",
        "SELECT * FROM nowhere",
        "SELECT * FROM read_csv('{secret}')",
        "COPY cells TO '{secret}'",
        "ATTACH '{secret}'",
        "SET enable_external_access = true",
    ],
)
def test_a_query_can_neither_read_nor_write_files(tmp_path: Path, query: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n", encoding="utf-8")
    filled(tmp_path, cell("a.md", 1))
    with pytest.raises(BadQuery) as caught:
        store.sql(tmp_path, query.format(secret=secret))
    assert "\n" not in str(caught.value)
    assert secret.read_text(encoding="utf-8") == "a,b\n1,2\n"


def test_a_folder_without_results_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoResults, match=str(tmp_path.name)):
        store.sql(tmp_path, "SELECT 1")
