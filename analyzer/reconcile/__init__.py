"""Cells, claims and prose held against one another: checks, and findings from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.document import Check, Claim, Claims, Document, Report, Section, Tables
from analyzer.knowledge.forms import Forms
from analyzer.knowledge.outline import Outline
from analyzer.knowledge.rulebook import Rulebook
from analyzer.reconcile.announced import check_announced
from analyzer.reconcile.arrangement import check_sections
from analyzer.reconcile.case import Case
from analyzer.reconcile.dates import check_dates
from analyzer.reconcile.growth import check_growth
from analyzer.reconcile.identities import check_identities
from analyzer.reconcile.ledger import Ledger
from analyzer.reconcile.links import Links
from analyzer.reconcile.phrases import check_phrases
from analyzer.reconcile.repeats import check_repeats
from analyzer.reconcile.reporting import findings
from analyzer.reconcile.shares import check_shares
from analyzer.reconcile.sources import check_confidence, check_hidden, check_in_doubt, claim_in_doubt
from analyzer.reconcile.sums import check_sums
from analyzer.reconcile.tabulation import check_tables

__all__ = ["findings", "reconcile"]


def reconcile(
    report: Report,
    document: Document,
    sections: Sequence[Section],
    tables: Tables,
    claims: Claims,
    *,
    forms: Forms,
    outline: Outline,
    rulebook: Rulebook,
) -> tuple[tuple[Claim, ...], tuple[Check, ...]]:
    """The claims with verdict, table value and note, and every check that was tried; nothing is repaired."""
    case = Case(report, document, tuple(sections), tables, claims, forms, outline, rulebook)
    ledger = Ledger(tables.cells)
    identities, roots = check_identities(case, ledger)
    links = Links(case, ledger, roots)
    judged = tuple([links.judge(claim) for claim in claims.claims])
    if document.unsure:
        judged = tuple([claim_in_doubt(document, claim) for claim in judged])
    case.said = replace(claims, claims=judged)
    checks = [
        *identities,
        *links.checks,
        *check_sums(case),
        *check_repeats(case),
        *check_shares(case),
        *check_growth(case),
        *check_tables(case),
        *check_sections(case),
        *check_phrases(case),
        *check_announced(case),
        *check_dates(case),
        *check_confidence(case),
        *check_hidden(case),
    ]
    if document.unsure or document.recognised:
        checks = [check_in_doubt(document, check) for check in checks]
    basis = case.basis()
    told = ("violated", "suspect")
    return judged, tuple([c._replace(values={**basis, **c.values}) if c.outcome in told else c for c in checks])
