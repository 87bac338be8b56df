"""Estimates, intervals and p-values: what cannot be is found, what rounding or another test explains is not."""

from random import Random

import pytest

from hcclit.checks.effects import effects
from hcclit.checks.paper import Paper
from hcclit.checks.rules import (
    estimate_in_interval,
    interval_symmetry,
    limits_reversed,
    p_against_interval,
    p_from_interval,
    p_outside,
    p_zero,
)
from hcclit.language import analyse
from hcclit.readers.text import read_text
from tests.checks.invented_effects import effect

RULES = (
    estimate_in_interval, interval_symmetry, limits_reversed, p_against_interval, p_from_interval, p_outside, p_zero,
)  # fmt: skip


def paper_of(text):
    document = read_text(text, "paper")
    return Paper(document, [], analyse(document))


def found(text):
    paper = paper_of(text)
    return [(f.check, f.severity) for rule in RULES for f in rule.check(paper)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hazard ratio was 0.49 (95% CI, 0.55 to 0.87).", [("estimate_in_interval", "error")]),
        ("Median overall survival was 12.7 months (95% CI 8.1-12.3).", [("estimate_in_interval", "error")]),
        ("The response rate was 38.1% (95% CI, 12.5-31.0%).", [("estimate_in_interval", "error")]),
        ("HR 0.69 (95% CI 0.87-0.55; p = 0.0016).", [("limits_reversed", "warning")]),
        ("HR 0.69 (95% CI 0.95-0.87).", [("limits_reversed", "error")]),
        ("HR 0.69 (95% CI 0.45-0.87).", [("interval_symmetry", "note")]),
        ("HR 0.60 (95% CI 0.15-0.87).", [("interval_symmetry", "warning")]),
        ("HR 0.69 (95% CI 0.55\u20130.87; p = 0.009).", [("p_from_interval", "note")]),
        ("HR 0.69 [0.55-0.87], P = .0000001.", [("p_from_interval", "warning")]),
        ("OR 1.80 (95% CI 1.20-2.70; p = 0.45).", [("p_against_interval", "error")]),
        ("RR 0.90 (95% CI 0.70 to 1.16), p = 0.002.", [("p_against_interval", "error")]),
        ("RR 0.90 (90% CI 0.80 to 1.01), p = 0.02.", [("p_against_interval", "error")]),
        ("It was longer with the drug (p = 0.000).", [("p_zero", "note")]),
        ("It was longer with the drug (P = 3.21).", [("p_outside", "error")]),
    ],
)
def test_what_cannot_be_is_found(text, expected):
    assert found(f"Survival was compared. {text}\n") == expected


@pytest.mark.parametrize(
    "text",
    [
        "HR 0.69 (95% CI 0.55-0.87; p = 0.002).",
        "HR 0.60 (95% CI 0.50-0.72; p = <0.001).",
        "The weight was greater (p = 10-11).",
        "HR 0.71 (95% CI 0.50-1.00, p = 0.048).",  # the limit may be 0.996
        "HR 0.73 (95% CI, 0.50 to 1.07; one-sided P = .055).",
        "HR 1.22 (95% CI 0.95-1.58; one-sided P = .941).",
        "HR 0.69 (95% CI 0.55-0.87; log-rank p = 0.003).",
        "HR 0.9 (0.7-1.2; p for interaction 0.001).",
        "HR 0.9 (95% CI 0.7-1.2; p<0.001 for non-inferiority).",
        "OR 4.0 (exact 95% CI 1.2-21.0).",
        "The hazard ratios were 0.5 and 0.9 (95% CI 0.7-1.1 and 0.3-0.8, respectively).",
        "PFS was 4.1 vs 7.9 months (95% CI of the difference 2.9-4.8).",
        "The mean reduction was 3.9 points (95% CI -5.6 to -2.3).",
        "The difference was -0.9 (95% CI -0.4 to -1.3).",
        "Sensitivity was 74% (95% CI 0.61-0.84).",
        "It was 8.4 times greater (P = 0.0001; 95% CI 2.86 to 24.38).",
        "HR (95% CI): 1.19; 0.94-1.50.",
        "The effect was small (t = 1.33, 95% CI -0.05 to 0.23).",
        "HR = 0.80; 9% CI, 0.63 to 1.02; P = .08.",
        "The heart rate fell (HR 72 [60-90]).",
        "Expression was higher (P = 3.2 x 10-5).",
        "The gas was kept at a pressure (P = 12 kPa).",
    ],
)
def test_what_may_be_is_left_alone(text):
    assert found(f"Survival was compared. {text}\n") == []


def test_a_one_sided_test_anywhere_in_the_paper_counts():
    told = "All tests were one-sided. HR 0.73 (95% CI, 0.50 to 1.07; P = .055).\n"
    assert found(told) == []
    assert found(told.replace("one", "two")) == [("p_from_interval", "note")]


def test_an_effect_knows_where_its_numbers_are_printed():
    text = "The hazard ratio for death was 0\u00b769 (95% CI 0\u00b755\u20130\u00b787; log-rank p=0\u00b7002).\n"
    (effect,) = effects(paper_of(text))
    assert (effect.kind, effect.level, effect.p.op, effect.p.is_of_another_test) == ("HR", 95, "=", True)
    places = (effect.estimate, effect.low, effect.high, effect.p.place)
    assert [text[p.start : p.end] for p in places] == ["0\u00b769", "0\u00b755", "0\u00b787", "0\u00b7002"]
    assert [p.stated.decimals for p in places] == [2, 2, 2, 3]


def test_a_table_of_ratios_is_read_with_its_p_values():
    rows = ("Factor\tHR (95% CI)\tP value", "Male sex\t1.72 (1.03-2.88)\t0.37", "Age\t1.02 (0.90-1.16)\t0.77")
    paper = paper_of("\n".join(("Survival.\n", "Table 2. Cox regression of survival", *rows, "\nText.")))
    (finding,) = [f for rule in RULES for f in rule.check(paper)]
    assert (finding.check, finding.stated, finding.spans[0].text) == ("p_against_interval", "p=0.37", "0.37")


def test_invented_statements_are_read_and_fit():
    random = Random(1)
    for _ in range(150):
        text = f"{effect(random).text}\n"
        assert [name for name, _ in found(text) if name != "p_zero"] == [], text
        assert effects(paper_of(text))[0].p is not None, text


def test_most_changed_limits_are_found():
    random, hits = Random(2), []
    for _ in range(150):
        statement = effect(random)
        (slot,) = [slot for slot in statement.slots if slot.name == "u"]
        printed = statement.text[slot.start : slot.end]
        new = statement.changed(slot, str((int(printed[0]) + 3) % 10) + printed[1:])
        if not new.holds(new.values()):
            hits.append(bool(found(f"{new.text}\n")))
    assert sum(hits) > 0.9 * len(hits) > 100
