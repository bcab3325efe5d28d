"""The grammar of synthetic reports: what numbers a report can state (`grammar_roles.csv`), who reports
(`grammar_bodies.csv`), and, family by family, the words it is said in (`frames_<family>_<part>.toml`).

Only the generator needs it, so it is not among what `knowledge.load` reads. The slots of a text are parsed and checked
here; an error names the file and the frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from analyzer.errors import BadKnowledge
from analyzer.knowledge import templates
from analyzer.knowledge.forms import Forms
from analyzer.knowledge.schema import SHIPPED, Source, build
from analyzer.knowledge.templates import Node

FAMILIES = ("train", "tune", "test", "fresh")
Standard = Literal["none", "2014", "2019", "2021"]
Level = Literal["national", "province", "city", "county", "township"]
Kind = Literal["government", "department", "office", "vertical", "zone", "institution"]
Duty = Literal[
    "period", "contact", "basis", "fees", "proactive_disclosure", "requests", "management", "platform", "supervision"
]
Bend = Literal["over", "under", "about", "above", "at_least"]
STANDARDS: tuple[Standard, ...] = ("none", "2014", "2019", "2021")
LEVELS: tuple[Level, ...] = ("national", "province", "city", "county", "township")
KINDS: tuple[Kind, ...] = ("government", "department", "office", "vertical", "zone", "institution")
NO_SUCH = "x"
"""What a role's key says where a standard's reports do not state such a number."""
NUMBERED = range(1, 95)
RANGE = re.compile(r"(?P<low>\d+)-(?P<high>[\w.]+)|(?P<from>[\w.]+)\.\.(?P<to>[\w.]+)")
TERMS = re.compile(r"[+*-]")
COMPARISON = re.compile(r"(?P<left>[\w.+/]+) (?P<sign><|<=|=|>=|>|!=) (?P<right>[\w.+/]+)")


@dataclass(frozen=True, slots=True)
class Role:
    """A number that means the same wherever a report states it.

    `key_…` is the cell's key (or keys joined by `+`) of a standard, empty where no cell holds it, `x` where reports on
    that standard have no such number; `unit` is that of the number (its cell may have another).
    """

    role: str
    unit: str
    meaning: str
    key_2014: str = ""
    key_2019: str = ""
    key_2021: str = ""

    def key(self, standard: str) -> str:
        """The cell's key in this standard, empty where none holds it."""
        return "" if standard == "none" or not self.known(standard) else self._stated(standard)

    def known(self, standard: str) -> bool:
        """Whether reports on this standard state such a number; those before 2014 are as those of 2014."""
        return self._stated(standard) != NO_SUCH

    def _stated(self, standard: str) -> str:
        return {"2019": self.key_2019, "2021": self.key_2021}.get(standard, self.key_2014)


@dataclass(frozen=True, slots=True)
class Body:
    """A body that reports: full name, the words it calls itself by, the place it is named after; `standards` are those
    in force while it bore the name."""

    name: str
    self: tuple[str, ...]
    level: Level
    kind: Kind
    area: str
    province: str = ""
    standards: tuple[Standard, ...] = STANDARDS


@dataclass(frozen=True, slots=True)
class Scoped:
    """For which reports an entry can be used."""

    standards: tuple[Standard, ...] = STANDARDS
    levels: tuple[Level, ...] = LEVELS
    kinds: tuple[Kind, ...] = KINDS

    def suits(self, standard: str, level: str, kind: str) -> bool:
        """Whether a report on this standard of such a body can use the entry."""
        return standard in self.standards and level in self.levels and kind in self.kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Title(Scoped):
    """A report's title; lines are separated by a line end."""

    text: str
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline(Scoped):
    """Which parts a report has in order; a merged part is ids joined by `;`. `inside` are sub-headings of a part."""

    sections: tuple[str, ...]
    inside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Scoped):
    """A heading of a class of section, without its number; `also`: other classes that its words name as well."""

    section: str
    text: str
    depth: int = 1
    also: tuple[str, ...] = ()
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A count of things that the text names: `of` is the local number, or a role that then must be `count`; `count` is
    how many are named."""

    count: int
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame(Scoped):
    """One or more sentences with slots; see `templates` for the slots.

    `numbers` are local quantities in the order they are drawn: a range (`3-40`, `1-k`, `k..90`) or a sum; `sums` are
    complete breakdowns (total, then parts), for which the frame is used only where they add up, `partial` lists of some
    parts; `when` holds further conditions (`received > received_last`). `zeros` allows numbers that are 0.
    """

    id: str
    section: tuple[str, ...]
    text: str
    handbook: tuple[int, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    sums: tuple[tuple[str, ...], ...] = ()
    partial: tuple[tuple[str, ...], ...] = ()
    when: tuple[str, ...] = ()
    items: Items | None = None
    content: tuple[Duty, ...] = ()
    scope: Literal["body", "area", "site", "system", ""] = ""
    zeros: bool = False
    once: bool = True
    weight: int = 1
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw(Frame):
    """Sentences that are a defect themselves: `kind` is its number in the handbook, `rule` what must be found."""

    kind: int
    rule: str
    indicator: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Fills:
    """What made-up details look like, how headings are numbered (by depth, with weights), words of duties, and those
    that bend a number."""

    docno: tuple[str, ...]
    phone: tuple[str, ...]
    mail: tuple[str, ...]
    url: tuple[str, ...]
    address: tuple[str, ...]
    date: tuple[str, ...]
    numbering: tuple[tuple[str, ...], ...]
    numbering_weights: tuple[int, ...]
    duty_words: Mapping[str, tuple[str, ...]]
    around: Mapping[str, Bend]


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """The words of one family, with the roles and bodies that all families share."""

    family: str
    roles: Mapping[str, Role]
    bodies: tuple[Body, ...]
    titles: tuple[Title, ...]
    outlines: tuple[Outline, ...]
    headings: tuple[Heading, ...]
    frames: tuple[Frame, ...]
    flaws: tuple[Flaw, ...]
    fills: Fills
    forms: Forms

    def key(self, standard: str, expression: str) -> str:
        """The key of the cell (or keys joined by `+`) that a role, a key or a sum of them means; empty: no cell."""
        found = [self._key(standard, part) for part in expression.split("+") if part]
        return "+".join(found) if all(found) else ""

    def _key(self, standard: str, name: str) -> str:
        role = self.roles.get(name)
        if role is not None:
            return role.key(standard)
        return name if self.forms.resolve(standard, name) else ""

    def known(self, standard: str, name: str) -> bool:
        """Whether `name` is a role or key whose number reports on this standard state."""
        role = self.roles.get(name)
        return role.known(standard) if role is not None else bool(self.forms.resolve(standard, name))


def load(source: Source, forms: Forms, family: str, folder: Path | None = None) -> Grammar:
    """The grammar of a family; `folder` holds its files of frames (default: the shipped data)."""
    if family not in FAMILIES:
        raise BadKnowledge(f"{family!r} is no family of frames; allowed: {', '.join(FAMILIES)}")
    roles = {role.role: role for role in source.rows("grammar_roles.csv", Role)}
    _check_roles(roles.values(), forms)
    names = sorted(path.name for path in (folder or SHIPPED).glob(f"frames_{family}_*.toml"))
    if not names:
        raise BadKnowledge(f"no file frames_{family}_*.toml in {folder or SHIPPED}")
    own = Source() if folder is None else _Folder(folder)
    given: Any = source.toml("grammar_fills.toml")
    fills = build(Fills, given, "grammar_fills.toml")
    reader = _Reader(own, forms, roles, {row["section"] for row in _sections(source)}, fills.around)
    return Grammar(
        family,
        roles,
        source.rows("grammar_bodies.csv", Body),
        tuple(entry for name in names for entry in own.entries(name, Title, "title")),
        tuple(entry for name in names for entry in reader.outlines(name)),
        tuple(entry for name in names for entry in reader.headings(name)),
        reader.unique(entry for name in names for entry in reader.frames(name, Frame, "frame")),
        tuple(entry for name in names for entry in reader.frames(name, Flaw, "flaw")),
        fills,
        forms,
    )


class _Folder(Source):
    """Files of frames from a folder of one's own."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def path(self, name: str) -> Path:
        return self.folder / name


def _sections(source: Source) -> list[dict[str, str]]:
    import csv
    import io

    return list(csv.DictReader(io.StringIO(source.text("sections.csv"), newline="")))


def _check_roles(roles: Iterable[Role], forms: Forms) -> None:
    for role in roles:
        for standard in ("2014", "2019", "2021"):
            key = role.key(standard)
            if key and not forms.resolve(standard, key):
                raise BadKnowledge(f"grammar_roles.csv: {role.role}: the form {standard} has no cell {key}")


class _Reader:
    """Entries of files of frames, parsed and checked."""

    def __init__(
        self,
        source: Source,
        forms: Forms,
        roles: Mapping[str, Role],
        sections: set[str],
        around: Mapping[str, Bend],
    ) -> None:
        self.source, self.roles, self.sections = source, roles, sections
        self.forms, self.around = forms, around

    def outlines(self, name: str) -> Iterator[Outline]:
        for n, entry in enumerate(self.source.toml(name).get("outline", []), start=1):
            where = f"{name}: outline {n}"
            parts = [";".join(part) if isinstance(part, list) else part for part in entry.get("sections", [])]
            outline = build(Outline, {**entry, "sections": parts}, where)
            self._section(";".join([*parts, *outline.inside, *(s for v in outline.inside.values() for s in v)]), where)
            yield outline

    def headings(self, name: str) -> Iterator[Heading]:
        for n, entry in enumerate(self.source.toml(name).get("heading", []), start=1):
            where = f"{name}: heading {n}"
            given = build(Heading, entry, where)
            self._section(";".join([given.section, *given.also]), where)
            nodes = templates.parse(given.text, where)
            if any(not isinstance(node, templates.Words | templates.Fill | templates.Choice) for node in nodes):
                raise BadKnowledge(f"{where}: a heading states no number: {given.text}")
            yield replace(given, nodes=nodes)

    def frames(self, name: str, kind: type[Any], table: str) -> Iterator[Any]:
        for n, entry in enumerate(self.source.toml(name).get(table, []), start=1):
            where = f"{name}: {table} {entry.get('id', n)}"
            given = build(kind, {**entry, "id": entry.get("id", f"{table} {n}")}, where)
            given = replace(given, nodes=templates.parse(given.text, where))
            self._check(given, where)
            yield given

    def unique(self, frames: Iterable[Frame]) -> tuple[Frame, ...]:
        """The frames, each id once."""
        found: dict[str, Frame] = {}
        for frame in frames:
            if frame.id in found:
                raise BadKnowledge(f"frame {frame.id}: stands twice in this family")
            found[frame.id] = frame
        return tuple(found.values())

    def _section(self, joined: str, where: str) -> None:
        unknown = sorted(set(joined.split(";")) - self.sections)
        if unknown:
            allowed = ", ".join(sorted(self.sections))
            raise BadKnowledge(f"{where}: no class of section {', '.join(unknown)}; allowed: {allowed}")

    def _check(self, frame: Frame, where: str) -> None:
        self._section(";".join(frame.section), where)
        local = set(frame.numbers) | ({frame.items.of} - set(self.roles) if frame.items else set())
        for number in frame.handbook:
            if number not in NUMBERED:
                raise BadKnowledge(f"{where}: the handbook has no pattern {number}")
        clash = sorted(local & set(self.roles))
        if clash:
            raise BadKnowledge(f"{where}: {', '.join(clash)} is a role, a local number needs another name")
        for expression in frame.numbers.values():
            self._names(operands(expression), local, where)
        self._names((name for group in (*frame.sums, *frame.partial) for name in group), local, where)
        self._names((name for rule in frame.when for name in compared(rule, where)), local, where)
        self._names(templates.names(frame.nodes), local, where)
        for word in templates.bends(frame.nodes):
            if word not in self.around:
                raise BadKnowledge(f"{where}: ~{word}: allowed: {', '.join(self.around)}")
        for zero in templates.zeros(frame.nodes):
            if zero.source != "section":
                self._names((zero.source,), local, where)

    def _names(self, names: Iterable[str], local: set[str], where: str) -> None:
        for name in (part for joined in names for part in joined.split("+")):
            known = name in local or name in self.roles or name.isdigit()
            if not known and not any(self.forms.resolve(s, name) for s in ("2014", "2019", "2021")):
                raise BadKnowledge(f"{where}: {name} is no role, no cell's key and no number of the frame")


def operands(expression: str) -> tuple[str, ...]:
    """The names and integers of a local number's range or sum."""
    found = RANGE.fullmatch(expression)
    parts = [part for part in found.groups() if part] if found else TERMS.split(expression)
    return tuple(part.strip() for part in parts)


def compared(rule: str, where: str) -> tuple[str, str]:
    """Both sides of a comparison of `when`."""
    found = COMPARISON.fullmatch(rule)
    if found is None:
        raise BadKnowledge(f"{where}: {rule!r} is no comparison such as 'received > 3'")
    return found["left"], found["right"]
