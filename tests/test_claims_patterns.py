"""Every pattern, zero and trap of the data, both ways: its examples hold, its near misses do not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.errors import BadKnowledge
from analyzer.knowledge.language import Pattern, ZeroObject, compile_all, load
from analyzer.knowledge.schema import SHIPPED, Source
from tests.claim_texts import at_mark, knowledge, placed

LANGUAGE = knowledge()
STATED: tuple[Pattern | ZeroObject, ...] = (*LANGUAGE.patterns, *LANGUAGE.zeros)
EXAMPLES = [(entry, example) for entry in STATED for example in entry.examples]
MISSES = [(entry, miss) for entry in STATED for miss in entry.misses]


def standards(entry: Pattern | ZeroObject) -> list[str]:
    return list(entry.target or ()) or ["2021"]


@pytest.mark.parametrize(("entry", "example"), EXAMPLES, ids=lambda value: getattr(value, "id", value))
def test_an_example_holds_on_each_form(entry: Pattern | ZeroObject, example: str) -> None:
    section, sentence = placed(example)
    for standard in standards(entry):
        found = [claim for claim in at_mark(sentence, section, standard) if claim.pattern == entry.id]
        assert found, standard
        assert found[0].indicator == (entry.target or {}).get(standard, "")


@pytest.mark.parametrize(("entry", "miss"), MISSES, ids=lambda value: getattr(value, "id", value))
def test_a_near_miss_is_something_else(entry: Pattern | ZeroObject, miss: str) -> None:
    section, sentence = placed(miss)
    for standard in standards(entry):
        assert entry.id not in [claim.pattern for claim in at_mark(sentence, section, standard)]


@pytest.mark.parametrize("entry", LANGUAGE.patterns, ids=lambda entry: entry.id)
def test_every_pattern_states_both(entry: Pattern) -> None:
    assert entry.examples
    assert entry.misses


@pytest.mark.parametrize(
    "example", [e for trap in LANGUAGE.traps for e in trap.examples], ids=lambda example: example[:40]
)
def test_a_trap_is_never_a_claim(example: str) -> None:
    section, sentence = placed(example)
    assert not at_mark(sentence, section, "2021")


@pytest.mark.parametrize("miss", [m for trap in LANGUAGE.traps for m in trap.misses], ids=lambda miss: miss[:40])
def test_what_only_looks_like_a_trap_is_a_claim(miss: str) -> None:
    section, sentence = placed(miss)
    assert at_mark(sentence, section, "2021")


def test_all_patterns_of_the_handbook_stand() -> None:
    missing = set(range(1, 95)) - {number for entry in LANGUAGE.patterns for number in entry.handbook}
    elsewhere = {4, 18, 23, 33, 50, 67, 68, 74, 76, 77, 80, 92, 93, 94}
    assert missing <= elsewhere


def test_every_key_is_one_of_the_form() -> None:
    from tests.claim_texts import reader

    forms = reader().forms
    wrong = [
        (entry.id, standard, key)
        for entry in STATED
        for standard, key in (entry.target or {}).items()
        if not forms.resolve(standard, key)
    ]
    assert not wrong


def test_every_shipped_expression_compiles() -> None:
    compile_all(LANGUAGE)


def test_an_overlay_with_a_broken_expression_is_refused_with_its_name(tmp_path: Path) -> None:
    shipped = (SHIPPED / "claims.toml").read_text(encoding="utf-8")
    broken = re.sub(r"(?m)^pattern = '", "pattern = '(", shipped, count=1)
    (tmp_path / "claims.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(BadKnowledge, match=LANGUAGE.patterns[0].id):
        load(Source(tmp_path))
