"""The data of the checks: every case, example, near miss and message, both ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analyzer import knowledge
from analyzer.document import Block, Cell, Check, Claims, Document, Number, Report, Span, Tables
from analyzer.errors import BadKnowledge
from analyzer.knowledge import rulebook
from analyzer.knowledge.rulebook import Identity
from analyzer.knowledge.schema import SHIPPED, Source
from analyzer.reconcile import findings, reconcile

KNOWN = knowledge.load()
BOOK = KNOWN.rulebook
NAMED_IN_TEXT = "设立了专门机构、政府信息查阅点，配备了专职人员。"
HANZI = re.compile(r"[\u3400-\u9fff]")


def cells(standard: str, values: Mapping[str, Number | Decimal]) -> tuple[Cell, ...]:
    """Every cell of a form, 0 where `values` does not say otherwise."""
    found = []
    for form in KNOWN.forms.cells(standard):
        value = values.get(form.key, 0)
        number = int(value) if value == int(value) else Decimal(value)
        found.append(
            Cell(form.indicator, form.applicant, form.label, number, form.unit, str(value), "read", Span(0, 1))
        )
    return tuple(found)


def outcomes(standard: str, values: Mapping[str, Any], entry: Identity) -> list[Check]:
    """The checks of one identity on a county's report with these cells."""
    text = NAMED_IN_TEXT if entry.code == "A19" else ""
    document = Document(text, (Block(text, ((0, len(text)),)),) if text else (), "txt")
    tables = Tables(standard, cells(standard, values), (), tuple(t.id for t in KNOWN.forms.standard(standard).tables))
    report = Report(level="county", kind="government", standard=standard, standard_expected=standard)
    _, checks = reconcile(
        report, document, (), tables, Claims(), forms=KNOWN.forms, outline=KNOWN.outline, rulebook=BOOK
    )
    own = [check for check in checks if check.rule == f"identity.{entry.code}"]
    whole = ";".join(entry.left + entry.right)
    return own if entry.over or entry.relation == ">=each" else [check for check in own if check.indicator == whole]


def case_of(entry: Identity, given: Mapping[str, Decimal], standard: str) -> dict[str, Any]:
    """The case's keys as those of the form; where it runs over applicants, in one column and so in the total."""
    if entry.over != "applicant":
        return {k: v for k, v in given.items() if k in KNOWN.forms.by_standard[standard]}
    return {f"{k}/{column}": v for k, v in given.items() for column in ("natural_person", "total")}


ENTRIES = [(entry, standard) for entry in BOOK.identities for standard in entry.standards]


@pytest.mark.parametrize(("entry", "standard"), ENTRIES, ids=lambda x: getattr(x, "code", x))
def test_each_identity_holds_and_breaks_on_its_own_cases(entry: Identity, standard: str) -> None:
    assert not [c for c in outcomes(standard, case_of(entry, entry.holds, standard), entry) if c.root]
    broken = [c for c in outcomes(standard, case_of(entry, entry.breaks, standard), entry) if c.root]
    assert broken
    certain = entry.severity == "M"
    assert {c.outcome for c in broken} == {"violated" if certain else "suspect"}
    for finding in findings(broken, BOOK, "zh"):
        assert (finding.severity == "error") == certain


def test_all_identities_of_one_report_stand() -> None:
    codes = {entry.code for entry in BOOK.identities}
    assert codes == {f"A{n}" for n in range(1, 20)} | {"B1", "B2", "B3", "B4", "B6", "C1", "C4", "C5", "C7", "C8"}


def entries() -> list[Any]:
    source = Source()
    tables = {"pattern": rulebook.Pattern, "aspect": rulebook.Aspect, "superseded": rulebook.Superseded}
    found: list[Any] = [e for t, kind in tables.items() for e in source.entries("prose_rules.toml", kind, t)]
    return found + list(source.entries("prose_rules.toml", rulebook.Named, "named"))


@pytest.mark.parametrize("entry", entries(), ids=lambda e: getattr(e, "id", None) or e.indicator)
def test_each_pattern_finds_its_examples_and_no_near_miss(entry: Any) -> None:
    pattern = re.compile(entry.pattern, re.MULTILINE)
    assert entry.examples
    assert not [text for text in entry.examples if not pattern.search(text)]
    assert not [text for text in entry.misses if pattern.search(text)]


@pytest.mark.parametrize("rule", [*BOOK.rules.values(), *BOOK.families], ids=lambda rule: rule.id)
def test_each_rule_speaks_both_languages(rule: rulebook.Rule) -> None:
    for words in (rule.message, rule.advice, rule.basis):
        names = [set(re.findall(r"\{(\w+)\}", text)) for text in (words.zh, words.en)]
        assert names[0] == names[1]
        assert words.zh.strip()
        assert words.en.strip()
    assert HANZI.search(rule.message.zh)
    assert not HANZI.search(re.sub(r"元|万元", "", rule.message.en))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_message_says_both_numbers_advice_and_basis(lang: str) -> None:
    entry = next(e for e in BOOK.identities if e.code == "A1")
    broken = [c for c in outcomes("2014", case_of(entry, entry.breaks, "2014"), entry) if c.root]
    message = findings(broken, BOOK, lang)[0].message
    assert "28" in message
    assert "41" in message
    assert "〔2014〕32号" in message
    assert BOOK.rules["identity.A1"].advice.say(lang) in message
    assert "{" not in message


def test_a_weighed_rule_exists() -> None:
    known = [*BOOK.rules, *(family.id for family in BOOK.families)]
    for group in BOOK.rubric.groups:
        for rule in group.rules:
            assert any(k == rule or (rule.endswith("*") and k.startswith(rule[:-1])) for k in known), rule


def test_every_reason_that_the_checks_give_has_words() -> None:
    given: set[str] = set()
    for path in (SHIPPED.parent / "reconcile").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        given |= set(re.findall(r'return \("(?:suspect|unverifiable)", "(\w+)"\)', text))
        given |= set(re.findall(r'return "suspect", "(\w+)"', text))
        given |= set(re.findall(r'reason = "(\w+)"', text))
    assert given
    assert given <= set(BOOK.reasons)


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("identities.toml", ('severity = "M"', 'severity = "X"'), "one of M, S, I"),
        ("identities.toml", ('relation = "<="', 'relation = "<"'), "not allowed"),
        ("identities.toml", ('code = "A1"', 'cod = "A1"'), "unknown key cod"),
        ("rules.toml", ('id = "identity.A2"', 'id = "identity.Z2"'), "no rule identity.A2"),
        ("rubric.toml", ('completeness = "0.5"', 'completeness = "0.6"'), "do not add up"),
        ("rubric.toml", ("weight = 40", "weight = -40"), "below 0"),
        ("prose_rules.toml", ('id = "figure"', 'id = "figur"'), "figur"),
    ],
)
def test_wrong_data_fails_at_load(name: str, change: tuple[str, str], says: str, tmp_path: Path) -> None:
    text = (SHIPPED / name).read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / name).write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(BadKnowledge, match=says):
        rulebook.load(Source(tmp_path))
