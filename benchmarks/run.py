"""Measures of the product, each part callable alone: `python benchmarks/run.py ratio mutations` (default: all).

`ratio`  whole analysis of a report in a warm process against `jieba.lcut` over the same report's whole text
`help`   wall seconds of `analyzer --help`
`show`   wall seconds of `analyzer show` of one report against the bare imports it needs
`mutations`  small changes to five clean labelled reports of each standard: caught, missed, unseeable, false alarms
`evaluate`   the full evaluation on the labelled corpora, with its wall seconds
`pdf`    pages a second of text PDFs against pdfplumber's text and tables
`docx`   files a second from DOCX against python-docx
`ocr`    seconds a page of scans, and the cells read right, in doubt and wrong
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import formats

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT / "corpora"
RUNS = 15
EACH = 5
"""Reports of each standard that the mutation kit changes."""
IMPORTS = "import jieba, spacy, spacy.lang.zh, lxml.html, click"


def reports() -> list[Path]:
    """The real report and the filled one of each standard."""
    found = [*CORPORA.glob("real/*/report.*"), *CORPORA.glob("demo/*/report.*")]
    return sorted(path for path in found if path.suffix in {".md", ".html", ".txt"})


def seconds(call: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def ratio() -> None:
    """Print, for each report and for their sum, milliseconds of the analysis, of jieba, and their ratio."""
    import jieba

    from analyzer.pipeline import analyze

    print(f"{'report':<44}{'characters':>11}{'analysis ms':>13}{'jieba ms':>10}{'ratio':>7}")
    total = [0.0, 0.0]
    for path in reports():
        text = analyze(path).text
        jieba.lcut(text)
        pairs = [(seconds(lambda p=path: analyze(p)), seconds(lambda t=text: jieba.lcut(t))) for _ in range(RUNS)]
        ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
        total = [total[0] + ours, total[1] + theirs]
        line(path.relative_to(CORPORA).parent.as_posix(), len(text), ours, theirs)
    line("sum", 0, *total)


def line(name: str, characters: int, ours: float, theirs: float) -> None:
    """One row of the ratio's table."""
    print(f"{name:<44}{characters or '':>11}{ours * 1000:>13.1f}{theirs * 1000:>10.1f}{ours / theirs:>7.2f}")


def wall(*command: str) -> float:
    """Median wall seconds of a whole process."""
    return statistics.median(
        seconds(lambda: subprocess.run(command, check=True, capture_output=True, cwd=ROOT)) for _ in range(5)
    )


def help() -> None:
    """Print how long `analyzer --help` takes (aim: 0.3 s)."""
    print(f"analyzer --help: {wall(sys.executable, '-m', 'analyzer', '--help'):.2f} s (aim: at most 0.30)")


def show() -> None:
    """Print how long `analyzer show` of one report takes (aim: its bare imports and 1 s)."""
    bare = wall(sys.executable, "-c", IMPORTS)
    whole = wall(sys.executable, "-m", "analyzer", "show", str(reports()[-1]))
    print(f"analyzer show: {whole:.2f} s; its bare imports: {bare:.2f} s; difference {whole - bare:.2f} s (aim: 1.00)")


def evaluate() -> None:
    """Print what the product reaches on every labelled corpus of the checkout, all reports of it."""
    from analyzer import evaluation, knowledge

    for folder in (CORPORA / "real", CORPORA / "synthetic" / "test"):
        if folder.is_dir():
            start = time.perf_counter()
            found = evaluation.evaluate(folder)
            print(evaluation.render(found, knowledge.load().wording, "en"))
            print(f"{folder.relative_to(ROOT)}: {time.perf_counter() - start:.1f} s\n")


def mutations() -> None:
    """Print what the mutation kit comes to by kind of change, what was missed, and why the rest cannot be seen."""
    import pandas as pd

    from analyzer.synthesis.mutations import frame, summary, trials

    tried = {}
    for standard, folders in clean_reports().items():
        found = {}
        for folder in folders:
            files = {path.name: path.read_bytes() for path in sorted(folder.glob("report*"))}
            found[folder.name] = list(trials(files, json.loads((folder / "gold.json").read_text(encoding="utf-8"))))
        print(f"standard {standard}: {', '.join(found)}\n{summary(frame(found)).to_string()}\n")
        tried |= found
    changes = frame(tried)
    with pd.option_context("display.width", 200, "display.max_colwidth", 48):
        print(f"all\n{summary(changes).to_string()}\n")
        shown = ["report", "kind", "what", "before", "after", "seen_by", "rules", "false"]
        bad = changes[changes["outcome"].isin(["missed", "misread"]) | (changes["false"] != "")]
        print(f"missed, misread or with a false alarm\n{bad[shown].to_string(index=False)}\n")
        silent = changes[changes["outcome"] == "unseeable"]
        print(f"unseeable, and why\n{silent.groupby('kind')['reason'].value_counts().to_string()}")


def clean_reports() -> dict[str, list[Path]]:
    """By standard, the first labelled reports into which no defect was put."""
    found: dict[str, list[Path]] = {}
    for path in sorted(CORPORA.glob("synthetic/test/*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        reports = found.setdefault(gold["report"]["standard"], [])
        if not gold.get("defects") and len(reports) < EACH:
            reports.append(path.parent)
    return dict(sorted(found.items()))


PARTS = {"ratio": ratio, "help": help, "show": show, "evaluate": evaluate, "mutations": mutations}
PARTS |= {"pdf": formats.pdf, "docx": formats.docx, "ocr": formats.ocr}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
