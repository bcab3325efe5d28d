from __future__ import annotations

import csv
import json
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer import batch, store
from analyzer.analysis import COLUMNS
from analyzer.batch import score_folder
from analyzer.errors import MissingInput, UnusableOutput
from analyzer.intake import File, Source
from analyzer.results import Results
from tests.printed import balanced, render

DEMO = Path(__file__).resolve().parent.parent / "corpora" / "demo"
REPORTS = ["2014_city_bureau/report.txt", "2019_town/report.md", "2021_county_department/report.html"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three good reports, one of them twice, and files that are none."""
    inputs = tmp_path / "in"
    for report in REPORTS:
        (inputs / report).parent.mkdir(parents=True)
        shutil.copy(DEMO / report, inputs / report)
    shutil.copy(DEMO / REPORTS[1], inputs / "again.md")
    (inputs / "empty.txt").write_bytes(b"")
    (inputs / "binary.md").write_bytes(bytes(range(256)) * 40)
    (inputs / "letter.txt").write_text("各位家长：\n" + "明天下午三点开会，请准时参加。\n" * 20, encoding="utf-8")
    (inputs / "film.avi").write_bytes(b"\xff\xd8")
    return inputs


def files(out: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(out.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            if path.name == "run.json":
                run = json.loads(content)
                content = json.dumps({key: run[key] for key in run if key != "finished"}).encode()
            yield str(path.relative_to(out)), content


def test_every_file_is_one_row_or_skipped(folder: Path) -> None:
    results = score_folder(folder)
    status = dict(zip(results.reports["report_id"], results.reports["status"], strict=True))
    assert status == {
        "2014_city_bureau/report.txt": "ok",
        "2019_town/report.md": "ok",
        "2021_county_department/report.html": "ok",
        "again.md": "ok",
        "binary.md": "failed",
        "empty.txt": "failed",
        "letter.txt": "failed",
    }
    assert [Path(path).name for path in results.skipped["path"]] == ["film.avi"]


def test_a_failed_report_says_why_in_one_line_and_the_others_are_complete(folder: Path) -> None:
    results = score_folder(folder)
    failed = results.reports[results.reports["status"] == "failed"]
    assert all(error and "\n" not in error for error in failed["error"])
    alone = score_folder(folder / REPORTS[1])
    assert len(results.cells[results.cells["report_id"] == REPORTS[1]]) == len(alone.cells)
    assert len(results.findings[results.findings["report_id"] == REPORTS[1]]) == len(alone.findings)


def test_what_goes_wrong_inside_takes_only_its_own_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = batch.analyze_all

    def breaks(parts: batch.Parts, **options: object) -> object:
        if parts[0][0] == "report.md":
            raise RecursionError("too\ndeep")
        return whole(parts, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "analyze_all", breaks)
    reports = score_folder(folder).reports.set_index("report_id")
    assert reports.loc["2019_town/report.md", "error"] == "RecursionError: too deep"
    assert reports.loc["2014_city_bureau/report.txt", "status"] == "ok"


def test_any_number_of_processes_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for jobs in (1, 2):
        score_folder(folder, tmp_path / str(jobs), jobs, charts=False)
    assert dict(files(tmp_path / "1")) == dict(files(tmp_path / "2"))


def test_parts_of_the_dataset_do_not_show(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    score_folder(folder, tmp_path / "whole", charts=False)
    monkeypatch.setattr(batch, "PART", 2)
    score_folder(folder, tmp_path / "parts", charts=False)
    assert len(list((tmp_path / "parts" / "store" / "cells").iterdir())) > 1
    tables = [path.name for path in (tmp_path / "whole").glob("*.csv")]
    for table in tables:
        assert (tmp_path / "parts" / table).read_bytes() == (tmp_path / "whole" / table).read_bytes()


def test_a_run_mirrors_its_inputs(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    score_folder(folder, out)
    (folder / "again.md").unlink()
    score_folder(folder, out)
    for table in ("reports", "cells", "findings"):
        assert "again.md" not in (out / f"{table}.csv").read_text(encoding="utf-8-sig")
    assert not (out / "texts" / "again.md.txt").exists()


def test_the_result_folder_is_never_input(folder: Path) -> None:
    first = score_folder(folder, folder / "out", charts=False).reports["report_id"].tolist()
    assert score_folder(folder, folder / "out", charts=False).reports["report_id"].tolist() == first


def test_the_text_of_a_report_holds_what_the_tables_quote(folder: Path, tmp_path: Path) -> None:
    results = score_folder(folder, tmp_path / "out", charts=False)
    texts = tmp_path / "out" / "texts"
    claims = results.claims
    assert len(claims) > 20
    for claim in claims.itertuples():
        text = (texts / f"{claim.report_id}.txt").read_text(encoding="utf-8")
        assert text[claim.start : claim.end] == claim.quote


def test_csv_and_dataset_say_the_same(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    score_folder(folder, out, charts=False)
    for table, columns in COLUMNS.items():
        with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
        stored = store.read(out / "store", table)
        assert head == list(columns)
        assert rows == [[store.plain(value) for value in row.values()] for row in stored.to_pylist()]


def test_numbers_are_plain_in_every_table(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    score_folder(folder, out, charts=False)
    for table, columns in {"cells": ["value"], "claims": ["value", "low", "high", "table_value"]}.items():
        with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            printed = [row[column] for row in csv.DictReader(file) for column in columns]
        assert any(printed)
        assert not [number for number in printed if number.endswith(".0") or "e" in number.lower()]


def test_the_run_tells_its_version_rules_and_counts(folder: Path, tmp_path: Path) -> None:
    run = score_folder(folder, tmp_path / "out", charts=False).run
    assert (run["counts"]["ok"], run["counts"]["failed"], run["counts"]["skipped"]) == (4, 3, 1)
    assert len(run["rules"]) == 64
    assert run["interrupted"] is False


def test_domain_data_of_ones_own_change_the_fingerprint_of_the_rules(folder: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "mine"
    overlay.mkdir()
    units = Path(batch.__file__).parent / "data" / "wording.toml"
    changed = units.read_text(encoding="utf-8") + "\n# mine\n"
    (overlay / "wording.toml").write_text(changed, encoding="utf-8")
    shipped = score_folder(folder / REPORTS[1]).run["rules"]
    assert score_folder(folder / REPORTS[1], knowledge=overlay).run["rules"] != shipped


def test_progress_counts_every_report_once_and_in_order(folder: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    results = score_folder(folder, progress=lambda *step: seen.append(step))
    ids = results.reports["report_id"].tolist()
    assert seen == [(n, len(ids), name) for n, name in enumerate(ids, start=1)]


def test_what_was_finished_before_an_interruption_is_kept(folder: Path, tmp_path: Path) -> None:
    def stop(done: int, total: int, report: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score_folder(folder, tmp_path / "out", charts=False, progress=stop)
    results = Results.from_dir(tmp_path / "out")
    assert results.reports["report_id"].tolist() == REPORTS[:2]
    assert results.run["interrupted"] is True


def test_results_without_a_folder_live_as_long_as_they_are_held(folder: Path) -> None:
    results = score_folder(folder / REPORTS[1])
    stands = results.folder
    assert len(results.reports) == 1
    assert stands.is_dir()
    del results
    assert not stands.exists()


def test_several_inputs_keep_their_reports_apart(folder: Path) -> None:
    results = score_folder([folder / "2019_town", folder / "2014_city_bureau"])
    assert results.reports["report_id"].tolist() == ["2019_town/report.md", "2014_city_bureau/report.txt"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_to_read_is_said(tmp_path: Path, lang: str) -> None:
    with pytest.raises(MissingInput):
        score_folder(tmp_path, lang=lang)
    with pytest.raises(MissingInput, match="nowhere"):
        score_folder(tmp_path / "nowhere", lang=lang)
    (tmp_path / "notes.csv").write_text("1", encoding="utf-8")
    with pytest.raises(MissingInput, match=r"notes\.csv"):
        score_folder(tmp_path, lang=lang)


def test_tables_without_year_and_prose_are_judged_by_their_form(tmp_path: Path) -> None:
    path = tmp_path / "tables.html"
    path.write_text(render(balanced("2021"), "2021", "html"), encoding="utf-8")
    row = score_folder(path).reports.iloc[0]
    assert row["standard_expected"] == "2021"
    assert "problems" in row["sections_missing"]


def test_an_output_that_cannot_be_written_is_said_before_any_work(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(UnusableOutput):
        score_folder(folder, tmp_path / "out", progress=lambda *step: pytest.fail("work was done"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_messages_are_in_the_language_asked_for(folder: Path, lang: str) -> None:
    messages = score_folder(folder / REPORTS[1], lang=lang).findings["message"]
    assert len(messages) > 1
    for message in messages:
        assert any("\u4e00" <= character <= "\u9fff" for character in message) or lang == "en"


def test_the_planted_defects_are_found_and_nothing_else_is_an_error() -> None:
    findings = score_folder(DEMO).findings
    errors = findings[findings["severity"] == "error"]
    assert set(errors["report_id"]) == {"2019_town/report.md"}
    assert set(errors["indicator"].str.split("[;/]").str[0]) == {"request.new", "review.total"}
    assert len(errors) == 2


@pytest.mark.parametrize(
    ("files", "processes"),
    [({"a.txt": 9_000_000}, 0), ({"a.pdf": 90_000, "b.docx": 20_000}, 0), ({"a.pdf": 8_000_000}, 4), ({"a.jpg": 9}, 1)],
)
def test_scans_are_worth_a_process_sooner_than_texts(tmp_path: Path, files: dict[str, int], processes: int) -> None:
    sources = []
    for name, size in files.items():
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
        sources.append(Source(name, name, (File(name, tmp_path / name, name),)))
    assert sum(map(batch._effort, sources)) // batch.WORTH == processes


def test_a_worker_that_is_ended_leaves_what_it_is_at() -> None:
    before = signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(SystemExit):
            batch._end(signal.SIGTERM, None)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)
