"""Archives of reports: what is in them is found as if they were folders, and nothing in them does harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from analyzer import packed
from analyzer.errors import Unreadable
from analyzer.intake import Intake, gather, sources
from analyzer.knowledge import companions
from analyzer.knowledge.schema import Source
from analyzer.readers import reads

KNOWN = companions.load(Source())
UTF8 = 0x800


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def named(raw: bytes, content: bytes = b"x", *, flag: int = 0, extra: bytes = b"") -> bytes:
    """An archive of one stored member whose name stands in it as these bytes."""
    checksum, size = zlib.crc32(content), len(content)
    body = struct.pack("<HHHHHLLLHH", 20, flag, 0, 0, 33, checksum, size, size, len(raw), len(extra))
    local = b"PK\x03\x04" + body + raw + extra + content
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + body + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + raw + extra
    return local + entry + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(entry), len(local), 0)


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def found_in(*given: Path | str) -> Intake:
    return gather(list(given), reads=reads, companions=KNOWN)


def ids(found: Intake) -> list[str]:
    return [source.report_id for source in found.sources]


def reasons(found: Intake) -> dict[str, str]:
    return {path.partition("#")[2] or Path(path).name: reason for path, reason in found.skipped}


def test_the_members_of_an_archive_are_reports_of_their_own(tmp_path: Path) -> None:
    put(tmp_path, "town/a.zip", zipped({"b/two.md": b"2", "one.html": b"1", "b/": b"", "list.csv": b"-"}))
    put(tmp_path, "z.md", b"3")
    found = found_in(tmp_path)
    assert ids(found) == ["town/a.zip#b/two.md", "town/a.zip#one.html", "z.md"]
    assert [source.read() for source in found.sources] == [
        (("two.md", b"2"),),
        (("one.html", b"1"),),
        (("z.md", b"3"),),
    ]
    assert found.sources[0].path == f"{tmp_path / 'town' / 'a.zip'}#b/two.md"
    assert reasons(found) == {"list.csv": sources.NO_READER}


def test_what_programs_leave_in_archives_is_passed_over_once(tmp_path: Path) -> None:
    members = {"a.md": b"1", "__MACOSX/._a.md": b"", "__MACOSX/x/._b.md": b"", ".git/c.md": b"", "d/~$a.docx": b""}
    found = found_in(put(tmp_path, "a.zip", zipped({**members, "e.html": b"2", "e_files/logo.png": b""})))
    assert ids(found) == ["a.zip#a.md", "a.zip#e.html"]
    assert reasons(found) == {
        "__MACOSX": sources.HIDDEN,
        ".git": sources.HIDDEN,
        "d/~$a.docx": sources.LOCK_FILE,
        "e_files": sources.PAGE_FILES,
    }


def test_an_archive_in_an_archive_is_opened_once_and_no_deeper(tmp_path: Path) -> None:
    deepest = zipped({"c.md": b"3"})
    inner = zipped({"b.md": b"2", "deep.zip": deepest})
    found = found_in(put(tmp_path, "a.zip", zipped({"in/b.zip": inner, "a.md": b"1"})))
    assert ids(found) == ["a.zip#a.md", "a.zip#in/b.zip#b.md"]
    assert found.sources[1].read() == (("b.md", b"2"),)
    assert reasons(found) == {"in/b.zip#deep.zip": sources.NESTED}


@pytest.mark.parametrize(
    ("raw", "flag"),
    [
        ("青石镇/年报.md".encode("gb18030"), 0),
        ("青石镇/年报.md".encode(), 0),
        ("青石镇/年报.md".encode(), UTF8),
        ("青石镇\\年报.md".encode("gb18030"), 0),
    ],
)
def test_names_are_read_in_the_encoding_they_were_written_in(tmp_path: Path, raw: bytes, flag: int) -> None:
    found = found_in(put(tmp_path, "a.zip", named(raw, flag=flag)))
    assert ids(found) == ["a.zip#青石镇/年报.md"]
    assert found.sources[0].read() == (("年报.md", b"x"),)


def test_the_name_in_unicode_beside_the_name_counts_if_it_is_its_own(tmp_path: Path) -> None:
    raw, said = b"a?.md", "阿.md".encode()
    for checksum, wanted in ((zlib.crc32(raw), "阿.md"), (1, "a_.md")):
        extra = struct.pack("<HHBL", 0x7075, 5 + len(said), 1, checksum) + said
        assert ids(found_in(put(tmp_path, f"{checksum}.zip", named(raw, extra=extra)))) == [f"{checksum}.zip#{wanted}"]


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        (b"../../etc/a.md", "etc/a.md"),
        (b"/abs/a.md", "abs/a.md"),
        (b"C:\\x\\..\\a.md", "C_/x/a.md"),
        (b"x/./a\x01b.md", "x/a_b.md"),
    ],
)
def test_no_name_leads_out_of_the_archive(tmp_path: Path, raw: bytes, safe: str) -> None:
    assert ids(found_in(put(tmp_path, "a.zip", named(raw)))) == [f"a.zip#{safe}"]


def test_members_of_one_name_get_ids_that_differ_and_long_names_keep_their_suffix(tmp_path: Path) -> None:
    long = "年" * 90
    found = found_in(put(tmp_path, "a.zip", zipped({"a.md": b"1", "x/../a.md": b"2", f"{long}.docx": b"3"})))
    assert len(set(ids(found))) == 3
    assert all(len(part.encode()) < 200 for name in ids(found) for part in name.split("/"))
    assert {Path(name).suffix for name in ids(found)} >= {".docx"}


def test_a_damaged_archive_is_a_source_that_says_so(tmp_path: Path) -> None:
    whole = zipped({"a.md": b"1" * 5000, "b.md": bytes(range(256)) * 40})
    put(tmp_path, "cut.zip", whole[: len(whole) // 2])
    put(tmp_path, "none.zip", b"nothing at all")
    found = found_in(tmp_path)
    assert ids(found) == ["cut.zip", "none.zip"]


def test_a_damaged_member_takes_no_other_with_it(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.md": bytes(range(256)) * 9, "b.md": b"2"}))
    content[60] ^= 255
    found = found_in(put(tmp_path, "a.zip", bytes(content)))
    with pytest.raises(Unreadable) as caught:
        found.sources[0].read()
    assert caught.value.key == "damaged"
    assert found.sources[1].read() == (("b.md", b"2"),)


def test_a_member_under_a_password_says_so(tmp_path: Path) -> None:
    found = found_in(put(tmp_path, "a.zip", named(b"a.md", flag=1)))
    with pytest.raises(Unreadable) as caught:
        found.sources[0].read()
    assert caught.value.key == "locked"


@pytest.mark.parametrize(("size", "megabytes", "key"), [(3 << 20, 2, "too_big"), (60 << 20, 200, "swollen")])
def test_what_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, size: int, megabytes: int, key: str) -> None:
    found = found_in(put(tmp_path, "a.zip", zipped({"a.md": bytes(size)})))
    with pytest.raises(Unreadable) as caught:
        found.sources[0].read(megabytes)
    assert caught.value.key == key


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST", 2)
    path = put(tmp_path, "a.zip", zipped({"a.md": b"1", "b.md": b"2", "c.md": b"3"}))
    with pytest.raises(Unreadable) as caught:
        packed.members(path, name="a.zip", most=1 << 20)
    assert caught.value.key == "crowded"


def test_an_office_file_named_zip_is_a_file(tmp_path: Path) -> None:
    found = found_in(put(tmp_path, "a.zip", zipped({"word/document.xml": b"", "[Content_Types].xml": b""})))
    assert ids(found) == ["a.zip"]


def test_a_member_can_be_named(tmp_path: Path) -> None:
    path = put(tmp_path, "a.zip", zipped({"b/x.md": b"1", "b/y.md": b"2", "n.csv": b""}))
    found = found_in(f"{path}#b/y.md")
    assert ids(found) == ["a.zip#b/y.md"]
    assert not found.skipped
    assert [m.reason for m in found_in(f"{path}#b/z.md").missing] == [sources.ABSENT]


# A table beside its prose


@pytest.mark.parametrize("case", Source().toml(companions.FILE)["case"], ids=lambda case: case["prose"])
def test_files_that_are_one_report_by_their_names(tmp_path: Path, case: dict[str, object]) -> None:
    prose = str(case["prose"])
    for wanted in ("with", "without"):
        for name in case[wanted]:  # type: ignore[attr-defined]
            folder = tmp_path / wanted / name
            put(folder, prose, b"p")
            put(folder, name, b"t")
            found = found_in(folder)
            joined = [source.read() for source in found.sources] == [((prose, b"p"), (name, b"t"))]
            assert joined == (wanted == "with"), name


def test_a_table_joins_the_report_in_each_format_and_the_prose_comes_first(tmp_path: Path) -> None:
    for name in ("town附表.xlsx", "town.docx", "town.pdf", "village.docx"):
        put(tmp_path, name, name.encode())
    found = found_in(tmp_path)
    assert [[name for name, _ in source.read()] for source in found.sources] == [
        ["town.docx", "town附表.xlsx"],
        ["town.pdf", "town附表.xlsx"],
        ["village.docx"],
    ]
    assert ids(found) == ["town.docx", "town.pdf", "village.docx"]


def test_a_spreadsheet_without_prose_is_passed_over_unless_it_is_named(tmp_path: Path) -> None:
    path = put(tmp_path, "budget.xlsx", b"")
    put(tmp_path, "town.docx", b"")
    put(tmp_path, "village.docx", b"")
    table = put(tmp_path, "统计表.xlsx", b"")
    found = found_in(tmp_path)
    assert ids(found) == ["town.docx", "village.docx"]
    assert reasons(found) == {path.name: sources.NO_PROSE, table.name: sources.NO_PROSE}
    assert ids(found_in(path)) == ["budget.xlsx"]


def test_a_table_of_two_reports_named_alike_joins_neither(tmp_path: Path) -> None:
    for name in ("青石镇2023年年度报告.docx", "青石镇2023年工作年度报告.docx", "青石镇2023年统计表.xls"):
        put(tmp_path, name, b"")
    found = found_in(tmp_path)
    assert [len(source.parts) for source in found.sources] == [1, 1]
    assert list(reasons(found).values()) == [sources.NO_PROSE]


def test_tables_join_only_what_stands_in_their_folder(tmp_path: Path) -> None:
    put(tmp_path, "a/town.docx", b"")
    put(tmp_path, "b/town附表.xlsx", b"")
    assert [len(source.parts) for source in found_in(tmp_path).sources] == [1]
    both = zipped({"a/town.docx": b"1", "a/town附表.xlsx": b"2", "b/town附表.xlsx": b"3"})
    (source,) = found_in(put(tmp_path, "c.zip", both)).sources
    assert source.read() == (("town.docx", b"1"), ("town附表.xlsx", b"2"))


def test_files_given_one_by_one_are_joined_as_in_their_folder(tmp_path: Path) -> None:
    prose, table = put(tmp_path, "town.docx", b"1"), put(tmp_path, "town附表.xlsx", b"2")
    (source,) = found_in(table, prose).sources
    assert [name for name, _ in source.read()] == ["town.docx", "town附表.xlsx"]


def test_what_a_browser_saved_with_a_page_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "town.html", b"")
    put(tmp_path, "town_files/logo.png", b"")
    put(tmp_path, "other_files/report.md", b"")
    found = found_in(tmp_path)
    assert ids(found) == ["other_files/report.md", "town.html"]
    assert reasons(found) == {"town_files": sources.PAGE_FILES}


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    (source,) = found_in(put(tmp_path, "a.md", bytes(2 << 20))).sources
    with pytest.raises(Unreadable) as caught:
        source.read(1)
    assert caught.value.key == "too_big"
