"""From a draft to its files: what tables print is settled first (labels are computed from that), then all is."""

from __future__ import annotations

import datetime
import random

from analyzer.knowledge.forms import Forms
from analyzer.knowledge.printing import Printing
from analyzer.synthesis.alike import COMMON
from analyzer.synthesis.copies import Copy, Passage
from analyzer.synthesis.draft import Cells, Draft
from analyzer.synthesis.editions import NONE, Edition, Proof, Wish, draw, proof
from analyzer.synthesis.forms import Look, draw_look, imprint, sheets


def settle(rng: random.Random, draft: Draft, printing: Printing, wish: Wish) -> Edition:
    """Draw how the draft is printed and note it there: its format, how its tables are written, what stands for 0.

    Where each report comes in each format, the edition has only a look that all of them know."""
    if wish.same and draft.standard != NONE:
        edition = Edition("", draw_look(rng, printing, draft.standard, COMMON, year=draft.year))
    elif wish.same:
        edition = Edition("", Look(COMMON))
    else:
        edition = draw(rng, printing, draft.standard, year=draft.year, wish=wish)
    draft.cells = marked(draft.cells, edition.look)
    draft.format, draft.layout = edition.format, edition.look.layout
    return edition


def marked(cells: Cells, look: Look) -> Cells:
    """The cells with the mark that the profile prints instead of 0."""
    starts = look.profile.zeros
    marks = {key: mark for key in cells for start, mark in starts.items() if key.startswith(start) and cells[key] == 0}
    return {**cells, **marks}


def press(rng: random.Random, draft: Draft, edition: Edition, *, forms: Forms, printing: Printing) -> Proof:
    """A settled draft, set for its edition."""
    return proof(rng, copy_of(rng, draft, edition.look, forms=forms, printing=printing), edition, printing)


def copy_of(rng: random.Random, draft: Draft, look: Look, *, forms: Forms, printing: Printing) -> Copy:
    """What the draft prints, its tables as the look has them."""
    tables = {}
    if draft.standard != NONE:
        printed = imprint(rng, draft.cells, look, forms=forms, standard=draft.standard, printing=printing)
        raws = {key: each.raw for key, each in printed.items()}
        made = sheets(raws, draft.standard, look, forms=forms, printing=printing)
        tables = {sheet.id: sheet for sheet in made}
    passages = [
        Passage(
            part.head,
            ["".join(sentence.text for sentence in paragraph) for paragraph in part.paragraphs],
            part.depth,
            [tables[name] for name in part.tables],
            part.tables_first,
            part.number,
        )
        for part in draft.parts
    ]
    published = datetime.date.fromisoformat(draft.published) if draft.published else None
    return Copy(draft.title, [*passages, Passage("", draft.closing)], draft.body.name, published)
