"""What a word processor's papers, lists, scanners and packages print."""

from __future__ import annotations

import io
import random
import re
import zipfile
from importlib.util import find_spec

import pytest
from click.testing import CliRunner

from analyzer import synthesis
from analyzer.readers.soffice import program
from analyzer.synthesis import editions, office, parcels
from analyzer.synthesis.copies import Copy, Passage
from analyzer.synthesis.forms import Look, sheets
from analyzer.synthesis.wordlists import Numbering
from tests.printed import FORMS, PRINTING, balanced

pytestmark = pytest.mark.skipif(not find_spec("docx"), reason="the extra generate is not installed")
TABLE = re.compile(r"<w:tbl[ >]")
needs_office = pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")


def copy() -> Copy:
    raws = {key: str(value) for key, value in balanced("2021").items()}
    tables = sheets(raws, "2021", Look("cells"), forms=FORMS, printing=PRINTING)
    passages = [
        Passage("一、总体情况", ["全年主动公开政府信息1203条，办结申请17件，均在法定期限内答复。"] * 3, number="一、")
    ]
    passages += [Passage(f"二、{tables[1].title}", sheets=[tables[1]], number="二、")]
    return Copy(["柳溪县水利局2023年政府信息公开工作年度报告"], passages)


def paper(name: str) -> editions.Paper:
    return next(each for each in PRINTING.paper if each.id == name)


def proof(format: str, name: str) -> editions.Proof:
    edition = editions.Edition(
        format, Look("cells"), paper=paper(name), scan=PRINTING.scan[0] if format == "scan" else None
    )
    return editions.proof(random.Random(1), copy(), edition, PRINTING)


def body(docx: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()


def test_a_list_takes_an_ordinal_only_where_it_prints_the_same() -> None:
    numbering = Numbering()
    printed = [("一、", 1), ("（一）", 2), ("（二）", 2), ("二、", 1), ("（一）", 2), ("四、", 1), ("", 1), ("三、", 1)]
    assert [numbering.takes(*each) for each in printed] == [True, True, True, True, True, False, False, True]


@pytest.mark.parametrize("name", [each.id for each in PRINTING.paper])
def test_every_paper_sets_the_same_bytes_twice(name: str) -> None:
    first, again = (proof("docx", name).files["report.docx"] for _ in range(2))
    assert first == again
    assert len(TABLE.findall(body(first))) == (2 if paper(name).nested else 1)


def test_ordinals_of_a_list_are_no_text() -> None:
    assert "一、总体情况" in body(proof("docx", "plain").files["report.docx"])
    listed = body(proof("docx", "listed").files["report.docx"])
    assert "一、总体情况" not in listed
    assert "总体情况" in listed


def test_tables_beside_the_prose_leave_it_without_any() -> None:
    files = proof("xlsx", "plain").files
    assert len(files) == 2
    assert not TABLE.search(body(files["report.docx"]))
    assert all(name.startswith("report") for name in files)


def test_a_package_holds_one_report_and_says_the_one_day() -> None:
    package = zipfile.ZipFile(io.BytesIO(proof("zip", "plain").files["report.zip"]))
    assert [entry.date_time for entry in package.infolist()] == [parcels.DAY]


@needs_office
def test_a_scan_of_a_page_is_the_same_each_time_and_a_picture() -> None:
    proofs = [proof("scan", "plain"), proof("pdf", "plain"), proof("scan", "plain")]
    first, printed, again = (next(iter(files.values())) for files in editions.bound(proofs))
    assert first == again
    assert b"/Image" in first
    assert b"/Font" in printed
    assert b"/Font" not in first


def test_what_is_missing_is_told_before_anything_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    from analyzer.cli import cli

    monkeypatch.setattr(editions, "program", lambda: None)
    assert synthesis.lacking(["html", "docx", "ofd"]) == ""
    assert synthesis.lacking(["docx", "pdf"]) == "libreoffice"
    monkeypatch.setattr(editions, "find_spec", lambda name: None)
    assert synthesis.lacking(["docx"]) == "generate"
    assert synthesis.lacking(["html", "mhtml", "ofd"]) == ""
    said = CliRunner().invoke(
        cli, ["generate", "--count", "1", "--seed", "1", "--format", "pdf", "--out", str(tmp_path)]
    )
    assert said.exit_code != 0


def test_same_gives_each_report_in_each_format_with_the_same_labels() -> None:
    wish = synthesis.Wish(("html", "md", "docx", "ofd"), same=True)
    made = list(synthesis.generate(2, 7, standards=("2021", "none"), wish=wish))
    assert [report.gold["report"]["format"] for report in made] == [*wish.formats, *wish.formats]
    assert len({str(report.gold["cells"]) for report in made[:4]}) == 1


def test_programs_that_fail_are_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: "no-such-program")
    with pytest.raises(office.UnusableOutput, match="LibreOffice"):
        office.convert([b"x"], "pdf")
