"""Forms are made from the models, and what is typed becomes a record or plain words."""

import json

import jsonschema
import pytest

from hcclit.records import MODELS, from_dict
from hcclit.review.forms import FormError, filled, form, typed
from tests.conftest import ROOT

SCHEMA = json.loads((ROOT / "tests/contract/records.schema.json").read_text())
EXAMPLES = [
    from_dict(fields)
    for line in (ROOT / "tests/contract/examples.jsonl").read_text(encoding="utf-8").splitlines()
    for fields in json.loads(line)["records"]
]
PLACE = {"doc_id": "paper", "start": 3, "end": 9, "text": "400 mg"}
GOOD = {
    "dose": {"drug": "sorafenib", "amount": "400", "unit": "mg"},
    "marker": {"analyte": "AFP", "value": "1905", "unit": "IU/mL", "kind": "measurement"},
    "date": {"value": "2009-05"},
    "response": {"category": "PR", "assertion": "affirmed"},
    "statistic": {"endpoint": "OS", "measure": "median", "value": "10.5", "unit": "mo"},
}


def place_of(record):
    return {name: getattr(record, name) for name in ("doc_id", "start", "end", "text")}


@pytest.mark.parametrize("record", EXAMPLES, ids=lambda record: f"{record.type}-{record.id}")
def test_what_a_form_shows_gives_the_same_record_back(record):
    again = filled(record.type, typed(record), place_of(record))
    assert again.id == record.id
    jsonschema.validate(again.model_dump(mode="json"), SCHEMA)


@pytest.mark.parametrize("kind", MODELS)
def test_a_form_has_every_field_that_a_reader_can_know(kind):
    left_out = {"doc_id", "type", "start", "end", "text", "codes", "confidence", "origin", "page", "bbox", "xpath"}
    follow = {"daily_amount", "value_ng_ml"}
    of_dates = {"subject", "patient_id", "when", "elapsed"} if kind == "date" else set()
    assert {field.name for field in form(kind)} == set(MODELS[kind].model_fields) - left_out - follow - of_dates
    for field in form(kind):
        assert (field.kind == "select") == bool(field.options), field
        assert field.help, field
    assert filled(kind, GOOD[kind], PLACE).type == kind


def test_fields_that_follow_from_others_are_computed():
    dose = filled("dose", GOOD["dose"] | {"per_day": "2"}, PLACE)
    assert dose.daily_amount == 800
    assert filled("dose", GOOD["dose"] | {"per_day": "0.5"}, PLACE).daily_amount is None
    assert filled("marker", GOOD["marker"], PLACE).value_ng_ml == pytest.approx(1905 * 1.21)
    assert filled("marker", GOOD["marker"] | {"analyte": "CEA"}, PLACE).value_ng_ml is None


@pytest.mark.parametrize(
    ("kind", "typed_in", "name", "said"),
    [
        ("dose", {"drug": " "}, "drug", "is needed"),
        ("dose", {"amount": ""}, "amount", "is needed"),
        ("dose", {"amount": "1,905"}, "amount", "no thousands separator"),
        ("dose", {"amount": "400 mg"}, "amount", "no unit"),
        ("dose", {"amount": "NaN"}, "amount", "give a plain number"),
        ("dose", {"amount": "1e999"}, "amount", "too large"),
        ("dose", {"amount": "0"}, "amount", "must be more than 0"),
        ("dose", {"unit": "spoons"}, "unit", "choose one of mg, g"),
        ("dose", {"when": "May 2009"}, "when", "give a date as 2009"),
        ("dose", {"when": "2009-02-30"}, "when", "no such day"),
        ("dose", {"elapsed": "2 weeks"}, "elapsed", "give a duration as P2W"),
        ("date", {"value": "2009-13"}, "value", "give a date as 2009"),
        ("date", {"value": "2009-02-30"}, "value", "no such day"),
        ("marker", {"value": ""}, "value", "unless the kind is qualitative"),
        ("marker", {"interpretation": "normal"}, "interpretation", "leave it empty"),
        ("marker", {"kind": "qualitative", "interpretation": "normal"}, "value", "leave it empty"),
        ("marker", {"kind": "qualitative", "value": ""}, "interpretation", "is needed"),
        ("statistic", {"endpoint": "survival"}, "endpoint", "an endpoint of the list"),
        ("statistic", {"p": "1.5"}, "p", "may be at most 1"),
        ("statistic", {"p": "-1"}, "p", "must be at least 0"),
        ("statistic", {"n": "2.5"}, "n", "whole number"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_in_plain_words(kind, typed_in, name, said):
    with pytest.raises(FormError) as caught:
        filled(kind, GOOD[kind] | typed_in, PLACE)
    assert set(caught.value.errors) == {name}
    assert said in caught.value.errors[name]


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(FormError) as caught:
        filled("dose", {"amount": "x", "when": "May"}, PLACE)
    assert set(caught.value.errors) == {"drug", "amount", "unit", "when"}
