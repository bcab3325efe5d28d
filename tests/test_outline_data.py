"""Every pattern of the outline's files finds its examples and none of its near misses."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from analyzer.errors import BadKnowledge
from analyzer.knowledge.outline import load
from analyzer.knowledge.schema import Source
from tests.sectionkit import outline

LAID = outline()
SINGLES = [(f.name, getattr(LAID.patterns, f.name)) for f in fields(LAID.patterns)]
LISTED = [
    (f"{name}-{n}", entry)
    for name, entries in (
        ("keyword", LAID.keywords),
        ("mention", LAID.sentences),
        ("kind", LAID.kinds),
        ("place", LAID.levels),
    )
    for n, entry in enumerate(entries)
]


@pytest.mark.parametrize(("name", "entry"), SINGLES + LISTED, ids=lambda value: value if isinstance(value, str) else "")
def test_patterns_find_examples_and_no_near_miss(name, entry):
    assert entry.examples, name
    assert entry.near_misses, name
    assert [text for text in entry.examples if not entry.finds(text)] == []
    assert [text for text in entry.near_misses if entry.finds(text)] == []


@pytest.mark.parametrize("entry", LAID.ordinals, ids=lambda entry: entry.style)
def test_ordinal_styles_find_their_own(entry):
    styles = [found.lastgroup if (found := LAID.ordinal.match(text)) else None for text in entry.examples]
    assert styles == [entry.style] * len(entry.examples)
    assert [text for text in entry.near_misses if LAID.ordinal.match(text)] == []


@pytest.mark.parametrize("entry", LAID.headings, ids=lambda entry: f"{entry.section}-{entry.examples[0]}")
def test_known_headings_name_their_class_as_a_whole(entry):
    known = [LAID.known(LAID.bare(LAID.fold(text))) for text in entry.examples]
    assert known == [entry.section] * len(entry.examples)
    assert entry.section not in [LAID.known(LAID.bare(LAID.fold(text))) for text in entry.near_misses]


def test_required_sections_follow_the_years():
    old = ("proactive_disclosure", "requests", "fees", "review_litigation", "problems", "other_matters")
    assert LAID.required(2012) == old
    assert LAID.required(2018) == (*old, "statistics")
    assert LAID.required(2019)[0] == "overview"
    assert LAID.required(2024) == LAID.required(2019)
    assert "fees" not in LAID.required(2021)
    assert len(LAID.required(2021)) == 6
    assert LAID.required(2007) == LAID.required(None) == ()


def test_every_class_has_words_to_know_it_by():
    ids = {s.section for s in LAID.sections}
    named = {part for h in (*LAID.headings, *LAID.keywords) for part in h.section.split(";")}
    assert named == ids


@pytest.mark.parametrize(
    ("text", "section", "expected"),
    [
        ("全年平稳。未发生因政府信息公开引起的行政复议、行政诉讼。", "review_litigation", True),
        ("我局办理的案件依法公开。申请人可以依法申请行政复议。", "review_litigation", False),
        ("依法公开行政许可、行政处罚、行政复议等信息。本年度被申请复议0件。", "review_litigation", True),
        ("公开行政事业性收费1项。", "fees", False),
        ("公开行政事业性收费1项。未向申请人收取任何费用。", "fees", True),
        ("健全依申请公开制度。", "requests", False),
        ("健全依申请公开制度。本年度收到公开申请3件。", "requests", True),
        ("全文包括概述、收费及减免情况、因信息公开被申请行政复议情况等部分。", "fees", False),
        ("全文包括概述、收费及减免情况、因信息公开被申请行政复议情况等部分。", "review_litigation", False),
        ("", "fees", False),
    ],
)
def test_sentences_speak_for_a_section(text, section, expected):
    assert LAID.mentions(text, section) is expected


def test_sentences_of_an_unknown_class_are_none():
    assert not LAID.mentions("未收取费用", "no_such_section")


def overlay(tmp_path: Path, name: str, change) -> Source:
    (tmp_path / name).write_text(change(Source().text(name)), encoding="utf-8")
    return Source(tmp_path)


def test_an_unknown_table_or_section_or_a_broken_pattern_is_refused(tmp_path):
    name = "outline_classes.toml"
    with pytest.raises(BadKnowledge, match="allowed: heading, keyword, mention"):
        load(overlay(tmp_path, name, lambda text: text + '\n[[headline]]\nsection = "fees"\n'))
    with pytest.raises(BadKnowledge, match="is no section"):
        load(overlay(tmp_path, name, lambda text: text.replace('section = "fees"', 'section = "fines"', 1)))
    with pytest.raises(BadKnowledge, match="is no pattern"):
        load(overlay(tmp_path, name, lambda text: text.replace("'提案|", "'(提案|", 1)))


def test_a_missing_pattern_is_refused(tmp_path):
    with pytest.raises(BadKnowledge, match="missing annex"):
        load(overlay(tmp_path, "outline.toml", lambda text: _without(text, "annex")))


def _without(text: str, name: str) -> str:
    start = text.index(f"[pattern.{name}]")
    return text[:start] + text[text.index("[pattern.", start + 1) :]
