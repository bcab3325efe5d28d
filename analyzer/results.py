"""The results of a run: tables as frames, and everything that is written to disk for people."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from csv import writer
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer import store
from analyzer.errors import ForeignOutput, UnusableOutput
from analyzer.knowledge import wording
from analyzer.knowledge.schema import Source
from analyzer.knowledge.wording import Wording

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["Results"]

_RUN = "run.json"
_DRAWN = ("reports", "sections", "claims", "findings", "scores", "deductions")
_OURS = ("store", "texts", "charts")


class Results:
    """The tables of one run, read from its dataset only when they are asked for.

    Each table is a frame by its name (`results.claims`): figures are floats, places and counts nullable integers,
    unknown is missing. `folder` is where the dataset stands.
    """

    def __init__(self, folder: Path, *, lang: str = "zh", words: Wording | None = None) -> None:
        self.folder = folder
        self.lang = lang
        self._store = store.require(folder)
        self._words = words
        self._frames: dict[str, pd.DataFrame] = {}

    @classmethod
    def from_dir(cls, folder: Path | str, *, lang: str = "zh") -> Results:
        """The results in a folder that `score_folder` or `analyzer score` wrote; raises `NoResults` without any."""
        return cls(Path(folder), lang=lang)

    @cached_property
    def words(self) -> Wording:
        """Labels of charts and tables."""
        return self._words or wording.load(Source())

    def frame(self, table: str) -> pd.DataFrame:
        """A table by name; raises `KeyError` for one that `store.TABLES` does not hold."""
        if table not in store.TABLES:
            raise KeyError(f"no table {table!r}; there are {', '.join(store.TABLES)}")
        if table not in self._frames:
            self._frames[table] = _frame(store.read(self._store, table))
        return self._frames[table].copy()

    @property
    def reports(self) -> pd.DataFrame:
        """One row a report: who, which year, which form, status, scores, counts."""
        return self.frame("reports")

    @property
    def sections(self) -> pd.DataFrame:
        """One row a section."""
        return self.frame("sections")

    @property
    def cells(self) -> pd.DataFrame:
        """One row a cell of the statistics form."""
        return self.frame("cells")

    @property
    def claims(self) -> pd.DataFrame:
        """One row a quantity in the prose, with its verdict."""
        return self.frame("claims")

    @property
    def checks(self) -> pd.DataFrame:
        """One row a check that was tried."""
        return self.frame("checks")

    @property
    def findings(self) -> pd.DataFrame:
        """One row a check that did not hold."""
        return self.frame("findings")

    @property
    def scores(self) -> pd.DataFrame:
        """One row a report and dimension."""
        return self.frame("scores")

    @property
    def deductions(self) -> pd.DataFrame:
        """One row for points that a finding cost."""
        return self.frame("deductions")

    @property
    def skipped(self) -> pd.DataFrame:
        """One row a file passed over, with the reason."""
        return self.frame("skipped")

    def sql(self, query: str) -> pd.DataFrame:
        """The answer to a DuckDB query over the tables."""
        return _frame(store.sql(self.folder, query))

    def panel(self) -> pd.DataFrame:
        """One row a body and year, one column an indicator (its key), beside form and scores.

        Only figures that were read without doubt enter. Of several reports of one body on one year the one with most
        filled cells stands; a report that names no body or year stands by its `report_id`.
        """
        reports = self.reports.loc[lambda frame: frame["status"] == "ok"]
        reports = reports.assign(body=reports["body_id"].where(reports["body_id"].fillna("") != "", reports["agency"]))
        unknown = (reports["body"].fillna("") == "") | reports["year"].isna()
        reports["body"] = reports["body"].mask(unknown, reports["report_id"])
        reports = reports.sort_values(["cells_filled", "report_id"], ascending=[False, True])
        reports = reports.drop_duplicates(["body", "year"]).sort_values(["body", "year"])
        head = reports[["body", "year", "report_id", "standard", "completeness", "consistency", "score"]]
        return head.merge(self._figures(), how="left", on="report_id").reset_index(drop=True)

    def _figures(self) -> pd.DataFrame:
        cells = self.cells.loc[lambda frame: (frame["state"] == "read") & frame["value"].notna()]
        both = cells["indicator"].str.cat(cells["applicant"], sep="/")
        cells = cells.assign(key=cells["indicator"].where(cells["applicant"] == "", both))
        order = list(dict.fromkeys(cells["key"]))
        wide = cells.pivot_table(index="report_id", columns="key", values="value", aggfunc="first", sort=False)
        return wide.reindex(columns=order).reset_index().rename_axis(columns=None)

    def write(self, run: dict[str, Any], *, csv: bool = True) -> None:
        """Tables as CSV, texts, codebook, and what `run` says of the run: all that needs no program of ours."""
        (self.folder / _RUN).write_text(json.dumps(run, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        for table in store.TABLES:
            path = self.folder / f"{table}.csv"
            path.unlink(missing_ok=True)
            if csv and table != "texts":
                write_csv(path, store.read(self._store, table))
        codebook = [(c.table, c.column, c.zh, c.en) for c in self.words.codebook]
        _write_rows(self.folder / "codebook.csv", ("table", "column", "zh", "en"), codebook)
        self._write_texts(self.folder / "texts")

    def _write_texts(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        for batch in store.dataset(self._store, "texts").to_batches():
            for report_id, text in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                path = folder / f"{report_id}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")

    def draw(self, folder: Path | None = None, *, formats: Sequence[str] = ("png",)) -> list[Path]:
        """All charts as files in `folder` (default: `charts` beside the tables)."""
        from analyzer import charts

        frames = {table: self.frame(table) for table in _DRAWN}
        return charts.draw(frames, folder or self.folder / "charts", formats, self.words, self.lang)

    @cached_property
    def run(self) -> dict[str, Any]:
        """What `run.json` says of the run; empty without one."""
        path = self.folder / _RUN
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}

    def __repr__(self) -> str:
        counts = {table: store.dataset(self._store, table).count_rows() for table in ("reports", "claims", "findings")}
        return f"Results({str(self.folder)!r}, {', '.join(f'{table}={n}' for table, n in counts.items())})"

    def _repr_html_(self) -> str:
        columns = ["report_id", "agency", "year", "standard", "completeness", "consistency", "score", "grade"]
        return str(self.reports[[*columns, "findings"]].to_html(index=False, na_rep="", float_format=store.plain))


def claim_output(out: Path) -> None:
    """Make `out` a folder that a run may write; raises `UnusableOutput` where it may not, `ForeignOutput`
    where a folder of our names was not put there by a run: such a one is never touched.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / f"{_RUN}.new"
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as problem:
        raise UnusableOutput(f"{out}: {problem.strerror or problem}") from problem
    foreign = [name for name in _OURS if (out / name).exists()]
    if foreign and not ((out / _RUN).is_file() or store.complete(out)):
        raise ForeignOutput(f"{out / foreign[0]}: not from an earlier run; name another folder")


def write_csv(path: Path, table: pa.Table) -> None:
    """A table as CSV that opens right in Excel and WPS: UTF-8 with BOM, plain numbers, empty for unknown."""
    columns = [[store.plain(value) for value in column.to_pylist()] for column in table.columns]
    _write_rows(path, table.column_names, zip(*columns, strict=True))


def _write_rows(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("w", encoding="utf-8-sig", newline="") as file:
        lines = writer(file, lineterminator="\n")
        lines.writerow(head)
        lines.writerows(rows)
    os.replace(temporary, path)


def _frame(table: pa.Table) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    nullable = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame: pd.DataFrame = table.to_pandas(types_mapper=nullable.get)
    return frame
