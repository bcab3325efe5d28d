"""Names of sources: short, telling, and each only once."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

WILD = frozenset("*?[")


def readable(name: str) -> str:
    """A name as text: what a system that writes UTF-8 cannot tell is read as GB18030, which Windows writes in China."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "replace")
    return name


def leads(inputs: Sequence[str | Path]) -> list[list[str]]:
    """What stands before the ids of each input: nothing for a single one, else the folder's name, with as many
    folders above as tell inputs of one name apart; for a pattern that of the folder it starts from."""
    if len(inputs) < 2:
        return [[] for _ in inputs]
    whole = [fixed(given).resolve().parts for given in inputs]
    names = []
    for parts in whole:
        others = {other for other in whole if other != parts}
        size = next((n for n in range(1, len(parts)) if all(parts[-n:] != other[-n:] for other in others)), 1)
        names.append([readable(part) for part in parts[-size:]])
    return names


def fixed(given: str | Path) -> Path:
    """The path up to its first wildcard."""
    path = Path(given)
    if path.exists():
        return path
    parts = path.parts
    wild = next((n for n, part in enumerate(parts) if not WILD.isdisjoint(part)), len(parts))
    return Path(*parts[:wild]) if wild else Path()


def unique(names: Iterable[Sequence[str]], whole: Sequence[Sequence[str]]) -> list[str]:
    """Ids from names, made to differ by the folders above each in its whole name, then by a number."""
    ids = ["/".join(parts) for parts in names]
    depth = 1
    while len(set(ids)) < len(ids) and depth <= max(len(parts) for parts in whole):
        count = Counter(ids)
        own = [len(name.split("/")) for name in ids]
        ids = [
            "/".join((*whole[n][-own[n] - 1 : -own[n]], name)) if count[name] > 1 else name
            for n, name in enumerate(ids)
        ]
        depth += 1
    seen: Counter[str] = Counter()
    for n, name in enumerate(ids):
        seen[name] += 1
        ids[n] = name if seen[name] == 1 else f"{name}~{seen[name]}"
    return ids
