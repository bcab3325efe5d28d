"""Which row or column of which form a printed label names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from analyzer.knowledge.forms import Forms, Indicator

Axis = Literal["row", "column", "band", "plain"]
STATISTICS, ACTIVE, REQUESTS, REVIEW = "statistics", "active_disclosure", "requests", "review_litigation"
SHORT = 3
_ORDINAL = re.compile(r"^[（(\[【]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)）\]】]|[、.．,，](?!\d))[、.．]?")
_DROPPED = re.compile(r"[^\w]+|_+|20\d\d年?")


class Role(NamedTuple):
    """What a label means: an axis of a table and the id there; `unit` where a header states another one."""

    table: str
    axis: Axis
    id: str
    unit: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """The heads of the table of reviews by their characters.

    `rows` are the kinds of cases and `results` the heads below each, in the order of the form; `kinds` all names of
    kinds and of groups of them, `columns` all of results; `letters` the characters of all these; `own` the place of a
    head by each character that no other has, `firsts` the same by the first such character alone, `each` one head,
    `several` two or more that touch.
    """

    rows: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    own: Mapping[str, int] = field(default_factory=dict)
    firsts: Mapping[str, int] = field(default_factory=dict)
    several: re.Pattern[str] = _ORDINAL
    each: re.Pattern[str] = _ORDINAL

    @property
    def count(self) -> int:
        """How many numbers the table has."""
        return len(self.rows) * len(self.results)

    def parted(self, text: str) -> list[str]:
        """The heads of which the text is made, empty where it is not made of several."""
        found = self.each.findall(text) if self.several.fullmatch(text) else []
        return found if "".join(found) == text else []


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """All labels of all forms, normalised.

    `roles` holds what a label means, `votes` the standards whose table (first) prints it, `groups` titles that run down
    the side of rows, `order` the ids of a table's rows as printed (2019 and 2021 together), `columns` the ids of the
    columns of a row of the table two by standard, `whole` all labels in one string (a fragment of a label is in it),
    `beginnings` the row that the first words of a label name where no other row of a table begins so, `headers` and
    `rows` what a table prints in its header and beside its rows, `letters` the longer labels of rows by table, each
    with the characters it holds, `applicants` is the number of columns of the table of requests.
    """

    roles: Mapping[str, tuple[Role, ...]]
    votes: Mapping[tuple[str, str], frozenset[str]]
    groups: frozenset[str]
    order: Mapping[str, tuple[str, ...]]
    columns: Mapping[tuple[str, str], tuple[str, ...]]
    whole: str
    group_text: str
    pattern: re.Pattern[str]
    spelling: Mapping[str, str]
    beginnings: Mapping[str, tuple[Role, ...]]
    headers: Mapping[str, str]
    rows: Mapping[str, str]
    letters: Mapping[str, Sequence[tuple[str, frozenset[str]]]]
    heads: Heads = Heads()
    applicants: int = 0

    def normal(self, text: str) -> str:
        """`text` without ordinal, blanks, brackets, quotes, punctuation and year, in one width."""
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text)
        text = _DROPPED.sub("", _ORDINAL.sub("", text.strip(), count=1))
        for wrong, right in self.spelling.items():
            if wrong in text:
                text = text.replace(wrong, right)
        return text

    def known(self, norm: str) -> bool:
        """Whether this is a label, a part of one, or begins with one that makes up most of it."""
        if norm in self.whole or self.heads.letters.issuperset(norm):
            return True
        match = self.pattern.match(norm)
        return match is not None and len(match[0]) * 2 >= len(norm)


@lru_cache(maxsize=8)
def book(forms: Forms) -> Book:
    """The labels of `forms`, compiled once."""
    maker = _Maker(forms)
    maker.make()
    labels = sorted(maker.roles)
    pattern = re.compile(_alternatives([label for label in labels if label]))
    return Book(
        roles={label: tuple(dict.fromkeys(roles)) for label, roles in maker.roles.items()},
        votes={key: frozenset(standards) for key, standards in maker.votes.items()},
        groups=frozenset(maker.groups),
        order={table: tuple(rows) for table, rows in maker.order.items()},
        columns={key: tuple(columns) for key, columns in maker.columns.items()},
        whole="\n".join(labels),
        group_text="\n".join(sorted(maker.groups)),
        pattern=pattern,
        spelling=forms.words.spelling,
        beginnings=_beginnings(maker.roles),
        headers=_joined(maker.roles, ("band", "column", "plain")),
        rows=_joined(maker.roles, ("row",)),
        letters=_letters(maker.roles),
        heads=_heads(maker, forms),
        applicants=max(len(forms.applicants(standard.id)) for standard in forms.standards),
    )


def ordinal(text: str) -> bool:
    """Whether it begins with an ordinal."""
    return _ORDINAL.match(text.strip()) is not None


class _Maker:
    """Collects the labels of the forms."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms
        self.roles: dict[str, list[Role]] = {}
        self.votes: dict[tuple[str, str], set[str]] = {}
        self.groups: set[str] = set()
        self.order: dict[str, list[str]] = {}
        self.columns: dict[tuple[str, str], list[str]] = {}
        self.plain = Book({}, {}, frozenset(), {}, {}, "", "", _ORDINAL, forms.words.spelling, {}, {}, {}, {})

    def make(self) -> None:
        for standard in self.forms.standards:
            for row in self.forms.rows(standard.id, STATISTICS):
                self._add(row.label, Role(STATISTICS, "row", row.indicator), standard.id, row.aliases)
            self._requests(standard.id)
            for row in self.forms.rows(standard.id, ACTIVE):
                self._active(row)
            for row in self.forms.rows(standard.id, REVIEW):
                self._review(row)
        self.order[STATISTICS] = [row.indicator for s in self.forms.standards for row in self._rows(s.id)]
        for label, unit in self.forms.words.units.items():
            self._add(label, Role(ACTIVE, "column", "amount", unit), "", ())
        for table, words in self.forms.words.plain.items():
            for word in words:
                self._add(word, Role(table, "plain", ""), "", ())

    def _rows(self, standard: str) -> tuple[Indicator, ...]:
        return self.forms.rows(standard, STATISTICS)

    def _add(self, label: str, role: Role, standard: str, aliases: Iterable[str]) -> None:
        for word in (label, *aliases):
            norm = self.plain.normal(word)
            self.roles.setdefault(norm, []).append(role)
            self.votes.setdefault((role.table, norm), set()).add(standard)

    def _variants(self, label: str) -> tuple[str, ...]:
        return self.forms.words.variants.get(label, ())

    def _requests(self, standard: str) -> None:
        order: list[str] = []
        for row in self.forms.rows(standard, REQUESTS):
            *groups, label = row.label.split(" / ")
            one_cell = tuple("".join((*groups[n:], label)) for n in range(len(groups)))
            self._add(label, Role(REQUESTS, "row", row.indicator), standard, (*row.aliases, *one_cell))
            self.groups.update(self.plain.normal(group) for group in groups)
            for group in groups:
                self._add(group, Role(REQUESTS, "plain", ""), "", ())
            order.append(row.indicator)
        for column in self.forms.applicants(standard):
            name = column.label.split(" / ")[-1]
            self._add(name, Role(REQUESTS, "column", column.indicator), standard, column.aliases)
        self.order[REQUESTS] = _merged(self.order.get(REQUESTS, []), order)

    def _active(self, row: Indicator) -> None:
        band, name, column = row.label.split(" / ")
        prefix, _, last = row.indicator.rpartition(".")
        self._add(band, Role(ACTIVE, "band", band), row.standard, self._variants(band))
        self._add(name, Role(ACTIVE, "row", prefix), row.standard, self._variants(name))
        self._add(column, Role(ACTIVE, "column", last), row.standard, self._variants(column))
        self.columns.setdefault((row.standard, prefix), []).append(last)
        self.order[ACTIVE] = _merged(self.order.get(ACTIVE, []), [prefix])

    def _review(self, row: Indicator) -> None:
        *_, kind, result = row.label.split(" / ")
        prefix, _, last = row.indicator.rpartition(".")
        self._add(kind, Role(REVIEW, "row", prefix), "", self._variants(kind))
        self._add(result, Role(REVIEW, "column", last), "", self._variants(result))


def _heads(maker: _Maker, forms: Forms) -> Heads:
    printed = [row.label.split(" / ")[-2:] for row in forms.rows(forms.standards[-1].id, REVIEW)]
    rows, results = (
        tuple(dict.fromkeys(maker.plain.normal(label) for label in column)) for column in zip(*printed, strict=True)
    )
    named = [(label, role.axis) for label, roles in maker.roles.items() for role in roles if role.table == REVIEW]
    kinds = frozenset(label for label, axis in named if axis != "column" and len(label) > SHORT)
    columns = frozenset(label for label, axis in named if axis == "column")
    own = {char: at for at, each in enumerate(results) for char in each if sum(char in other for other in results) == 1}
    firsts = {char: at for char, at in own.items() if char == next(each for each in results[at] if each in own)}
    head = _alternatives(sorted(kinds | columns))
    several, each = re.compile(f"{head}{head}+"), re.compile(head)
    return Heads(rows, results, kinds, columns, frozenset("".join((*kinds, *results))), own, firsts, several, each)


def _beginnings(roles: Mapping[str, Sequence[Role]]) -> dict[str, tuple[Role, ...]]:
    found: dict[str, dict[Role, None]] = {}
    for label, own in roles.items():
        rows = [role for role in own if role.axis == "row"]
        for end in range(SHORT + 1, len(label)):
            found.setdefault(label[:end], {}).update(dict.fromkeys(rows))
    return {start: tuple(rows) for start, rows in found.items() if rows and len({r.table for r in rows}) == len(rows)}


def _joined(roles: Mapping[str, Sequence[Role]], axes: Sequence[str]) -> dict[str, str]:
    """By table all labels of some axes in one string."""
    found: dict[str, list[str]] = {}
    for label, own in roles.items():
        for table in {role.table for role in own if role.axis in axes}:
            found.setdefault(table, []).append(label)
    return {table: "\n".join(sorted(labels)) for table, labels in found.items()}


def _letters(roles: Mapping[str, Sequence[Role]]) -> dict[str, list[tuple[str, frozenset[str]]]]:
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for label, own in roles.items():
        if len(label) > SHORT:
            for table in {role.table for role in own if role.axis == "row"}:
                found.setdefault(table, []).append((label, frozenset(label)))
    return found


def _merged(first: list[str], second: list[str]) -> list[str]:
    """Both lists in one order; what only `second` has stands after its predecessor there."""
    merged = list(first)
    for place, item in enumerate(second):
        if item not in merged:
            before = second[place - 1] if place else None
            merged.insert(merged.index(before) + 1 if before in merged else len(merged), item)
    return merged


def _alternatives(words: list[str]) -> str:
    """A regular expression for the longest of the sorted `words` at a place, sharing their beginnings."""
    options: list[str] = []
    final = False
    place = 0
    while place < len(words):
        head = words[place][:1]
        if not head:
            final = True
            place += 1
            continue
        end = place
        while end < len(words) and words[end][:1] == head:
            end += 1
        options.append(re.escape(head) + _alternatives([word[1:] for word in words[place:end]]))
        place = end
    if not options:
        return ""
    if len(options) == 1 and not final:
        return options[0]
    return f"(?:{'|'.join(options)}){'?' if final else ''}"
