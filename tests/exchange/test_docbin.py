"""DocBin: spans that spaCy can train on, and a line for each record that is none."""

import spacy
from hypothesis import given
from spacy.tokens import DocBin
from spacy.training import Corpus

from hcclit.exchange.docbin import SPANS_KEY, document_of, write_docbin
from hcclit.exchange.papers import records_of
from hcclit.exchange.tokens import tokenizer_for
from tests.exchange.build import paper, papers

TOKENIZER = tokenizer_for(spacy.blank("en"))
TEXT = "Sorafenib 400mg bid. HR 0.69(0.55-0.87), 97/40 in 2008.15"
RECORDS = (
    {"type": "dose", "words": "400mg bid", "drug": "sorafenib", "amount": 400, "unit": "mg"},
    {"type": "statistic", "words": "0.69", "endpoint": "OS", "measure": "HR", "value": 0.69},
    {"type": "statistic", "words": "/40 in", "endpoint": "OS", "measure": "count", "value": 40},
    {"type": "statistic", "words": "97", "endpoint": "PFS", "measure": "count", "value": 97},
)


def read(path):
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def test_records_are_spans_and_those_that_do_not_overlap_entities(tmp_path):
    given_paper = paper(TEXT, *(dict(record) for record in RECORDS))
    assert write_docbin([given_paper], tmp_path / "a.spacy") == []
    (doc,) = read(tmp_path / "a.spacy")
    found = [(span.text, span.label_, span.id_) for span in doc.spans[SPANS_KEY]]
    ids = [record.id for record in records_of(given_paper.fields)]
    assert found == [(r["words"], r["type"], i) for r, i in zip(RECORDS, ids, strict=True)]
    assert [ent.text for ent in doc.ents] == ["400mg bid", "0.69", "97", "/40 in"]
    assert doc.user_data["doc_id"] == "paper"


def test_a_record_that_cuts_a_token_is_told(tmp_path):
    date = {"type": "date", "words": "2008", "value": "2008"}
    (problem,) = write_docbin([paper(TEXT, date)], tmp_path / "a.spacy")
    assert problem.describe() == "paper: 50-54 '2008': cuts a token of '2008.15'; left out"
    assert [len(doc.spans[SPANS_KEY]) for doc in read(tmp_path / "a.spacy")] == [0]


@given(papers())
def test_nothing_is_lost_without_a_line(nasty):
    doc, problems = document_of(nasty, TOKENIZER)
    assert doc.text == nasty.text
    assert len(doc.spans[SPANS_KEY]) + len(problems) == len(nasty.fields)
    kept = {(span.start_char, span.end_char) for span in doc.spans[SPANS_KEY]}
    assert kept <= {(fields["start"], fields["end"]) for fields in nasty.fields}


def test_spacy_trains_on_it(tmp_path, capfd):
    """The commands of docs/exports.md, but for their number of steps."""
    from spacy.cli.init_config import init_config
    from spacy.cli.train import train

    write_docbin([paper(TEXT, *(dict(record) for record in RECORDS))], tmp_path / "a.spacy")
    init_config(pipeline=["spancat"]).to_disk(tmp_path / "config.cfg")
    overrides = {
        "paths.train": str(tmp_path / "a.spacy"),
        "paths.dev": str(tmp_path / "a.spacy"),
        "nlp.tokenizer.@tokenizers": "hcclit.tokenizer.v1",
        "components.spancat.spans_key": SPANS_KEY,
        "training.max_steps": 2,
        "training.eval_frequency": 2,
    }
    train(tmp_path / "config.cfg", tmp_path / "model", overrides=overrides)
    nlp = spacy.load(tmp_path / "model/model-last")
    assert set(nlp.get_pipe("spancat").labels) == {"dose", "statistic"}
    (example,) = Corpus(tmp_path / "a.spacy")(nlp)
    assert len(example.get_aligned_spans_y2x(example.reference.spans[SPANS_KEY])) == len(RECORDS)
