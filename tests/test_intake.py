"""From paths to sources."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

from analyzer.errors import UnreadableReport
from analyzer.intake import Intake, gather, sources
from analyzer.readers import reads


def tree(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return root


def ids(found: Intake) -> list[str]:
    return [source.report_id for source in found.sources]


def reasons(found: Intake) -> dict[str, str]:
    return {Path(path).name: reason for path, reason in found.skipped}


def test_a_folder_gives_all_below_it_in_order_of_names(tmp_path: Path) -> None:
    tree(tmp_path, "b/report.md", "a/report.html", "a/x.TXT", "z.htm")
    assert ids(gather([tmp_path], reads=reads)) == ["a/report.html", "a/x.TXT", "b/report.md", "z.htm"]


def test_files_that_no_reader_claims_are_listed_not_failed(tmp_path: Path) -> None:
    tree(tmp_path, "r/report.md", "r/gold.json", "r/README.md", "CARD.md", "manifest.txt", "~$r.md", ".cache/x.md")
    found = gather([tmp_path], reads=reads)
    assert ids(found) == ["r/report.md"]
    assert reasons(found) == {
        "gold.json": sources.NO_READER,
        "README.md": sources.NO_READER,
        "CARD.md": sources.NO_READER,
        "manifest.txt": sources.NO_READER,
        "~$r.md": sources.LOCK_FILE,
        ".cache": sources.HIDDEN,
    }


def test_a_file_given_is_taken_whatever_its_name(tmp_path: Path) -> None:
    tree(tmp_path, "README.md", "report.dat")
    assert ids(gather([tmp_path / "README.md"], reads=reads)) == ["README.md"]
    assert ids(gather([tmp_path / "report.dat"], reads=reads)) == ["report.dat"]


def test_the_result_folder_is_never_input(tmp_path: Path) -> None:
    tree(tmp_path, "r.md", "out/texts/r.md.txt", "out/reports/r.md.html")
    found = gather([tmp_path], out=tmp_path / "out", reads=reads)
    assert ids(found) == ["r.md"]
    assert reasons(found) == {"out": sources.RESULTS}
    inside = gather([tmp_path / "out" / "texts" / "r.md.txt", tmp_path / "out"], out=tmp_path / "out", reads=reads)
    assert ids(inside) == []


def test_several_inputs_put_their_names_before_the_ids(tmp_path: Path) -> None:
    tree(tmp_path, "real/r.md", "demo/r.md", "single.txt")
    found = gather([tmp_path / "real", tmp_path / "demo", tmp_path / "single.txt"], reads=reads)
    assert ids(found) == ["real/r.md", "demo/r.md", "single.txt"]


def test_inputs_of_one_name_are_told_apart_by_the_folders_above(tmp_path: Path) -> None:
    tree(tmp_path, "2020/town/r.md", "2021/town/r.md", "2021/town/s.md")
    found = gather([tmp_path / "2020" / "town", tmp_path / "2021" / "town"], reads=reads)
    assert ids(found) == ["2020/town/r.md", "2021/town/r.md", "2021/town/s.md"]


def test_files_of_one_name_get_ids_that_differ(tmp_path: Path) -> None:
    tree(tmp_path, "a/report.md", "b/report.md", "c.md")
    found = gather([tmp_path / "a" / "report.md", tmp_path / "b" / "report.md", tmp_path / "c.md"], reads=reads)
    assert ids(found) == ["a/report.md", "b/report.md", "c.md"]


def test_a_pattern_names_files_below_its_own_folder(tmp_path: Path) -> None:
    tree(tmp_path, "a/report.md", "b/report.md", "b/gold.json")
    found = gather([str(tmp_path / "*" / "*")], reads=reads)
    assert ids(found) == ["a/report.md", "b/report.md"]
    assert reasons(found) == {"gold.json": sources.NO_READER}
    assert [m.reason for m in gather([str(tmp_path / "*.pdf")], reads=reads).missing] == [sources.NOTHING]


def test_a_name_with_brackets_is_a_file_before_it_is_a_pattern(tmp_path: Path) -> None:
    tree(tmp_path, "[2018]111.md")
    assert ids(gather([tmp_path / "[2018]111.md"], reads=reads)) == ["[2018]111.md"]


def test_what_is_given_twice_is_read_once(tmp_path: Path) -> None:
    tree(tmp_path, "a/r.md")
    found = gather([tmp_path / "a", tmp_path / "a" / "r.md"], reads=reads)
    assert len(found.sources) == 1
    assert [s.reason for s in found.skipped] == [sources.TWICE]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links")
def test_links_in_a_circle_end(tmp_path: Path) -> None:
    tree(tmp_path, "a/r.md")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "gone.md").symlink_to(tmp_path / "nowhere.md")
    found = gather([tmp_path], reads=reads)
    assert ids(found) == ["a/r.md"]
    assert reasons(found) == {"up": sources.TWICE, "gone.md": sources.NO_FILE}


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    found = gather([tmp_path / "no.md", tmp_path / "none"], reads=reads)
    assert not found.sources
    assert [(str(m), m.reason) for m in found.missing] == [
        (str(tmp_path / "no.md"), sources.ABSENT),
        (str(tmp_path / "none"), sources.ABSENT),
    ]


def test_a_folder_that_cannot_be_opened_is_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree(tmp_path, "a/r.md", "closed/s.md")
    scandir = os.scandir

    def guarded(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = gather([tmp_path], reads=reads)
    assert ids(found) == ["a/r.md"]
    assert [(Path(m.path).name, m.reason) for m in found.missing] == [("closed", sources.DENIED)]


def test_reading_gives_names_and_bytes_or_one_clear_line(tmp_path: Path) -> None:
    tree(tmp_path, "r.md")
    (source,) = gather([tmp_path], reads=reads).sources
    assert source.read() == (("r.md", b"r.md"),)
    (tmp_path / "r.md").unlink()
    with pytest.raises(UnreadableReport, match=r"r\.md: cannot be opened"):
        source.read()


def test_an_empty_archive_is_listed(tmp_path: Path) -> None:
    zipfile.ZipFile(tmp_path / "a.zip", "w").close()
    found = gather([tmp_path])
    assert not found.sources
    assert reasons(found) == {"a.zip": "bare"}


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names are bytes on Linux alone")
def test_names_that_are_no_utf8_are_read_as_gb18030(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in ("县政府年报.txt".encode("gbk"), b"a\xff\xfe.txt", b"x\xff.zzz"):
        Path(os.fsdecode(folder + b"/" + name)).write_text("x", encoding="utf-8")
    found = gather([tmp_path], reads=reads)
    assert ids(found) == ["a\ufffd\ufffd.txt", "县政府年报.txt"]
    assert reasons(found) == {"x\ufffd.zzz": "no_reader"}
    assert [source.read()[0][0] for source in found.sources] == ["a\ufffd\ufffd.txt", "县政府年报.txt"]


def test_long_names_leave_room_in_ids_and_stay_apart(tmp_path: Path) -> None:
    found = gather([tree(tmp_path, "y" * 250 + "1.txt", "y" * 250 + "2.txt")])
    assert len(set(ids(found))) == 2
    assert all(len(step.encode()) < 245 for name in ids(found) for step in name.split("/"))
