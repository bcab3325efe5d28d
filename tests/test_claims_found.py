"""Which numbers are claims at all, in which time they fall, and zeros said in words: wording by kind."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from analyzer.document import Tables
from tests.claim_texts import document, read, reader

COUNTED = [
    # groups, people, devices, grades
    ("overview", "领导小组成员单位增加到14个，下设3个工作组。", [14, 3]),
    ("overview", "对17个科室的落实情况进行督查，抽查科室3个。", [17, 3]),
    ("platform", "安装查询终端16台，政务服务网注册用户2.5万人。", [16, 25000]),
    ("overview", "举办政府开放日2次，邀请社区居民60余人参观。", [2, 60]),
    ("overview", "在第三方评估中得分88分。", [88]),
    ("requests", "编写答复文书模板12种。", [12]),
    ("overview", "按季公示低保名单6次。", [6]),
    ("requests", "经窗口登记的政府信息公开申请，计7件。", [7]),
    ("problems", "目前还有两个薄弱环节。", [2]),
    ("overview", "回应率百分之百，微信占百分之六点五。", [100, Decimal("6.5")]),
    # not results: ways, places, what others ask for, lives of people
    ("overview", "以线上线下两种形式发布信息，辖12个社区和3个行政村。", []),
    ("overview", "市里下达的年度信息任务为不少于300条。", []),
    ("overview", "帮扶贫困户120户，城镇新增就业岗位800个，在校学生3000人。", []),
    ("overview", "同一信息多处发布的，计1条。", []),
    ("overview", "我局十分重视公开工作，测评满分100分，排名全市前10名。", []),
]


@pytest.mark.parametrize(("section", "sentence", "values"), COUNTED)
def test_what_counts_as_a_claim(section: str, sentence: str, values: list[int]) -> None:
    _, found = read(sentence, section)
    assert [claim.value for claim in found.claims] == values


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("对历年文件开展清理，废止文件9件。", ["this_year"]),
        ("历年累计公开信息9000条。", ["cumulative"]),
        ("自2008年起施行《条例》，现有兼职人员3名。", ["this_year"]),
        ("自2008年起累计公开信息9000条。", ["cumulative"]),
        ("截至年末，网站存量信息已达9000条。", ["cumulative"]),
        ("截至2023年12月31日，本年度累计公开信息300条。", ["this_year"]),
        ("针对上年度存在的问题，年内组织培训3次。", ["this_year"]),
        ("针对上年度评估指出的4项问题逐一整改。", ["last_year"]),
        ("2023年公开信息300条，比上年的200条增长50%。", ["this_year", "last_year", "this_year"]),
        ("2024年将新增专栏2个；2023年已建成专栏3个。", ["plan", "this_year"]),
        ("三年来共培训800人次。", ["cumulative"]),
        ("一年以来共培训80人次。", ["this_year"]),
        ("去年同期收到申请6件，今年收到9件。", ["last_year", "this_year"]),
        ("收到政府信息公开申请6件，上年同期为4件。", ["this_year", "last_year"]),
        ("办结率100%。2022年、2023年培训人数分别为40人、60人。", ["this_year", "last_year", "this_year"]),
        ("拟新建查阅点3处，草拟制度2项。", ["plan", "plan"]),
        ("草拟制度2项。", ["this_year"]),
        ("2022年、2023年收到的申请分别为4件、6件。", ["last_year", "this_year"]),
        ("上半年公开信息20条，下半年公开信息30条，全年共公开50条。", ["this_year"] * 3),
    ],
)
def test_which_year_a_number_is_of(sentence: str, periods: list[str]) -> None:
    _, found = read(sentence, "overview")
    assert [claim.period for claim in found.claims] == periods


ZEROS = [
    ("organization", "未发生因信息公开工作被追究责任的情形。", "2014", ["zero.accountability"]),
    ("organization", "没有收到对信息公开工作的投诉、举报。", "2014", ["zero.complaint.disclosure"]),
    ("fees", "检索、复制等费用均未收取。", "2014", ["zero.fee"]),
    ("fees", "检索、复制等费用一律免收。", "2014", ["zero.fee"]),
    ("other_matters", "关于信息处理费：全年未收取。", "2021", ["zero.fee"]),
    ("other_matters", "信息处理费情况：无。", "2021", ["zero.fee"]),
    ("proactive_disclosure", "政务微博未推送信息。", "2014", ["zero.channel.weibo"]),
    ("proactive_disclosure", "收到许可申请3件，微博粉丝200人，网站未发布信息。", "2014", []),
    ("requests", "收到政府信息公开申请5件，全部免收。", "2021", []),
    ("review_litigation", "行政诉讼实现零应诉。", "2021", ["zero.litigation"]),
    ("review_litigation", "行政复议4件、行政诉讼0件。", "2021", ["litigation.total"]),
]


@pytest.mark.parametrize(("section", "sentence", "standard", "patterns"), ZEROS)
def test_zeros_in_words(section: str, sentence: str, standard: str, patterns: list[str]) -> None:
    _, found = read(sentence, section, standard)
    assert [claim.pattern for claim in found.claims if claim.value == 0] == patterns


@pytest.mark.parametrize(
    "prose",
    [
        "无。",
        "本年度没有相关情况。\n（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        "无。\n\n###",
    ],
)
def test_a_section_of_nothing_but_a_zero_whatever_marks_stand_behind(prose: str) -> None:
    _, found = read(prose, "requests")
    assert [(claim.kind, claim.indicator) for claim in found.claims] == [("section_zero", "request.new")]


def test_a_paragraph_that_runs_into_a_table_is_read_to_its_last_stop() -> None:
    made, sections = document("举办培训3次。行政复议 行政诉讼", "overview")
    region = (made.text.index("行政复议"), len(made.text))
    found = reader().read(made, sections, Tables("none", (), (region,)), 2023)
    assert [claim.value for claim in found.claims] == [3]


def test_what_belongs_to_the_page_does_not_take_a_zero_its_section() -> None:
    made, sections = document("无。\n— 3 —", "requests")
    bare = replace(made, blocks=made.blocks[:2])
    kinds = [[c.kind for c in reader().read(d, sections, Tables("none", ()), 2023).claims] for d in (made, bare)]
    assert kinds == [[], ["section_zero"]]
