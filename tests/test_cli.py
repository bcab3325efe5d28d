from __future__ import annotations

import csv
import io
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from analyzer.analysis import COLUMNS
from analyzer.cli import main
from analyzer.cli.commands import cli
from analyzer.knowledge import messages
from analyzer.knowledge.schema import Source

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "corpora" / "demo"
TOWN = DEMO / "2019_town" / "report.md"
TEXTS = messages.load(Source())


def program(arguments: Sequence[str], **options: str) -> subprocess.CompletedProcess[str]:
    """The command as a program of its own."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **options}
    command = [sys.executable, "-m", "analyzer", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, cwd=ROOT, check=False)


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the demonstration reports, and one file that is no report."""
    folder = tmp_path_factory.mktemp("scored")
    empty = folder / "empty.md"
    empty.write_text("", encoding="utf-8")
    assert main(["score", str(DEMO), str(empty), "--out", str(folder / "out")]) == 1
    return folder / "out"


def error(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that an error is told in."""
    said = capsys.readouterr().err
    assert said.count("\n") == 1, said
    return said.rstrip("\n")


# Help


@pytest.mark.parametrize("name", ["", *cli.commands])
def test_every_command_has_help_in_both_languages(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = [name] if name else []
    assert main([*command, "--help"]) == 0
    chinese = capsys.readouterr().out
    assert main(["--lang", "en", *command, "--help"]) == 0
    english = capsys.readouterr().out
    assert re.search(r"[\u4e00-\u9fff]{4}", chinese)
    assert not re.search(r"[\u4e00-\u9fff]", english)


def test_every_text_is_used_with_the_same_values_in_both_languages() -> None:
    for key, text in TEXTS.phrases.items():
        places = [sorted(re.findall(r"\{(\w+)\}", said)) for said in (text.zh, text.en)]
        assert places[0] == places[1], key


def test_every_command_and_option_of_the_contract_is_there() -> None:
    score = {opt for option in cli.commands["score"].params for opt in option.opts + option.secondary_opts}
    assert set(cli.commands) == {"score", "show", "sql", "charts", "evaluate", "label", "train", "generate"}
    wanted = "--out --jobs --resume --fresh --rubric --knowledge --roster --decisions --engine --scheduler --formats "
    wanted += "--pages --timeout --memory --no-charts --no-ocr --lang"
    assert set(wanted.split()) <= score
    reading = {"--no-ocr", "--max-pages", "--max-mb", "--max-megapixels", "--timeout"}
    for command in ("score", "show", "label"):
        assert reading <= {opt for option in cli.commands[command].params for opt in option.opts}


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from analyzer.cli import main; main(['--help']); print(sorted(sys.modules), file=sys.stderr)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True).stderr
    for heavy in ("pandas", "spacy", "matplotlib", "jieba", "pyarrow", "duckdb", "sklearn", "numpy", "rich"):
        assert f"'{heavy}'" not in loaded


def test_help_is_there_at_once() -> None:
    """Processor time, which a busy machine does not stretch; `make bench` shows the wall time."""

    def seconds() -> float:
        before = os.times()
        assert program(["--help"]).returncode == 0
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(seconds() for _ in range(5)) <= 0.3


def test_without_arguments_the_help_is_shown_and_the_usage_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "score" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", capsys.readouterr().out)


# Wrong usage: one line, in the language asked for, status 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere"),
        (["score"], "INPUT"),
        (["score", "a"], "--out"),
        (["score", "a", "--out"], "--out"),
        (["score", "a", "--out", "b", "--nowhere"], "--nowhere"),
        (["score", "a", "--out", "b", "--jobs", "0"], "--jobs"),
        (["score", "a", "--out", "b", "--jobs", "many"], "--jobs"),
        (["score", "a", "--out", "b", "--max-pages", "0"], "--max-pages"),
        (["score", "a", "--out", "b", "--timeout", "soon"], "--timeout"),
        (["show", str(TOWN), "--max-mb", "0"], "--max-mb"),
        (["label", str(TOWN), "--max-megapixels", "0"], "--max-megapixels"),
        (["show", f"{TOWN}#b.md"], "report.md#b.md"),
        (["score", "a", "--out", "b", "--engine", "spark"], "dask"),
        (["score", "a", "--out", "b", "--formats", "docx"], "docx"),
        (["score", "a", "--out", "b", "--lang", "fr"], "fr"),
        (["show"], "FILE"),
        (["show", "nowhere.md"], "nowhere.md"),
        (["show", str(DEMO)], "demo"),
        (["sql", "nowhere", "SELECT 1"], "nowhere"),
        (["sql", "nowhere"], "QUERY"),
        (["charts", "nowhere"], "nowhere"),
        (["charts", "nowhere", "--format", "gif"], "gif"),
        (["score", "nowhere.md", "--out", "b"], "nowhere.md"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wrong_usage_is_one_line(
    arguments: list[str],
    said: str,
    lang: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--lang", lang, *arguments]) == 2
    line = error(capsys)
    assert said in line
    assert line.startswith(TEXTS.say("fault.error", lang, text=""))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["score", "a", "--out", "b", "--resume"], 5),
        (["score", "a", "--out", "b", "--rubric", "r.toml"], 4),
        (["score", "a", "--out", "b", "--decisions", "d.csv"], 4),
        (["score", "a", "--out", "b", "--roster", "r.csv"], 5),
        (["score", "a", "--out", "b", "--engine", "dask"], 5),
        (["score", "a", "--out", "b", "--scheduler", "tcp"], 5),
        (["score", "a", "--out", "b", "--formats", "csv,xlsx"], 4),
        (["score", "a", "--out", "b", "--pages", "all"], 4),
        (["score", "a", "--out", "b", "--memory", "900"], 5),
        (["show", "a.md", "--html", "a.html"], 4),
    ],
)
def test_what_comes_with_a_later_part_says_so(
    arguments: list[str], part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--lang", "en"]) == 2
    assert f"part {part}" in error(capsys)


# The commands at work


def test_score_writes_what_the_contract_names(scored: Path) -> None:
    for table in [*COLUMNS, "skipped", "codebook"]:
        assert (scored / f"{table}.csv").is_file()
    assert (scored / "run.json").is_file()
    assert (scored / "texts" / "demo" / "2019_town" / "report.md.txt").is_file()
    assert [path.suffix for path in (scored / "charts").iterdir()] == [".png"] * 3


def test_a_failed_report_is_a_row_with_its_reason(scored: Path) -> None:
    with (scored / "reports.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["report_id"]: row for row in csv.DictReader(file)}
    failed = [row for row in rows.values() if row["status"] == "failed"]
    assert len(rows) == 4
    assert [Path(row["path"]).name for row in failed] == ["empty.md"]
    assert failed[0]["error"]


def test_score_without_charts_and_csv_leaves_the_dataset(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["score", str(TOWN), "--out", str(out), "--no-charts", "--formats", "parquet"]) == 0
    assert not (out / "charts").exists()
    assert not (out / "cells.csv").exists()
    assert (out / "store" / "cells").is_dir()


def test_score_takes_globs(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["score", str(DEMO / "*" / "report.md"), "--out", str(out), "--no-charts"]) == 0


def test_a_missing_input_among_others_leaves_the_others_complete(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["score", str(TOWN), str(tmp_path / "nowhere.md"), "--out", str(out), "--no-charts"]) == 1
    assert "nowhere.md" in capsys.readouterr().err
    assert "report.md" in (out / "reports.csv").read_text(encoding="utf-8-sig")


def test_an_empty_folder_is_nothing_to_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    assert main(["score", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 2
    assert error(capsys)
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(self: Path, *arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", denied)
    assert main(["score", str(TOWN), "--out", str(tmp_path / "locked")]) == 2
    assert "locked" in error(capsys)


def test_an_output_folder_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    assert main(["score", str(TOWN), "--out", str(tmp_path / "out")]) == 2
    assert "out" in error(capsys)


def test_an_output_folder_with_foreign_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "mine.txt").write_text("mine", encoding="utf-8")
    assert main(["score", str(TOWN), "--out", str(tmp_path)]) == 2
    assert "texts" in error(capsys)
    assert (tmp_path / "texts" / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_domain_data_that_break_their_schema_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "standards.toml").write_text("[[standard]]\nname = 1\n", encoding="utf-8")
    assert main(["score", str(TOWN), "--out", str(tmp_path / "out"), "--knowledge", str(tmp_path)]) == 2
    assert "standards.toml" in error(capsys)


def test_show_prints_one_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(TOWN)]) == 0
    shown = capsys.readouterr().out
    assert "白鹭镇" in shown
    assert main(["show", str(TOWN), "--lang", "en"]) == 0
    assert capsys.readouterr().out != shown


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 500, "今天天气很好。\n".encode() * 40])
def test_show_of_what_is_no_report(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_bytes(content)
    assert main(["show", str(tmp_path / "a.md")]) == 1
    line = error(capsys)
    assert line.count("a.md") == 1
    assert not re.search(r"[a-z]{4,} [a-z]{4,}", line), "an English sentence in Chinese output"


def test_sql_prints_a_table_or_csv(scored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT agency, year FROM reports WHERE status = 'ok' ORDER BY year"
    assert main(["sql", str(scored), query]) == 0
    assert "白鹭镇" in capsys.readouterr().out
    assert main(["sql", str(scored), query, "--csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0] == ["agency", "year"]
    assert [row[1] for row in rows[1:]] == ["2016", "2020", "2023"]


def test_sql_prints_long_values_whole_where_no_one_looks_on(scored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", str(scored), "SELECT repeat('长', 300) AS long"]) == 0
    assert "长" * 300 in capsys.readouterr().out


def test_a_wrong_query_is_one_line(scored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", str(scored), "SELECT nothing FROM reports"]) == 2
    assert "nothing" in error(capsys)


def test_charts_are_drawn_again(scored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["charts", str(scored), "--format", "svg,pdf"]) == 0
    written = capsys.readouterr().out.split()
    assert {Path(path).suffix for path in written} == {".svg", ".pdf"}
    assert all(Path(path).is_file() for path in written)


def test_an_interruption_has_its_own_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("analyzer.batch.score_folder", interrupt)
    assert main(["score", str(TOWN), "--out", "out"]) == 130
    assert TEXTS.say("fault.interrupted", "zh") in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no process groups to send an interruption to")
def test_ctrl_c_keeps_what_was_finished_and_shows_no_traceback(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / "in" / str(number)).mkdir(parents=True)
        shutil.copy(TOWN, tmp_path / "in" / str(number))
    command = [sys.executable, "-m", "analyzer", "score", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    with subprocess.Popen(
        [*command, "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    ) as running:
        assert running.stderr is not None
        first = running.stderr.readline()
        os.killpg(running.pid, signal.SIGINT)
        said = first + running.communicate()[1]
    assert running.returncode == 130
    assert "Traceback" not in said
    kept = (tmp_path / "out" / "reports.csv").read_text(encoding="utf-8-sig").splitlines()
    assert 10 < len(kept) < 201
    assert not list((tmp_path / "out").glob("*.new"))


def test_the_program_itself_ends_with_the_status_and_says_all_on_stderr() -> None:
    done = program(["show", "nowhere.md"])
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_the_command_line_works_where_the_terminal_knows_no_chinese() -> None:
    done = program(["--help"], PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "score" in done.stdout
