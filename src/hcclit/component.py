"""hcclit as one component of anybody's spaCy pipeline: `nlp.add_pipe("hcclit")`.

    nlp = spacy.blank("en")
    nlp.add_pipe("hcclit")
    doc = nlp("He was started on sorafenib 400 mg bid.")
    for span in doc.spans["hcclit"]:
        print(span.label_, span._.hcclit_record["drug"])

`doc.spans["hcclit"]` has a span for each record, its label the record's type, its id the record's;
`doc.spans["hcclit_entities"]` the entities, their ids the normal names. A span reaches from token to token; the exact
place is in the record. Records travel in `doc.user_data`, so they outlive `to_bytes` and other processes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from hcclit.language import Analysis
    from hcclit.settings import Settings

RECORDS, ENTITIES = "hcclit", "hcclit_entities"
"""Keys of the two span groups; records stand under the first in `doc.user_data` too."""


class Component:
    """Extracts the records of each text that passes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, doc: Doc) -> Doc:
        """Set the span groups.

        Raises:
            hcclit.errors.SetupError: the entity model cannot be used.
        """
        from hcclit.pipeline import extraction  # noqa: PLC0415  # spaCy imports this module for every pipeline
        from hcclit.readers.text import read_text  # noqa: PLC0415

        found = extraction(read_text(doc.text, doc.user_data.get("doc_id", "text")), self._settings)
        records = found.records
        doc.user_data[RECORDS] = {record.id: record.model_dump(mode="json") for record in records}
        doc.spans[RECORDS] = [_span(doc, (r.start, r.end), r.type, r.id) for r in records]
        doc.spans[ENTITIES] = [_span(doc, *named) for named in _entities(found.analysis)]
        return doc


def _entities(analysis: Analysis) -> list[tuple[tuple[int, int], str, str]]:
    return [(analysis.view.to_source(e.start, e.end), e.label, e.name) for e in analysis.entities]


def _span(doc: Doc, place: tuple[int, int], label: str, span_id: str) -> Span:
    span = doc.char_span(*place, label=label, span_id=span_id, alignment_mode="expand")
    assert span is not None  # a place within the text
    return span


def _record_of(span: Span) -> dict[str, Any] | None:
    found: dict[str, Any] | None = span.doc.user_data.get(RECORDS, {}).get(span.id_)
    return found


@Language.factory("hcclit", assigns=["doc.spans"], default_config={"entities": None})
def make_component(nlp: Language, name: str, entities: str | None) -> Component:
    """Make the component.

    Args:
        nlp: the pipeline; any tokeniser will do, and no other component is needed.
        name: under which it stands in the pipeline.
        entities: `both`, `vocabulary` or `model`; None for what the settings say.

    Raises:
        hcclit.errors.SetupError: there is no such choice.
    """
    from hcclit.settings import current, make_settings  # noqa: PLC0415

    if not Span.has_extension("hcclit_record"):
        Span.set_extension("hcclit_record", getter=_record_of)
    settings = current()
    if entities is not None:
        settings = make_settings({**settings.model_dump(), "entities": entities}, "component hcclit")
    return Component(settings)
