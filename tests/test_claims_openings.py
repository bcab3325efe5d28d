"""Expressions that are tried only where a certain character stands: no alternative begins with another one."""

from __future__ import annotations

import re._constants as ops  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from typing import Any

import pytest

from tests.claim_texts import knowledge

LANGUAGE = knowledge()
WORDS = LANGUAGE.words
PERIODS = [WORDS[name] for name in WORDS if name.startswith("period_") and name.split("_")[1] in ("years", "year")]
PERIODS += [WORDS[f"period_{name}"] for name in ("plan", "cumulative", "last_year", "this_year")]
SCOPES = [WORDS[f"scope_{name}"] for name in ("area", "body", "system", "site")]


def members(entries: list[tuple[Any, Any]]) -> set[str]:
    found = set()
    for op, value in entries:
        assert op in (ops.LITERAL, ops.RANGE)
        first, last = (value, value) if op is ops.LITERAL else value
        found |= {chr(code) for code in range(first, last + 1)}
    return found


def openings(items: Any) -> tuple[set[str], bool]:
    """The characters a match may begin with, and whether it may be empty."""
    found: set[str] = set()
    for op, value in items:
        if op in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
            continue
        if op is ops.BRANCH:
            branches = [openings(branch) for branch in value[1]]
            more, empty = set().union(*(some for some, _ in branches)), any(none for _, none in branches)
        elif op is ops.SUBPATTERN:
            more, empty = openings(value[3])
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            more, empty = openings(value[2])
            empty = empty or value[0] == 0
        else:
            more, empty = members(value if op is ops.IN else [(op, value)]), False
        found |= more
        if not empty:
            return found, False
    return found, True


@pytest.mark.parametrize(
    ("stated", "expressions"),
    [("topic_starts", list(LANGUAGE.topics.values())), ("period_starts", PERIODS), ("scope_starts", SCOPES)],
)
def test_all_openings_are_stated(stated: str, expressions: list[str]) -> None:
    for expression in expressions:
        found, empty = openings(parser.parse(expression))
        assert found <= set(WORDS[stated])
        assert not empty


@pytest.mark.parametrize("name", ["zero_verb", "zero_predicate"])
def test_the_gate_lets_every_alternative_through(name: str) -> None:
    gate, *rest = parser.parse(WORDS[name])
    assert gate[0] is ops.ASSERT
    allowed, _ = openings(gate[1][1])
    found, empty = openings(rest)
    assert found <= allowed
    assert not empty
