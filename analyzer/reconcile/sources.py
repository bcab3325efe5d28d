"""What the file itself leaves in doubt: characters recognised with little confidence, which prove nothing, and text
that its readers do not see."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.document import Check, Claim, Document, Span
from analyzer.reconcile.case import Case, squeeze

REASON, HIDDEN = "confidence", "source.hidden"
MISSING = ("table.missing", "cell.blank", "cell.absent", "section.")
"""Rules that tell what is not there, and where it is not."""
CUT = 30
"""Most characters of the line that the finding quotes."""
SHOWN = 12
"""Most places that the finding quotes."""


def check_confidence(case: Case) -> Iterator[Check]:
    """One check that tells where characters are unsure."""
    unsure = [place for place in case.document.unsure if place[0] < place[1]]
    if not unsure:
        return
    text = case.document.text
    quotes = dict.fromkeys(text[start:end].strip() for start, end in unsure)
    quote = " ".join(list(quotes)[:SHOWN]) + (" …" if len(quotes) > SHOWN else "")
    (start, end), last = unsure[0], unsure[-1]
    values = {"quote": quote, "count": str(len(unsure))}
    yield Check("source.confidence", "suspect", "", None, len(unsure), REASON, Span(start, end), Span(*last), values)


def check_hidden(case: Case) -> Iterator[Check]:
    """One check that tells where the file holds text that was left out because no reader of it sees it."""
    text = case.document.text
    places = [min(notice.start, len(text) - 1) for notice in case.document.notices if notice.rule == HIDDEN]
    if not places:
        return
    start = text.rfind("\n", 0, places[0]) + 1
    span = Span(start, max(start + 1, (text + "\n").index("\n", start)))
    values = case.at(span) | {"count": str(len(places)), "quote": squeeze(text[span.start : span.end])[:CUT]}
    yield Check(HIDDEN, "violated", "", None, len(places), span=span, values=values)


def claim_in_doubt(document: Document, claim: Claim) -> Claim:
    """The claim, suspect at most where its number is unsure."""
    if claim.verdict == "inconsistent" and _unsure(document, claim.number):
        return claim._replace(verdict="suspect", note=REASON)
    return claim


def check_in_doubt(document: Document, check: Check) -> Check:
    """The check, suspect at most where one of its places is unsure, or where it misses what may have been overlooked
    on a picture."""
    if document.recognised and check.outcome == "violated" and check.rule.startswith(MISSING):
        return check._replace(outcome="suspect", reason=REASON)
    if check.outcome != "violated" or not any(_unsure(document, span) for span in (check.span, check.second)):
        return check
    return check._replace(outcome="suspect", reason=REASON)


def _unsure(document: Document, span: Span | None) -> bool:
    """Whether a place holds an unsure character."""
    return span is not None and document.is_unsure(span.start, span.end)
