"""Models trained on a handful of made-up reports: what is written, that it is the same again, and what it says."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer import knowledge, synthesis
from analyzer.classifier import NONE, TASKS, Models, fitting, weights
from analyzer.cli import main
from analyzer.errors import MissingInput
from analyzer.evaluation.judging import labelled
from analyzer.pipeline import analyze
from analyzer.training import FAMILIES, Trained, train
from analyzer.training.examples import family
from analyzer.training.measures import WAYS, better
from analyzer.training.stated import stated_claims, stated_headings

KNOWN = knowledge.load()
COUNTS = {"train": 18, "tune": 6}
QUICK = dict.fromkeys(TASKS, fitting.Settings(least=4, strictness=30.0, tolerance=1e-3))


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    for name, count in COUNTS.items():
        for report in synthesis.generate(count, "7", family=name, formats=("md",), defects="none"):
            synthesis.write(report, folder / name)
    return folder


@pytest.fixture(scope="module")
def trained(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Trained, ...]]:
    out = tmp_path_factory.mktemp("models")
    return out, train(corpora, out, settings=QUICK)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_model_has_its_card_settings_and_figures(trained: tuple[Path, tuple[Trained, ...]]) -> None:
    out, made = trained
    assert [model.task for model in made] == list(TASKS)
    for model in made:
        folder = out / model.task
        metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
        assert set(metrics["ablation"]["tune"]) == set(WAYS)
        assert metrics["used"] == model.used == (folder / "weights.npz").exists()
        settings = tomllib.loads((folder / "train.toml").read_text(encoding="utf-8"))
        assert [settings["corpora"][name]["reports"] for name in FAMILIES] == list(COUNTS.values())
        card = (folder / "CARD.md").read_text(encoding="utf-8")
        assert "| | rules alone | model alone | both |" in card
        assert ("switched off" in card) != model.used
        assert (folder / "model.skops").stat().st_size < 1_000_000


def test_the_same_corpora_give_the_same_bytes(
    corpora: Path, trained: tuple[Path, tuple[Trained, ...]], tmp_path: Path
) -> None:
    train(corpora, tmp_path, settings=QUICK)
    assert files(tmp_path) == files(trained[0])


def test_the_numbers_answer_as_the_saved_pipeline_does(trained: tuple[Path, tuple[Trained, ...]]) -> None:
    out, made = trained
    for model in made:
        pipeline = fitting.load(out / model.task / "model.skops")
        texts = [example.words for example in model.tuned[:40]]
        for text, expected in zip(texts, pipeline.predict_proba(texts), strict=True):
            assert model.weights.probabilities(text) == pytest.approx(expected, abs=1e-4)


def test_what_was_learnt_is_known(trained: tuple[Path, tuple[Trained, ...]]) -> None:
    for model in trained[1]:
        classes = set(model.weights.classes)
        known = [example for example in model.learnt if example.label in classes]
        right = sum(model.weights.best(example.words)[0] == example.label for example in known)
        commonest = Counter(example.label for example in known).most_common(1)[0][1]
        assert right > max(commonest, 0.6 * len(known))


def test_examples_are_what_the_labels_say(corpora: Path) -> None:
    found = family(corpora / "train", KNOWN)
    assert found.reports == COUNTS["train"]
    assert len(found.fingerprint) == 64
    assert {e.label for e in found.sections} <= {s.section for s in KNOWN.outline.sections}
    keys = {e.label for e in found.claims} - {NONE}
    assert keys
    assert all(any(KNOWN.forms.resolve(form.id, key) for form in KNOWN.forms.standards) for key in keys)
    assert not [key for key in keys if key.endswith("/total")]


def test_a_changed_label_changes_the_fingerprint(corpora: Path, tmp_path: Path) -> None:
    first = labelled(corpora / "tune")[0]
    for name, content in files(first.folder).items():
        (tmp_path / name).write_bytes(content)
    before = family(tmp_path, KNOWN).fingerprint
    gold = tmp_path / "gold.json"
    gold.write_text(gold.read_text(encoding="utf-8").replace("overview", "requests", 1), encoding="utf-8")
    assert family(tmp_path, KNOWN).fingerprint != before


def test_the_data_s_own_examples_are_learnt_from() -> None:
    assert {e.label for e in stated_headings(KNOWN)} >= {"overview", "requests", "fees"}
    claims = stated_claims(KNOWN)
    labels = {e.label for e in claims}
    assert {NONE, "request.new", "request.received", "channel.website"} <= labels
    assert all(word[0] in "on" for e in claims for word in e.words.split()), "each word belongs to a form"


def rated(first: float, alarms: float, error: float = 0.02) -> dict[str, float | None]:
    return {
        "sections macro_f1": first,
        "sections calibration_error": error,
        "alarms per_clean_report": alarms,
    }


@pytest.mark.parametrize(
    ("test", "fresh", "expected"),
    [
        ((0.96, 0.0), (0.95, 0.0), True),
        ((0.95, 0.0), (0.95, 0.0), False),
        ((0.95, 0.0, 0.01), (0.95, 0.0), True),
        ((0.95, 0.0, 0.03), (0.95, 0.0), False),
        ((0.99, 0.0), (0.94, 0.0, 0.0), False),
        ((0.99, 0.0), (0.99, 0.1), False),
    ],
    ids=["better on one", "as good", "better calibrated", "worse calibrated", "worse on one", "more alarms on one"],
)
def test_a_model_is_used_only_where_it_helps(test: tuple[float, ...], fresh: tuple[float, ...], expected: bool) -> None:
    judged = [{"rules": rated(0.95, 0.0), "model": rated(0.5, 0.0), "both": rated(*both)} for both in (test, fresh)]
    assert better(judged, "sections") is expected


def test_a_folder_without_labelled_reports_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    with pytest.raises(MissingInput, match="train"):
        train(tmp_path, tmp_path / "out")
    assert main(["train", "--corpora", str(tmp_path), "--out", str(tmp_path / "out")]) == 2


def test_models_never_make_an_error(corpora: Path, trained: tuple[Path, tuple[Trained, ...]], tmp_path: Path) -> None:
    for model in trained[1]:
        (tmp_path / model.task).mkdir()
        bold = fitting.with_threshold(model.weights, 0.0)
        (tmp_path / model.task / "weights.npz").write_bytes(weights.dump(bold))
    for report in labelled(corpora / "tune"):
        found = analyze(report.files[0], models=Models(tmp_path))
        linked = [claim for claim in found.claims if claim.pattern == "model"]
        assert not [claim for claim in linked if claim.firm or claim.verdict in ("inconsistent", "suspect")]


def test_the_command_prints_the_figures(
    corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[Path] = []

    def small(given: Path, out: Path, tell: Callable[[str, str], None]) -> tuple[Trained, ...]:
        tell("fitting", "sections")
        made.append(out)
        figures = {"tune": {way: rated(0.9, 0.0) for way in WAYS}}
        numbers = weights.Weights((), {}, *([None] * 3), 1.0, 0.5)  # type: ignore[arg-type]
        return (Trained("sections", numbers, figures, False, fitting.Settings(), (), (), ()),)

    monkeypatch.setattr("analyzer.training.train", small)
    assert main(["train", "--corpora", str(corpora), "--out", str(tmp_path), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert made == [tmp_path]
    assert "rules 0.9000, model 0.9000, both 0.9000" in said
    assert "switched off" in said
