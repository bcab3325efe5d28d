"""Reports as web pages: paragraphs and tables as editors write them, and what government sites put round them."""

from __future__ import annotations

import datetime
import html
import random
import re
from dataclasses import dataclass

from analyzer.knowledge.printing import Page, Site

_RUN = re.compile(r"[0-9A-Za-z.,%]+|[^0-9A-Za-z.,%]+")
_CELL = re.compile(r"<p>(.*?)</p>")
_SCRIPT = "<script>var page = 1; function go(n) { page = n; }</script><style>.a { color: red }</style>"


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself."""

    title: str
    agency: str
    published: datetime.date | None
    charset: str


def paragraph(text: str, page: Page, *, mark: str = "") -> str:
    """A paragraph; `mark` is `strong` (a heading), `center` (a line of the title) or empty."""
    said = _spans(text) if page.spans else html.escape(text)
    said = f"<strong>{said}</strong>" if mark else said
    if mark == "center" and "<p" in (page.paragraph or "<p"):
        return f'<p style="text-align:center">{said}</p>'
    return page.paragraph.replace("{}", said) if page.paragraph else f"<p>　　<span>{said}</span></p>"


def _spans(text: str) -> str:
    """Each run of letters and digits, and each run of others, in an element of its own, as Word saves a page."""
    latin, other = "<span lang=EN-US style='mso-bidi-font-size:16.0pt'>{}</span>", "<span>{}</span>"
    return "".join((latin if run.isascii() else other).format(html.escape(run)) for run in _RUN.findall(text))


def table(text: str, page: Page) -> str:
    """The table, its cells written as the page writes them."""
    if not page.cell:
        return text
    return _CELL.sub(lambda cell: page.cell.replace("{}", cell[1] or page.empty), text)


def bare_page(body: str, head: Head, page: Page) -> str:
    """A page that holds nothing but the report."""
    meta = f"<meta http-equiv='Content-Type' content='text/html; charset={head.charset}'>"
    title = f"<title>{html.escape(head.title)}</title>"
    inner = page.container[::-1].replace("}{", body[::-1], 1)[::-1]
    return f"<!DOCTYPE html><html><head>{meta}{title}</head><body>{inner}</body></html>"


def site_page(rng: random.Random, body: str, head: Head, page: Page, site: Site) -> str:
    """A page of a government site: menus, a list of news, the day of publication, a footer."""
    menu = "".join(f"<li><a href='/c{n}/'>{rng.choice(site.columns)}</a></li>" for n in range(rng.randint(12, 40)))
    news = "".join(_news(rng, head, site) for _ in range(rng.randint(5, 25)))
    inner = page.container[::-1].replace("}{", body[::-1], 1)[::-1]
    stamp = f"<div class='info'>{filled(rng, site.stamp, head.agency, head.published)}</div>" if head.published else ""
    foot = "".join(f"<p>{filled(rng, line, head.agency, head.published)}</p>" for line in site.foot)
    parts = [
        f"<div class='top'><ul>{menu}</ul></div>",
        f"<div class='weizhi'>{site.crumbs}</div>",
        f"<div class='main'><div class='left'><h3>{site.side}</h3><ul>{news}</ul></div>",
        f"<div class='right'>{_record(rng, head, site)}<h1>{html.escape(head.title)}</h1>{stamp}{inner}",
        f"<div class='tools'>{site.tools}</div></div></div>",
        f"<div class='foot'>{foot}</div>",
    ]
    return f"<!DOCTYPE html><html><head>{_meta(head, site)}</head><body>{''.join(parts)}</body></html>"


def _meta(head: Head, site: Site) -> str:
    entries = [f"<meta http-equiv='Content-Type' content='text/html; charset={head.charset}'>"]
    entries.append(f"<meta name='ArticleTitle' content='{html.escape(head.title)}'>")
    if head.published:
        entries.append(f"<meta name='PubDate' content='{head.published} 10:12'>")
    name = filled(random.Random(0), site.name, head.agency, None)
    return "".join([*entries, f"<title>{html.escape(head.title)}_{name}</title>", _SCRIPT])


def _news(rng: random.Random, head: Head, site: Site) -> str:
    said = filled(rng, rng.choice(site.news), head.agency, None)
    day = f"{head.published.year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}" if head.published else ""
    return f"<li><a href='/n{rng.randint(100, 999)}.html'>{said}</a><span>{day}</span></li>"


def _record(rng: random.Random, head: Head, site: Site) -> str:
    """The table of a document's marks over it; half of the sites have none."""
    if not head.published or rng.random() < 0.5:
        return ""
    code = f"{rng.randint(10**7, 10**8)}-{head.published.year}-{rng.randint(1, 900):05d}"
    values = [code, site.subject, head.agency, str(head.published), ""]
    cells = [f"<td>{label}：</td><td>{value}</td>" for label, value in zip(site.record, values, strict=True)]
    return f"<table class='xxgk'><tr>{''.join(cells[:2])}</tr><tr>{''.join(cells[2:4])}</tr></table>"


def filled(rng: random.Random, line: str, agency: str, published: datetime.date | None) -> str:
    """A line of a site with its made-up numbers, the agency and the day in it."""
    numbers = {"n": rng.randint(10, 23), "m": rng.randint(10, 59), "k": rng.randint(100, 9999)}
    return line.format(agency=agency, date=published or "", **numbers)
