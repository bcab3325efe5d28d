"""Worlds whose numbers agree, reports composed of one family, and labels that are true of the text."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from analyzer import synthesis
from analyzer.cli import main
from analyzer.document import Number
from analyzer.knowledge import grammar as grammars
from analyzer.knowledge.grammar import Body
from analyzer.knowledge.schema import SHIPPED
from analyzer.synthesis import arithmetic
from analyzer.synthesis.composition import Length, compose
from analyzer.synthesis.draft import Draft, Label, Place, Sentence, Total
from analyzer.synthesis.gold import gold
from analyzer.synthesis.verdicts import judge
from analyzer.synthesis.world import World, draw
from tests.grammarkit import CITY, COUNTY, KNOWN, TOWN, draft_of, own, sentence, shipped

FORMS = ("2014", "2019", "2021")
SHIPPED_FAMILIES = [name for name in grammars.FAMILIES if list(SHIPPED.glob(f"frames_{name}_*.toml"))]
SEEDS = range(24)
LENGTHS: tuple[Length, ...] = ("short", "huge")


def worlds(standard: str) -> list[tuple[Body, World]]:
    bodies = own().bodies
    return [(body, draw(Random(f"{standard}{n}"), standard, body, grammar=own())) for n, body in enumerate(bodies)]


def labels_of(draft: Draft) -> dict[str, Any]:
    return gold(draft, own(), KNOWN.outline)


def cut(said: Sentence, place: Place) -> str:
    return said.text[place.start : place.end]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def judged(said: Sentence | None, standard: str = "2021", **cells: Number | str | None) -> dict[str, Any]:
    """The label of the only claim, with these cells printed (`__` for a dot)."""
    assert said is not None
    keys = {name.replace("__", ".").replace("_total", "/total"): value for name, value in cells.items()}
    claims: list[dict[str, Any]] = labels_of(draft_of(said, standard, keys))["claims"]
    (claim,) = claims
    return claim


# Worlds


@pytest.mark.parametrize("standard", FORMS)
def test_a_world_breaks_no_identity_of_its_form(standard: str) -> None:
    found = arithmetic.equations(KNOWN.rulebook, KNOWN.forms, standard)
    for body, world in worlds(standard):
        broken = arithmetic.broken(found, world.cells, arithmetic.Body(body.level, body.kind))
        assert not [each.code for each in broken if each.severity != "I"], body.name
        assert set(world.cells) == {cell.key for cell in KNOWN.forms.cells(standard)}
        assert all(value >= 0 for key, value in world.cells.items() if not key.endswith("items_change"))


@pytest.mark.parametrize("standard", FORMS)
def test_every_role_is_the_sum_of_its_cells(standard: str) -> None:
    for _, world in worlds(standard):
        for role in own().roles.values():
            assert own().known(standard, role.role) == (role.role in world.numbers), role.role
            keys = KNOWN.forms.resolve(standard, role.key(standard)) if role.key(standard) else ()
            if keys:
                scale = Decimal(10_000) if role.unit == "元" else 1
                assert sum(world.cells[key] for key in keys) * scale == world.numbers[role.role], role.role


def test_the_2019_rows_of_requests_add_up() -> None:
    for _, world in worlds("2019"):
        for row in KNOWN.forms.rows("2019", "requests"):
            if row.unit:
                own_cells = [v for k, v in world.cells.items() if k.partition("/")[0] == row.indicator]
                assert 2 * own_cells[-1] == sum(own_cells)


def test_numbers_that_no_cell_holds_agree_too() -> None:
    for standard in ("none", *FORMS):
        for _, world in worlds(standard):
            n = world.numbers
            channels = [n[name] for name in ("gazette", "website", "weibo", "wechat", "other_channel")]
            assert sum(channels) == n["channel_sum"] >= n["published"] >= max(channels)
            assert n["received"] == n["in_person"] + n["fax"] + n["online"] + n["letter"]
            assert n["received"] == n["natural"] + n["organizations"]
            assert n["concluded"] == n["on_time"] + n["extended"]
            assert n["staff"] == n["full_time"] + n["part_time"]


def test_towns_mostly_have_no_requests_and_cities_do() -> None:
    towns = [draw(Random(n), "2021", TOWN, grammar=own()).numbers["received"] for n in range(200)]
    cities = [draw(Random(n), "2021", CITY, grammar=own()).numbers["received"] for n in range(200)]
    assert 0.55 < towns.count(0) / 200 < 0.9
    assert min(cities) >= 60
    assert max(cities) > 10 * min(cities)


# Reports


@pytest.mark.parametrize("standard", ["none", *FORMS])
def test_a_report_states_each_number_the_same_all_over(standard: str) -> None:
    for seed in SEEDS:
        draft = compose(Random(seed), own(), standard, body=COUNTY)
        for _, said in draft.sentences():
            for label in said.labels:
                if label.source:
                    true = sum(draft.numbers[name] for name in label.source.split("+"))
                    assert label.low is not None
                    assert label.low <= true
                    assert label.high is None or true <= label.high


@pytest.mark.parametrize("standard", ["none", *FORMS])
def test_a_report_uses_a_frame_once_and_only_its_family_s(standard: str) -> None:
    ids = {frame.id for frame in own().frames}
    for seed in SEEDS:
        used = Counter(said.frame for _, said in compose(Random(seed), own(), standard, length="huge").sentences())
        assert set(used) <= ids
        assert max(used.values()) == 1


def test_the_form_s_parts_stand_in_order_with_their_tables() -> None:
    for seed in SEEDS:
        draft = compose(Random(seed), own(), "2021", body=COUNTY)
        tops = [part for part in draft.parts if part.depth == 1 and part.heading]
        assert [part.section for part in tops] == list(KNOWN.forms.standard("2021").sections)
        tabled = {part.section: part.tables for part in tops if part.tables}
        assert tabled == {t.section: [t.id] for t in KNOWN.forms.standard("2021").tables}
        assert draft.title == ["柳溪县教育局", f"{draft.year}年政府信息公开工作年度报告"]


def test_the_statistics_of_2014_stand_at_the_end_under_their_title() -> None:
    draft = compose(Random(4), own(), "2014", body=COUNTY)
    assert draft.parts[-1].tables == ["statistics"]
    assert draft.parts[-1].head == KNOWN.forms.standard("2014").title
    assert "fees;review_litigation" in [part.section for part in draft.parts]


def test_headings_are_numbered_in_one_style_without_gaps() -> None:
    styles = set()
    for seed in SEEDS:
        tops = [p for p in compose(Random(seed), own(), "2021").parts if p.depth == 1 and p.heading]
        numbers = [re.sub(r"\W", "", p.number) for p in tops]
        assert numbers in (
            [str(n) for n in range(1, 7)],
            list("一二三四五六"),
            [f"第{n}部分" for n in "一二三四五六"],
            [""] * 6,
        )
        styles.add(tops[0].number)
    assert len(styles) >= 4


def test_since_2021_the_duties_are_fulfilled_in_their_places() -> None:
    for seed in SEEDS:
        draft = compose(Random(seed), own(), "2021", body=COUNTY)
        opening = [duty for said in draft.parts[0].sentences() for duty in said.content]
        assert {"period", "contact"} <= set(opening)
        assert len(opening) == len(set(opening))
        start = next(n for n, part in enumerate(draft.parts) if part.section == "overview")
        stop = next(n for n, part in enumerate(draft.parts) if n > start and part.depth == 1)
        told = {duty for part in draft.parts[start:stop] for said in part.sentences() for duty in said.content}
        assert told >= {"requests", "management", "platform", "supervision", "proactive_disclosure"}
        fees = {duty for said in draft.parts[-1].sentences() for duty in said.content}
        assert fees == ({"fees"} if not draft.numbers["request_fee"] else set())
        rules = {entry["rule"] for entry in labels_of(draft)["other_findings"]}
        assert rules <= ({"cell.blank"} if fees else {"cell.blank", "content.fees"})


def test_a_part_in_which_nothing_occurred_may_say_only_that() -> None:
    texts = Counter()
    for seed in SEEDS:
        draft = compose(Random(seed), own(), "2014", body=TOWN)
        for part in draft.parts:
            said = "".join(sentence.text for sentence in part.sentences())
            if said == "无。":
                texts[part.section] += 1
                assert part.sentences()[0].labels[0].kind == "section_zero"
            assert said == "无。" or "无。" not in said
    assert texts["requests"]
    assert texts["fees;review_litigation"]


@pytest.mark.parametrize("name", SHIPPED_FAMILIES)
def test_lengths_run_from_a_page_to_a_book(name: str) -> None:
    grammar = shipped(name)
    short, huge = (
        sum(len(said.text) for _, said in compose(Random(1), grammar, "2014", body=CITY, length=length).sentences())
        for length in LENGTHS
    )
    assert short < 2500
    assert huge > 2 * short


# Labels


@pytest.mark.parametrize("name", SHIPPED_FAMILIES)
def test_every_label_is_cut_from_the_text(name: str) -> None:
    grammar = shipped(name)
    for n, standard in enumerate(("none", *FORMS, *FORMS)):
        draft = compose(Random(n), grammar, standard)
        labels = gold(draft, grammar, KNOWN.outline)
        lines = [*draft.title, *(p.head + "".join(s.text for s in p.sentences()) for p in draft.parts), *draft.closing]
        text = squeezed("".join(lines))
        for claim in labels["claims"]:
            quote = squeezed(claim["quote"])
            assert text.count(quote) >= claim.get("occurrence", 1)
            assert ("occurrence" in claim) == (len(re.findall(f"(?={re.escape(quote)})", text)) > 1)
            assert 0 <= claim["number_at"] < len(quote)
        assert not [c for c in labels["claims"] if c["verdict"] not in ("consistent", "unverifiable")]
        assert not [s for s in labels["sums"] if s["verdict"] != "consistent"]
        assert not labels["findings"]
        assert not labels["defects"]
        json.dumps(labels)


def test_the_number_of_a_quote_stands_where_the_label_says(tmp_path: Path) -> None:
    said = sentence(tmp_path, "其中网络 {online 件}、信函 {letter 件}。", online=12, letter=3)
    claims = labels_of(draft_of(said or Sentence("")))["claims"]
    assert [(c["quote"], c["number_at"]) for c in claims] == [("其中网络 12件", 4), ("信函 3件", 2)]


def test_a_quote_that_appears_twice_is_told_apart(tmp_path: Path) -> None:
    first, again = (sentence(tmp_path, "共收到申请{received 件}。", received=12) for _ in range(2))
    draft = draft_of(first or Sentence(""))
    draft.parts[0].paragraphs.append([again or Sentence("")])
    claims = labels_of(draft)["claims"]
    assert [claim["occurrence"] for claim in claims] == [1, 2]


def test_verdicts_follow_the_cells(tmp_path: Path) -> None:
    said = sentence(tmp_path, "共收到申请{received 件}。", received=12)
    right = judged(said, request__new_total=12)
    assert (right["indicator"], right["table_value"], right["verdict"]) == ("request.new", 12, "consistent")
    wrong = judged(said, request__new_total=13)
    assert (wrong["table_value"], wrong["verdict"]) == (13, "inconsistent")
    blank = judged(said, request__new_total=None)
    assert (blank["indicator"], blank["table_value"], blank["verdict"]) == ("request.new", None, "unverifiable")
    assert judged(said, "2014", request__received=12)["indicator"] == "request.received"
    assert judged(said, request__new_total="—")["verdict"] == "suspect"


def test_verdicts_of_bent_numbers_follow_their_bounds(tmp_path: Path) -> None:
    said = sentence(tmp_path, "公开{published~余 条}。", standard="2014", published=128)
    for cell, verdict in ((121, "consistent"), (129, "consistent"), (120, "inconsistent"), (130, "inconsistent")):
        assert judged(said, "2014", disclosure__total=cell)["verdict"] == verdict


def test_verdicts_of_money_convert_it(tmp_path: Path) -> None:
    said = sentence(tmp_path, "收取费用{request_fee 元}。", standard="2014", request_fee=270)
    assert judged(said, "2014", request_fee=Decimal("0.027"))["verdict"] == "consistent"
    assert judged(said, "2014", request_fee=Decimal("0.028"))["verdict"] == "inconsistent"


def test_money_that_differs_by_its_unit_alone_is_no_contradiction(tmp_path: Path) -> None:
    said = sentence(tmp_path, "收取费用{request_fee 元}。", standard="2014", request_fee=270)
    claim = judged(said, "2014", request_fee=270)
    assert (claim["verdict"], claim["accept"]) == ("consistent", ["inconsistent", "suspect"])


def test_none_for_a_whole_part_denies_all_its_cells(tmp_path: Path) -> None:
    said = sentence(tmp_path, "{=section|无。}", standard="2014", received=0, concluded=0, replied=0)
    assert judged(said, "2014")["verdict"] == "consistent"
    claim = judged(said, "2014", request__concluded=2)
    assert (claim["verdict"], claim["accept"]) == ("inconsistent", ["suspect"])


def test_half_a_year_may_have_no_period(tmp_path: Path) -> None:
    said = sentence(tmp_path, "[上半年公开{k 条}]。", 'numbers = { k = "3-9" }', standard="2014")
    assert judged(said, "2014")["period_accept"] == [""]
    said = sentence(tmp_path, "经费{budget 万元}。", standard="2014", budget=Decimal("1.5"))
    assert judged(said, "2014", capacity__budget=Decimal("1.5"))["verdict"] == "consistent"


def test_a_sum_with_blanks_is_at_least_what_is_filled(tmp_path: Path) -> None:
    said = sentence(tmp_path, "各渠道共{channel_sum 条}。", standard="2014", channel_sum=30)
    cells: dict[str, Number | None] = {"channel__website": 20, "channel__wechat": None}
    assert judged(said, "2014", **cells)["verdict"] == "unverifiable"
    assert judged(said, "2014", **(cells | {"channel__website": 30}))["verdict"] == "consistent"
    assert judged(said, "2014", **(cells | {"channel__website": 31}))["verdict"] == "inconsistent"


def test_other_periods_and_reports_without_tables_verify_nothing(tmp_path: Path) -> None:
    plan = sentence(tmp_path, "拟培训{courses@plan 次}。", standard="2014", courses=2)
    claim = judged(plan, "2014", training__courses=9)
    assert (claim["verdict"], claim["period"], claim["indicator"]) == ("unverifiable", "plan", None)
    said = sentence(tmp_path, "共收到申请{received 件}。", received=12)
    draft = draft_of(said or Sentence(""))
    draft.parts[0].tables = []
    labels = labels_of(draft)
    assert (labels["claims"][0]["indicator"], labels["claims"][0]["verdict"]) == ("request.new", "unverifiable")
    assert set(labels["cells"].values()) == {None}
    draft.parts[0].tables = ["active_disclosure", "review_litigation"]
    assert labels_of(draft)["claims"][0]["verdict"] == "unverifiable"
    draft.parts[0].tables.append("requests")
    assert labels_of(draft)["claims"][0]["verdict"] == "inconsistent"
    assert judged(said, "none")["indicator"] is None


def test_a_wrong_share_is_seen() -> None:
    label = Label(Place(0, 3), Place(0, 2), Decimal("62.5"), "%", kind="share", parts=(5, 8), decimals=1)
    draft = draft_of(Sentence("62.5%", [label]))
    assert judge(label, draft, own()).verdict == "unverifiable"
    label.value = Decimal("65.2")
    assert judge(label, draft, own()).verdict == "inconsistent"


def test_a_wrong_cell_is_one_finding_that_covers_its_claims(tmp_path: Path) -> None:
    said = sentence(tmp_path, "共收到申请{received 件}。", received=12)
    draft = draft_of(said or Sentence(""), cells={"request.new/total": 13})
    (finding,) = labels_of(draft)["findings"]
    assert (finding["rule"], finding["covers"]["quotes"]) == ("claim.mismatch", ["共收到申请12件"])
    draft.findings = [
        {"id": "d1", "kind": "", "rule": "identity.B1", "indicator": "", "covers": {"cells": ["request.new"]}}
    ]
    (finding,) = labels_of(draft)["findings"]
    assert (finding["rule"], finding["covers"]["quotes"]) == ("identity.B1", ["共收到申请12件"])


def test_sums_and_counts_are_judged(tmp_path: Path) -> None:
    said = sentence(tmp_path, "收到{received 件}，网上{online 件}、信函{letter 件}。", received=5, online=3, letter=2)
    assert said is not None
    said.totals = [Total(0, (1, 2))]
    (right,) = labels_of(draft_of(said))["sums"]
    assert (right["total"], right["parts"], right["verdict"]) == (5, [3, 2], "consistent")
    assert right["quote"] == "收到5件，网上3件、信函2件"
    said.labels[1].value = said.labels[1].low = said.labels[1].high = 4
    assert labels_of(draft_of(said))["sums"][0]["verdict"] == "inconsistent"
    said.totals = [Total(0, items=4)]
    assert labels_of(draft_of(said))["sums"][0]["verdict"] == "inconsistent"
    said.totals = [Total(0, (2,), complete=False)]
    assert labels_of(draft_of(said))["partial_sums"][0]["verdict"] == "consistent"


def test_what_a_report_lacks_is_labelled() -> None:
    draft = compose(Random(1), own(), "2021", body=COUNTY, blanks=True)
    draft.parts = [part for part in draft.parts if part.section != "problems"]
    labels = labels_of(draft)
    assert labels["missing_sections"] == ["problems"]
    rules = {entry["rule"]: entry for entry in labels["other_findings"]}
    assert rules["section.missing"]["indicator"] == "problems"
    draft.others = [{"rule": "section.missing", "indicator": "problems", "why": "a defect"}]
    assert [e["why"] for e in labels_of(draft)["other_findings"] if e["rule"] == "section.missing"] == ["a defect"]
    blank = rules["cell.blank"]["indicator"].split(";")
    assert blank == [key for key, value in labels["cells"].items() if value is None]
    del draft.parts[0]
    assert {"content.period", "content.contact"} <= {entry["rule"] for entry in labels_of(draft)["other_findings"]}


# Generating


def test_the_same_arguments_give_the_same_bytes_and_more_reports_change_none() -> None:
    first = list(synthesis.generate(6, 5, defects="mixed"))
    again = list(synthesis.generate(8, 5, defects="mixed"))
    assert first == again[:6]
    assert first[0].files != next(synthesis.generate(1, 6)).files


def test_standards_and_formats_are_those_asked_for() -> None:
    made = list(synthesis.generate(4, 1, standards=["2014", "2021"], formats=["txt"]))
    assert [report.gold["report"]["standard"] for report in made] == ["2014", "2021"] * 2
    assert {name for report in made for name in report.files} == {"report.txt"}


def test_defects_are_put_in_as_wanted() -> None:
    assert not any(report.gold["defects"] for report in synthesis.generate(4, 1, defects="none"))
    several = list(synthesis.generate(4, 1, standards=["2014"], defects="several"))
    assert all(report.gold["defects"] for report in several)


def test_generate_writes_a_folder_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "made"
    assert main(["generate", "--count", "3", "--seed", "1", "--out", str(out), "--lang", "en", "--format", "md"]) == 0
    assert "3 reports written" in capsys.readouterr().out
    folders = sorted(path for path in out.iterdir() if path.is_dir())
    assert [sorted(p.name for p in folder.iterdir()) for folder in folders] == [["gold.json", "report.md"]] * 3
    assert main(["generate", "--count", "3", "--seed", "1", "--out", str(out), "--standard", "2020"]) == 2
    assert "2020" in capsys.readouterr().err
