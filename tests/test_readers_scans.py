"""Pictures of pages: rulings, cells and figures, and what is said of those that are not sure."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analyzer import knowledge, pipeline, readers
from analyzer.document import Check, Document
from analyzer.readers import pages
from analyzer.readers.limits import Allowance, Limits
from analyzer.reconcile import sources

cv2 = pytest.importorskip("cv2")
pytest.importorskip("onnxruntime")
pytest.importorskip("rapidocr")
pillow = pytest.importorskip("PIL.Image")

from PIL import ImageDraw, ImageFont  # noqa: E402

from analyzer.readers.recognition import lines, raster, rulings, values  # noqa: E402
from analyzer.readers.recognition.models import Character, Said  # noqa: E402
from analyzer.readers.scans import _images, recognise  # noqa: E402
from tests.printed import balanced  # noqa: E402
from tests.whole_reports import OVERVIEW, six_parts  # noqa: E402

FONT = Path(knowledge.__file__).parent.parent / "data" / "fonts" / "GongkaiSansSC-Regular.otf"
KNOWN = knowledge.load()
WIDTH, HEIGHT = 1654, 900
"""The upper part of a sheet of A4 at 200 dpi."""
NUMBERS = [["12", "0", "307"], ["0", "1", "45"], ["8896", "7", "0"], ["3", "", "61"]]


def paper() -> Any:
    return pillow.new("RGB", (WIDTH, HEIGHT), "white")


def lined(picture: Any, xs: list[int], ys: list[int], width: int = 2) -> None:
    draw = ImageDraw.Draw(picture)
    for x in xs:
        draw.line((x, ys[0], x, ys[-1]), "black", width)
    for y in ys:
        draw.line((xs[0], y, xs[-1], y), "black", width)


XS, YS = [200, 500, 800, 1100], [300, 360, 420, 480, 540]


def table(numbers: list[list[str]] = NUMBERS, size: int = 29) -> Any:
    picture = paper()
    lined(picture, XS, YS)
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), size)
    for row, texts in enumerate(numbers):
        for column, text in enumerate(texts):
            draw.text((XS[column] + 150, YS[row] + 30), text, "black", font, anchor="mm")
    return picture


def grey(picture: Any) -> Any:
    return np.asarray(picture.convert("L"))


def seen(picture: Any) -> dict[tuple[int, int], tuple[str, bool]]:
    """What is read in each cell of `table`, and whether all of it is sure."""
    image = np.asarray(picture.convert("RGB"))
    size = {"width": image.shape[1] * 0.36, "height": image.shape[0] * 0.36}
    page = recognise(image, number=1, **size, allowance=Allowance(Limits(), "x"), name="x")
    found: dict[tuple[int, int], tuple[str, bool]] = {}
    for row in range(len(YS) - 1):
        for column in range(len(XS) - 1):
            inside = [
                glyph
                for glyph in page.glyphs
                if XS[column] < (glyph.x0 + glyph.x1) / 0.72 < XS[column + 1]
                and YS[row] < (glyph.y0 + glyph.y1) / 0.72 < YS[row + 1]
            ]
            found[row, column] = "".join(g.text for g in inside), all(g.sure for g in inside)
    return found


def blob(picture: Any, to: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, to, **options)
    return out.getvalue()


def test_rulings_make_cells() -> None:
    found = rulings.rulings(grey(table()))
    assert len(rulings.cells(found, HEIGHT, WIDTH)) == 12
    assert sum(r.level for r in found) == 5


def test_a_merged_cell_is_one() -> None:
    picture = table()
    ImageDraw.Draw(picture).rectangle((203, 355, 497, 365), "white")
    cells = rulings.cells(rulings.rulings(grey(picture)), HEIGHT, WIDTH)
    assert len(cells) == 11
    assert max(cell.y1 - cell.y0 for cell in cells) > 110


def test_rulings_between_rows_alone_make_no_columns_of_characters() -> None:
    picture = paper()
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), 29)
    for row in range(12):
        draw.line((200, 200 + 38 * row, 1400, 200 + 38 * row), "black", 2)
        for x in range(300, 1400, 120):
            draw.text((x, 219 + 38 * row), "0", "black", font, anchor="mm")
    found = rulings.rulings(grey(picture))
    assert len(found) == 12
    assert all(r.level for r in found)


def test_short_rulings_between_thick_ones_are_found() -> None:
    picture = paper()
    lined(picture, XS, [300, 340], 7)
    lined(picture, [XS[0], XS[-1]], [340, 700], 7)
    assert len(rulings.cells(rulings.rulings(grey(picture)), HEIGHT, WIDTH)) == 4


def test_columns_of_a_line_are_told_apart_by_wide_blanks() -> None:
    ink = np.zeros((60, 400), np.uint8)
    for x in (10, 30, 120, 300):
        ink[20:42, x : x + 12] = 1
    parts = lines.words(ink, lines.Strip(0, 10, 400, 50))
    assert [(part.x0 < x < part.x1) for part, x in zip(parts, (20, 125, 305), strict=True)] == [True] * 3


def drawn(text: str, slant: float = 0.0) -> Any:
    picture = pillow.new("L", (60, 60), 255)
    ImageDraw.Draw(picture).text((30, 30), text, 0, ImageFont.truetype(str(FONT), 30), anchor="mm")
    picture = picture.transform(picture.size, pillow.Transform.AFFINE, (1, slant, -30 * slant, 0, 1, 0), fillcolor=255)
    ink = (np.asarray(picture) < 128).astype(np.uint8)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


@pytest.mark.parametrize(
    ("read", "ink", "mark", "suits"),
    [
        ("1", drawn("/"), True, False),
        ("1", drawn("1"), False, True),
        ("1", drawn("1", 0.15), False, True),
        ("/", drawn("/"), False, True),
        ("/", drawn("1"), False, False),
        ("7", drawn("7"), False, True),
        ("7", drawn("/"), False, False),
    ],
)
def test_a_slanting_stroke_is_no_figure(read: str, ink: Any, mark: bool, suits: bool) -> None:
    assert values.is_mark(read, ink) is mark
    assert values.Fit([]).suits(read, ink) is suits


def test_noise_and_blur_leave_the_cells() -> None:
    rng = np.random.default_rng(1)
    image = cv2.GaussianBlur(grey(table()), (0, 0), 1.2).astype(float) * 0.85 + 20
    noisy = np.clip(image + rng.normal(0, 10, image.shape), 0, 255).astype(np.uint8)
    assert len(rulings.cells(rulings.rulings(noisy), HEIGHT, WIDTH)) == 12


def test_a_table_without_its_outer_border_has_the_cells_at_its_edge() -> None:
    picture = table()
    draw = ImageDraw.Draw(picture)
    for x in (XS[0], XS[-1]):
        draw.line((x, YS[0] - 5, x, YS[-1] + 5), "white", 6)
    assert len(rulings.cells(rulings.rulings(grey(picture)), HEIGHT, WIDTH)) == 12


def test_lines_of_text_are_no_rulings() -> None:
    picture = paper()
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), 33)
    for y in range(100, 700, 55):
        draw.text((200, y), "本机关全年一共主动公开政府信息二十三条其中规范性文件一件", "black", font)
    draw.line((200, 800, 1400, 800), "black", 3)
    assert rulings.rulings(grey(picture)) == []


@pytest.mark.parametrize("angle", [0.7, -2.4, 4.0])
def test_the_skew_of_a_page_is_found(angle: float) -> None:
    askew = raster.turn(grey(table()), angle)
    assert abs(raster.skew(askew) + angle) <= 0.1


def test_shadow_is_taken_off_the_paper() -> None:
    image = np.asarray(table()).astype(float) * np.linspace(0.55, 1, WIDTH)[None, :, None]
    clean = raster.cleaned(image.astype(np.uint8))
    assert clean[600:, ::50].min() > 235
    assert clean[300:302, 400].min() < 60


def test_lines_in_a_cell_are_told_apart_by_their_ink() -> None:
    ink = np.zeros((200, 200), np.uint8)
    for top in (20, 60, 100):
        ink[top : top + 25, 30:150] = 1
    cell = rulings.Cell(0, 0, 200, 200)
    assert [strip.y0 for strip in lines.in_cell(ink, cell, 0, 28)] == [20, 60, 100]
    assert len(lines.in_cell(ink[:, :], cell, 0, 130)) == 1


def said(text: str, sure: float = 0.99, missed: float = 0.0, **others: float) -> Said:
    return Said(tuple(Character(c, 0, sure, tuple(others.items())) for c in text), missed)


def test_two_readings_that_agree_are_certain() -> None:
    assert values.certain(said("120"), said("120"))
    assert values.certain(said("0", 0.6, o=0.39), said("O"))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (said("6"), said("8")),
        (said("11"), said("1")),
        (said("6", 0.7), said("6")),
        (said("6", 0.88, b=0.11), said("6")),
        (said("12", missed=0.4), said("12")),
        (said("5"), said("")),
    ],
)
def test_a_figure_with_anything_against_it_is_not_certain(one: Said, two: Said) -> None:
    assert not values.certain(one, two)


def test_the_width_of_the_ink_tells_a_figure_lost() -> None:
    def ink(count: int) -> Any:
        made = np.zeros((20, count * 15 - 3), np.uint8)
        for number in range(count):
            made[:, number * 15 : number * 15 + 11] = 1
        return made

    fit = values.Fit([("12", ink(2))] * 6)
    assert fit.suits("34", ink(2))
    assert fit.suits("1", ink(1)[:, 4:9])
    assert not fit.suits("1", ink(2))
    assert not fit.suits("100", ink(4))
    assert not fit.suits("1000", ink(2))


def test_letters_that_look_like_figures_are_figures() -> None:
    assert values.figure("１O7") == "107"
    assert [text for text in ("O17", "/", "总计数") if values.is_value(text)] == ["O17", "/"]


def test_figures_of_a_clean_page_are_right_and_sure() -> None:
    found = seen(table())
    assert {place: text for place, (text, _) in found.items()} == {
        (row, column): text for row, texts in enumerate(NUMBERS) for column, text in enumerate(texts)
    }
    assert all(sure for _, sure in found.values())


def test_a_figure_under_a_blot_is_never_silently_another() -> None:
    picture = table()
    draw = ImageDraw.Draw(picture)
    draw.ellipse((940, 320, 965, 345), "black")
    draw.rectangle((340, 440, 352, 462), "black")
    found = seen(picture)
    for row, texts in enumerate(NUMBERS):
        for column, text in enumerate(texts):
            read, sure = found[row, column]
            assert read == text or not sure, (row, column, read)


def test_ink_that_is_no_text_is_marked_and_not_blank() -> None:
    picture = table()
    draw = ImageDraw.Draw(picture)
    for shift in range(0, 60, 6):
        draw.line((620 + shift, 495, 650 + shift, 525), "black", 3)
    text, sure = seen(picture)[3, 1]
    assert (text != "", sure) == (True, False)


def test_a_red_stamp_leaves_no_figure_wrong() -> None:
    picture = table()
    ImageDraw.Draw(picture).ellipse((300, 310, 900, 530), outline=(225, 40, 40), width=6)
    found = seen(picture)
    for row, texts in enumerate(NUMBERS):
        for column, text in enumerate(texts):
            read, sure = found[row, column]
            assert read == text or not sure, (row, column, read)


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_on_its_side_is_set_upright(turned: int) -> None:
    picture = paper()
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), 33)
    for y in range(60, 300, 55):
        draw.text((80, y), "本机关全年主动公开政府信息二十三条", "black", font)
    image = np.asarray(picture.crop((0, 0, 760, 360)).rotate(turned, expand=True))
    size = {"width": image.shape[1] * 0.36, "height": image.shape[0] * 0.36}
    page = recognise(image, number=1, **size, allowance=Allowance(Limits(), "x"), name="x")
    assert page.width > page.height
    first = sorted(page.glyphs, key=lambda glyph: (round(glyph.y0 / 10), glyph.x0))[:6]
    assert "".join(glyph.text for glyph in first) == "本机关全年主"


def test_pictures_of_several_pages_are_cut_between_them() -> None:
    long = pillow.new("L", (600, 2546), 255)
    ImageDraw.Draw(long).rectangle((50, 50, 550, 830), "black")
    ImageDraw.Draw(long).rectangle((50, 870, 550, 2500), "grey")
    parts = [image for image, _, _ in _images("x", blob(long), Allowance(Limits(), "x"))]
    assert len(parts) == 3
    assert 831 <= parts[0].shape[0] <= 870


def test_a_tiff_has_its_pages() -> None:
    pages = [pillow.new("1", (800, 1100), 1)] * 3
    content = blob(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(96, 96))
    found = list(_images("x.tif", content, Allowance(Limits(), "x.tif")))
    assert [round(width) for _, width, _ in found] == [600] * 3


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "I"])
def test_pictures_of_any_colours_are_opened(mode: str) -> None:
    kind = "TIFF" if mode in ("CMYK", "I") else "PNG"
    content = blob(pillow.new("RGB", (40, 50), "white").convert(mode), kind)
    image, *_ = next(_images("x", content, Allowance(Limits(), "x")))
    assert image.shape == (50, 40, 3)
    assert image.min() == 255


def test_the_camera_says_which_way_is_up() -> None:
    picture = pillow.new("RGB", (40, 50), "white")
    exif = picture.getexif()
    exif[0x0112] = 6
    image, *_ = next(_images("x", blob(picture, "JPEG", exif=exif), Allowance(Limits(), "x")))
    assert image.shape == (40, 50, 3)


@pytest.mark.parametrize(
    ("content", "limits", "key"),
    [
        (blob(pillow.new("RGB", (900, 1200), "white")), Limits(), "no_text"),
        (blob(pillow.effect_mandelbrot((900, 600), (-2, -1, 1, 1), 60)), Limits(), "no_text"),
        (blob(table())[:2000], Limits(), "damaged"),
        (blob(pillow.new("1", (3000, 3000))), Limits(megapixels=5), "too_large"),
        (blob(table()), Limits(ocr=False), "no_ocr"),
    ],
)
def test_what_is_no_report_says_why(content: bytes, limits: Limits, key: str) -> None:
    with pytest.raises(readers.Unreadable) as caught:
        readers.read([("x.png", content)], KNOWN.layout, limits)
    assert caught.value.key == key


def analysed(*unsure: str) -> Any:
    """A report whose table says 417 and whose prose says 418, with these words of it unsure."""
    cells = balanced("2021") | {"request.new/natural_person": 400, "request.new/total": 417}
    overview = [*OVERVIEW, "2023年，新收政府信息公开申请418件，均按时答复。"]
    name, content = six_parts("2021", cells, "html", overview=overview)
    document = readers.read([(name, content)], KNOWN.layout)
    places = tuple((document.text.index(text), document.text.index(text) + len(text)) for text in unsure)
    return pipeline.analyze_document(replace(document, unsure=tuple(sorted(places))), knowledge=KNOWN)


def test_an_unsure_figure_makes_its_cell_doubtful() -> None:
    cells = {cell.key: cell for cell in analysed("417").cells}
    cell = cells["request.new/total"]
    assert (cell.state, cell.value, cell.note) == ("doubtful", 417, "low_confidence")
    assert cells["request.new/natural_person"].state == "read"


def test_what_rests_on_an_unsure_figure_is_suspect() -> None:
    def outcome(analysis: Any) -> list[str]:
        return [claim.verdict for claim in analysis.claims if claim.value == 418]

    assert outcome(analysed()) == ["inconsistent"]
    for unsure in ("418", "417"):
        analysis = analysed(unsure)
        assert outcome(analysis) == ["suspect"]
        assert not [c for c in analysis.checks if c.rule == "claim.mismatch" and c.outcome == "violated"]


def test_one_finding_tells_of_unsure_places() -> None:
    found = [finding for finding in analysed("418", "417").findings if finding.rule == "source.confidence"]
    assert len(found) == 1
    assert "418" in found[0].message
    assert not [finding for finding in analysed().findings if finding.rule == "source.confidence"]


def in_cells(numbers: list[list[str]], *, open_at: tuple[int, int, int, int] | None = None) -> Any:
    """The page of a table drawn by hand, as it is after recognition; a ruling is missing where it is open."""
    picture = table(numbers)
    if open_at is not None:
        ImageDraw.Draw(picture).rectangle(open_at, "white")
    image = np.asarray(picture)
    size = {"width": image.shape[1] * 0.36, "height": image.shape[0] * 0.36}
    return recognise(image, number=1, **size, allowance=Allowance(Limits(), "x"), name="x")


def test_an_empty_cell_is_empty_where_rulings_close_all_cells() -> None:
    closed, open_ = in_cells(NUMBERS), in_cells(NUMBERS, open_at=(1085, 303, 1105, 537))
    for page, sure in ((closed, True), (open_, False)):
        made = pages.document([page], KNOWN.layout, format="picture")
        grid = next(made.grids)
        empty = next(cell for row in grid.rows for cell in row if not cell.text)
        assert made.is_unsure(empty.start, empty.end) is not sure
        assert made.recognised == ((0, len(made.text)),)


def test_what_is_too_faint_to_read_is_not_empty() -> None:
    picture = table()
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), 29)
    draw.text((XS[1] + 150, YS[3] + 30), "5", (175, 175, 175), font, anchor="mm")
    text, sure = seen(picture)[3, 1]
    assert text == "5" or (text, sure) == ("?", False)


def test_dashes_that_characters_touch_are_rulings() -> None:
    picture = paper()
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), 29)
    for x in XS:
        for y in range(YS[0], YS[-1], 30):
            draw.line((x, y, x, min(y + 21, YS[-1])), "black", 2)
    for y in YS:
        for x in range(XS[0], XS[-1], 30):
            draw.line((x, y, min(x + 21, XS[-1]), y), "black", 2)
    for y in YS[1:]:
        draw.text((XS[0] + 150, y - 16), "信息公开", "black", font, anchor="mm")
    assert len(rulings.cells(rulings.rulings(grey(picture)), HEIGHT, WIDTH)) == 12


def test_what_is_missing_on_a_picture_is_suspect_at_most() -> None:
    known = Document("some text", (), "picture", recognised=((0, 9),))
    missed = Check("table.missing", "violated")
    assert sources.check_in_doubt(known, missed).outcome == "suspect"
    assert sources.check_in_doubt(replace(known, recognised=()), missed).outcome == "violated"
