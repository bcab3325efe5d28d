"""What the documents promise is there, and what is there is documented."""

from __future__ import annotations

import csv
import hashlib
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from analyzer.analysis import COLUMNS
from analyzer.cli.commands import cli

ROOT = Path(__file__).resolve().parent.parent
READMES = ["README.md", "README.zh.md"]
PAGES = [*READMES, "CONTRIBUTING.md", "CHANGELOG.md"]
CORPORA = ["real", "demo"]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def options(command: click.Command) -> set[str]:
    return {opt for option in command.params if isinstance(option, click.Option) for opt in option.opts}


def shown_calls(name: str) -> list[list[str]]:
    """Calls of `analyzer` in the page's blocks of shell."""
    return [shlex.split(line, comments=True)[1:] for line in shell(name) if line.startswith("analyzer ")]


def shell(name: str) -> list[str]:
    """Lines of the page's blocks of shell."""
    return [line for block in re.findall(r"```sh\n(.*?)```", page(name), re.S) for line in block.splitlines()]


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_option_is_documented(name: str) -> None:
    text = page(name)
    for command in cli.commands.values():
        assert f"analyzer {command.name}" in text or f"`{command.name}`" in text
        for option in options(command):
            assert option in text, f"{command.name} {option}"


@pytest.mark.parametrize("name", READMES)
def test_every_command_shown_is_one_that_works(name: str) -> None:
    calls = shown_calls(name)
    assert {call[0] for call in calls} >= {"score", "show", "sql", "charts", "evaluate"}
    for command, *rest in calls:
        given = {word.partition("=")[0] for word in rest if word.startswith("--")}
        assert given <= options(cli.commands[command])
        inputs = [word for word in rest if word.startswith("corpora/")]
        assert all((ROOT / path).exists() for path in inputs)


@pytest.mark.parametrize("name", READMES)
def test_every_result_table_is_documented(name: str) -> None:
    for table in [*COLUMNS, "skipped"]:
        assert f"`{table}.csv`" in page(name)


@pytest.mark.parametrize("name", READMES)
def test_the_first_screen_names_the_two_commands(name: str) -> None:
    first = "\n".join(page(name).splitlines()[:25])
    assert "make demo" in first
    assert "make test" in first


@pytest.mark.parametrize("name", PAGES)
def test_every_make_target_named_is_there(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.M))
    assert {line.split()[1] for line in shell(name) if line.startswith("make ")} <= targets


@pytest.mark.parametrize("name", PAGES)
def test_every_link_and_data_file_named_is_there(name: str) -> None:
    text = page(name)
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert all((ROOT / link).exists() for link in links)
    data = {path.name for path in (ROOT / "analyzer" / "data").iterdir()}
    tables = [*COLUMNS, "skipped", "codebook", "manifest", "misses"]
    written = {f"{table}.csv" for table in tables} | {"pyproject.toml"}
    assert set(re.findall(r"`(\w+\.(?:csv|toml))`", text)) <= data | written


@pytest.mark.parametrize("name", READMES)
def test_both_languages_show_the_same_calls(name: str) -> None:
    assert [call[0] for call in shown_calls(name)] == [call[0] for call in shown_calls(READMES[0])]


def test_python_shown_in_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", page("README.md"), re.S)
    assert block in page("README.zh.md") or block.splitlines()[0] in page("README.zh.md")
    code = block.replace('"out/demo"', repr(str(tmp_path / "out"))).replace("jobs=2", "jobs=1")
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})


def test_the_version_has_its_entry_in_the_changelog() -> None:
    version = tomllib.loads(page("pyproject.toml"))["project"]["version"]
    assert f"## [{version}]" in page("CHANGELOG.md")
    assert "## [Unreleased]" in page("CHANGELOG.md")


@pytest.mark.parametrize("corpus", CORPORA)
def test_every_file_of_a_corpus_stands_in_its_manifest_with_its_fingerprint(corpus: str) -> None:
    folder = ROOT / "corpora" / corpus
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        stated = {row["path"]: (row["sha256"], int(row["bytes"])) for row in csv.DictReader(file)}
    apart = {"CARD.md", "manifest.csv"}
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    there = {name: (hashlib.sha256(c).hexdigest(), len(c)) for name, c in found.items() if name not in apart}
    assert stated == there
    assert (folder / "CARD.md").is_file()
