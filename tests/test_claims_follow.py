"""What goes on with what was counted before: attendance, publication of documents, sums, turns, rows and shares."""

from __future__ import annotations

import pytest

from analyzer.document import Block, Document, Section, Tables
from tests.claim_texts import links, read, reader


def told(prose: str, section: str = "overview", standard: str = "2021") -> dict[object, str]:
    return dict(links(prose, section, standard))


@pytest.mark.parametrize(
    ("prose", "cells"),
    [
        (
            "新闻发布会2次，主要负责同志出席1次；在线访谈4期，主要负责同志参加3期。",
            {1: "press_conference", 3: "interview"},
        ),
        ("在线访谈4期，主要负责人参加3期；新闻发布会2场，其中一把手出席1场。", {3: "interview", 1: "press_conference"}),
        (
            "举行新闻发布会6场（其中主要领导出席2场），网上访谈5期（主要领导做客1期）。",
            {2: "press_conference", 1: "interview"},
        ),
    ],
)
def test_attendance_belongs_to_the_event_counted_last(prose: str, cells: dict[int, str]) -> None:
    found = told(prose, "response", "2014")
    assert {value: found[value] for value in cells} == {v: f"response.{kind}.principal" for v, kind in cells.items()}


@pytest.mark.parametrize("who", ["其他负责同志", "分管领导", "副局长", "有关负责人"])
def test_others_than_the_principal_are_no_cell(who: str) -> None:
    assert told(f"新闻发布会20场，{who}出席18场。", "response", "2014")[18] == ""
    assert told(f"{who}参加在线访谈7期。", "response", "2014")[7] == ""


@pytest.mark.parametrize(
    ("prose", "issued", "published"),
    [
        ("全年制发规范性文件5件，主动公开3件。", 5, 3),
        ("出台行政规范性文件12份，其中公开10份，其余2份依法不予公开。", 12, 10),
        ("制定规范性文件8件，均已公开，公开6件。", 8, 6),
        ("印发规范性文件7件并向社会公布4件。", 7, 4),
    ],
)
def test_documents_go_on_where_only_their_publication_is_counted(prose: str, issued: int, published: int) -> None:
    found = told(prose, "proactive_disclosure", "2014")
    assert (found[issued], found[published]) == ("normative.issued", "disclosure.normative")


def test_information_after_documents_is_the_total_again() -> None:
    assert told("制发规范性文件5件，公开政府信息30条。", "proactive_disclosure", "2014")[30] == "disclosure.total"


@pytest.mark.parametrize(
    ("prose", "cells"),
    [
        ("废止规章2件、规范性文件22件。", {2: "regulation.repealed", 22: "normative.repealed"}),
        (
            "制定规章1件、规范性文件4件，废止规章2件、规范性文件22件。",
            {1: "regulation.issued", 4: "normative.issued", 2: "regulation.repealed", 22: "normative.repealed"},
        ),
        ("现行有效规章3部、行政规范性文件30件。", {3: "regulation.in_force", 30: "normative.in_force"}),
        (
            "废止规范性文件1件、修改2件，继续有效20件，新出台3件。",
            {1: "normative.repealed", 2: "", 20: "normative.in_force", 3: "normative.issued"},
        ),
        ("历年印发规范性文件30件，目前继续有效的11件。", {30: "", 11: "normative.in_force"}),
    ],
)
def test_the_verb_goes_on_to_the_next_object_and_the_object_to_the_next_verb(prose: str, cells: dict[int, str]) -> None:
    assert told(prose) == cells


@pytest.mark.parametrize(
    "prose",
    [
        "以县政府名义印发规范性文件2件，以本局名义印发3件。",
        "代拟市政府规范性文件2件，我局制发3件。",
        "报请区政府印发规范性文件2件，本局出台3件。",
    ],
)
def test_documents_in_the_name_of_others_are_not_the_bodys(prose: str) -> None:
    assert told(prose) == {2: "", 3: "normative.issued"}


@pytest.mark.parametrize(
    ("carriers", "key"),
    [
        ("公示栏、宣传册等方式", "channel.other"),
        ("报刊、广播、电视等其他方式", "channel.other"),
        ("村务公开栏和流动广播车", "channel.other"),
        ("政务微博和微信公众号", "channel.weibo+channel.wechat"),
        ("县政府门户网站及部门网站", "channel.website"),
        ("政府网站", "channel.website"),
        ("政府网站、微博、微信", "channel"),
    ],
)
def test_carriers_decide_the_channel(carriers: str, key: str) -> None:
    assert told(f"通过{carriers}公开信息30条。", "proactive_disclosure", "2014") == {30: key}


def test_and_other_channels_only_confirm_the_total() -> None:
    _, found = read("局政府网站等渠道主动公开政府信息2800条。", "proactive_disclosure", "2014")
    assert [(c.indicator, c.firm, c.note) for c in found.claims] == [("disclosure.total", False, "optional")]


@pytest.mark.parametrize(
    "prose",
    [
        "两个服务中心各设1个查阅点。",
        "12个乡镇分别设立1处查阅点。",
        "每个社区设置1个查阅点。",
        "办公室及5个税务分局均设查阅点。",
    ],
)
def test_a_number_for_each_is_no_total(prose: str) -> None:
    assert set(told(prose, "platform", "2014").values()) <= {""}


def test_sums_after_their_parts() -> None:
    assert told("专职人员2名，兼职人员3名，共计5名。", "organization", "2014")[5] == "capacity.staff"
    assert told("组织培训3次，参加人员分别为50人、60人、40人，共150人次。", "organization", "2014") == {
        3: "training.courses",
        50: "",
        60: "",
        40: "",
        150: "training.attendees",
    }


@pytest.mark.parametrize(
    "prose",
    [
        "专职人员由1名增至2名。",
        "专职人员从1名增加到2名。",
        "专职人员由上年的1名调整为2名。",
        "专职人员由去年的1名增加为今年的2名。",
    ],
)
def test_a_turn_has_an_old_and_a_new_number(prose: str) -> None:
    _, found = read(prose, "organization", "2014")
    assert [(c.value, c.period, c.indicator) for c in found.claims] == [
        (1, "last_year", ""),
        (2, "this_year", "capacity.staff.full_time"),
    ]


def test_a_unit_named_once_holds_for_the_row() -> None:
    _, found = read("主动公开政府信息212条，其中环评64、监测70、其他信息78条。", "proactive_disclosure")
    assert [(c.value, c.unit) for c in found.claims] == [(212, "条"), (64, "条"), (70, "条"), (78, "条")]
    assert found.breakdowns[0].complete


@pytest.mark.parametrize("prose", ["1、召开会议3次。", "2、培训干部3次、公开2次。"])
def test_a_number_of_an_item_is_no_amount(prose: str) -> None:
    made, found = read(prose, "organization")
    item = made.text.index(prose)
    assert found.claims
    assert all(claim.number.start > item for claim in found.claims)


@pytest.mark.parametrize(
    ("prose", "complete"),
    [
        ("收到留言100条，其中咨询20条，投诉30条，其他40条。", True),
        ("收到留言100条，其中咨询20条，投诉30条，其余为建议40条。", True),
        ("收到留言100条，其中咨询20条，投诉30条。", False),
        ("收到留言100条，其中咨询20条，投诉30条，其他40条等。", False),
        ("公开信息100条，其中网站60条，微信30条，其他30条。", False),
    ],
)
def test_a_list_that_names_the_others_is_whole(prose: str, complete: bool) -> None:
    _, found = read(prose, "proactive_disclosure")
    assert [b.complete for b in found.breakdowns] == [complete]


@pytest.mark.parametrize("between", ["分别是供水和供暖；发布", "分别为供水、供暖，另发布", "；电子屏："])
def test_a_list_of_names_has_no_number_behind_its_end(between: str) -> None:
    _, found = read(f"回应热点2次，{between}政策解读3篇。", "response", "2014")
    assert not found.breakdowns


@pytest.mark.parametrize(
    ("prose", "keys"),
    [
        ("行政许可、行政处罚、行政强制处理决定数量均为零。", ["license", "penalty", "compulsory"]),
        ("未作出行政处罚和行政强制决定。", ["penalty", "compulsory"]),
        ("本年度没有行政许可事项。", ["license"]),
    ],
)
def test_zeros_of_decisions(prose: str, keys: list[str]) -> None:
    assert [key for _, key in links(prose)] == [f"{key}.decisions" for key in keys]


@pytest.mark.parametrize(
    ("prose", "keys"),
    [
        ("未制定、废止规范性文件。", {"normative.issued", "normative.repealed"}),
        ("未制定规章和规范性文件。", {"normative.issued", "regulation.issued"}),
        ("现行有效的规范性文件为零。", {"normative.in_force"}),
        ("未制定规章制度。", set()),
    ],
)
def test_zeros_of_documents(prose: str, keys: set[str]) -> None:
    assert {key for _, key in links(prose)} == keys


@pytest.mark.parametrize(
    "prose",
    [
        "全区各街道办事处和有关部门通过区人民政府门户网站信息公开专栏集中公开政府信息300条。",
        "本年度收到的涉及不动产登记和房屋征收补偿方面的信息公开类复议案件3件。",
        "组织业务骨干和机关各科室干部职工分批次参加区人民政府办公室举办的培训班3次。",
    ],
)
def test_a_long_quote_begins_at_a_word(prose: str) -> None:
    import jieba

    made, found = read(prose, "requests", "2014")
    start = found.claims[0].span.start - made.text.index(prose)
    edges = {0}
    for word in jieba.lcut(prose):
        edges.add(max(edges) + len(word))
    assert start in edges


def test_a_name_before_a_colon_is_in_the_quote() -> None:
    made, found = read("社区公开栏：22条；电子显示屏：8条。", "proactive_disclosure", "2014")
    assert [made.text[c.span.start : c.span.end] for c in found.claims] == ["社区公开栏：22条", "电子显示屏：8条"]


def test_a_quote_begins_behind_a_page_break() -> None:
    first, foot, second = "二、公开情况\n全年通过网站主动公开", "\n- 1 -\n", "各类政府信息300条。"
    text = first + foot + second
    body = text.index("全年")
    block = Block(text[body : len(first)] + second, ((body, len(first)), (len(first + foot), len(text))))
    section = Section(1, 1, "二、公开情况", "proactive_disclosure", 1.0, 0, len(text), body)
    found = reader().read(Document(text, (block,), "text"), (section,), Tables("none", ()), 2016)
    assert [text[c.span.start : c.span.end] for c in found.claims] == ["各类政府信息300条"]


@pytest.mark.parametrize(
    ("prose", "total", "parts"),
    [
        ("公开政策20条、动态70条，合计100条。", 100, [20, 70]),
        ("办理建议5件、提案3件，共计9件。", 9, [5, 3]),
        ("编发简报4期、专报3期、动态2期，共9期。", 9, [4, 3, 2]),
    ],
)
def test_a_total_may_stand_after_its_parts(prose: str, total: int, parts: list[int]) -> None:
    _, found = read(prose, "proactive_disclosure")
    (split,) = found.breakdowns
    assert split.complete
    assert (found.claims[split.total].value, [found.claims[i].value for i in split.parts]) == (total, parts)


@pytest.mark.parametrize(
    "prose", ["公开政策20条、动态70条，全年共公开信息900条。", "召开会议3次、印发文件8件，共计11项。"]
)
def test_a_total_with_words_of_its_own_or_another_unit_is_no_sum(prose: str) -> None:
    _, found = read(prose, "proactive_disclosure")
    assert not found.breakdowns


@pytest.mark.parametrize(
    "prose",
    ["起草规范性文件2件，正式印发1件。", "审查规范性文件草案2件，最终出台1件。", "修订行政规范性文件2件，新制定1件。"],
)
def test_drafts_are_not_issued(prose: str) -> None:
    assert told(prose) == {2: "", 1: "normative.issued"}


@pytest.mark.parametrize(
    "prose", ["累计办理行政许可1200件，其中2022年77件。", "行政许可立案1200件。", "配合县审批局作出行政许可1200件。"]
)
def test_stocks_and_cases_of_others_are_no_decisions(prose: str) -> None:
    assert told(prose, "proactive_disclosure")[1200] == ""


def test_parts_stay_with_what_they_are_parts_of() -> None:
    _, found = read("设立查阅点12个，其中图书馆1个、服务站3个、乡镇8个。", "platform", "2014")
    assert [c.value for c in found.claims] == [12, 1, 3, 8]
    _, found = read("收到申请15件，其中婚姻类6件、低保类5件、殡葬类4件。", "requests")
    assert [c.value for c in found.claims] == [15, 6, 5, 4]


def test_titles_that_touch_are_two_items() -> None:
    made, found = read("办理建议3件，分别是《加强公开》《规范采购》。", "proposals")
    (listed,) = found.enumerations
    assert [made.text[i.start : i.end] for i in listed.items] == ["《加强公开》", "《规范采购》"]


def test_a_stock_beside_this_years_number_is_not_the_years() -> None:
    assert told("累计主动公开政府信息412条，本年公开300条。", "proactive_disclosure", "2014") == {
        412: "",
        300: "disclosure.total",
    }
