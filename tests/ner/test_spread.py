"""Names that the model found, at their other places."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hcclit.entities import Entity
from hcclit.ner.spread import spread
from hcclit.pipeline import extract_document
from hcclit.readers.text import read_text
from hcclit.settings import ModelSettings, Settings


def found(text, *names, label="DRUG"):
    return [Entity(text.index(name), text.index(name) + len(name), label, name.lower(), name, source="model", sure=0.9)
            for name in names]  # fmt: skip


def test_a_name_is_found_in_the_sentences_that_the_model_has_not_read():
    text = "Foobarin 3 mg. FOOBARIN helped. Foobarinum, anti-foobarin. Then foobarin."
    places = list(spread(text, found(text, "Foobarin"), [(0, 14)]))
    assert [(e.text, e.name, e.source) for e in places] == [
        ("FOOBARIN", "foobarin", "model"),
        ("foobarin", "foobarin", "model"),
    ]
    assert all(text[e.start : e.end] == e.text for e in places)
    assert [e.text for e in spread("Foobarin.", found(text, "Foobarin"))] == ["Foobarin"]


def test_short_names_count_as_they_are_written_and_very_short_ones_never():
    text = "QUXO 3 mg, Fo 3 mg. Quxo, QUXO, Fo."
    assert [e.text for e in spread(text, found(text, "QUXO", "Fo"), [(0, 19)])] == ["QUXO"]


def test_only_drugs_are_carried_on():
    text = "Plorositis. Plorositis."
    assert not list(spread(text, found(text, "Plorositis", label="DISEASE"), [(0, 11)]))


@given(st.lists(st.sampled_from(["foobarin", "quuxol", "and", "mg"]), max_size=30), st.integers(0, 200))
def test_places_are_in_order_apart_and_outside_what_was_read(words, cut):
    text = "foobarin quuxol " + " ".join(words)
    read = [(0, min(max(cut, 16), len(text)))]
    places = list(spread(text, found(text, "foobarin", "quuxol"), read))
    assert all(a.end <= b.start for a, b in pairwise(places))
    assert all(e.start >= read[0][1] for e in places)


def test_a_dose_far_from_the_name_is_its(ruler):
    text = "He was given foobarin 30 mg daily.\n\nResults\n\nFoobarin was poorly borne. The dose was 10 mg daily then."
    settings = Settings(entities="both", model=ModelSettings(name=str(ruler)))
    found_doses = [(r.drug, r.amount) for r in extract_document(read_text(text, "t"), settings) if r.type == "dose"]
    assert found_doses[0] == ("foobarin", 30)
