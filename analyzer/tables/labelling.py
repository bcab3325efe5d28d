"""From lines of pieces to labels with the values that belong to them."""

from __future__ import annotations

import difflib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analyzer.tables.labels import REQUESTS, SHORT, STATISTICS, Book, Role
from analyzer.tables.pieces import Line, Piece

NEAR, ROOM, AHEAD = 0.72, 30, 4


@dataclass(slots=True)
class Group:
    """A label with what is printed after it, up to the next one; `role` None: words that no form knows.

    `exact` is False where the words were only close to the label; `stretch` holds first and last line of the label.
    """

    norm: str
    roles: tuple[Role, ...]
    exact: bool
    spot: int
    pieces: list[Piece]
    role: Role | None = None
    table: str = ""
    values: list[Piece] = field(default_factory=list)
    units: list[Piece] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Where the label ends in the text."""
        return self.pieces[-1].end

    @property
    def filled(self) -> bool:
        """Whether anything but empty places follows the label."""
        return any(value.kind == "value" for value in self.values)


def groups(run: list[Line], book: Book) -> list[Group]:
    """The labels of a run in order, their table and role decided, their values given to them."""
    found, texts = _labels(run, book)
    found += _strange(found, texts, book)
    found.sort(key=lambda group: group.spot)
    _give(found, run, _serials(found, run))
    _decide(found, book)
    return found


def _labels(run: list[Line], book: Book) -> tuple[list[Group], list[Piece]]:
    """All labels in the joined text of the run, and the pieces that make up this text."""
    parts: list[str] = []
    texts: list[Piece] = []
    size = 0
    edge = -1
    for line in run:
        for place, piece in enumerate(line.pieces):
            piece.spot = size
            if piece.kind != "text" or _beside(line, place, edge, book):
                continue
            edge = piece.x
            texts.append(piece)
            part = piece.norm + ("\n" if line.grid >= 0 or not line.known else "")
            parts.append(part)
            size += len(part)
    return _find("".join(parts), texts, book), texts


def _beside(line: Line, place: int, edge: int, book: Book) -> bool:
    """Whether a piece belongs to a title that runs down the side of rows, and so may interrupt their labels.

    `edge` is where the words before it begin: what stands right below them goes on with them.
    """
    piece = line.pieces[place]
    norm = piece.norm
    if norm not in book.group_text:
        return False
    followed = next((other.kind == "text" for other in line.pieces[place + 1 :] if other.kind != "blank"), False)
    if norm in book.groups:
        return followed or not any(role.axis == "row" for role in book.roles.get(norm, ()))
    if norm in book.roles or line.grid >= 0:
        return False
    return (len(norm) <= 4 and followed) or (len(norm) <= 2 and piece.x != edge)


def _find(text: str, texts: list[Piece], book: Book) -> list[Group]:
    starts = [piece.spot for piece in texts]
    ends = {piece.spot + len(piece.norm) for piece in texts}
    found: list[Group] = []
    at = 0
    while match := book.pattern.search(text, at):
        first = bisect_right(starts, match.start()) - 1
        last = bisect_left(starts, match.end()) - 1
        group = _accept(match.start(), match[0], texts[first : last + 1], match.end() in ends, book)
        if group is None and last > first and texts[first].norm in book.roles and match.start() == starts[first]:
            group = _accept(match.start(), texts[first].norm, texts[first : first + 1], True, book)
        at = match.start() + (len(group.norm) if group else 1)
        if group:
            found.append(group)
    return found


def _accept(start: int, norm: str, pieces: list[Piece], whole: bool, book: Book) -> Group | None:
    """The label, if it is not a word inside another."""
    lead = pieces[0].norm[: start - pieces[0].spot]
    if lead and (len(norm) <= SHORT or lead not in book.roles):
        return None
    exact = True
    if not whole:
        tail = pieces[-1].norm[start + len(norm) - pieces[-1].spot :]
        if len(norm) <= SHORT or len(pieces) > 1:
            return None
        exact = norm + tail in book.whole
        if not exact and len(tail) > max(2, len(norm) // 2):
            return None
    return Group(norm, book.roles[norm], exact, start, pieces)


def _strange(found: list[Group], texts: list[Piece], book: Book) -> list[Group]:
    """Groups for the beginning of a label whose rest is elsewhere, and for words that are part of no label."""
    taken = {id(piece) for group in found for piece in group.pieces}
    strange: list[Group] = []
    for piece in texts:
        if id(piece) in taken:
            continue
        roles = book.beginnings.get(piece.norm, ())
        if roles or not (piece.norm in book.whole or book.heads.letters.issuperset(piece.norm)):
            strange.append(Group(piece.norm, roles, False, piece.spot, [piece]))
    return strange


def _nearest(norm: str, table: str, book: Book) -> str:
    """The label of a row of `table` that differs little from `norm` (misread print), else empty."""
    size, letters = len(norm), set(norm)
    close = [
        label
        for label, own in book.letters.get(table, ())
        if abs(len(label) - size) * 3 <= size and len(letters & own) * 3 >= len(letters) * 2
    ]
    best = difflib.get_close_matches(norm, close, n=1, cutoff=NEAR)
    return best[0] if best else ""


def _serials(found: list[Group], run: list[Line]) -> set[int]:
    """Numbers that stand before the labels as 1, 2, 3 …, by identity."""
    rows = [group for group in found if any(role.axis == "row" for role in group.roles)]
    first = {id(group.pieces[0]) for group in rows}
    pieces = [piece for line in run for piece in line.pieces]
    before = [(a, b) for a, b in pairwise(pieces) if id(b) in first and a.kind == "value" and a.raw.isdecimal()]
    if not before or len(before) * 2 < len(first) or before[0][1] is not rows[0].pieces[0]:
        return set()
    steps = sum(int(left.raw) + 1 == int(right.raw) for (left, _), (right, _) in pairwise(before))
    return {id(a) for a, _ in before} if steps * 10 >= len(before) * 8 else set()


def _give(found: list[Group], run: list[Line], serials: set[int]) -> None:
    """Every value and unit to the last label that begins before it; serial numbers to none."""
    starts = [group.spot for group in found]
    for line in run:
        words = [place for place, piece in enumerate(line.pieces) if piece.kind == "text"]
        lead = words[0] if words else 0
        for piece in line.pieces[lead:]:
            if piece.kind == "text" or id(piece) in serials:
                continue
            owner = bisect_left(starts, piece.spot) - 1
            if owner >= 0 and (found[owner].pieces[-1].row < 0 or piece.row >= 0):
                (found[owner].units if piece.kind == "unit" else found[owner].values).append(piece)


def _decide(found: list[Group], book: Book) -> None:
    """Table and role of each label, from what stands before it."""
    table, axis, rows, room = "", "", False, ROOM
    for number, group in enumerate(found):
        if not group.roles and table and group.filled and len(group.norm) > SHORT and room:
            room -= 1
            group.roles = book.roles.get(_nearest(group.norm, table, book), ())
        if not group.roles:
            group.table = table
            continue
        own = [role for role in group.roles if role.table == table]
        if not own and table and not group.exact:
            group.roles, group.table = (), table
            continue
        if not own:
            new = _table(group, found[number + 1 : number + 1 + AHEAD], table)
            own = [role for role in group.roles if role.table == new]
            rows = False
        table = group.table = own[0].table
        group.role = _role(own, axis, rows)
        if group.role.axis != "plain":
            axis = group.role.axis
            rows = rows or axis == "row"


def _table(group: Group, following: Sequence[Group], before: str) -> str:
    """The table that begins with a label: the one that the labels after it belong to as well, if there are several."""
    tables = list(dict.fromkeys(role.table for role in group.roles))
    for other in following:
        shared = [table for table in tables if any(role.table == table for role in other.roles)]
        if len(shared) == 1:
            return shared[0]
    later = [table for table in tables if table != STATISTICS]
    return later[0] if later and before not in ("", STATISTICS) else tables[0]


def _role(roles: list[Role], axis: str, rows: bool) -> Role:
    """Of the roles a label may have in its table: a column among columns, else a row once rows have begun."""
    axes = {role.axis for role in roles}
    if len(axes) == 1 or roles[0].table == STATISTICS:
        return next((role for role in roles if role.axis == "row"), roles[0])
    if axes == {"row", "column"} and roles[0].table == REQUESTS:
        wanted = "column" if axis == "column" or not rows else "row"
        return next(role for role in roles if role.axis == wanted)
    return next((role for role in roles if role.axis == "row"), roles[0])
