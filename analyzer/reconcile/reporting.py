"""From checks that did not hold to findings with messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2s

from analyzer.document import Check, Finding, Severity, Span, Verdict
from analyzer.knowledge.rulebook import LAWS, NEW, Rule, Rulebook
from analyzer.reconcile.case import spoken

NAMES = 8
"""Most names of a list that a message spells out."""


def findings(checks: Sequence[Check], rulebook: Rulebook, lang: str) -> tuple[Finding, ...]:
    """A finding for each check that is violated or suspect, in the order of the checks, its message in `lang` (zh, en).

    `finding_id` hangs on rule, keys and numbers only, not on places; `cause` is that of the first finding of its root.
    """
    found: list[Finding] = []
    seen: dict[str, int] = {}
    causes: dict[str, str] = {}
    for check in checks:
        if check.outcome not in ("violated", "suspect"):
            continue
        rule = rulebook.rule(check.rule)
        identifier = _identifier(check, seen)
        cause = causes.setdefault(check.root, identifier) if check.root else identifier
        severity: Severity = rule.severity if check.outcome == "violated" else _doubt(rule)
        message = _message(check, rule, rulebook, lang)
        verdict: Verdict = "inconsistent" if check.outcome == "violated" else "suspect"
        numbers = check.expected, check.actual, verdict, cause, check.span, check.second, check.values
        found.append(Finding(identifier, check.rule, severity, check.indicator, message, *numbers))
    return tuple(found)


def _doubt(rule: Rule) -> Severity:
    return "info" if rule.severity == "info" else rule.doubt


def _identifier(check: Check, seen: dict[str, int]) -> str:
    """Short and stable: equal checks are counted."""
    said = f"{check.rule}|{check.indicator}|{check.expected}|{check.actual}|{check.values.get('quote', '')}"
    digest = blake2s(said.encode(), digest_size=5).hexdigest()
    seen[digest] = seen.get(digest, 0) + 1
    return digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"


class _Values(dict[str, str]):
    """What a template may name; what a check leaves out is empty."""

    def __missing__(self, key: str) -> str:
        return ""


def _message(check: Check, rule: Rule, rulebook: Rulebook, lang: str) -> str:
    """Message, advice and legal basis in one text."""
    given = _Values({"actual": spoken(check.actual), "expected": spoken(check.expected)})
    for name, value in check.values.items():
        if not name.endswith("_en"):
            value = check.values.get(f"{name}_en", value) if lang == "en" else value
            given[name] = _listed(value, rulebook, lang) if name in ("names", "order") else value
    for law in LAWS:
        given[law] = rulebook.frame[f"{law}_{given['regulation'] or NEW}"].say(lang)
    given["form"] = given["form"] or given["law"]
    given["where"] = _place(check.span, check.values.get("heading", ""), rulebook, lang)
    given["where2"] = _place(check.second, check.values.get("heading2", ""), rulebook, lang)
    reason = rulebook.reasons.get(check.reason)
    given["reason"] = reason.say(lang) if reason and check.outcome == "suspect" else ""
    also = rulebook.frame["also"].say(lang)
    parts = {
        "message": rule.message.say(lang).format_map(given).strip(),
        "advice": rule.advice.say(lang).format_map(given),
        "basis": also.join(dict.fromkeys(rule.basis.say(lang).format_map(given).split(also))),
    }
    return rulebook.frame["message"].say(lang).format_map(parts)


def _listed(value: str, rulebook: Rulebook, lang: str) -> str:
    names = value.split(";")
    more = rulebook.frame["more"].say(lang) if len(names) > NAMES else ""
    return rulebook.frame["list"].say(lang).join(names[:NAMES]) + more


def _place(span: Span | None, heading: str, rulebook: Rulebook, lang: str) -> str:
    frame: Mapping[str, str] = {name: words.say(lang) for name, words in rulebook.frame.items()}
    where = frame["section"].format(heading=heading) if heading else frame["prose"]
    return where + (frame["page"].format(page=span.page) if span and span.page else "")
