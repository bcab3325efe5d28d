"""Findings against their labels: what was recalled, what no label explains, what became of injected defects."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.document import Finding
from analyzer.evaluation.exhibit import Exhibit
from analyzer.evaluation.labels import MISMATCH, ClaimLabel, Defect, FindingLabel, Quote
from analyzer.evaluation.tally import Miss, Tally

_DOUBTED = {"inconsistent", "suspect"}
_SUMS = ("sum.", "enumeration.", "percentage.")
_PROSE = ("claim.", "text.", *_SUMS)


def judge_findings(exhibit: Exhibit, tally: Tally) -> None:
    """Counts by rule of labels (recalled, missed), of findings above info (`alarm`: right, false), of infos (`note`),
    of injected defects."""
    labels, found = exhibit.gold.findings, exhibit.analysis.findings
    recalled = [any(_recalls(exhibit, label, finding) for finding in found) for label in labels]
    for label, seen in zip(labels, recalled, strict=True):
        _label(exhibit, label, seen, tally)
    for finding in found:
        _finding(exhibit, finding, tally)
    _defects(exhibit, recalled, tally)


def _label(exhibit: Exhibit, label: FindingLabel, seen: bool, tally: Tally) -> None:
    tally.add("rule", "recalled" if seen else "missed", label.rule)
    if seen:
        return
    quote = label.quote or next(iter(label.quotes), None)
    stands = exhibit.paragraphs.find(quote) if quote else ()
    words = exhibit.sentence(stands[0]) if stands else label.note
    said = quote.text if quote else ""
    tally.misses.append(Miss("finding", "missed", label.indicator, label.rule, "", said, words))


def _finding(exhibit: Exhibit, finding: Finding, tally: Tally) -> None:
    explained, alarm = _explained(exhibit, finding), finding.severity != "info"
    tally.add("alarm" if alarm else "note", "right" if explained else "false", finding.rule)
    if alarm and not explained:
        quote, sentence = exhibit.analysis.cut(finding.span), exhibit.sentence(finding.span)
        said = (finding.indicator, "", finding.rule, " ".join(quote.split()), sentence or finding.message)
        tally.misses.append(Miss("finding", "false_alarm", *said))


def _rule_fits(label: FindingLabel, finding: Finding) -> bool:
    if label.rule == MISMATCH:
        return finding.rule.startswith("claim.")
    if label.rule.endswith(".*"):
        return finding.rule.startswith(label.rule[:-1])
    return finding.rule == label.rule


def _shares(exhibit: Exhibit, finding: Finding, keys: Sequence[str]) -> bool:
    """Whether a finding names a cell that one of `keys` names."""
    named = exhibit.named(finding.indicator)
    return any(named & exhibit.named(key) for key in keys if key)


def _recalls(exhibit: Exhibit, label: FindingLabel, finding: Finding) -> bool:
    """Whether a finding is the one that a label asks for: its rule, on its keys or at its quote."""
    identities = label.rule.startswith("identity.") and finding.rule.startswith("identity.")
    if identities and _shares(exhibit, finding, label.cells):
        return True
    if not _rule_fits(label, finding):
        return False
    quotes = [label.quote] if label.quote else list(label.quotes)
    if not label.indicator and not quotes:
        return True
    return _shares(exhibit, finding, [label.indicator]) or any(exhibit.meets(finding, quote) for quote in quotes)


def _explained(exhibit: Exhibit, finding: Finding) -> bool:
    """Whether any label explains a finding: of findings, claims, sums, identities or cells."""
    if any(_covers(exhibit, label, finding) for label in exhibit.gold.findings):
        return True
    if finding.rule.startswith("identity."):
        return finding.rule.removeprefix("identity.") in exhibit.gold.violated
    if finding.rule.startswith(_PROSE):
        return any(exhibit.meets(finding, quote) for quote in _doubted(exhibit, finding))
    if finding.rule == "cell.blank":
        blank = {key for key, value in exhibit.gold.cells.items() if value is None}
        return exhibit.named(finding.indicator) <= exhibit.named(";".join(blank))
    return False


def _covers(exhibit: Exhibit, label: FindingLabel, finding: Finding) -> bool:
    if _recalls(exhibit, label, finding):
        return True
    if finding.rule.startswith("identity."):
        code = finding.rule.removeprefix("identity.")
        return code in label.identities or _shares(exhibit, finding, label.cells)
    return any(exhibit.meets(finding, quote) for quote in label.quotes)


def _doubted(exhibit: Exhibit, finding: Finding) -> list[Quote]:
    """Quotes whose labels say themselves that something does not agree there."""
    if finding.rule.startswith(_SUMS):
        return [label.quote for label in exhibit.gold.sums if label.verdict in _DOUBTED]
    return [label.quote for label in exhibit.gold.claims if _in_doubt(label)]


def _in_doubt(label: ClaimLabel) -> bool:
    return bool(_DOUBTED & set(label.verdicts))


def _defects(exhibit: Exhibit, recalled: Sequence[bool], tally: Tally) -> None:
    """A defect is caught when one of its labels is recalled, or its contradiction shown by another rule."""
    labels = exhibit.gold.findings
    for defect in exhibit.gold.defects or ():
        own = [number for number, label in enumerate(labels) if _is_of(label, defect)]
        seen = any(recalled[n] or _shown(exhibit, labels[n]) for n in own) if own else _fired(exhibit, defect.rule)
        tally.add("defect", "caught" if seen else "missed", defect.title)
        if not seen:
            quote = next((labels[n].quote for n in own), None)
            tally.misses.append(
                Miss("defect", "missed", "", defect.rule, "", quote.text if quote else "", defect.title)
            )


def _is_of(label: FindingLabel, defect: Defect) -> bool:
    if defect.name and label.id:
        return label.id.rpartition(".")[0] == defect.name
    return label.kind == defect.kind and label.rule == defect.rule


def _shown(exhibit: Exhibit, label: FindingLabel) -> bool:
    """Whether a finding of another rule contradicts what a label contradicts: the same words, the same cell."""
    if not label.rule.startswith((*_PROSE, "identity.")):
        return False
    quotes = [quote for quote in (label.quote, *label.quotes) if quote]
    return any(
        _shares(exhibit, finding, label.cells) or any(exhibit.meets(finding, quote) for quote in quotes)
        for finding in exhibit.analysis.findings
        if finding.severity != "info" and finding.rule.startswith((*_PROSE, "identity."))
    )


def _fired(exhibit: Exhibit, rule: str) -> bool:
    return any(_rule_fits(FindingLabel(rule, "", None), finding) for finding in exhibit.analysis.findings)
