"""Linking: joins mentions to what they are about (section, subject, patient, time)."""

from __future__ import annotations

from hcclit.language import Analysis
from hcclit.linking.subject import subject_of
from hcclit.mention import Mention


def link(analysis: Analysis, mentions: list[Mention]) -> None:
    """Fill the linking fields of all mentions of a paper, in place.

    Fields that an extractor or an earlier step has set are kept.
    """
    for mention in mentions:
        if mention.cell is not None:
            mention.fields.setdefault("section", "table")
        else:
            mention.fields.setdefault("section", analysis.sentence_at(mention.start).section)
        mention.fields.setdefault("subject", subject_of(analysis, mention))
