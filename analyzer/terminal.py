"""One report as plain text for a terminal: what it states, what was checked, what was found, what it scores."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from analyzer.analysis import Analysis
from analyzer.document import Cell, Claim, Finding, Span
from analyzer.knowledge import Knowledge
from analyzer.knowledge.wording import Wording, columns, one_line, shorten, wrap

_COLOURS = {
    "error": "31;1",
    "warning": "33",
    "inconsistent": "31;1",
    "suspect": "33",
    "consistent": "32",
    "head": "1",
    "pale": "2",
}
_SEVERITIES = ("error", "warning", "info")
_VERDICTS = ("consistent", "inconsistent", "suspect", "unverifiable")
_OUTCOMES = ("holds", "violated", "suspect", "not_assessable")
_LEAST = 72
_BLANKS_LISTED = 6
_IN_DOUBT = ("doubtful", "unreadable", "not_applicable")
_NUMBERED = re.compile(r"\d")
_GROUP = re.compile(r"（.）")


def render(analysis: Analysis, known: Knowledge, *, width: int = 80, colour: bool = False) -> str:
    """The report in lines of at most `width` columns (72 or more), in the language of the analysis.

    The same analysis gives the same text; `colour` adds ANSI colours and nothing else.
    """
    view = _View(analysis, known, max(_LEAST, width), colour)
    parts = (_head, _sections, _cells, _claims, _findings, _scores)
    return "\n\n".join("\n".join(part(view)) for part in parts) + "\n"


@dataclass(frozen=True)
class _View:
    """What every part of the text needs: the analysis, the words, how wide and whether in colour."""

    analysis: Analysis
    known: Knowledge
    width: int
    colour: bool

    @property
    def words(self) -> Wording:
        return self.known.wording

    def say(self, key: str, **values: object) -> str:
        return self.words.say(key, self.analysis.lang, **values)

    def label(self, group: str, name: str) -> str:
        return self.words.label(group, name, self.analysis.lang)

    def paint(self, text: str, kind: str) -> str:
        code = _COLOURS.get(kind) if self.colour else None
        return f"\x1b[{code}m{text}\x1b[0m" if code else text

    def heading(self, key: str, counts: str = "") -> str:
        first, *rest = wrap(f"{self.say(f'show.{key}')}: {counts}" if counts else self.say(f"show.{key}"), self.width)
        rule = "" if rest else " " + "-" * max(0, self.width - columns(first) - 1)
        return self.paint("\n".join([f"{first}{rule}".rstrip(), *rest]), "head")

    def counts(self, group: str, names: Sequence[str], found: Iterable[str]) -> str:
        """`12（相符 5，矛盾 7）`: how many in all and of each kind that occurs."""
        tally = Counter(found)
        kinds = [f"{self.label(group, name)} {tally[name]}" for name in names if tally[name]]
        return " · ".join([str(tally.total()), *kinds])

    @cached_property
    def labels(self) -> dict[str, str]:
        """Indicator → its row's label on the form that was found, else on the one that was due."""
        report = self.analysis.report
        rows = [row for row in self.known.forms.indicators if not row.table.endswith(".applicant")]
        wanted = (report.standard_expected, report.standard)
        return {row.indicator: row.label for standard in wanted for row in rows if row.standard == standard}

    @cached_property
    def breaks(self) -> list[int]:
        return [place.start() for place in re.finditer("\n", self.analysis.text)]

    def place(self, span: Span | None) -> str:
        """The page where there are pages, else the line of the extracted text."""
        if span is None:
            return ""
        if span.page is not None:
            return self.say("show.page", n=span.page)
        return self.say("show.line", n=bisect_right(self.breaks, span.start - 1) + 1)

    def indented(self, text: str, indent: int) -> list[str]:
        return [" " * indent + line for line in wrap(text, self.width - indent)]


def _head(view: _View) -> Iterator[str]:
    report = view.analysis.report
    agency = one_line(report.agency) or view.say("show.unknown_agency")
    year = view.say("show.year", year=report.year) if report.year else view.say("show.unknown_year")
    for line in wrap(f"{agency}  {year}", view.width):
        yield view.paint(line, "head")
    if report.title:
        yield from wrap(report.title, view.width)
    kind = " ".join(view.label(group, name) for group, name in (("level", report.level), ("kind", report.kind)) if name)
    grade = view.analysis.grade or view.say("grade.none")
    scores = [_scored(view, name, view.analysis.points(name)) for name in ("overall", "completeness", "consistency")]
    facts = {
        "kind": kind,
        "published": report.published,
        "form": _form(view),
        "scores": f"{grade} · {' · '.join(scores)}",
    }
    size = max(columns(view.say(f"show.{name}")) for name in facts)
    for name, fact in facts.items():
        if fact:
            yield from _hanging(view, _left(view.say(f"show.{name}"), size + 2), fact)


def _hanging(view: _View, first: str, text: str, kind: str = "") -> Iterator[str]:
    """`text` beside `first` (painted as `kind`), its further lines indented below itself."""
    indent = columns(first)
    lines = wrap(text, view.width - indent) or [""]
    yield f"{view.paint(first, kind)}{lines[0]}".rstrip()
    yield from (" " * indent + line for line in lines[1:])


def _scored(view: _View, dimension: str, points: Decimal | None) -> str:
    said = view.say("grade.none") if points is None else f"{points:.1f}"
    return f"{view.label('dimension', dimension)} {said}"


def _form(view: _View) -> str:
    found, expected = view.analysis.report.standard, view.analysis.report.standard_expected
    names = {"found": view.label("standard", found), "expected": view.label("standard", expected)}
    if found == expected:
        return view.say("show.form_none") if found == "none" else names["found"]
    return view.say("show.form_missing" if found == "none" else "show.form_other", **names)


def _sections(view: _View) -> Iterator[str]:
    sections = view.analysis.sections
    yield view.heading("sections", str(sum(bool(s.heading) for s in sections)))
    if not sections:
        yield view.say("show.no_sections")
    for section in sections:
        classes = [view.label("section", name) for name in section.section.split(";") if name]
        said = shorten("; ".join(classes), view.width // 3)
        indent = "  " * max(1, section.depth)
        room = view.width - len(indent) - columns(said) - 2
        heading = shorten(one_line(section.heading) or f"({view.label('section', 'preamble')})", room)
        yield f"{indent}{_left(heading, room)}  {said}".rstrip()
    missing = [f.indicator for f in view.analysis.findings if f.rule == "section.missing"]
    if missing:
        names = "; ".join(view.label("section", name) for name in missing)
        lines = wrap(f"{view.say('show.missing_sections')}: {names}", view.width - 2)
        yield from ("  " + view.paint(line, "warning") for line in lines)


def _cells(view: _View) -> Iterator[str]:
    cells = view.analysis.cells
    yield view.heading("cells", view.counts("state", list(view.words.under("state")), (c.state for c in cells)))
    if not cells:
        yield view.say("show.no_cells")
    for table, own in _by_table(view).items():
        yield "  " + view.paint(shorten(view.label("table", table), view.width - 2), "head")
        if all(cell.state == "absent" for cell in own):
            yield "    " + view.say("show.table_absent")
        else:
            yield from _matrix(view, own) if any(cell.applicant for cell in own) else _list(view, own)


def _by_table(view: _View) -> dict[str, list[Cell]]:
    """The cells of each table, in the order of the form that was found, then of the one that was due."""
    report, forms = view.analysis.report, view.known.forms
    where = {
        cell.key: cell.table
        for standard in (report.standard_expected, report.standard)
        for cell in forms.cells(standard)
    }
    tables: dict[str, list[Cell]] = {}
    for cell in view.analysis.cells:
        tables.setdefault(where.get(cell.key, ""), []).append(cell)
    return tables


def _list(view: _View, cells: list[Cell]) -> Iterator[str]:
    """A line for each cell that is neither zero nor absent; the others are counted."""
    blank = [cell for cell in cells if cell.state == "blank"]
    passed = {"zeros": _zeros(cells), "blanks": len(blank) if len(blank) > _BLANKS_LISTED else 0}
    passed["absents"] = sum(cell.state == "absent" for cell in cells)
    for cell in cells:
        if _is_zero(cell) or cell.state == "absent" or (cell.state == "blank" and passed["blanks"]):
            continue
        said, place = f"{_mark(view, cell)} {cell.unit if cell.value is not None else ''}", view.place(cell.span)
        label = _left(shorten(_cell_label(view, cell), view.width - 34), view.width - 34)
        yield f"    {label} {_left(_right(said.strip(), 16), 16)}  {place}".rstrip()
        if cell.state in _IN_DOUBT and (cell.raw.strip() or cell.note):
            raw, doubt = shorten(one_line(cell.raw), 30), view.label("doubt", cell.note)
            yield from view.indented(f"{view.say('show.printed', raw=raw)} {doubt}", 6)
    counted = [view.say(f"show.{name}", n=n) for name, n in passed.items() if n]
    if counted:
        yield from view.indented(" · ".join(counted), 4)


def _matrix(view: _View, cells: list[Cell]) -> Iterator[str]:
    """A row an indicator, a column an applicant; rows of nothing but zeros are counted."""
    applicants = list(dict.fromkeys(cell.applicant for cell in cells))
    rows: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.indicator, {})[cell.applicant] = cell
    size = 7
    room = max(10, view.width - 4 - size * len(applicants))
    yield " " * (4 + room) + "".join(_right(view.label("applicant", name), size) for name in applicants)
    shown = [row for row in rows.values() if not all(_is_zero(cell) for cell in row.values())]
    for row in shown:
        label = _left(shorten(_cell_label(view, next(iter(row.values()))), room), room)
        yield f"    {label}" + "".join(_right(_mark(view, row.get(name)), size) for name in applicants)
    if len(shown) < len(rows):
        yield "    " + view.say("show.zero_rows", n=len(rows) - len(shown))
    doubts = dict.fromkeys(cell.note for cell in cells if cell.state == "doubtful" and cell.note)
    if doubts:
        yield from view.indented("? " + "; ".join(view.label("doubt", note) for note in doubts), 4)


def _is_zero(cell: Cell) -> bool:
    return cell.state == "read" and cell.value == 0


def _zeros(cells: Iterable[Cell]) -> int:
    return sum(_is_zero(cell) for cell in cells)


def _mark(view: _View, cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.value is not None:
        return _number(cell.value) + ("?" if cell.state == "doubtful" else "")
    return view.label("mark", cell.state)


def _cell_label(view: _View, cell: Cell) -> str:
    """The form's label without the groups above it (`（六）3.其他`); in English the indicator's id."""
    if view.analysis.lang == "en":
        return cell.indicator
    *above, last = (part.strip() for part in view.labels.get(cell.indicator, cell.label).split(" / "))
    group = _GROUP.match(above[-1]) if above and _NUMBERED.match(last) else None
    if group:
        return f"{group.group()}{last}"
    return last if cell.applicant else " / ".join([*above[-1:], last])


def _claims(view: _View) -> Iterator[str]:
    claims = view.analysis.claims
    yield view.heading("claims", view.counts("verdict", _VERDICTS, (claim.verdict for claim in claims)))
    if not claims:
        yield view.say("show.no_claims")
        return
    sizes = _claim_sizes(view)
    names = ("place", "verdict", "value", "table_value", "quote", "indicator")
    yield view.paint(_claim_line([view.say(f"column.{name}") for name in names], sizes), "pale")
    for claim in claims:
        yield from _claim(view, claim, sizes)


def _claim_sizes(view: _View) -> list[int]:
    """Widths of the columns; quote and indicator share what the others leave."""
    place = max(columns(view.place(claim.span)) for claim in view.analysis.claims)
    verdict = max(columns(view.label("verdict", name)) for name in _VERDICTS)
    rest = view.width - 2 - place - verdict - 2 * 9 - 8
    return [place, verdict, 8, 8, max(10, rest * 11 // 20), max(6, rest - rest * 11 // 20)]


def _claim(view: _View, claim: Claim, sizes: list[int]) -> Iterator[str]:
    value = "-" if claim.value is None else ("~" if claim.approximate else "") + _number(claim.value)
    against = "-" if claim.table_value is None else _number(claim.table_value)
    quote = one_line(view.analysis.cut(claim.span))
    verdict = view.label("verdict", claim.verdict)
    line = _claim_line([view.place(claim.span), verdict, value, against, quote, claim.indicator or "-"], sizes)
    yield line.replace(verdict, view.paint(verdict, claim.verdict), 1)
    if claim.note and claim.verdict in ("inconsistent", "suspect"):
        reason = view.known.rulebook.reasons.get(claim.note)
        yield from view.indented(reason.say(view.analysis.lang) if reason else claim.note, sizes[0] + 4)


def _claim_line(fields: Sequence[str], sizes: list[int]) -> str:
    place, verdict, value, against, quote, indicator = (shorten(f, n) for f, n in zip(fields, sizes, strict=True))
    numbers = f"{_right(value, sizes[2])} {_right(against, sizes[3])}"
    return f"  {_left(place, sizes[0])}  {_left(verdict, sizes[1])} {numbers}  {_left(quote, sizes[4])}  {indicator}"


def _findings(view: _View) -> Iterator[str]:
    findings = sorted(view.analysis.findings, key=lambda finding: _SEVERITIES.index(finding.severity))
    yield view.heading("findings", view.counts("severity", _SEVERITIES, (f.severity for f in findings)))
    if not findings:
        yield view.say("show.no_findings")
    numbers = {finding.finding_id: number for number, finding in enumerate(findings, start=1)}
    for finding in findings:
        yield from _finding(view, finding, numbers)


def _finding(view: _View, finding: Finding, numbers: dict[str, int]) -> Iterator[str]:
    number, severity = f"{numbers[finding.finding_id]:>3}", view.label("severity", finding.severity)
    told = [view.label("verdict", "suspect")] if finding.verdict == "suspect" else []
    told += [
        view.say("show.cost", points=f"{d.points:.1f}", dimension=view.label("dimension", d.dimension))
        for d in view.analysis.deductions
        if d.finding_id == finding.finding_id and d.dimension != "overall"
    ]
    if finding.cause not in ("", finding.finding_id) and finding.cause in numbers:
        told.append(view.say("show.same_cause", n=numbers[finding.cause]))
    facts = [finding.rule, *([view.place(finding.span)] if finding.span else []), *told]
    yield from _hanging(view, f"{number} {severity} ", " · ".join(facts), finding.severity)
    yield from view.indented(finding.message, 5)
    if finding.actual not in (None, "") and finding.expected not in (None, ""):
        yield from view.indented(_both(view, finding), 5)


def _both(view: _View, finding: Finding) -> str:
    """Both numbers, with both places where there are two."""
    values = {"actual": _number(finding.actual), "expected": _number(finding.expected)}
    if finding.span is None or finding.second is None:
        return view.say("show.one", **values)
    return view.say("show.both", place=view.place(finding.span), second=view.place(finding.second), **values)


def _scores(view: _View) -> Iterator[str]:
    yield view.heading("scores")
    for score in view.analysis.scores:
        said = _scored(view, score.dimension, score.points)
        if score.dimension == "overall" and view.analysis.grade:
            said = f"{said} · {view.analysis.grade}"
        if score.not_assessable:
            said = f"{said} · {view.say('show.left_out', n=score.not_assessable)}"
        yield from view.indented(said, 2)
    checks = view.counts("outcome", _OUTCOMES, (check.outcome for check in view.analysis.checks))
    yield from view.indented(f"{view.say('show.checks')} {checks}", 2)


def _number(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return one_line(str(value))


def _left(text: str, width: int) -> str:
    return text + " " * max(0, width - columns(text))


def _right(text: str, width: int) -> str:
    return " " * max(0, width - columns(text)) + text
