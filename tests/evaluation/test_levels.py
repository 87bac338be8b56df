import pytest

from hcclit.evaluation import line_of
from hcclit.evaluation.levels import (
    CORE_FIELDS,
    FULL_FIELDS,
    equal,
    names,
    reached,
    wrong_groups,
    wrong_times,
)
from hcclit.records import MODELS

from .build import date, dose, marker, response, statistic


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        (0.1 + 0.2, 0.3, True),
        (12000, 12000.0, True),
        (1.0, 1.0 + 0.9e-9, True),
        (1.0, 1.0 + 1.1e-9, False),
        (0.0, 1e-300, False),  # relative, so nothing but 0 equals 0
        (0, 0.0, True),
        (None, None, True),
        (None, 0, False),
        (0, None, False),
        ("OS", "OS", True),
        ("OS", "os", False),
        ("1", 1, False),
    ],
)
def test_equal(gold, predicted, same):
    assert equal(gold, predicted) is same


@pytest.mark.parametrize(
    ("endpoint", "measure", "line"),
    [
        ("OS", "median", "statistic"),
        ("sample_size", "count", "statistic"),
        ("other", "HR", "statistic"),
        ("other", "OR", "statistic"),
        ("other", "RR", "statistic"),
        ("other", "rate", "extended"),
        ("other", "p", "extended"),
        ("AE:diarrhoea", "rate", "extended"),
        ("AE:diarrhoea", "OR", "extended"),
        ("baseline:male sex", "count", "extended"),
        ("baseline:male sex", "HR", "extended"),
    ],
)
def test_endpoint_decides_the_line(endpoint, measure, line):
    assert line_of(statistic(0, 4, endpoint=endpoint, measure=measure)) == line


def test_other_types_are_their_own_line():
    assert [line_of(make(0, 4)) for make in (dose, marker, date, response)] == [
        "dose",
        "marker",
        "date",
        "response",
    ]


def test_every_scored_field_exists():
    for kind, model in MODELS.items():
        assert set(CORE_FIELDS[kind] + FULL_FIELDS[kind]) <= set(model.model_fields)


# For each field of each level a right and a wrong value; complete, so that no field is forgotten.
CORE = [
    (dose, "drug", "sorafenib", "lenvatinib"),
    (dose, "amount", 400, 800),
    (dose, "amount_high", None, 800),
    (dose, "unit", "mg", "g"),
    (dose, "per_day", 2, None),
    (marker, "analyte", "AFP", "CEA"),
    (marker, "value", 120, None),
    (marker, "value_high", 200, None),
    (marker, "comparator", "<", "<="),
    (marker, "unit", "ng/mL", "ug/L"),
    (marker, "kind", "median", "mean"),
    (date, "value", "2008", "2008-01"),
    (response, "category", "PR", "SD"),
    (response, "assertion", "affirmed", "negated"),
    (statistic, "endpoint", "OS", "PFS"),
    (statistic, "measure", "median", "mean"),
    (statistic, "value", 10.5, 10.6),
    (statistic, "unit", "mo", None),
]
FULL = [
    (dose, "action", "start", None),
    (dose, "subject", "patient", "cohort"),
    (marker, "subject", "patient", None),
    (marker, "patient_id", "1", "2"),
    (marker, "interpretation", "normal", None),
    (marker, "sd", 3.5, None),
    (date, "bound", "from", "to"),
    (response, "subject", "patient", "cited"),
    (response, "patient_id", None, "1"),
    (response, "criteria", "RECIST", "mRECIST"),
    (statistic, "at", "P1Y", "P12M"),
    (statistic, "ci_low", 1.0, None),
    (statistic, "ci_high", 2.0, 2.1),
    (statistic, "ci_level", 95, 90),
    (statistic, "range_low", 1.0, 2),
    (statistic, "range_high", 1.0, 2),
    (statistic, "range_kind", "range", "iqr"),
    (statistic, "sd", 1.0, None),
    (statistic, "p", 0.014, 0.14),
    (statistic, "p_op", "=", "<"),
    (statistic, "n", 14, 15),
    (statistic, "total", 110, None),
    (statistic, "subject", "cohort", "cited"),
]
NONE = [
    (dose, "daily_amount", 800, None),
    (dose, "section", "case", None),
    (dose, "when", "2008", None),
    (marker, "value_ng_ml", 120, None),
    (marker, "elapsed", "P2W", None),
    (date, "subject", "patient", None),
    (date, "patient_id", "1", None),
    (statistic, "patient_id", "1", None),
    (statistic, "group", "sorafenib", "placebo"),
    (statistic, "study", "SHARP", None),
]


@pytest.mark.parametrize(
    ("make", "name", "right", "wrong", "level"),
    [(*case, level) for level, cases in (("span", CORE), ("core", FULL), ("full", NONE)) for case in cases],
)
def test_a_wrong_field_costs_its_level(make, name, right, wrong, level):
    gold = make(0, 4, **{name: right})
    assert reached(gold, gold) == "full"
    assert reached(gold, make(0, 4, **{name: wrong})) == level
    assert reached(make(0, 4, **{name: wrong}), gold) == level


def test_every_scored_field_has_a_case():
    for cases, fields in ((CORE, CORE_FIELDS), (FULL, FULL_FIELDS)):
        tried = {(make(0, 4).type, name) for make, name, _, _ in cases}
        assert tried == {(kind, name) for kind, names_ in fields.items() for name in names_}


@pytest.mark.parametrize(("make", "name", "value"), [(marker, "comparator", "="), (statistic, "range_kind", "range")])
def test_null_counts_as_the_default(make, name, value):
    stated, null = make(0, 4, **{name: value}), make(0, 4, **{name: None})
    assert reached(stated, null) == reached(null, stated) == "full"


def test_null_comparator_is_not_less_than():
    assert reached(marker(0, 4, comparator=None), marker(0, 4, comparator="<")) == "span"


@pytest.mark.parametrize(
    ("gold", "predicted", "named"),
    [
        ("sorafenib", "Sorafenib", True),
        ("TACE and cryoablation", "TACE cryoablation", True),  # 2 of 3 words
        ("sorafenib", "sorafenib arm", True),  # 1 of 2: at least 0.5
        ("sorafenib", "the sorafenib arm", False),  # 1 of 3
        ("sorafenib, Asian patients", "Asian patients, sorafenib", True),
        ("Asia-Pacific", "asia pacific", True),
        ("AFP < 400", "AFP ≥ 400", True),  # 2 of 4 words: exactly one half
        ("<400", "≥400", False),
        ("sorafenib", None, False),
        ("sorafenib", "placebo", False),
        ("†", "†", True),
        ("†", "‡", False),
    ],
)
def test_names(gold, predicted, named):
    assert names(gold, predicted) is named


@pytest.mark.parametrize(
    ("gold", "predicted", "wrong"),
    [
        ({}, {"when": "2008"}, None),
        ({"when": "2008"}, {"when": "2008"}, ()),
        ({"when": "2008"}, {"when": "2008-01"}, ("when",)),
        ({"when": "2008"}, {}, ("when",)),
        ({"when": "2008"}, {"when": "2008", "elapsed": "P2W"}, ()),
        ({"when": "2008", "elapsed": "P2W"}, {"when": "2008"}, ("elapsed",)),
        ({"elapsed": "P2W"}, {"elapsed": "P14D"}, ("elapsed",)),
    ],
)
def test_wrong_times(gold, predicted, wrong):
    assert wrong_times(dose(0, 4, **gold), dose(0, 4, **predicted)) == wrong


def test_wrong_groups():
    gold = statistic(0, 4, group="sorafenib", comparator_group="placebo", study="SHARP")
    assert wrong_groups(gold, gold) == ()
    predicted = statistic(0, 4, group="placebo", comparator_group="placebo", factor="ECOG PS")
    assert wrong_groups(gold, predicted) == ("group", "study")
    assert wrong_groups(statistic(0, 4), gold) is None
    assert wrong_groups(dose(0, 4), dose(0, 4)) is None
