"""Tables without rulings: columns from the places of figures and labels, given only where there is no doubt."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.readers.pages.model import Page, Table


def aligned_tables(page: Page, ruled: Sequence[Table]) -> list[Table]:
    """The tables of a page that stand outside its `ruled` ones."""
    return []
