"""The grammar: what a file of frames may say, and how a frame becomes a sentence with labels."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from analyzer.document import Number
from analyzer.errors import BadKnowledge
from analyzer.knowledge import grammar as grammars
from analyzer.knowledge import templates
from analyzer.knowledge.schema import SHIPPED, Source
from analyzer.numerals import parse_number
from analyzer.synthesis.draft import Label, Place, Sentence
from analyzer.synthesis.figures import percent, printed
from tests.grammarkit import KNOWN, family, frame_text, own, sentence, shipped

SAYING = 18
"""Sentences up to this length ({=section|无。}) are nobody's own."""


def cut(said: Sentence, place: Place) -> str:
    return said.text[place.start : place.end]


def only(said: Sentence | None) -> tuple[Sentence, Label]:
    assert said is not None
    (label,) = said.labels
    return said, label


@pytest.mark.parametrize(
    ("text", "rest", "said"),
    [
        ("收到{recieved 件}。", "", "recieved is no role"),
        ("收到{received~大概 件}。", "", "allowed"),
        ("收到{received@tomorrow 件}。", "", "allowed"),
        ("收到{received&here 件}。", "", "allowed"),
        ("收到{。", "", "unmatched"),
        ("收到[{received 件}。", "", "not closed"),
        ("收到⟨{received 件}。", "", "not closed"),
        ("收到⟨{received 件}⟨。⟩⟩", "", "inside another"),
        ("收到{received 件}。", "numbers = { received = '1-3' }", "is a role"),
        ("收到{received 件}。", "sums = [['received', 'k']]", "k is no role"),
        ("收到{received 件}。", "when = ['received about 3']", "no comparison"),
        ("收到{received 件}。", "handbook = [95]", "no pattern 95"),
        ("收到{received 件}。", "standards = ['2020']", "not allowed"),
        ("收到{received 件}。", "sumz = []", "unknown key sumz"),
        ("收到{k 件}。", "numbers = { k = '1-n' }", "n is no role"),
    ],
)
def test_what_a_frame_says_wrong_is_told_with_file_and_frame(text: str, rest: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadKnowledge, match=r"frames_train_own\.toml: frame one") as problem:
        family(frame_text(text, rest), tmp_path)
    assert said in str(problem.value)


def test_sections_and_doubled_ids_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadKnowledge, match="no class of section elsewhere"):
        family(frame_text("无。", section="elsewhere"), tmp_path)
    with pytest.raises(BadKnowledge, match="twice"):
        family(frame_text("无。") + frame_text("无。"), tmp_path)
    with pytest.raises(BadKnowledge, match="no family"):
        grammars.load(Source(), KNOWN.forms, "exam")
    with pytest.raises(BadKnowledge, match="no file frames_tune"):
        grammars.load(Source(), KNOWN.forms, "tune", tmp_path)


def test_every_role_is_a_cell_of_its_forms_or_of_none() -> None:
    for role in own().roles.values():
        for standard in ("2014", "2019", "2021"):
            assert not role.key(standard) or KNOWN.forms.resolve(standard, role.key(standard))
        assert role.key("none") == ""


def test_the_families_share_no_sentence() -> None:
    here = [name for name in grammars.FAMILIES if list(SHIPPED.glob(f"frames_{name}_*.toml"))]
    texts = {name: {frame.text for frame in shipped(name).frames if len(frame.text) > SAYING} for name in here}
    for one, other in combinations(here, 2):
        assert not texts[one] & texts[other], (one, other)


def test_an_amount_is_a_claim_from_the_last_punctuation_on(tmp_path: Path) -> None:
    said, label = only(sentence(tmp_path, "一年来，共收到申请{received 件}，均已答复。", received=12))
    assert said.text == "一年来，共收到申请12件，均已答复。"
    assert (cut(said, label.quote), cut(said, label.number)) == ("共收到申请12件", "12")
    assert (label.value, label.unit, label.source, label.approximate) == (12, "件", "received", False)


def test_brackets_set_the_quote(tmp_path: Path) -> None:
    said, label = only(sentence(tmp_path, "本年在[网站发布{website 条}信息]。", website=9))
    assert cut(said, label.quote) == "网站发布9条信息"
    assert cut(said, label.number) == "9"


@pytest.mark.parametrize(
    ("slot", "value", "text", "low", "high"),
    [
        ("{k~余 件}", 128, "120余件", 121, 129),
        ("{k~多 条}", 2149, "2100多条", 2101, 2199),
        ("{k~近 条}", 128, "近130条", 120, 129),
        ("{k~超过 条}", 128, "超过120条", 121, None),
        ("{k~以上 条}", 128, "120条以上", 120, None),
        ("{k~约 条}", 128, "约130条", "123.5", "136.5"),
        ("{k~余 件}", 120, "120件", 120, 120),
        ("{k#zh 项}", 12, "十二项", 12, 12),
        ("{k#zh 项}", 2, "两项", 2, 2),
        ("{k#zh 项}", 40, "四十项", 40, 40),
        ("{k#wan 次}", 12300, "1.23万次", 12250, 12349),
        ("{k#comma 条}", 12300, "12,300条", 12300, 12300),
        ("{k 万元}", 5, "5万元", 45000, 54999),
        ("{k 元}", 500, "500元", 500, 500),
    ],
)
def test_numbers_are_printed_so_that_the_true_one_fits(
    slot: str, value: int, text: str, low: Number, high: Number | None, tmp_path: Path
) -> None:
    said, label = only(sentence(tmp_path, f"共{slot}。", f"numbers = {{ k = '{value}-{value}' }}"))
    assert said.text == f"共{text}。"
    assert str(label.low) == str(low)
    assert str(label.high) == str(high)


@pytest.mark.parametrize(("around", "bend"), own().fills.around.items())
def test_a_bent_number_never_leaves_its_bounds(around: str, bend: grammars.Bend) -> None:
    for value in [*range(1, 400), *range(990, 1210, 7), 9999, 10_000, 10_001, 123_456]:
        for style in ("plain", "wan", "comma"):
            shown = printed(value, style, around, bend)
            assert shown.low is None or shown.low <= value
            assert shown.high is None or value <= shown.high
            assert parse_number(shown.digits) == shown.value


def test_shares_growth_and_their_decimals(tmp_path: Path) -> None:
    text = "网上{online 件}，占{online/received %1}；增长{received^last %}。"
    said = sentence(tmp_path, text, "numbers = { last = '8-8' }", received=12, online=5)
    assert said is not None
    assert said.text == "网上5件，占41.7%；增长50.00%。"
    assert [label.kind for label in said.labels] == ["amount", "share", "growth"]
    assert said.labels[1].parts == (5, 12)
    assert percent(1, 3, 0) == 33


def test_zero_words_stand_only_where_nothing_was(tmp_path: Path) -> None:
    text = "{=review|未发生行政复议}{=+litigation|、行政诉讼}案件。"
    assert sentence(tmp_path, text, review=1, litigation=0) is None
    said = sentence(tmp_path, text, review=0, litigation=0)
    assert said is not None
    first, second = said.labels
    assert (cut(said, first.quote), cut(said, second.quote)) == ("未发生行政复议", "未发生行政复议、行政诉讼")
    assert cut(said, first.number) == cut(said, second.number) == "未"
    assert (first.value, first.unit, first.kind) == (0, "", "zero")


def test_a_number_that_is_zero_needs_leave(tmp_path: Path) -> None:
    assert sentence(tmp_path, "收到{received 件}。", received=0) is None
    said, _ = only(sentence(tmp_path, "收到{received 件}。", "zeros = true", received=0))
    assert said.text == "收到0件。"


def test_sums_conditions_and_standards_decide_whether_a_frame_fits(tmp_path: Path) -> None:
    text, sums = "收到{received 件}，网上{online 件}、信函{letter 件}。", "sums = [['received', 'online', 'letter']]"
    assert sentence(tmp_path, text, sums, received=5, online=3, letter=1) is None
    said = sentence(tmp_path, text, sums, received=5, online=3, letter=2)
    assert said is not None
    assert (said.totals[0].total, said.totals[0].parts, said.totals[0].complete) == (0, (1, 2), True)
    more = "when = ['received > received_last']"
    assert sentence(tmp_path, "增至{received 件}。", more, received=5, received_last=5) is None
    assert sentence(tmp_path, "增至{received 件}。", more, received=5, received_last=4) is not None
    assert sentence(tmp_path, "属于已主动公开{already_public 件}。", already_public=3) is None
    assert sentence(tmp_path, "属于已主动公开{already_public 件}。", standard="2014", already_public=3) is not None


def test_what_is_named_is_counted(tmp_path: Path) -> None:
    said = sentence(tmp_path, "办理{k#zh 项}提案：第12号、第30号。", "items = { count = 2, of = 'k' }")
    assert said is not None
    assert said.text.startswith("办理两项提案")
    assert said.totals[0].items == 2


def test_traps_are_no_claims(tmp_path: Path) -> None:
    said = sentence(tmp_path, "按{docno}要求，每季不少于{!k 次}，拨打{!!12345}。", "numbers = { k = '1-1' }")
    assert said is not None
    assert said.labels == []
    assert [cut(said, trap.place) for trap in said.traps][-1] == "12345"
    assert len(said.traps) == 3


def test_what_is_optional_comes_and_goes_with_its_labels(tmp_path: Path) -> None:
    text = "公开⦅信息|政府信息⦆{published 条}⟨，其中网站{website 条}⟩。"
    texts = set()
    for seed in range(20):
        said = sentence(tmp_path, text, seed=seed, published=9, website=4)
        assert said is not None
        assert len(said.labels) == 1 + ("网站" in said.text)
        texts.add(said.text)
    assert len(texts) == 4
    assert sentence(tmp_path, "公开{published 条}⟨，网站{website 条}⟩。", published=9, website=0) is not None


def test_money_of_a_role_is_printed_in_the_unit_asked_for(tmp_path: Path) -> None:
    said, label = only(sentence(tmp_path, "收费{request_fee 元}。", standard="2014", request_fee=270))
    assert (said.text, label.value, label.unit) == ("收费270元。", 270, "元")
    said, label = only(sentence(tmp_path, "收费{fee_amount 亿元}。", fee_amount=12345))
    assert (said.text, label.value, label.unit) == ("收费1.23亿元。", 123_000_000, "元")
    assert label.low is not None
    assert label.low <= 123_450_000


def test_local_numbers_are_drawn_in_their_order(tmp_path: Path) -> None:
    rule = "numbers = { k = '3-40', m = '1-k', n = 'k+m*2-1', p = 'k..60' }"
    for seed in range(30):
        said = sentence(tmp_path, "{k 件}，{m 件}，{n 件}，{p 件}。", rule, seed=seed)
        assert said is not None
        k, m, n, p = (int(label.value) for label in said.labels)
        assert 1 <= m <= k <= 40
        assert n == k + 2 * m - 1
        assert k <= p <= 60


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    rule = "numbers = { k = '1-9000' }"
    first = [sentence(tmp_path, "共{k 件}。", rule, seed=seed) for seed in range(5)]
    again = [sentence(tmp_path, "共{k 件}。", rule, seed=seed) for seed in range(5)]
    assert first == again
    assert len({said.text for said in first if said}) > 1


def test_names_of_all_slots_are_parsed() -> None:
    for name in templates.FILLS:
        assert templates.parse(f"{{{name}}}", "here") == (templates.Fill(name),)
