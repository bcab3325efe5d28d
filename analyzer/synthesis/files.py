"""Whole reports as files of text: prose with headings round the tables, as web pages, Markdown and plain text.

`draw_setting` chooses a page and the look of its tables, `write` prints a `Copy` so. A copy holds what a body wants to
say; what sites and pages add (menus, page numbers, running heads) is added here and is part of no report.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analyzer.knowledge.printing import Page, Printing, Site
from analyzer.synthesis import webpages
from analyzer.synthesis.copies import Copy, Passage
from analyzer.synthesis.forms import AS_FORM, Look, draw_look
from analyzer.synthesis.typesetting import set_table

LINES, HEIGHTS = (34, 48), (28, 42)
"""Characters of a wrapped line and lines of a page, least and most."""
TORN, TEARS = 60, 0.2
"""Characters from which on a paragraph may be parted by the end of a page, and how often it is."""
_WORD = re.compile(r"[0-9A-Za-z.,%]+|.", re.S)
_FEED = "\f"


@dataclass(frozen=True, slots=True)
class Setting:
    """How one report is printed."""

    page: Page
    look: Look
    encoding: str = "utf-8"

    @property
    def name(self) -> str:
        """Page, way of writing the tables and profile, as a label of a report."""
        return f"{self.page.id} {self.look.layout} {self.look.profile.id}"


def draw_setting(rng: random.Random, printing: Printing, standard: str, *, year: int, format: str) -> Setting:
    """A setting in a format; `standard` is the form whose tables are printed (`none`: no tables)."""
    pages = [page for page in printing.page if page.format == format]
    page = rng.choices(pages, [page.weight for page in pages])[0]
    layout = rng.choice(page.layouts)
    look = Look(layout, AS_FORM) if standard == "none" else draw_look(rng, printing, standard, layout, year=year)
    return Setting(page, look, rng.choice(page.encodings))


def write(rng: random.Random, copy: Copy, setting: Setting, site: Site) -> tuple[str, bytes]:
    """File name and content of the report."""
    page = setting.page
    if page.format == "html":
        charset = "gb2312" if setting.encoding == "gb18030" else "utf-8"
        text = _web(rng, copy, setting, site, charset)
    else:
        writer = {"marked": _marked, "plain": _plain, "dump": _dump, "wrapped": _wrapped}[page.style]
        text = writer(rng, copy, setting, site)
    return f"report.{page.format}", text.encode(setting.encoding)


def _tables(passage: Passage, setting: Setting) -> Iterator[str]:
    return (set_table(model, setting.look) for sheet in passage.sheets for model in sheet.models)


def _below(passage: Passage, texts: Iterable[str], tables: Iterable[str]) -> list[str]:
    """What stands below the heading, in order."""
    return [*tables, *texts] if passage.sheets_first else [*texts, *tables]


def _web(rng: random.Random, copy: Copy, setting: Setting, site: Site, charset: str) -> str:
    page = setting.page
    body = [webpages.paragraph(line, page, mark="center") for line in copy.title]
    for passage in copy.passages:
        body += [webpages.paragraph(passage.heading, page, mark="strong")] if passage.heading else []
        texts = [webpages.paragraph(text, page) for text in passage.paragraphs]
        body += _below(passage, texts, [webpages.table(text, page) for text in _tables(passage, setting)])
    head = webpages.Head("".join(copy.title), copy.agency, copy.published, charset)
    if page.style == "site":
        return webpages.site_page(rng, "\n".join(body), head, page, site)
    return webpages.bare_page("\n".join(body), head, page)


def _marked(rng: random.Random, copy: Copy, setting: Setting, site: Site) -> str:
    """Markdown; pages that end inside a paragraph leave its number between the parts, as a scan has it."""
    page = setting.page
    number = rng.choice(page.numbers) if page.numbers else ""
    lines = [("# " if page.headings in ("levels", "random") else "") + line for line in copy.title]
    ends = 1
    for passage in copy.passages:
        lines += [_heading(rng, passage, page)] if passage.heading else []
        texts: list[str] = []
        for text in passage.paragraphs:
            at = _place(rng, text) if page.torn and rng.random() < TEARS else 0
            between = [number.format(n=ends)] if number else []
            texts += [text[:at], *between, text[at:]] if at else [text]
            ends += at > 0
        lines += _below(passage, texts, _tables(passage, setting))
    return "\n\n".join(lines) + "\n"


def _heading(rng: random.Random, passage: Passage, page: Page) -> str:
    level = passage.depth + 1 if page.headings == "levels" else rng.randint(1, 4)
    return {"bold": f"**{passage.heading}**", "bare": passage.heading}.get(
        page.headings, f"{'#' * level} {passage.heading}"
    )


def _place(rng: random.Random, text: str) -> int:
    """A place inside a sentence of a long paragraph, 0 where it has none."""
    places = [
        at
        for at in range(TORN // 3, len(text) - TORN // 3)
        if text[at - 1].isalpha() and text[at].isalpha() and not (text[at - 1] + text[at]).isascii()
    ]
    return rng.choice(places) if places and len(text) > TORN else 0


def _plain(rng: random.Random, copy: Copy, setting: Setting, site: Site) -> str:
    form = setting.page.paragraph or "{}"
    lines = list(copy.title)
    for passage in copy.passages:
        lines += [form.format(passage.heading)] if passage.heading else []
        texts = [form.format(text) for text in passage.paragraphs]
        lines += _below(passage, texts, _tables(passage, setting))
    return "\n".join(lines) + "\n"


def _dump(rng: random.Random, copy: Copy, setting: Setting, site: Site) -> str:
    """The text of a site's page, its menus and footer among the lines."""
    top = [webpages.filled(rng, line, copy.agency, copy.published) for line in site.dump_top]
    end = [webpages.filled(rng, line, copy.agency, copy.published) for line in site.dump_end]
    return "\n".join([*top, _plain(rng, copy, setting, site), *end]) + "\n"


def _wrapped(rng: random.Random, copy: Copy, setting: Setting, site: Site) -> str:
    """Lines of one width on pages, as the text of a PDF has them."""
    page, width = setting.page, rng.randint(*LINES)
    blanks = " " * page.indent
    lines = [f"{blanks}{' ' * ((width - len(line)) // 2 if page.indent else 0)}{line}" for line in copy.title]
    for passage in copy.passages:
        lines += [""] if page.indent else []
        lines += [blanks + line for line in _broken("　　" + passage.heading, width)] if passage.heading else []
        first = "　" * 2 * bool(page.indent)
        texts = [blanks + line for text in passage.paragraphs for line in _broken(first + text, width)]
        gap = [""] * bool(page.indent)
        tables = [line for table in _tables(passage, setting) for line in [*gap, *table.split("\n"), *gap]]
        lines += _below(passage, texts, tables)
    return _paged(lines, rng.randint(*HEIGHTS), rng.choice(page.numbers), "".join(copy.title) if page.running else "")


def _broken(text: str, width: int) -> Iterator[str]:
    """`text` in lines of `width` characters; words in letters and digits stay whole."""
    line = ""
    for word in _WORD.findall(text):
        if len(line) + len(word) > width and line and word not in "，。、；：）”":
            yield line
            line = ""
        line += word
    yield line


def _paged(lines: Sequence[str], height: int, number: str, running: str) -> str:
    pages = [lines[start : start + height] for start in range(0, len(lines), height)]
    texts = []
    for n, page in enumerate(pages, start=1):
        head = [running, ""] if running and n > 1 else []
        texts.append("\n".join([*head, *page, "", " " * 30 + number.format(n=n, of=len(pages)), ""]))
    return _FEED.join(texts)
