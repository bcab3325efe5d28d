"""What the wording of a whole report gives away: other years, other bodies, gaps, and words of the template."""

from __future__ import annotations

import pytest

from tests.test_reconcile_reports import found, read, report


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2022年，我省深入推进信息公开。", True),
        ("2022年，县政府进一步规范公开工作。", True),
        ("2022年主动公开政府信息31条。", True),
        ("2022年，共召开新闻发布会2次。", True),
        ("2022年没有发生行政诉讼。", True),
        ("2022年，依申请公开事项为零。", True),
        ("情况如下：2022年，本局共收到申请6件，质量较往年有所提升。", True),
        ("2022年，我局分别利用网站、报纸发布信息31条。", True),
        ("2022年主动公开政府信息31条，比上年的25条增长24%。", True),
        ("2022年，我局认真落实各项制度。2023年，我局公开信息4条。", True),
        ("2022年主动公开政府信息31条。2023年主动公开40条。", False),
        ("2022年印发的规范性文件12件，仍然有效。", False),
        ("2022年因平台停用未上传的文件7件，已补录。", False),
        ("2022年国务院办公厅印发通知2件。", False),
        ("2021年、2022年收到申请3件。", False),
        ("2022年5月，本局收到申请2件。", False),
        ("2022年累计公开信息35条。", False),
        ("2020年主动公开政府信息31条。", False),
    ],
)
def test_work_told_under_the_year_before(text: str, wrong: bool) -> None:
    assert bool(found(read(report(overview=text)), "year.leftover")) == wrong


@pytest.mark.parametrize("section", ["overview", "problems"])
@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2022年，我局将继续完善制度。", True),
        ("2021年，县政府将进一步加大力度。", True),
        ("2023年，我局将继续完善制度。", False),
        ("2024年，我局将继续完善制度。", False),
        ("2022年，我局将原信息科并入办公室。", False),
    ],
)
def test_plans_for_a_year_that_is_over(section: str, text: str, wrong: bool) -> None:
    assert bool(found(read(report(**{section: text})), "year.leftover")) == wrong


TOWN, BUREAU = "大寨县青龙镇人民政府", "柳溪县住房和城乡建设局"


@pytest.mark.parametrize(
    ("body", "text", "wrong"),
    [
        (TOWN, "县审计局不断加大审计公告力度。", True),
        (TOWN, "成立由局长任组长的领导小组。", True),
        (TOWN, "成立由镇长任组长的领导小组。", False),
        (TOWN, "成立由乡长任组长的领导小组。", True),
        (TOWN, "县财政局积极配合我镇做好预算公开。", False),
        (TOWN, "向县审计局报送公开材料。", False),
        ("青龙镇人民政府办公室", "县审计局不断加大审计公告力度。", True),
        (BUREAU, "石桥镇人民政府严格执行村务公开制度。", True),
        (BUREAU, "镇党委政府高度重视，健全公开制度。", True),
        (BUREAU, "成立以镇长为组长的领导小组。", True),
        (BUREAU, "我乡的信息公开指南已更新。", True),
        (BUREAU, "我镇收到申请1件。", True),
        (BUREAU, "各镇人民政府认真公开村务。", False),
        (BUREAU, "指导石桥镇人民政府公开征地信息。", False),
        (BUREAU, "石桥镇人民政府坐落于县城东部。", False),
        (BUREAU, "成立以局长为组长的领导小组。", False),
        ("柳溪县人民政府", "石桥镇人民政府严格执行村务公开制度。", False),
        ("柳溪县人民政府", "县审计局不断加大审计公告力度。", False),
    ],
)
def test_bodies_of_the_other_kind(body: str, text: str, wrong: bool) -> None:
    assert bool(found(read(report(body=body, overview=text)), "content.body")) == wrong


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("新收政府信息公开申请件，上年结转0件。", "新收政府信息公开申请件"),
        ("全年共收到申请件。", "全年共收到申请件"),
        ("公开采购信息3条、合同信息条。", "合同信息条"),
        ("同意公开10件，不予公开件。", "不予公开件"),
        ("自然人申请3件、商业企业申请件，均已答复。", "商业企业申请件"),
        ("已登记申请件，答复5件。", ""),
        ("另有咨询3件，我局收到政府信息公开申请件。", "我局收到政府信息公开申请件"),
        ("我局尚未收到政府信息公开申请件。", ""),
        ("制定规范性文件件，均经审查。", "制定规范性文件件"),
        ("未收到政府信息公开申请件。", ""),
        ("对收到的申请件，逐一登记。", ""),
        ("全年及时办理每一件申请件。", ""),
        ("公开信息条目，更新文件条款。", ""),
    ],
)
def test_units_without_a_number(text: str, quote: str) -> None:
    assert found(read(report(requests=text)), "number.missing") == [("warning", quote)] * bool(quote)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("（本部分须按表格形式填报，内容不得超出规定栏目）", True),
        ("（此处请结合实际概述，定稿时删除）", True),
        ("（没有的请填“0”）", True),
        ("公开信息__条。", True),
        ("提供信息××份。", True),
        ("（申请人请填写《申请表》后提交）", False),
        ("（请登录网站下载填写）", False),
        ("（本部分数据来自统计系统）", False),
    ],
)
def test_words_of_the_template(text: str, wrong: bool) -> None:
    assert bool(found(read(report(overview=text)), "content.instruction")) == wrong
    assert bool(found(read("# 报告\n\n**重点**\n" + report(overview=text)), "content.instruction")) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("一是慢；二是少；三是偏。\n改进措施：一是学；二是查；四是考。", True),
        ("一是慢；二是少；三是偏。整改情况：一是学；二是查；四是考。", True),
        ("一是慢；二是少；三是偏：一是字多，二是图少。四是散。", False),
        ("一是慢。\n二是少。\n三是偏。一是字多。二是图少。\n四是散。", False),
        ("一是慢；二是少；三是偏。\n改进措施：一是学；二是查；三是考。", False),
    ],
)
def test_a_gap_in_a_list_after_a_whole_one(text: str, wrong: bool) -> None:
    assert bool(found(read(report(problems=text)), "ordinal.gap")) == wrong


@pytest.mark.parametrize(
    ("preamble", "wrong"),
    [
        ("本报告由概述、主动公开、申请办理、复议诉讼、问题、其他事项等七个部分组成。", True),
        ("本报告由概述、主动公开、申请办理、复议诉讼、问题、其他事项等六个部分组成。", False),
        ("本报告由七个部分组成。", False),
        ("本报告由概述、主动公开、申请办理等七个部分组成。", False),
    ],
)
def test_parts_announced_over_headings_without_numbers(preamble: str, wrong: bool) -> None:
    text = report(preamble=preamble)
    for numeral in "一二三四五六":
        text = text.replace(f"\n{numeral}、", "\n\n## ")
    assert bool(found(read(text), "enumeration.count")) == wrong


def test_a_heading_printed_twice_is_one_part() -> None:
    text = report(preamble="本报告由七个部分组成。").replace(
        "六、其他", "五、存在的主要问题及改进情况\n继续改进。\n六、其他"
    )
    assert found(read(text), "enumeration.count") == [("warning", "报告由七个部分")]
