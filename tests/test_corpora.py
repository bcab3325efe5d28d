"""The synthetic corpora are what their commands write, and hold what they say."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from analyzer.synthesis import GOLD, as_text, generate
from analyzer.synthesis.defects import DEFECTS

FOLDER = Path(__file__).resolve().parent.parent / "corpora" / "synthetic"
FAMILIES = ("train", "tune", "test", "fresh")
COMMAND = re.compile(r"`analyzer generate --family (\w+) --count (\d+) --seed (\S+) --defects (\w+)`")
ENOUGH = 10
"""Reports in which each rule that any defect shows must be found at least."""

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the corpora are not part of this copy")


def manifest(family: str) -> dict[str, tuple[str, int]]:
    with (FOLDER / family / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return {row["path"]: (row["sha256"], int(row["bytes"])) for row in csv.DictReader(file)}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_file_stands_in_the_manifest(family: str) -> None:
    files = [path for path in (FOLDER / family).glob("*/*") if path.is_file()]
    there = {
        path.relative_to(FOLDER / family).as_posix(): (hashlib.sha256(content).hexdigest(), len(content))
        for path in files
        if (content := path.read_bytes()) is not None
    }
    assert there == manifest(family)


@pytest.mark.parametrize("family", FAMILIES)
def test_reports_come_out_of_their_command_again(family: str) -> None:
    found = COMMAND.search((FOLDER / family / "CARD.md").read_text(encoding="utf-8"))
    assert found is not None
    assert found[1] == family
    stated = manifest(family)
    reports = list(generate(int(found[2]), found[3], family=family, defects=found[4], only=(1, 13, 27)))
    assert len(reports) == 3
    for report in reports:
        files = {**report.files, GOLD: as_text(report.gold).encode()}
        for name, content in files.items():
            assert stated[f"{report.name}/{name}"] == (hashlib.sha256(content).hexdigest(), len(content)), report.name


def test_the_corpus_that_measures_has_clean_reports_and_every_rule_several_times() -> None:
    labels = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / "test").glob(f"*/{GOLD}"))]
    clean = sum(not entry["defects"] for entry in labels)
    assert 0.4 <= clean / len(labels) <= 0.6
    known = {defect.rules[0] for defect in DEFECTS.values()}
    rules = Counter(
        rule
        for entry in labels
        for rule in {finding["rule"] for finding in [*entry["findings"], *entry["other_findings"]]} & known
    )
    assert len(rules) >= 55
    assert {rule: count for rule, count in rules.items() if count < ENOUGH} == {}
    assert {entry["report"]["standard_expected"] for entry in labels} == {"none", "2014", "2019", "2021"}
    assert {entry["report"]["format"] for entry in labels} == {"html", "md", "txt"}
