"""A marker that is said to be normal in all patients, and a table of the same time with a higher value.

Formula: each value of the marker in a table whose title names the same response (complete response, remission) is at
most the highest upper limit in use.

Source: each limit has its own in `hcclit/checks/marker_limits.csv`; they are generous, for the paper states none here.

Left alone: sentences about some of the patients, tables of other times, markers that the table does not list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.checks.marker_limits import usual_limits
from hcclit.checks.model import Finding, Span
from hcclit.checks.paper import Paper
from hcclit.records import Marker

NAME = __name__.rpartition(".")[2]
_ALL = re.compile(
    r"\b[Aa]ll (?:of )?(?:the |these |our )?(?:\w+ )?patients\b[^.;]{0,120}\bnormali[sz](?:ation|ed)\b[^.;,]{0,60}"
)
_MARKERS = {
    "AFP": re.compile(r"\bAFP\b|fetoprotein", re.IGNORECASE),
    "PIVKA-II": re.compile(r"PIVKA|\bDCP\b", re.IGNORECASE),
    "CEA": re.compile(r"\bCEA\b"),
    "CA19-9": re.compile(r"\bCA ?19"),
    "CA125": re.compile(r"\bCA ?125"),
}
_RESPONSE = re.compile(r"complete (?:response|remission)|\bCR\b", re.IGNORECASE)
_TIME = re.compile(r"\bat (?:the )?(?:time of )?(?:achiev\w+ )?(?:complete (?:response|remission)|CR\b)", re.IGNORECASE)


def check(paper: Paper) -> Iterator[Finding]:
    """Find tables that contradict a marker's normalization in all patients."""
    for match in _ALL.finditer(paper.analysis.text):
        if not _RESPONSE.search(match[0]) or re.search(r"\bnot\b|\bexcept\b|\bbut\b", match[0]):
            continue
        for analyte, name in _MARKERS.items():
            if name.search(match[0]):
                yield from _of_marker(paper, paper.view_span(*match.span()), analyte)


def _of_marker(paper: Paper, said: Span, analyte: str) -> Iterator[Finding]:
    for marker in paper.of(Marker):
        found = paper.cell_of(marker)
        limit = usual_limits().get((marker.analyte, marker.unit or ""))
        if found is None or limit is None or marker.value is None or marker.comparator in {"<", "<="}:
            continue
        is_there = marker.analyte == analyte and marker.kind == "measurement" and _TIME.search(found[0].caption)
        if is_there and marker.value > limit:
            yield Finding(
                doc_id=paper.document.doc_id,
                check=NAME,
                severity="warning",
                message=f"{analyte} is said to be normal in all patients, but is {marker.text} in one of them.",
                stated=f"{marker.text} {marker.unit}",
                expected=f"at most {limit:g} {marker.unit}, the highest limit in use",
                spans=(paper.span_of(marker), said),
                computed=f"{marker.value:g} > {limit:g}",
                records=(marker.id,),
            )
