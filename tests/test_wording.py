"""The product's own words: both languages, closed keys, a codebook that covers every table; widths and shortening."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from analyzer import document
from analyzer.analysis import COLUMNS
from analyzer.errors import BadKnowledge
from analyzer.evaluation.figures import CELLS
from analyzer.evaluation.judging import GROUPS
from analyzer.knowledge import wording
from analyzer.knowledge.schema import SHIPPED, Source
from analyzer.knowledge.wording import Phrase, Wording, columns, one_line, shorten, wrap

TASKS = ("sections", "cells", "claims", "links", "verdicts", "findings", "alarms")
HANZI = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def words() -> Wording:
    return wording.load(Source())


def overlay(folder: Path, text: str) -> Source:
    (folder / "wording.toml").write_text(text, encoding="utf-8")
    return Source(folder)


def test_each_language_is_that_language(words: Wording) -> None:
    assert not [key for key, phrase in words.phrases.items() if HANZI.search(phrase.en)]
    left = {
        re.sub(r"\{\w+\}|[ ↔（）]", "", phrase.zh) for phrase in words.phrases.values() if not HANZI.search(phrase.zh)
    }
    assert left == {""}


@pytest.mark.parametrize(
    ("group", "values"),
    [
        ("verdict", get_args(document.Verdict)),
        ("outcome", get_args(document.Outcome)),
        ("severity", get_args(document.Severity)),
        ("state", get_args(document.CellState)),
        ("period", get_args(document.Period)),
        ("scope", get_args(document.Scope)),
    ],
)
def test_every_value_the_stages_give_has_a_name(words: Wording, group: str, values: tuple[str, ...]) -> None:
    assert {value or "unknown" for value in values} == set(words.under(group))


def test_sections_have_a_long_and_a_short_name_in_one_order(words: Wording) -> None:
    assert [name for name in words.under("section") if name != "unknown"] == list(words.under("section_short"))


def test_labels_of_a_group_are_told_apart_in_both_languages(words: Wording) -> None:
    for group in ("verdict", "severity", "state", "dimension", "section", "section_short", "grade"):
        for lang in ("zh", "en"):
            said = [words.label(group, name, lang) for name in words.under(group)]
            assert len(said) == len(set(said)), group


def test_placeholders_are_filled_in(words: Wording) -> None:
    assert words.say("chart.reports", "zh", n=12) == "12 份报告"
    assert words.say("chart.reports", "en", n=12) == "12 reports"


def test_an_unknown_key_names_the_known_ones(words: Wording) -> None:
    with pytest.raises(BadKnowledge, match=r"verdict\.wrong.*consistent, inconsistent"):
        words.say("verdict.wrong")
    with pytest.raises(BadKnowledge, match=r"chart, .*verdict"):
        words.say("wrong.wrong")


def test_a_class_without_a_label_is_shown_as_it_is(words: Wording) -> None:
    assert words.label("section", "annex_of_ours", "en") == "annex_of_ours"
    assert words.label("section", "fees", "en") == "Fees"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[verdict]\nconsistent = { zh = "相符" }', "missing en"),
        ('[verdict]\nconsistent = { zh = "相符", en = " " }', "empty in one language"),
        ('[verdict]\nconsistent = { zh = "相符", en = "ok", de = "ja" }', "unknown key de"),
        ('[verdict]\nconsistent = { zh = "{n} 相符", en = "ok" }', "placeholders differ"),
        ('[verdict]\nconsistent = "相符"', "zh and en are wanted"),
        ("verdict = 1", "a table of phrases is wanted"),
        ('[verdict]\nconsistant = { zh = "相符", en = "ok" }', "unknown key verdict.consistant; allowed: .*consistent"),
        ('[verdict]\nconsistent = { zh = "相符", en = "ok" }', r"missing .*verdict\.suspect"),
    ],
)
def test_a_wrong_overlay_fails_at_load(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(BadKnowledge, match=problem):
        wording.load(overlay(tmp_path, text))


def test_an_overlay_changes_what_is_said(tmp_path: Path) -> None:
    shipped = (SHIPPED / "wording.toml").read_text(encoding="utf-8")
    changed = shipped.replace('suspect = { zh = "存疑"', 'suspect = { zh = "待核"')
    assert wording.load(overlay(tmp_path, changed)).say("verdict.suspect") == "待核"


def test_the_codebook_explains_every_column_in_order(words: Wording) -> None:
    explained: dict[str, list[str]] = {}
    for entry in words.codebook:
        explained.setdefault(entry.table, []).append(entry.column)
        assert HANZI.search(entry.zh)
        assert not HANZI.search(entry.en.replace("余", "").replace("近", "").replace("约", "").replace("万", ""))
    for table, names in COLUMNS.items():
        assert explained[table] == list(names), table
    assert explained.keys() - COLUMNS.keys() == {"skipped", "codebook"}


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("公开", 4), ("公开a", 5), ("（一）", 6), ("", 0), ("e\u0301", 1), ("a\u200bb", 2), ("…", 1)],
)
def test_columns_counts_wide_characters_twice(text: str, width: int) -> None:
    assert columns(text) == width


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("银川市西夏区人民政府", 20, "银川市西夏区人民政府"),
        ("银川市西夏区人民政府", 13, "银川市…民政府"),
        ("银川市西夏区人民政府", 12, "银川市…政府"),
        ("abcdefghij", 5, "ab…ij"),
        ("公开公开", 3, "…"),
    ],
)
def test_shorten_keeps_both_ends(text: str, width: int, short: str) -> None:
    assert columns(shorten(text, width)) <= width
    if width > 3:
        assert shorten(text, width) == short


def test_shorten_never_exceeds_its_width() -> None:
    for width in range(3, 40):
        for text in ("银川市西夏区贺兰山西路街道办事处", "Bureau 公开 of 信息 2018 ABC", "aあbいcうdえe"):
            assert columns(shorten(text, width)) <= width


def test_a_phrase_is_said_in_its_language() -> None:
    some = Wording({"a.b": Phrase("甲", "first")})
    assert (some.say("a.b", "zh"), some.say("a.b", "en"), some.say("a.b")) == ("甲", "first", "甲")


@pytest.mark.parametrize("width", [2, 5, 10, 33])
def test_wrap_loses_nothing_and_keeps_to_its_width(width: int) -> None:
    for text in (
        "公开41条，其中政府网站（含子站）41条。",
        "rule identity.A1 says 28 < 41",
        "（依据：《条例》第五十条）",
        "a" * 50,
        "",
    ):
        lines = wrap(text, width)
        assert all(columns(line) <= width for line in lines)
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_wrap_keeps_words_whole_and_closing_marks_with_what_they_close() -> None:
    assert wrap("see request.new/total here", 18) == ["see", "request.new/total", "here"]
    assert wrap("公开信息，公开", 8) == ["公开信", "息，公开"]
    assert wrap("a\n\n b\t c", 20) == ["a b c"]


def test_one_line_drops_what_could_move_the_cursor() -> None:
    assert one_line(" 甲\x1b[2J\r\n乙\u202e丙\u3000丁 ") == "甲 [2J 乙 丙 丁"


def test_every_phrase_is_used_somewhere(words: Wording) -> None:
    """A phrase is used by its key, or its group is named with the values of a stage or a table."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in SHIPPED.parent.rglob("*.py"))
    groups = "dimension verdict outcome severity state level kind standard table applicant section section_short mark"
    groups += " grade period scope status doubt task outcome_of_label"
    unused = [key for key in words.phrases if key not in code and key.partition(".")[0] not in groups.split()]
    built = {f"chart.{state}" for state in ("present", "unheaded", "missing", "not_there", "highest", "lowest")}
    built |= {f"show.{name}" for name in ("kind", "published", "form", "scores", "zeros", "blanks", "absents")}
    built |= {f"show.{name}" for name in ("sections", "cells", "claims", "findings", "one", "both")}
    measured = (SHIPPED.parent / "evaluation" / "rendering.py").read_text(encoding="utf-8")
    built |= {
        key for key in words.phrases if key.startswith("evaluation.") and f'"{key.partition(".")[2]}"' in measured
    }
    built |= {f"evaluation.by_{group}" for group in GROUPS}
    built |= {f"evaluation.{name}" for name in ("clean_true", "clean_false", "clean_unknown", *CELLS)}
    built |= {f"evaluation.short_{task}" for task in TASKS}
    assert [key for key in unused if key not in built and not key.startswith("column.")] == []
