"""spaCy's DocBin, for training: a document for each paper, its records as spans and as entities.

`doc.spans["hcclit"]` holds all records by type, for a span categoriser; `doc.ents` those that do not overlap a longer
one, for an entity recogniser. A span's `id_` is the record's id. A record whose ends cut a token cannot be a span; it
is said, never widened.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from hcclit.exchange.papers import Paper, Problem, fitting, place_of, records_of
from hcclit.exchange.tokens import tokenizer_for

SPANS_KEY = "hcclit"


def write_docbin(papers: Iterable[Paper], path: Path) -> list[Problem]:
    """Write papers as a DocBin; the records that are not in it.

    Raises:
        OSError: the file cannot be written.
    """
    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer_for(nlp)
    binned = DocBin(store_user_data=True)
    problems: list[Problem] = []
    for paper in papers:
        doc, cut = document_of(paper, nlp.tokenizer)
        problems += cut
        binned.add(doc)
    path.write_bytes(binned.to_bytes())
    return problems


def document_of(paper: Paper, tokenizer: spacy.tokenizer.Tokenizer) -> tuple[Doc, list[Problem]]:
    """A paper as a spaCy document, and its records that cut a token."""
    assert paper.text is not None
    doc = tokenizer(paper.text)
    spans: list[Span] = []
    records, problems = fitting(paper)
    for record in records_of(records):
        span = doc.char_span(record.start, record.end, label=record.type, span_id=record.id)
        if span is None:
            around = doc.char_span(record.start, record.end, alignment_mode="expand")
            problems.append(Problem(place_of(record.model_dump()), f"cuts a token of {around.text!r}; left out"))
        else:
            spans.append(span)
    doc.spans[SPANS_KEY] = spans
    doc.set_ents(filter_spans(spans))
    doc.user_data["doc_id"] = paper.doc_id
    return doc, problems
