"""Paths → sources: which files make which report, in an order that is the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from analyzer.intake.companions import together
from analyzer.intake.naming import leads, readable, unique
from analyzer.intake.search import Search
from analyzer.intake.sources import MEGABYTES, NO_PROSE, File, Intake, Missing, Skipped, Source
from analyzer.knowledge.companions import Companions
from analyzer.packed import short

__all__ = ["File", "Intake", "Missing", "Skipped", "Source", "gather", "readable"]

LONGEST = 230
"""Bytes of a folder's or file's name in an id: what is written for it has a longer name yet, and 255 is the most."""


def gather(
    inputs: Sequence[str | Path],
    *,
    out: Path | None = None,
    reads: Callable[[str], bool] = lambda name: True,
    companions: Companions | None = None,
    megabytes: int = MEGABYTES,
) -> Intake:
    """The sources that files, folders (with all below), archives and patterns hold, sorted within each input.

    `out` is never input; in folders and archives only files are taken whose name `reads` claims, and tables that
    `companions` know for part of a report beside them. A `report_id` is the path below the input folder (a file's name
    where a file was given), behind the input's name where there are several inputs, and unique; that of a member of
    an archive is `archive.zip#folder/name`.
    """
    search = Search(Path(out).resolve() if out is not None else None, reads, companions, megabytes)
    for given, lead in zip(inputs, leads(inputs), strict=True):
        search.take_input(given, lead)
    groups, alone = together(search.found, companions)
    search.skipped.extend(Skipped(found.file.shown, NO_PROSE) for found in alone)
    names = [[short(step, LONGEST) for step in group[0].names] for group in groups]
    ids = unique(names, [group[0].whole for group in groups])
    sources = (
        Source(name, group[0].file.shown, tuple(found.file for found in group))
        for name, group in zip(ids, groups, strict=True)
    )
    skipped = (Skipped(readable(path), reason) for path, reason in search.skipped)
    missing = (Missing(readable(path), reason) for path, reason in search.missing)
    return Intake(tuple(sources), tuple(skipped), tuple(missing))
