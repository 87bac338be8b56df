"""Yes-or-no signals about how a record was come by, for its confidence.

They look at what a careful reader would distrust: a name far from its number, a sentence full of numbers, a small
whole number without a unit, a drug that no vocabulary has. Their names are the rows of `weights.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hcclit.language import Analysis, Sentence
from hcclit.mention import Mention

LONG_SENTENCE = 350
MANY_NUMBERS = 9
FEW_NUMBERS = 2
SHORT_DOSE = 13
"""Characters of an amount with its unit alone; a frequency makes it longer."""
LONG_NAME = 40
FAR = 80
"""Characters between a name and its number that make their tie a loose one."""
_REACH = 2_000
"""Characters before and after a mention that are looked at: more than a sentence has, but of an endless one a part."""


def signals_of(analysis: Analysis, mention: Mention) -> frozenset[str]:
    """The signals of a linked mention, each under the name of its kind (`dose: far drug`)."""
    kind = _kind(mention)
    own = {"dose": _dose, "marker": _marker, "statistic": _statistic, "response": _response, "date": _date}
    found = {kind, *(f"{mention.type}: {signal}" for signal in own[mention.type](analysis, mention))}
    found |= {f"{mention.type}: {signal}" for signal in _place(analysis, mention)}
    return frozenset(found)


def _kind(mention: Mention) -> str:
    fields = mention.fields
    match mention.type:
        case "statistic":
            endpoint = str(fields["endpoint"]).split(":")[0]
            return f"statistic {endpoint} {fields['measure']}"
        case "marker":
            return f"marker {fields['kind']}"
        case "response":
            return f"response {fields['assertion']}"
        case _:
            return str(mention.type)


def _place(analysis: Analysis, mention: Mention) -> Iterator[str]:
    if mention.table is not None:
        yield "in a table"
        return
    if not analysis.sentences:  # a text of a heading alone
        return
    sentence = analysis.sentence_at(mention.start)
    if sentence.kind == "caption":
        yield "in a caption"
    if len(sentence.text) > LONG_SENTENCE:
        yield "long sentence"
    numbers = len(analysis.quantities_in(*_around(sentence, mention)))
    if numbers >= MANY_NUMBERS:
        yield "many numbers"
    elif numbers <= FEW_NUMBERS:
        yield "few numbers"
    if (subject := mention.fields.get("subject")) in ("cited", "general"):
        yield f"{subject}"


def _dose(analysis: Analysis, mention: Mention) -> Iterator[str]:
    fields = mention.fields
    if fields.get("per_day") is None:
        yield "no frequency"
    elif mention.end - mention.start < SHORT_DOSE:
        yield "frequency from elsewhere"
    if mention.cell is not None:
        return
    sentence = analysis.sentence_at(mention.start)
    yield from _tie(analysis, sentence, mention, ("DRUG", str(fields["drug"])))


def _marker(analysis: Analysis, mention: Mention) -> Iterator[str]:
    if mention.fields.get("unit") is None:
        yield "no unit"
    if mention.cell is None:
        sentence = analysis.sentence_at(mention.start)
        yield from _tie(analysis, sentence, mention, ("MARKER", str(mention.fields["analyte"])))


def _tie(analysis: Analysis, sentence: Sentence, mention: Mention, named: tuple[str, str]) -> Iterator[str]:
    """How the number hangs together with the name that it belongs to."""
    label, name = named
    names = [e for e in analysis.entities_in(*_around(sentence, mention), label) if e.name == name]
    if not names:
        yield "name not in sentence"
        return
    if all(e.source == "model" for e in names):
        yield "name by the model alone"
    gap = min(max(e.start - mention.end, mention.start - e.end) for e in names)
    if gap > FAR:
        yield "name far"
    between = (min(mention.end, names[0].end), max(mention.start, names[0].start))
    if len({e.name for e in analysis.entities_in(*between, label)} - {name}) > 0:
        yield "another name between"


def _around(sentence: Sentence, mention: Mention) -> tuple[int, int]:
    return max(sentence.start, mention.start - _REACH), min(sentence.end, mention.end + _REACH)


def _response(analysis: Analysis, mention: Mention) -> Iterator[str]:
    text = analysis.text[mention.start : mention.end] if mention.cell is None else mention.cell.text
    if len(text) <= 3:  # CR, PR, SD, PD, pCR
        yield "short form"
        if text not in analysis.abbreviations:
            yield "short form that the paper does not define"


def _date(analysis: Analysis, mention: Mention) -> Iterator[str]:
    value = str(mention.fields["value"])
    if len(value) == len("2008"):
        yield "a year alone"
    if "/" in analysis.text[mention.start : mention.end] or "." in analysis.text[mention.start : mention.end]:
        yield "in figures"


def _statistic(analysis: Analysis, mention: Mention) -> Iterator[str]:
    fields: dict[str, Any] = mention.fields
    text = analysis.text[mention.start : mention.end] if mention.cell is None else mention.cell.text
    if fields["measure"] == "count":
        yield from _count(text, fields)
    if fields.get("ci_low") is not None or fields.get("range_low") is not None or fields.get("p") is not None:
        yield "with a spread or p"
    if fields.get("n") is not None:
        yield "with its count"
    yield "with a group" if fields.get("group") else "of the whole study"
    if len(fields.get("group") or "") > LONG_NAME:
        yield "long group"
    if ":" in fields["endpoint"] and len(fields["endpoint"]) > LONG_NAME:
        yield "long name"


def _count(text: str, fields: dict[str, Any]) -> Iterator[str]:
    if not any(sign.isdigit() for sign in text):
        yield "count in words"
    elif fields["value"] < 10:  # one digit: figures, tables, grades and steps look the same
        yield "count of one digit"
