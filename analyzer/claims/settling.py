"""What the figures beside a linked one say about its link: kind of suit, cases of others, parts, sums, workload."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from analyzer.claims.adding import sums, sums_above
from analyzer.claims.cells import (
    ACTUAL,
    APPLICANTS,
    CARRIED,
    CASES,
    DONE,
    HEADS,
    MATTER,
    NEW,
    OUTCOMES,
    OWN,
    RESULTS,
    WORKLOAD,
    amounts,
    is_own,
    unlink,
    value,
)
from analyzer.claims.context import BRACKET, HOLE
from analyzer.claims.linking import target
from analyzer.claims.quantities import Figure
from analyzer.knowledge.forms import Forms
from analyzer.knowledge.language import Language

FOREIGN = "none.foreign"
"""The pattern named by a number without one that goes on with something else than requests."""
ROW = 2
"""Numbers that need a third to add them up."""
BEHIND = 80
"""So far behind a case it may be said that it is not about disclosure."""


class SettleGrammar:
    """The words that decide, compiled once."""

    def __init__(self, language: Language) -> None:
        words = language.words
        kinds = "|".join(f"(?P<{name}>{words[f'suit_{name}']})" for name in ("direct", "after_review", "any"))
        self.suits = re.compile(kinds)
        self.suit_result = re.compile(words["suit_result"])
        self.alien = re.compile(words["case_alien"])
        self.alien_kind = re.compile(words["case_alien_kind"])
        self.extent = re.compile(f"(?P<all>{words['all_cases']})|(?P<disclosure>{words['disclosure']})")
        self.other_field = re.compile(words["case_other_field"])
        self.judge = re.compile(f"(?P<judge>{words['case_judge']})|{words['case_own']}")
        self.these = re.compile(words["case_these"])
        self.about = re.compile(words["split_about"])
        self.foreign = re.compile(words["foreign_head"])
        self.own_request = re.compile(words["own_request"])
        self.holds = re.compile(words["workload_holds"])
        self.handled = re.compile(words["workload_handled"])
        self.replied = re.compile(words["carried_replied"])
        self.narrow = re.compile(words["narrow_always"])
        self.carries = re.compile(words["narrow_carries"])
        self.part = re.compile(words["narrow_part"])
        self.year_only = re.compile(words["year_only"])
        self.sum = re.compile(f"(?:{words['sum_word']})$")
        kinds = "|".join(f"(?P<{name}>{words[f'applicant_{name}']})" for name in APPLICANTS)
        self.applicant = re.compile(
            f"(?:{kinds})(?:{words['applicant_tail']})*|(?P<several>{words['applicant_several']})"
        )
        self.dealt_with = re.compile(words["applicant_handled"])
        self.above = re.compile(words["sum_above"])


def settle_sentence(sentence: Sequence[Figure], masked: str, grammar: SettleGrammar, place: tuple[str, Forms]) -> None:
    """Correct the links of one sentence by what stands beside each figure; `place` is standard and forms."""
    found = amounts(sentence)
    if any(figure.period != "this_year" for figure in found):
        by_year(found, grammar, place)
    foreign_followers(found, masked, grammar)
    if not any(figure.indicator.startswith(OWN) for figure in found):
        if len(found) > ROW:
            sums(found, masked, grammar, place)
        return
    cases_of_others(found, masked, grammar)
    if any(figure.indicator.startswith("litigation.") for figure in found):
        suits(found, masked, grammar, place)
    for figure in found:
        if figure.indicator and is_own(figure.indicator) and _narrowed(figure, masked, grammar):
            figure.firm, figure.note = False, ""
    superseded(found)
    workload(found, masked, grammar, place)
    columns(found, masked, grammar, place)
    sums(found, masked, grammar, place)
    repeated(found)


def _narrowed(figure: Figure, masked: str, grammar: SettleGrammar) -> bool:
    """Whether the number counts a part of the body: 市本级收到12件，答复11件 narrows both, up to the semicolon."""
    begin = max(figure.sentence[0], masked.rfind("；", 0, figure.left) + 1)
    return (grammar.narrow.search(figure.lead) or grammar.carries.search(masked, begin, figure.left)) is not None


def settle_page(figures: Sequence[Figure], masked: str, grammar: SettleGrammar, place: tuple[str, Forms]) -> None:
    """Correct the links of a paragraph by what another of its sentences says."""
    linked = {figure.indicator for figure in figures}
    if any(is_own(key, CASES) for key in linked):
        not_about_disclosure(figures, masked, grammar)
    if CARRIED in linked:
        new_ones_only(figures, masked, grammar)
    if any(key.startswith(f"{NEW}/") for key in linked):
        applicants(figures)
    sums_above(figures, masked, grammar, place)


def foreign_followers(found: Sequence[Figure], masked: str, grammar: SettleGrammar) -> None:
    """办结1318件 after 受理低保申请1320件: what is answered is what was received before, not requests."""
    foreign, end = False, found[0].sentence[0] if found else 0
    for figure in found:
        clause = masked[max(end, figure.left - 40) : figure.left] + figure.tail
        if grammar.own_request.search(clause):
            foreign = False
        elif not figure.indicator.startswith("request") and grammar.foreign.search(
            figure.lead + figure.tail * bool(figure.lead)
        ):
            foreign = not grammar.own_request.search(figure.lead)
        elif foreign and figure.indicator.startswith("request"):
            unlink(figure)
        elif foreign and figure.pattern is None:
            figure.name = FOREIGN
        end = figure.right


def cases_of_others(found: Sequence[Figure], masked: str, grammar: SettleGrammar) -> None:
    """Reviews this body decides, and cases of another field of work."""
    other = False
    for number, figure in enumerate(found):
        if not is_own(figure.indicator, CASES):
            continue
        joined = number > 0 and masked[found[number - 1].right : figure.left].startswith(("、", "和", "及"))
        other = grammar.other_field.search(figure.lead) is not None or (other and joined)
        judged = [m.lastgroup for m in grammar.judge.finditer(masked, figure.sentence[0], figure.left)]
        if other or (judged and judged[-1] == "judge"):
            unlink(figure)
        elif figure.indicator:
            _all_cases(figure, masked, grammar)


def _all_cases(figure: Figure, masked: str, grammar: SettleGrammar) -> None:
    """All cases of the body (各类行政复议案件126件，行政诉讼31件) confirm at most; outside the sections on the matter,
    cases without a word of disclosure before them may be such."""
    told = [m.lastgroup for m in grammar.extent.finditer(masked, figure.sentence[0], figure.left)]
    if told and told[-1] == "all":
        figure.firm, figure.note = False, ""
    elif not told and MATTER.isdisjoint(figure.passage.place.section.split(";")):
        figure.firm, figure.note = False, "suspect"


def not_about_disclosure(figures: Sequence[Figure], masked: str, grammar: SettleGrammar) -> None:
    """Cases of which a clause behind says that they are not about disclosure (均与政府信息公开无关)."""
    cases = [f for f in amounts(figures) if is_own(f.indicator, CASES)]
    if not cases:
        return
    for pattern in (grammar.alien, grammar.alien_kind):
        for found in pattern.finditer(masked, cases[0].right):
            for figure in reversed([f for f in cases if f.right <= found.start() + 1]):
                between = masked[figure.right : found.start()]
                about = grammar.about.search(figure.lead) is not None
                if len(between) > BEHIND or "；" in between or (about and pattern is grammar.alien_kind):
                    break
                if "。" in between and not grammar.these.match(found.group()):
                    break
                unlink(figure)
                if about:
                    break


def suits(found: Sequence[Figure], masked: str, grammar: SettleGrammar, place: tuple[str, Forms]) -> None:
    """Results told of the suits brought at once, or of those after a review, state the cells of that kind."""
    begin, end = found[0].sentence
    outer = masked[:begin] + BRACKET.sub(lambda m: HOLE * (m.end() - m.start()), masked[begin:end]) + masked[end:]
    results = [f for f in found if f.indicator in [f"litigation.{result}" for result in RESULTS]]
    for figure in results:
        text = outer if figure.bracket < 0 else masked
        cues = list(grammar.suits.finditer(text, begin, figure.left))
        kind = cues[-1].lastgroup if cues else None
        key = f"litigation.{kind}.{figure.indicator.split('.')[1]}"
        if kind in (None, "any") or not place[1].resolve(place[0], key):
            continue
        if figure.bracket < 0 and _both_kinds(cues, figure, text, grammar):
            figure.firm, figure.note = False, ""
        else:
            figure.indicator = key


def _both_kinds(cues: Sequence[re.Match[str]], figure: Figure, text: str, grammar: SettleGrammar) -> bool:
    """Whether both kinds are counted first, so that a result behind them may be that of either or both."""
    if len(cues) < 2 or cues[-2].lastgroup in ("any", cues[-1].lastgroup):
        return False
    between, behind = text[cues[-2].end() : cues[-1].start()], text[cues[-1].end() : figure.left]
    told = HOLE in between or grammar.suit_result.search(between) is not None
    return not told and ("；" not in between or "；" in behind)


def workload(found: Sequence[Figure], masked: str, grammar: SettleGrammar, place: tuple[str, Forms]) -> None:
    """27件（含上年结转3件）: a number of which those carried in are a part is new and carried in together."""
    if not any(f.indicator == CARRIED for f in found) or not place[1].resolve(place[0], WORKLOAD):
        return
    for number, whole in enumerate(found):
        opening = grammar.holds.match(masked, whole.right) if whole.indicator == NEW else None
        if opening is None:
            continue
        parts: list[Figure] = []
        for part in found[number + 1 :]:
            inside = part.bracket >= 0 or "（" not in opening.group()
            if part.indicator not in (NEW, CARRIED, "") or not inside or "；" in masked[whole.right : part.left]:
                break
            parts.append(part)
        carried = [part for part in parts if part.indicator == CARRIED]
        if not carried or not value(whole) >= value(carried[0]) > 0:
            continue
        rest = [p for p in parts if p is not carried[0] and value(p) + value(carried[0]) == value(whole)]
        whole.indicator = WORKLOAD
        whole.firm = whole.firm and (bool(rest) or grammar.handled.search(whole.lead) is not None)
        for part in rest[:1]:
            part.indicator = part.indicator or (NEW if grammar.own_request.search(part.lead) else "")


def applicants(figures: Sequence[Figure]) -> None:
    """Applicants listed under new requests and those carried in together are counted over both."""
    new: Figure | None = None
    carried: Figure | None = None
    for key, group in groupby(amounts(figures), key=lambda f: f.indicator.startswith(f"{NEW}/")):
        members = list(group)
        if not key:
            new = next((f for f in reversed(members) if f.indicator in (NEW, WORKLOAD)), new)
            carried = next((f for f in reversed(members) if f.indicator == CARRIED), carried)
            continue
        total, own = sum(value(f) for f in members), 0 if new is None else value(new)
        both = own + (value(carried) if carried is not None else 0)
        told = new is not None and (carried is not None or new.sentence == members[0].sentence)
        over = new is not None and told and (total == own if new.indicator == WORKLOAD else own < total == both)
        for figure in members if over else ():
            figure.indicator = figure.indicator.replace(NEW, WORKLOAD, 1)


def columns(found: Sequence[Figure], masked: str, grammar: SettleGrammar, place: tuple[str, Forms]) -> None:
    """办结自然人提出的申请2件、商业企业提出的1件, 向自然人予以公开9件 count one kind of applicant only."""
    before: Figure | None = None
    for figure in found:
        stem, _, column = figure.indicator.partition("/")
        kinds = {m.lastgroup or "" for m in grammar.applicant.finditer(figure.lead)}
        key = ""
        if stem == NEW and column:
            joined = before is not None and masked[before.right : figure.left - len(figure.lead)] in ("、", "，", "")
            key = f"{DONE}/{column}" if joined or grammar.dealt_with.search(figure.lead) else ""
        elif stem in (NEW, DONE, *OUTCOMES) and len(kinds) == 1 and "several" not in kinds:
            key = f"{stem}/{kinds.pop()}"
        before = None
        if key and place[1].resolve(place[0], key):
            figure.indicator, figure.lead = key, grammar.applicant.sub("", figure.lead)
            before = figure if key.startswith(DONE) else None


def new_ones_only(figures: Sequence[Figure], masked: str, grammar: SettleGrammar) -> None:
    """已办结22件 beside 办结上年结转申请3件 counts the year's new requests only, and contradicts no cell."""
    found = amounts(figures)
    old = [f for f in found if f.indicator == CARRIED and grammar.replied.search(f.lead)]
    for figure in found if old else ():
        if figure.indicator == DONE and not grammar.holds.match(masked, figure.right):
            figure.firm, figure.note = False, ""


def by_year(found: Sequence[Figure], grammar: SettleGrammar, place: tuple[str, Forms]) -> None:
    """近三年累计收到48件，其中…2023年20件: the part that names this year states the cell of the whole."""
    head: Figure | None = None
    for figure in found:
        if figure.pattern is not None:
            head = figure if figure.period != "this_year" else None
        elif head is not None and figure.period == "this_year" and grammar.year_only.match(figure.lead):
            figure.indicator = target(head.pattern.target if head.pattern else None, *place)


def superseded(found: Sequence[Figure]) -> None:
    """收到6件，实际登记5件: the second number is the one that counts."""
    actual = next((f for f in found if f.pattern is not None and f.pattern.id == ACTUAL), None)
    for figure in found if actual is not None else ():
        if figure is not actual and actual is not None and figure.indicator == actual.indicator:
            unlink(figure)


def repeated(found: Sequence[Figure]) -> None:
    """Several numbers of one cell in one sentence are parts of it; each may confirm the cell, none contradict it."""
    groups: dict[str, list[Figure]] = {}
    for figure in found:
        if figure.indicator and is_own(figure.indicator):
            groups.setdefault(figure.indicator, []).append(figure)
    for key, group in groups.items():
        if len(group) < 2 or (key in HEADS and len({value(f) for f in group}) == 1):
            continue
        values = [value(figure) for figure in group]
        whole = next((f for f in group if len(group) > 2 and 2 * value(f) == sum(values)), None)
        for figure in group:
            if whole is not None and figure is not whole:
                unlink(figure)
            elif whole is None:
                figure.firm, figure.note = False, "suspect" if key in HEADS else ""


class Said:
    """The largest number stated so far for each whole, section by section, where it counts a whole area or system."""

    def __init__(self, grammar: SettleGrammar) -> None:
        self.part = grammar.part
        self.wide: dict[tuple[str, str], Figure] = {}

    def hear(self, sentence: Sequence[Figure], masked: str) -> None:
        """Unlink the smaller numbers of narrower subjects behind a number of the whole area."""
        for figure in amounts(sentence):
            if figure.indicator not in HEADS:
                continue
            place = figure.passage.place.section, figure.indicator
            whole = self.wide.get(place)
            if whole is not None and value(figure) < value(whole):
                start = max(figure.sentence[0], masked.rfind("；", 0, figure.left) + 1)
                if self.part.search(masked, start, figure.left):
                    unlink(figure)
            elif figure.scope in ("area", "system") and figure.period == "this_year":
                self.wide[place] = figure
