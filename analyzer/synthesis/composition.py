"""A report put together from one family's outlines, headings and frames, round the numbers of a world."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random
from typing import Literal, TypeVar

from analyzer.errors import BadKnowledge
from analyzer.knowledge import templates
from analyzer.knowledge.grammar import Body, Grammar, Heading, Outline, Scoped, Title
from analyzer.synthesis import world as worlds
from analyzer.synthesis.details import Details
from analyzer.synthesis.draft import Draft, Part, Sentence
from analyzer.synthesis.figures import chinese
from analyzer.synthesis.frames import Facts
from analyzer.synthesis.selection import Chosen, Selection

Length = Literal["short", "usual", "long", "huge"]
Weighted = TypeVar("Weighted", Title, Outline)
YEARS = {"none": (2009, 2013), "2014": (2014, 2018), "2019": (2019, 2020), "2021": (2021, 2025)}
SIZES: dict[Length, tuple[int, int]] = {"short": (1, 2), "usual": (2, 5), "long": (5, 12), "huge": (40, 160)}
"""Frames of a part, by the report's length."""
LENGTHS = {
    "township": (45, 50, 5, 0),
    "county": (20, 60, 18, 2),
    "city": (8, 52, 32, 8),
    "province": (2, 30, 48, 20),
    "national": (2, 40, 48, 10),
}
PREAMBLE, TABLED, OVERVIEW = "preamble", "statistics", "overview"
OPENING = ("basis", "period", "contact")
ASPECTS = ("proactive_disclosure", "requests", "management", "platform", "supervision")
ASPECT_SECTIONS = {"management": "organization", "supervision": "organization"}
"""Under which sub-heading an aspect without a class of its own stands."""
BARE_TABLES = 0.65
"""How often since 2019 a part that holds a table says nothing else."""
NOTED = 0.3
"""How often the table of statistics has a note."""
WHOLE = 0.5
"""How often a part in which nothing occurred says only that."""
BLANK, SIGNED = 0.06, 0.5
"""How often a table has cells left blank, and a report ends with name and date."""
GROUP = 3
"""Most frames of a paragraph."""


def compose(
    rng: Random,
    grammar: Grammar,
    standard: str,
    *,
    body: Body | None = None,
    year: int | None = None,
    length: Length | None = None,
    blanks: bool | None = None,
) -> Draft:
    """A clean report (what it lacks by the family's own poverty is left to the labels); `blanks` forces or forbids
    blank cells."""
    chosen = body or rng.choice([b for b in grammar.bodies if _can_report(grammar, standard, b)])
    when = year or rng.randint(*YEARS[standard])
    world = worlds.draw(rng, standard, chosen, grammar=grammar)
    details = Details(rng, grammar.fills, chosen, when)
    facts = Facts(grammar, standard, {**world.cells, **world.numbers}, details.fill)
    selection = Selection(rng, grammar, chosen, standard, facts)
    writer = _Writer(selection, SIZES[length or rng.choices(list(SIZES), LENGTHS[chosen.level])[0]])
    parts = writer.parts(_weighted(rng, [o for o in grammar.outlines if selection.suits(o)]))
    _number(rng, grammar, parts)
    title = _weighted(rng, [t for t in grammar.titles if selection.suits(t)])
    lines = writer.plain(templates.parse(title.text, "title")).split("\n")
    draft = Draft(
        grammar.family, chosen, when, standard, standard, lines, parts, dict(world.cells), dict(world.numbers)
    )
    if blanks or (blanks is None and rng.random() < BLANK):
        _leave_blank(rng, draft)
    _sign(rng, draft, grammar)
    return draft


def _can_report(grammar: Grammar, standard: str, body: Body) -> bool:
    entries: Sequence[Iterable[Scoped]] = (grammar.titles, grammar.outlines)
    return standard in body.standards and all(
        any(e.suits(standard, body.level, body.kind) for e in group) for group in entries
    )


def _weighted(rng: Random, entries: Sequence[Weighted]) -> Weighted:
    if not entries:
        raise BadKnowledge("the family has no title or outline for such a report")
    return rng.choices(entries, [entry.weight for entry in entries])[0]


class _Writer:
    """Writes the parts of one report."""

    def __init__(self, selection: Selection, size: tuple[int, int]) -> None:
        self.selection, self.size, self.rng = selection, size, selection.rng
        self.grammar, self.standard = selection.grammar, selection.standard
        self.headings: set[str] = set()

    def plain(self, nodes: tuple[templates.Node, ...]) -> str:
        """Text of a title or heading."""
        words = []
        for node in nodes:
            if isinstance(node, templates.Fill):
                words.append(self.selection.facts.fills(self.rng, node.name))
            elif isinstance(node, templates.Choice):
                words.append(self.rng.choice(node.options))
            elif isinstance(node, templates.Words):
                words.append(node.text)
        return "".join(words)

    def parts(self, outline: Outline) -> list[Part]:
        """All parts in order, the tables among them."""
        tables = {} if self.standard == "none" else self._tables()
        written = [self._preamble()]
        for section in outline.sections:
            inside = outline.inside.get(section, ())
            own = [table for part in section.split(";") for table in tables.pop(part, [])]
            written += self._part(section, inside, own)
        for section, left in tables.items():
            written += self._part(section, (), left)
        return written

    def _tables(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for table in self.grammar.forms.standard(self.standard).tables:
            found.setdefault(table.section, []).append(table.id)
        return found

    def _title_of(self, table: str) -> str:
        tables = self.grammar.forms.standard(self.standard).tables
        return next(entry.title for entry in tables if entry.id == table)

    def _preamble(self) -> Part:
        chosen: list[Chosen] = []
        for duty in OPENING:
            if duty not in self.selection.met and (duty != "basis" or self.rng.random() < 0.7):
                chosen += self.selection.pick([PREAMBLE], 1, duty=duty)
        if self.rng.random() < 0.4 or not chosen:
            chosen += self.selection.pick([PREAMBLE], 1)
        chosen.sort(key=lambda entry: _opening_place(entry.sentence))
        return Part(PREAMBLE, "", paragraphs=[[entry.sentence for entry in chosen]] if chosen else [])

    def _part(self, section: str, inside: Sequence[str], tables: list[str]) -> list[Part]:
        heading = self._heading(section, 1)
        if not heading and tables:
            heading = self._title_of(tables[0])
        if not heading:
            return []
        first = Part(section, heading, tables=tables, tables_first=bool(tables) and self.rng.random() < 0.15)
        below = self._inside(section, inside)
        if TABLED in section.split(";"):
            first.paragraphs = _paragraphs(self.rng, self.selection.pick([TABLED], self.rng.random() < NOTED))
        elif not tables or self.rng.random() > BARE_TABLES:
            first.paragraphs = self._prose(section, bool(below))
        if OVERVIEW in section.split(";") and self.standard == "2021":
            self._aspects([first, *below])
        filled = first.paragraphs or tables or below
        return [first, *below] if filled else []

    def _prose(self, section: str, opened: bool) -> list[list[Sentence]]:
        """Paragraphs of a part; `opened` is one whose sub-headings say most of it."""
        classes = section.split(";")
        if not opened and self.rng.random() < WHOLE:
            whole = self.selection.whole(classes)
            if whole:
                return _paragraphs(self.rng, whole)
        low, high = (0, 1) if opened else self.size
        chosen = self._duties(section)
        return _paragraphs(self.rng, chosen + self.selection.pick(classes, self.rng.randint(low, high)))

    def _duties(self, section: str) -> list[Chosen]:
        """What the part must say: since 2021 the fees, among the other matters."""
        if "other_matters" in section.split(";") and self.standard == "2021" and "fees" not in self.selection.met:
            return self.selection.pick(["other_matters"], 1, duty="fees")
        return []

    def _inside(self, section: str, inside: Sequence[str]) -> list[Part]:
        """The sub-headings of a part with what stands below them."""
        parts = []
        wanted = _aspects_of(inside)
        for place, below in enumerate(inside):
            duty = wanted[place] if OVERVIEW in section.split(";") else ""
            heading = self._heading(below, 2, duty)
            chosen = self.selection.pick([below, section], 1, duty=duty) if duty else []
            low, high = self.size
            chosen += self.selection.pick([below], max(0, self.rng.randint(low, high) - len(chosen)))
            if heading and chosen:
                parts.append(Part(below, heading, depth=2, paragraphs=_paragraphs(self.rng, chosen)))
        return parts

    def _aspects(self, parts: list[Part]) -> None:
        """The five aspects that the overview since 2021 must have; each that is missing where it fits best."""
        told = {duty for part in parts for sentence in part.sentences() for duty in sentence.content}
        for aspect in ASPECTS:
            section = ASPECT_SECTIONS.get(aspect, aspect)
            if aspect in told:
                continue
            chosen = self.selection.pick([OVERVIEW, section], 1, duty=aspect)
            place = next((part for part in parts if part.section == section), parts[0])
            place.paragraphs += [[entry.sentence] for entry in chosen]

    def _heading(self, section: str, depth: int, duty: str = "") -> str:
        """A heading of the family for this class that the report does not have yet; empty: it has none."""
        own = [h for h in self.grammar.headings if h.section == section and self.selection.suits(h)]
        fitting = [h for h in own if h.depth == depth] or own
        words = self.grammar.fills.duty_words
        named = [h for h in fitting if duty in words and any(word in h.text for word in words[duty])]
        others = {word for other in words if other != duty for word in words[other]}
        apart = [h for h in fitting if not any(word in h.text for word in others)]
        texts = [self.plain(h.nodes) for h in self._shuffled(named or (apart if duty else []) or fitting)]
        text = next((text for text in texts if text not in self.headings), "")
        self.headings.add(text)
        return text

    def _shuffled(self, headings: list[Heading]) -> list[Heading]:
        return self.rng.sample(headings, len(headings))


def _aspects_of(inside: Sequence[str]) -> list[str]:
    """Which aspect each sub-heading of an overview is for; of two on organisation the last is on supervision."""
    last = max((n for n, section in enumerate(inside) if section == "organization"), default=-1)
    duties = []
    for place, section in enumerate(inside):
        if section == "organization":
            duties.append("supervision" if place == last else "management")
        else:
            duties.append(section if section in ASPECTS else "")
    return duties


def _opening_place(sentence: Sentence) -> int:
    """Basis first, the contact last."""
    places = [OPENING.index(duty) for duty in sentence.content if duty in OPENING]
    return min(places, default=1)


def _paragraphs(rng: Random, chosen: list[Chosen]) -> list[list[Sentence]]:
    """The sentences in the grammar's order, one to a few a paragraph."""
    ordered = [entry.sentence for entry in sorted(chosen, key=lambda entry: entry.place)]
    paragraphs: list[list[Sentence]] = []
    while ordered:
        size = rng.randint(1, GROUP)
        paragraphs.append(ordered[:size])
        del ordered[:size]
    return paragraphs


def _number(rng: Random, grammar: Grammar, parts: list[Part]) -> None:
    """The ordinals of the headings, in one style; the statistics at the end have none."""
    fills = grammar.fills
    style = rng.choices(fills.numbering, fills.numbering_weights)[0]
    counts = [0, 0]
    for part in parts:
        if not part.heading or (part.section == TABLED and part.depth == 1):
            continue
        counts[part.depth - 1] += 1
        counts[part.depth :] = [0] * (2 - part.depth)
        n = counts[part.depth - 1]
        part.number = style[part.depth - 1].format(n="二" if n == 2 else chinese(n), d=n)


def _leave_blank(rng: Random, draft: Draft) -> None:
    """Leaves some cells that hold 0 empty."""
    zeros = [key for key, value in draft.cells.items() if value == 0]
    for key in rng.sample(zeros, min(len(zeros), rng.randint(1, 4))):
        draft.cells[key] = None


def _sign(rng: Random, draft: Draft, grammar: Grammar) -> None:
    """Name and date below the report, within the term that binds the body."""
    early = draft.body.kind not in ("government", "office", "zone") and draft.year >= 2019
    month = 1 if early else rng.randint(1, 3)
    day = date(draft.year + 1, month, rng.randint(5, 28))
    draft.published = day.isoformat()
    if rng.random() < SIGNED:
        form = grammar.fills.date[0]
        draft.closing = [draft.body.name, form.format(year=day.year, month=day.month, day=day.day)]
