"""The models at work: where they speak, where they are silent, and which files are let in."""

from __future__ import annotations

import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from analyzer import dictionary, knowledge
from analyzer.classifier import (
    MODEL,
    NONE,
    RULES,
    SHIPPED,
    TASKS,
    Classifier,
    Models,
    figures,
    fingerprint,
    fitting,
    headings,
    weights,
)
from analyzer.classifier.fitting import Example, Settings
from analyzer.classifier.weights import Weights
from analyzer.document import Claim, Claims, Section, Span
from analyzer.errors import BadModel
from analyzer.pipeline import analyze

KNOWN = knowledge.load()
FORM = ("2021", KNOWN.outline)
TEXT = "甲镇2020年报告\n一、群众要件办理\n全年共收件5件。\n二、别的\n略。\n"


@pytest.fixture(autouse=True, scope="module")
def _words() -> None:
    dictionary.load(KNOWN.language.lexicon)


def weigh(scores: dict[str, dict[str, float]], *, threshold: float = 0.6) -> Weights:
    """A model by the score that each word gives each class."""
    words = {word: place for place, word in enumerate(scores)}
    classes = tuple(sorted({name for row in scores.values() for name in row}))
    table = [[row.get(name, 0.0) for name in classes] for row in scores.values()]
    return Weights(
        classes,
        words,
        np.ones(len(words), np.float32),
        np.array(table, np.float32),
        np.zeros(len(classes), np.float32),
        1.0,
        threshold,
    )


def classifier(folder: Path, task: str, model: Weights, *, alone: bool = False) -> Classifier:
    (folder / task).mkdir(exist_ok=True)
    (folder / task / "weights.npz").write_bytes(weights.dump(model))
    return Classifier(Models(folder, alone), KNOWN)


def section(ordinal: int, heading: str, name: str, confidence: float) -> Section:
    start = TEXT.find(heading)
    return Section(ordinal, 1, heading, name, confidence, start, len(TEXT), start + len(heading) + 1, heading[:1])


def claim(unit: str = "件", **changes: object) -> Claim:
    at = TEXT.index("5")
    start = TEXT.index("全年")
    made = Claim(Span(start, at + 2), Span(at, at + 1), Span(start, at + 3), 5, unit, 5, 5, section="requests")
    return made._replace(**changes)  # type: ignore[arg-type]


# Which headings are asked for


def test_a_heading_that_the_rules_leave_open_gets_the_class_of_the_model(tmp_path: Path) -> None:
    model = weigh({"h:群众": {"requests": 4.0, "fees": 0.0}})
    tree = (section(1, "一、群众要件办理", "", 0.0),)
    (named,) = classifier(tmp_path, "sections", model).sections(tree, TEXT)
    assert named.section == "requests"
    assert 0.6 < named.confidence < 1


@pytest.mark.parametrize(
    ("name", "confidence"), [("fees", 1.0), ("fees", 0.85), ("fees;review_litigation", 0.4)], ids=str
)
def test_what_the_rules_are_sure_of_and_merged_headings_stay(name: str, confidence: float, tmp_path: Path) -> None:
    model = weigh({"h:群众": {"requests": 9.0, "fees": 0.0}})
    tree = (section(1, "一、群众要件办理", name, confidence),)
    assert classifier(tmp_path, "sections", model).sections(tree, TEXT) == tree


def test_what_the_rules_are_fairly_sure_of_is_confirmed_or_stays(tmp_path: Path) -> None:
    model = weigh({"h:群众": {"requests": 4.0, "fees": 0.0}})
    namer = classifier(tmp_path, "sections", model)
    other, same = ((section(1, "一、群众要件办理", name, 0.7),) for name in ("fees", "requests"))
    assert namer.sections(other, TEXT) == other
    (named,) = namer.sections(same, TEXT)
    assert named.section == "requests"
    assert named.confidence > 0.8
    hint = (section(1, "一、群众要件办理", "fees", 0.4),)
    assert namer.sections(hint, TEXT)[0].section == "requests"


def test_traditional_characters_are_the_same_words() -> None:
    tree = (section(1, "一、羣衆要件辦理", "", 0.0),)
    words = headings.features(tree, 0, TEXT, KNOWN.outline).split()
    assert "e:办理" in words


def test_a_model_that_is_unsure_abstains(tmp_path: Path) -> None:
    model = weigh({"h:群众": {"requests": 0.2, "fees": 0.0}})
    tree = (section(1, "一、群众要件办理", "overview", 0.4),)
    assert classifier(tmp_path, "sections", model).sections(tree, TEXT) == tree


def test_the_text_before_the_first_heading_is_never_asked_for(tmp_path: Path) -> None:
    model = weigh({"d:1": {"requests": 9.0, "fees": 0.0}})
    tree = (Section(1, 1, "", "preamble", 0.0, 0, 5, 0),)
    assert classifier(tmp_path, "sections", model, alone=True).sections(tree, TEXT) == tree


def test_alone_the_model_decides_what_the_rules_are_sure_of(tmp_path: Path) -> None:
    model = weigh({"h:群众": {"requests": 4.0, "fees": 0.0}})
    tree = (section(1, "一、群众要件办理", "fees", 1.0),)
    assert classifier(tmp_path, "sections", model, alone=True).sections(tree, TEXT)[0].section == "requests"


def test_words_of_a_heading_tell_its_text_place_and_neighbours() -> None:
    tree = (section(1, "一、群众要件办理", "", 0.0), section(2, "二、别的", "other_matters", 1.0))
    words = headings.features(tree, 0, TEXT, KNOWN.outline).split()
    assert {"h:群众", "e:办理", "d:1", "p:first", "n:other_matters"} <= set(words)
    assert "b:收件" in words or "b:共" in words
    assert "b:别的" not in words, "the next heading is no text of this one"
    assert not any(
        word.startswith(("n:", "f:", "u:"))
        for word in headings.features(tree, 0, TEXT, KNOWN.outline, alone=True).split()
    )


# Which claims are asked for


def test_a_claim_that_no_pattern_knows_gets_a_link_that_never_contradicts(tmp_path: Path) -> None:
    model = weigh({"nl:收件": {"request.new": 5.0, NONE: 0.0}})
    linker = classifier(tmp_path, "claims", model)
    (linked,) = linker.claims(Claims((claim(),)), TEXT, "2021").claims
    assert (linked.indicator, linked.firm, linked.pattern) == ("request.new", False, MODEL)


@pytest.mark.parametrize(
    "changes",
    [
        {"pattern": "request.local", "indicator": ""},
        {"period": "last_year"},
        {"kind": "zero"},
        {"kind": "share", "unit": "%"},
        {"unit": "元"},
        {"unit": "人次"},
    ],
    ids=str,
)
def test_claims_that_are_known_of_another_year_or_another_unit_stay(changes: dict[str, object], tmp_path: Path) -> None:
    linker = classifier(tmp_path, "claims", weigh({"nl:收件": {"request.new": 9.0, NONE: 0.0}}))
    said = Claims((claim(**changes),))
    assert linker.claims(said, TEXT, "2021") == said


def test_a_cell_that_the_form_has_not_is_no_candidate(tmp_path: Path) -> None:
    linker = classifier(tmp_path, "claims", weigh({"nl:收件": {"request.new": 9.0, NONE: 0.0}}))
    assert linker.claims(Claims((claim(),)), TEXT, "2014").claims[0].indicator == ""


def test_a_cell_linked_in_the_same_sentence_is_no_candidate(tmp_path: Path) -> None:
    linker = classifier(tmp_path, "claims", weigh({"nl:收件": {"request.new": 9.0, NONE: 0.0}}))
    said = Claims((claim(pattern="request.new", indicator="request.new"), claim()))
    assert linker.claims(said, TEXT, "2021") == said


def test_an_unsure_linker_and_one_that_says_none_change_nothing(tmp_path: Path) -> None:
    said = Claims((claim(),))
    for scores in ({"request.new": 0.1, NONE: 0.0}, {"request.new": 0.0, NONE: 9.0}):
        linker = classifier(tmp_path, "claims", weigh({"nl:收件": scores}))
        assert linker.claims(said, TEXT, "2021") == said


def test_words_of_a_claim_tell_clause_unit_section_and_neighbours() -> None:
    said = (claim(pattern="a", indicator="request.new"), claim())
    words = set(figures.features(said, 1, TEXT, FORM).split())
    assert {"nl:收件", "nc:件", "ns:requests", "ni:1", "np:request.new"} <= words
    assert "np:request.new" not in figures.features(said, 1, TEXT, FORM, alone=True).split()


# Without models


@pytest.mark.parametrize("models", [RULES, Models(Path("nowhere"))], ids=["none", "missing"])
def test_without_models_the_rules_decide_alone(models: Models) -> None:
    plain = Classifier(models, KNOWN)
    tree, said = (section(1, "一、群众要件办理", "", 0.0),), Claims((claim(),))
    assert plain.sections(tree, TEXT) == tree
    assert plain.claims(said, TEXT, "2021") == said


def test_the_product_takes_the_models_it_is_given(tmp_path: Path) -> None:
    report = Path(__file__).parent.parent / "corpora" / "demo" / "2019_town" / "report.md"
    model = weigh({f"d:{n}": {"fees": 9.0, "requests": 0.0} for n in (1, 2, 3)})
    classifier(tmp_path, "sections", model)
    named = analyze(report, models=Models(tmp_path, alone=True)).sections
    assert {s.section for s in named if s.heading} == {"fees"}
    assert {s.section for s in analyze(report, models=RULES).sections if s.heading} != {"fees"}


# What is shipped


@pytest.mark.parametrize("task", TASKS)
def test_a_shipped_model_is_what_its_folder_says(task: str) -> None:
    folder = Path(__file__).parent.parent / "models" / task
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    pipeline = fitting.load(folder / "model.skops")
    assert metrics["used"] == (folder / "weights.npz").is_file()
    if metrics["used"]:
        assert SHIPPED.folder == folder.parent
        model = weights.load(folder / "weights.npz")
        same = fitting.with_threshold(fitting.export(pipeline), model.threshold)
        assert weights.dump(same) == (folder / "weights.npz").read_bytes()
        assert len(model.classes) == metrics["classes"]
    assert all(path.stat().st_size < 1_000_000 for path in folder.iterdir())


def test_the_fingerprint_is_that_of_the_models_read(tmp_path: Path) -> None:
    assert fingerprint(RULES) == fingerprint(Models(tmp_path)) == ""
    for score in (1.0, 2.0):
        classifier(tmp_path, "claims", weigh({"a": {"a": score, "b": 0.0}}))
        found = fingerprint(Models(tmp_path))
        assert len(found) == 64
        assert found != fingerprint(SHIPPED)
    classifier(tmp_path, "claims", weigh({"a": {"a": 1.0, "b": 0.0}}))
    assert fingerprint(Models(tmp_path)) != found


# Files


def test_a_model_is_the_same_after_it_was_written_and_read(tmp_path: Path) -> None:
    model = weigh({"h:甲": {"a": 1.5, "b": -0.25}, "h:乙": {"a": -1.0, "b": 2.0}})
    path = tmp_path / "weights.npz"
    path.write_bytes(weights.dump(model))
    read = weights.load(path)
    assert (read.classes, read.words, read.threshold) == (model.classes, dict(model.words), model.threshold)
    for text in ("h:甲", "h:甲 h:乙 h:乙", "h:丙", ""):
        assert np.array_equal(read.probabilities(text), model.probabilities(text))
    assert weights.dump(read) == path.read_bytes()


def test_probabilities_add_up_and_unknown_words_leave_what_is_usual() -> None:
    model = weigh({"h:甲": {"a": 1.0, "b": 0.0, "c": 0.0}})
    assert float(model.probabilities("h:甲").sum()) == pytest.approx(1, abs=1e-6)
    assert model.probabilities("h:乙") == pytest.approx([1 / 3] * 3)
    assert model.best("h:甲", ["b", "c"])[1] == pytest.approx(0.5)
    assert model.best("h:甲", []) == ("", 0.0)


def _pickled(path: Path) -> None:
    np.savez(path, classes=np.array([{"a": 1}], dtype=object))


def _short(path: Path) -> None:
    np.savez(path, classes=np.zeros(1, np.uint8))


def _uneven(path: Path) -> None:
    model = weigh({"h:甲": {"a": 1.0, "b": 0.0}})
    path.write_bytes(weights.dump(Weights(("a",), *(getattr(model, n) for n in list(Weights.__annotations__)[1:]))))


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no archive"),
        lambda path: path.write_bytes(pickle.dumps({"a": 1})),
        _pickled,
        _short,
        _uneven,
    ],
    ids=["empty", "text", "pickle", "objects", "arrays missing", "shapes"],
)
def test_a_file_that_is_no_model_of_ours_is_refused(make: object, tmp_path: Path) -> None:
    (tmp_path / "sections").mkdir()
    path = tmp_path / "sections" / "weights.npz"
    make(path)  # type: ignore[operator]
    with pytest.raises(BadModel, match=r"weights\.npz"):
        weights.load(path)
    with pytest.raises(BadModel):
        Classifier(Models(tmp_path), KNOWN).sections((section(1, "二、别的", "", 0.0),), TEXT)


# Training


def examples(count: int = 240) -> list[Example]:
    """Words of which one in four tells the class, in groups of four."""
    made = []
    for n in range(count):
        label = "abc"[n // 4 % 3]
        told = label if n % 11 else "abc"[(n + 1) % 3]
        made.append(Example(f"x{n % 7} x{n % 5} k:{told}{n % 2} y{n % 13}", label, f"g{n // 4}"))
    return made


@pytest.fixture(scope="module")
def fitted() -> object:
    return fitting.fit(examples(), Settings())


def test_the_numbers_say_what_the_trained_pipeline_says(fitted: object, tmp_path: Path) -> None:
    (tmp_path / "model.skops").write_bytes(fitting.dump(fitted))
    read = fitting.load(tmp_path / "model.skops")
    model = fitting.export(fitted)
    texts = sorted({e.words for e in examples()})
    expected = read.predict_proba(texts)
    assert tuple(read.classes_) == model.classes
    assert np.allclose([model.probabilities(text) for text in texts], expected, atol=1e-5)
    assert len({model.best(text)[0] for text in texts}) == 3


def test_training_twice_gives_the_same_bytes_without_a_date_or_an_address(fitted: object) -> None:
    again = fitting.fit(examples(), Settings())
    assert fitting.dump(again) == fitting.dump(fitted)
    assert weights.dump(fitting.export(again)) == weights.dump(fitting.export(fitted))


def test_only_two_types_beyond_those_known_are_let_in(fitted: object, tmp_path: Path) -> None:
    import skops.io

    path = tmp_path / "model.skops"
    path.write_bytes(fitting.dump(fitted))
    assert set(skops.io.get_untrusted_types(file=path)) == set(fitting.TRUSTED)
    assert len(fitting.TRUSTED) == 2
    assert all(name.startswith("sklearn.calibration._") for name in fitting.TRUSTED)
    with zipfile.ZipFile(path) as made:
        assert {entry.date_time for entry in made.infolist()} == {weights.EPOCH}


@pytest.mark.parametrize("content", [b"", b"text", pickle.dumps({"a": 1})], ids=["empty", "text", "pickle"])
def test_what_is_no_skops_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "model.skops").write_bytes(content)
    with pytest.raises(BadModel, match=r"model\.skops"):
        fitting.load(tmp_path / "model.skops")


def test_a_foreign_type_is_refused_by_name(tmp_path: Path) -> None:
    import skops.io

    path = tmp_path / "model.skops"
    path.write_bytes(skops.io.dumps(Example("a", "b", "c")))
    with pytest.raises(BadModel, match="Example"):
        fitting.load(path)


def test_no_group_stands_on_both_sides_of_a_split() -> None:
    given = examples()
    for learnt, held in fitting.folds(given):
        assert {given[n].group for n in learnt}.isdisjoint(given[n].group for n in held)
        assert {given[n].label for n in learnt} == {"a", "b", "c"}


def test_a_class_of_one_wording_is_left_out() -> None:
    lone = [Example("z", "z", "g-z")] * 5
    assert "z" not in fitting.export(fitting.fit([*examples(), *lone], Settings())).classes


def test_the_threshold_is_the_least_that_is_right_often_enough() -> None:
    model = weigh({f"w{n}": {"a": float(n), "b": 0.0} for n in range(1, 6)})
    right, wrong = (lambda n: Example(f"w{n}", "a", ""), lambda n: Example(f"w{n}", "b", ""))
    given = [right(5), right(4), wrong(3), right(2), wrong(1)]
    strict = fitting.threshold(model, given, Settings(precision=1.0, surest=0.0))
    assert model.best("w3")[1] < strict <= model.best("w4")[1]
    assert fitting.threshold(model, given, Settings(precision=0.6, surest=0.0)) <= model.best("w1")[1]
    assert fitting.threshold(model, given, Settings(precision=0.6)) == Settings().surest
    assert fitting.threshold(model, [wrong(5), right(1)], Settings(precision=0.9, surest=0.0)) == 1.0
    assert fitting.threshold(model, given, Settings(precision=1.0, surest=0.0), silent="a") == 1.0
