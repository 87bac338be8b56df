"""Confidence means something: weights are learnt, kept and read back, and a signal moves it the right way."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcclit import extract_text
from hcclit.confidence import load_model
from hcclit.confidence.calibration import fit, out_of_fold
from hcclit.confidence.model import HIGHEST, INTERCEPT, Model
from hcclit.confidence.observations import Observation, read_observations, write_observations
from hcclit.evaluation.calibration import levels
from hcclit.pipeline import extract_with_signals
from hcclit.readers.text import read_text


def papers(right_if_near: int, right_if_far: int, count: int = 20) -> list[Observation]:
    """Twenty papers whose records with the signal `near` are right so often of ten, those with `far` so often."""
    made = []
    for number in range(count):
        made += [Observation(f"p{number}", frozenset({"near"}), i < right_if_near) for i in range(10)]
        made += [Observation(f"p{number}", frozenset({"far"}), i < right_if_far) for i in range(10)]
    return made


def test_weights_find_the_rate_of_a_signal():
    model = fit(papers(9, 4))
    assert model.confidence({"near"}) == pytest.approx(0.9, abs=0.03)
    assert model.confidence({"far"}) == pytest.approx(0.4, abs=0.03)


def test_out_of_fold_does_not_see_its_own_paper():
    # one paper's records go against all others: its own outcome must not pull its confidence down
    odd = [Observation("odd", frozenset({"near"}), False) for _ in range(50)]
    known = papers(10, 5, 30) + odd
    confidences = out_of_fold(known)
    assert all(confidence > 0.95 for confidence in confidences[-50:])
    assert fit(known).confidence({"near"}) < 0.95


@given(st.sets(st.sampled_from(["a", "b", "c", "unheard of"])), st.floats(-50, 50), st.floats(-50, 50))
def test_confidence_is_a_probability_below_certainty(signals, a, intercept):
    assert 0 <= Model({"a": a, INTERCEPT: intercept}).confidence(signals) <= HIGHEST


def test_observations_come_back_as_written(tmp_path):
    known = papers(3, 2, 2)
    write_observations(known, tmp_path / "o.csv")
    assert sorted(map(repr, map(_sorted, read_observations(tmp_path / "o.csv")))) == sorted(
        map(repr, map(_sorted, known))
    )
    assert read_observations(tmp_path / "none.csv") == []


def _sorted(observation):
    return observation.document, observation.right, sorted(observation.signals)


def test_weights_come_back_as_written(tmp_path):
    fit(papers(9, 4)).write(tmp_path / "w.csv")
    rows = {row["signal"]: float(row["weight"]) for row in csv.DictReader((tmp_path / "w.csv").open())}
    assert set(rows) == {"near", "far", INTERCEPT}


def test_levels_count_every_record_once():
    pairs = [(0.99, True), (0.97, False), (0.95, True), (0.9, True), (0.89, False), (0.1, False)]
    found = {level.low: (level.records, level.right) for level in levels(pairs)}
    assert found == {0.97: (2, 1), 0.95: (1, 1), 0.9: (1, 1), 0.8: (1, 0), 0.6: (0, 0), 0.0: (1, 0)}


def test_every_record_has_a_confidence_and_known_signals():
    text = "The patient received sorafenib 400 mg bid. AFP fell to 12 ng/mL in May 2009 and he had a partial response."
    pairs = extract_with_signals(read_text(text, "case"))
    assert {record.type for record, _ in pairs} == {"dose", "marker", "date", "response"}
    for record, signals in pairs:
        assert record.confidence == load_model().confidence(signals)
        assert record.type in {signal.split()[0].rstrip(":") for signal in signals}


def test_confidence_is_no_part_of_what_a_record_says():
    near = extract_text("AFP was 12 ng/mL.")[0]
    ids = {record.id for record in extract_text("AFP was 12 ng/mL.")}
    assert near.confidence is not None
    assert near.model_copy(update={"confidence": 0.1}).id in ids
