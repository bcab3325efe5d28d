"""The search for reports in files, folders, archives and patterns."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analyzer import packed
from analyzer.errors import Unreadable
from analyzer.intake.naming import WILD, fixed, readable
from analyzer.intake.sources import (
    ABSENT,
    BARE,
    DENIED,
    HIDDEN,
    LOCK_FILE,
    MEGABYTE,
    NESTED,
    NO_FILE,
    NO_READER,
    NOTHING,
    PAGE_FILES,
    RESULTS,
    TWICE,
    File,
    Missing,
    Skipped,
)
from analyzer.knowledge.companions import Companions

ARCHIVES, PAGES = (".zip",), (".html", ".htm", ".mht", ".mhtml")
PAGE_FOLDERS = ("_files", ".files", ".fld")
"""Ends of the folder in which a browser or Word puts what belongs to a page."""
UNSEEN = (".", "__MACOSX")
LOCKS = "~$"
MARK = "#"
"""Between an archive and what stands in it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be a report: `names` become its id, `whole` is its name with all folders above, `folder` where
    it stands; `given` says that someone named it."""

    names: list[str]
    whole: list[str]
    folder: tuple[str, ...]
    file: File
    given: bool = False


@dataclass(slots=True)
class Search:
    """Goes through inputs in their order; `found`, `skipped` and `missing` are what it met."""

    out: Path | None
    reads: Callable[[str], bool]
    companions: Companions | None
    megabytes: int
    found: list[Found] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def take_input(self, given: str | Path, lead: list[str]) -> None:
        """One input, its ids behind `lead`."""
        path = Path(given)
        try:
            if path.is_dir():
                self._folder(lead, path)
            elif path.is_file():
                self._given([readable(path.name)], path)
            elif path.exists():
                self.missing.append(Missing(str(given), NO_FILE))
            elif not self._member(str(given)):
                if WILD.isdisjoint(str(given)):
                    self.missing.append(Missing(str(given), ABSENT))
                else:
                    self._pattern(str(given), lead)
        except (OSError, ValueError):
            self.missing.append(Missing(str(given), DENIED))

    def _given(self, names: list[str], path: Path) -> None:
        """A file that someone named: whatever it is, unless it was taken before."""
        if self._is_out(path):
            self.skipped.append(Skipped(str(path), RESULTS))
        elif self._known(path):
            self.skipped.append(Skipped(str(path), TWICE))
        else:
            self._take(names, path, given=True)

    def _member(self, given: str) -> bool:
        """A member of an archive by the name that its row has; whether there is one."""
        base, mark, wanted = given.partition(MARK)
        path = Path(base)
        if not (mark and path.is_file()):
            return False
        before, passed = len(self.found), len(self.skipped)
        self._archive([readable(path.name)], path)
        chosen = [each for each in self.found[before:] if each.file.shown == readable(f"{path}{MARK}{wanted}")]
        self.found[before:], self.skipped[passed:] = chosen, []
        return bool(chosen)

    def _pattern(self, given: str, lead: list[str]) -> None:
        """What a pattern matches, each named below the pattern's own folder."""
        top = fixed(given)
        matches = sorted(Path(path) for path in glob.glob(given, recursive=True))
        if not matches:
            self.missing.append(Missing(given, NOTHING))
        for path in matches:
            names = lead + [readable(part) for part in path.relative_to(top).parts]
            if path.is_dir():
                self._folder(names, path)
            elif self._wanted(path.name):
                self._given(names, path)
            else:
                self.skipped.append(Skipped(str(path), NO_READER))

    def _folder(self, names: list[str], path: Path) -> None:
        """All reports in a folder and below, in order of their names."""
        if self._is_out(path):
            self.skipped.append(Skipped(str(path), RESULTS))
            return
        if self._known(path):
            self.skipped.append(Skipped(str(path), TWICE))
            return
        try:
            with os.scandir(path) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            self.missing.append(Missing(str(path), DENIED))
            return
        around = {entry.name for entry in listed}
        for entry in listed:
            self._entry([*names, readable(entry.name)], entry, around)

    def _entry(self, names: list[str], entry: os.DirEntry[str], around: set[str]) -> None:
        path = Path(entry.path)
        reason = self._refusal(entry, around)
        if reason:
            self.skipped.append(Skipped(str(path), reason))
        elif _is_folder(entry):
            self._folder(names, path)
        elif self._known(path):
            self.skipped.append(Skipped(str(path), TWICE))
        else:
            self._take(names, path)

    def _refusal(self, entry: os.DirEntry[str], around: set[str]) -> str:
        """Why an entry of a folder is passed over; empty if it is not."""
        if entry.name.startswith((*UNSEEN, LOCKS)):
            return LOCK_FILE if entry.name.startswith(LOCKS) else HIDDEN
        if _is_folder(entry):
            return PAGE_FILES if _of_a_page(entry.name, around) else ""
        if not self._wanted(entry.name):
            return NO_READER
        return "" if Path(entry.path).is_file() else NO_FILE

    def _wanted(self, name: str) -> bool:
        sheet = self.companions is not None and self.companions.is_sheet(name)
        return self.reads(name) or sheet or name.lower().endswith(ARCHIVES)

    def _take(self, names: list[str], path: Path, *, given: bool = False) -> None:
        """A file as a report, or the reports in it if it is an archive."""
        if path.name.lower().endswith(ARCHIVES) and self._archive(names, path):
            return
        whole = [readable(part) for part in path.resolve().parts]
        file = File(readable(path.name), path, readable(str(path)))
        self.found.append(Found(names, whole, tuple(whole[:-1]), file, given))

    def _archive(self, names: list[str], path: Path, inside: int | None = None, within: str = "") -> bool:
        """The reports in an archive, or in the one `inside` it; False where it is none, or none that opens."""
        places = () if inside is None else (inside,)
        shown = readable(f"{path}{MARK}{within}" if within else str(path))
        try:
            listed = packed.members(path, places, name=shown, most=self.megabytes * MEGABYTE)
        except Unreadable:
            return False
        if listed == ():
            self.skipped.append(Skipped(shown, BARE))
        around = {"/".join(member.names) for member in listed or ()}
        hidden: set[str] = set()
        for member in listed or ():
            steps = member.names
            called = [*names[:-1], f"{names[-1]}{MARK}{steps[0]}", *steps[1:]]
            one = f"{shown}{MARK}{'/'.join(steps)}"
            reason = self._refused(steps, around, nested=inside is not None)
            if reason in (HIDDEN, PAGE_FILES):
                one = f"{shown}{MARK}{_top(steps, reason)}"
            if reason:
                if one not in hidden:
                    self.skipped.append(Skipped(one, reason))
                hidden.add(one)
                continue
            deeper = steps[-1].lower().endswith(ARCHIVES)
            if deeper and self._archive(called, path, member.at, "/".join(steps)):
                continue
            whole = [*map(readable, path.resolve().parts[:-1]), *called[len(names) - 1 :]]
            file = File(steps[-1], path, one, (*places, member.at))
            self.found.append(Found(called, whole, (*whole[:-1], shown), file))
        return listed is not None

    def _refused(self, steps: Sequence[str], around: set[str], *, nested: bool) -> str:
        """Why a member of an archive is passed over; empty if it is not."""
        if any(step.startswith(UNSEEN) for step in steps):
            return HIDDEN
        if steps[-1].startswith(LOCKS):
            return LOCK_FILE
        if any(_of_a_page("/".join(steps[:n]), around) for n in range(1, len(steps))):
            return PAGE_FILES
        if not self._wanted(steps[-1]):
            return NO_READER
        return NESTED if nested and steps[-1].lower().endswith(ARCHIVES) else ""

    def _known(self, path: Path) -> bool:
        """Whether this file or folder was met before, under whatever name; remembers it."""
        try:
            status = path.stat()
        except OSError:
            return False
        key = (status.st_dev, status.st_ino)
        if key in self._seen:
            return True
        self._seen.add(key)
        return False

    def _is_out(self, path: Path) -> bool:
        if self.out is None:
            return False
        here = path.resolve()
        return here == self.out or self.out in here.parents


def _of_a_page(folder: str, around: Iterable[str]) -> bool:
    """Whether a folder holds what belongs to a web page saved beside it."""
    stem = next((folder.removesuffix(end) for end in PAGE_FOLDERS if folder.endswith(end)), "")
    return bool(stem) and any(f"{stem}{suffix}" in around for suffix in PAGES)


def _top(steps: Sequence[str], reason: str) -> str:
    """The folder of an archive that is passed over as a whole."""
    ends = UNSEEN if reason == HIDDEN else ()
    for n, step in enumerate(steps, start=1):
        if step.startswith(ends) if ends else step.endswith(PAGE_FOLDERS):
            return "/".join(steps[:n])
    return "/".join(steps)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
