"""Speed of the readers of office formats against the libraries they are measured by, over `corpora/formats`; what is
read of scans."""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

FORMATS = Path(__file__).resolve().parent.parent / "corpora" / "formats"
RUNS = 3


def files(format: str) -> list[tuple[str, bytes]]:
    """The reports in a format."""
    return [of(path) for path in sorted(FORMATS.glob(f"*/*-{format}/report*"))]


def of(path: Path) -> tuple[str, bytes]:
    """One file."""
    return path.name, path.read_bytes()


def best(call: Callable[[], object]) -> float:
    """The shortest of some runs, after one that warms up."""
    call()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def reading(format: str) -> Callable[[], object]:
    """Reads all reports in a format as the product does."""
    from analyzer import knowledge, readers

    layout, given = knowledge.load().layout, files(format)
    return lambda: [readers.read([part], layout) for part in given]


def pages_of(given: list[tuple[str, bytes]]) -> int:
    """Pages of these PDFs."""
    import pypdfium2

    return sum(len(pypdfium2.PdfDocument(content)) for _, content in given)


def pdf() -> None:
    """Print pages a second of text PDFs against pdfplumber's `extract_text` and `extract_tables` (aim: five times)."""
    import pdfplumber

    given = files("pdf")

    def plumb() -> None:
        for _, content in given:
            with pdfplumber.open(io.BytesIO(content)) as document:
                for page in document.pages:
                    page.extract_text()
                    page.extract_tables()

    count, ours, theirs = pages_of(given), best(reading("pdf")), best(plumb)
    print(
        f"pdf: {count / ours:.1f} pages/s; pdfplumber {count / theirs:.1f} pages/s; {theirs / ours:.1f} times (aim: 5)"
    )


def docx() -> None:
    """Print reports a second from DOCX against python-docx reading the same paragraphs and cells."""
    import docx as library

    given = files("docx")

    def read() -> None:
        for _, content in given:
            document = library.Document(io.BytesIO(content))
            _ = [paragraph.text for paragraph in document.paragraphs]
            _ = [cell.text for table in document.tables for cell in table._cells]

    ours, theirs = best(reading("docx")), best(read)
    print(f"docx: {len(given) / ours:.1f} files/s; python-docx {len(given) / theirs:.1f}; {theirs / ours:.1f} times")


def ocr() -> None:
    """Print seconds a page of scans, the engine warm, and how many cells are right, in doubt, and wrong unmarked."""
    from analyzer import knowledge
    from analyzer.pipeline import analyze_parts

    known = knowledge.load()
    spent, count = 0.0, Counter[str]()
    for path in sorted(FORMATS.glob("*/*-scan/report.pdf")):
        plain = path.parent.with_name(path.parent.name.removesuffix("scan") + "md") / "report.md"
        truth = {cell.key: cell.value for cell in analyze_parts([of(plain)], knowledge=known).cells}
        start = time.perf_counter()
        cells = analyze_parts([of(path)], knowledge=known).cells
        spent += time.perf_counter() - start
        count["pages"] += pages_of([of(path)])
        for cell in cells:
            right, marked = cell.value == truth[cell.key], cell.state in ("doubtful", "unreadable")
            count["marked" if marked else "right" if right else "wrong"] += 1
        print(f"ocr: {path.parent.name}: {dict(count)}", flush=True)
    print(f"ocr: {spent / count['pages']:.2f} s/page over {count['pages']} pages of 200 dpi")
