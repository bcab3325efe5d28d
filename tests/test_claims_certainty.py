"""A contradiction is sure only where every word before the number is understood."""

from __future__ import annotations

import pytest

from tests.claim_texts import at_mark

PLAIN = [
    ("requests", "2023年，我局共收到政府信息公开申请【5】件。"),
    ("requests", "本年度全区各级各部门受理依申请公开【12】宗。"),
    ("requests", "上年度结转【3】件。"),
    ("requests", "为保护第三方合法权益，不予公开【3】件。"),
    ("requests", "申请内容属于四类过程性信息的【3】件。"),
    ("requests", "还在答复期限内、结转到下年度继续办理的【3】件。"),
    ("requests", "全年收到公民、法人及其他组织提交的政府信息公开申请【3】件。"),
    ("review_litigation", "不经复议直接向人民法院提起诉讼的【3】件。"),
    ("proactive_disclosure", "正式制发行政规范性文件【3】件。"),
    ("review_litigation", "全年因政府信息公开被申请行政复议【2】件。"),
    ("proactive_disclosure", "本年制发行政规范性文件【4】件。"),
    ("proactive_disclosure", "全年共作出行政许可决定【77】件。"),
]
QUALIFIED = [
    ("requests", "收到申请28件，当场答复【3】件。"),
    ("proactive_disclosure", "县自然资源局作出行政处罚【3】件。"),
    ("proactive_disclosure", "配合县综合执法局作出行政处罚【9】件。"),
    ("proactive_disclosure", "行政处罚立案【8】件。"),
]

OLD_PLAIN = [
    ("proactive_disclosure", "2016年，累计主动公开政府信息【412】条。"),
    ("proactive_disclosure", "一年来，实际公开政府信息【412】条。"),
    ("proactive_disclosure", "制发规范性文件8件，经合法性审核后向社会公开【6】件。"),
    ("organization", "镇人民政府配备专职人员【2】名。"),
    ("organization", "兼职人员只有【3】名。"),
    ("review_litigation", "行政复议2件，其中维持具体行政行为【1】件。"),
]
OLD_QUALIFIED = [
    ("proactive_disclosure", "累计主动公开政府信息【412】条。"),
    ("proactive_disclosure", "区政府办公室制发规范性文件【3】件。"),
]


@pytest.mark.parametrize(("section", "sentence"), PLAIN)
def test_verbs_years_and_this_body_change_nothing(section: str, sentence: str) -> None:
    claim = at_mark(sentence, section, "2021")[0]
    assert (claim.indicator != "", claim.note) == (True, "")


@pytest.mark.parametrize(("section", "sentence"), QUALIFIED)
def test_a_word_that_narrows_is_noted(section: str, sentence: str) -> None:
    claim = at_mark(sentence, section, "2021")[0]
    assert not claim.indicator or not claim.firm or claim.note == "qualified"


@pytest.mark.parametrize(("section", "sentence"), OLD_PLAIN)
def test_whole_phrases_change_nothing(section: str, sentence: str) -> None:
    claim = at_mark(sentence, section, "2014")[0]
    assert (claim.indicator != "", claim.note) == (True, "")


@pytest.mark.parametrize(("section", "sentence"), OLD_QUALIFIED)
def test_a_running_total_without_a_year_is_noted(section: str, sentence: str) -> None:
    assert at_mark(sentence, section, "2014")[0].note == "qualified"
