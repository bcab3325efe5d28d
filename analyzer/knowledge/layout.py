"""What pages put round a report, and the marks by which a line shows where a paragraph begins or ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from analyzer.errors import BadKnowledge
from analyzer.knowledge.schema import Source, build

LAYOUT, CONTAINERS = "layout.toml", "layout_containers.csv"
Kind = Literal[
    "page_number",
    "edge_number",
    "print_edge",
    "contents_title",
    "contents",
    "continued",
    "document_number",
    "navigation",
    "footer_line",
    "stamp",
    "zero",
    "date",
    "opening",
    "enumeration",
    "usual_opening",
    "footer",
    "published",
    "meta_label",
    "title_word",
]
STARTS = frozenset({"opening", "enumeration", "usual_opening"})
INSIDE = frozenset({"footer", "published", "meta_label", "title_word"})


@dataclass(frozen=True, slots=True)
class LinePattern:
    """A regular expression for lines of one kind, with lines it must and lines it must not match."""

    kind: Kind
    pattern: str
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]

    def compiled(self) -> re.Pattern[str]:
        """The pattern bound to the whole line, its start or any place in it, as its kind wants."""
        return _compile([self.pattern], self.kind)


@dataclass(frozen=True, slots=True)
class Container:
    """An element of a page by its tag, `id`, one of its classes, or a word (`part`) in either of the last two."""

    attribute: Literal["id", "class", "tag", "part"]
    name: str
    role: Literal["body", "furniture"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """Names of `<meta>` entries that state title and day of publication, the best first."""

    title: tuple[str, ...]
    published: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Files:
    """Suffixes of attachments that may hold the report, and words in the addresses of ornamental pictures."""

    attachments: tuple[str, ...]
    ornaments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a list style (by its names in WordprocessingML) writes its numbers: `cycle` has a sign for each from 1 on,
    `digits` one for each digit from 0 to 9, `counting` also `places` for ten, hundred and thousand; `short` where ten
    is written without a one before it."""

    formats: tuple[str, ...]
    kind: Literal["cycle", "digits", "counting"]
    signs: str
    places: str = ""
    short: bool = False


@dataclass(frozen=True, slots=True)
class Fonts:
    """Names of typefaces that set a heading off from the text as bold does."""

    heavy: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What pages put round a report. The patterns of whole lines and line starts are for `match`, `footer`,
    `meta_label` and `title_word` for `search`; `published` (groups year, month, day) is tried in order."""

    patterns: tuple[LinePattern, ...]
    page_number: re.Pattern[str]
    edge_number: re.Pattern[str]
    print_edge: re.Pattern[str]
    contents_title: re.Pattern[str]
    contents: re.Pattern[str]
    continued: re.Pattern[str]
    document_number: re.Pattern[str]
    navigation: re.Pattern[str]
    zero: re.Pattern[str]
    date: re.Pattern[str]
    opening: re.Pattern[str]
    enumeration: re.Pattern[str]
    usual_opening: re.Pattern[str]
    footer: re.Pattern[str]
    meta_label: re.Pattern[str]
    title_word: re.Pattern[str]
    published: tuple[re.Pattern[str], ...]
    common: re.Pattern[str]
    radicals: Mapping[str, str]
    body_ids: frozenset[str]
    body_classes: frozenset[str]
    body_tags: frozenset[str]
    furniture_tags: frozenset[str]
    furniture_parts: re.Pattern[str]
    meta: Meta
    files: Files
    numbers: tuple[NumberFormat, ...]
    fonts: Fonts


def load(source: Source) -> Layout:
    """`layout.toml` and `layout_containers.csv`, checked."""
    data = source.toml(LAYOUT)
    unknown = set(data) - {"line", "common_characters", "radicals", "meta", "files", "number", "fonts"}
    if unknown:
        raise BadKnowledge(f"{LAYOUT}: unknown key {', '.join(sorted(unknown))}")
    patterns = source.entries(LAYOUT, LinePattern, "line")
    containers = source.rows(CONTAINERS, Container)

    def of(*kinds: str) -> re.Pattern[str]:
        return _compile([p.pattern for p in patterns if p.kind in kinds], kinds[0])

    def names(attribute: str, role: str) -> frozenset[str]:
        return frozenset(c.name.lower() for c in containers if (c.attribute, c.role) == (attribute, role))

    single = ("page_number", "edge_number", "print_edge", "contents_title", "contents", "continued", "zero", "date")
    others = ("document_number", "opening", "enumeration", "usual_opening", "footer", "meta_label", "title_word")
    return Layout(
        patterns=patterns,
        **{kind: of(kind) for kind in (*single, *others)},
        navigation=of("navigation", "stamp", "footer_line"),
        published=tuple(p.compiled() for p in patterns if p.kind == "published"),
        common=re.compile(f"[{re.escape(_text(data, 'common_characters'))}]"),
        radicals=_pairs(_text(data, "radicals")),
        body_ids=names("id", "body"),
        body_classes=names("class", "body"),
        body_tags=names("tag", "body"),
        furniture_tags=names("tag", "furniture"),
        furniture_parts=re.compile(_either(sorted(names("part", "furniture")))),
        meta=build(Meta, data.get("meta", {}), f"{LAYOUT}: meta"),
        files=build(Files, data.get("files", {}), f"{LAYOUT}: files"),
        numbers=source.entries(LAYOUT, NumberFormat, "number"),
        fonts=build(Fonts, data.get("fonts", {}), f"{LAYOUT}: fonts"),
    )


def _text(data: dict[str, object], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value:
        raise BadKnowledge(f"{LAYOUT}: missing {key}")
    return value


def _pairs(text: str) -> dict[str, str]:
    """Each radical with the character that looks like it, from words of two characters."""
    wrong = [pair for pair in text.split() if len(pair) != 2]
    if wrong:
        raise BadKnowledge(f"{LAYOUT}: radicals: not two characters: {' '.join(wrong)}")
    return {pair[0]: pair[1] for pair in text.split()}


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in words) or r"(?!)"


def _compile(patterns: list[str], kind: str) -> re.Pattern[str]:
    joined = "|".join(patterns) or r"(?!)"
    try:
        if kind in INSIDE:
            return re.compile(joined)
        return re.compile(f"(?:{joined})" if kind in STARTS else rf"(?:{joined})\s*\Z")
    except re.error as problem:
        raise BadKnowledge(f"{LAYOUT}: pattern of kind {kind}: {problem}") from None
