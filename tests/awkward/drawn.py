"""Awkward files drawn directly: each function gives a file and what is printed in its cells."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analyzer.knowledge.printing import Profile
from analyzer.synthesis.copies import Copy, Passage
from analyzer.synthesis.forms import Look, Model, sheets
from analyzer.synthesis.leaves import PROSE, TOP, Frame, Leaf, Setter, Text, lines_of, width_of
from tests.awkward import figures
from tests.awkward.paper import UNSEEN, Paper, Sheet
from tests.printed import FORMS, PRINTING, balanced

MM = 72 / 25.4
FOOT = 282.0
Drawer = Callable[[Sheet, Leaf], None]


@dataclass
class Case:
    """A file, what its tables print by cell, and what its paragraphs must and must not hold."""

    content: bytes
    printed: Mapping[str, str]
    standard: str = "2021"
    prose: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    second: Mapping[str, str] | None = None
    recognised: bool = False
    may_mark: int = 0


def filled(seed: int, *, standard: str = "2021", most: int = 60) -> dict[str, str]:
    return figures.numbers(seed, standard, most=most)


def pages_of(copy: Copy, *, at: float = TOP, repeat: int = 0) -> list[Leaf]:
    """The report's pages, the first one begun at `at` millimetres, with no page numbers yet."""
    setter = Setter(repeat=repeat)
    setter.y = at
    setter.report(copy)
    return setter.pages


def numbered(pages: Sequence[Leaf], form: str = "— {} —", *, of: bool = False) -> None:
    """Page numbers at the foot of each page."""
    for number, leaf in enumerate(pages, start=1):
        said = form.format(number, len(pages)) if of else form.format(number)
        leaf.texts.append(Text((leaf.width - width_of(said, 4.2)) / 2, FOOT, said, 4.2))


def rects(sheet: Sheet, leaf: Leaf) -> None:
    """A rectangle round each cell."""
    for frame in leaf.frames:
        sheet.box(frame.x * MM, frame.y * MM, frame.width * MM, frame.height * MM)


def sides(frame: Frame) -> list[tuple[float, float, float, float]]:
    """The four sides of a cell in points."""
    x0, y0 = frame.x * MM, frame.y * MM
    x1, y1 = x0 + frame.width * MM, y0 + frame.height * MM
    return [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


def short(sheet: Sheet, leaf: Leaf) -> None:
    """Each side of each cell a line that ends 1.4 points before its corners."""
    for frame in leaf.frames:
        for x0, y0, x1, y1 in sides(frame):
            if y0 == y1:
                sheet.line(x0 + 1.4, y0, x1 - 1.4, y1)
            else:
                sheet.line(x0, y0 + 1.4, x1, y1 - 1.4)


def thin(sheet: Sheet, leaf: Leaf) -> None:
    """Sides as thin filled rectangles, those of neighbours twice, half a point apart."""
    for frame in leaf.frames:
        for n, (x0, y0, x1, y1) in enumerate(sides(frame)):
            inset = -0.25 if n % 2 else 0.25
            if y0 == y1:
                sheet.box(x0, y0 + inset - 0.2, x1 - x0, 0.4, fill="0 g")
            else:
                sheet.box(x0 + inset - 0.2, y0, 0.4, y1 - y0, fill="0 g")


def open_sides(sheet: Sheet, leaf: Leaf) -> None:
    """No outer side at the left and right, double lines above and below, the first row shaded."""
    if not leaf.frames:
        return
    left = min(frame.x for frame in leaf.frames) * MM
    right = max(frame.x + frame.width for frame in leaf.frames) * MM
    top = min(frame.y for frame in leaf.frames)
    for frame in leaf.frames:
        if frame.y == top:
            sheet.box(frame.x * MM, frame.y * MM, frame.width * MM, frame.height * MM, fill="0.85 g")
    for frame in leaf.frames:
        for x0, y0, x1, y1 in sides(frame):
            if x0 == x1 and (abs(x0 - left) < 1 or abs(x0 - right) < 1):
                continue
            sheet.line(x0, y0, x1, y1)
            if y0 == y1 and abs(y0 - top * MM) < 0.1:
                sheet.line(x0, y0 - 1.8, x1, y1 - 1.8)


def gaps(sheet: Sheet, leaf: Leaf) -> None:
    """A black ground with the cells as white rectangles on it."""
    for frame in leaf.frames:
        x, y, wide, high = frame.x * MM, frame.y * MM, frame.width * MM, frame.height * MM
        sheet.box(x - 0.4, y - 0.4, wide + 0.8, high + 0.8, fill="0 g")
    for frame in leaf.frames:
        x, y, wide, high = frame.x * MM, frame.y * MM, frame.width * MM, frame.height * MM
        sheet.box(x + 0.4, y + 0.4, wide - 0.8, high - 0.8, fill="1 g")


def bare(sheet: Sheet, leaf: Leaf) -> None:
    """No lines at all."""


def plainly(sheet: Sheet, text: Text) -> None:
    sheet.text(text.x * MM, text.y * MM, text.text, text.size * MM)


def bound(
    pages: Sequence[Leaf],
    *,
    frames: Drawer = rects,
    text: Callable[[Sheet, Text], None] = plainly,
    said: Mapping[str, str] | None = None,
) -> Paper:
    """The pages as a paper, frames first."""
    paper = Paper(said=said or {})
    for leaf in pages:
        sheet = paper.sheet(leaf.width * MM, leaf.height * MM)
        frames(sheet, leaf)
        for each in leaf.texts:
            text(sheet, each)
    return paper


def is_figure(text: Text) -> bool:
    return bool(re.fullmatch(r"[\d.,/]+", text.text)) and text.size < 4


AGENCY = "云岭市自然资源和规划局"


def prose_of(copy: Copy) -> list[str]:
    """Every heading and paragraph, which must come back whole."""
    parts = [[passage.heading, *passage.paragraphs] for passage in copy.passages]
    return [text for part in parts for text in part if text]


def simple(seed: int, drawer: Drawer, *, at: float = TOP, repeat: int = 0, most: int = 60) -> Case:
    """A report whose table of requests is cut inside a group of rows."""
    printed = filled(seed, most=most)
    copy = figures.copy(AGENCY, 2023, printed)
    pages = pages_of(copy, at=at, repeat=repeat)
    numbered(pages)
    paper = bound(pages, frames=drawer)
    return Case(paper.save(), printed, prose=prose_of(copy), never=["— 2 —"])


def with_contents() -> Case:
    """A page of contents with leaders, numbers of pages on lines of their own, rulings that do not meet."""
    printed = filled(11)
    copy = figures.copy(AGENCY, 2022, printed)
    pages = pages_of(copy)
    contents = Leaf()
    contents.texts.append(Text(95, 45, "目　录", 7))
    for n, passage in enumerate(each for each in copy.passages if each.heading):
        leader = "…" * (22 - len(passage.heading))
        contents.texts.append(Text(28, 65 + 12 * n, f"{passage.heading}{leader}{n + 2}", PROSE))
    numbered([contents, *pages], "- {} -")
    return Case(
        bound([contents, *pages], frames=short).save(), printed, prose=prose_of(copy), never=["- 2 -", "……", "目　录"]
    )


def spaced() -> Case:
    """Digits set apart, thousands separators, full-width digits; numbers at the right of their cells."""
    printed = filled(12, most=700)
    printed = {key: f"{int(value):,}" if value.isdigit() else value for key, value in printed.items()}
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    fancy = dict(printed)
    for n, key in enumerate(key for key, value in printed.items() if value.isdigit() and key.startswith("request")):
        if not n % 11:
            fancy[key] = printed[key].translate(wide)
    copy = figures.copy(AGENCY, 2023, fancy)
    pages = pages_of(copy)
    numbered(pages)

    def set_apart(sheet: Sheet, text: Text) -> None:
        apart = 2.2 if is_figure(text) and len(text.text) < 4 else 0.0
        sheet.text(text.x * MM - apart, text.y * MM, text.text, text.size * MM, apart=apart)

    return Case(bound(pages, text=set_apart).save(), fancy, prose=prose_of(copy))


def slashes() -> Case:
    """A body that issues no rules: slashes, dashes, blank cells and rows."""
    printed = filled(13, most=9)
    for n, key in enumerate(list(printed)):
        if key.startswith(("regulation.", "license.", "compulsory.")):
            printed[key] = "/"
        elif "request.not_processed" in key:
            printed[key] = ""
        elif "litigation.after_review" in key:
            printed[key] = "—"
        elif "/legal_service" in key and printed[key] == "0":
            printed[key] = "/"
        elif n % 17 == 0 and "/total" not in key:
            printed[key] = ""
    copy = figures.copy(AGENCY, 2023, printed)
    pages = pages_of(copy)
    numbered(pages, "第{}页")
    return Case(bound(pages).save(), printed, prose=prose_of(copy), never=["第2页"])


def landscape(pages: Sequence[Leaf], *, turned: bool) -> Paper:
    """Pages that hold frames lie on their side: by /Rotate, or drawn so on an upright page."""
    paper = Paper()
    for leaf in pages:
        wide, high = leaf.width * MM, leaf.height * MM
        if not leaf.frames:
            sheet = paper.sheet(wide, high)
            rects(sheet, leaf)
            for text in leaf.texts:
                plainly(sheet, text)
            continue
        side = Sheet(wide, high)
        rects(side, leaf)
        for text in leaf.texts:
            plainly(side, text)
        sheet = paper.sheet(high, wide, 90 if turned else 0)
        sheet.used = side.used
        sheet.raw(f"q 0 1 -1 0 {high:.2f} 0 cm")
        sheet.ops += side.ops
        sheet.raw("Q")
    return paper


def on_its_side(*, turned: bool) -> Case:
    """The pages with tables lie on their side."""
    printed = filled(14 + turned)
    copy = figures.copy(AGENCY, 2023, printed)
    pages = pages_of(copy)
    numbered(pages)
    return Case(landscape(pages, turned=turned).save(), printed, prose=prose_of(copy))


RADICALS = dict(
    zip(
        "一二人入八力十又口土士大女子小工己干心文方日月木止比毛水火生用田白目石示立老自至行西里长门面音页食首高",
        "⼀⼆⼈⼊⼋⼒⼗⼜⼝⼟⼠⼤⼥⼦⼩⼯⼰⼲⼼⽂⽅⽇⽉⽊⽌⽐⽑⽔⽕⽣⽤⽥⽩⽬⽯⽰⽴⽼⾃⾄⾏⻄⾥⻓⻔⾯⾳⻚⻝⾸⾼",
        strict=True,
    )
)


def out_of_order() -> Case:
    """Text written in no order: the foot first, then the columns of the table from the right, lines last; hanzi
    that the file calls radicals."""
    printed = filled(16)
    copy = figures.copy(AGENCY, 2023, printed)
    pages = pages_of(copy)
    numbered(pages)
    paper = Paper(said=RADICALS)
    for leaf in pages:
        sheet = paper.sheet(leaf.width * MM, leaf.height * MM)
        cells = [text for text in leaf.texts if text.size < 4]
        others = [text for text in leaf.texts if text.size >= 4]
        for text in [*reversed(others), *sorted(cells, key=lambda t: (-round(t.x), t.y))]:
            plainly(sheet, text)
        rects(sheet, leaf)
    return Case(paper.save(), printed, prose=prose_of(copy))


def hidden() -> Case:
    """White numbers in the cells, text in no colour over the prose, text beside the page."""
    printed = filled(17)
    copy = figures.copy(AGENCY, 2023, printed)
    pages = pages_of(copy)
    numbered(pages)
    paper = bound(pages)
    rng = random.Random(17)
    for leaf, sheet in zip(pages, paper.sheets, strict=True):
        for text in [text for text in leaf.texts if is_figure(text)][::3]:
            sheet.text(text.x * MM + 3, text.y * MM + 1, str(rng.randint(100, 999)), 8, color="1 1 1 rg")
        sheet.text(100, 200, "本行文字不应出现999件", 12, mode=UNSEEN)
        sheet.text(-300, 400, "页外文字888件", 12)
    return Case(paper.save(), printed, prose=prose_of(copy), never=["不应出现", "页外文字"])


def straddling() -> Case:
    """Some numbers stand on the ruling between two cells: they may be marked, never be put elsewhere unmarked."""
    printed = filled(18)
    copy = figures.copy(AGENCY, 2023, printed)
    pages = pages_of(copy)
    numbered(pages)
    count = iter(range(10_000))

    def moved(sheet: Sheet, text: Text) -> None:
        by = 4.4 if is_figure(text) and not next(count) % 13 else 0.0
        plainly(sheet, replace(text, x=text.x + by))

    return Case(bound(pages, text=moved).save(), printed, prose=prose_of(copy), may_mark=40)


def in_one_string() -> Case:
    """The numbers of a row are one string with blanks, as converters write it; rulings are thin rectangles, set
    twice; the corner of the page is not at nought."""
    printed = filled(19)
    copy = figures.copy(AGENCY, 2023, printed)
    pages = pages_of(copy)
    numbered(pages)
    for leaf in pages:
        rows: dict[float, list[Text]] = {}
        for text in leaf.texts:
            if is_figure(text):
                rows.setdefault(round(text.y, 2), []).append(text)
        leaf.texts = [text for text in leaf.texts if not is_figure(text)]
        for row in rows.values():
            row.sort(key=lambda text: text.x)
            said, end = "", row[0].x
            for text in row:
                said += " " * max(0, round((text.x - end) / (text.size / 2))) + text.text
                end = row[0].x + width_of(said, text.size)
            leaf.texts.append(replace(row[0], text=said))
    paper = Paper()
    for leaf in pages:
        sheet = paper.sheet(leaf.width * MM, leaf.height * MM)
        sheet.origin = (120.0, -340.0)
        thin(sheet, leaf)
        for text in leaf.texts:
            plainly(sheet, text)
    return Case(paper.save(), printed, prose=prose_of(copy))


def in_two_columns() -> Case:
    """Prose in two columns, tables over both."""
    printed = filled(21)
    copy = figures.copy(AGENCY, 2023, printed)
    pages: list[Leaf] = []
    for passage in copy.passages:
        tables = [model for sheet in passage.sheets for model in sheet.models]
        if tables:
            setter = Setter()
            setter.passage(passage)
            pages += setter.pages
            continue
        leaf = Leaf()
        lines = [(line, 0) for line in (passage.heading,)]
        for text in passage.paragraphs * 2:
            lines += [(line, 0 if n else 2) for n, line in enumerate(lines_of(text, 74, 4.2, indent=2))]
        half = (len(lines) + 1) // 2
        for n, (line, indent) in enumerate(lines):
            column, row = divmod(n, half)
            leaf.texts.append(Text(26 + 84 * column + 4.2 * indent, 60 + 7.5 * row, line, 4.2))
        if not pages:
            leaf.texts.insert(0, Text(33, 40, copy.title[0], 5.7))
        pages.append(leaf)
    numbered(pages)
    return Case(bound(pages).save(), printed, prose=prose_of(copy))


def feet_beside_tables() -> Case:
    """Page numbers and dates right below and above the table, in line with its columns; running heads with digits."""
    printed = filled(22)
    copy = figures.copy(AGENCY, 2023, printed)
    pages = pages_of(copy, at=60)
    for number, leaf in enumerate(pages, start=1):
        bottom = max((frame.y + frame.height for frame in leaf.frames), default=270.0)
        right = max((frame.x + frame.width for frame in leaf.frames), default=180.0)
        leaf.texts.append(Text(right - 6, bottom + 4.2, f"{number}", 3.18))
        leaf.texts.append(Text(28, 24, "云岭市自然资源和规划局 2023年度报告", 3.18))
        leaf.texts.append(Text(160, 24, f"第 {number} 页 共 {len(pages)} 页", 3.18))
    return Case(bound(pages).save(), printed, prose=prose_of(copy), never=["第 2 页", f"共 {len(pages)} 页"])


def model_of(printed: Mapping[str, str], table: str, profile: Profile) -> Model:
    look = Look("html", profile)
    made = sheets(printed, "2021", look, forms=FORMS, printing=PRINTING)
    return next(sheet for sheet in made if sheet.id == table).models[0]


def upright_label() -> Case:
    """The tall label one character a line, the review table turned round, units in some cells."""
    printed = filled(23)
    for n, key in enumerate(key for key in list(printed) if key.startswith("request.") and key.endswith("/total")):
        if not n % 3:
            printed[key] += "件"
    copy = figures.copy(AGENCY, 2023, printed, review="transposed")
    profile = Profile("form", upright=True)
    passages: list[Passage] = []
    for passage in copy.passages:
        if passage.sheets and passage.sheets[0].id == "requests":
            sheet = replace(passage.sheets[0], models=(model_of(printed, "requests", profile),))
            passage = replace(passage, sheets=[sheet])
        passages.append(passage)
    pages = pages_of(replace(copy, passages=passages))
    numbered(pages)
    return Case(bound(pages).save(), printed, prose=prose_of(copy))


NOTES = [
    "注：1.本表数据统计口径为2023年1月1日至12月31日，共计收到网络申请31件、信函申请12件、当面申请4件。",
    "2.“其他”包括个体工商户5件。",
]


def with_notes() -> Case:
    """Notes with numbers behind the table of requests, whose head stands again on the next page."""
    printed = filled(25)
    copy = figures.copy(AGENCY, 2023, printed, notes={3: NOTES})
    pages = pages_of(copy, at=90, repeat=3)
    numbered(pages)
    return Case(bound(pages).save(), printed, prose=prose_of(copy))


def form_of_2019() -> Case:
    """The form of 2019 without rulings, the review table by rows."""
    printed = filled(26, standard="2019")
    copy = figures.copy(AGENCY, 2019, printed, standard="2019", review="rows")
    pages = pages_of(copy)
    numbered(pages)
    return Case(bound(pages, frames=bare).save(), printed, "2019", prose=prose_of(copy))


def form_of_2014() -> Case:
    """The long list of 2014 over several pages, without rulings."""
    rng = random.Random(27)
    printed = {key: str(value) for key, value in balanced("2014").items()}
    for key in ("response.press_conference", "response.interview", "response.interpretation", "response.other"):
        printed[key] = str(rng.randint(10, 99))
    look = Look("html", Profile("form"))
    made = sheets(printed, "2014", look, forms=FORMS, printing=PRINTING)
    texts = ["2016年，我局认真做好政府信息公开工作，主动公开政府信息60条，收到申请26件。", figures.CARE]
    copy = Copy(
        figures.title(AGENCY, 2016),
        [Passage("一、概述", texts), Passage("二、政府信息公开情况统计表", [], sheets=made)],
    )
    pages = pages_of(copy)
    numbered(pages)
    return Case(bound(pages, frames=bare).save(), printed, "2014", prose=prose_of(copy))


def two_reports() -> Case:
    """Two reports of different bodies in one file."""
    first, second = filled(28), filled(29)
    copy = figures.copy("云岭市自然资源和规划局", 2023, first)
    pages = pages_of(copy)
    pages += pages_of(figures.copy("云岭市水利局", 2023, second))
    numbered(pages)
    return Case(bound(pages).save(), first, prose=prose_of(copy), second=second)


def head_alone() -> Case:
    """The rows of the head of the requests table end a page, the numbers begin on the next."""
    printed = filled(30)
    copy = figures.copy(AGENCY, 2023, printed)
    for at in range(30, 250):
        pages = pages_of(copy, at=float(at))
        for leaf in pages:
            last = max(leaf.frames, key=lambda f: f.y, default=None)
            said = {text.text for text in leaf.texts}
            if last and last.y > 250 and "申请人情况" in said and not any("上年结转" in each for each in said):
                numbered(pages)
                return Case(bound(pages).save(), printed, prose=prose_of(copy))
    raise ValueError("no page ends there")


CASES: dict[str, Callable[[], Case]] = {
    "contents": with_contents,
    "cut_ruled": lambda: simple(1, rects, at=100),
    "cut_borderless": lambda: simple(2, bare, at=110),
    "borderless_large": lambda: simple(3, bare, at=40, most=2500),
    "open_sides": lambda: simple(7, open_sides, at=90),
    "gaps": lambda: simple(8, gaps),
    "repeated_head_borderless": lambda: simple(10, bare, repeat=3),
    "spaced": spaced,
    "slashes": slashes,
    "turned": lambda: on_its_side(turned=True),
    "lying": lambda: on_its_side(turned=False),
    "out_of_order": out_of_order,
    "hidden": hidden,
    "straddling": straddling,
    "one_string": in_one_string,
    "two_columns": in_two_columns,
    "feet": feet_beside_tables,
    "upright_label": upright_label,
    "notes": with_notes,
    "form_2019": form_of_2019,
    "form_2014": form_of_2014,
    "two_reports": two_reports,
    "head_alone": head_alone,
}
