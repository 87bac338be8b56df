"""Statistics in running text: results, effects and sizes of groups, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.extractors.statistic.compose import Paragraph, records_of
from hcclit.language import Analysis, Sentence
from hcclit.mention import Mention


def extract(analysis: Analysis) -> Iterator[Mention]:
    """Find the statistics of a paper's running text."""
    paragraph, before = Paragraph(), None
    for sentence in analysis.sentences:
        if sentence.passage != paragraph.passage:
            paragraph = Paragraph(sentence.passage, arms=paragraph.arms if _is_torn(before) else [])
        before = sentence
        if sentence.kind == "heading":
            continue
        yield from records_of(analysis, sentence, paragraph)


def _is_torn(sentence: Sentence | None) -> bool:
    """Whether a paragraph breaks off in the middle of a sentence, as at the end of a page."""
    return sentence is not None and sentence.kind == "paragraph" and sentence.text.rstrip()[-1:].isalpha()
