"""Invented papers with records, nasty ones too, for the tests of exchange."""

import json
from typing import Any

from hypothesis import strategies as st

from hcclit.exchange.papers import Paper

NASTY = "aZ7 .;:\"'\\{}<>&#=,\t\n\r\x0b\x0c\x1c\x1e\x85\u2028\u2029\u00a0µé≥😀𝛼\u0301"
"""Signs that break lines, fields, markup or offsets somewhere."""

SAMPLES: list[dict[str, Any]] = [
    {"type": "dose", "drug": "sorafenib", "amount": 400.0, "unit": "mg", "per_day": 2, "action": None},
    {"type": "marker", "analyte": "AFP", "value": None, "kind": "qualitative", "interpretation": "normal"},
    {"type": "marker", "analyte": "CEA", "value": 3.60, "comparator": "<", "unit": "ug/L", "kind": "measurement"},
    {"type": "date", "value": "2009-05", "bound": None, "subject": None},
    {"type": "response", "category": "PR", "assertion": "affirmed", "criteria": "RECIST 1.1", "patient_id": "2"},
    {
        "type": "statistic",
        "endpoint": 'AE:\t\u2028 "rash"',
        "measure": "HR",
        "value": 1e-05,
        "ci_low": 0,
        "group": "a;b",
    },
]

PREDICTED = {
    "codes": {"ATC": "L01EX02"},
    "confidence": 0.5,
    "page": 3,
    "bbox": [[1.0, 2, 3, 4.5]],
    "xpath": "/a/b[1]",
}

texts = st.text(alphabet=NASTY, min_size=1, max_size=80)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """A paper of nasty text with records anywhere in it that say all kinds of things."""
    text = draw(texts)
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda s: s[0] < s[1])
    records = []
    for start, end in draw(st.lists(spans, max_size=6)):
        said = dict(draw(st.sampled_from(SAMPLES)))
        place = {"doc_id": "paper", "type": said.pop("type"), "start": start, "end": end, "text": text[start:end]}
        beside = PREDICTED if draw(st.booleans()) else {}
        records.append(place | {"section": draw(st.sampled_from([None, "case"]))} | said | beside)
    return Paper("paper", tuple(records), text)


def paper(text: str, *records: dict[str, Any]) -> Paper:
    """A paper whose records are given by the words that they span, and their fields."""
    fields = []
    for record in records:
        words = record.pop("words")
        place = {"doc_id": "paper", "type": record.pop("type"), "start": text.index(words)}
        fields.append(place | {"end": place["start"] + len(words), "text": words} | record)
    return Paper("paper", tuple(fields), text)


def lines(records: object) -> str:
    """Records as the lines that a file of gold has."""
    return "".join(json.dumps(fields, ensure_ascii=False) + "\n" for fields in records)
