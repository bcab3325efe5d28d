"""The labels of a finished draft, in the schema of the labelled reports in `corpora/`, computed from it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from analyzer.document import Number
from analyzer.knowledge.grammar import Grammar
from analyzer.knowledge.outline import Outline
from analyzer.knowledge.schema import Source
from analyzer.synthesis.defects.words import read_words
from analyzer.synthesis.draft import Draft, Label, Part, Place, Sentence, Total, Trap
from analyzer.synthesis.verdicts import Judged, judge, of_section

SPACE = re.compile(r"\s")
TABLED, REST = "statistics", ("overview", "other_matters")
RULES = {"share": "percentage.share", "growth": "percentage.growth"}
"""What a wrong percentage is found by."""
PART_OF_YEAR = read_words(Source()).find("part_of_year")
CONTENT = {"content.period": "period", "content.contact": "contact"}
"""Duties of the opening, by the rule that misses them."""
ASPECTS = ("proactive_disclosure", "requests", "management", "platform", "supervision")
Entry = dict[str, Any]


def gold(draft: Draft, grammar: Grammar, outline: Outline) -> Entry:
    """All labels of a report as plain data for JSON."""
    return _Labels(draft, grammar, outline).all()


class _Labels:
    """Puts the labels of one draft together."""

    def __init__(self, draft: Draft, grammar: Grammar, outline: Outline) -> None:
        self.draft, self.grammar, self.outline = draft, grammar, outline
        self.text, self.starts = _text(draft)

    def all(self) -> Entry:
        claims = [self._claim(s, label, at) for s, at in self._sentences() for label in s.labels]
        totals = [self._sum(s, total, at) for s, at in self._sentences() for total in s.totals]
        lacking = self._lacking()
        return {
            "report": self._report(),
            "sections": [self._heading(part) for part in self._headed()],
            "cells": self._cells(),
            "claims": claims,
            "traps": [self._trap(s, trap, at) for s, at in self._sentences() for trap in s.traps],
            "sums": [entry for entry in totals if entry["complete"]],
            "partial_sums": [entry for entry in totals if not entry["complete"]],
            "identities": list(self.draft.identities),
            "findings": self._findings(claims),
            "other_findings": self._others(lacking),
            "missing_sections": [name for name in lacking if not self._spoken_of(name)],
            "defects": list(self.draft.defects),
        }

    def _report(self) -> Entry:
        draft = self.draft
        return {
            "agency": draft.body.name,
            "year": draft.year,
            "standard": draft.standard,
            "standard_expected": draft.expected,
            "level": draft.body.level,
            "kind": draft.body.kind,
            "format": draft.format,
            "layout": draft.layout,
            "family": draft.family,
        }

    def _headed(self) -> list[Part]:
        return [part for part in self.draft.parts if part.heading]

    def _heading(self, part: Part) -> Entry:
        """A heading with its class, and the other classes that its words name as well."""
        also = next((h.also for h in self.grammar.headings if (h.section, h.text) == (part.section, part.heading)), ())
        entry: Entry = {"heading": part.head, "section": part.section, "depth": part.depth}
        return entry | ({"also": list(also)} if also else {})

    def _cells(self) -> Entry:
        form = self.draft.standard if self.draft.standard != "none" else self.draft.expected
        if form == "none":
            return {}
        printed = self._printed()
        return {
            cell.key: plain(self.draft.cells.get(cell.key)) if cell.table in printed else None
            for cell in self.grammar.forms.cells(form)
        }

    def _sentences(self) -> Iterator[tuple[Sentence, int]]:
        """Each sentence with the place where it begins in the text without white space."""
        sentences = (sentence for _, sentence in self.draft.sentences())
        yield from zip(sentences, self.starts, strict=True)

    def _quoted(self, sentence: Sentence, place: Place, at: int) -> Entry:
        """A quote, and which of its appearances in the report this is, where it appears more than once."""
        quote = sentence.text[place.start : place.end]
        squeezed = SPACE.sub("", quote)
        start = at + len(SPACE.sub("", sentence.text[: place.start]))
        found = [m.start() for m in re.finditer(f"(?={re.escape(squeezed)})", self.text)]
        return {"quote": quote} | ({"occurrence": found.index(start) + 1} if len(found) > 1 else {})

    def _claim(self, sentence: Sentence, label: Label, at: int) -> Entry:
        judged = judge(label, self.draft, self.grammar)
        lead = sentence.text[label.quote.start : label.number.start]
        entry = self._quoted(sentence, label.quote, at)
        entry |= {
            "number_at": len(SPACE.sub("", lead)),
            "value": plain(label.value),
            "unit": label.unit,
            "approximate": label.approximate,
            "low": plain(label.value if label.low is None and label.high is None else label.low),
            "high": plain(label.value if label.low is None and label.high is None else label.high),
            "kind": label.kind,
            "period": label.period,
            "indicator": judged.indicator or None,
            "verdict": judged.verdict,
            "table_value": plain(judged.table_value),
        }
        entry |= {"scope": label.scope} if label.scope else {}
        entry |= {"period_accept": [""]} if PART_OF_YEAR.search(entry["quote"]) else {}
        return entry | _accepted(judged) | ({"frame": sentence.frame} if sentence.frame else {})

    def _trap(self, sentence: Sentence, trap: Trap, at: int) -> Entry:
        return self._quoted(sentence, trap.place, at) | {"why": trap.why}

    def _sum(self, sentence: Sentence, total: Total, at: int) -> Entry:
        labels = sentence.labels
        members = [labels[n] for n in (total.total, *total.parts)]
        place = Place(min(x.quote.start for x in members), max(x.quote.end for x in members))
        entry = self._quoted(sentence, place, at) | {"total": plain(members[0].value), "complete": total.complete}
        if total.items is not None:
            right = members[0].value == total.items
            return entry | {"items": total.items, "verdict": "consistent" if right else "inconsistent"}
        parts = [label.value for label in members[1:]]
        return entry | {"parts": [plain(p) for p in parts], "verdict": _adds_up(members, total.complete)}

    def _lacking(self) -> list[str]:
        """Required parts without heading."""
        present = {name for part in self._headed() for name in part.section.split(";")}
        return [name for name in self.outline.required(self.draft.year) if name not in present and name != TABLED]

    def _spoken_of(self, section: str) -> bool:
        """Whether a sentence elsewhere is of that class; none is of those that have no subject of their own."""
        spoken = {sentence.sections[:1] for _, sentence in self.draft.sentences()}
        return section not in REST and (section,) in spoken

    def _others(self, lacking: list[str]) -> list[Entry]:
        """What defects have put there, and what the report lacks anyway, each once."""
        told = {(entry["rule"], str(entry.get("indicator", ""))) for entry in self.draft.others}
        return [*self.draft.others, *(e for e in self._formal(lacking) if (e["rule"], e["indicator"]) not in told)]

    def _formal(self, lacking: list[str]) -> list[Entry]:
        """What a report lacks by its own poverty: parts, duties of the opening, aspects, the fee, cells."""
        found = [
            {"rule": "section.unheaded" if self._spoken_of(name) else "section.missing", "indicator": name, "why": name}
            for name in lacking
        ]
        met = {duty for _, sentence in self.draft.sentences() for duty in sentence.content}
        wanted = dict(CONTENT) | ({"content.fees": "fees"} if self._modern() else {})
        found += [
            {"rule": rule, "indicator": "", "why": "not stated"} for rule, duty in wanted.items() if duty not in met
        ]
        lost = [aspect for aspect in ASPECTS if aspect not in met]
        if self._modern() and lost:
            found.append({"rule": "content.aspects", "indicator": "", "why": ", ".join(lost)})
        blank = self._blank()
        if blank:
            found.append({"rule": "cell.blank", "indicator": ";".join(blank), "why": "blank cells"})
        return found

    def _blank(self) -> list[str]:
        """The cells that printed tables leave empty and no defect has told of."""
        told = {key for entry in self.draft.others for key in str(entry.get("indicator", "")).split(";")}
        form = self.draft.standard
        cells = self.grammar.forms.cells(form) if form != "none" else ()
        own = self.draft.cells
        return [c.key for c in cells if c.table in self._printed() and own.get(c.key) is None and c.key not in told]

    def _printed(self) -> set[str]:
        return {table for part in self.draft.parts for table in part.tables}

    def _modern(self) -> bool:
        return self.draft.expected == "2021"

    def _findings(self, claims: list[Entry]) -> list[Entry]:
        """The contradictions, each with the claims that show it; claims no root covers stand for themselves."""
        wrong = [claim for claim in claims if claim["verdict"] in ("inconsistent", "suspect")]
        found, told = [], set()
        for finding in self.draft.findings:
            covers = dict(finding.get("covers") or {})
            quotes = list(covers.get("quotes") or [])
            keys = {key for cell in covers.get("cells") or () for key in self._resolved(cell)}
            for claim in wrong:
                shown = self._involved(claim) & keys or claim["quote"] in quotes
                if shown:
                    told.add(id(claim))
                    quotes += [] if claim["quote"] in quotes else [claim["quote"]]
            found.append({**finding, "covers": {**covers, "quotes": quotes}})
        for claim in wrong:
            if id(claim) not in told:
                found.append(_of_claim(len(found) + 1, claim))
        return found

    def _involved(self, claim: Entry) -> set[str]:
        """The cells that a claim speaks of: for a whole part's zero all of its section."""
        named = self._resolved(claim["indicator"] or "")
        return set(of_section(self.draft, named) if claim["kind"] == "section_zero" else named)

    def _resolved(self, key: str) -> tuple[str, ...]:
        form = self.draft.standard if self.draft.standard != "none" else self.draft.expected
        return self.grammar.forms.resolve(form, key) if key and form != "none" else ()


def _of_claim(number: int, claim: Entry) -> Entry:
    rule = RULES.get(claim["kind"], "claim.mismatch")
    note = f"{claim['quote']}: {claim['table_value']}"
    covers = {"quotes": [claim["quote"]]}
    return {"id": f"c{number}", "kind": "", "rule": rule, "indicator": claim["indicator"] or "", "note": note} | {
        "covers": covers
    }


def _text(draft: Draft) -> tuple[str, list[int]]:
    """The report without tables and white space, and where each sentence begins in it."""
    pieces, starts = list(draft.title), []
    length = sum(len(SPACE.sub("", line)) for line in pieces)
    for part in draft.parts:
        for text, own in [(part.head, False), *((s.text, True) for s in part.sentences())]:
            if own:
                starts.append(length)
            pieces.append(text)
            length += len(SPACE.sub("", text))
    return SPACE.sub("", "".join([*pieces, *draft.closing])), starts


def _adds_up(members: list[Label], complete: bool) -> str:
    """Whether the parts come to the total (or stay below it), as far as rounded numbers can tell."""
    lows = [Decimal(label.value if label.low is None else label.low) for label in members]
    highs = [None if label.approximate and label.high is None else _high(label) for label in members]
    least, most = sum(lows[1:]), None if None in highs[1:] else sum(high for high in highs[1:] if high is not None)
    over = highs[0] is not None and least > highs[0]
    under = complete and most is not None and most < lows[0]
    return "inconsistent" if over or under else "consistent"


def _high(label: Label) -> Decimal:
    return Decimal(label.value if label.high is None else label.high)


def _accepted(judged: Judged) -> Entry:
    accepted: Entry = {"accept": list(judged.accept)} if judged.accept else {}
    return accepted | ({"indicator_accept": list(judged.indicator_accept)} if judged.indicator_accept else {})


def plain(value: Number | str | None) -> int | float | str | None:
    """A number as JSON holds it."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value
