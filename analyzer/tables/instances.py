"""Which printed tables there are, and on which form each is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analyzer.tables.labelling import Group
from analyzer.tables.labels import ACTIVE, REQUESTS, REVIEW, SHORT, STATISTICS, Book
from analyzer.tables.readings import Instance

OLD = "2014"


def instances(found: Sequence[Group], book: Book) -> list[Instance]:
    """The tables among the labels of one run; those with too few labels of a form are none."""
    made: list[Instance] = []
    current: dict[str, Instance] = {}
    for group in found:
        if not group.table:
            continue
        instance = current.get(group.table)
        if instance is None or _again(instance, group):
            instance = current[group.table] = Instance(group.table)
            made.append(instance)
        instance.groups.append(group)
    return [instance for instance in made if _sure(instance, book)]


def _again(instance: Instance, group: Group) -> bool:
    """Whether the label begins the same table anew."""
    role = group.role
    if role is None:
        return False
    if instance.table == REVIEW:
        printed = sum(value.kind == "value" for each in instance.groups for value in each.values)
        return printed >= 15 and role.axis != "plain"
    if instance.table == STATISTICS:
        shared = [each for each in group.roles if each.table == STATISTICS and each.axis == "row"]
        if len(shared) != 1:
            return False
    if role.axis != "row" or not group.filled:
        return False
    return any(each.role == role and each.filled for each in instance.groups)


def _sure(instance: Instance, book: Book) -> bool:
    """Whether enough of a form's labels are there."""
    rows = {group.role.id for group in instance.rows() if group.role is not None and len(group.norm) > SHORT}
    heads = {
        group.norm for group in instance.groups if group.role is not None and group.role.axis in ("band", "column")
    }
    if instance.table == STATISTICS:
        strange = sum(group.role is None and group.filled for group in instance.groups)
        return len(rows) >= 5 and len(rows) >= strange
    if instance.table == REQUESTS:
        return len(rows) >= 3
    kinds = {group.role.id for group in instance.rows() if group.role is not None}
    if instance.table == ACTIVE:
        return len(heads) >= 2 and len(kinds) >= 1
    results = {group.role.id for group in instance.columns() if group.role is not None}
    plain = any(group.role is not None and group.role.axis == "plain" for group in instance.groups)
    return len(results) >= 3 and (len(kinds) >= 1 or plain)


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
