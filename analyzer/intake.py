"""Paths → sources: which files make which report, in an order that is the same everywhere."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from analyzer.errors import UnreadableReport

NO_READER = "no_reader"
HIDDEN = "hidden"
LOCK_FILE = "lock_file"
RESULTS = "result_folder"
TWICE = "given_twice"
NO_FILE = "no_file"
ABSENT = "not_found"
DENIED = "not_readable"
NOTHING = "no_match"
_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """What one report is made of: `parts` are its files, `path` the first of them as it was given."""

    report_id: str
    path: str
    parts: tuple[Path, ...]

    def read(self) -> tuple[tuple[str, bytes], ...]:
        """Name and bytes of each part; raises `UnreadableReport` where a file cannot be opened."""
        try:
            return tuple((part.name, part.read_bytes()) for part in self.parts)
        except OSError as problem:
            why = problem.strerror or type(problem).__name__
            raise UnreadableReport(f"{self.path}: cannot be opened ({why}); check the file and its rights") from None


class Skipped(NamedTuple):
    """A file or folder passed over; `reason` is one of this module's codes."""

    path: str
    reason: str


class Missing(NamedTuple):
    """An input, or a folder in one, that is not there or cannot be opened; `reason` is one of this module's codes."""

    path: str
    reason: str

    def __str__(self) -> str:
        return self.path


@dataclass(frozen=True, slots=True)
class Intake:
    """What the inputs hold."""

    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(slots=True)
class _Search:
    out: Path | None
    reads: Callable[[str], bool]
    files: list[tuple[list[str], Path]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    seen: set[tuple[int, int]] = field(default_factory=set)

    def take(self, names: list[str], path: Path) -> None:
        """A file as a report, unless it was taken before; `names` become its id."""
        if self._is_out(path):
            self.skipped.append(Skipped(str(path), RESULTS))
        elif self._known(path):
            self.skipped.append(Skipped(str(path), TWICE))
        else:
            self.files.append((names, path))

    def folder(self, names: list[str], path: Path) -> None:
        """All reports in a folder and below, in order of their names."""
        if self._is_out(path):
            self.skipped.append(Skipped(str(path), RESULTS))
            return
        if self._known(path):
            self.skipped.append(Skipped(str(path), TWICE))
            return
        try:
            with os.scandir(path) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            self.missing.append(Missing(str(path), DENIED))
            return
        for entry in entries:
            self._entry([*names, entry.name], entry)

    def _entry(self, names: list[str], entry: os.DirEntry[str]) -> None:
        path = Path(entry.path)
        if entry.name.startswith((".", "~$")):
            self.skipped.append(Skipped(str(path), HIDDEN if entry.name.startswith(".") else LOCK_FILE))
        elif _is_folder(entry):
            self.folder(names, path)
        elif not self.reads(entry.name):
            self.skipped.append(Skipped(str(path), NO_READER))
        elif not path.is_file():
            self.skipped.append(Skipped(str(path), NO_FILE))
        elif self._known(path):
            self.skipped.append(Skipped(str(path), TWICE))
        else:
            self.files.append((names, path))

    def _known(self, path: Path) -> bool:
        """Whether this file or folder was met before, under whatever name; remembers it."""
        try:
            status = path.stat()
        except OSError:
            return False
        key = (status.st_dev, status.st_ino)
        if key in self.seen:
            return True
        self.seen.add(key)
        return False

    def _is_out(self, path: Path) -> bool:
        if self.out is None:
            return False
        here = path.resolve()
        return here == self.out or self.out in here.parents


def gather(
    inputs: Sequence[str | Path], *, out: Path | None = None, reads: Callable[[str], bool] = lambda name: True
) -> Intake:
    """The sources that files, folders (with all below) and patterns hold, sorted within each input.

    `out` is never input; in folders only files are taken whose name `reads` claims. A `report_id` is the path below
    the input folder (a file's name where a file was given), behind the input's name where there are several inputs,
    and unique.
    """
    search = _Search(Path(out).resolve() if out is not None else None, reads)
    for given, lead in zip(inputs, _leads(inputs), strict=True):
        _input(search, given, lead)
    ids = _unique([names for names, _ in search.files], [path for _, path in search.files])
    sources = (Source(name, str(path), (path,)) for name, (_, path) in zip(ids, search.files, strict=True))
    return Intake(tuple(sources), tuple(search.skipped), tuple(search.missing))


def _input(search: _Search, given: str | Path, lead: list[str]) -> None:
    path = Path(given)
    try:
        if path.is_dir():
            search.folder(lead, path)
        elif path.is_file():
            search.take([path.name], path)
        elif path.exists():
            search.missing.append(Missing(str(given), NO_FILE))
        elif _WILD.isdisjoint(str(given)):
            search.missing.append(Missing(str(given), ABSENT))
        else:
            _pattern(search, str(given), lead)
    except (OSError, ValueError):
        search.missing.append(Missing(str(given), DENIED))


def _pattern(search: _Search, given: str, lead: list[str]) -> None:
    """What a pattern matches, each named below the pattern's own folder."""
    top = _fixed(given)
    found = sorted(Path(path) for path in glob.glob(given, recursive=True))
    if not found:
        search.missing.append(Missing(given, NOTHING))
    for path in found:
        names = lead + list(path.relative_to(top).parts)
        if path.is_dir():
            search.folder(names, path)
        elif search.reads(path.name):
            search.take(names, path)
        else:
            search.skipped.append(Skipped(str(path), NO_READER))


def _leads(inputs: Sequence[str | Path]) -> list[list[str]]:
    """What stands before the ids of each input: nothing for a single one, else the folder's name, with as many
    folders above as tell inputs of one name apart; for a pattern that of the folder it starts from."""
    if len(inputs) < 2:
        return [[] for _ in inputs]
    whole = [_fixed(given).resolve().parts for given in inputs]
    leads = []
    for parts in whole:
        others = {other for other in whole if other != parts}
        size = next((n for n in range(1, len(parts)) if all(parts[-n:] != other[-n:] for other in others)), 1)
        leads.append(list(parts[-size:]))
    return leads


def _fixed(given: str | Path) -> Path:
    """The path up to its first wildcard."""
    path = Path(given)
    if path.exists():
        return path
    parts = path.parts
    wild = next((n for n, part in enumerate(parts) if not _WILD.isdisjoint(part)), len(parts))
    return Path(*parts[:wild]) if wild else Path()


def _unique(names: Iterable[Sequence[str]], paths: Sequence[Path]) -> list[str]:
    """Ids from names, made to differ by the folders above a file, then by a number."""
    ids = ["/".join(parts) for parts in names]
    above = [path.resolve().parts for path in paths]
    depth = 1
    while len(set(ids)) < len(ids) and depth <= max((len(parts) for parts in above), default=0):
        count = Counter(ids)
        own = [len(name.split("/")) for name in ids]
        ids = [
            "/".join((*above[n][-own[n] - 1 : -own[n]], name)) if count[name] > 1 else name
            for n, name in enumerate(ids)
        ]
        depth += 1
    seen: Counter[str] = Counter()
    for n, name in enumerate(ids):
        seen[name] += 1
        ids[n] = name if seen[name] == 1 else f"{name}~{seen[name]}"
    return ids


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
