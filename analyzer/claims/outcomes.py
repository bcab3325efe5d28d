"""Results of cases told without a number of their own: 行政复议3件，均维持."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.claims.quantities import Figure
from analyzer.knowledge.forms import Forms
from analyzer.knowledge.language import Language
from analyzer.numerals import Quantity

NAME = "result.all"
"""The pattern that a claim of such a result names."""
NOTHING = Quantity(0, 0, 0, False)
RESULTS = ("pending", "closed", "upheld", "corrected", "other")
STEMS = {
    "review": "review",
    "review.total": "review",
    "litigation": "litigation",
    "litigation.direct.total": "litigation.direct",
    "litigation.after_review.total": "litigation.after_review",
}


class OutcomeGrammar:
    """The clause that is only a result, by result."""

    def __init__(self, language: Language) -> None:
        words = language.words
        results = "|".join(f"(?P<{name}>{words[f'outcome_{name}']})" for name in RESULTS)
        opening = f"(?P<all>(?:{words['outcome_opening']})*)"
        self.clause = re.compile(f"[，（：](?P<words>{opening}(?:{results}))(?=[，。；）]|$)")
        self.every = re.compile(words["outcome_every"])


def outcomes(
    sentence: Sequence[Figure], masked: str, grammar: OutcomeGrammar, place: tuple[str, Forms]
) -> list[Figure]:
    """A figure for each count of cases whose result the clause behind it tells; `place` is standard and forms."""
    made: list[Figure] = []
    open_counts: list[Figure] = []
    for figure in sentence:
        if figure.kind != "amount" or figure.period != "this_year":
            continue
        if figure.indicator not in STEMS:
            open_counts = []
            continue
        open_counts.append(figure)
        found = grammar.clause.match(masked, figure.right, figure.sentence[1])
        if found is None:
            continue
        every = grammar.every.search(found["all"]) is not None
        for count in open_counts if every else [figure]:
            result = _result(count, found, place, every=every)
            made += [result] if result is not None else []
        open_counts = []
    return made


def _result(count: Figure, found: re.Match[str], place: tuple[str, Forms], *, every: bool) -> Figure | None:
    name = next(name for name in RESULTS if found[name] is not None)
    closed = name == "closed"
    key = f"{STEMS[count.indicator]}.{'pending' if closed else name}"
    vague = closed and not every and count.quantity.value != 1
    if vague or not count.firm or not place[1].resolve(place[0], key):
        return None
    start, end = found.span("words")
    figure = Figure(count.passage, count.sentence, start, end, start, end, NOTHING if closed else count.quantity)
    figure.unit, figure.quote = count.unit, (min(count.quote[0], start), end)
    figure.name, figure.indicator, figure.scope, figure.whole = NAME, key, count.scope, count
    return figure
