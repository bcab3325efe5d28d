"""Claims held against cells, and prose against prose."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.reconcile_cases import Outcome, Paper, one

NEW = "request.new/total"


def verdict(paper: Paper) -> tuple[str, str]:
    claim = paper.run().claims[0]
    return claim.verdict, claim.note


@pytest.mark.parametrize(
    ("told", "cell", "expected"),
    [
        ({"value": 20}, 20, "consistent"),
        ({"value": 20}, 21, "inconsistent"),
        ({"value": 20}, None, "unverifiable"),
        ({"value": 0}, None, "unverifiable"),
        ({"value": 20}, "absent", "unverifiable"),
        ({"value": 0}, "/", "consistent"),
        ({"value": 20}, "—", "suspect"),
        ({"value": 20}, "doubtful 21", "suspect"),
        ({"value": 20}, "doubtful 20", "consistent"),
        ({"value": 140, "low": 141, "high": 149, "approximate": True}, 145, "consistent"),
        ({"value": 140, "low": 141, "high": 149, "approximate": True}, 140, "suspect"),
        ({"value": 140, "low": 141, "high": 149, "approximate": True}, 152, "suspect"),
        ({"value": 60, "low": 61, "high": 69, "approximate": True}, 0, "inconsistent"),
        ({"value": 100, "low": 101, "high": None, "approximate": True}, 5000, "consistent"),
        ({"value": 100, "low": 101, "high": None, "approximate": True}, 20, "inconsistent"),
        ({"value": 12000, "low": 11500, "high": 12499}, 12700, "suspect"),
        ({"value": 20, "firm": False, "note": "optional"}, 21, "unverifiable"),
        ({"value": 20, "firm": False, "note": "optional"}, 20, "consistent"),
        ({"value": 20, "firm": False, "note": "suspect"}, 21, "suspect"),
        ({"value": 20, "period": "last_year"}, 21, "unverifiable"),
        ({"value": 20, "period": "cumulative"}, 21, "unverifiable"),
        ({"value": 20, "period": "plan"}, 20, "unverifiable"),
        ({"value": 20, "period": ""}, 21, "suspect"),
        ({"value": None, "low": None, "high": None}, 21, "unverifiable"),
    ],
)
def test_a_claim_against_one_cell(told: dict[str, Any], cell: Any, expected: str) -> None:
    value = told.pop("value")
    paper = one(f"收到申请{value or 300}件", value, "request.new", **told, values={NEW: cell})
    assert verdict(paper)[0] == expected


@pytest.mark.parametrize(
    ("values", "value", "expected"),
    [
        ({"channel.website": 41, "channel.weibo": 20, "channel.gazette": None}, 61, "consistent"),
        ({"channel.website": 41, "channel.weibo": 20, "channel.gazette": None}, 60, "inconsistent"),
        ({"channel.website": 41, "channel.weibo": 20, "channel.gazette": None}, 65, "unverifiable"),
        ({"channel.website": 41, "channel.weibo": 20}, 65, "inconsistent"),
    ],
)
def test_a_claim_against_a_sum_with_blanks(values: dict[str, Any], value: int, expected: str) -> None:
    assert verdict(one(f"共发布{value}条", value, "channel", "2014", values=values))[0] == expected


@pytest.mark.parametrize(
    ("kind", "level", "scope", "expected"),
    [
        ("department", "county", "body", "inconsistent"),
        ("department", "county", "area", "unverifiable"),
        ("department", "county", "system", "unverifiable"),
        ("office", "county", "area", "unverifiable"),
        ("government", "county", "area", "suspect"),
        ("government", "county", "body", "suspect"),
        ("government", "township", "body", "inconsistent"),
        ("department", "county", "site", "suspect"),
        ("department", "county", "", "inconsistent"),
    ],
)
def test_scope_decides_how_sure_a_difference_is(kind: str, level: str, scope: str, expected: str) -> None:
    report = {"kind": kind, "level": level}
    paper = one("收到申请20件", 20, "request.new", scope=scope, values={NEW: 21}, report=report)
    assert verdict(paper)[0] == expected


def test_area_claims_are_firm_where_another_shows_that_the_table_counts_the_area() -> None:
    paper = Paper("2021", kind="government").part("requests", "三、依申请公开", "全县收到申请20件，办结15件。")
    paper.values = {NEW: 21, "request.concluded/total": 15}
    paper.claim("收到申请20件", 20, "request.new", scope="area")
    paper.claim("办结15件", 15, "request.concluded", scope="area")
    assert [claim.verdict for claim in paper.run().claims] == ["inconsistent", "consistent"]


@pytest.mark.parametrize(
    ("quote", "value", "unit", "cell", "expected", "slip"),
    [
        ("金额477.35万元", Decimal("477.35"), "万元", Decimal("477.35"), "consistent", False),
        ("金额251000元", 251000, "元", Decimal("25.1"), "consistent", False),
        ("金额251000元", 251000, "元", 251000, "consistent", True),
        ("金额25.1万元", Decimal("25.1"), "万元", 251000, "consistent", True),
        ("金额25.1万元", 251000, "万元", Decimal("25.1"), "consistent", False),
        ("金额26万元", 26, "万元", Decimal("25.1"), "inconsistent", False),
        ("金额0元", 0, "元", 0, "consistent", False),
    ],
)
def test_money_in_yuan_and_in_myriads(quote: str, value: Any, unit: str, cell: Any, expected: str, slip: bool) -> None:
    values = {"procurement.amount": cell, "procurement.items": 1}
    paper = one(quote, value, "procurement.amount", "2019", values=values, unit=unit, in_section="overview")
    outcome = paper.run()
    assert outcome.claims[0].verdict == expected
    assert bool(outcome.found("claim.unit")) == slip


def test_a_section_that_says_nothing_speaks_for_all_its_cells() -> None:
    def said(**values: int) -> str:
        named = {f"request.{name}/total": value for name, value in values.items()}
        paper = one("无", 0, "request.new", kind="section_zero", values=named)
        return paper.run().claims[0].verdict

    assert said() == "consistent"
    assert said(new=3) == "inconsistent"
    assert said(carried_in=2, carried_out=2) == "suspect"


def test_a_mismatch_is_told_with_both_numbers_and_both_places() -> None:
    outcome = one("收到申请20件", 20, "request.new", values={NEW: 21}).run()
    finding = outcome.found("claim.mismatch")[0]
    assert (finding.severity, finding.verdict, finding.indicator) == ("error", "inconsistent", "request.new")
    assert (finding.actual, finding.expected) == (20, 21)
    assert finding.span is not None
    assert finding.second is not None
    for words in (
        "收到申请20件",
        "三、依申请公开",
        "20件",
        "21件",
        "本年新收政府信息公开申请数量 / 总计",
        "〔2021〕30号",
    ):
        assert words in finding.message
    english = one("收到申请20件", 20, "request.new", values={NEW: 21}).run("en").found("claim.mismatch")[0]
    assert english.finding_id == finding.finding_id
    assert english.message.startswith("Section “三、依申请公开” says “收到申请20件”")


def totals(text: str, *numbers: int, complete: bool = True, **more: Any) -> Outcome:
    paper = Paper("2021").part("overview", "一、总体情况", text)
    indices = [
        paper.claim(f"{n}条", n, after=_nth(text, paper.text, numbers, k), **more) for k, n in enumerate(numbers)
    ]
    paper.split(indices[0], *indices[1:], complete=complete)
    return paper.run()


def _nth(text: str, whole: str, numbers: tuple[int, ...], count: int) -> int:
    at = whole.index(text)
    for number in numbers[:count]:
        at = whole.index(f"{number}条", at) + 1
    return at


@pytest.mark.parametrize(
    ("text", "numbers", "complete", "rules"),
    [
        ("公开信息73条，政策41条、动态20条、财政12条。", (73, 41, 20, 12), True, set()),
        ("公开信息73条，政策41条、动态20条、财政10条。", (73, 41, 20, 10), True, {"sum.total"}),
        ("公开信息73条，其中政策41条、动态20条。", (73, 41, 20), False, set()),
        ("公开信息73条，其中政策41条、动态40条。", (73, 41, 40), False, {"sum.parts"}),
        ("公开信息7条，自然人6条、法人1条，公开3条、不公开4条。", (7, 6, 1, 3, 4), True, set()),
        ("公开信息73条，其中网站41条、微信40条。", (73, 41, 40), False, {"sum.overlap"}),
        ("公开信息73条，网站73条、微信73条、公示栏73条。", (73, 73, 73, 73), True, {"sum.overlap"}),
        ("公开信息73条，其中网站41条、微信20条、公示栏5条。", (73, 41, 20, 5), True, {"sum.total"}),
    ],
)
def test_totals_and_parts(text: str, numbers: tuple[int, ...], complete: bool, rules: set[str]) -> None:
    outcome = totals(text, *numbers, complete=complete)
    assert {rule for rule in outcome.rules() if rule.startswith("sum.")} == rules
    assert [f.severity for f in outcome.findings if f.rule in ("sum.total", "sum.parts")] == ["error"] * bool(
        rules & {"sum.total", "sum.parts"}
    )


def test_rounded_parts_are_no_contradiction() -> None:
    text = "公开信息300条，其中政策200条、动态130条。"
    rounded = totals(text, 300, 200, 130, complete=True, approximate=True)
    assert rounded.rules("error") == set()


def test_rows_of_the_form_are_no_parts_of_one_another() -> None:
    paper = Paper("2021").part("requests", "三、依申请公开", "收到申请44件，上年结转0件，办结39件。")
    paper.values = {NEW: 44, "request.concluded/total": 39, "request.carried_out/total": 5}
    found = [paper.claim("申请44件", 44, "request.new"), paper.claim("结转0件", 0, "request.carried_in")]
    paper.split(found[0], found[1], paper.claim("办结39件", 39, "request.concluded"))
    assert not paper.run().found("sum.total")


@pytest.mark.parametrize(
    ("text", "quote", "value", "names", "closed", "count"),
    [
        ("答复“第138号”、“第075号”两项提案。", "两项", 2, ("“第138号”", "“第075号”"), True, 0),
        ("答复“第138号”、“第075号”三项提案。", "三项", 3, ("“第138号”", "“第075号”"), True, 1),
        ("答复“第138号”、“第075号”等三项提案。", "三项", 3, ("“第138号”", "“第075号”"), False, 0),
        ("拥有网站、微博、微信、热线五处平台。", "五处", 5, ("网站", "微博", "微信", "热线"), True, 1),
        ("公开财务、管理、指标、考核信息21条。", "21条", 21, ("财务", "管理", "指标", "考核"), True, 0),
        ("制作旬报160期、影响评估、评价7期。", "7期", 7, ("旬报160期", "影响评估", "评价"), True, 0),
    ],
)
def test_counts_and_items(text: str, quote: str, value: int, names: tuple[str, ...], closed: bool, count: int) -> None:
    paper = Paper("2021").part("platform", "九、平台", text)
    paper.items(paper.claim(quote, value, unit=quote[-1]), *names, closed=closed)
    found = paper.run().found("enumeration.count")
    assert len(found) == count
    assert all(finding.severity == "warning" for finding in found)


def test_an_item_listed_twice_is_a_note() -> None:
    paper = Paper("2021").part("platform", "九、平台", "发布3条信息，涵盖水污染防治、河长制、水污染防治工作。")
    paper.items(paper.claim("3条", 3), "水污染防治", "河长制", "水污染防治工作")
    found = paper.run().found("enumeration.duplicate")
    assert [f.severity for f in found] == ["info"]
    assert "水污染防治" in found[0].message


def shares(text: str, *pairs: tuple[str, str], whole: int | None = 0) -> Outcome:
    """Claims of one sentence: the first pair is the base and an empty share."""
    paper = Paper("none").part("overview", "一、概述", text)
    first = paper.claim(pairs[0][0], int("".join(filter(str.isdigit, pairs[0][0]))))
    at = 0
    for amount, share in pairs[1:]:
        at = paper.text.index(amount, at)
        number = int("".join(filter(str.isdigit, amount)))
        paper.claim(amount, number, after=at, whole=first)
        percent = Decimal(share.rstrip("%"))
        paper.claim(share, percent, after=at + len(amount), kind="share", whole=first, unit="%")
    return paper.run()


def test_shares_are_held_against_part_and_base() -> None:
    good = shares("共65条，网站20条，占30.8%，其他45条，占69.2%。", ("65条", ""), ("20条", "30.8%"), ("45条", "69.2%"))
    assert not good.rules("error", "warning") & {"percentage.share", "percentage.sum"}
    bad = shares("共65条，网站20条，占30.8%，其他45条，占75%。", ("65条", ""), ("20条", "30.8%"), ("45条", "75%"))
    assert {f.actual for f in bad.found("percentage.share")} == {75}
    assert "69.2" in bad.found("percentage.share")[0].message


def test_cut_percentages_are_right() -> None:
    outcome = shares("共46条，网站2条，占4.34%。", ("46条", ""), ("2条", "4.34%"))
    assert [check.outcome for check in outcome.of("percentage.share")] == ["holds"]


def test_shares_of_a_base_that_is_not_told_here_are_not_judged() -> None:
    outcome = shares(
        "机构类37条，占9%，法规类71条，占17%，职责类248条，占59%。", ("37条", ""), ("71条", "17%"), ("248条", "59%")
    )
    assert not outcome.found("percentage.share")


def test_growth_against_last_year() -> None:
    def grown(percent: str) -> Outcome:
        paper = Paper("2021").part("overview", "一、总体情况", f"收到申请40件，去年33件，同比增长{percent}。")
        now = paper.claim("申请40件", 40)
        paper.claim("去年33件", 33, period="last_year", unit="件")
        paper.claim(percent, Decimal(percent.rstrip("%")), kind="growth", whole=now, unit="%")
        return paper.run()

    assert not grown("21.2%").found("percentage.growth")
    assert grown("31%").found("percentage.growth")


def repeated(first: int, second: int, *, values: dict[str, Any] | None = None, sections: tuple[str, str]) -> Outcome:
    paper = Paper("2021")
    paper.values = {NEW: "absent"} if values is None else values
    for section, number in zip(sections, (first, second), strict=True):
        paper.part(section, f"{section}情况", f"收到申请{number}件。")
        paper.claim(f"申请{number}件", number, "request.new", after=paper.sections[-1].start)
    return paper.run()


def test_the_same_quantity_told_twice() -> None:
    apart = ("overview", "requests")
    assert [f.severity for f in repeated(12, 13, sections=apart).found("text.contradiction")] == ["error"]
    assert not repeated(12, 12, sections=apart).found("text.contradiction")
    assert not repeated(12, 13, sections=("overview", "problems")).found("text.contradiction")
    decided = repeated(12, 13, values={NEW: 13}, sections=apart)
    assert not decided.found("text.contradiction")
    assert len(decided.found("claim.mismatch")) == 1


def test_claims_against_one_wrong_cell_share_a_cause() -> None:
    outcome = repeated(12, 12, values={NEW: 13}, sections=("overview", "requests"))
    assert len(outcome.found("claim.mismatch")) == 2
    assert len({finding.cause for finding in outcome.found("claim.mismatch")}) == 1


def judged(text: str, cell: int, *quotes: tuple[str, int], **more: Any) -> list[tuple[str, str]]:
    """Verdict and note of claims on one cell, told in one section (a `|` in the text begins a paragraph)."""
    paper = Paper("2021").part("requests", "三、依申请公开", text.replace("|", "\n"))
    paper.values = {NEW: cell}
    at = 0
    for quote, value in quotes:
        paper.claim(quote, value, "request.new", **more, after=at)
        at = paper.claims[-1].span.end
    return [(claim.verdict, claim.note) for claim in paper.run().claims]


@pytest.mark.parametrize(
    ("text", "cell", "quotes", "expected"),
    [
        ("街道栏收到22件，大厅收到8件。", 30, [("街道栏收到22件", 22), ("大厅收到8件", 8)], ["consistent"] * 2),
        ("甲收到6件，乙收到1件。", 7, [("甲收到6件", 6), ("乙收到1件", 1)], ["consistent"] * 2),
        ("甲收到6件。|乙收到1件。", 7, [("甲收到6件", 6), ("乙收到1件", 1)], ["consistent"] * 2),
        ("甲收到6件，乙收到1件。", 9, [("甲收到6件", 6), ("乙收到1件", 1)], ["unverifiable"] * 2),
        ("甲收到6件，乙收到5件。", 7, [("甲收到6件", 6), ("乙收到5件", 5)], ["suspect", "unverifiable"]),
        ("全市收到75件。其中市政府8件。", 75, [("全市收到75件", 75), ("市政府8件", 8)], ["consistent", "unverifiable"]),
        ("直接收到22件，合计24件。", 24, [("直接收到22件", 22), ("合计24件", 24)], ["unverifiable", "consistent"]),
        ("全市收到75件。|专栏收到8件。", 75, [("全市收到75件", 75), ("专栏收到8件", 8)], ["consistent", "suspect"]),
        ("没有信函件，收到24件。", 24, [("没有信函件", 0), ("收到24件", 24)], ["unverifiable", "consistent"]),
        ("共收到22件。|共收到20件。", 22, [("共收到22件", 22), ("共收到20件", 20)], ["consistent", "inconsistent"]),
        ("收到22件。另收到25件。", 22, [("收到22件", 22), ("另收到25件", 25)], ["consistent", "inconsistent"]),
        ("甲收到5件，大厅收到25件。", 20, [("甲收到5件", 5), ("大厅收到25件", 25)], ["inconsistent"] * 2),
        ("共收到10件。|共收到10件。", 20, [("共收到10件", 10), ("共收到10件", 10)], ["inconsistent"] * 2),
    ],
)
def test_several_claims_of_one_cell(text: str, cell: int, quotes: Any, expected: list[str]) -> None:
    assert [verdict for verdict, _ in judged(text, cell, *quotes)] == expected


@pytest.mark.parametrize("first", ["overview", "requests"])
def test_the_overview_tells_of_the_same_as_the_section(first: str) -> None:
    paper = Paper("2021").part("overview", "一、总体情况", "" if first == "requests" else "全年接到20件。")
    if first == "requests":
        paper.part("requests", "（二）依申请公开", "全年接到20件。", depth=2)
    paper.part("requests", "三、收到申请情况", "共收到22件。")
    paper.values = {NEW: 22}
    paper.claim("接到20件", 20, "request.new", section=first)
    paper.claim("共收到22件", 22, "request.new")
    assert [claim.verdict for claim in paper.run().claims] == ["inconsistent", "consistent"]


def test_a_loose_link_is_never_an_error() -> None:
    paper = Paper("2021").part("requests", "三、依申请公开", "无。")
    paper.values = {NEW: 3}
    paper.claim("无", 0, "request.new", kind="section_zero", firm=False)
    assert paper.run().claims[0].verdict == "suspect"


def test_a_cell_that_could_not_be_read_decides_nothing() -> None:
    paper = Paper("2021").part("requests", "三、依申请公开", "今年收到申请5件。")
    paper.values = {NEW: "doubtful", "request.carried_in/total": 9, "request.carried_in/natural_person": 9}
    paper.claim("收到申请5件", 5, "request.new")
    paper.claim("收到申请5件", 5, "request.workload")
    assert {claim.verdict for claim in paper.run().claims} == {"unverifiable"}
    wrong = [c.indicator for c in paper.run().checks if c.outcome in ("violated", "suspect") and "identity" in c.rule]
    assert not [keys for keys in wrong if NEW in keys]


def test_a_section_of_nothing_is_told_with_the_cell_that_differs() -> None:
    values = {"litigation.direct.total": 1, "litigation.direct.pending": 1}
    paper = one("无", 0, "review.total", kind="section_zero", values=values, in_section="review_litigation")
    finding = paper.run().found("claim.mismatch")[0]
    assert (finding.verdict, finding.expected, finding.actual) == ("suspect", 1, 0)
    assert "未经复议直接起诉" in finding.message
    assert "为1件" in finding.message


def test_money_is_told_in_the_unit_of_the_table() -> None:
    paper = one("投入12万元", 120000, "capacity.budget", "2014", values={"capacity.budget": 8}, unit="元")
    message = paper.run().found("claim.mismatch")[0].message
    assert "即12万元" in message
    assert "为8万元" in message
