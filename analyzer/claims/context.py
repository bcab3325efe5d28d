"""What stands round a number: its clause, the topic it falls under, the period and scope its sentence sets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analyzer.claims.passages import Passage
from analyzer.claims.quantities import Figure
from analyzer.dictionary import tokens
from analyzer.document import Period, Scope
from analyzer.knowledge.language import Language

HOLE = "\x00"
BRACKET = re.compile("（[^（）]*）")
BREAK = re.compile("[，；：。！？]")
OWN_YEAR = re.compile("(?:19|20)[0-9]{2}(?!.*[0-9])")
TAIL_END = re.compile("[，；：。！？（）]")
QUOTE_LENGTH, QUOTE_WHOLE, QUOTE_LEAST = 16, 24, 4
"""A quote holds a lead of so many characters whole, else about the first number of it; with fewer than the least, words
behind the number are added."""
JOINTS = "、和"
EARLIER = 160
LATER = 24
"""So far back and on topics are looked for."""
OWN = 12
"""So far before a year stands the word that makes it that of one number."""
YEARLY = ("year", "last_year")
COMPARED = 32
"""So far before a change stands what it is compared with."""
SINCE = 6
"""So far before 以来 stands the year it counts from."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The expressions of `Language.words` and `Language.topics` that context is read with, compiled once."""

    topic: re.Pattern[str]
    section_topics: dict[str, str]
    filler: re.Pattern[str]
    opening: re.Pattern[str]
    change: re.Pattern[str]
    change_lead: re.Pattern[str]
    growth_lead: re.Pattern[str]
    each: re.Pattern[str]
    names: re.Pattern[str]
    period: re.Pattern[str]
    part_year: re.Pattern[str]
    scope: re.Pattern[str]
    edge: re.Pattern[str]
    denied: re.Pattern[str]
    compared: re.Pattern[str]
    weak: re.Pattern[str]
    each_directly: re.Pattern[str]
    own_before: re.Pattern[str]
    own_after: re.Pattern[str]

    @classmethod
    def of(cls, language: Language) -> Cues:
        """Compiled from the data."""
        words = language.words
        topic = "|".join(f"(?P<{name}>{text})" for name, text in language.topics.items())
        period = "|".join(f"(?P<{n}>{words[f'period_{n}']})" for n in ("plan", "cumulative", "last_year", "this_year"))
        scope = "|".join(f"(?P<{name}>{words[f'scope_{name}']})" for name in ("area", "body", "system", "site"))
        return cls(
            topic=re.compile(f"(?=[{words['topic_starts']}])(?:{topic})"),
            section_topics=dict(language.section_topics),
            filler=re.compile(f"(?:{words['filler']})+$"),
            opening=re.compile(f"(?:{words['opening']})+"),
            change=re.compile(words["change"]),
            change_lead=re.compile(f"(?:{words['change_lead']})$"),
            growth_lead=re.compile(f"(?:{words['growth_lead']})$"),
            period=re.compile(
                f"(?=[{words['period_starts']}])(?:(?P<years>{words['period_years']})|{period}"
                f"|(?P<year>{words['period_year']}))"
            ),
            each=re.compile(words["each"]),
            names=re.compile(words["each_names"]),
            part_year=re.compile(words["period_part"]),
            scope=re.compile(f"(?=[{words['scope_starts']}])(?:{scope})"),
            edge=re.compile(words["quote_edge"]),
            denied=re.compile(words["denied_clause"]),
            compared=re.compile(words["compared"]),
            weak=re.compile(words["period_weak"]),
            each_directly=re.compile(words["each_directly"]),
            own_before=re.compile(words["period_own_before"]),
            own_after=re.compile(words["period_own_after"]),
        )


def clauses(figures: Sequence[Figure], masked: str, cues: Cues) -> None:
    """Set lead, tail, bracket and quote of all figures of one sentence."""
    begin, end = figures[0].sentence
    outer = masked
    if "（" in masked[begin:end]:
        outer = masked[:begin] + BRACKET.sub(lambda m: HOLE * (m.end() - m.start()), masked[begin:end]) + masked[end:]
    previous: dict[int, Figure] = {}
    for number, figure in enumerate(figures):
        text, low, high = outer, begin, end
        if outer[figure.start] == HOLE:
            low = figure.bracket = masked.rfind("（", begin, figure.start) + 1
            high = masked.find("）", figure.start, end)
            text = masked
        before = previous.get(figure.bracket)
        start = max(low, before.right if before else low, _last_break(text, low, figure.left))
        if text[figure.left - 1 : figure.left] == "、":
            start = figure.left
        following = figures[number + 1].left if number + 1 < len(figures) else end
        _cut(figure, text, start, (following, high), cues)
        previous[figure.bracket] = figure
        if not figure.lead:
            figure.lead = _inherited(text[low:start], figures[:number], cues)


def _last_break(text: str, low: int, high: int) -> int:
    return max(low, *(text.rfind(mark, low, high) + 1 for mark in "，；：。！？"))


def _cut(figure: Figure, text: str, start: int, ends: tuple[int, int], cues: Cues) -> None:
    lead = text[start : figure.left].replace(HOLE, "")
    filler = cues.filler.search(lead)
    if filler:
        figure.filler, lead = filler[0], lead[: filler.start()]
    opening = cues.opening.match(lead)
    figure.lead = lead[opening.end() :] if opening else lead
    following, high = ends
    stop = TAIL_END.search(text, figure.right, high)
    close = stop.start() if stop else high
    mark = text.find("、", figure.right, close)
    close = mark if mark >= 0 else close
    figure.tail = "" if following < close and not figure.lead else text[figure.right : min(close, following)]
    figure.tail = figure.tail.replace(HOLE, "")
    figure.quote = _quote(figure, text, start, cues)


def _quote(figure: Figure, text: str, start: int, cues: Cues) -> tuple[int, int]:
    opening = cues.opening.match(text, start, figure.left)
    begin = opening.end() if opening else start
    while begin < figure.left and (text[begin] == HOLE or text[begin] in "、（"):
        begin += 1
    if begin == figure.left and text[start - 1 : start] == "：":
        named = _last_break(text, figure.sentence[0], start - 1)
        begin = named if figure.left - named <= QUOTE_WHOLE and HOLE not in text[named:begin] else begin
    elif begin < figure.left and text[figure.left - 1] in JOINTS:
        begin = figure.left
    elif figure.left - begin > QUOTE_WHOLE:
        begin = _edge(text, begin, figure.left, cues)
    end = figure.right
    if figure.left - begin < QUOTE_LEAST or not figure.lead:
        end += min(len(figure.tail), QUOTE_LENGTH)
        end = min(end, len(text))
    while text[end - 1] in JOINTS:
        end -= 1
    return begin, end


def _edge(text: str, begin: int, end: int, cues: Cues) -> int:
    """Where a long lead is cut: after a mark or before a verb, else before a word by jieba's tokens."""
    near = [edge.end() for edge in cues.edge.finditer(text, begin, end) if end - edge.end() <= QUOTE_LENGTH]
    if near:
        return near[0]
    place = begin = max(begin, end - 2 * QUOTE_LENGTH)
    for word in tokens(text[begin:end]):
        if end - place <= QUOTE_LENGTH:
            break
        place += len(word)
    return place


def _inherited(before: str, earlier: Sequence[Figure], cues: Cues) -> str:
    """What the clause before a bare number says, changes against last year left out, if it holds no number itself."""
    text = cues.change.sub("", before.replace(HOLE, "")).rstrip("，：")
    clause = BREAK.split(text)[-1]
    if cues.denied.match(clause) or any(f.passage.text[f.start : f.right] in clause for f in earlier):
        return ""
    return cues.filler.sub("", clause)


def distribute(figures: Sequence[Figure], masked: str, cues: Cues) -> None:
    """Names joined before 分别, as many numbers behind it: each number gets its name (微信和微博分别41条、20条)."""
    begin, end = figures[0].sentence
    for each in cues.each.finditer(masked, begin, end):
        first = _last_break(masked, begin, each.start())
        names = cues.names.split(masked[first : each.start()])
        printed = cues.names.split(figures[0].passage.text[first : each.start()])
        row = [f for f in figures if f.start >= each.end()][: len(names)]
        if len(names) < 2 or len(row) < len(names) or BREAK.search(masked, each.end(), row[0].left):
            continue
        gaps = (masked[a.right : b.left] for a, b in pairwise(row))
        if any(len(cues.names.sub("", gap)) > 1 for gap in gaps):
            continue
        verb = cues.filler.sub("", masked[each.end() : row[0].left])
        for number, (name, figure) in enumerate(zip(names, row, strict=True)):
            year = OWN_YEAR.match(printed[number]) if len(printed) == len(names) else None
            figure.lead, figure.stated = name + verb, year[0] if year else ""
            figure.unit, figure.unit_kind = figure.unit or row[-1].unit, figure.unit_kind or row[-1].unit_kind


def growth(figure: Figure, cues: Cues) -> bool:
    """Whether the number is a change, not an amount."""
    if figure.unit_kind == "percent":
        return cues.growth_lead.search(figure.lead) is not None
    if cues.change_lead.search(figure.lead) is not None:
        return True
    before = figure.passage.text[max(figure.sentence[0], figure.left - COMPARED) : figure.left]
    return cues.compared.search(before) is not None


def doubles(figures: Sequence[Figure], masked: str, cues: Cues) -> list[Figure]:
    """自然人、企业各1件: one more figure for each name before the last, which the figure itself keeps."""
    made = []
    for figure in figures:
        names = cues.names.split(figure.lead)
        if len(names) < 2 or not all(names) or not cues.each_directly.search(masked, figure.left - 2, figure.left):
            continue
        figure.lead = names.pop()
        made += [replace(figure, lead=name) for name in names]
    return made


def topics_named(figures: Sequence[Figure], masked: str, cues: Cues) -> list[re.Match[str]]:
    """Every topic named near the figures of a passage."""
    if not figures:
        return []
    begin = max(0, figures[0].sentence[0] - EARLIER)
    return list(cues.topic.finditer(masked, begin, min(figures[-1].sentence[1], figures[-1].right + LATER)))


class Topics:
    """Which topics the figures of a sentence fall under: the last one named before, else the default."""

    def __init__(self, sentence: Sequence[Figure], named: Sequence[re.Match[str]], default: str) -> None:
        begin, end = sentence[0].sentence
        first, last = begin - EARLIER, min(end, sentence[-1].right + LATER)
        found = [m for m in named if first <= m.start() and m.end() <= last]
        self.ends = [m.end() for m in found]
        self.names = [m.lastgroup or "" for m in found]
        self.default = default

    def at(self, figure: Figure) -> tuple[str, ...]:
        """The topics of a number: those named in its clause, and the last one before the clause, else the default."""
        first = bisect_left(self.ends, figure.left - len(figure.lead))
        last = bisect_left(self.ends, figure.right + len(figure.tail) + 1)
        before = self.names[first - 1] if first else self.default
        return (before, *self.names[first:last])


def default_topic(passage: Passage, cues: Cues) -> str:
    """What a passage is about by its headings (the innermost that names one topic), else by its section."""
    found = ""
    for heading in passage.place.headings:
        named = {m.lastgroup or "" for m in cues.topic.finditer(heading)}
        found = named.pop() if len(named) == 1 else found
    for section in passage.place.section.split(";"):
        found = found or cues.section_topics.get(section, "")
    return found


class Setting:
    """Period and scope of the figures of one sentence, by the cue words before each."""

    def __init__(self, sentence: Sequence[Figure], year: int | None, cues: Cues) -> None:
        self.passage, begin = sentence[0].passage, sentence[0].sentence[0]
        self.year, self.begin, self.cues = year, begin, cues
        text, end = self.passage.text, max(figure.right for figure in sentence)
        self.periods = list(cues.period.finditer(text, begin, end))
        self.scopes = list(cues.scope.finditer(text, begin, end))
        self.brackets = [m.span() for m in BRACKET.finditer(text, begin, end)] if self.periods else []
        self.own = {cue.start() for cue in self.periods if cue.lastgroup in YEARLY and self._only_its_own(cue)}
        self.numbers = [figure.start for figure in sentence]

    def _only_its_own(self, cue: re.Match[str]) -> bool:
        """Whether a year says where its own number comes from (较2022年的, 加上2022年结转的), not when all this was."""
        text = self.passage.text
        before = text[max(self.begin, cue.start() - OWN) : cue.start()]
        return bool(self.cues.own_before.search(before) or self.cues.own_after.match(text, cue.end()))

    def _numbered(self, start: int, end: int) -> bool:
        """Whether a figure of the sentence stands between."""
        return bisect_left(self.numbers, start) < bisect_left(self.numbers, end)

    def period(self, figure: Figure) -> Period:
        """The last cue decides; a plan word rules all behind it, until a clause of its own names another year."""
        section = self.passage.place.section.split(";")
        if figure.stated:
            return _of_year(figure.stated, self.year)
        if "plans" in section and "problems" not in section:
            return "plan"
        text = self.passage.text
        found: Period = "this_year"
        decided = ahead = 0
        for cue in self.periods:
            kind = cue.lastgroup
            if cue.end() > figure.left:
                break
            if any(a <= cue.start() < b <= figure.left for a, b in self.brackets):
                continue
            if cue.start() in self.own and (
                self._numbered(cue.end(), figure.left) or BREAK.search(text, cue.end(), figure.left)
            ):
                continue
            if ahead and (kind != "year" or "；" not in text[ahead : cue.start()]):
                continue
            if kind == "plan":
                found, ahead = "plan", cue.end()
            elif kind == "cumulative":
                since = text[max(self.begin, cue.start() - SINCE) : cue.start()]
                past = f"{self.year}" in since or "；" in text[cue.end() : figure.left]
                found = "this_year" if past else "cumulative"
            elif kind == "years":
                found = found if "；" in text[cue.end() : figure.left] else "other_year"
            elif kind == "this_year" and decided and self.cues.weak.fullmatch(cue.group()):
                found = found if not self._numbered(decided, cue.start()) else "this_year"
            elif kind == "year":
                found = _of_year(cue["year"], self.year)
                ahead = cue.end() if found == "plan" and cue.start() not in self.own else 0
            else:
                found = "last_year" if kind == "last_year" else "this_year"
            decided = cue.end() if kind in YEARLY else decided
        if figure.kind == "growth" and found in ("last_year", "other_year"):
            return "this_year"
        if found == "this_year" and self._part(figure.left):
            return ""
        return found

    def _part(self, end: int) -> bool:
        """Whether the last words on time before a number name a part of the year."""
        parts = list(self.cues.part_year.finditer(self.passage.text, self.begin, end))
        return bool(parts) and not any(
            cue.lastgroup == "this_year" and parts[-1].end() <= cue.start() and cue.end() <= end for cue in self.periods
        )

    def scope(self, figure: Figure) -> Scope:
        """The last scope word before the number."""
        names = [cue.lastgroup for cue in self.scopes if cue.end() <= figure.left]
        name = names[-1] if names else ""
        return "area" if name == "area" else "body" if name == "body" else "system" if name == "system" else _site(name)


def _site(name: str | None) -> Scope:
    return "site" if name == "site" else ""


def _of_year(stated: str, year: int | None) -> Period:
    if year is None or int(stated[:4]) == year:
        return "this_year"
    if int(stated[:4]) > year:
        return "plan"
    return "last_year" if int(stated[:4]) == year - 1 else "other_year"
