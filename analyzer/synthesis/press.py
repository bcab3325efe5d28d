"""From a draft to its file: what tables print is settled first (labels are computed from that), then all is."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence

from analyzer.knowledge.forms import Forms
from analyzer.knowledge.printing import Printing
from analyzer.synthesis.draft import Cells, Draft
from analyzer.synthesis.files import Copy, Passage, Setting, draw_setting, write
from analyzer.synthesis.forms import Look, imprint, sheets

NONE = "none"


def settle(
    rng: random.Random, draft: Draft, printing: Printing, *, formats: Sequence[str] = ("html", "md", "txt")
) -> Setting:
    """Draw how the draft is printed and note it there: its format, how its tables are written, what stands for 0."""
    setting = draw_setting(rng, printing, draft.standard, year=draft.year, formats=formats)
    draft.cells = marked(draft.cells, setting.look)
    draft.format, draft.layout = setting.page.format, setting.look.layout
    return setting


def marked(cells: Cells, look: Look) -> Cells:
    """The cells with the mark that the profile prints instead of 0."""
    starts = look.profile.zeros
    marks = {key: mark for key in cells for start, mark in starts.items() if key.startswith(start) and cells[key] == 0}
    return {**cells, **marks}


def press(rng: random.Random, draft: Draft, setting: Setting, *, forms: Forms, printing: Printing) -> tuple[str, bytes]:
    """File name and content of a settled draft."""
    tables = {}
    if draft.standard != NONE:
        printed = imprint(rng, draft.cells, setting.look, forms=forms, standard=draft.standard, printing=printing)
        raws = {key: each.raw for key, each in printed.items()}
        made = sheets(raws, draft.standard, setting.look, forms=forms, printing=printing)
        tables = {sheet.id: sheet for sheet in made}
    passages = [
        Passage(
            part.head,
            ["".join(sentence.text for sentence in paragraph) for paragraph in part.paragraphs],
            part.depth,
            [tables[name] for name in part.tables],
            part.tables_first,
        )
        for part in draft.parts
    ]
    published = datetime.date.fromisoformat(draft.published) if draft.published else None
    copy = Copy(draft.title, [*passages, Passage("", draft.closing)], draft.body.name, published)
    return write(rng, copy, setting, printing.site)
