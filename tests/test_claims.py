"""How claims hang together, where they stand, and what is never one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from analyzer.document import Block, Claims, Document, Section, Tables
from tests.claim_texts import YEARS, document, links, read, reader


def totals(found: Claims) -> list[tuple[object, list[object], bool]]:
    """(total, parts, complete) of every breakdown."""
    value = [claim.value for claim in found.claims]
    return [(value[b.total], [value[p] for p in b.parts], b.complete) for b in found.breakdowns]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("主动公开信息73条，其中网站41条、微博20条、微信12条。", [(73, [41, 20, 12], False)]),
        ("主动公开信息73条：机构类3条、文件类60条、动态类10条。", [(73, [3, 60, 10], True)]),
        ("发布信息30条，分别为网站10条、微博20条。", [(30, [10, 20], True)]),
        ("发布信息30条，其中网站10条、微博20条等。", [(30, [10, 20], False)]),
        ("主动公开信息73条，其中：机构类3条；文件类60条；动态类10条。", [(73, [3, 60, 10], False)]),
        ("主动公开信息73条（网站41条、微博32条）。", [(73, [41, 32], True)]),
        ("发布信息60条，其中网站40条（动态30条、公告10条）、微信20条。", [(60, [40, 20], False), (40, [30, 10], True)]),
        # what follows a list is no part of it
        ("公开信息20条，其中网站8条、微信12条；通过公开栏公开100条。", [(20, [8, 12], False)]),
        ("公开信息20条，其中网站8条、微信12条，另发布简报30期。", [(20, [8, 12], False)]),
        ("公开信息20条，其中网站8条、微信12条，开展培训3次。", [(20, [8, 12], False)]),
        ("公开信息20条，其中网站8条、公共资源类12条。", [(20, [8, 12], False)]),
        # one statement only
        ("公开信息20条，召开会议3次。", []),
    ],
)
def test_totals_and_parts(sentence: str, expected: list[object]) -> None:
    _, found = read(sentence, "proactive_disclosure")
    assert totals(found) == expected


def test_two_ways_to_split_one_total_are_two_lists() -> None:
    _, found = read("办理政府信息公开申请7件，其中自然人6件，法人或其他组织1件，予以公开3件，部分公开4件。", "requests")
    assert [(t, p) for t, p, _ in totals(found)] == [(7, [6, 1]), (7, [3, 4])]


def test_a_single_part_of_something_else_is_no_sum() -> None:
    _, found = read("办理工单、建议及各类申请共计560件，其中政府信息公开申请7件。")
    assert not found.breakdowns


def test_results_of_a_case_add_up() -> None:
    _, found = read("行政复议351件，其中维持72件、纠正64件、其他结果178件、尚未审结37件。", "review_litigation")
    assert totals(found) == [(351, [72, 64, 178, 37], True)]
    assert all(claim.whole == 0 for claim in found.claims[1:])


def test_a_share_names_its_base() -> None:
    _, found = read("收到政府信息公开申请40件，其中网络申请30件，占75%；信函申请10件，占25%。", "requests")
    shares = [claim for claim in found.claims if claim.kind == "share"]
    assert [(claim.value, claim.whole) for claim in shares] == [(75, 0), (25, 0)]
    assert [claim.whole for claim in found.claims if claim.kind == "amount"] == [None, 0, 0]


def test_a_change_names_what_changed() -> None:
    _, found = read("收到政府信息公开申请40件，同比增长25%。", "requests")
    assert [(claim.kind, claim.whole) for claim in found.claims] == [("amount", None), ("growth", 0)]


@pytest.mark.parametrize(
    ("sentence", "value", "items", "closed"),
    [
        ("拥有微博、微信公众号、政务公开平台三个自主平台。", 3, ["微博", "微信公众号", "政务公开平台"], True),
        ("答复“第一届第3号”、“第一届第8号”两项提案。", 2, ["“第一届第3号”", "“第一届第8号”"], True),
        ("发布环境信息3条，涵盖河长制、清河行动、垃圾分类。", 3, ["河长制", "清河行动", "垃圾分类"], True),
        ("回应热点2次，分别是桥梁维修和小学招生。", 2, ["桥梁维修", "小学招生"], True),
        ("制定了保密审查、信息发布等5项制度。", 5, ["保密审查", "信息发布"], False),
    ],
)
def test_items_announced_by_a_count(sentence: str, value: int, items: list[str], closed: bool) -> None:
    made, found = read(sentence, "platform")
    assert [found.claims[e.claim].value for e in found.enumerations] == [value]
    listed = found.enumerations[0]
    assert [made.text[item.start : item.end] for item in listed.items] == items
    assert listed.closed is closed


@pytest.mark.parametrize(
    "sentence", ["发布信息3条，涉及环保、教育、卫生、住房。", "公开企业财务、企业管理、业绩考核信息21条。"]
)
def test_a_list_of_topics_is_no_enumeration(sentence: str) -> None:
    _, found = read(sentence, "platform")
    assert not found.enumerations


def test_the_text_at_a_claim_is_its_quote_and_number() -> None:
    prose = "2023年，通过 政府网站 公开信息 １，203 条，近 40 人参加培训。"
    made, found = read(prose, "proactive_disclosure")
    numbers = [made.text[c.number.start : c.number.end] for c in found.claims]
    quotes = [made.text[c.span.start : c.span.end] for c in found.claims]
    assert numbers[-1] == "40"
    assert quotes[-1] == "近 40 人参加培训"
    assert all(c.sentence.start <= c.span.start <= c.number.start < c.number.end <= c.span.end for c in found.claims)


@pytest.mark.parametrize(
    ("section", "standard", "key"),
    [
        ("requests", "2014", "request.received"),
        ("requests", "2021", "request.new"),
        ("review_litigation", "2021", "review.total"),
        ("fees", "2014", "request_fee"),
    ],
)
@pytest.mark.parametrize("text", ["无。", "无", "暂无", "不涉及。", "无此类情况。"])
def test_a_section_that_is_only_a_zero(section: str, standard: str, key: str, text: str) -> None:
    _, found = read(text, section, standard)
    assert [(c.kind, c.value, c.indicator) for c in found.claims] == [("section_zero", 0, key)]


@pytest.mark.parametrize("section", ["other_matters", "key_areas", "problems"])
def test_a_zero_of_a_section_without_cells_claims_nothing(section: str) -> None:
    _, found = read("无。", section)
    assert not found.claims


def test_a_zero_among_other_text_is_not_the_whole_section() -> None:
    _, found = read("无。\n收到政府信息公开申请2件。", "requests")
    assert [c.kind for c in found.claims] == ["amount"]


def test_text_of_tables_and_headings_is_not_read() -> None:
    made, sections = document("收到政府信息公开申请12件。", "requests", heading="三、办理申请30件的情况")
    inside = Tables("none", (), regions=((len("三、办理申请30件的情况"), len(made.text)),))
    assert not reader().read(made, sections, inside, YEARS["2021"]).claims
    assert [c.value for c in reader().read(made, sections, Tables("none", ()), 2023).claims] == [12]


def test_a_paragraph_that_holds_several_sections_is_read_part_by_part() -> None:
    text = "二、依申请公开 受理8件。三、复议诉讼 未发生行政诉讼。"
    second = text.index("三、")
    sections = (
        Section(1, 1, "二、依申请公开", "requests", 1.0, 0, second, 8),
        Section(2, 1, "三、复议诉讼", "review_litigation", 1.0, second, len(text), second + 7),
    )
    made = Document(text, (Block(text, ((0, len(text)),)),), "text")
    found = reader().read(made, sections, Tables("none", ()), 2023)
    assert [(c.value, c.section, c.indicator) for c in found.claims] == [
        (8, "requests", "request.new"),
        (0, "review_litigation", "litigation"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "根据国办发〔2021〕30号文件要求开展工作。",
        "按照《关于印发2023年政务公开工作要点的通知》推进工作。",
        "统计期限为2023年1月1日至12月31日。",
        "联系电话：0951-2066123，邮编750021。",
        "依据《条例》第二十条第（一）项公开信息。",
        "答复十三届一次会议第138号提案。",
        "拨打12345热线反映问题。",
        "每季度至少召开1次会议。",
        "各单位列席会议不少于1次，由办公室牵头落实。",
        "在20个工作日内予以答复。",
        "推进“最多跑一次”改革和一网通办。",
        "落实“五公开”、双公示和三公经费公开。",
        "加强两微一端建设，实行三审三校。",
        "一是加强领导；二是完善制度；三是强化培训。",
        "打通服务群众最后一公里，实现一站式服务。",
        "十四五规划和十三五规划均已公开。",
        "统一规范，进一步提高第一平台质量。",
        "面积300平方米，位于人民路12号。",
        "高效办成一件事，一次性告知申请人。",
        "积极参加5·15政务公开日活动。",
        "未按时公开的信息要及时补充。",
        "没有严格的登记程序，缺乏科学安排。",
        "确保政府信息公开申请无逾期答复、零差错。",
        "本报告由六个部分组成。",
        "未与行政复议机关建立联系机制。",
    ],
)
def test_what_is_never_a_claim(sentence: str) -> None:
    assert links(sentence) == []


def test_traditional_characters_are_read_and_kept() -> None:
    made, found = read("2023年，我局收到政府信息公開申請12條，無行政復議。", "requests")
    assert [(c.value, c.unit, c.indicator) for c in found.claims] == [
        (12, "條", "request.new"),
        (0, "", "review.total"),
    ]
    assert made.text[found.claims[0].number.start : found.claims[0].number.end] == "12"


def test_reading_twice_gives_the_same() -> None:
    prose = "收到政府信息公开申请12件，其中自然人10件、法人或其他组织2件。未发生行政复议、行政诉讼。"
    assert read(prose, "requests")[1] == read(prose, "requests")[1]


def test_spacy_is_loaded_at_the_first_report_only() -> None:
    code = "import analyzer.claims, sys; raise SystemExit('spacy' in sys.modules or 'jieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
