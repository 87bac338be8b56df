"""Values of serum tumour markers: AFP first, and PIVKA-II, AFP-L3, CEA, CA19-9 and CA125.

A sentence's analytes (`names`) and numbers (`values`) are joined (`attach`), each number is given its kind
(`kinds`), and words that call a marker normal make qualitative records (`normal`). A sentence that goes on
with "it" or "the level" takes the marker of the sentence before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from hcclit.derived import in_ng_ml
from hcclit.extractors.marker.anaphora import carried_names
from hcclit.extractors.marker.attach import Owned, attach
from hcclit.extractors.marker.kinds import kinds
from hcclit.extractors.marker.names import Name, names_a_marker, names_in
from hcclit.extractors.marker.normal import normal_markers
from hcclit.extractors.marker.times import shared_fields
from hcclit.extractors.marker.values import values_in
from hcclit.language import Analysis, Sentence
from hcclit.mention import Mention
from hcclit.paper_kind import is_case_report
from hcclit.records import MarkerKind

_LONGEST = 3000  # signs; what is longer is a list or a table that was glued into the text, no sentence


def extract(analysis: Analysis) -> Iterator[Mention]:
    """Find the marker values of a paper."""
    before: tuple[Sentence, list[Name]] | None = None
    for sentence in analysis.sentences:
        if len(sentence.text) > _LONGEST or not (before or names_a_marker(analysis, sentence)):
            before = None
            continue
        names = names_in(analysis, sentence)
        names = [*carried_names(sentence, names, before), *names]
        if any(name.analyte for name in names):
            yield from _mentions(analysis, sentence, names)
        ours = {name.analyte: name for name in names if name.analyte}
        before = (sentence, list(ours.values())) if ours else None


def _mentions(analysis: Analysis, sentence: Sentence, names: Sequence[Name]) -> Iterator[Mention]:
    owned = attach(sentence.text, names, values_in(analysis, sentence, names))
    told = kinds(sentence.text, owned, _of_patients(analysis, sentence))
    extra = _shared(analysis, sentence, owned)
    for item, kind, fields in zip(owned, told, extra, strict=True):
        yield _mention(sentence, item, kind, fields)
    valued = {item.analyte for item, kind in zip(owned, told, strict=True) if kind != "threshold"}
    for start, end, analyte in normal_markers(sentence.text, names, valued):
        fields = {"analyte": analyte, "value": None, "kind": "qualitative", "interpretation": "normal"}
        yield Mention("marker", sentence.start + start, sentence.start + end, fields)


def _of_patients(analysis: Analysis, sentence: Sentence) -> bool:
    return sentence.section == "case" or (
        is_case_report(analysis) and sentence.section not in ("introduction", "methods")
    )


def _shared(analysis: Analysis, sentence: Sentence, owned: Sequence[Owned]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for _, items in groupby(owned, key=lambda item: (item.group, item.analyte)):
        out.extend(shared_fields(analysis, sentence, [item.value for item in items]))
    return out


def _mention(sentence: Sentence, item: Owned, kind: MarkerKind, extra: dict[str, Any]) -> Mention:
    value = item.value
    fields: dict[str, Any] = {
        "analyte": item.analyte,
        "value": value.value,
        "value_high": value.high,
        "comparator": value.comparator,
        "unit": value.unit,
        "value_ng_ml": in_ng_ml(item.analyte, item.value.value, item.value.unit),
        "sd": value.sd,
        "kind": kind,
    }
    if kind == "threshold":
        fields["subject"] = "general"
    else:
        fields.update(extra)
    end = value.number_end if value.shared else value.end
    return Mention("marker", sentence.start + value.start, sentence.start + end, fields)
