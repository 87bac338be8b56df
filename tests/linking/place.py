"""Texts with marked places: `AFP was [[12 ng/mL]]` becomes an analysis and a mention at the mark, linked."""

from __future__ import annotations

import re
from typing import Any

from hcclit.document import Cell, Table
from hcclit.language import analyse
from hcclit.linking import link
from hcclit.mention import Mention
from hcclit.readers.text import read_text

_MARK = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)

CASE = (
    "Case report\n\nA 66-year-old man was referred to our hospital. He was treated with sorafenib."
    " The patient recovered well.\n\nDiscussion\n\n"
)
"""The beginning of a case report, up to its discussion."""

TRIAL = (
    "Methods\n\nPatients were randomized to sorafenib or placebo. The primary endpoint was overall survival."
    "\n\nResults\n\nA total of 120 patients were enrolled. The response rate was 14.7% and the median OS 12.3 months."
    "\n\nDiscussion\n\n"
)
"""The beginning of a trial's paper, up to its discussion."""


def linked(text: str, record_type: Any, **fields: Any) -> list[dict[str, Any]]:
    """The fields, after linking, of the mentions of a type at the marks of a text."""
    plain, spans, at = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[at : match.start()]
        spans.append((len(plain), match[1]))
        plain += match[1]
        at = match.end()
    plain += text[at:]
    analysis = analyse(read_text(plain, "text"))
    places = [_in_view(analysis.text, plain, start, words) for start, words in spans]
    mentions = [Mention(record_type, start, end, dict(fields)) for start, end in places]
    link(analysis, mentions)
    return [mention.fields for mention in mentions]


def _in_view(view: str, plain: str, start: int, words: str) -> tuple[int, int]:
    # the view drops line breaks only: the n-th occurrence there is the n-th in the text
    place = -1
    for _ in range(plain[: start + len(words)].count(words)):
        place = view.index(words, place + 1)
    return place, place + len(words)


def cell_of(row: str, column: str, caption: str = "", text: str = "12") -> tuple[Cell, Table]:
    """A cell under a row's and a column's head, in a table of that caption."""
    cell = Cell(0, len(text), 0, 0, text, (row,), (column,))
    return cell, Table(0, len(text), caption, (cell,), (cell,))
