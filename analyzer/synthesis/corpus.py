"""The card and the manifest of a folder of synthetic reports."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

from analyzer.knowledge.schema import Source

CARD, MANIFEST, GOLD = "CARD.md", "manifest.csv", "gold.json"
APART = frozenset({CARD, MANIFEST})
FACTS = ("standard_expected", "format", "layout", "level", "kind")


def seal(folder: Path, family: str, command: str) -> None:
    """Write the card and the manifest (path, SHA-256, bytes) of the reports in `folder`, made by `command`; without a
    family (reports printed again) the manifest alone."""
    labels = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob(f"*/{GOLD}"))]
    if family:
        (folder / CARD).write_text(_card(labels, family, command), encoding="utf-8", newline="\n")
    (folder / MANIFEST).write_text(_manifest(folder), encoding="utf-8", newline="\n")


def _manifest(folder: Path) -> str:
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(("path", "sha256", "bytes"))
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for name in sorted(found.keys() - APART):
        content = found[name].read_bytes()
        writer.writerow((name, hashlib.sha256(content).hexdigest(), len(content)))
    return rows.getvalue()


def _card(labels: list[dict[str, Any]], family: str, command: str) -> str:
    source = Source()
    rules = Counter(rule for entry in labels for rule in {defect["rule"] for defect in entry["defects"]} if rule)
    return source.text("corpus_card.md").format(
        family=family,
        reports=len(labels),
        command=command,
        counts="\n".join(_counts(labels)),
        made=source.toml("corpus_families.toml")[family],
        most=max((len(entry["defects"]) for entry in labels), default=0),
        rules=", ".join(f"{rule} {count}" for rule, count in sorted(rules.items())) or "none",
    )


def _counts(labels: list[dict[str, Any]]) -> list[str]:
    """A row for each value of each fact, and for clean and spoiled reports."""
    rows = [f"| clean | {sum(not entry['defects'] for entry in labels)} |"]
    rows.append(f"| with defects | {sum(bool(entry['defects']) for entry in labels)} |")
    for fact in FACTS:
        found = Counter(str(entry["report"].get(fact) or "none") for entry in labels)
        rows += [f"| {fact} {value} | {count} |" for value, count in sorted(found.items())]
    rows.append(f"| claims | {sum(len(entry['claims']) for entry in labels)} |")
    return rows
