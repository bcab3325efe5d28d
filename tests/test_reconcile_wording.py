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
