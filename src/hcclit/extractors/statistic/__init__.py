"""Statistics in running text: results, effects and sizes of groups, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.extractors.statistic.compose import Paragraph, records_of
from hcclit.language import Analysis
from hcclit.mention import Mention


def extract(analysis: Analysis) -> Iterator[Mention]:
    """Find the statistics of a paper's running text."""
    paragraph = Paragraph()
    for sentence in analysis.sentences:
        if sentence.passage != paragraph.passage:
            paragraph = Paragraph(sentence.passage)
        if sentence.kind == "heading":
            continue
        yield from records_of(analysis, sentence, paragraph)
