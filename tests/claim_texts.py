"""Small documents for the tests of claims: one section with its prose."""

from __future__ import annotations

import re
from functools import cache

from analyzer.claims import ClaimReader
from analyzer.document import Block, Claim, Claims, Document, Section, Tables
from analyzer.knowledge import forms, language
from analyzer.knowledge.schema import Source

YEARS = {"none": 2010, "2014": 2016, "2019": 2019, "2021": 2023}
HEADINGS = {
    "overview": "一、总体情况",
    "proactive_disclosure": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "review_litigation": "四、政府信息公开行政复议、行政诉讼情况",
    "interpretation": "五、政策解读情况",
    "response": "六、回应社会关切情况",
    "fees": "七、收费及减免情况",
    "organization": "八、组织与制度建设情况",
    "platform": "九、公开平台建设情况",
    "plans": "十、下一步工作打算",
    "other_matters": "十一、其他需要报告的事项",
}
MARKED = re.compile("【(.+?)】")


@cache
def knowledge() -> language.Language:
    return language.load(Source())


@cache
def reader() -> ClaimReader:
    return ClaimReader(knowledge(), forms.load(Source()))


def document(prose: str, section: str = "overview", heading: str = "") -> tuple[Document, tuple[Section, ...]]:
    """A heading and paragraphs (one a line) below it."""
    head = heading or HEADINGS.get(section, "十二、工作情况")
    text = f"{head}\n{prose}"
    blocks = [Block(head, ((0, len(head)),), level=2)]
    start = len(head) + 1
    for line in prose.split("\n"):
        if line.strip():
            blocks.append(Block(line, ((start, start + len(line)),)))
        start += len(line) + 1
    made = Section(1, 1, head, section, 1.0, 0, len(text), len(head) + 1)
    return Document(text, tuple(blocks), "text"), (made,)


def read(prose: str, section: str = "overview", standard: str = "2021", heading: str = "") -> tuple[Document, Claims]:
    """The claims of one section in a report of the standard's years."""
    made, sections = document(prose, section, heading)
    return made, reader().read(made, sections, Tables("none", ()), YEARS[standard])


def links(prose: str, section: str = "overview", standard: str = "2021") -> list[tuple[object, str]]:
    """(value, indicator) of every claim in order."""
    _, found = read(prose, section, standard)
    return [(claim.value, claim.indicator) for claim in found.claims]


def at_mark(marked: str, section: str, standard: str) -> list[Claim]:
    """The claims whose number lies in what 【】 marks; the mark is not part of the prose."""
    mark = MARKED.search(marked)
    assert mark is not None
    prose = MARKED.sub(lambda m: m[1], marked)
    made, found = read(prose, section, standard)
    start = len(made.text) - len(prose) + mark.start()
    return [c for c in found.claims if start <= c.number.start and c.number.end <= start + len(mark[1])]


def placed(example: str) -> tuple[str, str]:
    """Section and sentence of an example (`section|sentence`)."""
    section, bar, sentence = example.partition("|")
    return (section, sentence) if bar else ("overview", example)
