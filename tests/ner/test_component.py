"""hcclit in anybody's spaCy pipeline."""

import pickle

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.tokens import Doc

import hcclit.component  # noqa: F401  # an installed hcclit is found by its entry point, a source tree is not
from hcclit import extract_text
from hcclit.errors import SetupError
from tests.conftest import CASE


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("hcclit")
    return pipeline


def test_each_record_is_a_span_with_its_type_and_its_fields(nlp):
    doc = nlp(CASE)
    records = extract_text(CASE)
    assert {r.type for r in records} == {"date", "dose", "marker", "response"}
    assert [(s.label_, s.id_) for s in doc.spans["hcclit"]] == [(r.type, r.id) for r in records]
    for span, record in zip(doc.spans["hcclit"], records, strict=True):
        assert span._.hcclit_record == record.model_dump(mode="json")
        assert span.start_char <= record.start < record.end <= span.end_char


def test_entities_are_spans_too(nlp):
    doc = nlp(CASE)
    found = [(s.text, s.label_, s.id_) for s in doc.spans["hcclit_entities"]]
    assert ("AFP", "MARKER", "AFP") in found
    assert ("sorafenib", "DRUG", "sorafenib") in found


def test_a_span_reaches_to_the_borders_of_tokens_and_the_record_keeps_its_place(nlp):
    doc = nlp("AFP>400ng/mL")
    (span,) = doc.spans["hcclit"]
    record = span._.hcclit_record
    assert doc.text[record["start"] : record["end"]] == ">400ng/mL"
    assert (span.start_char, span.end_char) != (record["start"], record["end"])


@pytest.mark.parametrize("lang", ["xx", "de", "scispacy", "characters"])
def test_any_tokeniser_will_do(lang):
    pipeline = spacy.blank("en" if lang in ("scispacy", "characters") else lang)
    if lang == "scispacy":
        pipeline.tokenizer = combined_rule_tokenizer(pipeline)
    if lang == "characters":
        pipeline.tokenizer = lambda text: Doc(pipeline.vocab, words=list(text), spaces=[False] * len(text))
    pipeline.add_pipe("hcclit")
    doc = pipeline(CASE)
    assert [s._.hcclit_record for s in doc.spans["hcclit"]] == [r.model_dump(mode="json") for r in extract_text(CASE)]


def test_records_outlive_bytes_and_pickles(nlp):
    doc = nlp(CASE)
    expected = [s._.hcclit_record for s in doc.spans["hcclit"]]
    for again in (Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes()), pickle.loads(pickle.dumps(doc))):
        assert [s._.hcclit_record for s in again.spans["hcclit"]] == expected
        assert [(s.label_, s.id_) for s in again.spans["hcclit_entities"]] == [
            (s.label_, s.id_) for s in doc.spans["hcclit_entities"]
        ]


def test_texts_in_two_processes_give_the_same(nlp):
    texts = [CASE, "AFP was 12 ng/mL.", "Nothing.", ""] * 2
    one = [[s._.hcclit_record for s in d.spans["hcclit"]] for d in nlp.pipe(texts)]
    two = [[s._.hcclit_record for s in d.spans["hcclit"]] for d in nlp.pipe(texts, n_process=2, batch_size=2)]
    assert one == two
    assert one[2] == one[3] == []


def test_a_pipeline_is_saved_and_loaded_with_its_choice(tmp_path):
    pipeline = spacy.blank("en")
    pipeline.add_pipe("hcclit", config={"entities": "vocabulary"})
    pipeline.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again.get_pipe_config("hcclit")["entities"] == "vocabulary"
    text = "At home she used reserpine 0.25 mg daily."
    assert len(again(text).spans["hcclit"]) == 0
    again.remove_pipe("hcclit")
    again.add_pipe("hcclit", config={"entities": "both"})
    doc = again(text)
    assert [s._.hcclit_record["drug"] for s in doc.spans["hcclit"]] == ["reserpine"]


def test_a_choice_that_there_is_not_is_told():
    with pytest.raises(SetupError, match=r"settings \(component hcclit\): entities: input should be 'both'"):
        spacy.blank("en").add_pipe("hcclit", config={"entities": "all"})


def test_the_document_s_name_goes_into_the_records(nlp):
    doc = nlp.make_doc(CASE)
    doc.user_data["doc_id"] = "case-7"
    doc = nlp(doc)
    assert {s._.hcclit_record["doc_id"] for s in doc.spans["hcclit"]} == {"case-7"}


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("AFP 12.<>ng/mL\n\t\u00a0\u00ad-–µ²éß𝟙👩‍⚕️(mg)"), max_size=120))
def test_any_text_passes(text):
    pipeline = spacy.blank("en")
    pipeline.add_pipe("hcclit", config={"entities": "vocabulary"})
    doc = pipeline(text)
    assert doc.text == text
    for span in doc.spans["hcclit"]:
        record = span._.hcclit_record
        assert text[record["start"] : record["end"]] == record["text"]
