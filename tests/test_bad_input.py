"""Files that are no readable report: each is a row with its reason, in one line, and takes no other with it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest

from analyzer import analyze, knowledge, packed
from analyzer.batch import score_folder
from analyzer.cli import main
from analyzer.errors import Unreadable, UnreadableReport
from analyzer.knowledge import messages
from analyzer.knowledge.schema import Source
from analyzer.readers import Limits, read
from tests.test_several import BUREAU, TOWN, report

TEXTS = messages.load(Source())
OCR = pytest.mark.skipif(find_spec("rapidocr") is None, reason="the extra [ocr] is not installed")
GENERATE = pytest.mark.skipif(find_spec("docx") is None, reason="the extra [generate] is not installed")


def pdf(count: int = 1) -> bytes:
    """A PDF of empty pages."""
    import pypdfium2 as pdfium

    document, out = pdfium.PdfDocument.new(), io.BytesIO()
    for _ in range(count):
        document.new_page(595, 842)
    document.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF under a password that no one knows."""
    key = "<" + "5a" * 32 + ">"
    lines = [
        "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
        "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj",
        "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj",
        f"4 0 obj <</Filter/Standard/V 2/R 3/Length 128/P -44/O {key}/U {key}>> endobj",
    ]
    body, places = "%PDF-1.6\n", []
    for line in lines:
        places.append(len(body))
        body += line + "\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = "trailer <</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>"
    return f"{body}xref\n0 5\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{len(body)}\n%%EOF".encode()


def docx(text: str) -> bytes:
    import docx as word

    document, out = word.Document(), io.BytesIO()
    for line in filter(None, text.split("\n")):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def picture(colour: Callable[[int, int], int], *, size: tuple[int, int] = (900, 1200)) -> bytes:
    from PIL import Image

    image, out = Image.new("L", (size[0] // 10, size[1] // 10)), io.BytesIO()
    image.putdata([colour(x, y) for y in range(image.height) for x in range(image.width)])
    image.resize(size).save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


def scored(folder: Path, limits: Limits | None = None) -> pd.Series:
    """The reason of each file in a folder; empty where it was read."""
    reports = score_folder(folder, limits=limits, charts=False, lang="en").reports
    assert not reports["error"].fillna("").str.contains("\n").any()
    return reports.set_index("report_id")["error"].fillna("")


def reason(key: str, **values: object) -> str:
    return TEXTS.say(f"unreadable.{key}", "en", **values)


def put(folder: Path, **files: bytes) -> Path:
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    return folder


def test_every_bad_file_is_a_row_with_its_reason(tmp_path: Path) -> None:
    good = report(TOWN).encode()
    whole = zipped(a__txt=good, b__txt=bytes(range(256)) * 90)
    files = {
        "empty__pdf": (b"", "empty"),
        "blank__txt": (b" \n\n", "empty"),
        "cut__pdf": (pdf()[:60], "damaged"),
        "noise__pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged"),
        "locked__pdf": (locked_pdf(), "locked"),
        "pages__pdf": (pdf(), "no_text"),
        "cut__docx": (zipped(a__txt=bytes(range(256)) * 99)[:200], "damaged"),
        "cut__zip": (whole[: len(whole) // 2], "damaged"),
        "cut__ofd": (b"PK\x03\x04" + bytes(90), "damaged"),
        "noise__md": (bytes(range(256)) * 20, "binary"),
        "rar__docx": (b"Rar!\x1a\x07\x01\x00" + bytes(range(256)) * 9, "foreign"),
    }
    put(tmp_path, good__txt=good, **{name: content for name, (content, _) in files.items()})
    found = scored(tmp_path)
    wanted = {name.replace("__", "."): reason(key, kind="RAR") for name, (_, key) in files.items()}
    assert found.to_dict() == {**wanted, "good.txt": ""}


def test_a_name_that_lies_about_the_format_does_no_harm(tmp_path: Path) -> None:
    text = report(TOWN).encode()
    put(tmp_path, a__pdf=text, b__docx=text, c__doc=f"<html><body><p>{report(TOWN)}</p></body></html>".encode())
    assert set(scored(tmp_path)) == {""}


@GENERATE
def test_a_docx_named_otherwise_is_read_by_its_content(tmp_path: Path) -> None:
    content = docx(report(TOWN))
    put(tmp_path, a__doc=content, b__pdf=content, c__wps=content, d__txt=content, e__zip=content)
    assert set(scored(tmp_path)) == {""}


def test_a_doc_named_docx_is_read_by_its_content() -> None:
    pytest.importorskip("doc2docx", reason="the extra [office] is not installed")
    content = (Path(__file__).parent / "files" / "numbered.doc").read_bytes()
    layout = knowledge.load().layout
    named, renamed = (read([(name, content)], layout) for name in ("a.doc", "a.docx"))
    assert renamed == named


@pytest.mark.parametrize("problem", [KeyError("x"), RecursionError(), ZeroDivisionError()])
def test_whatever_a_library_raises_on_a_file_is_damage(monkeypatch: pytest.MonkeyPatch, problem: Exception) -> None:
    def breaks(*arguments: object) -> None:
        raise problem

    monkeypatch.setattr("analyzer.readers.pdf.read", breaks)
    with pytest.raises(Unreadable) as caught:
        read([("a.pdf", pdf())], knowledge.load().layout)
    assert caught.value.key == "damaged"
    assert caught.value.__cause__ is problem


def test_each_limit_says_which_option_raises_it(tmp_path: Path) -> None:
    put(tmp_path, a__pdf=pdf(12))
    assert scored(tmp_path, Limits(pages=11))["a.pdf"] == reason("too_long", count=12, most=11)
    put(tmp_path, a__pdf=bytes(3 << 20))
    assert scored(tmp_path, Limits(megabytes=2))["a.pdf"] == reason("too_big", most=2)
    put(tmp_path, a__pdf=pdf(12))
    assert scored(tmp_path, Limits(seconds=0))["a.pdf"] == reason("too_slow", most=0)


def test_two_thousand_pages_are_too_many_and_refused_at_once(tmp_path: Path) -> None:
    put(tmp_path, a__pdf=pdf(2000))
    assert scored(tmp_path)["a.pdf"] == reason("too_long", count=2000, most=Limits().pages)


@OCR
def test_pictures_without_a_report() -> None:
    size = 760, 800
    empty, photo = (picture(colour, size=size) for colour in (lambda x, y: 255, lambda x, y: (x * 7 + x * y) % 200))
    huge = picture(lambda x, y: 255, size=(3000, 3000))

    def refused(content: bytes, limits: Limits | None = None) -> str:
        with pytest.raises(Unreadable) as caught:
            read([("a.png", content)], knowledge.load().layout, limits)
        return caught.value.key

    assert refused(huge, Limits(megapixels=8)) == "too_large"
    assert refused(empty) == "no_text"
    assert refused(photo, Limits(ocr=False)) == "no_ocr"
    with pytest.raises(UnreadableReport):
        analyze(photo)


@OCR
@pytest.mark.parametrize("megapixels", [80, 190])
def test_a_picture_larger_than_its_library_likes_is_too_large(megapixels: int) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(out, "PNG")
    with pytest.raises(Unreadable) as caught:
        read([("a.png", out.getvalue())], knowledge.load().layout, Limits(megapixels=megapixels))
    assert (caught.value.key, caught.value.values["most"]) == ("too_large", str(megapixels))


@pytest.mark.parametrize("words", ["BM项目组", "II*", "GIF动图"])
def test_a_text_that_begins_like_a_picture_is_a_text(words: str) -> None:
    assert words in read([("a.txt", f"{words}\n{report(TOWN)}".encode())], knowledge.load().layout).text


def test_a_file_that_cannot_be_opened_takes_no_other_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, a__txt=report(TOWN).encode(), b__txt=report(BUREAU).encode())
    whole = Path.read_bytes

    def fails(path: Path) -> bytes:
        if path.name == "a.txt":
            raise MemoryError
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", fails)
    found = scored(tmp_path)
    assert "MemoryError" in found["a.txt"]
    assert found["b.txt"] == ""


def test_a_bomb_in_an_archive_takes_no_other_report_with_it(tmp_path: Path) -> None:
    put(tmp_path, a__zip=zipped(bomb__txt=bytes(50 << 20), good__txt=report(TOWN).encode()))
    assert scored(tmp_path).to_dict() == {"a.zip#bomb.txt": reason("swollen"), "a.zip#good.txt": ""}


def test_an_archive_where_one_report_is_wanted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = report(TOWN).encode(), report(BUREAU).encode()
    put(tmp_path, one__zip=zipped(a__txt=one, note__csv=b""), two__zip=zipped(a__txt=one, b__txt=two))
    put(tmp_path, none__zip=zipped(note__csv=b""))
    assert main(["show", str(tmp_path / "one.zip")]) == 0
    assert TOWN in capsys.readouterr().out
    assert main(["show", str(tmp_path / "two.zip")]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "two.zip#a.txt" in said
    assert "two.zip#b.txt" in said
    assert main(["show", f"{tmp_path / 'two.zip'}#b.txt"]) == 0
    assert BUREAU in capsys.readouterr().out
    assert main(["show", f"{tmp_path / 'two.zip'}#c.txt"]) == 2
    assert main(["show", str(tmp_path / "none.zip")]) == 1
    assert TEXTS.say("unreadable.nothing", "zh") in capsys.readouterr().err


def test_the_bytes_of_an_archive_of_one_report_are_that_report() -> None:
    assert analyze(zipped(a__txt=report(TOWN).encode())).report.agency == "青石镇人民政府"
    with pytest.raises(UnreadableReport, match=r"2 reports; name one: a\.txt; b\.txt"):
        analyze(zipped(a__txt=report(TOWN).encode(), b__txt=report(BUREAU).encode()))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_reason_has_its_words(lang: str) -> None:
    folder = Path(packed.__file__).parent
    used = {
        key
        for path in folder.rglob("*.py")
        for key in re.findall(r'Unreadable\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert len(used) > 12
    assert {f"unreadable.{key}" for key in used} <= set(TEXTS.phrases)


def test_the_help_tells_the_limits_that_hold() -> None:
    told = {"max_pages": Limits().pages, "max_mb": Limits().megabytes, "timeout": Limits().seconds}
    told["max_megapixels"] = Limits().megapixels
    for option, most in told.items():
        phrase = TEXTS.phrases[f"any.{option}"]
        assert f" {most}）" in phrase.zh
        assert f" {most})" in phrase.en


def test_limits_reach_the_workers_and_the_account_of_the_run(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.pdf").write_bytes(pdf(3))
    out = tmp_path / "out"
    arguments = ["--no-ocr", "--max-pages", "2", "--max-mb", "9", "--max-megapixels", "3", "--timeout", "77"]
    assert main(["score", str(folder), "--out", str(out), "--jobs", "2", "--no-charts", *arguments]) == 1
    from analyzer.results import Results

    results = Results.from_dir(out)
    assert set(results.reports["error"]) == {TEXTS.say("unreadable.too_long", "zh", count=3, most=2)}
    assert results.run["limits"] == {"ocr": False, "megabytes": 9, "pages": 2, "megapixels": 3, "seconds": 77}
