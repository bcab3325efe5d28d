"""Each defect on a small draft: what it changes, what it says must be found, and that it changes nothing else."""

from __future__ import annotations

import re
from copy import deepcopy
from decimal import Decimal
from random import Random

import pytest

from analyzer.knowledge.grammar import Body, Grammar
from analyzer.knowledge.grammar import load as load_grammar
from analyzer.knowledge.schema import Source
from analyzer.numerals import parse_number
from analyzer.synthesis.arithmetic import broken, equations
from analyzer.synthesis.composition import compose
from analyzer.synthesis.defects import DEFECTS, by_kind, by_rule, inject, possible
from analyzer.synthesis.defects.base import bent, body, forget, known, numbers, replace, restate
from analyzer.synthesis.draft import Draft, Label, Part, Place, Sentence, Total, Trap
from tests import printed

YEARS = {"2014": 2018, "2019": 2020, "2021": 2023}


def said(
    text: str, *marks: tuple[str, str, dict[str, object]], content: tuple[str, ...] = (), **more: object
) -> Sentence:
    """A sentence; each mark is the words of a quote, the number in it, and fields of its label."""
    labels = []
    for words, number, fields in marks:
        at = text.index(words)
        start = at + words.index(number)
        value: object = fields.pop("value", None) or int(number)
        place, digits = Place(at, at + len(words)), Place(start, start + len(number))
        labels.append(Label(place, digits, value, **{"unit": "件", **fields}))  # type: ignore[arg-type]
    return Sentence(text, labels, content=content, **more)  # type: ignore[arg-type]


def draft(standard: str = "2021", **cells: object) -> Draft:
    year = YEARS[standard]
    opening = said(f"统计期限为{year}年1月1日至{year}年12月31日。", content=("period",))
    contact = said("联系电话：0000-1234567。", content=("contact",))
    basis = said("根据国办公开办函〔2021〕30号要求编制。", content=("basis",))
    values = {**printed.balanced(standard), **cells}
    received = "request.received" if standard == "2014" else "request.new/total"
    amount = values[received]
    counts = said(
        f"{year}年，我局收到申请{amount}件。其中网上{7}件、信函{3}件，占比为70.00%。",
        (f"收到申请{amount}件", str(amount), {"source": received}),
    )
    parted = said(
        "接受咨询10人次，现场7人次、电话3人次，电话占30.00%。",
        ("接受咨询10人次", "10", {"unit": "人次"}),
        ("现场7人次", "7", {"unit": "人次"}),
        ("电话3人次", "3", {"unit": "人次"}),
        ("电话占30.00%", "30.00", {"unit": "%", "kind": "share", "parts": (3, 10), "value": Decimal(30)}),
        totals=[Total(0, (1, 2))],
    )
    parts = [
        Part("preamble", "", paragraphs=[[basis, opening, contact]]),
        Part("overview", "总体情况", "一、", paragraphs=[[counts], [parted]]),
        Part("proactive_disclosure", "主动公开政府信息情况", "二、", tables=["active_disclosure"]),
        Part("requests", "收到和处理申请情况", "三、", tables=["requests"]),
        Part("review_litigation", "行政复议、行政诉讼情况", "四、", tables=["review_litigation"]),
        Part("problems", "存在的问题", "五、", paragraphs=[[Sentence("一是内容少；二是形式少；三是人手少。")]]),
        Part("other_matters", "其他事项", "六、", paragraphs=[[said("未收取信息处理费。", content=("fees",))]]),
    ]
    who = Body("柳溪县民政局", ("我局",), "county", "department", "柳溪县", "某省")
    closing = ["柳溪县民政局", f"{year + 1}年1月12日"]
    return Draft("train", who, year, standard, standard, ["标题"], parts, dict(values), {}, closing=closing)  # type: ignore[arg-type]


def texts(report: Draft) -> list[str]:
    return [sentence.text for _, sentence in report.sentences()]


def labels(report: Draft) -> list[str]:
    """Each label's words and number, cut from its sentence."""
    return [
        f"{s.text[label.quote.start : label.quote.end]}|{s.text[label.number.start : label.number.end]}"
        for _, s in report.sentences()
        for label in s.labels
    ]


def made(name: str, report: Draft, seed: int = 1) -> Draft:
    found = possible(report, DEFECTS[name], Random(seed))
    assert found is not None, name
    return found


CODES = {
    "2014": ("A1", "A2", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12", "A13", "A14", "A15", "A16"),
    "2019": ("B1", "B2", "B3", "B4", "B6", "C1", "C5"),
    "2021": ("B1", "B2", "B3", "B4", "B6", "C7"),
}


@pytest.mark.parametrize(("standard", "code"), [(s, code) for s, codes in CODES.items() for code in codes])
def test_a_cell_breaks_its_identity_and_nothing_else_is_changed(standard: str, code: str) -> None:
    knowledge = known()
    before = draft(standard, **{"normative.repealed": 0} if standard == "2021" else {})
    found = equations(knowledge.rulebook, knowledge.forms, standard)
    assert code not in {e.code for e in broken(found, numbers(before), body(before))}
    after = made(f"identity_{code}", before)
    wrong = broken(found, numbers(after), body(after))
    assert code in {e.code for e in wrong}
    (label,) = [*after.findings, *after.others]
    changed = {key for key in before.cells if before.cells[key] != after.cells[key]}
    assert label["rule"] == f"identity.{code}"
    assert set(label["covers"]["cells"]) == changed
    assert all(not changed.isdisjoint(e.keys) for e in wrong if e not in broken(found, numbers(before), body(before)))
    assert texts(after) == texts(before)


def test_what_must_hold_is_a_contradiction_and_what_should_hold_is_not() -> None:
    assert made("identity_A8", draft("2014")).findings
    doubtful = made("identity_A5", draft("2014"))
    assert doubtful.others
    assert not doubtful.findings


@pytest.mark.parametrize("name", ["off_by_some", "digits_swapped", "tenfold"])
def test_a_claim_differs_from_its_cell_and_its_bounds_go_with_it(name: str) -> None:
    before = draft()
    after = made(name, before)
    (finding,) = after.findings
    (label,) = [x for _, s in after.sentences() for x in s.labels if x.source]
    assert label.value != before.cells["request.new/total"]
    assert (label.low, label.high) == (label.value, label.value)
    assert finding["quote"] == f"收到申请{label.value}件"
    assert finding["indicator"] == "request.new/total"
    assert after.cells == before.cells
    assert all(f"|{re.search(r'[0-9.]+', words)[0]}" in words for words in labels(after))  # type: ignore[index]


def test_a_claim_that_the_table_does_not_hold_is_no_defect() -> None:
    before = draft()
    before.cells["request.new/total"] = None
    assert possible(before, DEFECTS["off_by_some"], Random(1)) is None


def test_a_total_and_its_parts() -> None:
    after = made("total_off", draft())
    counted = next(s for _, s in after.sentences() if s.totals)
    assert counted.labels[0].value != 10
    assert [entry["rule"] for entry in after.findings] == ["sum.total"]
    other = made("part_off", draft())
    counted = next(s for _, s in other.sentences() if s.totals)
    assert counted.labels[0].value == 10
    assert counted.labels[1].value + counted.labels[2].value != 10


def test_a_list_that_may_be_open_is_no_wrong_total() -> None:
    before = draft()
    sentence = next(s for _, s in before.sentences() if s.totals)
    replace(sentence, Place(7, 7), "其中")
    assert possible(before, DEFECTS["total_off"], Random(1)) is None
    assert [e["rule"] for e in made("parts_above_total", before).findings] == ["sum.parts"]


def test_a_share_of_another_size() -> None:
    after = made("share_off", draft())
    label = next(x for _, s in after.sentences() for x in s.labels if x.kind == "share")
    assert abs(Decimal(label.value) - 30) > 1
    assert after.findings[0]["rule"] == "percentage.share"
    assert after.findings[0]["quote"].endswith("%")


@pytest.mark.parametrize(
    ("name", "rule", "words"),
    [
        ("period_of_last_year", "period.year", "2022年1月1日至2022年12月31日"),
        ("period_too_short", "period.range", ""),
        ("old_format_cited", "standard.basis", "〔2019〕60号"),
        ("list_gap", "ordinal.gap", "是形式少"),
        ("sentence_of_last_year", "year.leftover", ""),
    ],
)
def test_words_of_another_year(name: str, rule: str, words: str) -> None:
    before = draft()
    if name == "sentence_of_last_year":
        before.parts[1].paragraphs[0][0].text = before.parts[1].paragraphs[0][0].text.replace("件。其", "件，其")
    after = made(name, before)
    (label,) = [*after.findings, *after.others]
    assert label["rule"] == rule
    assert words in "".join(texts(after))
    assert label["quote"] in "".join(texts(after))
    assert sum(a != b for a, b in zip(texts(before), texts(after), strict=True)) == 1


def test_a_date_after_the_deadline_and_one_before_the_year_is_over() -> None:
    late, early = made("published_late", draft()), made("published_early", draft())
    assert late.closing[1].startswith("2024年2月")
    assert early.closing[1].startswith("2023年12月")
    assert late.published.startswith("2024-02")
    assert [late.others[0]["rule"], early.others[0]["rule"]] == ["deadline.late", "deadline.early"]


def test_a_part_is_gone_and_the_others_close_up() -> None:
    after = made("section_missing", draft(), seed=3)
    assert [p.number for p in after.parts if p.heading] == ["一、", "二、", "三、", "四、", "五、"]
    missing = after.others[0]["indicator"]
    assert missing in ("overview", "problems", "other_matters")
    rules = {entry["rule"] for entry in after.others}
    assert ("content.fees" in rules) == (missing == "other_matters")


def test_a_part_that_others_speak_of_is_not_missing() -> None:
    before = draft()
    before.parts[1].paragraphs[0][0].sections = ("overview", "problems", "other_matters")
    before.parts[0].paragraphs[0][0].sections = ("overview",)
    assert possible(before, DEFECTS["section_missing"], Random(1)) is None


def test_headings_empty_twice_swapped_and_jumping() -> None:
    empty = made("section_empty", draft())
    assert empty.others[0]["rule"] == "section.empty"
    twice = made("heading_twice", draft())
    heads = [p.head for p in twice.parts]
    assert heads.count(twice.others[0]["quote"]) == 2
    order = made("order_changed", draft())
    assert [p.number for p in order.parts if p.heading] == [f"{n}、" for n in "一二三四五六"]
    assert [p.section for p in order.parts] != [p.section for p in draft().parts]
    jump = made("heading_numbers_jump", draft())
    numbers_ = "".join(p.number for p in jump.parts)
    assert numbers_.endswith("七、")


def test_tables_of_the_older_form_hold_the_same_requests() -> None:
    before = draft()
    after = made("older_form", before)
    assert after.standard == "2019"
    assert set(after.cells) == {cell.key for cell in known().forms.cells("2019")}
    assert after.cells["request.new/total"] == before.cells["request.new/total"]
    others = ("request.other.not_supplemented", "request.other.fee_unpaid", "request.other.other")
    assert after.cells["request.other/total"] == sum(before.cells[f"{k}/total"] for k in others)  # type: ignore[misc]
    knowledge = known()
    found = equations(knowledge.rulebook, knowledge.forms, "2019")
    assert {e.code for e in broken(found, numbers(after), body(after))} <= {"C1", "C8"}


def test_blanks_are_said_with_all_their_cells() -> None:
    after = made("total_column_blank", draft())
    blank = {key for key, value in after.cells.items() if value is None}
    assert blank
    assert all(key.endswith("/total") for key in blank)
    assert set(after.others[0]["indicator"].split(";")) == blank
    closed = draft()
    closed.layout = "lines"
    assert possible(closed, DEFECTS["total_column_blank"], Random(1)) is None


def test_a_number_left_out_is_no_claim_any_more() -> None:
    after = made("number_left_out", draft())
    assert "收到申请件" in "".join(texts(after))
    assert not [x for _, s in after.sentences() for x in s.labels if x.source]
    assert after.others[0]["rule"] == "number.missing"


def test_several_defects_leave_one_another_alone() -> None:
    names = ["off_by_some", "tenfold", "identity_B6", "list_gap", "published_late"]
    after = inject(draft(), names, Random(2))
    assert [defect["name"] for defect in after.defects] == ["off_by_some", "identity_B6", "list_gap", "published_late"]
    everything = "".join(texts(after)) + "".join(after.closing)
    assert all(entry.get("quote", "") in everything for entry in [*after.findings, *after.others])


def test_so_many_defects_as_wanted_and_the_same_each_time() -> None:
    first, second = (inject(draft(), 3, Random(5)) for _ in range(2))
    assert len(first.defects) == 3
    assert first == second


def test_a_draft_is_not_edited_in_place() -> None:
    before = draft()
    kept = deepcopy(before)
    for defect in DEFECTS.values():
        possible(before, defect, Random(1))
    assert before == kept


def test_rules_and_kinds_name_their_defects() -> None:
    assert by_rule("identity.B1") == ["identity_B1"]
    assert set(by_kind(38)) == {"published_early"}
    told = {rule for defect in DEFECTS.values() for rule in defect.rules}
    rules = known().rulebook.rules
    assert told <= set(rules)
    silent = {"cell.absent", "cell.doubtful", "source.confidence", "source.hidden"}
    assert set(rules) - told == silent


def test_labels_move_with_the_words_around_them() -> None:
    sentence = Sentence(
        "共收到申请12件，办结8件。",
        [Label(Place(0, 8), Place(5, 7), 12, "件"), Label(Place(9, 13), Place(11, 12), 8, "件")],
        [Trap(Place(9, 11), "other")],
    )
    restate(sentence, 0, 1234)
    assert sentence.text == "共收到申请1234件，办结8件。"
    cut = [sentence.text[label.quote.start : label.quote.end] for label in sentence.labels]
    assert cut == ["共收到申请1234件", "办结8件"]
    assert sentence.text[sentence.traps[0].place.start : sentence.traps[0].place.end] == "办结"
    forget(sentence, 0)
    assert [label.value for label in sentence.labels] == [8]


@pytest.mark.parametrize(
    ("low", "high", "value", "expected"),
    [
        (121, 129, 240, (241, 249)),
        (110, 119, 240, (230, 239)),
        (120, None, 240, (240, None)),
        (121, None, 240, (241, None)),
        (114, 126, 240, (228, 252)),
    ],
    ids=["more", "nearly", "from", "above", "about"],
)
def test_another_rounded_number_has_the_bounds_of_its_wording(
    low: int, high: int | None, value: int, expected: tuple[int, int | None]
) -> None:
    label = Label(Place(0, 1), Place(0, 1), 120, "条", approximate=True, low=low, high=high)
    assert bent(label, value) == expected


def test_each_kind_of_the_handbook_is_made_or_said_not_to_be() -> None:
    from analyzer.synthesis import defects

    unmade = {int(kind) for kind in re.findall(r"^\| (\d+) ", defects.__doc__ or "", re.M)}
    assert {kind for kind in range(1, 45) if not by_kind(kind)} == unmade


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return load_grammar(Source(), known().forms, "train")


@pytest.mark.parametrize("standard", ["none", "2014", "2019", "2021"])
def test_labels_of_composed_reports_stay_cut_from_their_words(grammar: Grammar, standard: str) -> None:
    clean = compose(Random(f"defects {standard}"), grammar, standard, blanks=False)
    made_in_it = 0
    for defect in DEFECTS.values():
        after = possible(clean, defect, Random(3), grammar)
        if after is None:
            continue
        made_in_it += 1
        heads = [part.head for part in after.parts]
        text = "\n".join([*texts(after), *heads, *after.closing])
        entries = [*after.findings, *after.others]
        assert entries, defect.name
        assert {entry["rule"] for entry in entries} >= set(defect.rules[:1]), defect.name
        assert all(words in text for entry in entries for words in entry["covers"]["quotes"]), defect.name
        for _, sentence in after.sentences():
            assert all(_well_cut(sentence, label) for label in sentence.labels), (defect.name, sentence.text)
            assert all(max(total.total, *total.parts, 0) < len(sentence.labels) for total in sentence.totals)
    assert made_in_it > 15


def _well_cut(sentence: Sentence, label: Label) -> bool:
    quote, number = label.quote, label.number
    inside = quote.start <= number.start < number.end <= quote.end <= len(sentence.text)
    stated = parse_number(sentence.text[number.start : number.end])
    zero = label.kind in ("zero", "section_zero")
    scales = (Decimal(1), Decimal(10000), Decimal("0.0001"))
    return inside and (zero or stated is None or any(stated * scale == label.value for scale in scales))
