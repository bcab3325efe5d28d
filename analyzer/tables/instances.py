"""Which printed tables there are, and on which form each is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analyzer.tables.labelling import Group
from analyzer.tables.labels import ACTIVE, REQUESTS, REVIEW, SHORT, STATISTICS, Book, Role
from analyzer.tables.readings import Instance

OLD = "2014"
FEW, BACK, CASES, COLUMNS, LABELS = 12, 3, 15, 3, 2
"""Rows of the statistics table below which it may be a province's own form (these share some of its labels); rows
after which a label stands for another copy of the table; numbers in the table of reviews and suits; numbers that may
stand in a row of the statistics table (this year's, last year's, the change); labels that show a table of which too
little is told."""


def instances(found: Sequence[Group], book: Book) -> list[Instance]:
    """The tables among the labels of one run; those with too few labels of a form are none, or `partial`."""
    made: list[Instance] = []
    current: dict[str, Instance] = {}
    before = ""
    for group in found:
        if not group.table:
            continue
        instance = current.get(group.table)
        if instance is not None and group.table != before and not instance.seen:
            instance = None
        before = group.table
        if instance is None or _again(instance, group):
            header = _header(instance) if instance is not None else []
            instance = current[group.table] = Instance(group.table, header)
            made.append(instance)
        instance.groups.append(group)
        if group.role is not None and group.role.axis == "row" and (group.exact or group.filled):
            at, full = instance.seen.get(group.role.id, (len(instance.seen), False))
            instance.seen[group.role.id] = (at, full or group.filled)
    return _kept(made, book)


def _kept(made: Sequence[Instance], book: Book) -> list[Instance]:
    """Those with labels enough; others give their rows to a table of requests before them, or are `partial`."""
    kept: list[Instance] = []
    requests: Instance | None = None
    for instance in made:
        if _sure(instance, book):
            kept.append(instance)
            requests = instance if instance.table == REQUESTS else requests
        elif instance.table == REQUESTS and requests is not None:
            requests.groups += _more(requests, instance)
        elif _has_numbers(instance):
            instance.partial = True
            kept.append(instance)
    return kept


def _more(whole: Instance, rest: Instance) -> list[Group]:
    """The rows of a few labels behind a table of which it has no numbers of its own."""
    full = {role for role, (_, filled) in whole.seen.items() if filled}
    rows = [group for group in rest.rows() if group.filled and group.role and group.role.id not in full]
    for group in rows:
        group.exact = False
    return rows


def _has_numbers(instance: Instance) -> bool:
    """Whether several of the labels of a table of numbers stand there, and numbers enough behind them."""
    own = [group for group in instance.groups if group.role is not None]
    labels = {group.norm for group in own if len(group.norm) > SHORT}
    values = sum(value.kind == "value" for group in own for value in group.values)
    return instance.table in (REVIEW, REQUESTS) and len(labels) >= LABELS and values >= LABELS * COLUMNS


def _again(instance: Instance, group: Group) -> bool:
    """Whether the label begins the same table anew."""
    role = group.role
    if role is None or role.axis == "plain":
        return False
    if instance.table == REVIEW:
        return _review_again(instance, role)
    shared = [each for each in group.roles if each.table == STATISTICS and each.axis == "row"]
    if role.axis != "row" or (instance.table == STATISTICS and len(shared) != 1):
        return False
    at, full = instance.seen.get(role.id, (-1, False))
    if at < 0:
        return False
    return (full and group.filled) or at < len(instance.seen) - BACK


def _review_again(instance: Instance, role: Role) -> bool:
    printed = sum(value.kind == "value" for each in instance.groups for value in each.values)
    rows = [each.role for each in instance.rows()]
    seen = rows[rows.index(role) + 1 :] if role in rows else []
    return printed >= CASES or len({each.id for each in seen if each is not None} - {role.id}) >= 2


def _header(instance: Instance) -> list[Group]:
    """The labels after the table's last row, taken from it: they are the header of the next."""
    last = max((n for n, each in enumerate(instance.groups) if each.role and each.role.axis == "row"), default=-1)
    header = instance.groups[last + 1 :] if instance.table != REVIEW else []
    del instance.groups[len(instance.groups) - len(header) :]
    return header


def _sure(instance: Instance, book: Book) -> bool:
    """Whether enough of a form's labels are there."""
    rows = {group.role.id for group in instance.rows() if group.role is not None and len(group.norm) > SHORT}
    heads = {
        group.norm for group in instance.groups if group.role is not None and group.role.axis in ("band", "column")
    }
    if instance.table == STATISTICS:
        strange = sum(group.role is None and bool(group.values or group.units) for group in instance.groups)
        return len(rows) >= FEW and len(rows) >= strange
    if instance.table == REQUESTS:
        return len(rows) >= 3
    kinds = {group.role.id for group in instance.rows() if group.role is not None}
    if instance.table == ACTIVE:
        return len(heads) >= 2 and len(kinds) >= 1
    results = {group.role.id for group in instance.columns() if group.role is not None}
    plain = any(group.role is not None and group.role.axis == "plain" for group in instance.groups)
    return len(results) >= 3 and (len(kinds) >= 1 or plain)


def has_loose_numbers(found: Sequence[Group], book: Book) -> bool:
    """Whether in lines of text numbers follow a label that is none of a row, or more than its row has cells."""
    return any(
        sum(value.kind == "value" and value.row < 0 for value in group.values) > _room(group, book)
        for group in found
        if group.values and group.table
    )


def _room(group: Group, book: Book) -> int:
    """How many numbers may follow a label."""
    role = group.role
    if group.table in (STATISTICS, REVIEW):
        return COLUMNS if group.table == STATISTICS else CASES
    if role is None or role.axis != "row":
        return 0
    if role.table == REQUESTS:
        return book.applicants
    return max(len(columns) for (_, row), columns in book.columns.items() if row == role.id)


def standards(found: Sequence[Instance], book: Book, expected: str) -> tuple[str, list[str]]:
    """The form of the report, and that of each table, by the labels that only one form has."""
    votes = [_votes(instance, book) for instance in found]
    total: Counter[str] = Counter()
    for vote in votes:
        if vote:
            total[max(vote, key=lambda each: (vote[each], each == expected))] += 10
            total.update(vote)
    main = max(total, key=lambda each: (total[each], each == expected)) if total else ""
    if not main:
        main = expected if expected not in ("none", OLD) else "2021"
    own = []
    for instance, vote in zip(found, votes, strict=True):
        fits = main if (main == OLD) == (instance.table == STATISTICS) else ""
        own.append(
            max(vote, key=lambda each: (vote[each], each == main)) if vote else fits or _other(instance, expected)
        )
    return main, own


def _other(instance: Instance, expected: str) -> str:
    if instance.table == STATISTICS:
        return OLD
    return expected if expected not in ("none", OLD) else "2021"


def _votes(instance: Instance, book: Book) -> Counter[str]:
    """How many of a table's labels each form alone has."""
    votes: Counter[str] = Counter()
    if instance.table == STATISTICS:
        votes[OLD] = len(instance.rows())
        return votes
    for group in instance.groups:
        if group.role is None or not group.exact or group.role.axis == "plain":
            continue
        if group.role.id == "request.other" and not group.filled:
            continue
        standards = book.votes.get((group.table, group.norm), frozenset()) - {""}
        if len(standards) == 1:
            votes[next(iter(standards))] += 1
    return +votes
