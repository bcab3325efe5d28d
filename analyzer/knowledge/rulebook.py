"""Identities, rules with their messages and legal basis, patterns of prose rules, and the rubric."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Literal

from analyzer.document import Severity
from analyzer.errors import BadKnowledge
from analyzer.knowledge.schema import Source, build

Relation = Literal[
    "=", "<=", ">=each", "positive_implies", "positive_iff", "whole_numbers", "several_equal", "coincidence",
    "stock_covers", "rule_making", "fee_unit", "named_in_text",
]  # fmt: skip
"""What may hold between the two sides of an identity; the named ones are functions of `reconcile`."""

PATTERNS = frozenset(
    {
        *("ordinal", "figure", "annex", "caption", "number_missing", "instruction", "contact", "fee_statement"),
        *("nothing", "period", "period_key", "year_sentence", "comparison", "year_heading", "channel", "counted"),
        *(
            "item_edges",
            "earlier",
            "reached",
            "changed",
            "fall",
            "problems_count",
            "parts_count",
            "actor",
            "self",
            "town_word",
            "jointly",
            "named_base",
            "of_base",
            "opened",
            "rate",
            "share_of",
            *("told_published", "told_interpretations", "told_weibo", "told_wechat", "told_aside", "told_year"),
            "year_work",
            "year_plan",
            "own_comparison",
            "stranger",
            "bare_unit",
            "parts_end",
            "leader",
            "town_body",
        ),
    }
)
"""The prose patterns that `reconcile` asks for by name."""

LAWS = ("law", "accuracy", "due")
"""What a message rests on: the articles on the report's content, on accuracy, on the deadline."""
OLD, NEW = "2008", "2019"
"""The Regulations: the one that came into force in May 2008, and that of 2019."""
FRAME = (
    *("message", "page", "section", "prose", "list", "more", "also"),
    *(f"{law}_{since}" for law in LAWS for since in (OLD, NEW)),
)
"""How a message is put together: message, advice and basis; the page, the section or the mere prose as a place; how
names are joined, what stands for those left out, how bases are joined, the articles of either Regulation."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An arithmetic relation of a form.

    `left` and `right` are keys; with `over` = `applicant` they are indicators and the relation is tried for each column
    of the requests table, with `over` = `row` they are applicants and it is tried for each row. `severity` is M (must
    hold), S (should hold, has legitimate exceptions), I (worth a note). Where the prose matches `unless`, a break is
    only suspect. `holds` and `breaks` are cases by key (cells not named are 0).
    """

    code: str
    standards: tuple[str, ...]
    sentence: str
    left: tuple[str, ...]
    relation: Relation
    severity: Literal["M", "S", "I"]
    holds: Mapping[str, Decimal]
    breaks: Mapping[str, Decimal]
    right: tuple[str, ...] = ()
    over: Literal["", "applicant", "row"] = ""
    exceptions: str = ""
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages; `{name}` stands for a value of the check."""

    zh: str
    en: str

    def say(self, lang: str) -> str:
        """The text in `lang` (`zh` or `en`)."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule (`id` may end in `*`) with the severity of a violation and of a suspicion (never an error), its message,
    what to do about it, and the article, form or standard it rests on."""

    id: str
    severity: Severity
    message: Words
    advice: Words
    basis: Words
    doubt: Literal["warning", "info"] = "warning"


@dataclass(frozen=True, slots=True)
class Pattern:
    """An expression over the prose; each example must match, each miss must not."""

    id: str
    pattern: str
    examples: tuple[str, ...]
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aspect:
    """One of the aspects that the form wants in the overview, with the words that show it."""

    id: str
    name: Words
    pattern: str
    examples: tuple[str, ...]
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Superseded:
    """A legal basis that reports of `since` and later must no longer rest on, and what took its place."""

    id: str
    pattern: str
    newer: str
    since: int
    names: Words
    examples: tuple[str, ...]
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ZeroSection:
    """The cells (`indicators`, each with all below it) that are 0 when a whole section says there was nothing."""

    section: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name what a cell counts: where the prose has them, the cell is hardly 0."""

    indicator: str
    pattern: str
    examples: tuple[str, ...]
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Checks that share points in a dimension.

    `rules` are ids (`*` stands for any tail). The group is worth `weight` points where one of its checks could be made.
    Each cause costs `each` points as an error or warning of a violation, `doubt` points where it is only suspect; with
    `proportional` that part of them which the check's numbers (actual of expected) say is missing; at most `weight`.
    `parts` holds, by what a finding is about (its `indicator`), the share of the price it costs (not named: all).
    """

    id: str
    dimension: str
    rules: tuple[str, ...]
    weight: Decimal
    each: Decimal
    doubt: Decimal
    proportional: bool = False
    parts: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade with the points from which it is given."""

    least: Decimal
    name: Words


@dataclass(frozen=True, slots=True, eq=False)
class Rubric:
    """What findings cost. `shares` are the dimensions' parts of the overall score; `minimum` is how many checks of the
    groups of a dimension must have been assessable for it to be scored; findings of `voids` leave it unscored;
    `least` is what all errors together cost a dimension at least, of its 100 points; the weights of the
    groups that could be tried are scaled from their sum, but no less than `spread`, to 100."""

    shares: Mapping[str, Decimal]
    minimum: Mapping[str, int]
    least: Mapping[str, Decimal]
    spread: Mapping[str, Decimal]
    voids: Mapping[str, tuple[str, ...]]
    groups: tuple[Group, ...]
    grades: tuple[Grade, ...]
    ungraded: Words


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All of it, with every expression compiled."""

    identities: tuple[Identity, ...]
    rules: Mapping[str, Rule]
    families: tuple[Rule, ...]
    frame: Mapping[str, Words]
    reasons: Mapping[str, Words]
    patterns: Mapping[str, re.Pattern[str]]
    aspects: tuple[tuple[Aspect, re.Pattern[str]], ...]
    superseded: tuple[tuple[Superseded, re.Pattern[str], re.Pattern[str]], ...]
    zeros: Mapping[str, tuple[str, ...]]
    named: Mapping[str, re.Pattern[str]]
    unless: Mapping[str, re.Pattern[str]]
    rubric: Rubric

    def rule(self, rule: str) -> Rule:
        """The entry of a rule, or of the family it belongs to; raises `BadKnowledge` where there is neither."""
        found = self.rules.get(rule)
        if found is None:
            found = next((family for family in self.families if fnmatchcase(rule, family.id)), None)
        if found is None:
            raise BadKnowledge(f"rules.toml: no rule {rule}")
        return found


def load(source: Source) -> Rulebook:
    """`identities.toml`, `rules.toml`, `prose_rules.toml` and `rubric.toml`, checked."""
    identities = source.entries("identities.toml", Identity, "identity")
    rules = source.entries("rules.toml", Rule, "rule")
    stated = source.toml("rules.toml")
    _closed(stated, {"rule", "reason", *FRAME}, "rules.toml")
    prose = source.toml("prose_rules.toml")
    _closed(prose, {"pattern", "aspect", "superseded", "zero", "named"}, "prose_rules.toml")
    aspects = source.entries("prose_rules.toml", Aspect, "aspect")
    superseded = source.entries("prose_rules.toml", Superseded, "superseded")
    named = source.entries("prose_rules.toml", Named, "named")
    zeros = source.entries("prose_rules.toml", ZeroSection, "zero")
    book = Rulebook(
        identities=identities,
        rules={rule.id: rule for rule in rules if not rule.id.endswith("*")},
        families=tuple(rule for rule in rules if rule.id.endswith("*")),
        frame={name: build(Words, stated[name], f"rules.toml: {name}") for name in FRAME},
        reasons={name: build(Words, given, f"rules.toml: {name}") for name, given in stated["reason"].items()},
        patterns=_patterns(source),
        aspects=tuple((entry, _expression(entry.pattern, entry.id)) for entry in aspects),
        superseded=tuple((s, _expression(s.pattern, s.id), _expression(s.newer, s.id)) for s in superseded),
        zeros={entry.section: entry.indicators for entry in zeros},
        named={entry.indicator: _expression(entry.pattern, entry.indicator) for entry in named},
        unless={i.unless: _expression(i.unless, i.code) for i in identities if i.unless},
        rubric=_rubric(source),
    )
    for identity in identities:
        book.rule(f"identity.{identity.code}")
    return book


def _patterns(source: Source) -> dict[str, re.Pattern[str]]:
    entries = source.entries("prose_rules.toml", Pattern, "pattern")
    _closed({entry.id: entry for entry in entries}, PATTERNS, "prose_rules.toml: pattern")
    missing = PATTERNS - {entry.id for entry in entries}
    if missing:
        raise BadKnowledge(f"prose_rules.toml: missing pattern {', '.join(sorted(missing))}")
    return {entry.id: _expression(entry.pattern, entry.id) for entry in entries}


def _rubric(source: Source) -> Rubric:
    stated = source.toml("rubric.toml")
    rubric = build(Rubric, dict(stated.items()), "rubric.toml")
    dimensions = set(rubric.shares)
    if sum(rubric.shares.values()) != 1:
        raise BadKnowledge("rubric.toml: shares do not add up to 1")
    for group in rubric.groups:
        if group.dimension not in dimensions:
            raise BadKnowledge(f"rubric.toml: {group.id}: dimension {group.dimension} is not one of {dimensions}")
        if min(group.weight, group.each, group.doubt) < 0:
            raise BadKnowledge(f"rubric.toml: {group.id}: points below 0")
    if [g.least for g in rubric.grades] != sorted((g.least for g in rubric.grades), reverse=True):
        raise BadKnowledge("rubric.toml: grades stand from best to worst")
    return rubric


def _closed(given: Iterable[str], allowed: Iterable[str], where: str) -> None:
    unknown = sorted(set(given) - set(allowed))
    if unknown:
        raise BadKnowledge(f"{where}: unknown key {', '.join(unknown)}; allowed: {', '.join(sorted(allowed))}")


def _expression(pattern: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.MULTILINE)
    except re.error as problem:
        raise BadKnowledge(f"{where}: {pattern!r} is no regular expression ({problem})") from None
