"""Whole sentences as reports word them: every number with the cell it states (or none), in reports of 2021 and later
unless another form is named."""

from __future__ import annotations

import pytest

from tests.claim_texts import links, read

NEW, IN, OUT = "request.new", "request.carried_in", "request.carried_out"
R, L = "review.total", "litigation"

SENTENCES = [
    # nothing received, documents published
    ("overview", "未收到政府信息公开申请。全年主动公开文件73件。", [(0, NEW), (73, "")]),
    (
        "overview",
        "本年度没有收到公民、法人或其他组织提出的政府信息公开申请，共主动公开文件73件。",
        [(0, NEW), (73, "")],
    ),
    ("overview", "我局未接到任何依申请公开事项。公开公文类信息五十二条。", [(0, NEW), (52, "")]),
    ("overview", "2023年未受理依申请公开件，主动公开各类文件1,073份。", [(0, NEW), (1073, "")]),
    ("requests", "全年无依申请公开事项。", [(0, NEW)]),
    ("requests", "本年度收到政府信息公开申请0件。", [(0, NEW)]),
    ("overview", "政府信息公开实现零申请，主动公开文件９件。", [(0, NEW), (9, "")]),
    # a change, then the amount
    ("overview", "收到政府信息公开申请较上年增加5件，共20件。", [(5, ""), (20, NEW)]),
    ("overview", "收到政府信息公开申请20件，较上年增加5件。", [(20, NEW), (5, "")]),
    ("requests", "共收到政府信息公开申请20宗，比去年减少三宗。", [(20, NEW), (3, "")]),
    ("requests", "全年受理依申请公开20件，同比增长25%。", [(20, NEW), (25, "")]),
    ("overview", "新收政府信息公开申请同比下降12.5%，共计35件。", [("12.5", ""), (35, NEW)]),
    ("requests", "与2022年相比增加8件，全年共收到政府信息公开申请28件。", [(8, ""), (28, NEW)]),
    # thousands and other ways to write a number
    ("requests", "收到政府信息公开申请1,203件。", [(1203, NEW)]),
    ("requests", "收到政府信息公开申请１２０３件。", [(1203, NEW)]),
    ("requests", "收到政府信息公开申请1203 件。", [(1203, NEW)]),
    ("requests", "收到政府信息公开申请一千二百零三件。", [(1203, NEW)]),
    ("requests", "收到信息公开申请共计：1.2万件。", [(12000, NEW)]),
    ("requests", "收到政府信息公开申请 1,203 宗。", [(1203, NEW)]),
    # carried in, in brackets or beside
    ("requests", "本年新收（不含上年结转2件）申请15件。", [(2, IN), (15, NEW)]),
    ("requests", "本年新收政府信息公开申请15件，上年结转2件。", [(15, NEW), (2, IN)]),
    ("requests", "新收到申请十五件（上年度结转的两件除外）。", [(15, NEW), (2, IN)]),
    ("requests", "去年结转政府信息公开申请2件，本年度新收15件。", [(2, IN), (15, NEW)]),
    ("requests", "本年收到申请15宗，另有2宗系上年结转。", [(15, NEW), (2, IN)]),
    ("requests", "上年结转政府信息公开申请数量为2件，本年新收政府信息公开申请数量为15件。", [(2, IN), (15, NEW)]),
    # requests among much else
    ("overview", "办理工单、建议及各类申请共计560件，其中政府信息公开申请7件。", [(560, ""), (7, NEW)]),
    ("overview", "受理信访、投诉和各类申请共560余件，其中依申请公开7件。", [(560, ""), (7, NEW)]),
    ("overview", "全年处理各类诉求及申请五百六十件，其中政府信息公开申请七件。", [(560, ""), (7, NEW)]),
    ("overview", "承办12345热线工单2307件，收到政府信息公开申请7件。", [(2307, ""), (7, NEW)]),
    ("overview", "收到群众来信、留言等560件，其中申请公开政府信息7件。", [(560, ""), (7, NEW)]),
    ("overview", "共办理各类申请560件，含政府信息公开申请7件。", [(560, ""), (7, NEW)]),
    # reviews of disclosure among reviews of everything
    ("review_litigation", "办理行政复议申请120件，其中涉及政府信息公开的行政复议4件。", [(120, ""), (4, R)]),
    ("review_litigation", "受理行政复议案件120件，其中政府信息公开类行政复议案件4件。", [(120, ""), (4, R)]),
    ("review_litigation", "全年收到行政复议申请一百二十件，其中因政府信息公开提起的4件。", [(120, ""), (4, R)]),
    ("review_litigation", "因政府信息公开引发行政复议4件。", [(4, R)]),
    ("review_litigation", "审理行政诉讼案件30件，其中涉及信息公开的行政诉讼2件。", [(30, ""), (2, L)]),
    ("review_litigation", "办理行政复议120件，涉政府信息公开行政复议4件。", [(120, ""), (4, R)]),
    # units, numerals, verbs
    ("requests", "共收到政府信息公开申请十二件。", [(12, NEW)]),
    ("requests", "共收到政府信息公开申请12宗。", [(12, NEW)]),
    ("requests", "政府信息公开申请渠道畅通，全年受理8件。", [(8, NEW)]),
    ("requests", "受理8件。", [(8, NEW)]),
    ("requests", "规范办理政府信息公开申请。全年共受理8件，均按期答复。", [(8, NEW)]),
    ("requests", "共接到依申请公开事项8起。", [(8, NEW)]),
    ("requests", "收到8例政府信息公开申请。", [(8, NEW)]),
    ("requests", "收到书面申请8份。", [(8, NEW)]),
    # other kinds of application
    ("overview", "受理企业登记申请8件。", [(8, "")]),
    ("overview", "受理住房补助申请30户，占道开挖申请8件。", [(8, "")]),
    ("overview", "受理商标注册申请八件。", [(8, "")]),
    ("overview", "办结法律援助申请8件。", [(8, "")]),
    ("requests", "受理救助申请8件，收到政府信息公开申请2件。", [(8, ""), (2, NEW)]),
    # nothing in both kinds of case
    ("review_litigation", "未发生行政复议、行政诉讼。", [(0, R), (0, L)]),
    ("review_litigation", "未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。", [(0, R), (0, L)]),
    ("review_litigation", "没有因政府信息公开申请引发的行政复议和行政诉讼案件。", [(0, R), (0, L)]),
    ("review_litigation", "本年度无行政复议或行政诉讼案件。", [(0, R), (0, L)]),
    ("review_litigation", "行政复议、行政诉讼均为0件。", [(0, R), (0, L)]),
    ("review_litigation", "行政复议0件、行政诉讼0件。", [(0, R), (0, L)]),
    ("review_litigation", "政府信息公开行政复议、诉讼案件数量均为零。", [(0, R), (0, L)]),
    ("overview", "未收到政府信息公开申请，未发生行政复议、行政诉讼。", [(0, NEW), (0, R), (0, L)]),
    # carried in and out
    ("requests", "上年度结转34件，另有103件顺延到下年度答复。", [(34, IN), (103, OUT)]),
    ("requests", "上年结转34件，结转下年度继续办理103件。", [(34, IN), (103, OUT)]),
    ("requests", "上年度转入三十四件，103件结转至下一年度。", [(34, IN), (103, OUT)]),
    ("requests", "结转下年度的有103件，上年结转的有34件。", [(103, OUT), (34, IN)]),
    ("requests", "2022年度结转34件，103件结转2024年继续办理。", [(34, IN), (103, OUT)]),
    ("requests", "上年结转政府信息公开申请34宗；另有103宗转下年度办理。", [(34, IN), (103, OUT)]),
    # answered, those carried in among them
    ("requests", "答复3050件（含上年度结转34件）。", [(3050, "request.concluded"), (34, IN)]),
    ("requests", "办结政府信息公开申请3050件（其中上年结转34件）。", [(3050, "request.concluded"), (34, IN)]),
    ("requests", "全年共答复政府信息公开申请3,050件，含上年结转34件。", [(3050, "request.concluded"), (34, IN)]),
    ("requests", "本年度办结3050件，其中34件为上年度结转。", [(3050, "request.concluded"), (34, IN)]),
    ("requests", "累计答复申请三千零五十件（包括上年度结转三十四件）。", [(3050, "request.concluded"), (34, IN)]),
    # results of cases
    (
        "review_litigation",
        "行政复议351件，其中维持72件、纠正64件、其他结果178件、尚未审结37件。",
        [(351, R), (72, "review.upheld"), (64, "review.corrected"), (178, "review.other"), (37, "review.pending")],
    ),
    (
        "review_litigation",
        "因政府信息公开被申请行政复议9起：结果维持5起，结果纠正1起，其他结果2起，未审结1起。",
        [(9, R), (5, "review.upheld"), (1, "review.corrected"), (2, "review.other"), (1, "review.pending")],
    ),
    (
        "review_litigation",
        "行政复议共九件，维持五件、纠正一件、其他三件。",
        [(9, R), (5, "review.upheld"), (1, "review.corrected"), (3, "review.other")],
    ),
    (
        "review_litigation",
        "政府信息公开行政复议案件9件（维持5件，撤销1件，正在审理3件）。",
        [(9, R), (5, "review.upheld"), (1, "review.corrected"), (3, "review.pending")],
    ),
    ("review_litigation", "行政复议2件，2件尚未审结。", [(2, R), (2, "review.pending")]),
    ("review_litigation", "行政诉讼46件，维持25件。", [(46, L), (25, "litigation.upheld")]),
    (
        "review_litigation",
        "行政诉讼46宗，其中结果维持25宗、结果纠正3宗。",
        [(46, L), (25, "litigation.upheld"), (3, "litigation.corrected")],
    ),
    (
        "review_litigation",
        "行政复议3件，均维持；行政诉讼四件，维持两件，审理中2件。",
        [(3, R), (3, "review.upheld"), (4, L), (2, "litigation.upheld"), (2, "litigation.pending")],
    ),
    (
        "review_litigation",
        "行政诉讼46件，其中未经复议直接起诉30件、复议后起诉16件。",
        [(46, L), (30, "litigation.direct.total"), (16, "litigation.after_review.total")],
    ),
    ("review_litigation", "被提起行政诉讼46件，败诉3件。", [(46, L), (3, "litigation.corrected")]),
    # pieces: no cell since 2019
    ("proactive_disclosure", "主动公开信息5500余条。", [(5500, "")]),
    (
        "proactive_disclosure",
        "全年主动公开政府信息近5500条，其中网站3000条、微信公众号2500条。",
        [(5500, ""), (3000, ""), (2500, "")],
    ),
    # results of requests
    (
        "requests",
        "答复20件，其中予以公开9件、部分公开2件、不予公开1件、无法提供5件、不予处理2件、其他处理1件。",
        [
            (20, "request.concluded"),
            (9, "request.granted"),
            (2, "request.partial"),
            (1, "request.denied"),
            (5, "request.unavailable"),
            (2, "request.not_processed"),
            (1, "request.other"),
        ],
    ),
    (
        "requests",
        "收到申请15件，其中自然人申请13件、法人或其他组织申请2件。",
        [(15, NEW), (13, "request.new/natural_person"), (2, "request.new/organization")],
    ),
    (
        "requests",
        "全年收到申请15件。其中予以公开5件、部分公开2件。",
        [(15, NEW), (5, "request.granted"), (2, "request.partial")],
    ),
    ("requests", "收到申请15件，当面申请3件，网络申请12件。", [(15, NEW), (3, ""), (12, "")]),
    # documents of the body
    (
        "proactive_disclosure",
        "制发行政规范性文件4件，废止2件，现行有效32件。",
        [(4, "normative.issued"), (2, "normative.repealed"), (32, "normative.in_force")],
    ),
    ("proactive_disclosure", "未制定行政规范性文件。", [(0, "normative.issued")]),
    # names and numbers apart
    ("review_litigation", "因政府信息公开引发的行政复议、行政诉讼分别为3件、2件。", [(3, R), (2, L)]),
    (
        "requests",
        "予以公开、部分公开和不予公开分别为5件、2件、1件。",
        [(5, "request.granted"), (2, "request.partial"), (1, "request.denied")],
    ),
    # attributes of documents are no requests
    (
        "proactive_disclosure",
        "制作政府信息3021条，其中主动公开1027条、依申请公开459条、不予公开1535条。",
        [(3021, ""), (1027, ""), (459, ""), (1535, "")],
    ),
]


@pytest.mark.parametrize(("section", "sentence", "expected"), SENTENCES, ids=lambda value: str(value)[:50])
def test_every_number_of_a_sentence(section: str, sentence: str, expected: list[tuple[object, str]]) -> None:
    assert [(str(value), link) for value, link in links(sentence, section)] == [(str(v), k) for v, k in expected]


def test_a_permit_application_is_never_a_request() -> None:
    for sentence in ("受理行政许可申请8件。", "受理行政审批申请八件。", "收到许可证申请8份。", "办理行政许可申请8宗。"):
        assert all(link.startswith("license") or link == "" for _, link in links(sentence)), sentence


FORM_2014 = [
    ("proactive_disclosure", "主动公开信息5500余条。", [(5500, "disclosure.total")]),
    ("proactive_disclosure", "全年共主动公开政府信息755多条。", [(755, "disclosure.total")]),
    (
        "proactive_disclosure",
        "全年发布信息73条，其中政府网站41条、政务微博20条、政务微信12条。",
        [(73, "channel"), (41, "channel.website"), (20, "channel.weibo"), (12, "channel.wechat")],
    ),
    (
        "proactive_disclosure",
        "主动公开政府信息60条，其中政府网站41条、政务微博20条、政务微信12条。",
        [(60, "disclosure.total"), (41, "channel.website"), (20, "channel.weibo"), (12, "channel.wechat")],
    ),
    (
        "requests",
        "收到申请12件，其中当面申请2件、网络申请9件、信函申请1件，按时办结12件。",
        [
            (12, "request.received"),
            (2, "request.received.in_person"),
            (9, "request.received.online"),
            (1, "request.received.letter"),
            (12, "request.concluded.on_time"),
        ],
    ),
    (
        "proactive_disclosure",
        "政务微信和政务微博分别发布信息54条、32条。",
        [(54, "channel.wechat"), (32, "channel.weibo")],
    ),
    ("fees", "未收取任何费用。", [(0, "request_fee")]),
    ("response", "召开新闻发布会5场，在线访谈3期。", [(5, "response.press_conference"), (3, "response.interview")]),
    (
        "organization",
        "举办政务公开培训2期，培训120人次；召开政务公开工作会议3次。",
        [(2, "training.courses"), (120, "training.attendees"), (3, "training.meetings")],
    ),
    ("organization", "参加市里组织的政务公开培训1次，12人参加。", [(1, ""), (12, "")]),
    ("review_litigation", "行政复议1件，无行政诉讼。", [(1, "review"), (0, "litigation")]),
]


@pytest.mark.parametrize(("section", "sentence", "expected"), FORM_2014, ids=lambda value: str(value)[:50])
def test_the_form_of_2014(section: str, sentence: str, expected: list[tuple[object, str]]) -> None:
    assert links(sentence, section, "2014") == expected


def test_before_2014_nothing_is_linked() -> None:
    assert links("收到政府信息公开申请12件，主动公开信息300条。", "overview", "none") == [(12, ""), (300, "")]


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("主动公开信息5500余条。", 5501, 5599),
        ("主动公开信息140多条。", 141, 149),
        ("主动公开信息近40条。", 30, 39),
        ("主动公开信息约200条。", 190, 210),
        ("主动公开信息300条以上。", 300, None),
        ("主动公开信息超过300条。", 301, None),
        ("主动公开信息755多条。", 755, None),
        ("主动公开信息二十余条。", 21, 29),
        ("主动公开信息百余条。", 101, 199),
        ("主动公开信息1.3万条。", 12500, 13499),
    ],
)
def test_bounds_of_a_bent_number(sentence: str, low: int, high: int | None) -> None:
    _, found = read(sentence, "proactive_disclosure")
    assert [(claim.low, claim.high) for claim in found.claims] == [(low, high)]


def test_a_vague_number_has_no_value() -> None:
    _, found = read("主动公开信息数百条。", "proactive_disclosure")
    assert [(claim.value, claim.approximate) for claim in found.claims] == [(None, True)]


@pytest.mark.parametrize(
    ("sentence", "section", "period"),
    [
        ("收到政府信息公开申请12件。", "requests", "this_year"),
        ("2022年收到政府信息公开申请12件。", "requests", "last_year"),
        ("去年收到政府信息公开申请12件。", "requests", "last_year"),
        ("2019年收到政府信息公开申请12件。", "requests", "other_year"),
        ("自2008年以来累计收到政府信息公开申请12件。", "requests", "cumulative"),
        ("截至2023年底，累计收到政府信息公开申请12件。", "requests", "cumulative"),
        ("今年以来，累计收到政府信息公开申请12件。", "requests", "this_year"),
        ("全年累计收到政府信息公开申请12件。", "requests", "this_year"),
        ("计划举办培训2次。", "plans", "plan"),
        ("下一步，将开展培训2次。", "problems", "plan"),
        ("2023年1月1日至12月31日，收到政府信息公开申请12件。", "requests", "this_year"),
    ],
)
def test_period(sentence: str, section: str, period: str) -> None:
    _, found = read(sentence, section)
    assert [claim.period for claim in found.claims] == [period]
    assert [bool(claim.indicator) for claim in found.claims] == [period == "this_year"]


@pytest.mark.parametrize("sentence", ["1-7月，收到政府信息公开申请12件。", "上半年收到政府信息公开申请12件。"])
def test_a_part_of_the_year_is_of_this_year_but_no_cell(sentence: str) -> None:
    _, found = read(sentence, "requests")
    assert [(claim.period, claim.indicator) for claim in found.claims] == [("this_year", "")]


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("全市各级行政机关共收到政府信息公开申请12件。", "area"),
        ("我局共收到政府信息公开申请12件。", "body"),
        ("本机关收到政府信息公开申请12件。", "body"),
        ("全系统收到政府信息公开申请12件。", "system"),
        ("收到政府信息公开申请12件。", ""),
    ],
)
def test_scope(sentence: str, scope: str) -> None:
    _, found = read(sentence, "requests")
    assert [(claim.scope, claim.indicator) for claim in found.claims] == [(scope, NEW)]
