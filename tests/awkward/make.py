"""Writes the awkward files and what is printed in them: `python -m tests.awkward.make [name ...]`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from tests.awkward.drawn import CASES, Case

HERE = Path(__file__).resolve().parent


def write(name: str, case: Case) -> None:
    """`files/name.pdf` and `expected/name.json`."""
    for folder in ("files", "expected"):
        (HERE / folder).mkdir(exist_ok=True)
    (HERE / "files" / f"{name}.pdf").write_bytes(case.content)
    said: dict[str, object] = {
        "standard": case.standard,
        "prose": case.prose,
        "never": case.never,
        "cells": dict(case.printed),
    }
    if case.recognised:
        said["recognised"] = True
    if case.may_mark:
        said["may_mark"] = case.may_mark
    if case.second is not None:
        said["second"] = dict(case.second)
    text = json.dumps(said, ensure_ascii=False, indent=0)
    (HERE / "expected" / f"{name}.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def main(names: list[str]) -> None:
    from tests.awkward.printers import PRINTED

    cases: dict[str, Callable[[], Case]] = {**CASES, **PRINTED}
    for name, case in cases.items():
        if not names or name in names:
            write(name, case())


if __name__ == "__main__":
    main(sys.argv[1:])
