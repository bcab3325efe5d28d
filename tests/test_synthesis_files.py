"""What is printed comes back: every page, way of writing tables and profile through the readers."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from analyzer import readers
from analyzer.document import Block, Cell, Document, Number, Tables
from analyzer.knowledge import layout as layout_part
from analyzer.knowledge.printing import LAYOUTS
from analyzer.knowledge.schema import Source
from analyzer.synthesis.copies import Copy, Passage
from analyzer.synthesis.files import Setting, draw_setting, write
from analyzer.synthesis.forms import Imprint, Look, draw_look, imprint, sheets
from analyzer.tables import read_tables
from tests.printed import FORMS, PRINTING, balanced
from tests.whole_reports import PAGES

LAYOUT = layout_part.load(Source())
YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}
PROSE = (
    "全年主动公开政府信息1203条，其中政府网站公开812条，政务微信公开391条，回应群众留言17件，办结率为98.5%。",
    "加强队伍建设，举办培训班2期，参加人员60余人次，印发《工作要点》，明确各科室的责任分工和完成时限，做到事事有人管。",
)


def numbers(standard: str) -> dict[str, Number | None]:
    """A balanced form with some zeros, a number of four digits and an empty cell in it."""
    cells: dict[str, Number | None] = {
        key: None if value is None or isinstance(value, str) else value for key, value in balanced(standard).items()
    }
    zeros = [key for key in cells if key.startswith(("regulation.", "compulsory.", "litigation", "training."))]
    big = {"2014": "channel.website", "2019": "license.decisions", "2021": "license.decisions"}[standard]
    return cells | dict.fromkeys(zeros, 0) | {big: 12345}


def combinations() -> Iterator[tuple[str, str, str, str]]:
    """Every page with each of its ways of writing tables; each profile with each of those on one of the pages."""
    for layout in LAYOUTS:
        pages = [page.id for page in PRINTING.page if layout in page.layouts]
        for standard in YEARS:
            for number, profile in enumerate(PRINTING.profiles(standard, layout)):
                yield pages[number % len(pages)], layout, standard, profile.id
            for page in pages:
                yield page, layout, standard, "plain"


def copy_of(standard: str, look: Look, printed: dict[str, Imprint]) -> Copy:
    raws = {key: each.raw for key, each in printed.items()}
    tables = sheets(raws, standard, look, forms=FORMS, printing=PRINTING)
    passages = [Passage("一、总体情况", PROSE)]
    passages += [Passage(f"{n}、{sheet.title}", sheets=[sheet]) for n, sheet in zip("二三四", tables, strict=False)]
    passages += [Passage("五、存在的主要问题及改进情况", ["公开内容还不够丰富，今后将加强培训。"])]
    title = ["柳溪县水利局", f"{YEARS[standard]}年政府信息公开工作年度报告"]
    return Copy(title, passages, "柳溪县水利局", datetime.date(YEARS[standard] + 1, 1, 20))


def printed_report(page: str, layout: str, standard: str, profile: str) -> tuple[Document, Tables, dict[str, Imprint]]:
    rng = random.Random(f"{page} {layout} {standard} {profile}")
    look = draw_look(rng, PRINTING, standard, layout, year=YEARS[standard], profile=profile)
    printed = imprint(rng, numbers(standard), look, forms=FORMS, standard=standard, printing=PRINTING)
    encoding = rng.choice(PAGES[page].encodings)
    part = write(rng, copy_of(standard, look, printed), Setting(PAGES[page], look, encoding), PRINTING.site)
    document = readers.read([part], LAYOUT)
    return document, read_tables(document, FORMS, standard), printed


def silently_wrong(cell: Cell, printed: Imprint) -> bool:
    if cell.state == "read":
        return cell.value != printed.value
    if cell.state in ("blank", "not_applicable"):
        return printed.value is not None
    return False


@pytest.mark.parametrize(("page", "layout", "standard", "profile"), sorted(set(combinations())))
def test_numbers_come_back(page: str, layout: str, standard: str, profile: str) -> None:
    document, tables, printed = printed_report(page, layout, standard, profile)
    got = {cell.key: cell for cell in tables.cells}
    assert not [(key, got[key], each) for key, each in printed.items() if silently_wrong(got[key], each)]
    states = Counter(got[key].state for key, each in printed.items() if each.value is not None)
    assert states["read"] >= 0.95 * sum(states.values()), states
    assert all(got[key].state in ("not_applicable", "doubtful") for key, each in printed.items() if each.not_applicable)
    text = "".join("".join(block.text.split()) for block in document.blocks if isinstance(block, Block))
    assert all(sentence in text for sentence in PROSE), text[:400]


def test_a_corpus_sees_every_page_and_profile() -> None:
    rng = random.Random(3)
    settings = [
        draw_setting(rng, PRINTING, standard, year=2020, format=kind)
        for standard in YEARS
        for kind in ("html", "md", "txt")
        for _ in range(150)
    ]
    assert {setting.page.id for setting in settings} == set(PAGES)
    assert {setting.look.profile.id for setting in settings} == {profile.id for profile in PRINTING.profile}
    assert all(setting.look.layout in setting.page.layouts for setting in settings)
    assert {setting.encoding for setting in settings} == {"utf-8", "utf-8-sig", "gb18030"}


def test_formats_are_those_asked_for_and_reports_without_tables_have_no_look() -> None:
    rng = random.Random(5)
    settings = [draw_setting(rng, PRINTING, "none", year=2012, format="md") for _ in range(20)]
    assert {setting.page.format for setting in settings} == {"md"}
    assert {setting.look.profile.id for setting in settings} == {"form"}


def test_the_same_seed_prints_the_same_bytes() -> None:
    def bytes_of(seed: int) -> bytes:
        rng = random.Random(seed)
        setting = draw_setting(rng, PRINTING, "2021", year=2023, format="html")
        printed = imprint(rng, numbers("2021"), setting.look, forms=FORMS, standard="2021", printing=PRINTING)
        return write(rng, copy_of("2021", setting.look, printed), setting, PRINTING.site)[1]

    assert bytes_of(1) == bytes_of(1)
    assert len({bytes_of(seed) for seed in range(6)}) > 1


@pytest.mark.parametrize("profile", ["strokes_for_zero", "dashes_for_zero"])
def test_marks_stand_for_zero_only(profile: str) -> None:
    look = draw_look(random.Random(1), PRINTING, "2021", "pipe", profile=profile)
    printed = imprint(random.Random(1), numbers("2021"), look, forms=FORMS, standard="2021", printing=PRINTING)
    marked = {key for key, each in printed.items() if each.not_applicable}
    assert marked
    assert all(numbers("2021")[key] == 0 and printed[key].value is None for key in marked)


def test_a_site_states_the_day_and_its_menus_are_no_part_of_the_report() -> None:
    look = Look("html")
    printed = imprint(random.Random(1), numbers("2021"), look, forms=FORMS, standard="2021", printing=PRINTING)
    setting = Setting(PAGES["html.site.zoom"], look)
    document = readers.read([write(random.Random(1), copy_of("2021", look, printed), setting, PRINTING.site)], LAYOUT)
    assert str(document.published) == "2024-01-20"
    assert not any(word in document.text for word in (*PRINTING.site.columns[:1], PRINTING.site.side))


def test_a_torn_page_leaves_the_sentence_whole() -> None:
    long = "我局按照要求落实各项公开任务，" * 12 + "全年公开信息12345条。"
    copy = Copy(["标题"], [Passage("一、总体情况", [long] * 20)])
    for page in (PAGES["md.scan"], PAGES["txt.layout"]):
        name, content = write(random.Random(2), copy, Setting(page, Look(page.layouts[0])), PRINTING.site)
        document = readers.read([(name, content)], LAYOUT)
        text = "".join("".join(block.text.split()) for block in document.blocks if isinstance(block, Block))
        assert text.count(long) == 20, page.id


def test_a_sentence_that_names_the_data_of_documents_is_no_record() -> None:
    said = "公开规范性文件5件，并注明文号、成文日期和有效性。"
    copy = Copy(["某县水利局2021年度报告"], [Passage("一、概述", [said, *PROSE])], "某县水利局")
    for page in PAGES.values():
        document = readers.read([write(random.Random(2), copy, Setting(page, Look("html")), PRINTING.site)], LAYOUT)
        text = "".join("".join(block.text.split()) for block in document.blocks if isinstance(block, Block))
        assert said in text, page.id
