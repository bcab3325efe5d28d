"""How a report is laid out: section classes with their headings, ordinals, the words of title and preamble,
the ends of agency names. The patterns stand in `outline*.toml` with texts they must and must not find."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Any

from analyzer.errors import BadKnowledge
from analyzer.knowledge.schema import Source, build

FRAGMENT = re.compile(r"\{([a-z_]+)\}")
PUNCTUATION = re.compile(r"[^\w+]|_")
REMEMBERED = 4096
STOPS = "。；;\n"
SPACE = re.compile(r"\s+|\u200b|\ufeff")


@dataclass(frozen=True, slots=True)
class SectionClass:
    """A class of sections; `required` holds the years that demand it: `2008-2018`, `2019-`."""

    section: str
    name: str
    name_en: str
    meaning: str
    meaning_en: str
    required: tuple[str, ...] = ()

    def demanded(self, year: int) -> bool:
        """Whether reports of `year` must have it."""
        spans = (span.partition("-") for span in self.required)
        return any(int(since) <= year <= int(until or 9999) for since, _, until in spans)


@dataclass(frozen=True)
class Pattern:
    """A regular expression with texts it must find and texts it must not find; `unless` takes a match back."""

    pattern: str
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]
    unless: str = ""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        return re.compile(self.pattern)

    @cached_property
    def exception(self) -> re.Pattern[str] | None:
        """What takes a match back, compiled."""
        return re.compile(self.unless) if self.unless else None

    def finds(self, text: str) -> bool:
        """Whether the pattern, and nothing that takes it back, stands in `text`."""
        return self.regex.search(text) is not None and not (self.exception and self.exception.search(text))


@dataclass(frozen=True)
class OrdinalStyle(Pattern):
    """A way to number headings; styles come outermost first."""

    style: str = ""


@dataclass(frozen=True)
class ClassPattern(Pattern):
    """A pattern that speaks for a section class (headings: ids joined by `;`); keywords have a weight of 1 to 5."""

    section: str = ""
    weight: int = 3


@dataclass(frozen=True)
class BodyKind(Pattern):
    """What the end of an agency's name says about its kind."""

    kind: str = ""


@dataclass(frozen=True)
class BodyLevel(Pattern):
    """What an agency's name says about its level, before places are looked at."""

    level: str = ""


@dataclass(frozen=True, slots=True)
class Patterns:
    """The single patterns of `outline.toml`; the file says what each finds."""

    listing: Pattern
    traditional: Pattern
    toc_line: Pattern
    statement: Pattern
    figures: Pattern
    soft_break: Pattern
    ordinal_mark: Pattern
    caption: Pattern
    annex: Pattern
    official: Pattern
    form_row: Pattern
    columns: Pattern
    rest: Pattern
    whole: Pattern
    dateline: Pattern
    subdivided: Pattern
    not_heading: Pattern
    connective: Pattern
    lead: Pattern
    listed: Pattern
    flat: Pattern
    title: Pattern
    title_end: Pattern
    title_wrapper: Pattern
    title_noise: Pattern
    title_year: Pattern
    title_rest: Pattern
    news: Pattern
    period: Pattern
    named_year: Pattern
    preamble_year: Pattern
    any_year: Pattern
    date: Pattern
    signature: Pattern
    written_field: Pattern
    posted_field: Pattern
    agency_field: Pattern
    author: Pattern
    self: Pattern
    subject: Pattern
    account: Pattern
    demand: Pattern
    statute: Pattern
    other_title: Pattern
    relayed: Pattern


@dataclass(frozen=True, slots=True)
class Lengths:
    """Longest texts in characters: a heading's line, a heading on the line of its text, one without ordinal and
    markup, the second line of a broken heading, a title, the last line of one."""

    line: int
    inline: int
    plain: int
    tail: int
    title: int
    subtitle: int


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The ends of place names by level (patterns) and of zones, the municipalities that rank as provinces, the
    word for a city, and words that hold one of these and are no place (patterns)."""

    province: tuple[str, ...]
    city: tuple[str, ...]
    county: tuple[str, ...]
    zone: tuple[str, ...]
    municipality: tuple[str, ...]
    mask: tuple[str, ...]
    urban: str


@dataclass(frozen=True, slots=True)
class Prefectures:
    """The cities of a province that have counties below them."""

    province: str
    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Outline:
    """How a report is laid out (compared by identity: results for a heading are remembered by it)."""

    sections: tuple[SectionClass, ...]
    patterns: Patterns
    lengths: Lengths
    folding: Mapping[int, str]
    ordinals: tuple[OrdinalStyle, ...]
    headings: tuple[ClassPattern, ...]
    keywords: tuple[ClassPattern, ...]
    sentences: tuple[ClassPattern, ...]
    kinds: tuple[BodyKind, ...]
    levels: tuple[BodyLevel, ...]
    place_words: PlaceWords
    prefectures: tuple[Prefectures, ...]

    def required(self, year: int | None) -> tuple[str, ...]:
        """Ids of the section classes that reports of `year` must have, in the order of sections.csv."""
        return () if year is None else tuple(s.section for s in self.sections if s.demanded(year))

    def mentions(self, text: str, section_id: str) -> bool:
        """Whether a sentence of `text` (one sentence, or a whole text of lines) is of the class `section_id`; one
        that only lists the report's parts is of none."""
        return any(
            not (entry.exception and entry.exception.search(clause)) and not self.patterns.listed.finds(clause)
            for entry in self._sentences_of.get(section_id, ())
            for clause in _clauses(entry.regex, text)
        )

    def known(self, bare: str) -> str:
        """Ids of the class that the whole heading (see `bare`) certainly names, or empty."""
        found = self._known.fullmatch(bare)
        return self.headings[int(str(found.lastgroup)[1:])].section if found else ""

    @lru_cache(maxsize=REMEMBERED)  # noqa: B019
    def fold(self, text: str) -> str:
        """`text` in plain forms: no white space, half width, simplified characters."""
        return SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(self.folding)

    def simplified(self, text: str) -> str:
        """`text` in simplified characters, place for place."""
        return text.translate(self.folding) if self.patterns.traditional.regex.search(text) else text

    @staticmethod
    def bare(folded: str) -> str:
        """`folded` without punctuation."""
        return PUNCTUATION.sub("", folded)

    @cached_property
    def ordinal(self) -> re.Pattern[str]:
        """An ordinal at the start of a line; the name of the group that matched is its style."""
        return re.compile(r"\s*(?:" + "|".join(f"(?P<{o.style}>{o.pattern})" for o in self.ordinals) + ")")

    @cached_property
    def _known(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?P<h{n}>{h.pattern})" for n, h in enumerate(self.headings)))

    @cached_property
    def _sentences_of(self) -> Mapping[str, tuple[ClassPattern, ...]]:
        ids = {s.section for s in self.sections}
        return {i: tuple(entry for entry in self.sentences if entry.section == i) for i in ids}

    @cached_property
    def prefecture_names(self) -> frozenset[str]:
        """Names of all prefecture-level cities, without their last word."""
        return frozenset(name for entry in self.prefectures for name in entry.names)


def _clauses(regex: re.Pattern[str], text: str) -> Iterator[str]:
    """The clauses of `text` in which `regex` matches, cut at full stops, semicolons and line ends."""
    for match in regex.finditer(text):
        start = max(text.rfind(stop, 0, match.start()) for stop in STOPS) + 1
        ends = [end for end in (text.find(stop, match.end()) for stop in STOPS) if end >= 0]
        yield text[start : min(ends, default=len(text))]


def _expanded(entry: Any, fragments: Mapping[str, str]) -> Any:
    """`entry` with the names of fragments in its patterns replaced, down to any depth of tables."""
    if isinstance(entry, dict):
        expand = {"pattern", "unless"}
        return {
            key: FRAGMENT.sub(lambda name: fragments.get(name[1], name[0]), value)
            if key in expand and isinstance(value, str)
            else _expanded(value, fragments)
            for key, value in entry.items()
        }
    return [_expanded(item, fragments) for item in entry] if isinstance(entry, list) else entry


def _tables(source: Source, name: str, allowed: set[str], fragments: Mapping[str, str]) -> dict[str, Any]:
    given = source.toml(name)
    unknown = sorted(set(given) - allowed)
    if unknown:
        raise BadKnowledge(f"{name}: unknown table {', '.join(unknown)}; allowed: {', '.join(sorted(allowed))}")
    expanded: dict[str, Any] = _expanded(given, fragments)
    return expanded


def _checked(source: Source, outline: Outline) -> Outline:
    """`outline`, when its section ids are those of sections.csv and the patterns of an overlay compile."""
    ids = {s.section for s in outline.sections}
    for entry in (*outline.headings, *outline.keywords, *outline.sentences):
        wrong = set(entry.section.split(";")) - ids
        if wrong:
            raise BadKnowledge(
                f"outline_classes.toml: {', '.join(wrong)} is no section; allowed: {', '.join(sorted(ids))}"
            )
    if source.overlay is None:
        return outline
    singles = [getattr(outline.patterns, f.name) for f in fields(outline.patterns)]
    entries = (*outline.ordinals, *outline.headings, *outline.keywords, *outline.sentences, *outline.kinds)
    for pattern in (*singles, *entries, *outline.levels):
        try:
            _ = pattern.regex, pattern.exception
        except re.error as problem:
            raise BadKnowledge(f"outline: {pattern.pattern!r} is no pattern ({problem})") from None
    return outline


def load(source: Source) -> Outline:
    """The files of this part, checked."""
    fragments = source.toml("outline.toml").get("fragment", {})
    page = _tables(source, "outline.toml", {"fragment", "lengths", "fold", "ordinal", "pattern"}, fragments)
    classes = _tables(source, "outline_classes.toml", {"heading", "keyword", "mention"}, fragments)
    bodies = _tables(source, "outline_bodies.toml", {"kind", "place", "place_words"}, fragments)

    def entries(kind: Any, given: dict[str, Any], table: str) -> tuple[Any, ...]:
        return tuple(build(kind, entry, f"outline: {table} {n}") for n, entry in enumerate(given.get(table, []), 1))

    fold = page.get("fold", {})
    try:
        folding = dict(zip(map(ord, fold["traditional"]), fold["simplified"], strict=True))
    except (KeyError, ValueError) as problem:
        raise BadKnowledge(
            f"outline.toml: fold: traditional and simplified must be of one length ({problem})"
        ) from None
    return _checked(
        source,
        Outline(
            source.rows("sections.csv", SectionClass),
            build(Patterns, page.get("pattern", {}), "outline.toml: pattern"),
            build(Lengths, page.get("lengths", {}), "outline.toml: lengths"),
            folding,
            entries(OrdinalStyle, page, "ordinal"),
            entries(ClassPattern, classes, "heading"),
            entries(ClassPattern, classes, "keyword"),
            entries(ClassPattern, classes, "mention"),
            entries(BodyKind, bodies, "kind"),
            entries(BodyLevel, bodies, "place"),
            build(PlaceWords, bodies.get("place_words", {}), "outline_bodies.toml: place_words"),
            source.rows("outline_prefectures.csv", Prefectures),
        ),
    )
