"""A small family of frames of the tests' own, so that nothing here rests on the wording of the shipped ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from analyzer import knowledge
from analyzer.document import Number
from analyzer.knowledge import grammar as grammars
from analyzer.knowledge.grammar import Body, Grammar
from analyzer.knowledge.schema import Source
from analyzer.synthesis.details import Details
from analyzer.synthesis.draft import Draft, Part, Sentence
from analyzer.synthesis.frames import Facts, realise

KNOWN = knowledge.load()
TOWN = Body("青石镇人民政府", ("我镇",), "township", "government", "青石镇", "安徽")
COUNTY = Body("柳溪县教育局", ("我局",), "county", "department", "柳溪县", "湖南")
CITY = Body("安庆市人民政府", ("我市",), "city", "government", "安庆市", "安徽")

TITLES = """
[[title]]
text = "{agency}\\n{year}年政府信息公开工作年度报告"
"""
OLD = """
[[outline]]
standards = ["none", "2014"]
sections = ["overview", "proactive_disclosure", "requests", ["fees", "review_litigation"], "problems", "other_matters"]
"""
NEW = """
[[outline]]
standards = ["2019", "2021"]
sections = ["overview", "proactive_disclosure", "requests", "review_litigation", "problems", "other_matters"]
inside = { overview = ["proactive_disclosure", "requests", "organization", "organization"] }
"""
HEADED = {
    "overview": "总体情况",
    "proactive_disclosure": "主动公开情况",
    "requests": "依申请公开情况",
    "fees;review_litigation": "收费、复议和诉讼情况",
    "review_litigation": "复议、诉讼情况",
    "problems": "存在的问题",
    "other_matters": "其他事项",
}
DEEP = [("proactive_disclosure", "主动公开"), ("requests", "依申请公开")]
DEEP += [("organization", "信息管理"), ("organization", "监督保障")]
TRAINED = "handbook = [88]\nnumbers = { k = '1-4', m = 'k*20' }"
COUNTED = "handbook = [90]\nnumbers = { a = '1-3', b = '1-3', n = 'a+b' }\nsums = [['n', 'a', 'b']]"
FRAMES = [
    ("preamble", "根据《条例》第五十条编制本报告。", 'content = ["basis"]'),
    ("preamble", "统计期限自{year}年1月1日起至{year}年12月31日止。", 'content = ["period"]'),
    ("preamble", "联系电话：{phone}。", 'content = ["contact"]'),
    ("proactive_disclosure", "全年公开信息{published 条}。", "handbook = [1]\ncontent = ['proactive_disclosure']"),
    ("proactive_disclosure", "各渠道共公开{channel_sum~余 条}。", "handbook = [11]"),
    ("requests;overview", "共收到申请{received 件}。", "handbook = [44]\ncontent = ['requests']"),
    ("requests", "{=received|未收到公开申请}。", "handbook = [66]\ncontent = ['requests']"),
    ("requests", "{=section|无。}", "handbook = [93]"),
    ("fees;review_litigation", "{=section|无。}", "handbook = [93]"),
    ("review_litigation", "{=review|未发生行政复议}{=+litigation|、行政诉讼}。", "handbook = [77]"),
    ("review_litigation", "行政复议{review 件}。", "handbook = [72]"),
    ("fees", "{=request_fee|未收取费用}。", "handbook = [80]"),
    ("organization", "建立目录动态调整机制。", "content = ['management']"),
    ("organization", "举办培训{k 期}，{m~余 人}参加。", f"{TRAINED}\ncontent = ['supervision']"),
    ("organization", "制定制度{k 项}。", "handbook = [89]\nnumbers = { k = '2-9' }"),
    ("platform;overview", "新媒体账号{n 个}，其中微信{a 个}、微博{b 个}。", f"{COUNTED}\ncontent = ['platform']"),
    ("problems", "公开内容不够丰富，{next}年拟举办培训{k@plan 次}。", "handbook = [92]\nnumbers = { k = '2-9' }"),
    ("problems", "公开形式不够多样。", ""),
    ("other_matters", "{=request_fee|未收取信息处理费}。", "handbook = [80]\ncontent = ['fees']"),
    ("other_matters", "没有其他需要报告的事项。", ""),
]


def family_text() -> str:
    """The whole family as a file."""
    heads = [f'[[heading]]\nsection = "{section}"\ntext = "{text}"' for section, text in HEADED.items()]
    heads += [f'[[heading]]\nsection = "{section}"\ntext = "{text}"\ndepth = 2' for section, text in DEEP]
    frames = [
        f'[[frame]]\nid = "f{n}"\nsection = "{section}"\ntext = "{text}"\n{rest}'
        for n, (section, text, rest) in enumerate(FRAMES)
    ]
    return "\n".join([TITLES, OLD, NEW, *heads, *frames])


def family(text: str, folder: Path) -> Grammar:
    """A family loaded from a file of its own."""
    (folder / "frames_train_own.toml").write_text(text, encoding="utf-8")
    return grammars.load(Source(), KNOWN.forms, "train", folder)


@cache
def own() -> Grammar:
    """The family above."""
    return family(family_text(), Path(mkdtemp()))


@cache
def shipped(name: str) -> Grammar:
    """A family of the package."""
    return grammars.load(Source(), KNOWN.forms, name)


def frame_text(text: str, rest: str = "", section: str = "requests") -> str:
    """A file with one frame."""
    return f'[[frame]]\nid = "one"\nsection = "{section}"\ntext = "{text}"\n{rest}\n'


def sentence(
    folder: Path, text: str, rest: str = "", *, standard: str = "2021", seed: int = 1, **numbers: Number
) -> Sentence | None:
    """One frame with these numbers."""
    grammar = family(frame_text(text, rest), folder)
    details = Details(Random(seed), grammar.fills, COUNTY, 2022)
    return realise(Random(seed), grammar.frames[0], Facts(grammar, standard, numbers, details.fill))


def draft_of(said: Sentence, standard: str = "2021", cells: dict[str, Number | str | None] | None = None) -> Draft:
    """A report of one sentence and its tables."""
    year = {"none": 2012, "2014": 2016, "2019": 2020, "2021": 2022}[standard]
    tables = [] if standard == "none" else [t.id for t in KNOWN.forms.standard(standard).tables]
    values: dict[str, Number | str | None] = {cell.key: 0 for cell in KNOWN.forms.cells(standard)}
    part = Part("overview", "总体情况", "一、", paragraphs=[[said]], tables=tables)
    return Draft("train", COUNTY, year, standard, standard, ["年度报告"], [part], values | (cells or {}), {})
